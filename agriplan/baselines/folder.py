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
from agriplan.baselines.commitments import Commitment, Commitments, Direction, FollowUp, Occasion, Project, Statement
from agriplan.baselines.consistency import find_inconsistencies
from agriplan.baselines.contents import FolderContents
from agriplan.baselines.files import FILES, OPTIONAL, WITH_ROWS, turn_of_file
from agriplan.baselines.history import comparable_years, older_run
from agriplan.baselines.known_words import read_csv_tables
from agriplan.baselines.lists_at_fault import blame_lists
from agriplan.baselines.missing import NAME, Missing, complete
from agriplan.baselines.needed_rows import region_has_figures
from agriplan.baselines.outline import Outline
from agriplan.baselines.records import (
    SOURCE_FORM,
    Area,
    Assumption,
    Figure,
    Indicator,
    Place,
    PlanHeader,
    Source,
)
from agriplan.baselines.rows import frame_of, read_rows, read_text, version_of, without_data, without_rows
from agriplan.baselines.rows_in_part import InPart
from agriplan.baselines.toml_file import read_toml
from agriplan.errors import BaselinesError, Problem, gather


@dataclass(frozen=True, eq=False)
class Baselines(Outline):
    """Everything that a plan is made from.

    `observed` has one row per figure (columns of `records.Figure`), `assumptions` one per shipped growth assumption,
    `sources` one per source. `version` is a hash of the files, so that the same data always have the same version.
    What was worked out from these data and is asked for again is kept in their `memo`.
    """

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
    problems: list[Problem] = []
    here = [name for name in FILES if name not in OPTIONAL or (folder / name).exists() or (folder / name).is_symlink()]
    texts = {name: read_text(folder / name, FILES, problems) for name in here}
    in_part = InPart()
    header = read_toml("plan.toml", texts["plan.toml"], PlanHeader, problems, in_part=in_part.header)
    cells = read_csv_tables(texts, header, problems)
    to_fill = read_rows(NAME, cells[NAME], Missing, problems)
    given = complete(to_fill, problems)
    text = texts["commitments.toml"]
    stated = read_toml("commitments.toml", text, Commitments, problems, given.lay_over, in_part.stated)
    needed = WITH_ROWS | ({"places.csv"} if stated and any(one.belts for one in stated.commitment) else set())
    problems += without_rows(folder, {name: cells[name] for name in sorted(needed)}, FILES, problems)
    contents = FolderContents(
        header=header,
        stated=stated,
        balances=read_toml("balances.toml", texts.get("balances.toml"), Balances, problems, in_part=in_part.balances)
        or Balances(),
        leagues=read_rows("leagues.csv", cells["leagues.csv"], Area, problems),
        indicators=read_rows("indicators.csv", cells["indicators.csv"], Indicator, problems),
        figures=read_rows("observed.csv", cells["observed.csv"], Figure, problems, in_part.figures) | given.figures,
        sources=read_rows("sources.csv", cells["sources.csv"], Source, problems),
        assumptions=read_rows("assumptions.csv", cells["assumptions.csv"], Assumption, problems, in_part.assumptions)
        | given.assumptions,
        places=read_rows("places.csv", cells["places.csv"], Place, problems, in_part.places),
        league_codes=cells["leagues.csv"].codes("code", Area),
        indicator_ids=cells["indicators.csv"].codes("indicator", Indicator),
        source_ids=cells["sources.csv"].words("source") | cells["sources.csv"].begun("source", SOURCE_FORM),
        to_fill=to_fill,
        given=given,
        place_names=cells["places.csv"].words("place_zh"),
    )
    read, found = [*map(given.placed, problems)], find_inconsistencies(contents)
    told = {(one.place, one.said) for one in found}
    problems = [*read, *found, *(one for one in in_part.find(contents, read) if (one.place, one.said) not in told)]
    problems += region_has_figures(contents, texts, list(problems))
    problems = blame_lists(problems, contents, cells, texts)
    if problems or header is None or stated is None:
        raise BaselinesError(sorted(gather(problems), key=turn_of_file))
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
