"""What a file is called, or that it has no name, changes nothing of how it is read and told."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from agriplan.cli import main

TEXT = "2021年奶类产量（万吨）,\n盟市,产量\n通辽市,39.1\n赤峰市,48.4\n"
SPOILT = bytes(range(256)) * 20


def workbook() -> bytes:
    book, data = Workbook(), BytesIO()
    for row in TEXT.splitlines():
        name, value = row.split(",")
        book.active.append([name, float(value) if value[:1].isdigit() else value or None])
    book.save(data)
    return data.getvalue()


# Of each kind: the file, how it may be called, and what is said of it (nothing where it is read).
TABLES = {
    "a workbook": (workbook(), ["a.xlsx", "a.csv", "-"], ""),
    "UTF-8": (TEXT.encode(), ["a.csv", "a.txt", "-"], ""),
    "GB 18030": (TEXT.encode("gb18030"), ["a.csv", "-"], ""),
    "a web page": (b"<html><table></table></html>", ["a.csv", "a.xlsx", "-"], "网页"),
    "nothing": (b"", ["a.csv", "a.xlsx", "-"], "文件是空的"),
    "a document to be printed": (b"%PDF-1.7", ["a.pdf", "a.xlsx", "-"], "PDF"),
    "a spoilt workbook": (SPOILT, ["a.xlsx", "a.XLSX"], "不是可读取的 Excel 工作簿"),
    "half a workbook": (workbook()[:900], ["a.xlsx", "a.csv", "-"], "不是可读取的 Excel 工作簿"),
}


def take(name: str, data: bytes) -> Result:
    if name != "-":
        Path(name).write_bytes(data)
    return CliRunner().invoke(main, ["take", name], input=data if name == "-" else b"")


@pytest.mark.parametrize(("data", "names", "said"), TABLES.values(), ids=TABLES)
def test_a_table_is_read_and_told_alike_by_every_name_and_as_standard_input(
    data: bytes, names: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for name in names:
        result = take(name, data)
        if said:
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.startswith("stdin: " if name == "-" else f"{name}: ")
            assert said in result.stderr
        else:
            assert result.exit_code == 0, result.stderr
            assert "39.1" in result.stdout


def test_an_empty_file_is_told_so_where_a_workbook_or_template_belongs(tmp_path: Path):
    empty = tmp_path / "a.xlsx"
    empty.write_bytes(b"")
    for words in (["read", str(empty)], ["check", "--template", str(empty)], ["take", str(empty)]):
        result = CliRunner().invoke(main, words)
        assert (result.exit_code, result.stderr) == (2, "a.xlsx: 文件是空的\n")
