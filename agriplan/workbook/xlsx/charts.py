"""Draw a chart over its place: size and title from the template, numbers from the cells, colours from the theme."""

import math
from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.color import Color

from agriplan.sentences import say
from agriplan.workbook.chart_kinds import CHARTS, OWN_ACCENT, ChartKind, Drawn
from agriplan.workbook.description import Slot
from agriplan.workbook.layout.sheets import LaidSheet, Layout
from agriplan.workbook.template.carried import Range
from agriplan.workbook.template.cell_formats import theme_font
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import ChartPlace
from agriplan.workbook.xlsx.lean_charts import write_leanly
from agriplan.workbook.xlsx.shows import POINT_DIGITS
from agriplan.workbook.xlsx.worksheet import BulkWorksheet

# Theme colours as XlsxWriter numbers them: 2 is the light one of the second pair, 4 to 9 are the accents.
LIGHT, ACCENT, ACCENTS = 2, 4, 6
# Of a theme colour's five shades the darkest, and the third of the lighter ones.
DARKER, LIGHTER = 5, 3
# What an axis is marked with: parts of a unit where it goes no further than some.
MARKS = "[>=1000]#,##0;[<=-1000]-#,##0;General"
# Sheets are printed at nine tenths or more: 8 points on paper.
SMALL: dict[str, Any] = {"size": 9}
# Room left between a chart and the cells around it, in pixels.
MARGIN = 3
# Years that are marked one by one, and the distance of marks where there are more.
MOST_MARKS, FAR_MARKS = 10, 5
_DASHES = {"dashed": "dash", "dotted": "round_dot"}


def insert_chart(
    workbook: Workbook,
    worksheet: BulkWorksheet,
    place: ChartPlace,
    where: Range,
    sheet: LaidSheet,
    layout: Layout,
    template: Template,
) -> None:
    """Draw the chart; one whose columns the sheet does not have is left out."""
    kind = CHARTS[place.name]
    drawn = kind.drawn(sheet.placed.sheet, layout.book)
    if not drawn:
        return
    chart = workbook.add_chart({"type": kind.shape, "subtype": _subtype(kind)})
    write_leanly(chart)
    if any(_hides(series, sheet, layout, template) for series in drawn):
        chart.show_hidden_data()
    for series in drawn:
        chart.add_series(_series(series, kind, sheet, layout, template))
    font = place.font if place.font != theme_font(template.theme) else None
    _dress(chart, kind, place, sheet, layout, font, alone=len(drawn) == 1)
    width, height = _size(worksheet, where)
    chart.set_size({"width": width - 2 * MARGIN, "height": height - 2 * MARGIN})
    look = {
        "x_offset": MARGIN,
        "y_offset": MARGIN,
        "object_position": 2,
        "description": _alt(place, kind, sheet, layout),
    }
    worksheet.insert_chart(where[0], where[1], chart, look)


def _hides(drawn: Drawn, sheet: LaidSheet, layout: Layout, template: Template) -> bool:
    """Whether a series may stand in hidden cells, which charts pass over unless they are told otherwise."""
    subject = layout.book.sheets[drawn.sheet or sheet.name].subject
    pages = [each.page for each in template.sheets if each.subject == subject]
    return not pages or any(not page.seen or page.hidden_rows or page.hidden_cols for page in pages)


def _subtype(kind: ChartKind) -> str | None:
    return "straight_with_markers" if kind.shape == "scatter" else "stacked" if kind.stacked else None


def _series(drawn: Drawn, kind: ChartKind, sheet: LaidSheet, layout: Layout, template: Template) -> dict[str, Any]:
    def cells(column: str) -> str:
        area = layout.places.columns[drawn.sheet or sheet.name, drawn.table, column]
        first, count = drawn.rows(sheet.placed.sheet, layout.book)
        return f"={area.sheet}!{area._replace(first=area.first + first, rows=count).whole()}"

    series: dict[str, Any] = {
        "name": _name(drawn, sheet, layout, template),
        "categories": cells(kind.categories),
        "values": cells(drawn.column),
        "values_data": _shown(drawn, sheet, layout),
    }
    own = drawn.own(sheet.placed.sheet, layout.book)
    table = layout.book.sheets[drawn.sheet or sheet.name].tables[drawn.table]
    if table.columns[kind.categories].formula:
        # Until the cells are read, a live name is the plain one; without any, names would be taken for numbers.
        first, count = drawn.rows(sheet.placed.sheet, layout.book)
        series["categories_data"] = list(table.columns["name"].values[first : first + count])
    shade = LIGHTER if kind.stacked and drawn == kind.series[0] else 0
    points = [{"fill": {"color": Color.theme(ACCENT + OWN_ACCENT, shade)}} if mine else None for mine in own]
    return series | _stroke(drawn) | ({"points": points} if any(own) else {})


