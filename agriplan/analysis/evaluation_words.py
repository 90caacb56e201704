"""An evaluation in words: the counts first, then each indicator, its warnings, and the question that follows."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_ahead import EvaluationRow, side_of
from agriplan.analysis.evaluation_rows import EXPECTED_BANDS
from agriplan.analysis.evaluation_wording import FAMILY, PER_CENT_DECIMALS, Wording
from agriplan.analysis.note import Note, base_is_moved
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.reconciling import is_plausible
from agriplan.rounding import has_reached
from agriplan.sentences import LANGS, Lang, say

# Which verdicts are counted as of the target year, and before it.
FINAL_VERDICTS = ("done", "missed", "unknown")
# Monitoring's words on the way, which the margin tells apart.
STATUSES = ("ahead", "on_course", "behind", "reached_early")
MID_TERM_VERDICTS = ("reached", "expected", "open", "warned")
# What stands beside those of a league without a base-year figure.
_WITHOUT_TARGET = {"no_target": "status.no_target", "not_judged": "verdict.not_judged"}


def headline(evaluation: Evaluation, code: str | None = None) -> Note:
    """How many indicators have come how far, in the region or a league."""
    final = evaluation.years_left == 0
    area = code or evaluation.issued.baselines.region.code
    every = [evaluation.by_key[one.id, area] for one in evaluation.issued.baselines.commitments]
    rows = [row for row in every if not np.isnan(row["current"])]
    found, unnamed = Counter(row["verdict"] for row in rows), sum(not row["named"] for row in rows)
    counts = {verdict: str(found[verdict]) for verdict in (FINAL_VERDICTS if final else MID_TERM_VERDICTS)}
    values = {"year": str(evaluation.as_of), "total": str(sum(found.values())), **counts}
    of_final = "counts_final" if area == evaluation.issued.baselines.region.code else "counts_final_of_league"
    beside = {lang: say("evaluation.counts_unnamed", lang, unnamed=unnamed) if unnamed else "" for lang in LANGS}
    told = {lang: {**values, "beside": beside[lang]} for lang in LANGS}
    return Note(of_final if final else "counts", "", told, FAMILY)


def say_verdict(row: EvaluationRow, data: Baselines, lang: Lang) -> str:
    """What is concluded of a row; where there is no figure: not published by the region, not reported by a league."""
    unreported = row["verdict"] == "unknown" and row["code"] != data.region.code
    return say("short.unreported" if unreported else f"verdict.{row['verdict']}", lang)


def thresholds(evaluation: Evaluation) -> Note:
    """By which thresholds the words are chosen."""
    final, margin = evaluation.years_left == 0, f"{evaluation.issued.scenario.status_margin:g}"
    family, names = ("verdict", FINAL_VERDICTS) if final else ("status", STATUSES)
    codes = {name: f"{family}.{name}" for name in names} | _WITHOUT_TARGET | {"unreported": "short.unreported"}
    words = {lang: {name: say(code, lang) for name, code in codes.items()} for lang in LANGS}
    code = "thresholds_final" if final else "thresholds"
    return Note(code, "", {lang: {"margin": margin, **words[lang]} for lang in LANGS}, FAMILY)


def issue_note(evaluation: Evaluation) -> Note | None:
    """Which document the targets were handed down by, where the scenario names one."""
    number = evaluation.issued.scenario.issued.number
    return Note("issued_by", "", {lang: {"number": number} for lang in LANGS}, FAMILY) if number else None


def evaluation_notes(evaluation: Evaluation, commitment: Commitment, code: str) -> Iterator[Note]:
    """Everything that is to be said of an indicator in the region or in a league."""
    row = evaluation.by_key[commitment.id, code]
    if np.isnan(row["current"]):
        return
    words = Wording(evaluation, commitment, row)
    if words.preliminary is not None:
        yield words.tell("preliminary")
    if evaluation.years_left == 0:
        met_exactly = row["verdict"] == "done" and side_of(row["printed_gap"]) == "exact"
        yield words.tell("done_exact" if met_exactly else row["verdict"])
        yield from _by_which_unit_value(words)
        yield from _how_it_was_reported(words)
        yield from _by_whom(words)
        return
    if evaluation.as_of > evaluation.issued.baselines.base_year:
        if row["estimated"]:
            yield words.tell("current_estimated_adjusted" if words.is_adjusted else "current_estimated")
        else:
            yield words.tell("current")
            yield words.tell("so_far")
            yield from _from_which_base(words)
        yield from _by_which_unit_value(words)
        yield from _how_it_was_reported(words)
    yield from _ahead(words)
    yield from _warnings(words)
    yield from _passed(words)


def _from_which_base(words: Wording) -> Iterator[Note]:
    """Leagues' own base-year figures move the sum that growth so far and progress count from."""
    if words.is_region and base_is_moved(words.issued_line):
        yield words.tell("from_sum")


