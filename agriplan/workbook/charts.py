"""The charts that a template may place: what each draws, from which columns of its sheet.

A chart takes its size and title from the template, its numbers from the cells, its colours from the theme.
"""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.color import Color

from agriplan.sentences import say
from agriplan.workbook.layout import LaidSheet, Layout
from agriplan.workbook.quick import QuickWorksheet
from agriplan.workbook.template import ChartPlace, Range, Template

# Theme colours as XlsxWriter numbers them: 1 is text, 2 and 3 the second pair, 4 to 9 the accents.
TEXT, GREY = 1, 2
ACCENT = 4
FONT = {"size": 8}


@dataclass(frozen=True)
class Drawn:
    """One series: its column, the accent that colours it, and how it is drawn."""

    column: str
    accent: int
    style: str = "solid"


@dataclass(frozen=True)
class ChartKind:
    """What a chart draws: XlsxWriter's type, the table, the column of its categories, its series and its unit.

    `unit` is the scalar that holds the unit of the value axis. An optional column that the sheet lacks is left out.
    """

    shape: str
    table: str
    categories: str
    series: tuple[Drawn, ...]
    unit: str = "indicator.unit"
    subtype: str | None = None


CHARTS: dict[str, ChartKind] = {
    "history": ChartKind(
        "line",
        "history",
        "year",
        (
            Drawn("earlier", 6, "dash"),
            Drawn("observed", 0, "marked"),
            Drawn("projection", 1, "solid"),
            Drawn("low", 4, "dot"),
            Drawn("high", 4, "dot"),
            Drawn("target", 5, "long"),
        ),
    ),
    "gap": ChartKind("bar", "leagues", "name", (Drawn("amount", 1),), unit="counted_unit"),
    "allocation": ChartKind("column", "leagues", "name", (Drawn("baseline", 3), Drawn("target", 0))),
    "milestones": ChartKind(
        "line",
        "milestones",
        "year",
        (Drawn("projection", 1), Drawn("milestone", 0, "marked"), Drawn("actual", 5, "points")),
    ),
    "progress": ChartKind(
        "bar", "indicators", "name", (Drawn("baseline_share", 3), Drawn("projection_share", 1)), unit="share_unit"
    ),
    "comparison": ChartKind("column", "rules", "name", (), unit="counted_unit"),
    "tornado": ChartKind("bar", "tornado", "name", (Drawn("low", 4), Drawn("high", 0)), subtype="stacked"),
}


def insert_chart(
    workbook: Workbook,
    worksheet: QuickWorksheet,
    place: ChartPlace,
    where: Range,
    sheet: LaidSheet,
    layout: Layout,
    template: Template,
) -> None:
    """Draw a chart over its place; a chart whose table the sheet does not have is left out."""
    kind = CHARTS[place.name]
    if kind.table not in sheet.poured.sheet.tables:
        return
    options: dict[str, Any] = {"type": kind.shape} | ({"subtype": kind.subtype} if kind.subtype else {})
    chart = workbook.add_chart(options)
    for series in kind.series or _every_rule(sheet, kind):
        if (sheet.name, kind.table, series.column) in layout.places.columns:
            chart.add_series(_series(series, kind, sheet, layout, template))
    _dress(chart, kind, place, sheet, layout)
    width, height = _size(worksheet, where)
    chart.set_size({"width": width - 6, "height": height - 6})
    look = {"x_offset": 3, "y_offset": 3, "object_position": 2, "description": _alt(place, kind, sheet, layout)}
    worksheet.insert_chart(where[0], where[1], chart, look)


def _every_rule(sheet: LaidSheet, kind: ChartKind) -> tuple[Drawn, ...]:
    """A comparison has a series for each rule's column."""
    columns = [name for name in sheet.poured.sheet.tables[kind.table].columns if name.startswith(("by_", "equal_"))]
    return tuple(Drawn(name, index % 6) for index, name in enumerate(columns))


