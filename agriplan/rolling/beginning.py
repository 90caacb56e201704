"""The files of a new plan folder: a copy, other years, or another region with the same indicators."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

import pandas as pd
from pydantic import ValidationError

from agriplan.baselines.area_names import shared_names
from agriplan.baselines.commitments import Direction
from agriplan.baselines.csv_table import CsvTable, csv_text, raw_csv, read_table
from agriplan.baselines.folder import Baselines
from agriplan.baselines.lost_commas import with_commas
from agriplan.baselines.missing import NAME
from agriplan.baselines.records import Area
from agriplan.baselines.repeats import codes_twice
from agriplan.baselines.rows import at_line, usual_cells
from agriplan.baselines.swapped_heads import with_heads_in_order
from agriplan.engine.scenario import Scenario
from agriplan.errors import BaselinesError, Problem
from agriplan.parsing import problems_of
from agriplan.plain_text import plain_text
from agriplan.rolling.missing_rows import as_csv, list_missing
from agriplan.rolling.next_period import roll
from agriplan.rolling.toml_text import as_meant, with_entry
from agriplan.sentences import Lang

# What the program works out of the others, and what is said of this region alone.
_WORKED_OUT = frozenset({"suggestions.csv", "backtest.csv"})
_OF_THE_REGION = frozenset({"places.csv", "balances.toml"})
_AREA_COLUMNS = ("code", "name_zh", "name_en")


@dataclass(frozen=True)
class Begun:
    """A folder that is begun: its files, and what is known of the plan that it will hold.

    `known` holds the figures on the plan's basis by indicator, area and year; `directions` are those of the old plan
    that still hold where the new one is.
    """

    texts: Mapping[str, str]
    region: Area
    leagues: tuple[Area, ...]
    base_year: int
    basis: str
    directions: tuple[Direction, ...] = ()
    known: Mapping[tuple[str, str, int], float] = field(default_factory=dict)

    def called(self, area: str, lang: Lang) -> str:
        """What an area is called."""
        return next(one.name(lang) for one in (self.region, *self.leagues) if one.code == area)

    @cached_property
    def assumed(self) -> frozenset[str]:
        """The indicators for whose region the files hold a growth assumption."""
        rows = raw_csv(self.texts["assumptions.csv"]).cells().values()
        return frozenset(row["indicator"].strip() for row in rows if row["area"].strip() == self.region.code)


def begin_plan(
    old: Baselines,
    texts: Mapping[str, str],
    suggest: Callable[[], pd.DataFrame],
    areas: Sequence[Area],
    years: tuple[int, int],
) -> Begun:
    """Begin a folder from another one's files: a copy, other years, or the region and leagues of `areas`."""
    if areas:
        return Begun(other_region(old, texts, suggest(), areas, years), areas[0], tuple(areas[1:]), years[0], old.basis)
    same = years == (old.base_year, old.target_year)
    made = _copied(texts) if same else other_years(old, texts, suggest(), *years)
    return Begun(made, old.region, old.leagues, years[0], old.basis, old.directions, old.known_figures)


def _copied(texts: Mapping[str, str]) -> dict[str, str]:
    """The files of a plan folder without what is worked out of them."""
    return {name: text for name, text in texts.items() if name not in _WORKED_OUT}


def other_years(
    old: Baselines, texts: Mapping[str, str], suggestions: pd.DataFrame, base_year: int, target_year: int
) -> dict[str, str]:
    """The files of a plan of the same region from another base year on; what it lacks stands in missing.csv."""
    header = old.header.model_copy(update={"target_year": base_year})
    return roll(replace(old, header=header), texts, Scenario(), suggestions, target_year, "init")


