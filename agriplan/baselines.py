"""The data folder: read, checked, and every problem told at once, with its file and row."""

import csv
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from agriplan.consistency import Contents, find_inconsistencies
from agriplan.errors import BaselinesError, Problem, did_you_mean
from agriplan.history import comparable_years
from agriplan.parsing import dotted, problems_of
from agriplan.records import (
    Area,
    Assumption,
    Commitment,
    Commitments,
    Criterion,
    Direction,
    Figure,
    FollowUp,
    Indicator,
    PlanHeader,
    Project,
    Record,
    Source,
)

FILES = {
    "leagues.csv": Area,
    "indicators.csv": Indicator,
    "observed.csv": Figure,
    "sources.csv": Source,
    "assumptions.csv": Assumption,
    "plan.toml": PlanHeader,
    "commitments.toml": Commitments,
}
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, eq=False)
class Baselines:
    """Everything that a plan is made from.

    `observed` has one row per figure (columns of `records.Figure`), `assumptions` one per shipped growth assumption,
    `sources` one per source. `version` is a hash of the files, so that the same data always have the same version.
    """

    header: PlanHeader
    leagues: tuple[Area, ...]
    indicators: dict[str, Indicator]
    commitments: tuple[Commitment, ...]
    directions: tuple[Direction, ...]
    projects: tuple[Project, ...]
    follow_up: FollowUp | None
    observed: pd.DataFrame = field(repr=False)
    assumptions: pd.DataFrame = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    version: str
    folder: Path

    @property
    def region(self) -> Area:
        """The whole that the leagues are parts of."""
        return self.header.region

    @property
    def base_year(self) -> int:
        """The year that growth starts from."""
        return self.header.base_year

    @property
    def target_year(self) -> int:
        """The year in which the commitments are due."""
        return self.header.target_year

    @property
    def basis(self) -> str:
        """The basis (口径) of baselines and growth suggestions."""
        return self.header.basis

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the rule by_criteria."""
        return self.header.criterion

    @cached_property
    def areas(self) -> dict[str, Area]:
        """The region and the leagues, by code."""
        return {area.code: area for area in (self.region, *self.leagues)}

    @cached_property
    def by_id(self) -> dict[str, Commitment]:
        """The commitments, by id."""
        return {commitment.id: commitment for commitment in self.commitments}

    @cached_property
    def base_figures(self) -> dict[tuple[str, str], Figure]:
        """The base year's figures on the plan's basis, by observed indicator and area."""
        rows = self.observed[(self.observed["year"] == self.base_year) & (self.observed["basis"] == self.basis)]
        figures = (
            Figure.model_validate({str(key): value for key, value in row.items()}) for row in rows.to_dict("records")
        )
        return {(figure.indicator, figure.area): figure for figure in figures}

    @cached_property
    def series(self) -> dict[tuple[str, str, str], dict[int, float]]:
        """Every observed series by indicator, area and basis: its values by year."""
        found: dict[tuple[str, str, str], dict[int, float]] = {}
        names = ("indicator", "area", "basis", "year", "value")
        for indicator, area, basis, year, value in zip(*(self.observed[name] for name in names), strict=True):
            found.setdefault((indicator, area, basis), {})[int(year)] = float(value)
        return found

    @cached_property
    def bases(self) -> list[str]:
        """The bases that occur."""
        return sorted(set(self.observed["basis"]))

    def history(self, indicator: str, area: str) -> NDArray[np.float64]:
        """The comparable years (可比年份) of an area, oldest first: on the plan's basis, up to the base year."""
        return comparable_years(self.series.get((indicator, area, self.basis), {}), self.base_year)

    def decimals(self, commitment: Commitment) -> int:
        """With how many decimals values of a commitment are printed."""
        return commitment.issue_decimals if commitment.unit_value else self.indicators[commitment.quantity].decimals

    def find_area(self, word: str) -> Area | None:
        """The area with that code, Chinese name or English name (`region` is the region)."""
        if word.casefold() == "region":
            return self.region
        names = {word, f"{word}市", f"{word}盟"}
        return next(
            (
                area
                for area in self.areas.values()
                if word == area.code or area.name_zh in names or area.name_en.casefold() == word.casefold()
            ),
            None,
        )


