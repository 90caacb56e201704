"""Opening workbooks quickly in tests changes nothing of what is opened."""

from openpyxl import Workbook, load_workbook
from quick_merges import openpyxls_own

from agriplan.places import templates_folder


def looks(book: Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": repr((cell.border, cell.protection, cell.font, cell.fill, cell.alignment))
        for sheet in book.worksheets
        for cell in sheet._cells.values()
    }


def test_merged_cells_look_as_openpyxl_has_them(monkeypatch):
    quick = looks(load_workbook(templates_folder() / "workbook.xlsx"))
    monkeypatch.setattr("openpyxl.worksheet.merge.MergedCellRange.format", openpyxls_own)
    assert quick == looks(load_workbook(templates_folder() / "workbook.xlsx"))