def other_region(
    old: Baselines, texts: Mapping[str, str], suggestions: pd.DataFrame, areas: Sequence[Area], years: tuple[int, int]
) -> dict[str, str]:
    """The files of a plan with the same indicators for another region: the first of `areas`, the others its leagues.

    Every figure, target and quotation is an empty row of missing.csv; growths are this plan's, as assumptions.
    """
    region, *leagues = areas
    base_year, target_year = years
    named = {"name_zh": region.name_zh, "name_en": region.name_en}
    header = old.header.model_copy(update={"region": region, "base_year": base_year, "target_year": base_year, **named})
    codes = tuple(league.code for league in leagues)
    everywhere = {"leagues": codes, "belts": (), "named_basis": "all"}
    new = replace(
        old,
        header=header,
        leagues=tuple(leagues),
        commitments=tuple(one.model_copy(update=everywhere) for one in old.commitments),
        directions=(),
        observed=_asked_figures(old, region, leagues, base_year),
        assumptions=old.assumptions.iloc[:0],
    )
    growths = suggestions[suggestions["code"] == old.region.code].assign(code=region.code)
    heads = {
        name: csv_text(raw_csv(texts[name]).above[-1:]) for name in ("observed.csv", "sources.csv", "assumptions.csv")
    }
    kept = {name: text for name, text in texts.items() if name not in _OF_THE_REGION}
    told = kept | heads | {"leagues.csv": _leagues(leagues), "plan.toml": _with_region(texts["plan.toml"], region)}
    lacking = [row.model_copy(update={"last": ""}) for row in list_missing(new, {})]
    return roll(new, told, Scenario(), growths, target_year, "init") | {
        "observed.csv": heads["observed.csv"],
        NAME: as_csv(lacking),
    }


def read_areas(data: bytes, name: str) -> list[Area]:
    """Areas of a CSV with the columns code, name_zh and name_en, the region first; raises `BaselinesError`."""
    try:
        text = plain_text(data)
    except UnicodeDecodeError:
        raise BaselinesError([Problem(name, "not_utf8")]) from None
    problems: list[Problem] = []
    table = _area_table(name, text, problems)
    if problems and not table.columns:
        raise BaselinesError(problems)
    rows = {
        line: row for line, row in table.rows.items() if any(row.get(column, "").strip() for column in _AREA_COLUMNS)
    }
    areas: dict[int, Area] = {}
    for order, (line, row) in enumerate(rows.items()):
        said = {column: row.get(column, "") for column in _AREA_COLUMNS}
        kind = "league" if order else "region"
        try:
            areas[line] = Area.model_validate({**said, "order": order, "kind": kind})
        except ValidationError as error:
            problems += problems_of(error, Area, at_line(name, line))
    problems += [*codes_twice(name, areas), *shared_names(name, areas)]
    if len(rows) < 2:
        problems.append(Problem(name, "no_leagues"))
    if problems:
        raise BaselinesError(problems)
    return list(areas.values())


def _area_table(name: str, text: str, problems: list[Problem]) -> CsvTable:
    """The cells of the list, read as those of leagues.csv are; further columns are passed over."""
    fields, told = {*Area.model_fields}, list[Problem]()
    table = read_table(name, text, fields, _AREA_COLUMNS, told)
    more = {str(one.values["word"]) for one in told if one.code == "unknown_column"}
    problems += told if not more else ()
    table = read_table(name, text, fields | more, _AREA_COLUMNS, problems) if more else table
    columns = tuple(column for column in table.columns if column in fields)
    known = {line: {column: row[column] for column in columns if column in row} for line, row in table.rows.items()}
    table, usual = replace(table, columns=columns, rows=known), usual_cells(Area)
    return with_commas(name, with_heads_in_order(name, table, usual, problems), usual, problems)


def _asked_figures(old: Baselines, region: Area, leagues: Sequence[Area], year: int) -> pd.DataFrame:
    """A row for every figure that the new plan needs: where the old one has one of its region, or of leagues."""
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for (indicator, area), figure in old.base_figures.items():
        for one in [region] if area == old.region.code else leagues:
            rows[indicator, one.code] = figure.model_dump() | {"area": one.code, "year": year}
    return pd.DataFrame(rows.values(), columns=list(old.observed))


def _leagues(leagues: Sequence[Area]) -> str:
    names = [*_AREA_COLUMNS, "kind", "order"]
    return csv_text([names, *([getattr(league, name) for name in names] for league in leagues)])


def _with_region(text: str, region: Area) -> str:
    """plan.toml with another region."""
    meant = tomllib.loads(text)
    named = {key: getattr(region, key) for key in _AREA_COLUMNS}
    meant["region"] = {key: value for key, value in meant["region"].items() if key != "also"} | named
    pieces = re.split(r"(?m)^(?=[ \t]*\[)", text)
    for number, piece in enumerate(pieces):
        if re.match(r"[ \t]*\[[ \t]*region[ \t]*\]", piece):
            said = reduce(lambda block, entry: with_entry(block, *entry), named.items(), piece)
            pieces[number] = re.sub(r"(?m)^[ \t]*\"?also\"?[ \t]*=.*\n", "", said, count=1)
    return as_meant("".join(pieces), meant)
