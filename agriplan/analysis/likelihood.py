"""Likelihood in words, for an area of a commitment: two statements that are never mixed, and the past beside them.

*By history* speaks of what would come without new policy, whatever was entered. *As entered* speaks of the growths that
a person entered, says how they stand to the plausible range, and is there only where they change the projection.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from agriplan.analysis.assumed_growth import assumed_behind
from agriplan.analysis.note import Note
from agriplan.analysis.outlook import Outlook, outlook_by_key, past_by_indicator
from agriplan.analysis.unit_words import growth_in_words, unit_of_growth, words_of_area, words_of_growth, yearly_word
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.forecast.growth import growth_kind, yearly_rate
from agriplan.forecast.intervals import BANDS
from agriplan.formatting import GROWTH_DECIMALS, print_number
from agriplan.sentences import LANGS, Lang, say

# The middle of what may come is worth a sentence when it is off the projection by more than this part of it.
MEDIAN_WORTH_SAYING = 0.01

_FAMILY = "likelihood"
_SAID = {band: f"band.{band}" for band in BANDS}


@dataclass(frozen=True)
class LikelihoodSubject:
    """An area of a commitment in a plan, with what is known of its outlook."""

    plan: Plan
    commitment: Commitment
    code: str

    @property
    def outlook(self) -> Outlook:
        """The row of `columns.OUTLOOK`."""
        return outlook_by_key(self.plan)[self.commitment.id, self.code]

    @cached_property
    def figures(self) -> dict[str, float]:
        """Baseline, projection and growth needed of the area."""
        found = self.plan.row_of(self.commitment.id, self.code)
        return {name: float(found[name]) for name in ("baseline", "projection", "needed_growth")}

    @property
    def printed_projection(self) -> float:
        """The area's projection as it is shown."""
        return float(self.plan.printed.row_of(self.commitment.id, self.code)["projection"])

    def growth(self, projected: float) -> str:
        """The yearly growth that leads from the baseline to there, printed."""
        return print_number(self._growth(projected), GROWTH_DECIMALS)

    def grows(self, projected: float, lang: Lang) -> str:
        """The same in words."""
        return growth_in_words(self._growth(projected), self.commitment, lang, self.plan.baselines.span)

    def _growth(self, projected: float) -> float:
        return yearly_rate(
            self.figures["baseline"], projected, self.plan.baselines.span, growth_kind(self.commitment.kind)
        )

    def print(self, value: float) -> str:
        """A figure of the indicator, printed."""
        return print_number(value, self.plan.baselines.decimals(self.commitment))

    def say(self, code: str, **words: str | dict[Lang, str]) -> Note:
        """Make a statement; a word may differ by language."""
        values: dict[Lang, dict[str, str]] = {}
        for lang in LANGS:
            spoken = {name: word if isinstance(word, str) else word[lang] for name, word in words.items()}
            values[lang] = {
                **words_of_area(self.plan.baselines, self.commitment, self.code, lang),
                "per_year": unit_of_growth(self.commitment.is_rate, lang),
                "yearly": yearly_word(self.plan.baselines.span, lang),
                **words_of_growth(self.commitment, lang),
                **spoken,
            }
        return Note(code, self.commitment.id, values, _FAMILY)


def say_band(band: str, lang: Lang) -> str:
    """A band of likelihood as it is printed; its code is that of data and formulas. Nothing where there is none.

    >>> say_band("5-20 %", "zh"), say_band("5-20 %", "en"), say_band("", "zh")
    ('5%至20%', '5–20 %', '')
    """
    return say(_SAID[band], lang) if band else ""


def by_history(plan: Plan, commitment: Commitment, code: str) -> Note:
    """How likely history alone reaches the target; a sentence without a band where history is silent."""
    subject = LikelihoodSubject(plan, commitment, code)
    row, needed = subject.outlook, subject.figures["needed_growth"]
    if np.isnan(subject.figures["baseline"]):
        return subject.say("no_baseline")
    if not row["band"]:
        return subject.say("no_history" if code == plan.baselines.region.code else "no_history_of_league")
    assumed = assumed_behind(plan, commitment, row)
    words: dict[str, str | dict[Lang, str]] = {
        "band": {lang: say_band(row["band"], lang) for lang in LANGS},
        "projection": subject.print(row["printed_by_history"]),
        "assumed": {lang: say(f"likelihood.basis.{assumed}", lang) if assumed else "" for lang in LANGS},
    }
    if np.isnan(needed):
        return subject.say("by_history_from_nothing", **words)
    if needed <= 0:
        return subject.say("by_history_without_growth", **words)
    return subject.say("by_history", **words, needed=print_number(needed, GROWTH_DECIMALS))


