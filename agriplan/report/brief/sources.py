"""Where the figures of a brief come from: those of the base year and of the as-of year, each once, with its name."""

from collections.abc import Iterator

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.source_titles import source_title
from agriplan.baselines.commitments import Commitment
from agriplan.engine.actuals import parts_of
from agriplan.engine.base_figures import source_of_base
from agriplan.sentences import Lang, say

# What a figure is of, its year and its source.
Cited = tuple[str, int, str]


def told_sources(evaluation: Evaluation, code: str, lang: Lang) -> list[str]:
    """The sources of an area's figures in words, each figure once."""
    data, found = evaluation.issued.baselines, dict[str, None]()
    for commitment in data.commitments:
        for name, year, source in (
            *_of_base_year(evaluation, commitment, code, lang),
            *_of_as_of_year(evaluation, commitment, code, lang),
        ):
            found[say("brief.source", lang, name=name, year=year, source=source)] = None
    return list(found)


def _of_base_year(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> Iterator[Cited]:
    """An own figure has the source that was entered with it."""
    issued, data = evaluation.issued, evaluation.issued.baselines
    for indicator, area in ((commitment.quantity, code), (commitment.unit_value, data.region.code)):
        source = source_of_base(issued.scenario, data, indicator, area) if indicator else None
        if indicator and source is not None:
            yield data.indicators[indicator].name(lang), data.base_year, source_title(data, source, lang)


def _of_as_of_year(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> Iterator[Cited]:
    """Only what was reported of that very year: what is carried on has no source of its own."""
    data, rebased = evaluation.issued.baselines, evaluation.rebased
    parts = parts_of(commitment, code, evaluation.as_of, rebased.actuals, data.region.code)
    quantity, price = data.indicators[commitment.quantity], data.indicators.get(commitment.unit_value or "")
    own = commitment.name(lang) if commitment.unit_value else quantity.name(lang)
    if parts.own:
        yield own, evaluation.as_of, source_title(data, parts.own.source, lang)
        return
    for thing, said in ((quantity, parts.quantity), (price, parts.unit_value)):
        if thing and said:
            yield thing.name(lang), evaluation.as_of, source_title(data, said.source, lang)
