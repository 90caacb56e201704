"""The same data seen from a later year: its figures are the base figures, and growth is fitted up to it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agriplan.baselines.folder import Baselines
from agriplan.baselines.history import comparable_years, older_run
from agriplan.baselines.records import Figure


@dataclass(frozen=True, eq=False, kw_only=True)
class LaterBaselines(Baselines):
    """Data as of a later year; `earlier` are the same data from their own base year.

    `figures` are what stands in place of the base figures, by observed indicator and area. Growth is fitted from the
    data folder alone, up to the later year; where the run of years that ends there is shorter than the one that ends
    in the data's own base year, that one stays.
    """

    earlier: Baselines
    figures: Mapping[tuple[str, str], Figure]

    @cached_property
    def base_figures(self) -> dict[tuple[str, str], Figure]:
        """The figures of the later year, by observed indicator and area."""
        return dict(self.figures)

    def keeps_history(self, indicator: str, area: str) -> bool:
        """Whether the run of years that ended in the data's own base year stays, since the later one is shorter."""
        series = self.series.get((indicator, area, self.basis), {})
        return len(comparable_years(series, self.base_year)) < len(self.earlier.history(indicator, area))

    def history(self, indicator: str, area: str) -> NDArray[np.float64]:
        """The comparable years (可比年份) of an area, oldest first, up to the later year."""
        if self.keeps_history(indicator, area):
            return self.earlier.history(indicator, area)
        return comparable_years(self.series.get((indicator, area, self.basis), {}), self.base_year)

    def older_history(self, indicator: str, area: str) -> NDArray[np.float64]:
        """The longest run of years on another basis before the comparable years began; empty where there is none."""
        others = [
            series
            for (one, where, basis), series in self.series.items()
            if (one, where) == (indicator, area) and basis != self.basis
        ]
        end = self.earlier.base_year if self.keeps_history(indicator, area) else self.base_year
        return older_run(others, end + 1 - len(self.history(indicator, area)))


def seen_from(baselines: Baselines, year: int, figures: Mapping[tuple[str, str], Figure]) -> LaterBaselines:
    """The data as of a year, with these figures in place of the base figures."""
    same = {one.name: getattr(baselines, one.name) for one in fields(Baselines) if one.init}
    header = baselines.header.model_copy(update={"base_year": year})
    return LaterBaselines(**(same | {"header": header}), earlier=baselines, figures=figures)
