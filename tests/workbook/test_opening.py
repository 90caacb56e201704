"""Files that somebody hands in are looked at before they are opened."""

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agriplan.errors import WorkbookError
from agriplan.workbook import package
from agriplan.workbook.files import read_template, write_workbook
from agriplan.workbook.readback import limited, parts, sheet_part
from agriplan.workbook.readback.held_cell import Held
from agriplan.workbook.readback.limited import answer_to, parse_package
from agriplan.workbook.readback.parts import TooMuch
from agriplan.workbook.readback.sheet_part import MOST_CELLS
from agriplan.workbook.readback.uploaded_file import open_workbook
from tests.workbook.hostile_files import METHODS, book, cells, encoded, family, packed

ROOT = Path(__file__).parents[2]
FAMILY = family()
# Every kind of file at its smallest, and one of each other sort; the whole family is `python -m benchmarks.uploads`.
FEW = [name for name in FAMILY if name.endswith((" x 3", "stored, utf-8-sig", "utf-16-le", "bzip2", "lie", "member"))]
DECLARED = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_is_empty"),
        (b"PK\x03\x04 broken", "not_a_workbook"),
        (b"name,value\nmilk,1\n", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_encrypted_or_old"),
        (packed({"hello.txt": "hello"}), "not_a_workbook"),
        (packed({"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x"}), "workbook_has_macros"),
        (packed({"xl/workbook.xml": "<w/>", "xl/externalLinks/externalLink1.xml": "<e/>"}), "workbook_has_links"),
        (packed({"xl/workbook.xml": DECLARED}), "workbook_has_entities"),
        (packed({"xl/workbook.xml": encoded(DECLARED, "utf-16")}), "workbook_not_utf_8"),
        (packed({"xl/workbook.xml": encoded("<a/>", "utf-32")}), "workbook_not_utf_8"),
        (packed({"xl/workbook.xml": encoded("<a/>", "x-none")}), "workbook_not_utf_8"),
        (packed({"xl/workbook.xml": "<!--" + " " * package.PROLOG + "--><a/>"}), "workbook_begins_late"),
        (packed({"xl/workbook.xml": "hello"}), "not_a_workbook"),
        (packed({"xl/workbook.xml": "<a/>"}, METHODS["bzip2"]), "workbook_packed_oddly"),
        (packed({"xl/workbook.xml": "<a/>"}, METHODS["lzma"]), "workbook_packed_oddly"),
        (packed({f"xl/part{number}.xml": "<a/>" for number in range(1500)}), "workbook_too_many_parts"),
        (packed({"xl/workbook.xml": b" " * (package.MOST_UNPACKED + 1)}), "workbook_large_unpacked"),
        (b"PK" + b"\0" * package.MOST_PACKAGE_BYTES, "workbook_too_large"),
        (packed(book("<a/>" * (package.MOST_TAGS + 1))), "workbook_many_tags"),
        (packed(book("<a>" * 100 + "</a>" * 100)), "workbook_nested_deep"),
        (packed(book(cells(3), titles=2)), "not_a_workbook"),
        (packed(book(cells(3).replace("<v>1</v>", "<v>nan</v>"))), "not_a_workbook"),
        (packed(book(cells(3).replace("<v>1</v>", "<v>x</v>"))), "not_a_workbook"),
        (packed(book("<unclosed>")), "not_a_workbook"),
    ],
)
def test_a_file_that_is_no_harmless_workbook_is_refused_with_one_sentence(data, code):
    with pytest.raises(WorkbookError) as caught:
        open_workbook(data)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.text("zh") != caught.value.text("en")


