"""The figures of an evaluation's row as its sentences print them, in both languages."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from agriplan.analysis.assumed_growth import assumed_behind
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_ahead import EvaluationRow, band_from, less_printed
from agriplan.analysis.evaluation_known import carried_from, known_as, unit_value_words
from agriplan.analysis.evaluation_rows import states_value
from agriplan.analysis.likelihood import LikelihoodSubject, plausible_end, whose_range
from agriplan.analysis.note import Note
from agriplan.analysis.outlook import Outlook, outlook_by_key
from agriplan.analysis.unit_words import (
    ROSE,
    growth_in_words,
    unit_of_differences,
    unit_of_growth,
    words_of_area,
    words_of_growth,
    yearly_word,
)
from agriplan.baselines.commitments import Commitment
from agriplan.engine.last_known import LastKnown, last_unit_value
from agriplan.formatting import GROWTH_DECIMALS, MINUS, print_entered, print_number, unit_behind
from agriplan.sentences import LANGS, Lang, listed, say

FAMILY = "evaluation"
PER_CENT_DECIMALS = 2


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
    def preliminary(self) -> tuple[str, float] | None:
        """What the quick report said of the as-of year, where a final figure was entered beside it, and of what."""
        names = (self.commitment.id, self.commitment.quantity)
        actuals, at = self.evaluation.rebased.actuals, (self.row["code"], self.evaluation.as_of)
        reported = ((name, actuals[name, *at].preliminary) for name in names if (name, *at) in actuals)
        said = next(reported, None)
        return None if said is None or said[1] is None else (said[0], said[1])

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

    @property
    def issued_line(self) -> Mapping[str, Any]:
        """The region's line of the plan from the base year, as it is printed."""
        return self.evaluation.issued.printed.by_indicator[self.commitment.id]

    @cached_property
    def unit_value_known(self) -> LastKnown | None:
        """The last unit value up to the as-of year; None where no reported value was made with one."""
        rebased = self.evaluation.rebased
        if self.row["estimated"] or states_value(self.commitment, self.row["code"], rebased):
            return None
        issued = rebased.issued
        return last_unit_value(self.commitment, issued.scenario, issued.baselines, rebased.actuals, rebased.as_of)

    @property
    def unit_value_growth(self) -> float:
        """What carries a unit value on to the as-of year, in per cent a year."""
        return float(self.evaluation.issued.by_indicator[self.commitment.id]["unit_value_growth"])

    @property
    def is_adjusted(self) -> bool:
        """Whether a league's estimate was multiplied by what the region's published figure makes it, and visibly so."""
        standing, data = self.evaluation.rebased.standings[self.commitment.id], self.evaluation.issued.baselines
        moved = [league.code for league, one in zip(data.leagues, standing.adjusted, strict=True) if one]
        return self.row["code"] in moved and round(standing.factor - 1.0, PER_CENT_DECIMALS + 2) != 0

    @property
    def takes_nothing(self) -> bool:
        """Whether a named league has no share of what others take of the gap."""
        region = self.evaluation.region(self.commitment.id)
        return bool(self.row["named"] and self.row["printed_amount"] == 0 < region["printed_amount"])

    @property
    def is_capped(self) -> bool:
        """Whether a growth cap bounds what leagues may take of the gap."""
        return not np.isnan(self.evaluation.issued.by_indicator[self.commitment.id]["max_growth"])

    def tell(self, code: str, *leagues: str) -> Note:
        """The sentence of that code; `leagues` are the codes of those that it names."""
        return Note(code, self.commitment.id, {lang: self._values(lang, leagues) for lang in LANGS}, FAMILY)

    def _values(self, lang: Lang, leagues: tuple[str, ...]) -> dict[str, str]:
        data, row = self.evaluation.issued.baselines, self.row
        decimals = data.decimals(self.commitment)
        figures = {
            name: print_number(row[f"printed_{name}"], decimals)
            for name in ("current", "target", "projection", "new_target", "baseline")
        }
        figures["published"] = print_number(self.issued_line["published"], decimals)
        factor = self.evaluation.rebased.standings[self.commitment.id].factor
        # What is short of a target needs some growth, however little prints as none.
        needed = max(row["needed_growth"], 10.0**-GROWTH_DECIMALS)
        growths = {
            word: print_number(growth, GROWTH_DECIMALS)
            for word, growth in (("needed", needed), ("fastest", row["fastest_growth"]))
        }
        gone = self.evaluation.as_of - data.base_year
        growths["growing"] = growth_in_words(row["growth_so_far"], self.commitment, lang, gone, ROSE)
        gap = row["printed_gap"]
        trend = self.evaluation.trend
        assumed = None if trend is None else assumed_behind(trend, self.commitment, row)
        rule = self.evaluation.region(self.commitment.id)["rule"]
        return {
            **words_of_area(data, self.commitment, row["code"], lang),
            "difference_unit": unit_of_differences(self.commitment, lang),
            "per_year": unit_of_growth(self.commitment.is_rate, lang),
            "year": str(self.evaluation.as_of),
            "first": str(self.evaluation.as_of + 1),
            "years": str(self.evaluation.years_left),
            "yearly": yearly_word(self.evaluation.years_left, lang),
            "known_as": known_as(self.evaluation, self.commitment, row["code"], lang),
            "not_yet": say("evaluation.not_yet.published" if self.is_region else "evaluation.not_yet.reported", lang),
            "carried_from": carried_from(self.evaluation, self.commitment, row["code"], lang),
            "still": print_number(less_printed(row["printed_target"], row["printed_current"]), decimals),
            "rule": say(f"rule.{rule}", lang) if rule else "",
            "band": row["band"],
            "assumed": say(f"evaluation.{assumed}", lang) if assumed else "",
            "basis": data.basis_name(row["fastest_basis"], lang),
            "from": _year(row["fastest_first"]),
            "to": _year(row["fastest_last"]),
            "since": _year(row["fastest_since"]),
            "until": _year(row["fastest_until"]),
            "factor": print_number(factor, PER_CENT_DECIMALS),
            "summed": say(f"evaluation.summed.{'mean' if self.commitment.kind == 'rate' else 'sum'}", lang),
            "expected": print_number(row["expected"], 0),
            "reported": print_number(row["reported"], 0),
            "difference": print_number(row["printed_difference"], decimals),
            "ceiling": print_entered(self.commitment.ceiling or 0.0),
            "unreported": print_number(row["unreported"], decimals),
            "part": print_number(row["projected_part"], PER_CENT_DECIMALS),
            "short": print_number(gap, decimals),
            "over": print_number(-gap + 0.0, decimals),
            "kept": print_number(abs(row["printed_kept"]), decimals),
            "beside": beside_kept(row, self.commitment, decimals, lang),
            "before_kept": self._apart(gap, lang, "before_kept"),
            "after_kept": self._apart(row["printed_to_share"], lang, "after_kept"),
            "leagues": listed((data.areas[code].name(lang) for code in leagues), lang),
            **figures,
            "elapsed": print_number(row["elapsed"], PER_CENT_DECIMALS),
            **growths,
            **words_of_growth(self.commitment, lang),
            **{word: self._of_target(word, lang) for word in ("completed", "comparable")},
            "progressed": self._progressed(lang),
            "status": say(f"status.{row['status']}", lang),
            **self._quick_report(lang),
            **unit_value_words(self.evaluation, self.commitment, row, self.unit_value_known, lang),
            **self._as_entered(lang),
        }

    def _of_target(self, word: str, lang: Lang) -> str:
        """What part of the target the figure is; of a target of nothing there is none."""
        completion = self.row["completion"]
        told = "target_of_nothing" if np.isnan(completion) else word
        return say(f"evaluation.{told}", lang, completion=print_number(completion, PER_CENT_DECIMALS))

    def _progressed(self, lang: Lang) -> str:
        """How far the way is covered, and what was due; where the target does not lie above the base there is none."""
        row = self.row
        if np.isnan(row["progress"]):
            return ""
        told = {name: print_number(row[name], PER_CENT_DECIMALS) for name in ("progress", "schedule")}
        way = "below" if told["progress"].startswith(MINUS) else "onward"
        return say(f"evaluation.progress.{way}", lang, **told)

    def _quick_report(self, lang: Lang) -> dict[str, str]:
        """The figure of the quick report in its own unit: of a value, its quantity's may be what was reported."""
        if self.preliminary is None:
            return {}
        data, (name, value) = self.evaluation.issued.baselines, self.preliminary
        one = data.by_id.get(name) or data.indicators[name]
        decimals = data.decimals(one) if isinstance(one, Commitment) else one.decimals
        return {
            "preliminary": print_number(value, decimals),
            "preliminary_unit": unit_behind(one.unit(lang), lang),
            "preliminary_of": "" if name == self.commitment.id else one.name(lang),
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
            "entered_grows": subject.grows(subject.figures["projection"], lang),
            "low": subject.growth(low),
            "high": subject.growth(high),
            "whose": say(whose_range(outlook["assumed"], self.commitment.kind), lang),
        }

    def _apart(self, gap: float, lang: Lang, family: str = "apart") -> str:
        apart = print_number(abs(gap), self.evaluation.issued.baselines.decimals(self.commitment))
        unit = unit_of_differences(self.commitment, lang)
        return say(f"evaluation.{family}.{side_of(gap)}", lang, apart=apart, difference_unit=unit)


def _year(year: float) -> str:
    return print_number(year, 0).replace(",", "")


def beside_kept(row: EvaluationRow, commitment: Commitment, decimals: int, lang: Lang) -> str:
    """That a sum of targets leaves out what leagues past theirs keep beyond them; nothing where none does."""
    if not row["printed_kept"] > 0:
        return ""
    kept = print_number(row["printed_kept"], decimals)
    return say("evaluation.beside_kept", lang, kept=kept, unit=unit_of_differences(commitment, lang))


def side_of(gap: float) -> str:
    """On which side of the target a printed projection is.

    >>> side_of(0.01), side_of(-0.01), side_of(-0.0)
    ('short', 'over', 'exact')
    """
    return "short" if gap > 0 else "over" if gap < 0 else "exact"
