"""Write what a template carries: pictures, comments, links, its own conditional formats, hidden rows and columns."""

from collections.abc import Callable, Sequence
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import CellBlankTuple, Worksheet

from agriplan.workbook.layout.sheets import LaidSheet, Layout
from agriplan.workbook.template.carried import Picture
from agriplan.workbook.template.cell_formats import Key
from agriplan.workbook.template.pictures import native_size

# Comments are read on the screen, in letters that every system has.
_COMMENT_FONT = 9


def write_carried(worksheet: Worksheet, sheet: LaidSheet) -> None:
    """Put everything on the sheet; its cells stand there already."""
    carried = sheet.carried
    looks = {(row, col): look for row, col, look, *_ in sheet.cells} if carried.comments else {}
    for picture in carried.pictures:
        _insert_picture(worksheet, picture)
    for comment in carried.comments:
        font = dict(looks.get((comment.row, comment.col), ())).get("font_name", "Tahoma")
        look = {"author": comment.author, "x_scale": comment.size[0] / 128, "y_scale": comment.size[1] / 74}
        look |= {"font_name": font, "font_size": _COMMENT_FONT}
        worksheet.write_comment(comment.row, comment.col, comment.text, look)
    for link in carried.links:
        address = f"internal:{link.address}" if link.inside else link.address
        lead(worksheet, link.row, link.col, address, link.tip)


def write_own_formats(worksheet: Worksheet, sheet: LaidSheet, format_of: Callable[[Key], Format]) -> None:
    """The template's own conditional formats, which count before the legends'."""
    for own in sheet.carried.formats:
        rule = dict(own.rule) | ({"format": format_of(own.look)} if own.look else {})
        if len(own.ranges) > 1:
            rule["multi_range"] = " ".join(xl_range(*each) for each in own.ranges)
        worksheet.conditional_format(*own.ranges[0], rule)


def lead(worksheet: Worksheet, row: int, col: int, address: str, tip: str = "") -> None:
    """A click on a cell leads there; what the cell shows stays as it was laid."""
    cell = worksheet.table[row].get(col)
    worksheet.write_url(row, col, address, cell_format=cell and cell.format, string="-", tip=tip or None)
    worksheet.table[row][col] = cell or CellBlankTuple(worksheet.table[row][col].format)


def hidden_rows(sheet: LaidSheet) -> frozenset[int]:
    """The rows that the template hides; one that is repeated is hidden in all its rows."""
    placed = sheet.placed
    return frozenset(
        row
        for each in sheet.template.page.hidden_rows
        if not placed.left_out(each)
        for row in range(placed.row(each), placed.last_row(each) + 1)
    )


def hide(worksheet: Worksheet, sheet: LaidSheet) -> None:
    """Hide the rows and columns that the template hides, as wide and tall as they are."""
    widths = dict(sheet.template.page.widths)
    for first, last in sheet.template.page.hidden_cols:
        for col in range(first, last + 1):
            worksheet.set_column(col, col, widths.get(col), None, {"hidden": True})
    for row in sorted(hidden_rows(sheet)):
        about = worksheet.row_info.get(row)
        worksheet.set_row_pixels(row, about and about.height, None, {"hidden": True})


def show_tabs(sheets: Sequence[Worksheet], layout: Layout) -> None:
    """Hide the sheets that the template hides; a file opens with the first of the others."""
    seen = []
    for sheet, worksheet in zip(layout.sheets, sheets, strict=True):
        hidden = {"hidden": worksheet.hide, "veryHidden": worksheet.very_hidden}.get(sheet.template.page.state)
        if hidden:
            hidden()
        else:
            seen.append(worksheet)
    if seen and seen[0] is not sheets[0]:
        seen[0].activate()
        seen[0].set_first_sheet()


def _insert_picture(worksheet: Worksheet, picture: Picture) -> None:
    look: dict[str, object] = {"x_offset": picture.offset[0], "y_offset": picture.offset[1]}
    native = native_size(picture.data)
    if picture.size and native:
        look |= {"x_scale": picture.size[0] / native[0], "y_scale": picture.size[1] / native[1]}
    look |= {"object_position": picture.follows}
    look |= {"description": picture.says} if picture.says else {"decorative": True}
    worksheet.insert_image(picture.row, picture.col, BytesIO(picture.data), look)
