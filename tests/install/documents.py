"""The documents, and what their readers do beside typing: files that they have, edits that they are told."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from tests.install.following import Reader, commands, commands_in_sentences, page

TABLE = (("2021年奶类产量（万吨）", None), ("盟市", "产量"), ("通辽市", 39.1), ("赤峰市", 48.4))
AREAS = "code,name_zh,name_en\n620000,甘肃省,Gansu\n620100,兰州市,Lanzhou\n620200,嘉峪关市,Jiayuguan\n"


def readme(reader: Reader) -> None:
    """README.md: every line of the list, in its order; a planner has two scenarios and a bureau's table."""
    text = page("README.md")
    scenario = re.search(r"```json\n(.*?)```", text, re.DOTALL)[1]
    for name, content in {"方案.json": scenario, "方案一.json": scenario, "方案二.json": "{}"}.items():
        (reader.folder / name).write_text(content, encoding="utf-8")
    table = Workbook()
    for row in TABLE:
        table.active.append(row)
    table.save(reader.folder / "年鉴表.xlsx")
    for line in (*commands(text), *commands_in_sentences(text)):
        reader.types(line)
    made = {"规划.sqlite3", "通辽市.xlsx", "比较.xlsx", "我的规划", "十五五", "我的模板", "备份.sqlite3"}
    reader.must_have(made)
    assert len(list((reader.folder / "out").glob("*.xlsx"))) == 13, reader.wrong


def service_page(reader: Reader) -> None:
    """docs/service.md: started as it says, healthy, a link made."""
    text = page("docs/service.md")
    for line in (*commands(text), *commands_in_sentences(text)):
        reader.types(line)
    assert '"ok"' in reader.types(f"curl http://{reader.address}/healthz"), reader.wrong


def api_page(reader: Reader) -> None:
    """docs/api.md: the examples answer, and generators make clients of the document."""
    reader.types("agriplan serve")
    for line in commands(page("docs/api.md")):
        reader.types(line)
    made = {"通辽市.xlsx", "Tongliao-plan-2025.xlsx", "奶类.csv"}
    reader.must_have(made)


def data_page(reader: Reader) -> None:
    """baselines/README.md: a league's own figures, cashmere, the next period, a folder of one's own."""
    text = page("baselines/README.md")
    source, before, after, *_ = examples(text)
    own = reader.folder / "baselines"
    if not own.is_dir():  # installed: the page says how to come by one
        reader.types(next(line for line in commands_in_sentences(text) if line == "agriplan init baselines"))
    check, roll, *begin = [line for line in commands(text) if "十五五" not in line or "roll" in line]
    later = [line for line in commands(text) if "--baselines 十五五" in line]
    append(own / "sources.csv", source)
    edit(own / "observed.csv", lambda held: held.replace(before, after))
    add_cashmere(own)
    reader.types(check)
    assert "羊绒产量" in reader.types("agriplan plan --baselines baselines --indicator cashmere"), reader.wrong
    (reader.folder / "名单.csv").write_text(AREAS, encoding="utf-8")
    for line in (roll, *begin):
        reader.types(line)
    edit(reader.folder / "十五五" / "missing.csv", fill)
    for line in later:
        reader.types(line)
    assert len(list((reader.folder / "out").glob("*.xlsx"))) == 13, reader.wrong


def examples(text: str) -> list[str]:
    """The rows that the data manual shows, in its order."""
    return re.findall(r"```csv\n(.*?)```", text, re.DOTALL)


def add_cashmere(folder: Path) -> None:
    """An indicator with a target, as the data manual says."""
    text = page("baselines/README.md")
    for file, lines in zip(("observed.csv", "assumptions.csv"), examples(text)[3:], strict=True):
        append(folder / file, lines)
    append(folder / "commitments.toml", "\n" + re.search(r"```toml\n(\[\[commitment.*?)```", text, re.DOTALL)[1])


def append(file: Path, lines: str) -> None:
    edit(file, lambda held: held.rstrip("\n") + "\n" + lines)


def edit(file: Path, change: Callable[[str], str]) -> None:
    held = file.read_text(encoding="utf-8-sig")
    changed = change(held)
    assert changed != held
    file.write_text(changed, encoding="utf-8")


def fill(text: str) -> str:
    """missing.csv with what it needs: the figure before, a little more; the milk of 2020 where a later one is known."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        last = re.match(r"[\d.]+", row["last"])
        if row["what"] == "quote":
            row["value"] = "力争到2030年再上一个台阶"
        elif row["what"] == "target":
            row["value"] = "98" if row["id"] == "improved_breed_rate" else "1500"
        elif row["needed"] == "yes":
            row["value"] = "611.5" if "783.7" in row["last"] else last[0]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


DOCUMENTS: dict[str, Callable[[Reader], None]] = {
    "README.md": readme,
    "docs/service.md": service_page,
    "docs/api.md": api_page,
    "baselines/README.md": data_page,
}