def as_entered(plan: Plan, commitment: Commitment, code: str) -> Note | None:
    """How likely the target is with the growths entered; None where no entry changes the area's projection."""
    subject = LikelihoodSubject(plan, commitment, code)
    row = subject.outlook
    if not row["entered"]:
        return None
    low, high = (plausible_end(row, end, commitment.kind) for end in ("plausible_low", "plausible_high"))
    whose = whose_range(row["assumed"], commitment.kind)
    return subject.say(
        f"as_entered_{row['range']}",
        whose={lang: say(whose, lang) for lang in LANGS},
        band={lang: say_band(row["entered_band"], lang) for lang in LANGS},
        projection=subject.print(subject.printed_projection),
        grows={lang: subject.grows(subject.figures["projection"], lang) for lang in LANGS},
        low=subject.growth(low),
        high=subject.growth(high),
    )


def whose_range(assumed: bool, growth_of: str) -> str:
    """The code of the words that say whose plausible range of growth is meant, and what it rests on.

    Where `growth_of` is a value, its quantity or its unit value, the words tell which of these grows.

    >>> whose_range(False, "amount"), whose_range(True, "unit_value")
    ('likelihood.whose.history', 'likelihood.whose.assumed.unit_value')
    """
    code = f"likelihood.whose.{'assumed' if assumed else 'history'}"
    return f"{code}.{growth_of}" if growth_of in ("value", "quantity", "unit_value") else code


def plausible_end(row: Outlook, end: str, kind: str) -> float:
    """Where an end of what history supports, or an edge between bands, lies in the indicator's unit."""
    base = float(row["projection_by_history"])
    return base + float(row[end]) if kind == "rate" else base * float(row[end])


def past(plan: Plan, commitment: Commitment) -> Iterator[Note]:
    """How many past stretches as long as the plan were as fast as is needed, with their years and their basis.

    Nothing is said where the target needs no growth.
    """
    subject = LikelihoodSubject(plan, commitment, plan.baselines.region.code)
    if not subject.figures["needed_growth"] > 0:
        return
    rows = past_by_indicator(plan)[commitment.id]
    if not rows:
        yield subject.say("no_past", years=str(subject.plan.baselines.span))
    for row in rows:
        fast, needed = int(row["fast_stretches"]), float(row["needed"])
        words: dict[str, str | dict[Lang, str]] = {
            "basis": {lang: plan.baselines.basis_name(str(row["basis"]), lang) for lang in LANGS},
            "first": str(row["first"]),
            "last": str(row["last"]),
            "years": str(subject.plan.baselines.span),
            "stretches": str(row["stretches"]),
            "fast": str(fast),
            "needed": print_number(abs(needed), GROWTH_DECIMALS),
            "what": {lang: say(f"likelihood.grows.{commitment.kind}", lang) for lang in LANGS},
            "less": {lang: say("likelihood.less_unit_value", lang) if commitment.unit_value else "" for lang in LANGS},
            "older": {lang: "" if row["comparable"] else say("likelihood.older_basis", lang) for lang in LANGS},
        }
        if fast:
            starts = {name: str(int(row[name])) for name in ("first_start", "last_start")}
            once = "" if len(set(starts.values())) > 1 else "_once"
            words["starts"] = {lang: say(f"likelihood.starts{once}", lang, **starts) for lang in LANGS}
        yield subject.say(f"past{'' if needed > 0 else '_fall'}{'' if fast else '_none'}", **words)


def middle(plan: Plan, commitment: Commitment) -> Note | None:
    """Why the middle of what may come (as likely above as below) is not the projection, where they part visibly."""
    subject = LikelihoodSubject(plan, commitment, plan.baselines.region.code)
    row = subject.outlook
    projected = float(row["projection_by_history"])
    if not row["band"]:
        return None
    likely = plausible_end(row, "edge_3", commitment.kind)
    if abs(likely - projected) <= MEDIAN_WORTH_SAYING * abs(projected):
        return None
    return subject.say(
        "middle_above" if likely > projected else "middle_below",
        middle=subject.print(likely),
        projection=subject.print(row["printed_by_history"]),
    )
