"""The data folder: read, checked, and every problem told at once, with its file and row."""

import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from agriplan.baselines.balances import Balances, GradedFigure, compute_yield
from agriplan.baselines.cautions import find_cautions
from agriplan.baselines.commitments import Commitment, Direction, FollowUp, Occasion, Project, Statement
from agriplan.baselines.history import comparable_years, older_run
from agriplan.baselines.read_files import read_folder
from agriplan.baselines.records import Area, Assumption, Criterion, Figure, Indicator, Place, PlanHeader, Source
from agriplan.baselines.rows import frame_of, version_of, without_data
from agriplan.errors import BaselinesError, Problem, gather


@dataclass(frozen=True, eq=False)
class Baselines:
    """Everything that a plan is made from.

    `observed` has one row per figure (columns of `records.Figure`), `assumptions` one per shipped growth assumption,
    `sources` one per source. `version` is a hash of the files, so that the same data always have the same version.
    What was worked out from these data and is asked for again is kept in their `memo`.
    """

    header: PlanHeader
    leagues: tuple[Area, ...]
    indicators: dict[str, Indicator]
    commitments: tuple[Commitment, ...]
    directions: tuple[Direction, ...]
    projects: tuple[Project, ...]
    statements: tuple[Statement, ...]
    quoted: Occasion | None
    follow_up: FollowUp | None
    places: dict[str, Place]
    balances: Balances
    observed: pd.DataFrame = field(repr=False)
    assumptions: pd.DataFrame = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    version: str
    folder: Path
    cautions: tuple[Problem, ...] = field(default=(), repr=False)
    """What to look at again; nothing in it stops anything."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)  # as they were read, with one sort of line ends
    as_read: bool = field(default=False, init=False)  # not so of a copy with changes, whose version says nothing
    memo: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

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
    def span(self) -> int:
        """How many years lie from the base year to the target year."""
        return self.target_year - self.base_year

    @property
    def years(self) -> range:
        """The base year and every later one to the target year."""
        return range(self.base_year, self.target_year + 1)

    @property
    def later_years(self) -> range:
        """The years after the base year, to the target year."""
        return self.years[1:]

    @property
    def basis(self) -> str:
        """The basis (口径) of baselines and growth suggestions."""
        return self.header.basis

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the rule by_criteria."""
        return self.header.criterion

    @property
    def league_codes(self) -> list[str]:
        """The codes of the leagues, in their order."""
        return [league.code for league in self.leagues]

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

    @property
    def known_figures(self) -> dict[tuple[str, str, int], float]:
        """Every figure on the plan's basis, by indicator, area and year."""
        return {
            (indicator, area, year): value
            for (indicator, area, basis), series in self.series.items()
            if basis == self.basis
            for year, value in series.items()
        }

    def basis_name(self, basis: str, lang: str) -> str:
        """What a basis is called."""
        named = self.header.bases.get(basis)
        return named.name(lang) if named else basis

    def belts_of(self, commitment: Commitment) -> tuple[Place, ...]:
        """The places that a commitment's source names."""
        return tuple(self.places[name] for name in commitment.belts)

    def statements_about(self, name: str) -> tuple[Statement, ...]:
        """What the source says of a commitment or direction beyond its number."""
        return tuple(one for one in self.statements if name in one.about)

    @cached_property
    def source_list(self) -> tuple[Source, ...]:
        """The sources, in the order of their file."""
        rows = self.sources.to_dict("records")
        return tuple(Source.model_validate({str(key): value for key, value in row.items()}) for row in rows)

    @cached_property
    def yields(self) -> dict[str, GradedFigure]:
        """The yields of balances.toml that the region's figures allow, by id."""
        rows = self.observed[(self.observed["area"] == self.region.code) & (self.observed["basis"] == self.basis)]
        keys = zip(rows["indicator"], rows["year"], strict=True)
        known = (GradedFigure(*one) for one in zip(rows["value"], rows["grade"], rows["relative_error"], strict=True))
        figures = dict(zip(keys, known, strict=True))
        found = {
            one.id: compute_yield(one, lambda indicator, year: figures.get((indicator, year)))
            for one in self.balances.yields
        }
        return {name: figure for name, figure in found.items() if figure is not None}

    @cached_property
    def bases(self) -> list[str]:
        """The bases that occur."""
        return sorted(set(self.observed["basis"]))

    def history(self, indicator: str, area: str) -> NDArray[np.float64]:
        """The comparable years (可比年份) of an area, oldest first: on the plan's basis, up to the base year."""
        return comparable_years(self.series.get((indicator, area, self.basis), {}), self.base_year)

    def older_history(self, indicator: str, area: str) -> NDArray[np.float64]:
        """The longest run of years on another basis before the comparable years began; empty where there is none."""
        return self._older_histories.get((indicator, area), np.array([]))

    @cached_property
    def _older_histories(self) -> dict[tuple[str, str], NDArray[np.float64]]:
        others: dict[tuple[str, str], list[dict[int, float]]] = {}
        for (indicator, area, basis), series in self.series.items():
            if basis != self.basis:
                others.setdefault((indicator, area), []).append(series)
        return {key: older_run(found, self.base_year + 1 - len(self.history(*key))) for key, found in others.items()}

    def decimals(self, commitment: Commitment) -> int:
        """With how many decimals figures of a commitment are printed: what is issued as issued, rates as such."""
        return self.indicators[commitment.quantity].decimals if commitment.is_rate else commitment.issue_decimals

    def find_area(self, word: str) -> Area | None:
        """The area with that code or name, in letters of whatever width; `region` and 全区 are the region."""
        if unicodedata.normalize("NFKC", word).strip().casefold() in {"region", "全区"}:
            return self.region
        return next((area for area in self.areas.values() if area.is_called(word)), None)


def read_baselines(folder: Path) -> Baselines:
    """Read a data folder.

    Raises `BaselinesError` with every problem of every file; a folder that reads without error is consistent.
    """
    if nothing := without_data(folder):
        raise BaselinesError([nothing])
    contents, texts, problems, lacking, cautions = read_folder(folder)
    header, stated = contents.header, contents.stated
    if problems or header is None or stated is None:
        raise BaselinesError(problems, lacking, cautions)
    stated = stated.in_order(contents.leagues.values())
    data = Baselines(
        header=header,
        leagues=tuple(sorted(contents.leagues.values(), key=lambda area: area.order)),
        indicators={row.indicator: row for row in contents.indicators.values()},
        commitments=stated.commitment,
        directions=stated.direction,
        projects=stated.project,
        statements=stated.statement,
        quoted=stated.quoted,
        follow_up=stated.follow_up,
        places={row.place_zh: row for row in contents.places.values()},
        balances=contents.balances,
        observed=frame_of(Figure, contents.figures),
        assumptions=frame_of(Assumption, contents.assumptions),
        sources=frame_of(Source, contents.sources),
        version=version_of(texts),
        folder=folder,
        cautions=tuple(gather(find_cautions(contents))),
        texts={name: text for name, text in texts.items() if text is not None},
    )
    object.__setattr__(data, "as_read", True)
    return data
