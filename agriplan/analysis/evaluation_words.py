"""An evaluation in words: the counts first, then each indicator, its warnings, and the question that follows."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_rows import EvaluationRow, band_from, less_printed
from agriplan.analysis.likelihood import LikelihoodSubject, plausible_end
from agriplan.analysis.note import Note
from agriplan.analysis.outlook import Outlook, outlook_by_key
from agriplan.analysis.unit_words import unit_of_differences
from agriplan.baselines.commitments import Commitment
from agriplan.formatting import GROWTH_DECIMALS, print_number, unit_behind
from agriplan.sentences import COMMAS, LANGS, Lang, say

FAMILY = "evaluation"
PER_CENT_DECIMALS = 2
# Which verdicts are counted as of the target year, and before it.
FINAL_VERDICTS = ("done", "missed", "unknown")
MID_TERM_VERDICTS = ("reached", "expected", "open", "warned")


def headline(evaluation: Evaluation, code: str | None = None) -> Note:
    """How many indicators have come how far, in the region or a league."""
    final = evaluation.years_left == 0
    area = code or evaluation.issued.baselines.region.code
    rows = (evaluation.by_key[one.id, area] for one in evaluation.issued.baselines.commitments)
    found = Counter(row["verdict"] for row in rows if not np.isnan(row["current"]))
    counts = {verdict: str(found[verdict]) for verdict in (FINAL_VERDICTS if final else MID_TERM_VERDICTS)}
    values = {"year": str(evaluation.as_of), "total": str(sum(found.values())), **counts}
    return Note("counts_final" if final else "counts", "", dict.fromkeys(LANGS, values), FAMILY)


def thresholds(evaluation: Evaluation) -> Note:
    """By which thresholds the words are chosen."""
    margin = f"{evaluation.issued.scenario.status_margin:g}"
    return Note("thresholds", "", {lang: {"margin": margin} for lang in LANGS}, FAMILY)


def evaluation_notes(evaluation: Evaluation, commitment: Commitment, code: str) -> Iterator[Note]:
    """Everything that is to be said of an indicator in the region or in a league."""
    row = evaluation.by_key[commitment.id, code]
    if np.isnan(row["current"]):
        return
    words = Wording(evaluation, commitment, row)
    if words.preliminary is not None:
        yield words.tell("preliminary")
    if evaluation.years_left == 0:
        yield words.tell(row["verdict"])
        yield from _how_it_was_reported(words)
        yield from _by_whom(words)
        return
    if evaluation.as_of > evaluation.issued.baselines.base_year:
        yield words.tell("current_estimated" if row["estimated"] else "current")
        if not row["estimated"]:
            yield words.tell("so_far")
        yield from _how_it_was_reported(words)
    yield from _ahead(words)
    yield from _warnings(words)
    yield from _passed(words)


class Wording:
    """One row of an evaluation, and its figures as sentences print them."""

    def __init__(self, evaluation: Evaluation, commitment: Commitment, row: EvaluationRow) -> None:
        """Take the row of an indicator and area."""
        self.evaluation, self.commitment, self.row = evaluation, commitment, row

    @property
    def is_region(self) -> bool:
        """Whether the row is the region's."""
        return bool(self.row["code"] == self.evaluation.issued.baselines.region.code)

    @property
    def preliminary(self) -> float | None:
        """What the quick report said of the as-of year, where a final figure was entered beside it."""
        keys = [
            (name, self.row["code"], self.evaluation.as_of) for name in (self.commitment.id, self.commitment.quantity)
        ]
        found = (self.evaluation.rebased.actuals.get(key) for key in keys)
        return next((one.preliminary for one in found if one), None)

    @cached_property
    def outlook(self) -> Outlook | None:
        """Where history leads from the as-of year, beside what was entered; None as of the target year."""
        trend = self.evaluation.trend
        return None if trend is None else outlook_by_key(trend)[self.commitment.id, self.row["code"]]

    @property
    def is_trend(self) -> bool:
        """Whether the projection is where history leads: what a person entered is never called a trend."""
        found = self.outlook
        return found is not None and not (found["entered"] or np.isnan(found["projection_by_history"]))

    def tell(self, code: str, *leagues: str) -> Note:
        """The sentence of that code; `leagues` are the codes of those that it names."""
        return Note(code, self.commitment.id, {lang: self._values(lang, leagues) for lang in LANGS}, FAMILY)

    def _values(self, lang: Lang, leagues: tuple[str, ...]) -> dict[str, str]:
        data, row = self.evaluation.issued.baselines, self.row
        decimals = data.decimals(self.commitment)
        figures = {
            name: print_number(row[f"printed_{name}"], decimals)
            for name in ("current", "target", "projection", "new_target")
        }
        per_cents = {
            name: print_number(row[name], PER_CENT_DECIMALS)
            for name in ("completion", "progress", "schedule", "elapsed", "factor")
        }
        growths = {
            word: print_number(row[name], GROWTH_DECIMALS)
            for word, name in (("needed", "needed_growth"), ("growth", "growth_so_far"), ("fastest", "fastest_growth"))
        }
        gap = row["printed_gap"]
        return {
            "name": self.commitment.name(lang),
            "area": data.areas[row["code"]].name(lang),
            "unit": unit_behind(self.commitment.unit(lang), lang),
            "difference_unit": unit_of_differences(self.commitment, lang),
            "per_year": say("note.points" if self.commitment.kind == "rate" else "note.per_cent", lang),
            "year": str(self.evaluation.as_of),
            "first": str(self.evaluation.as_of + 1),
            "base_year": str(data.base_year),
            "target_year": str(data.target_year),
            "years": str(self.evaluation.years_left),
            "band": row["band"],
            "assumed": say("evaluation.assumed", lang) if row["assumed"] else "",
            "basis": data.basis_name(row["fastest_basis"], lang),
            "from": print_number(row["fastest_first"], 0).replace(",", ""),
            "to": print_number(row["fastest_last"], 0).replace(",", ""),
            "expected": print_number(row["expected"], 0),
            "reported": print_number(row["reported"], 0),
            "difference": print_number(row["printed_difference"], decimals),
            "unreported": print_number(row["unreported"], decimals),
            "preliminary": print_number(self.preliminary, decimals),
            "part": print_number(row["projected_part"], PER_CENT_DECIMALS),
            "short": print_number(gap, decimals),
            "over": print_number(-gap + 0.0, decimals),
            "leagues": COMMAS[lang].join(data.areas[code].name(lang) for code in leagues),
            **figures,
            **per_cents,
            **growths,
            **self._as_entered(lang),
        }

    def _as_entered(self, lang: Lang) -> dict[str, str]:
        """What the two statements say beside each other where an entry moves the projection."""
        trend, outlook, row = self.evaluation.trend, self.outlook, self.row
        if trend is None or outlook is None or not outlook["entered"]:
            return {}
        subject = LikelihoodSubject(trend, self.commitment, row["code"])
        low, high = (plausible_end(outlook, f"plausible_{end}", self.commitment.kind) for end in ("low", "high"))
        history = float(outlook["printed_by_history"])
        return {
            "by_history": subject.print(history),
            "history_apart": self._apart(less_printed(row["printed_target"], history), lang),
            "entered_apart": self._apart(row["printed_gap"], lang),
            "entered_band": band_from(outlook, row["projection"], row["target"], self.commitment),
            "entered_growth": subject.growth(subject.figures["projection"]),
            "low": subject.growth(low),
            "high": subject.growth(high),
            "whose": say(f"likelihood.whose.{'assumed' if outlook['assumed'] else 'history'}", lang),
        }

    def _apart(self, gap: float, lang: Lang) -> str:
        apart = print_number(abs(gap), self.evaluation.issued.baselines.decimals(self.commitment))
        unit = unit_of_differences(self.commitment, lang)
        return say(f"evaluation.apart.{_side(gap)}", lang, apart=apart, difference_unit=unit)


