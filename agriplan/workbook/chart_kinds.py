"""The charts that a template may place: what each draws, from which columns of its sheet."""

from dataclasses import dataclass

from agriplan.workbook.description import FLAG, Book, Sheet, Table, Value

# The accent of the workbook's own league among others.
OWN_ACCENT = 1


@dataclass(frozen=True)
class Drawn:
    """One series: its table and column, the theme's accent (from 0; from 6 on darker) that colours it, and how.

    `style` is one of line, marked, points, dashed, dotted, bar. `word` is the code of what it is called. `sheet` is
    another sheet, of whose table the rows are drawn that belong to this sheet (`milk.150500` to `milk`). `title` is the
    scalar that holds what the series is called, where that is no word. Of a series that `marks` its own, the bar of the
    workbook's own league has the colour `OWN_ACCENT`, lighter where others are stacked on it.
    """

    table: str
    column: str
    accent: int
    style: str = "bar"
    word: str = ""
    sheet: str = ""
    title: str = ""
    marks: bool = False

    @property
    def code(self) -> str:
        """The code of the word that names the series."""
        return self.word or f"series.{self.column}"

    def home(self, sheet: Sheet, book: Book) -> Table | None:
        """The table, where the book has it."""
        owner = book.sheets.get(self.sheet) if self.sheet else sheet
        return owner.tables.get(self.table) if owner else None

    def rows(self, sheet: Sheet, book: Book) -> tuple[int, int]:
        """The first row of the table that is drawn, and how many."""
        table = self.home(sheet, book)
        keys = list(table.keys) if table else []
        if not self.sheet:
            return 0, len(keys)
        mine = [row for row, key in enumerate(keys) if key.startswith(f"{sheet.name}.")]
        return (mine[0], len(mine)) if mine else (0, 0)

    def own(self, sheet: Sheet, book: Book) -> list[bool]:
        """Which of the bars that are drawn are the workbook's own league's; none of a series that marks none."""
        table = self.home(sheet, book)
        flags = table.columns.get(f"{FLAG}own") if table and self.marks else None
        first, count = self.rows(sheet, book)
        return [value == 1 for value in flags.values[first : first + count]] if flags else []


@dataclass(frozen=True)
class ChartKind:
    """What a chart draws: XlsxWriter's type, the column of its categories, its series, and its unit.

    `unit` is a scalar of the sheet, or else the code of a word. One that compares is drawn where its series differ.
    Bars are as long as what they stand for, so that their axis begins with 0, unless they may stand for less.
    """

    shape: str
    categories: str
    series: tuple[Drawn, ...]
    unit: str = "unit"
    stacked: bool = False
    compares: bool = False
    below_zero: bool = False
    legend: str = "bottom"

    @property
    def fine_marks(self) -> bool:
        """Whether what is drawn may be so little that its axis needs parts of a unit."""
        return self.compares or self.unit == "axis.share"

    def drawn(self, sheet: Sheet, book: Book) -> list[Drawn]:
        """The series that there are columns and at least one number for."""
        found, parts = [], []
        for series in self.series:
            table = series.home(sheet, book)
            if table is None or series.column not in table.columns or self.categories not in table.columns:
                continue
            first, count = series.rows(sheet, book)
            live = bool(table.columns[series.column].formula or table.columns[series.column].varies)
            part = _part(table, series.column, first, count)
            if live or any(isinstance(value, float | int) for value in part):
                found.append(series)
                parts.append(part)
        return [] if self.compares and all(part == parts[0] for part in parts) else found


def _part(table: Table, column: str, first: int, count: int) -> list[Value]:
    return list(table.columns[column].values[first : first + count])


def _scenarios(column: str) -> tuple[Drawn, ...]:
    """A series for each of the scenarios that can be compared."""
    return tuple(
        Drawn("leagues", f"{column}_{number}", number - 1, title=f"scenario_{number}") for number in range(1, 6)
    )


CHARTS: dict[str, ChartKind] = {
    "history": ChartKind(
        "scatter",
        "year",
        (
            Drawn("older", "value", 4, "dashed", "series.older"),
            Drawn("history", "value", 0, "marked", "series.observed"),
            Drawn("region_years", "printed_projection", 1, "line", "series.projection"),
            Drawn("region_years", "low", 3, "dotted"),
            Drawn("region_years", "high", 3, "dotted"),
            Drawn("region_years", "target", 5, "line"),
        ),
        # Six names below would take half the height that there is.
        legend="right",
    ),
    # What a league reaches by itself, and what it takes on: both to its target. In a surplus the first alone.
    "allocation": ChartKind(
        "bar",
        "name",
        (
            Drawn("leagues", "printed_projection", 3, "bar", "series.projection", marks=True),
            Drawn("leagues", "printed_amount_stated", 0, "bar", "series.amount", marks=True),
        ),
        stacked=True,
        # A row of bars for each league needs the height that a legend below would take.
        legend="right",
    ),
    "milestones": ChartKind(
        "scatter",
        "year",
        (
            Drawn("region_years", "printed_projection", 1, "dashed", "series.projection"),
            Drawn("region_years", "printed_milestone", 0, "marked", "series.milestone"),
            Drawn("region_years", "printed_actual", 5, "points", "series.actual"),
        ),
    ),
    "growth": ChartKind(
        "bar",
        "short",
        (
            Drawn("indicators", "past_growth", 3),
            Drawn("indicators", "growth", 1),
            Drawn("indicators", "needed_growth", 0),
        ),
        unit="axis.per_cent",
        below_zero=True,
    ),
    "progress": ChartKind(
        "bar",
        "short",
        (Drawn("indicators", "baseline_share", 3), Drawn("indicators", "projection_share", 1)),
        unit="axis.of_target",
    ),
    "way": ChartKind(
        "bar",
        "name",
        (
            Drawn("shares", "baseline_share", 3),
            Drawn("shares", "projection_share", 1),
            Drawn("shares", "target_share", 0, word="series.target"),
        ),
        unit="axis.of_target",
    ),
    # A row without bars says why: a surplus, or a league that is not named.
    "rules": ChartKind(
        "bar",
        "label",
        (Drawn("by_rule", "least", 3), Drawn("by_rule", "share", 0), Drawn("by_rule", "greatest", 1)),
        unit="axis.share",
    ),
    "share": ChartKind("bar", "name", (Drawn("indicators", "share_of_total", 1),), unit="axis.share"),
    "compared_target": ChartKind("column", "name", _scenarios("target"), compares=True),
    "compared_amount": ChartKind("column", "name", _scenarios("amount"), unit="amount_unit", compares=True),
}
