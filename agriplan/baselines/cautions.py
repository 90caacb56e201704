"""What to look at again in a data folder that is otherwise in order: each check yields cautions, none of them stops."""

import re
from collections.abc import Callable, Iterator, Mapping
from math import prod

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.contents import FolderContents
from agriplan.baselines.dates import date_meant, is_whole_date
from agriplan.baselines.doubts import (
    MOST_PLAN_YEARS,
    growth_lost_per_cent,
    is_large,
    lost_per_cent,
    missing_from_region,
    out_of_line,
    unit_value_off,
)
from agriplan.baselines.needed_rows import is_needed, is_of_base_year, rates_have_their_herd
from agriplan.baselines.records import Figure, Indicator
from agriplan.baselines.told_figures import short_number, told_figure, told_value
from agriplan.errors import Called, Problem
from agriplan.formatting import print_entered, print_hundredfold, print_significant, unit_called
from agriplan.sentences import LANGS, say

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def find_cautions(contents: FolderContents) -> list[Problem]:
    """Run every check; the places are those of the files."""
    return [contents.given.placed(caution) for check in FIGURE_CAUTIONS for caution in check(contents)]


def _figures_are_in_line(contents: FolderContents) -> Iterator[Problem]:
    """A figure far from its neighbours on one basis has probably lost a unit or a decimal point."""
    unit_values = {one.unit_value for one in contents.commitments}
    lines: dict[tuple[str, str, str], dict[int, int]] = {}
    for line, row in contents.figures.items():
        lines.setdefault((row.indicator, row.area, row.basis), {})[row.year] = line
    for (indicator, _, _), by_year in lines.items():
        series = {year: contents.figures[line].value for year, line in by_year.items()}
        for year, ratio in out_of_line(series).items():
            if indicator in unit_values and unit_value_off(ratio, 1.0) is not None:
                continue  # told as a unit value, with what to do
            line = by_year[year]
            values = told_figure(contents.figures[line], contents) | {"times": short_number(ratio)}
            if not ratio:
                yield _of_zero(line, "caution_zero", contents)
                continue
            yield Problem(f"observed.csv:{line}: value", "caution_out_of_line", values)


def _bases_are_above_zero(contents: FolderContents) -> Iterator[Problem]:
    """No growth leads away from a base-year amount of nothing; a rate goes on by points."""
    for quantity in {one.quantity for one in contents.commitments if not one.is_rate}:
        for line, row in _base_figures(contents, quantity).values():
            if row.value == 0:
                yield _of_zero(line, "caution_zero_base", contents)


def _rates_are_above_zero(contents: FolderContents) -> Iterator[Problem]:
    """A base-year rate of nothing where others have one was probably not known."""
    for quantity in {one.quantity for one in contents.commitments if one.is_rate}:
        rows = _base_figures(contents, quantity).values()
        if any(row.value > 0 for _, row in rows):
            yield from (_of_zero(line, "caution_zero_rate", contents) for line, row in rows if row.value == 0)


def _of_zero(line: int, code: str, contents: FolderContents) -> Problem:
    """A 0 that is doubted, with what to do where there is no figure: not every row may be deleted."""
    instead = "estimate" if is_needed(contents.figures[line], contents) else "delete_row"
    told = Called("", *(say(f"without_figure.{instead}", lang) for lang in LANGS))
    return Problem(f"observed.csv:{line}: value", code, {"instead": told})


def _numbers_are_handy(contents: FolderContents) -> Iterator[Problem]:
    """Figures, targets, and what quantities come to at their unit values, that want a larger unit."""
    decimals = {row.indicator: row.decimals for row in contents.indicators.values()}
    for line, row in contents.figures.items():
        if is_large(row.value, decimals.get(row.indicator, 0)):
            yield Problem(f"observed.csv:{line}: value", "caution_large", told_figure(row, contents))
    for number, one in enumerate(contents.commitments, 1):
        place = f"commitments.toml: commitment[{number}]"
        if one.target is not None and is_large(one.target, one.issue_decimals):
            yield Problem(f"{place}.target", "caution_large", told_value(one.target, one))
        worth = _value_of_region(contents, one)
        if is_large(worth, one.issue_decimals):
            yield Problem(place, "caution_large", {"value": short_number(worth), "unit": unit_called(one)})


def _value_of_region(contents: FolderContents, commitment: Commitment) -> float:
    """What the region's quantity is worth in the base year; 0 for what has no unit value, or where one is not known."""
    if commitment.unit_value is None or contents.header is None:
        return 0.0
    parts = [_base_figures(contents, name) for name in (commitment.quantity, commitment.unit_value)]
    region = contents.header.region.code
    return prod(rows[region][1].value if region in rows else 0.0 for rows in parts)


def _leagues_make_the_region(contents: FolderContents) -> Iterator[Problem]:
    """Leagues that all have figures and fall short of the region: one of them has probably lost a unit."""
    header = contents.header
    if header is None or not contents.league_codes:
        return
    for quantity in {one.quantity for one in contents.commitments if not one.is_rate}:
        rows = _base_figures(contents, quantity)
        whole = rows.pop(header.region.code, None)
        if whole is None or set(rows) < contents.league_codes:
            continue
        parts = [(row.value, row.relative_error) for _, row in rows.values()]
        line, region = whole
        short = missing_from_region((region.value, region.relative_error), parts)
        if short is not None:
            values: dict[str, object] = {"total": print_significant(region.value - short, 10)}
            values |= {"region": print_entered(region.value), "unit": contents.unit_called(quantity)}
            values |= {"indicator": contents.called(quantity)}
            yield Problem(f"observed.csv:{line}", "caution_leagues_short", values)


