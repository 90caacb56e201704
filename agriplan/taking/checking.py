"""Readings held against each other and against what the data folder knows: whatever does not fit is doubtful."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from agriplan.baselines.doubts import lost_per_cent
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import is_money
from agriplan.errors import Problem
from agriplan.formatting import print_significant, unit_called
from agriplan.parsing import out_of_size
from agriplan.taking.bases import doubt_other_basis
from agriplan.taking.magnitude import ROUNDING, sizes_are_likely
from agriplan.taking.reading import TakenFigure
from agriplan.taking.two_values import parts_stand_apart, stands_once

SUM_DIGITS = 10  # a sum of a dozen printed figures has what binary adds behind them

Check = Callable[[list[TakenFigure], Baselines], list[TakenFigure]]


def check_readings(readings: Iterable[TakenFigure], baselines: Baselines, basis: str = "") -> list[TakenFigure]:
    """Run every check over the readings of one or several tables, that of their basis too where one is chosen."""
    found = list(readings)
    for check in CHECKS:
        found = check(found, baselines)
    return doubt_other_basis(found, baselines, basis)


def gather_reasons(taken: Iterable[TakenFigure]) -> list[Problem]:
    """Why figures are none of the plan's: each reason once, at its first place, with how many more there are."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for one in taken:
        if not one.is_known:
            reason = one.reasons[0]
            alike.setdefault((reason.code, str(dict(reason.values))), []).append(reason)
    return [replace(found[0], more=len(found) - 1) for found in alike.values()]


def _are_of_one_basis(readings: list[TakenFigure], _: Baselines) -> list[TakenFigure]:
    """Basis is asked once for all tables: where they say different things of it, the answer fits only some."""
    if len({reading.basis for reading in readings if reading.is_known}) < 2:
        return readings
    return [
        reading.doubt("table_bases", word=reading.basis) if reading.is_known and reading.basis else reading
        for reading in readings
    ]


def _sums_are_whole(readings: list[TakenFigure], baselines: Baselines) -> list[TakenFigure]:
    """A sum is the region's only where all leagues stand beside it, and then they must add up to it."""
    parts: dict[tuple[str, int | None], dict[str, float]] = {}
    for reading in readings:
        if reading.is_known and reading.value is not None:
            parts.setdefault((reading.indicator, reading.year), {})[reading.area] = reading.value
    leagues = set(baselines.league_codes)
    return [
        _beside_its_parts(reading, parts.get((reading.indicator, reading.year), {}), baselines, leagues)
        if reading.is_known and baselines.indicators[reading.indicator].upper is None
        else reading
        for reading in readings
    ]


def _beside_its_parts(
    reading: TakenFigure, beside: dict[str, float], baselines: Baselines, leagues: set[str]
) -> TakenFigure:
    region = baselines.region.code
    if not leagues <= set(beside):
        some = {"count": len(leagues & set(beside)), "all": len(leagues)}
        return reading.doubt("table_sum_of_some", **some) if reading.by_sum else reading
    total = sum(beside[code] for code in leagues)
    if region in beside and abs(total - beside[region]) > ROUNDING * abs(beside[region]):
        told = {"total": print_significant(total, SUM_DIGITS), "region": print_significant(beside[region], SUM_DIGITS)}
        return reading.doubt("table_sum_differs", unit=unit_called(baselines.indicators[reading.indicator]), **told)
    return reading


def _is_in_prices_of_the_plan(readings: list[TakenFigure], baselines: Baselines) -> list[TakenFigure]:
    """A value of another year is published at the prices of that year, said or not; the plan has its own."""
    year = baselines.base_year
    return [
        reading.doubt("table_prices", year=year)
        if reading.is_known and reading.year != year and is_money(baselines.indicators[reading.indicator].unit_zh)
        else reading
        for reading in readings
    ]


def _rate_is_in_per_cent(readings: list[TakenFigure], baselines: Baselines) -> list[TakenFigure]:
    """A rate that was written as a part of one, or exceeds what it can be."""
    known: dict[str, list[float]] = {}
    for (indicator, _, _), series in baselines.series.items():
        known.setdefault(indicator, []).extend(series.values())
    return [
        reading.doubt("table_rate", upper=f"{upper:g}")
        if reading.is_known
        and (upper := baselines.indicators[reading.indicator].upper) is not None
        and _is_no_rate(reading.value or 0.0, upper, known.get(reading.indicator, []))
        else reading
        for reading in readings
    ]


def _is_no_rate(value: float, upper: float, others: list[float]) -> bool:
    return value > upper or lost_per_cent(value, others)


def _is_no_less_than_nothing(readings: list[TakenFigure], _: Baselines) -> list[TakenFigure]:
    return [
        replace(reading, is_known=False, reasons=(Problem(reading.place, "table_negative"),))
        if reading.is_known and (reading.value or 0.0) < 0
        else reading
        for reading in readings
    ]


def _is_a_size_of_figures(readings: list[TakenFigure], _: Baselines) -> list[TakenFigure]:
    """What no entry may be is no figure here either: nearly nothing without being 0, or beyond every total."""
    return [
        replace(reading, is_known=False, reasons=(Problem(reading.place, code, {"word": f"{reading.value:.12g}"}),))
        if reading.is_known and (code := out_of_size(reading.value or 0.0))
        else reading
        for reading in readings
    ]


CHECKS: tuple[Check, ...] = (
    _is_a_size_of_figures,
    _is_no_less_than_nothing,
    parts_stand_apart,
    stands_once,
    _are_of_one_basis,
    _sums_are_whole,
    sizes_are_likely,
    _is_in_prices_of_the_plan,
    _rate_is_in_per_cent,
)