def _by_which_unit_value(words: Wording) -> Iterator[Note]:
    """A value that was not reported itself is known as well as what it was made from."""
    known = words.unit_value_known
    if known is None:
        return
    if known.year == words.evaluation.as_of:
        yield words.tell("by_unit_value")
    else:
        yield words.tell("by_unit_value_grown" if words.unit_value_growth else "by_unit_value_carried")


def _how_it_was_reported(words: Wording) -> Iterator[Note]:
    if not words.is_region:
        return
    row = words.row
    if row["unreported"]:
        yield words.tell(_not_adjusted(row["factor"]))
    elif row["summed"]:
        yield words.tell("reported_summed_carried" if row["printed_difference"] else "reported_summed")
    elif row["reported"] == row["expected"]:
        yield words.tell("reported_all")
    else:
        scaled = round(row["factor"] - 1.0, PER_CENT_DECIMALS + 2) != 0
        if row["reported"]:
            yield words.tell("reported_some_scaled" if scaled else "reported_some")
        else:
            yield words.tell("reported_none_scaled" if scaled else "reported_none")


def _not_adjusted(factor: float) -> str:
    """Why what was carried on for leagues that did not report was not made what was left for them.

    A factor that could be used was not, where equal points would have taken a rate beyond its bounds.

    >>> _not_adjusted(-22.8), _not_adjusted(30.0), _not_adjusted(1.2), _not_adjusted(float("nan"))
    ('unreported_negative', 'unreported_times', 'unreported_beyond', 'unreported')
    """
    if factor <= 0.0:
        return "unreported_negative"
    if is_plausible(factor):
        return "unreported_beyond"
    return "unreported" if np.isnan(factor) else "unreported_times"


def _ahead(words: Wording) -> Iterator[Note]:
    row = words.row
    if has_reached(row["printed_current"], row["printed_target"]):
        if words.evaluation.years_left:
            yield words.tell("nothing_needed_estimated" if row["estimated"] else "nothing_needed")
    elif np.isnan(row["needed_growth"]):
        yield words.tell("needed_from_nothing")
        if words.takes_nothing:
            yield words.tell("takes_nothing_capped" if words.is_capped else "takes_nothing")
    else:
        yield words.tell("needed" if words.evaluation.years_left > 1 else "needed_one_year")
    if not row["band"] or words.outlook is None:
        return
    if words.outlook["entered"]:
        yield words.tell("by_history")
        yield words.tell(f"as_entered_{words.outlook['range']}")
    else:
        side = side_of(row["printed_gap"])
        yield words.tell(side)
        yield from _though_apart(words, side)


def _though_apart(words: Wording, side: str) -> Iterator[Note]:
    """A verdict by likelihood that the projection itself would not give."""
    verdict = words.row["verdict"]
    if verdict == "expected" and side == "short":
        yield words.tell("expected_though_short")
    if verdict in ("open", "warned") and side != "short" and words.row["band"] not in EXPECTED_BANDS:
        yield words.tell(f"open_though_{side}")


def _warnings(words: Wording) -> Iterator[Note]:
    warning = words.row["warning"]
    for code in ("unlikely", "too_fast"):
        if warning in (code, "both"):
            yield words.tell(code)
    # A warning by history asks for nothing where what was entered leads to the target.
    leads_there = has_reached(words.row["printed_projection"], words.row["printed_target"])
    if warning and words.is_region and not leads_there:
        yield words.tell("adjust" if words.is_trend else "adjust_entered")


def _passed(words: Wording) -> Iterator[Note]:
    evaluation, commitment = words.evaluation, words.commitment
    how = evaluation.issued.scenario.passed.get(commitment.id, "keep")
    if words.row["passed"]:
        yield words.tell(how)
    if words.is_region:
        if words.row["printed_kept"]:
            yield words.tell("kept_above" if words.row["printed_kept"] > 0 else "kept_below")
        for indicator, code in evaluation.rebased.passed:
            if indicator == commitment.id:
                yield Wording(evaluation, commitment, evaluation.by_key[indicator, code]).tell(how)


def _by_whom(words: Wording) -> Iterator[Note]:
    if not words.is_region:
        return
    evaluation, indicator = words.evaluation, words.commitment.id
    for verdict in ("done", "missed"):
        leagues = [
            league.code
            for league in evaluation.issued.baselines.leagues
            if (row := evaluation.by_key[indicator, league.code])["named"] and row["verdict"] == verdict
        ]
        if leagues:
            yield words.tell(f"leagues_{verdict}", *leagues)