def _definitions_name_no_year(contents: FolderContents) -> Iterator[Problem]:
    """What an indicator counts goes with it into other regions and periods; what is known of its figures does not."""
    for number, one in enumerate(contents.commitments, 1):
        for name in ("definition_zh", "definition_en"):
            if _YEAR.search(getattr(one, name)):
                values: dict[str, object] = {"entry": name.replace("definition", "definition_note")}
                yield Problem(f"commitments.toml: commitment[{number}].{name}", "caution_definition", values)


def _rates_are_in_per_cent(contents: FolderContents) -> Iterator[Problem]:
    rates = {row.indicator for row in contents.indicators.values() if row.is_rate}
    for indicator in rates:
        rows = {line: row for line, row in contents.figures.items() if row.indicator == indicator}
        for line, row in rows.items():
            if lost_per_cent(row.value, (other.value for at, other in rows.items() if at != line)):
                yield Problem(f"observed.csv:{line}: value", "caution_per_cent", told_figure(row, contents))


def _growths_are_in_per_cent(contents: FolderContents) -> Iterator[Problem]:
    """A rate grows by points, of which there may be few; everything else by per cent."""
    rates = {row.indicator for row in contents.indicators.values() if row.is_rate}
    for line, row in contents.assumptions.items():
        if row.indicator not in rates and growth_lost_per_cent(row.growth, row.low, row.high):
            values = {"word": print_entered(row.growth), "percent": print_hundredfold(row.growth)}
            yield Problem(f"assumptions.csv:{line}: growth", "caution_growth", values)


def _years_are_near(contents: FolderContents) -> Iterator[Problem]:
    header = contents.header
    if header is not None and header.target_year - header.base_year > MOST_PLAN_YEARS:
        years: dict[str, object] = {"base": header.base_year, "target": header.target_year}
        years |= {"years": header.target_year - header.base_year}
        yield Problem("plan.toml: target_year", "caution_years", years)


def _unit_values_are_likely(contents: FolderContents) -> Iterator[Problem]:
    """Unit values of one plan lie near each other in time: far from another year's, one has lost a unit."""
    for name in {one.unit_value for one in contents.commitments if one.unit_value}:
        rows = {line: row for line, row in contents.figures.items() if row.indicator == name}
        for line, row in rows.items():
            earlier = [one.value for one in rows.values() if one.year < row.year]
            ratio = unit_value_off(row.value, earlier[-1]) if earlier else None
            if ratio is not None:
                values = told_figure(row, contents) | {"times": short_number(ratio)}
                yield Problem(f"observed.csv:{line}: value", "caution_unit_value", values)


def _units_of_values_are_products(contents: FolderContents) -> Iterator[Problem]:
    """A value is quantity times unit value, in units that are counted alike: 万吨 at 亿元/万吨 come to 亿元."""
    units = {row.indicator: row.unit_zh for row in contents.indicators.values()}
    for number, one in enumerate(contents.commitments, 1):
        if one.unit_value in units and one.quantity in units:
            quantity, unit_value = units[one.quantity], units[one.unit_value]
            money, is_per, per = unit_value.partition("/")
            if is_per and _times(one.unit_zh, money) != _times(quantity, per):
                values: dict[str, object] = {"word": one.unit_zh, "quantity": quantity, "unit": unit_value}
                yield Problem(f"commitments.toml: commitment[{number}].unit_zh", "caution_unit_of_value", values)


def _times(unit: str, of: str) -> str | None:
    """How many of another unit one is, in letters; None where it is no multiple of it by its letters."""
    return unit.removesuffix(of) if unit.endswith(of) else None


def far_from(
    figures: Mapping[tuple[str, str], Figure],
    known: Mapping[tuple[str, str], Figure],
    indicators: Mapping[str, Indicator],
) -> Iterator[Problem]:
    """Base-year unit values of a folder that lie far from those of another one, of the same name and unit."""
    for key, row in figures.items():
        other = known.get(key)
        if other is not None and other.unit == row.unit:
            ratio = unit_value_off(row.value, other.value)
            if ratio is not None:
                values = told_value(row.value, indicators[row.indicator]) | {"times": short_number(ratio)}
                yield Problem(f"observed.csv: {row.indicator}", "caution_unit_value", values)


def _dates_are_whole(contents: FolderContents) -> Iterator[Problem]:
    """Excel turns a date such as 2020-11 into Nov-20 when the file is opened and saved, people write 3/11/2021."""
    for line, row in contents.sources.items():
        if row.date.strip() and not is_whole_date(row.date.strip()):
            yield Problem(f"sources.csv:{line}: date", "caution_date", {"word": row.date}, date_meant(row.date))


def _base_figures(contents: FolderContents, indicator: str) -> dict[str, tuple[int, Figure]]:
    return {
        row.area: (line, row)
        for line, row in contents.figures.items()
        if row.indicator == indicator and is_of_base_year(row, contents)
    }


FIGURE_CAUTIONS: tuple[Callable[[FolderContents], Iterator[Problem]], ...] = (
    _figures_are_in_line,
    _bases_are_above_zero,
    _rates_are_above_zero,
    rates_have_their_herd,
    _numbers_are_handy,
    _leagues_make_the_region,
    _rates_are_in_per_cent,
    _growths_are_in_per_cent,
    _years_are_near,
    _unit_values_are_likely,
    _units_of_values_are_products,
    _dates_are_whole,
    _definitions_name_no_year,
)