def _side(gap: float) -> str:
    """On which side of the target a printed projection is.

    >>> _side(0.01), _side(-0.01), _side(-0.0)
    ('short', 'over', 'exact')
    """
    return "short" if gap > 0 else "over" if gap < 0 else "exact"


def _how_it_was_reported(words: Wording) -> Iterator[Note]:
    if not words.is_region:
        return
    row = words.row
    if row["unreported"]:
        yield words.tell("unreported")
    elif row["reported"] == row["expected"]:
        yield words.tell("reported_all")
    else:
        scaled = round(row["factor"] - 1.0, PER_CENT_DECIMALS + 2) != 0
        yield words.tell("reported_some_scaled" if scaled else "reported_some")


def _ahead(words: Wording) -> Iterator[Note]:
    needed = words.row["needed_growth"]
    if needed > 0:
        yield words.tell("needed" if words.evaluation.years_left > 1 else "needed_one_year")
    elif not np.isnan(needed):
        yield words.tell("nothing_needed")
    if not words.row["band"] or words.outlook is None:
        return
    if words.outlook["entered"]:
        yield words.tell("by_history")
        yield words.tell(f"as_entered_{words.outlook['range']}")
    else:
        yield words.tell(_side(words.row["printed_gap"]))


def _warnings(words: Wording) -> Iterator[Note]:
    warning = words.row["warning"]
    for code in ("unlikely", "too_fast"):
        if warning in (code, "both"):
            yield words.tell(code)
    # A warning by history asks for nothing where what was entered leads to the target.
    if warning and words.is_region and not words.row["printed_projection"] >= words.row["printed_target"]:
        yield words.tell("adjust" if words.is_trend else "adjust_entered")


def _passed(words: Wording) -> Iterator[Note]:
    evaluation, commitment = words.evaluation, words.commitment
    how = evaluation.issued.scenario.passed.get(commitment.id, "keep")
    if words.row["passed"]:
        yield words.tell(how)
    if words.is_region:
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