@pytest.mark.parametrize("way", ["bzip2", "lzma"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/media/image1.png"])
def test_a_member_that_no_spreadsheet_program_writes_is_refused_before_it_is_unpacked(way, part, monkeypatch):
    data = packed({part: b"0" * 20_000_000}, METHODS[way])
    monkeypatch.setattr(package.ZipFile, "open", lambda *_: pytest.fail("a member was unpacked"))
    with pytest.raises(WorkbookError) as caught:
        open_workbook(data)
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [(part, "workbook_packed_oddly")]


def test_stored_members_are_looked_into_like_deflated_ones():
    with pytest.raises(WorkbookError) as caught:
        open_workbook(packed({"xl/workbook.xml": "<!DOCTYPE a><a/>"}, METHODS["stored"]))
    assert caught.value.problems[0].code == "workbook_has_entities"


def test_a_size_that_is_declared_too_small_does_not_help(monkeypatch):
    honest = packed(book(" " * 4096))
    monkeypatch.setattr(package, "MOST_UNPACKED", 2000)
    monkeypatch.setattr(package, "_dangers", lambda _entries: iter(()))
    with pytest.raises(WorkbookError) as caught:
        parse_package(package.look_into(honest))
    assert caught.value.problems[0].code == "workbook_large_unpacked"


_SHEETS = "".join(f'<sheet name="s{number}" sheetId="{number}" r:id="r{number}"/>' for number in range(2, 20))
_NAMES = "".join(f'<definedName name="n{number}">s1!$A$1</definedName>' for number in range(20))
# Every bound of a file: what crosses it where it is set to ten, and which sentence says so.
BOUNDS = {
    "package.MOST_PACKAGE_BYTES": (book(), "workbook_too_large"),
    "package.MOST_PACKAGE_PARTS": (
        book() | {f"xl/more{number}.xml": "<a/>" for number in range(9)},
        "workbook_too_many_parts",
    ),
    "package.MOST_UNPACKED": (book(), "workbook_large_unpacked"),
    "package.MOST_TAGS": (book(cells(20)), "workbook_many_tags"),
    "package.PROLOG": (book() | {"xl/styles.xml": "<!-- a comment --><styleSheet/>"}, "workbook_begins_late"),
    "readback.parts.DEEPEST_ELEMENT": (book("<a>" * 20 + "</a>" * 20), "workbook_nested_deep"),
    "readback.parts.MOST_NAMES": (book(names=_NAMES), "workbook_many_names"),
    "readback.parts.MOST_SHEETS": (book(more_sheets=_SHEETS), "workbook_many_sheets"),
    "readback.parts.MOST_STYLES": (
        book(styles="<cellXfs>" + '<xf numFmtId="9"/>' * 20 + "</cellXfs>"),
        "workbook_many_styles",
    ),
    "readback.sheet_part.MOST_CELLS": (book(cells(20)), "workbook_many_cells"),
    "readback.limited.MOST_ANSWER_BYTES": (book(cells(20)), "workbook_long_texts"),
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_more_than_a_planning_workbook_can_hold_is_refused_with_the_bound_that_it_crosses(bound, monkeypatch):
    parts, code = BOUNDS[bound]
    monkeypatch.setattr(f"agriplan.workbook.{bound}", 10)
    ((_, said, values),) = json.loads(answer_to(packed(parts)))["problems"]
    assert (said, values["most"] <= 10) == (code, True)


def test_every_bound_of_a_file_is_crossed_here():
    modules = {
        "package": package,
        "readback.parts": parts,
        "readback.sheet_part": sheet_part,
        "readback.limited": limited,
    }
    bounds = {
        f"{home}.{name}"
        for home, module in modules.items()
        for name in vars(module)
        if name.startswith(("MOST_", "DEEPEST", "PROLOG")) and name not in ("MOST_SECONDS", "MOST_MEMORY")
    }
    assert bounds == set(BOUNDS)


def test_as_many_links_as_a_workbook_has_are_followed():
    """The sheets of a workbook come after 300 links to what it holds besides."""
    given = book(cells(1))
    others = "".join(f'<Relationship Id="x{number}" Target="more{number}.xml"/>' for number in range(300))
    links = "xl/_rels/workbook.xml.rels"
    given[links] = given[links].replace("<Relationship ", f"{others}<Relationship ", 1)
    assert list(parse_package(package.look_into(packed(given))).sheets) == ["s1"]


def test_the_cells_of_all_sheets_count_together(monkeypatch):
    parts = book(cells(6))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="s2" sheetId="2" r:id="r2"/></sheets>'
    )
    links = "xl/_rels/workbook.xml.rels"
    second = '<Relationship Id="r2" Target="worksheets/sheet2.xml"/>'
    parts[links] = parts[links].replace("</Relationships>", f"{second}</Relationships>")
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet1.xml"]
    two = package.look_into(packed(parts))
    monkeypatch.setattr("agriplan.workbook.readback.sheet_part.MOST_CELLS", 12)
    assert [len(sheet) for sheet in parse_package(two).sheets.values()] == [6, 6]
    monkeypatch.setattr("agriplan.workbook.readback.sheet_part.MOST_CELLS", 11)
    with pytest.raises(TooMuch):
        parse_package(two)


def test_a_text_that_many_cells_share_does_not_fill_the_memory_of_the_one_that_asked():
    sheet = cells(40_000).replace("<c ", '<c t="s" ').replace("<v>1</v>", "<v>0</v>")
    data = packed(book(sheet, strings=f"<si><t>{'a' * 400}</t></si>"))
    assert len(data) < 400_000
    assert json.loads(answer_to(data)) == {"problems": [["", "workbook_long_texts", {"most": 8}]]}


def test_a_workbook_of_the_region_is_far_from_what_is_too_much(plan):
    answer = answer_to(
        write_workbook(plan, plan.baselines.region.code, read_template(ROOT / "templates" / "workbook.xlsx"), "zh")
    )
    assert len(answer) * 4 < limited.MOST_ANSWER_BYTES
    assert sum(map(len, json.loads(answer)["sheets"].values())) * 3 < MOST_CELLS


def test_a_small_workbook_is_read_with_its_texts_and_formats():
    sheet = (
        '<cols><col min="3" max="3" width="0"/><col min="5" max="9" hidden="true"/></cols>'
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" s="1"><f>1+1</f><v>0.5</v></c><c r="D2" t="e"><v>#N/A</v></c>'
        '<c r="E2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'
        '<c r="F2" t="b"><v>1</v></c><c r="G2"/><c r="K2"><f>4+4</f></c><c r="L2" t="str"><f>A1</f><v></v></c></row>'
        '<row r="3" ht="0"><c r="B3"><v>1</v></c></row><row r="4"><c r="B4"><v>1</v></c></row>'
        '<mergeCell ref="B2:D2"/><mergeCell ref="B4:J4"/><mergeCell ref="B3"/>'
    )
    strings = "<si><r><t>通</t></r><r><t>辽</t></r><rPh><t>tong</t></rPh></si>"
    styles = (
        '<numFmts><numFmt numFmtId="14" formatCode="0"/></numFmts>'
        '<cellXfs><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    )
    names = (
        '<definedName name="a">s1!$B$2:$B$3</definedName><definedName name="b" localSheetId="0">s1!$B$2</definedName>'
    )
    data = packed(book(sheet, strings=strings, styles=styles, names=names))
    opened = open_workbook(data)
    # Whatever a cell knows comes from the process that read it: each of it is known of some cell here.
    read_there = parse_package(package.look_into(data))
    assert (opened.names, opened.sheets) == read_there
    untold = {name for name in Held._fields if not any(getattr(held, name) for held in opened.sheets["s1"].values())}
    assert untold == set()
    assert opened.place("a") == ("s1", "B", 2, 3)
    assert opened.place("b") is None
    held = {column: tuple(opened.cell("s1", column, 2))[:4] for column in "BCDEFGKL"}
    cells = opened.sheets["s1"]
    assert {place: each.merged for place, each in cells.items() if each.merged} == {("B", 2): "D2", ("B", 4): "J4"}
    assert {place for place, each in cells.items() if each.hidden} == {("C", 2), ("E", 2), ("F", 2), ("B", 3)}
    assert held == {
        "B": ("通辽", False, False, ""),
        "C": (0.5, True, False, "per_cent"),
        "D": ("#N/A", False, True, ""),
        "E": ("ab", False, False, ""),
        "F": (True, False, False, ""),
        "G": (None, False, False, ""),
        "K": (None, True, False, ""),
        "L": (None, True, False, ""),
    }
    assert {place for place, each in cells.items() if each.unvalued} == {("K", 2)}


def test_a_cell_that_does_not_say_where_it_stands_follows_the_one_before_it():
    def places(rows):
        return {
            f"{column}{row}": held.value
            for (column, row), held in parse_package(package.look_into(packed(book(rows)))).sheets["s1"].items()
        }

    one = "<c><v>1</v></c>"
    assert places(f'<row>{one}<c/>{one}<c r="Z1"><v>2</v></c>{one}</row>') == {"A1": 1, "C1": 1, "Z1": 2, "AA1": 1}
    assert places(f'<row/><row>{one}</row><row r="7">{one}</row><row>{one}</row>') == {"A2": 1, "A7": 1, "A8": 1}
    assert places(f'<row><c r="B5"><v>2</v></c>{one}</row><row>{one}</row>') == {"B5": 2, "C5": 1, "A6": 1}
    with pytest.raises(ValueError, match="B-5"):  # a damaged file: what stands there cannot be left out unsaid
        places('<row><c r="B-5"><v>2</v></c></row>')


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (-signal.SIGSEGV, b"", "workbook_reading_broke_off"),
        (1, b"ImportError", "workbook_reading_broke_off"),
        (1, b"Traceback\nMemoryError", "workbook_too_hard"),
        (-signal.SIGKILL, b"", "workbook_too_hard"),
        (-signal.SIGXCPU, b"", "workbook_too_hard"),
    ],
)
def test_a_crash_of_the_reading_process_is_not_told_as_a_file_that_takes_too_much(monkeypatch, status, said, code):
    ended = subprocess.CompletedProcess([], status, b"", said)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(WorkbookError) as caught:
        open_workbook(packed(book()))
    assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of one process")
def test_the_reading_process_is_ended_where_it_takes_too_much(monkeypatch):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    monkeypatch.setattr(subprocess, "run", _with_a_hungry_child(subprocess.run))
    with pytest.raises(WorkbookError) as caught:
        open_workbook(packed(book()))
    assert caught.value.problems[0].code == "workbook_too_hard"
    most = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    assert most <= max(before, limited.MOST_MEMORY / 1000)


def test_a_file_that_is_not_read_in_time_is_not_accused_of_anything(monkeypatch):
    monkeypatch.setattr(limited, "MOST_SECONDS", 0)
    monkeypatch.setattr(limited, "PATIENCE", 0)
    with pytest.raises(WorkbookError) as caught:
        open_workbook(packed(book()))
    assert caught.value.problems[0].code == "workbook_not_read_in_time"


def _with_a_hungry_child(run):
    hungry = "from agriplan.workbook.readback import limited; limited._limit(); x = b'x' * 400_000_000; print('{}')"
    return lambda command, **options: run([command[0], "-c", hungry], **options)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", FEW)
def test_every_hostile_file_is_refused_in_words_or_read(name):
    try:
        opened = open_workbook(FAMILY[name]())
    except WorkbookError as error:
        said = {error.text("zh"), error.text("en")}
        if len(said) < len({"zh", "en"}):
            pytest.fail(f"not said in both languages: {said}")
    else:
        assert set(opened.sheets) <= {"s1"}
