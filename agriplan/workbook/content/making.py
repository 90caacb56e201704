"""What every sheet of a workbook is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from agriplan.baselines import Baselines
from agriplan.figures import ABSENT, Known
from agriplan.models import Scenario
from agriplan.plan import Plan
from agriplan.records import GRADES, Area, Commitment
from agriplan.rounding import COMPARE_DIGITS, round_half_up
from agriplan.sentences import Lang, say
from agriplan.tables import Floats

Row = Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Making:
    """A plan, the area that the workbook is for, and the words of its template.

    `suggestions` are the growth suggestions of the plan's data; `thresholds` maps (indicator, area) to the five edges
    between the bands of probability, where they are known.
    """

    plan: Plan
    area: Area
    words: Mapping[str, str]
    lang: Lang
    suggestions: pd.DataFrame = field(repr=False)
    thresholds: Mapping[tuple[str, str], Floats] = field(repr=False)

    @property
    def data(self) -> Baselines:
        """The data of the plan."""
        return self.plan.baselines

    @property
    def scenario(self) -> Scenario:
        """The scenario of the plan."""
        return self.plan.scenario

    @property
    def is_region(self) -> bool:
        """Whether the workbook is the region's."""
        return self.area.code == self.data.region.code

    @property
    def steps(self) -> int:
        """Years from the base year to the target year."""
        return self.data.target_year - self.data.base_year

    @cached_property
    def suggested(self) -> dict[tuple[str, str], Row]:
        """The suggestion of each observed indicator and area."""
        return {(row["indicator"], row["code"]): row for row in self.suggestions.to_dict("records")}

    def word(self, code: object) -> str:
        """A word as the template puts it; an empty code is an empty text."""
        return self.words[str(code)] if code else ""

    def in_words(self, family: str, codes: Sequence[object]) -> list[str]:
        """A column of codes in the template's words."""
        return [self.word(f"{family}.{code}") if code not in ("", None) else "" for code in codes]

    def text(self, code: str, **values: object) -> str:
        """A sentence in the workbook's language."""
        return say(code, self.lang, **values)

    def observed(self, indicator: str | None, code: str) -> Known:
        """The base-year figure of the data, without the planner's own."""
        figure = self.data.base_figures.get((indicator or "", code))
        return Known(figure.value, figure.grade, figure.relative_error) if figure else ABSENT

    def edges(self, indicator: str, code: str) -> list[float]:
        """The five edges between the bands, rounded as they are compared; NaN where they are unknown."""
        known = self.thresholds.get((indicator, code))
        edges: Floats = np.full(5, np.nan) if known is None else round_half_up(known, COMPARE_DIGITS)
        return [float(edge) for edge in edges]


def level_of(grade: str) -> float:
    """A grade as a number, 1 the best, NaN without a grade.

    >>> level_of("official")
    1.0
    """
    return float(list[str](GRADES).index(grade) + 1) if grade else float("nan")


def lines_of(making: Making) -> list[Commitment]:
    """The commitments, in order."""
    return list(making.data.commitments)
