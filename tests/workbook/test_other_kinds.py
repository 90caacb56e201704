"""A file of another kind is told for what it is, with the save choice that makes a workbook of it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import WorkbookError
from agriplan.taking.table_file import read_file
from agriplan.workbook.files import load_template, write_comparison, write_workbook
from agriplan.workbook.package import look_into
from agriplan.workbook.readback.file_kinds import KINDS
from agriplan.workbook.readback.inputs import read_back
from tests.workbook.filling_in import saved

# A further indicator has the same sheets as the first.
INDICATORS = {"milk"}

LINK = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
LINK += 'Type="x" Target="file:///D:/去年.xlsx" TargetMode="External"/></Relationships>'
STRICT = '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'


def packed(**parts):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as pack:
        for name, text in parts.items():
            pack.writestr(name, text)
    return buffer.getvalue()


FILES = {
    "file_is_open_document": packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "file_is_numbers": packed(**{"Index/Document.iwa": "x"}),
    "file_is_binary": packed(**{"xl/workbook.bin": "x"}),
    "file_is_strict": packed(**{"xl/workbook.xml": STRICT, "xl/_rels/workbook.xml.rels": "<r/>"}),
    "file_is_no_table": packed(**{"word/document.xml": "<w/>"}),
    "file_is_pack": packed(**{"通辽市.xlsx": "x", "全区.xlsx": "x"}),
    "file_is_pdf": b"%PDF-1.7 \n",
    "file_is_picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "file_is_text": "指标,数值\n奶类产量,1000\n".encode("gb18030"),
    "file_is_web_page": "<html><body><table><tr><td>奶类产量</td></tr></table></body></html>".encode(),
    "file_is_old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 600,
    "file_is_encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
}


def told(data, baselines, suggestions):
    with pytest.raises(WorkbookError) as caught:
        read_back(data, baselines, suggestions)
    return caught.value.problems


def test_every_kind_has_a_file_here():
    assert set(KINDS) <= set(FILES)


@pytest.mark.parametrize("code", FILES)
def test_a_file_of_another_kind_is_told_for_what_it_is(code, baselines, suggestions):
    (problem,) = told(FILES[code], baselines, suggestions)
    assert problem.code == code
    assert problem.text("zh") != problem.text("en")
    assert "xlsx" in problem.text("zh") or code == "file_is_pack"


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ["表.xlsx", "表.xls", "表", "表.csv"])
@pytest.mark.parametrize("code", FILES)
def test_a_table_of_another_kind_is_told_for_what_it_is_and_text_is_read_whatever_it_is_called(code, name):
    if code == "file_is_text":
        (grid,) = read_file(name, FILES[code])
        assert [cell.text for cell in grid.rows[0]] == ["指标", "数值"]
        return
    with pytest.raises(WorkbookError) as caught:
        read_file(name, FILES[code])
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_told_in_every_encoding_that_offices_use_and_cut_anywhere(encoding, baselines, suggestions):
    for text, code in (("指标,数值\n" * 3000, "file_is_text"), ("<!DOCTYPE html>\n奶" * 3000, "file_is_web_page")):
        (problem,) = told(b"" + text.encode(encoding), baselines, suggestions)
        assert problem.code == code


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\x7fELF\x02\x01\0\0", bytes(range(256)) * 9])
def test_what_is_no_text_is_called_none(data, baselines, suggestions):
    (problem,) = told(data, baselines, suggestions)
    assert problem.code == "not_a_workbook"


@pytest.mark.parametrize("stored", ["去年", "%E5%8E%BB%E5%B9%B4"])
def test_a_link_elsewhere_is_named(stored, baselines, suggestions):
    data = packed(**{"xl/workbook.xml": "<w/>", "xl/externalLinks/externalLink1.xml": "<e/>",
                     "xl/externalLinks/_rels/externalLink1.xml.rels": LINK.replace("去年", stored)})  # fmt: skip
    (problem,) = told(data, baselines, suggestions)
    assert (problem.code, problem.values) == ("workbook_has_link", {"word": "file:///D:/去年.xlsx"})
    assert "编辑链接" in problem.text("zh")


def test_a_foreign_workbook_and_a_comparison_are_accused_of_nothing(baselines, suggestions):
    foreign = Workbook()
    foreign.active.title = "我的表"
    (problem,) = told(saved(foreign), baselines, suggestions)
    assert problem.code == "not_this_workbook"
    assert "我的表" in problem.text("zh")
    plans = [make_plan(Scenario(target={"milk": target}), baselines, suggestions) for target in (900, 1000)]
    (problem,) = told(write_comparison(compare(plans), load_template(None, "zh"), "zh"), baselines, suggestions)
    assert problem.code == "workbook_is_comparison"


def test_text_that_xml_cannot_hold_comes_back_as_it_was(baselines, suggestions):
    scenario = Scenario(name="a_x000D_b", note="line\rfeed _x0041_ \x07 end")
    data = write_workbook(make_plan(scenario, baselines, suggestions), "150500", load_template(None, "zh"), "zh")
    result = read_back(data, baselines, suggestions)
    assert (result.scenario, result.doubts) == (scenario, ())


def test_a_part_that_is_damaged_inside_is_told_as_damage_whichever_it_is(plan, baselines, suggestions):
    data = write_workbook(plan, "150500", load_template(None, "zh"), "zh")
    with ZipFile(BytesIO(data)) as pack:
        entries = pack.infolist()
    for entry in entries:
        begin = entry.header_offset + 30 + len(entry.filename) + 8  # the first bytes of what is packed
        for damage in (b"\xff" * 12, bytes(12)):
            damaged = data[:begin] + damage + data[begin + len(damage) :]
            try:
                look_into(damaged)
            except WorkbookError:
                assert told(damaged, baselines, suggestions), entry.filename
        cut = data[: entry.header_offset + 9] + data[-2000:]
        assert told(cut, baselines, suggestions), entry.filename
