"""Actual figures (实际值): what is known of the years after the base year, in one description for everybody.

A figure of the data after the base year, on the plan's basis, counts as an actual; an entry of the scenario counts
before it. What stands on another basis, counts something else or is in other prices is kept for the look-back and
counts nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Indicator
from agriplan.engine.entered import ActualFigure
from agriplan.engine.scenario import Scenario
from agriplan.memo import recall


class Reported(NamedTuple):
    """A figure of a year after the base year: its value, what travels on with it, and where it comes from.

    `source` is a source of the data, or what a person wrote where it `is_entered`; `basis` is the plan's unless it says
    otherwise, `definition` what it counts where that is something else than the indicator, `price_year` the year of its
    prices where that is not the base year. Such figures are shown and never counted.
    """

    value: float
    grade: str
    relative_error: float
    source: str
    basis: str
    is_entered: bool
    preliminary: float | None = None
    definition: str = ""
    price_year: int | None = None
    note: str = ""

    def counts(self, baselines: Baselines, *prices_of: int) -> bool:
        """Whether it is on the plan's basis, counts what the plan counts, and is in the plan's prices or those of."""
        in_its_prices = self.price_year in (None, baselines.base_year, *prices_of)
        return self.basis == baselines.basis and not self.definition and in_its_prices


# By indicator (a commitment's id, or an observed quantity, herd or unit value), area and year.
Reports = Mapping[tuple[str, str, int], Reported]


def counted_actuals(scenario: Scenario, baselines: Baselines, *prices_of: int) -> dict[tuple[str, str, int], Reported]:
    """Every actual that counts, from the year after the base year to the target year; prices as in `counts`."""
    years = baselines.later_years
    known = (observed_after(baselines, years), entered_actuals(scenario, baselines))
    return {key: one for figures in known for key, one in figures if one.counts(baselines, *prices_of)}


def observed_after(baselines: Baselines, years: range) -> Sequence[tuple[tuple[str, str, int], Reported]]:
    """The data's figures of these years, on whatever basis: the same for every scenario."""
    key = ("observed_after", years.start, years.stop)
    return recall(baselines, key, lambda: tuple(_observed(baselines, years)))


def _observed(baselines: Baselines, years: range) -> Iterator[tuple[tuple[str, str, int], Reported]]:
    table = baselines.observed
    names = ("indicator", "area", "year", "value", "grade", "relative_error", "source", "basis")
    rows = table[table["year"].isin(years)]
    for indicator, area, year, value, grade, error, source, basis in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        yield (indicator, area, int(year)), Reported(float(value), grade, error, source, basis, is_entered=False)


def entered_actuals(scenario: Scenario, baselines: Baselines) -> Iterator[tuple[tuple[str, str, int], Reported]]:
    """What the scenario says of years after the base year, on whatever basis; its error is that of the base figure."""
    for indicator, areas in scenario.actual.items():
        for code, years in areas.items():
            base = baselines.base_figures.get((quantity_of(baselines, indicator), code))
            error = base.relative_error if base else 0.0
            for year, one in years.items():
                figure = one if isinstance(one, ActualFigure) else ActualFigure(value=one)
                basis = figure.basis or baselines.basis
                reported = Reported(
                    figure.value,
                    "reported",
                    error,
                    figure.source,
                    basis,
                    is_entered=True,
                    preliminary=figure.preliminary,
                    definition=figure.definition,
                    price_year=figure.price_year,
                    note=figure.note,
                )
                yield (indicator, code, int(year)), reported


def quantity_of(baselines: Baselines, indicator: str) -> str:
    """The observed quantity behind a commitment; anything else is one itself."""
    return baselines.by_id[indicator].quantity if indicator in baselines.by_id else indicator


def said_as(baselines: Baselines, indicator: str) -> str:
    """What a figure is entered as: that of a quantity which is a commitment itself, as the commitment."""
    return next(
        (one.id for one in baselines.commitments if not one.unit_value and one.quantity == indicator), indicator
    )


def things_reported(commitment: Commitment, baselines: Baselines, code: str) -> Iterator[Commitment | Indicator]:
    """What an area may report of a commitment: itself; a value's quantity and, for the region, its unit value; a
    league's herd behind a rate.
    """
    yield commitment
    is_region = code == baselines.region.code
    if commitment.unit_value:
        yield baselines.indicators[commitment.quantity]
        if is_region:
            yield baselines.indicators[commitment.unit_value]
    if commitment.herd and not is_region:
        yield baselines.indicators[commitment.herd]


def animals_reported(commitment: Commitment, baselines: Baselines, code: str) -> Iterator[Indicator]:
    """What an area may report of what a commitment takes: animals, what each gives, and the region its own herd.

    They count in the balances. A rate is weighted with the herds of leagues: that of the region weighs nothing there.
    """
    for word in baselines.balances.observed_about(commitment.id):
        yield baselines.indicators[word]
    if commitment.herd and code == baselines.region.code:
        yield baselines.indicators[commitment.herd]


class Parts(NamedTuple):
    """What is reported of a commitment in an area and year: itself (of a value its own figure), or a value's parts."""

    own: Reported | None
    quantity: Reported | None
    unit_value: Reported | None

    @property
    def figure(self) -> Reported | None:
        """What says how much there was: its own figure, else its quantity's."""
        return self.own or self.quantity


def parts_of(commitment: Commitment, code: str, year: int, actuals: Reports, region: str) -> Parts:
    """Look up a commitment's actual; of an amount or a rate the quantity is the figure itself."""
    own, quantity = actuals.get((commitment.id, code, year)), actuals.get((commitment.quantity, code, year))
    if commitment.unit_value is None:
        return Parts(own or quantity, None, None)
    return Parts(own, quantity, actuals.get((commitment.unit_value, region, year)))