def _series(drawn: Drawn, kind: ChartKind, sheet: LaidSheet, layout: Layout, template: Template) -> dict[str, Any]:
    def cells(column: str) -> str:
        area = layout.places.columns[sheet.name, kind.table, column]
        return f"={area.sheet}!{area.whole()}"

    colour = Color.theme(ACCENT + drawn.accent, 0)
    series: dict[str, Any] = {
        "name": _name(drawn, kind, layout, template),
        "categories": cells(kind.categories),
        "values": cells(drawn.column),
    }
    if kind.shape == "line":
        return series | _line(drawn, colour)
    return series | {"fill": {"color": colour}, "border": {"none": True}, "gap": 60, "overlap": _overlap(kind)}


def _overlap(kind: ChartKind) -> int:
    return 100 if kind.subtype == "stacked" else 0


def _line(drawn: Drawn, colour: Color) -> dict[str, Any]:
    dash = {"dash": "dash", "dot": "round_dot", "long": "long_dash"}.get(drawn.style, "solid")
    line: dict[str, Any] = {"color": colour, "width": 1.25 if drawn.style == "dot" else 2.0, "dash_type": dash}
    if drawn.style == "points":
        line = {"none": True}
    marker: dict[str, Any] = {"type": "none"}
    if drawn.style in ("marked", "points"):
        marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": line, "marker": marker}


def _name(drawn: Drawn, kind: ChartKind, layout: Layout, template: Template) -> str:
    """A series is called as the legend words it, a rule by the rule's word."""
    code = f"rule.{drawn.column}" if not kind.series else f"series.{drawn.column}"
    return template.words.get(code) or layout.book.words.get(code) or say(code, layout.book.lang)


def _dress(chart: Any, kind: ChartKind, place: ChartPlace, sheet: LaidSheet, layout: Layout) -> None:
    """Title, axes with units, light grid lines, legend below."""
    lines = {"visible": True, "line": {"color": Color.theme(GREY, 1), "width": 0.5}}
    chart.set_title({"name": place.title, "name_font": {"size": 10, "bold": True}, "overlay": False})
    unit = _unit(kind, sheet)
    values = {
        "name": unit,
        "name_font": {"size": 8, "bold": False},
        "num_font": FONT,
        "num_format": "#,##0.##;-#,##0.##",
        "major_gridlines": lines,
        "line": {"none": True},
    }
    names = {
        "name": say(f"axis.{kind.categories}", layout.book.lang),
        "name_font": {"size": 8, "bold": False},
        "num_font": FONT,
        "label_position": "low",
        "major_gridlines": {"visible": False},
    }
    if kind.shape == "bar":
        names["reverse"] = True
    chart.set_x_axis(names)
    chart.set_y_axis(values)
    chart.set_legend({"position": "bottom", "font": FONT})
    if len(kind.series) == 1:
        chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": Color.theme(GREY, 1)}})
    chart.show_blanks_as("gap")
    chart.show_na_as_empty_cell()


def _unit(kind: ChartKind, sheet: LaidSheet) -> str:
    cell = sheet.poured.sheet.scalars.get(kind.unit)
    return "" if cell is None or cell.value is None else str(cell.value)


def _alt(place: ChartPlace, kind: ChartKind, sheet: LaidSheet, layout: Layout) -> str:
    """What a reader who cannot see the chart is told: its title, its unit and the sheet with the numbers."""
    values = {"title": place.title, "unit": _unit(kind, sheet), "sheet": sheet.title}
    return say("chart.alt", layout.book.lang, **values)


def _size(worksheet: QuickWorksheet, where: Range) -> tuple[int, int]:
    """The range in pixels, from the widths and heights that are already set."""
    width = sum(worksheet._size_col(col) for col in range(where[1], where[3] + 1))
    height = sum(worksheet._size_row(row) for row in range(where[0], where[2] + 1))
    return width, height
