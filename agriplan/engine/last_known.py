"""Which unit value and which herd stand in a year after the base year: the last figure known of it, carried on.

Monitoring, look back and evaluations all ask here, so that what was reported of a year comes to one figure everywhere.
The growth is that of the plan from the base year, whatever year it is looked at from.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import Reports, parts_of
from agriplan.engine.base_figures import ESTIMATED, known_figure, source_of_base, worse_grade
from agriplan.engine.scenario import Scenario
from agriplan.rounding import Floats


class LastKnown(NamedTuple):
    """The figure of the last year that has one: a reported one, else the base year's (NaN: there is none).

    `grade`, `relative_error` and `source` are its own.
    """

    value: float
    year: int
    grade: str
    relative_error: float
    source: str | None

    def carried_to(self, year: int, growth: float) -> float:
        """What it comes to in a year.

        >>> LastKnown(8.0, 2023, "reported", 0.0, "").carried_to(2025, 10.0)
        9.680000000000001
        """
        return float(self.value * (1.0 + growth / 100.0) ** (year - self.year)) if year > self.year else self.value

    def grade_in(self, year: int) -> str:
        """How well the figure of a year is known: carried on it is an estimate.

        >>> known = LastKnown(8.0, 2023, "reported", 0.0, "")
        >>> known.grade_in(2023), known.grade_in(2024)
        ('reported', 'derived')
        """
        return worse_grade(self.grade, ESTIMATED) if year > self.year else self.grade


def last_known(
    scenario: Scenario, baselines: Baselines, indicator: str, code: str, actuals: Reports
) -> dict[int, LastKnown]:
    """The last figure of an observed unit value or herd up to every year, from the base year to the target year."""
    known = known_figure(scenario, baselines, indicator, code)
    source = source_of_base(scenario, baselines, indicator, code)
    last = LastKnown(known.value, baselines.base_year, known.grade, known.relative_error, source)
    found = {baselines.base_year: last}
    for year in baselines.later_years:
        said = actuals.get((indicator, code, year))
        if said:
            last = LastKnown(said.value, year, said.grade, said.relative_error, said.source)
        found[year] = last
    return found


def last_unit_value(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, actuals: Reports, year: int
) -> LastKnown | None:
    """The unit value behind a value's figures of a year, before it is carried on; None where there is none."""
    if commitment.unit_value is None:
        return None
    return last_known(scenario, baselines, commitment.unit_value, baselines.region.code, actuals)[year]


def last_quantity(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, code: str, actuals: Reports, year: int
) -> LastKnown:
    """What an area's figure of a year rests on: the last one that was reported up to it, else that of the base year.

    Its value is as it was said: of a chain that states its own value, that value.
    """
    for one in range(year, baselines.base_year, -1):
        if said := parts_of(commitment, code, one, actuals, baselines.region.code).figure:
            return LastKnown(said.value, one, said.grade, said.relative_error, said.source)
    return last_known(scenario, baselines, commitment.quantity, code, {})[year]


def unit_values(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, actuals: Reports, growth: float
) -> dict[int, float]:
    """The unit value of every year from the base year on; 1 where a commitment has none."""
    if commitment.unit_value is None:
        return dict.fromkeys(baselines.years, 1.0)
    known = last_known(scenario, baselines, commitment.unit_value, baselines.region.code, actuals)
    return {year: last.carried_to(year, growth) for year, last in known.items()}


def herds(
    commitment: Commitment, scenario: Scenario, baselines: Baselines, actuals: Reports, growth: Iterable[float]
) -> Floats:
    """The herds behind a rate, shape (leagues, years from the base year on), by each league's growth; NaN: none."""
    found = np.full((len(baselines.leagues), baselines.span + 1), np.nan)
    if commitment.herd:
        for row, league, grown in zip(found, baselines.leagues, growth, strict=True):
            known = last_known(scenario, baselines, commitment.herd, league.code, actuals)
            row[:] = [last.carried_to(year, grown) for year, last in known.items()]
    return found
