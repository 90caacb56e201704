"""Where the figures of a brief come from: those of the base year and of the as-of year, each once, with its name.

Of a year that nobody reported the last figure counts that is carried on to it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from agriplan.analysis.entries import source_title
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_known import last_figure
from agriplan.analysis.evaluation_wording import Wording
from agriplan.baselines.commitments import Commitment
from agriplan.engine.actuals import parts_of
from agriplan.engine.base_figures import known_figure, source_of_base
from agriplan.engine.last_known import last_known, last_unit_value
from agriplan.sentences import Lang, say

# Grades of figures that do not stand in their source as they are; of others the source says what they are.
WORKED_OUT = frozenset({"derived", "assumed"})


class Cited(NamedTuple):
    """What a figure is of, its year, its source and its grade."""

    name: str
    year: int
    source: str
    grade: str


def told_sources(evaluation: Evaluation, code: str, lang: Lang) -> list[str]:
    """The sources of an area's figures in words, each figure once."""
    data, found = evaluation.issued.baselines, dict[str, None]()
    for commitment in data.commitments:
        for one in (
            *_of_base_year(evaluation, commitment, code, lang),
            *_of_as_of_year(evaluation, commitment, code, lang),
        ):
            found[_told(one, lang)] = None
    return list(found)


def _told(one: Cited, lang: Lang) -> str:
    if one.grade in WORKED_OUT:
        grade = say(f"grade.{one.grade}", lang)
        return say("brief.source_graded", lang, name=one.name, year=one.year, grade=grade, source=one.source)
    return say("brief.source", lang, name=one.name, year=one.year, source=one.source)


def _of_base_year(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> Iterator[Cited]:
    """An own figure has the source that was entered with it."""
    issued, data = evaluation.issued, evaluation.issued.baselines
    for indicator, area in ((commitment.quantity, code), (commitment.unit_value, data.region.code)):
        source = source_of_base(issued.scenario, data, indicator, area) if indicator else None
        if indicator and source is not None:
            grade = known_figure(issued.scenario, data, indicator, area).grade
            yield Cited(data.indicators[indicator].name(lang), data.base_year, source_title(data, source, lang), grade)


def _of_as_of_year(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> Iterator[Cited]:
    """What was reported of that very year, else the last figure that is carried on to it, and what moves that."""
    data, scenario, actuals = evaluation.issued.baselines, evaluation.issued.scenario, evaluation.rebased.actuals
    region, year, price = data.region.code, evaluation.as_of, data.indicators.get(commitment.unit_value or "")
    if said := _last_reported(evaluation, commitment, code, lang):
        yield said
    if parts_of(commitment, code, year, actuals, region).own:
        return
    if Wording(evaluation, commitment, evaluation.by_key[commitment.id, code]).is_adjusted and (
        moves := _last_reported(evaluation, commitment, region, lang)
    ):
        yield moves._replace(name=say("brief.of_region", lang, name=moves.name))
    carried = [(price, last_unit_value(commitment, scenario, data, actuals, year))]
    if commitment.herd and code != region:
        carried += [
            (data.indicators[commitment.herd], last_known(scenario, data, commitment.herd, code, actuals)[year])
        ]
    for indicator, last in carried:
        if indicator and last and last.year > data.base_year:
            yield Cited(indicator.name(lang), last.year, source_title(data, last.source or "", lang), last.grade)


def _last_reported(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> Cited | None:
    """The last figure of an area up to the as-of year; None where the base year has it."""
    data, last = evaluation.issued.baselines, last_figure(evaluation, commitment, code)
    if last.year == data.base_year:
        return None
    parts = parts_of(commitment, code, last.year, evaluation.rebased.actuals, data.region.code)
    itself = commitment if commitment.unit_value and parts.own else data.indicators[commitment.quantity]
    return Cited(itself.name(lang), last.year, source_title(data, last.source or "", lang), last.grade)
