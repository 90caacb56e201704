"""What a brief says: every value of its template as text, from an evaluation alone. Pure; see docs/brief.md."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from agriplan.analysis.balance_words import balance_notes_as_of
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_ahead import EvaluationRow
from agriplan.analysis.evaluation_words import evaluation_notes, headline, issue_note, say_verdict, thresholds
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.analysis.titles import short_titles, title_of
from agriplan.analysis.unit_words import names_of_rates, units_of_growth, word_of_total, yearly_word
from agriplan.baselines.commitments import Commitment, short_names
from agriplan.formatting import GROWTH_DECIMALS, NOTHING, print_number
from agriplan.report.brief.charts import BarChart, Bars
from agriplan.report.brief.sources import told_sources
from agriplan.report.tasks import nothing_to_share, task_rows
from agriplan.report.year_lines import area_lines, sharing_note, years_ahead
from agriplan.rounding import round_half_up
from agriplan.sentences import Lang, listed, say, without_name

# What stands between two sentences of a paragraph.
BETWEEN: dict[Lang, str] = {"zh": "", "en": " "}
# How a figure of the as-of year is known that its area did not report.
HOW_KNOWN = ("estimated", "summed")
# Beyond twice the way, in per cent, a bar of progress would leave no room for those of the others.
LONGEST_BARS = {"progress": 200}
SHOWN_OF_VERSION = 12  # characters of the data's version: enough to find it again


def brief_values(evaluation: Evaluation, code: str, lang: Lang) -> dict[str, Any]:
    """The values of the template by name, for the region or a league; charts are `charts.BarChart`."""
    issued, data = evaluation.issued, evaluation.issued.baselines
    area = data.areas[code].name(lang)
    is_region = code == data.region.code
    indicators = [_indicator(evaluation, one, code, lang) for one in data.commitments if _has(evaluation, one, code)]
    return {
        "title": say("brief.title", lang, area=area, year=evaluation.as_of),
        "subtitle": say("brief.subtitle", lang, name=data.header.name(lang), base=data.base_year, end=data.target_year),
        "as_of": str(evaluation.as_of),
        "area": area,
        "is_region": is_region,
        "headline": headline(evaluation, code).text(lang),
        "thresholds": thresholds(evaluation).text(lang),
        "indicators": indicators,
        "tasks": list(task_rows(evaluation, lang)) if is_region else [],
        "needed_head": say("brief.needed_head_last" if evaluation.years_left == 1 else "brief.needed_head", lang),
        "years": years_ahead(evaluation),
        "yearly": list(_yearly(evaluation, code, lang)),
        "years_note": say("years.lead", lang, year=evaluation.as_of),
        "sharing": list(_sharing(evaluation, code, lang)),
        **_notes(evaluation, code, [one for one in data.commitments if _has(evaluation, one, code)], lang),
        "balances": [
            note.text(lang) for one in data.commitments for note in balance_notes_as_of(evaluation, one, code)
        ],
        "hindsight": list(_looked_back(evaluation, code, lang)),
        "sources": told_sources(evaluation, code, lang),
        "scenario": (name := title_of(issued.scenario, lang)),
        "scenario_short": short_titles([name])[0],  # of a footer, which has one line
        "fingerprint": issued.fingerprint,
        "data_version": data.version[:SHOWN_OF_VERSION],
        "chart_progress": _chart(evaluation, code, lang, "progress", ("progress", "schedule")),
        "chart_growth": _chart(evaluation, code, lang, "growth", ("growth_so_far", "needed_growth")),
    }


def _notes(evaluation: Evaluation, code: str, commitments: Sequence[Commitment], lang: Lang) -> dict[str, str]:
    """What is said under the tables, of the indicators that stand in them."""
    rows = [evaluation.by_key[one.id, code] for one in commitments]
    names, amounts = names_of_rates(commitments, lang), any(not one.is_rate for one in commitments)
    short = short_names(evaluation.issued.baselines.commitments, lang)
    unnamed = listed((short[one.id] for one, row in zip(commitments, rows, strict=True) if not row["named"]), lang)
    told = {
        "table_note": {
            "rates": bool(names),
            **{how: any(row[how] for row in rows) for how in HOW_KNOWN},
            "nothing_ahead": not evaluation.years_left,
        },
        "task_note": {"shared_again": evaluation.plan is not None, "adds_up": amounts, "rates_do_not": bool(names)},
        "growth_note": {
            "growth_needed": True,
            "none_issued" if evaluation.years_left else "none_issued_closed": bool(unnamed),
        },
    }
    totals = {word_of_total(one, lang): None for one, row in zip(commitments, rows, strict=True) if row["summed"]}
    words = {"names": names, "units": units_of_growth(commitments, lang), **_yearly_words(evaluation, lang)}
    words["together"] = listed(totals, lang)
    words["unnamed"] = unnamed
    found = {
        note: [say(f"brief.note.{code}", lang, **words) for code, has in codes.items() if has]
        for note, codes in told.items()
    }
    issued = issue_note(evaluation)
    found["table_note"] += [issued.text(lang)] if issued else []
    found["task_note"][1:1] = [unshared] if (unshared := nothing_to_share(evaluation, lang)) else []
    return {note: BETWEEN[lang].join(sentences) for note, sentences in found.items()}


def _yearly(evaluation: Evaluation, code: str, lang: Lang) -> Iterator[dict[str, Any]]:
    """The years of every indicator, a row each for projection, range and what is due; the first one names it."""
    data = evaluation.issued.baselines
    short = short_names(data.commitments, lang)
    for commitment in data.commitments:
        if _has(evaluation, commitment, code):
            named = say("years.of_unit", lang, name=short[commitment.id], unit=commitment.unit(lang))
            for at, line in enumerate(area_lines(evaluation, commitment, code, lang)):
                yield {"name": "" if at else named, "what": line.name, "cells": list(line.cells)}


def _sharing(evaluation: Evaluation, code: str, lang: Lang) -> Iterator[str]:
    """How the gap of each indicator that is left is shared."""
    for commitment in evaluation.issued.baselines.commitments:
        note = sharing_note(evaluation, commitment)
        if note is not None and _has(evaluation, commitment, code):
            yield note.text(lang)


def _looked_back(evaluation: Evaluation, code: str, lang: Lang) -> Iterator[str]:
    """How the projection from the base year did up to the as-of year: the region's, and what is said of a league."""
    data = evaluation.issued.baselines
    for commitment in data.commitments:
        for note in hindsight_notes(evaluation.issued, commitment, evaluation.as_of, code):
            yield note.text(lang)


