"""The charts that a template may place: what each draws, from which columns of its sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from agriplan.workbook.description import Sheet


@dataclass(frozen=True)
class Drawn:
    """One series: its table and column, the theme's accent (from 0) that colours it, and how it is drawn.

    `style` is one of line, marked, points, dashed, dotted, bar. `word` is the code of what it is called.
    """

    table: str
    column: str
    accent: int
    style: str = "bar"
    word: str = ""

    @property
    def code(self) -> str:
        """The code of the word that names the series."""
        return self.word or f"series.{self.column}"


@dataclass(frozen=True)
class ChartKind:
    """What a chart draws: XlsxWriter's type, the column of its categories, its series, the scalar with its unit.

    `every` names a table and the beginnings of its columns: one series for each column that begins so.
    """

    shape: str
    categories: str
    series: tuple[Drawn, ...] = ()
    unit: str = "unit"
    subtype: str | None = None
    every: tuple[str, tuple[str, ...]] | None = None

    def drawn(self, sheet: Sheet) -> Iterator[Drawn]:
        """The series that this sheet has the columns for."""
        for series in (*self.series, *self._every(sheet)):
            table = sheet.tables.get(series.table)
            if table is not None and series.column in table.columns and self.categories in table.columns:
                yield series

    def _every(self, sheet: Sheet) -> Iterator[Drawn]:
        name, beginnings = self.every or ("", ())
        columns = sheet.tables[name].columns if name in sheet.tables else {}
        for number, column in enumerate(each for each in columns if each.startswith(beginnings)):
            yield Drawn(name, column, number % 6, word=f"rule.{column}")


CHARTS: dict[str, ChartKind] = {
    "history": ChartKind(
        "scatter",
        "year",
        (
            Drawn("older", "value", 4, "dashed", "series.older"),
            Drawn("history", "value", 0, "marked", "series.observed"),
            Drawn("region_years", "projection", 1, "line"),
            Drawn("region_years", "low", 3, "dotted"),
            Drawn("region_years", "high", 3, "dotted"),
            Drawn("region_years", "target", 5, "line"),
        ),
    ),
    "gap": ChartKind("bar", "name", (Drawn("leagues", "amount", 1),), unit="counted_unit"),
    "allocation": ChartKind("column", "name", (Drawn("leagues", "baseline", 3), Drawn("leagues", "target", 0))),
    "milestones": ChartKind(
        "scatter",
        "year",
        (
            Drawn("region_years", "projection", 1, "dashed"),
            Drawn("region_years", "milestone", 0, "marked"),
            Drawn("region_years", "actual", 5, "points"),
        ),
    ),
}
