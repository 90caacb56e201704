"""Templates as they come out of other hands: read, or one sentence, and quickly."""

import zipfile
from pathlib import Path
from time import process_time

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from agriplan.errors import TemplateError
from agriplan.places import templates_folder
from agriplan.workbook.template.reading import read_template

SHIPPED = templates_folder() / "workbook.xlsx"
RED = PatternFill("solid", fgColor="00FF0000")


@pytest.mark.parametrize("cell", ["A200000", "XFD900000"])
def test_a_stray_formatted_cell_changes_nothing_and_costs_nothing(cell: str, tmp_path: Path) -> None:
    book = load_workbook(SHIPPED)
    book.worksheets[0][cell].fill = RED
    book.save(tmp_path / "stray.xlsx")
    book = load_workbook(SHIPPED)
    book.save(tmp_path / "plain.xlsx")
    plain = read_template(tmp_path / "plain.xlsx")
    start = process_time()
    stray = read_template(tmp_path / "stray.xlsx")
    assert process_time() - start < 3  # 28 s where every place up to the cell was visited
    assert stray.sheets == plain.sheets


def test_without_a_print_area_a_stray_cell_does_not_stretch_the_page(tmp_path: Path) -> None:
    book = load_workbook(SHIPPED)
    sheet = book.worksheets[0]
    sheet.print_area = None
    sheet["A200000"].fill = RED
    book.save(tmp_path / "stray.xlsx")
    assert read_template(tmp_path / "stray.xlsx").sheets[0].page.bottom < 200


def test_a_template_without_styles_is_told_in_a_sentence(tmp_path: Path) -> None:
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(SHIPPED) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    with pytest.raises(TemplateError) as caught:
        read_template(bare)
    assert [problem.code for problem in caught.value.problems] == ["template_without_styles"]
