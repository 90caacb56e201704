"""Ranges of whole columns and rows in a template: told where they stand, with how to write them."""

import warnings
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from agriplan.sentences import LANGS
from agriplan.workbook.package import Package, look_into
from agriplan.workbook.template.bounds import _PLACES, beyond_bounds
from agriplan.workbook.template.left_behind import left_behind
from tests.workbook.filling_in import loaded

RANGES = [kind for kind, names in _PLACES.items() if names.is_range]
CELLS = [kind for kind, names in _PLACES.items() if not names.is_range]
WHOLE = ["A:B", "$A:$B", "A:XFD", "1:3", "$1:$3"]
NOWHERE = ["A1:B", "#REF!", "B9:A1", "A0", "XFE1", "A1:B2:C3", "zz"]
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def holding(part: str, before: str, xml: str) -> Package:
    """A small workbook with something put before an element of one of its parts."""
    book, file = Workbook(), BytesIO()
    book.active.title, book.active["B2"] = "封皮", 1
    book.save(file)
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    parts[part] = parts[part].replace(before, xml + before, 1)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return look_into(made.getvalue())


def told(kind: str, place: str) -> list[tuple[str, str]]:
    """What is said of a sheet that holds an element with that place."""
    problems = list(beyond_bounds(holding(SHEET, "</worksheet>", f'<{kind} {_PLACES[kind].attribute}="{place}"/>')))
    assert all(problem.text(lang) for problem in problems for lang in LANGS)
    return [(problem.place, problem.code) for problem in problems]


@pytest.mark.parametrize("kind", RANGES)
def test_a_range_of_whole_columns_or_rows_is_told_with_its_sheet(kind: str) -> None:
    for place in WHOLE:
        assert told(kind, place) == [(f"封皮!{place}", "template_place_whole")]
    for place in NOWHERE:
        assert told(kind, place) == [(f"封皮!{place}", "template_place_unknown")]
    for place in ("A1", "$A$1:$B$9", "B2:XFD2"):
        assert told(kind, place) == []


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_is_no_range(kind: str) -> None:
    for place in (*WHOLE, *NOWHERE, "A1:B2"):
        assert [where for where, _ in told(kind, place)] == [f"封皮!{place}"]
    assert told(kind, "B2") == []


def test_of_several_ranges_each_is_looked_at() -> None:
    assert told("dataValidation", "A1 B2:C3 D:E 5:6") == [("封皮!D:E", "template_place_whole")]
    assert told("conditionalFormatting", "") == []


@pytest.mark.parametrize("area", ["$A:$H", "$1:$40", "$A$1:$B", "#REF!"])
def test_a_print_area_without_end_is_told_and_not_taken(area: str) -> None:
    name = f'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">\'封皮\'!{area}</definedName>'
    package = holding(BOOK, "<definedNames", f"{name}</definedNames>")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = loaded(package.data)
    (problem,) = left_behind(package, book, "own.xlsx")
    assert (problem.place, problem.code) == ("封皮", "template_left_print_area")
    assert area.replace("$", "") in problem.text("zh")