def _has(evaluation: Evaluation, commitment: Commitment, code: str) -> bool:
    return not np.isnan(evaluation.by_key[commitment.id, code]["current"])


def _current(commitment: Commitment, row: Mapping[str, Any], decimals: int, lang: Lang) -> str:
    """The as-of year's figure, marked where its area did not report it."""
    current = print_number(row["printed_current"], decimals)
    total = word_of_total(commitment, lang)
    told = (say(f"brief.{how}", lang, value=current, together=total) for how in HOW_KNOWN if row[how])
    return next(told, current)


def _indicator(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> dict[str, Any]:
    data, row = evaluation.issued.baselines, evaluation.by_key[commitment.id, code]
    decimals = data.decimals(commitment)
    shown = {
        name: print_number(row[f"printed_{name}"], decimals)
        for name in ("baseline", "target", "projection", "gap", "new_target")
    }
    if not evaluation.years_left:  # nothing is ahead: what was reached is no projection of itself
        shown["projection"] = NOTHING
    who = commitment.leagues if code == data.region.code else (code,)
    nature = say(f"nature.{commitment.nature}", lang)
    return {
        **shown,
        "category": say(f"brief.category.{commitment.kind}", lang),
        "name": commitment.name(lang),
        "short": short_names(data.commitments, lang)[commitment.id],
        "unit": commitment.unit(lang),
        "growth": _growth(evaluation, commitment, row, lang),
        "nature": nature if commitment.nature_basis == "stated" else say("nature.read", lang, nature=nature),
        "current": _current(commitment, row, decimals, lang),
        "completion": print_number(row["completion"], GROWTH_DECIMALS),
        "needed": print_number(row["needed_growth"], GROWTH_DECIMALS),
        "verdict": say_verdict(row, data, lang),
        "status": say(f"status.{row['status']}", lang),
        "sentences": [
            without_name(note.text(lang), commitment.name(lang))
            for note in evaluation_notes(evaluation, commitment, code)
        ],
        "who": listed((data.areas[one].name(lang) for one in who), lang),
    }


def _growth(evaluation: Evaluation, commitment: Commitment, row: dict[str, Any], lang: Lang) -> str:
    """Growth a year from base to target; of a rate the points in all, in brackets, as official tables put it."""
    if not commitment.is_rate:
        return print_number(row["planned_growth"] if row["target"] else None, GROWTH_DECIMALS)
    decimals = evaluation.issued.baselines.decimals(commitment)
    return say("brief.in_all", lang, points=print_number(row["planned_growth"], decimals))


def _chart(evaluation: Evaluation, code: str, lang: Lang, name: str, columns: tuple[str, ...]) -> BarChart:
    """Bars of the columns; one in which no indicator has a figure (a growth before its first year) has no series."""
    data = evaluation.issued.baselines
    commitments = [one for one in data.commitments if _has(evaluation, one, code)]
    rows = [evaluation.by_key[one.id, code] for one in commitments]
    years = _yearly_words(evaluation, lang)
    told = [column for column in columns if not all(np.isnan(row[column]) for row in rows)]
    bars = tuple(
        Bars(
            say(f"brief.bars.{column}", lang, **years),
            tuple(round_half_up([row[column] for row in rows], GROWTH_DECIMALS).tolist()),
        )
        for column in told
    )
    names = short_names(data.commitments, lang)
    short = tuple(_under_bars(row, columns, names[one.id], lang) for one, row in zip(commitments, rows, strict=True))
    units = units_of_growth(commitments, lang)
    title = say(f"brief.chart.{told[0] if len(told) == 1 else name}", lang, units=units, **years)
    chart = BarChart(title, short, bars, LONGEST_BARS.get(name, float("inf")))
    return (
        chart._replace(title=say("brief.chart.cut", lang, title=title, longest=LONGEST_BARS[name]))
        if chart.is_cut
        else chart
    )


def _yearly_words(evaluation: Evaluation, lang: Lang) -> dict[str, str]:
    """That a growth is one a year: the growth so far, and the growth needed, each where it is over several years."""
    gone = evaluation.as_of - evaluation.issued.baselines.base_year
    return {"so_far": yearly_word(gone, lang), "needed": yearly_word(evaluation.years_left, lang)}


def _under_bars(row: EvaluationRow, columns: tuple[str, ...], name: str, lang: Lang) -> str:
    """What stands under the bars of an indicator: whether they are estimates, why there are none.

    A growth to a figure that nobody reported is an estimate as the figure is; where the target does not lie above the
    base there is no way of which a part could be covered.
    """
    if all(np.isnan(row[column]) for column in columns) and row["baseline"] >= row["target"]:
        return say("brief.no_way", lang, value=name)
    return say("brief.estimated", lang, value=name) if row["estimated"] else name
