"""The years of an evaluation as lines of text: what pages, the brief and the terminal print of them.

Only years ahead have lines: as of the target year there are none.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_ahead import EvaluationRow
from agriplan.analysis.evaluation_known import beside_kept
from agriplan.analysis.feasibility_notes import makes_unallocated
from agriplan.analysis.hindsight import HELD
from agriplan.analysis.note import Note
from agriplan.analysis.unit_words import unit_of_differences, words_of_area
from agriplan.baselines.commitments import Commitment
from agriplan.formatting import NOTHING, print_number
from agriplan.sentences import LANGS, Lang, say


class YearLine(NamedTuple):
    """What a line is about, its figure of every year, and the range around each, where the line has any."""

    name: str
    cells: tuple[str, ...]
    ranges: tuple[str, ...] = ()


class YearBlock(NamedTuple):
    """Lines that add up to the last one, which is the region's (rates: stand beside it)."""

    name: str
    lines: tuple[YearLine, ...]


def years_ahead(evaluation: Evaluation) -> list[str]:
    """The years that the lines have figures of; none as of the target year."""
    data = evaluation.issued.baselines
    return [str(year) for year in range(evaluation.as_of, data.target_year + 1)] if evaluation.years_left else []


def area_lines(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> list[YearLine]:
    """An indicator in an area: projection, the range that is to hold four in five, and what is due."""
    if not evaluation.years_left:
        return []
    projected, due = (_area(evaluation, commitment, code, column, lang) for column in ("projected", "milestone"))
    cells = {"projected": projected.cells, "range": projected.ranges, "milestone": due.cells}
    return [YearLine(say(f"years.{line}", lang, share=_share()), told) for line, told in cells.items()]


def league_blocks(evaluation: Evaluation, commitment: Commitment, lang: Lang) -> Iterator[YearBlock]:
    """Leagues and what makes them the region's figure, year by year: projections, then what is due."""
    if not evaluation.years_left:
        return
    rests = {"projected": ("carried_difference",), "milestone": ("due_difference", "unallocated")}
    for column, rest in rests.items():
        codes = evaluation.issued.baselines.areas
        region, *leagues = (_area(evaluation, commitment, code, column, lang) for code in codes)
        rest_lines = _rests(evaluation, commitment, rest, lang)
        yield YearBlock(say(f"years.leagues_{column}", lang, share=_share()), (*leagues, *rest_lines, region))


def _area(evaluation: Evaluation, commitment: Commitment, code: str, column: str, lang: Lang) -> YearLine:
    data = evaluation.issued.baselines
    rows, decimals = evaluation.years_of(commitment.id, code), data.decimals(commitment)
    ranges = tuple(_range(row, decimals, lang) for row in rows) if column == "projected" else ()
    return YearLine(data.areas[code].name(lang), tuple(_figure(row, column, decimals) for row in rows), ranges)


def _rests(evaluation: Evaluation, commitment: Commitment, columns: tuple[str, ...], lang: Lang) -> Iterator[YearLine]:
    """What lies between leagues and region: of a rate nothing, which is a mean."""
    if commitment.is_rate:
        return
    data = evaluation.issued.baselines
    rows = evaluation.years_of(commitment.id, data.region.code)
    for column in columns:
        word = "unallocated" if column == "unallocated" else "difference"
        cells = tuple(_figure(row, column, data.decimals(commitment)) for row in rows)
        yield YearLine(say(f"brief.{word}", lang), cells)


def _share() -> str:
    """The part of outcomes that a range is to hold, as a number of per cent."""
    return f"{HELD * 100:g}"


def _figure(row: EvaluationRow, column: str, decimals: int) -> str:
    return print_number(row[f"printed_{column}"], decimals)


def _range(row: EvaluationRow, decimals: int, lang: Lang) -> str:
    if np.isnan(row["printed_low"]):
        return NOTHING
    ends = {end: _figure(row, end, decimals) for end in ("low", "high")}
    return say("figures.from_to", lang, **ends)


def sharing_note(evaluation: Evaluation, commitment: Commitment) -> Note | None:
    """By which rule the gap that is left is shared, how the years lead there, and whether the limits can hold it."""
    if evaluation.plan is None:
        return None
    data, row = evaluation.issued.baselines, evaluation.region(commitment.id)
    shown = evaluation.plan.printed.by_indicator[commitment.id]
    code = "nothing" if shown["gap_stated"] <= 0 and row["feasibility"] == "enough" else row["feasibility"]
    decimals = data.decimals(commitment)
    values = {
        lang: {
            **words_of_area(data, commitment, data.region.code, lang),
            "year": str(evaluation.as_of),
            "rule": say(f"rule.{row['rule']}", lang),
            "path": say(f"path.{row['path']}", lang),
            "amount": print_number(shown["to_place_stated"], decimals),
            "left": print_number(shown["residual_stated"], decimals),
            "over": print_number(-shown["residual_stated"] + 0.0, decimals),
            "reachable": print_number(row["printed_reachable"], decimals),
            "makes": makes_unallocated(shown, commitment, decimals, lang),
            "beside": beside_kept(row, commitment, decimals, lang),
            "difference_unit": unit_of_differences(commitment, lang),
        }
        for lang in LANGS
    }
    return Note(f"shared_{code}", commitment.id, values, "years")
