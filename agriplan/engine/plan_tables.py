"""Lines, leagues and years of a plan: as columns, as rows of an indicator or an area, and as data frames."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agriplan.engine.tables import Columns, frame_of_columns, rows_of_columns, selected_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Tables:
    """Lines, leagues and years of a plan, and one indicator's or area's rows of them.

    `columns` holds the tables by name, as arrays; as data frames they are made for whoever asks.
    """

    columns: Mapping[str, Columns] = field(repr=False)

    @cached_property
    def lines(self) -> "pd.DataFrame":
        """One row an indicator."""
        return frame_of_columns(self.columns["lines"])

    @cached_property
    def leagues(self) -> "pd.DataFrame":
        """One row an indicator and league."""
        return frame_of_columns(self.columns["leagues"])

    @cached_property
    def years(self) -> "pd.DataFrame":
        """One row an indicator, area and year."""
        return frame_of_columns(self.columns["years"])

    @cached_property
    def by_indicator(self) -> dict[str, dict[str, Any]]:
        """The line of each indicator, as plain values."""
        return {row["indicator"]: row for row in rows_of_columns(self.columns["lines"])}

    def leagues_of(self, indicator: str) -> "pd.DataFrame":
        """The league rows of one indicator, in the leagues' order."""
        return self._leagues[indicator]

    @cached_property
    def _leagues(self) -> "dict[str, pd.DataFrame]":
        """The league rows of each indicator, parted once: they are asked for everywhere."""
        return {str(indicator): rows for indicator, rows in self.leagues.groupby("indicator", sort=False)}

    def years_of(self, indicator: str, code: str) -> "pd.DataFrame":
        """The yearly rows of one indicator and area."""
        return self.years.iloc[self.of_area["years"][indicator, code]]

    def league_rows(self, indicator: str) -> list[dict[str, Any]]:
        """The league rows of one indicator, in the leagues' order, as plain values."""
        return rows_of_columns(self.league_columns(indicator))

    def league_row(self, indicator: str, code: str) -> dict[str, Any]:
        """The row of one league, as plain values."""
        place = self.of_area["leagues"][indicator, code][0]
        return {name: column.item(place) for name, column in self.columns["leagues"].items()}

    def row_of(self, indicator: str, code: str) -> dict[str, Any]:
        """The row of an area, as plain values: of a league its own, of the region its line."""
        is_league = (indicator, code) in self.of_area["leagues"]
        return self.league_row(indicator, code) if is_league else self.by_indicator[indicator]

    def year_rows(self, indicator: str, code: str) -> list[dict[str, Any]]:
        """The yearly rows of one indicator and area, as plain values."""
        return rows_of_columns(selected_rows(self.columns["years"], self.of_area["years"][indicator, code]))

    def league_columns(self, indicator: str) -> Columns:
        """The league rows of one indicator, as arrays."""
        return selected_rows(self.columns["leagues"], self._of_indicator["leagues"][indicator])

    def year_columns(self, indicator: str) -> Columns:
        """The yearly rows of one indicator, of all areas, as arrays."""
        return selected_rows(self.columns["years"], self._of_indicator["years"][indicator])

    @cached_property
    def _of_indicator(self) -> dict[str, dict[Hashable, list[int]]]:
        """Which rows are about an indicator."""
        return {table: _places(columns["indicator"].tolist()) for table, columns in self.columns.items()}

    @cached_property
    def of_area(self) -> dict[str, dict[Hashable, list[int]]]:
        """Which rows are about an indicator in an area."""
        return {
            table: _places(zip(columns["indicator"].tolist(), columns["code"].tolist(), strict=True))
            for table, columns in self.columns.items()
            if "code" in columns
        }


def _places(keys: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return found