def _shown(drawn: Drawn, sheet: LaidSheet, layout: Layout) -> list[str | Slot | None]:
    """What a chart shows until the cells are read."""
    first, count = drawn.rows(sheet.placed.sheet, layout.book)
    table = layout.book.sheets[drawn.sheet or sheet.name].tables[drawn.table]
    values = table.columns[drawn.column].values[first : first + count]
    return [
        value if isinstance(value, Slot) else f"{value:.{POINT_DIGITS}g}" if isinstance(value, float | int) else None
        for value in values
    ]


def _name(drawn: Drawn, sheet: LaidSheet, layout: Layout, template: Template) -> str:
    if drawn.title:
        return str(sheet.placed.sheet.scalars[drawn.title].value)
    return template.words.get(drawn.code) or layout.book.words.get(drawn.code) or say(drawn.code, layout.book.lang)


def _stroke(drawn: Drawn) -> dict[str, Any]:
    colour = Color.theme(ACCENT + drawn.accent % ACCENTS, DARKER if drawn.accent >= ACCENTS else 0)
    if drawn.style == "bar":
        return {"fill": {"color": colour}, "border": {"none": True}, "gap": 60}
    marker: dict[str, Any] = {"type": "none"}
    if drawn.style in ("marked", "points"):
        marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    if drawn.style == "points":
        return {"line": {"none": True}, "marker": marker}
    width = 1.25 if drawn.style == "dotted" else 2.0
    dashes = {"dash_type": _DASHES[drawn.style]} if drawn.style in _DASHES else {}
    return {"line": {"color": colour, "width": width, **dashes}, "marker": marker}


def _dress(
    chart: Any,
    kind: ChartKind,
    place: ChartPlace,
    sheet: LaidSheet,
    layout: Layout,
    font: str | None,
    *,
    alone: bool,
) -> None:
    """Title, both axes, and a legend where there is more than one series."""
    face = {"name": font} if font else {}
    small = SMALL | face
    chart.set_title({"name": place.title, "name_font": {"size": 10, "bold": True} | face, "overlay": False})
    lying, standing = _axes(kind, sheet, layout, small)
    chart.set_x_axis(lying)
    chart.set_y_axis(standing)
    chart.set_legend({"none": True} if alone else {"position": kind.legend, "font": small})
    chart.set_chartarea({"border": {"color": Color.theme(LIGHT, 0)}})
    chart.show_blanks_as("gap")


def _axes(
    kind: ChartKind, sheet: LaidSheet, layout: Layout, small: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The axes as XlsxWriter asks for them: of categories and of values, in a bar chart the other way round.

    The unit stands at that of values, beside light grid lines; years and names say themselves what they are.
    """
    values: dict[str, Any] = {
        "name": _unit(kind, sheet, layout),
        "name_font": {**small, "bold": False},
        "num_font": small,
        "num_format": MARKS if kind.fine_marks else "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": Color.theme(LIGHT, 0), "width": 0.75}},
        "line": {"none": True},
        "label_position": "low",
    }
    if kind.shape != "scatter" and not kind.below_zero:
        values["min"] = 0
    names: dict[str, Any] = {
        "num_font": small,
        "label_position": "low",
        "major_gridlines": {"visible": False},
    }
    if kind.shape == "scatter":
        names |= {"num_format": "0", **_years(kind, sheet, layout)}
    if kind.shape != "bar":
        return names, values
    # The axes of a bar chart are named as they lie; the first category stands at the top, and every one is named:
    # LibreOffice leaves names out that come near each other, unless they are said to be level.
    names |= {"num_font": {**small, "rotation": 0}, "reverse": True, "interval_unit": 1}
    return values | {"label_position": "high"}, names


def _years(kind: ChartKind, sheet: LaidSheet, layout: Layout) -> dict[str, int]:
    """An axis of years ends with the last, marked: a mark for each, or for every fifth back to before the first."""
    own = sheet.placed.sheet
    tables = {series.table for series in kind.drawn(own, layout.book)}
    years = [
        int(value)
        for table in tables
        for value in own.tables[table].columns[kind.categories].values
        if isinstance(value, int | float)
    ]
    first, last = min(years), max(years)
    step = 1 if last - first <= MOST_MARKS else FAR_MARKS
    return {"min": last - math.ceil((last - first) / step) * step, "max": last, "major_unit": step}


def _unit(kind: ChartKind, sheet: LaidSheet, layout: Layout) -> str:
    cell = sheet.placed.sheet.scalars.get(kind.unit)
    if cell is None:
        return say(kind.unit, layout.book.lang) if "." in kind.unit else ""
    return "" if cell.value is None else str(cell.value)


def _alt(place: ChartPlace, kind: ChartKind, sheet: LaidSheet, layout: Layout) -> str:
    """What a reader who cannot see the chart is told: its title, its unit and the sheet with the numbers."""
    values = {"title": place.title, "unit": _unit(kind, sheet, layout), "sheet": sheet.title}
    return say("chart.alt", layout.book.lang, **values)


def _size(worksheet: BulkWorksheet, where: Range) -> tuple[int, int]:
    """The range in pixels, from the widths and heights that are already set."""
    width = sum(worksheet._size_col(col) for col in range(where[1], where[3] + 1))
    height = sum(worksheet._size_row(row) for row in range(where[0], where[2] + 1))
    return width, height