def read_baselines(folder: Path) -> Baselines:
    """Read a data folder.

    Raises `BaselinesError` with every problem of every file; a folder that reads without error is consistent.
    """
    problems: list[Problem] = []
    texts = {name: _read_text(folder / name, problems) for name in FILES}
    header = _read_toml("plan.toml", texts["plan.toml"], PlanHeader, problems)
    stated = _read_toml("commitments.toml", texts["commitments.toml"], Commitments, problems)
    contents = Contents(
        header=header,
        stated=stated,
        leagues=_read_csv("leagues.csv", texts["leagues.csv"], Area, problems),
        indicators=_read_csv("indicators.csv", texts["indicators.csv"], Indicator, problems),
        figures=_read_csv("observed.csv", texts["observed.csv"], Figure, problems),
        sources=_read_csv("sources.csv", texts["sources.csv"], Source, problems),
        assumptions=_read_csv("assumptions.csv", texts["assumptions.csv"], Assumption, problems),
    )
    problems += find_inconsistencies(contents)
    if problems or header is None or stated is None:
        raise BaselinesError(sorted(problems, key=lambda problem: problem.place.partition(":")[0]))
    return Baselines(
        header=header,
        leagues=tuple(sorted(contents.leagues.values(), key=lambda area: area.order)),
        indicators={row.indicator: row for row in contents.indicators.values()},
        commitments=stated.commitment,
        directions=stated.direction,
        projects=stated.project,
        follow_up=stated.follow_up,
        observed=_frame(Figure, contents.figures),
        assumptions=_frame(Assumption, contents.assumptions),
        sources=_frame(Source, contents.sources),
        version=_version(texts),
        folder=folder,
    )


def _read_text(path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(path.name, "not_utf8"))
    except OSError:
        near = did_you_mean(path.name, [file.name for file in path.parent.glob("*")])
        problems.append(Problem(path.name, "no_file", {"folder": path.parent}, near))
    return ""


def _read_toml(name: str, text: str, model: type[R], problems: list[Problem]) -> R | None:
    if not text:
        return None
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(name, "not_toml", {"why": error}))
    except ValidationError as error:
        problems += problems_of(error, model, lambda path: f"{name}: {dotted(path)}")
    return None


def _read_csv(name: str, text: str, model: type[R], problems: list[Problem]) -> dict[int, R]:
    """Parse each row; keys are the line numbers that an editor or Excel shows."""
    reader = csv.DictReader(StringIO(text), strict=True)
    rows: dict[int, R] = {}
    if not text or not _header_is_right(name, list(reader.fieldnames or ()), model, problems):
        return rows
    try:
        for row in reader:
            place = _at(name, reader.line_num)
            if row.pop(None, None):  # DictReader's key for cells beyond the header
                problems.append(Problem(f"{name}:{reader.line_num}", "too_many_cells"))
            cells = {key: value for key, value in row.items() if value not in {"", None}}
            try:
                rows[reader.line_num] = model.model_validate(cells)
            except ValidationError as error:
                problems += problems_of(error, model, place)
    except csv.Error as error:
        problems.append(Problem(f"{name}:{reader.line_num}", "not_csv", {"why": error}))
    return rows


def _at(name: str, line: int) -> Callable[[tuple[int | str, ...]], str]:
    return lambda path: f"{name}:{line}: {dotted(path)}"


def _header_is_right(name: str, columns: list[str], model: type[BaseModel], problems: list[Problem]) -> bool:
    known = model.model_fields
    unknown = [column for column in columns if column not in known]
    missing = [key for key, entry in known.items() if entry.is_required() and key not in columns]
    for column in unknown:
        near = did_you_mean(column, set(known) - set(columns))
        problems.append(Problem(f"{name}:1", "unknown_column", {"word": column}, near))
    problems += [Problem(f"{name}:1", "missing_column", {"word": column}) for column in missing]
    return not unknown and not missing


def _frame(model: type[Record], rows: dict[int, R]) -> pd.DataFrame:
    columns = list(model.model_fields)
    return pd.DataFrame({name: [getattr(row, name) for row in rows.values()] for name in columns})


def _version(texts: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{texts[name].replace(chr(13), '')}\n".encode())
    return digest.hexdigest()
