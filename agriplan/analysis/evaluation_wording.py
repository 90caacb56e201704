"""The figures of an evaluation's row as its sentences print them, in both languages."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from agriplan.analysis.assumed_growth import assumed_behind
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_ahead import EvaluationRow, band_from, less_printed, side_of
from agriplan.analysis.evaluation_known import aside_words, beside_kept, carried_from, known_as, unit_value_words
from agriplan.analysis.evaluation_rows import states_value
from agriplan.analysis.likelihood import LikelihoodSubject, plausible_end, say_band, whose_range
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
        """The preliminary figure of the as-of year, where a final figure was entered beside it, and of what."""
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
        evaluation, commitment, code = self.evaluation, self.commitment, self.row["code"]
        data = evaluation.issued.baselines
        return {
            **words_of_area(data, commitment, code, lang),
            "difference_unit": unit_of_differences(commitment, lang),
            "known_as": known_as(evaluation, commitment, code, lang),
            "not_yet": say("evaluation.not_yet.published" if self.is_region else "evaluation.not_yet.reported", lang),
            "carried_from": carried_from(evaluation, commitment, code, lang),
            **(aside_words(evaluation, commitment, lang) if self.is_region else {}),
            "leagues": listed((data.areas[each].name(lang) for each in leagues), lang),
            "year": str(evaluation.as_of),
            "first": str(evaluation.as_of + 1),
            "years": str(evaluation.years_left),
            "yearly": yearly_word(evaluation.years_left, lang),
            **self._figures(lang),
            **self._history(lang),
            **self._growths(lang),
            **self._of_gap(lang),
            **self._progress(lang),
            **self._preliminary_figure(lang),
            **unit_value_words(evaluation, commitment, self.row, self.unit_value_known, lang),
            **self._as_entered(lang),
        }

    def _print(self, figure: float) -> str:
        """A figure in the indicator's unit."""
        return print_number(figure, self.evaluation.issued.baselines.decimals(self.commitment))

    def _figures(self, lang: Lang) -> dict[str, str]:
        """The row's figures as they are printed, and what the region's is put together from."""
        row, names = self.row, ("current", "target", "projection", "new_target", "baseline")
        rule = self.evaluation.region(self.commitment.id)["rule"]
        return {
            **{name: self._print(row[f"printed_{name}"]) for name in names},
            "published": self._print(self.issued_line["published"]),
            "difference": self._print(row["printed_difference"]),
            "unreported": self._print(row["unreported"]),
            "still": self._print(less_printed(row["printed_target"], row["printed_current"])),
            "ceiling": print_entered(self.commitment.ceiling or 0.0),
            "rule": say(f"rule.{rule}", lang) if rule else "",
            "factor": print_number(self.evaluation.rebased.standings[self.commitment.id].factor, PER_CENT_DECIMALS),
            **{name: print_number(row[name], 0) for name in ("expected", "reported")},
        }

    def _history(self, lang: Lang) -> dict[str, str]:
        """How likely history makes the target, and the years of the fastest growth."""
        row, trend = self.row, self.evaluation.trend
        assumed = None if trend is None else assumed_behind(trend, self.commitment, row)
        years = {"from": "first", "to": "last", "since": "since", "until": "until"}
        return {
            "band": say_band(row["band"], lang),
            "assumed": say(f"evaluation.{assumed}", lang) if assumed else "",
            "basis": self.evaluation.issued.baselines.basis_name(row["fastest_basis"], lang),
            **{word: print_number(row[f"fastest_{of}"], 0).replace(",", "") for word, of in years.items()},
        }

    def _growths(self, lang: Lang) -> dict[str, str]:
        """What growth was, is needed and was the fastest; what is short of a target needs some, however little."""
        gone = self.evaluation.as_of - self.evaluation.issued.baselines.base_year
        needed = max(self.row["needed_growth"], 10.0**-GROWTH_DECIMALS)
        return {
            "per_year": unit_of_growth(self.commitment.is_rate, lang),
            "needed": print_number(needed, GROWTH_DECIMALS),
            "fastest": print_number(self.row["fastest_growth"], GROWTH_DECIMALS),
            "growing": growth_in_words(self.row["growth_so_far"], self.commitment, lang, gone, ROSE),
            **words_of_growth(self.commitment, lang),
        }

    def _of_gap(self, lang: Lang) -> dict[str, str]:
        """What the projection leaves of the target, without and with what leagues past theirs keep beyond them."""
        row, gap = self.row, self.row["printed_gap"]
        decimals = self.evaluation.issued.baselines.decimals(self.commitment)
        return {
            "short": self._print(gap),
            "over": self._print(-gap + 0.0),
            "kept": self._print(abs(row["printed_kept"])),
            "beside": beside_kept(row, self.commitment, decimals, lang),
            "before_kept": self._apart(gap, lang, "before_kept"),
            "after_kept": self._apart(row["printed_to_share"], lang, "after_kept"),
        }

    def _progress(self, lang: Lang) -> dict[str, str]:
        """How far the target and the way to it are covered."""
        return {
            "elapsed": print_number(self.row["elapsed"], PER_CENT_DECIMALS),
            "part": print_number(self.row["projected_part"], PER_CENT_DECIMALS),
            **{word: self._of_target(word, lang) for word in ("completed", "comparable")},
            "progressed": self._progressed(lang),
            "status": say(f"status.{self.row['status']}", lang),
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

    def _preliminary_figure(self, lang: Lang) -> dict[str, str]:
        """The preliminary figure in its own unit: of a value, its quantity's may be what was reported."""
        if self.preliminary is None:
            return {}
        data, (name, value) = self.evaluation.issued.baselines, self.preliminary
        one = data.by_id.get(name) or data.indicators[name]
        of = "" if name == self.commitment.id else say("evaluation.preliminary_of", lang, quantity=one.name(lang))
        return {
            "preliminary": print_number(value, data.decimals(one) if isinstance(one, Commitment) else one.decimals),
            "preliminary_unit": unit_behind(one.unit(lang), lang),
            "preliminary_of": of,
        }

    def _as_entered(self, lang: Lang) -> dict[str, str]:
        """What the two statements say beside each other where an entry moves the projection."""
        trend, outlook, row = self.evaluation.trend, self.outlook, self.row
        if trend is None or outlook is None or not outlook["entered"]:
            return {}
        subject = LikelihoodSubject(trend, self.commitment, row["code"])
        low, high = (plausible_end(outlook, f"plausible_{end}", self.commitment.kind) for end in ("low", "high"))
        history, shown, target = float(outlook["printed_by_history"]), row["printed_projection"], row["printed_target"]
        return {
            "by_history": subject.print(history),
            "history_apart": self._apart(less_printed(target, history), lang),
            "entered_apart": self._apart(row["printed_gap"], lang),
            "entered_band": say_band(band_from(outlook, row["projection"], shown, target, self.commitment), lang),
            "entered_grows": subject.grows(subject.figures["projection"], lang),
            "low": subject.growth(low),
            "high": subject.growth(high),
            "whose": say(whose_range(outlook["assumed"], self.commitment.kind), lang),
        }

    def _apart(self, gap: float, lang: Lang, family: str = "apart") -> str:
        unit = unit_of_differences(self.commitment, lang)
        return say(f"evaluation.{family}.{side_of(gap)}", lang, apart=self._print(abs(gap)), difference_unit=unit)
