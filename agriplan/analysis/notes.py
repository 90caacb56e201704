"""What a planner must be told about a plan, as sentences: feasibility first, then what deserves attention."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from agriplan.analysis.outlook import outlook_by_key
from agriplan.baselines.records import Commitment
from agriplan.engine.plan import Plan
from agriplan.formatting import GROWTH_DECIMALS, print_number
from agriplan.sentences import COMMAS, Lang, say

# A sum of leagues that differs from the region's own fit by more than this part of it is worth a planner's attention:
# it is the size of one year's ordinary growth.
WORTH_SAYING = 0.02


@dataclass(frozen=True)
class Note:
    """One sentence about one indicator: its code in `wording/notes.toml` and the values it names, in each language."""

    code: str
    indicator: str
    values: dict[Lang, dict[str, str]]

    def text(self, lang: Lang = "zh") -> str:
        """The sentence."""
        return say(f"note.{self.code}", lang, **self.values[lang])


@dataclass(frozen=True)
class Subject:
    """One indicator of a plan: its line, its league rows and its commitment."""

    plan: Plan
    commitment: Commitment
    line: pd.Series
    leagues: pd.DataFrame

    def note(
        self,
        code: str,
        leagues: pd.DataFrame | None = None,
        words: dict[str, str] | None = None,
        **numbers: float,
    ) -> Note:
        """Make a note; numbers are printed in the indicator's unit, `leagues` become a list of names."""
        decimals = self.plan.baselines.decimals(self.commitment)
        printed = {name: print_number(value, decimals) for name, value in numbers.items()}
        values: dict[Lang, dict[str, str]] = {}
        for lang, comma in COMMAS.items():
            names = [] if leagues is None else [self.plan.baselines.areas[code].name(lang) for code in leagues["code"]]
            values[lang] = {
                "name": self.commitment.name(lang),
                "unit": self._unit(lang),
                "per_year": say("note.points" if self.commitment.kind == "rate" else "note.per_cent", lang),
                "leagues": comma.join(names),
                **printed,
                **(words or {}),
            }
        return Note(code, self.commitment.id, values)

    def _unit(self, lang: Lang) -> str:
        if self.commitment.kind == "rate":
            return say("note.points", lang)
        # "17.77 100 million yuan" reads as one number: English needs the sign.
        return self.commitment.unit(lang) if lang == "zh" else f"× {self.commitment.unit(lang)}"

    def own(self, counted: float) -> float:
        """A counted figure in the indicator's unit (rates: points of the regional rate)."""
        return counted / float(self.line["divisor"])


def take_notes(plan: Plan) -> tuple[Note, ...]:
    """Everything worth saying, indicator by indicator, feasibility first."""
    subjects = (
        Subject(plan, commitment, plan.by_indicator[commitment.id], plan.leagues_of(commitment.id))
        for commitment in plan.baselines.commitments
    )
    return tuple(note for subject in subjects for check in CHECKS for note in check(subject))


def _feasibility(subject: Subject) -> Iterator[Note]:
    line, leagues = subject.line, subject.leagues
    own = {name: subject.own(float(line[name])) for name in ("gap", "surplus", "to_place", "floors", "ceilings")}
    residual = subject.own(float(line["residual"]))
    if line["feasibility"] == "ceilings_short":
        binding = leagues[leagues["reason"].isin(["at_ceiling", "locked", "no_weight"])]
        yield subject.note(
            "ceilings_short",
            binding,
            reachable=float(line["reachable"]),
            ceilings=own["ceilings"],
            to_place=own["to_place"],
            residual=residual,
        )
    elif line["feasibility"] == "floors_exceed":
        binding = leagues[leagues["floor"] > 0]
        yield subject.note("floors_exceed", binding, floors=own["floors"], to_place=own["to_place"], over=-residual)
    elif line["gap"] > 0:
        yield subject.note("enough", gap=own["gap"], placed=subject.own(float(line["placed"])))
    if line["gap"] <= 0:
        yield subject.note("surplus", surplus=own["surplus"], projection=float(line["projection"]))


def _target(subject: Subject) -> Iterator[Note]:
    line = subject.line
    if line["target"] <= line["baseline"]:
        yield subject.note("target_below_today", target=float(line["target"]), baseline=float(line["baseline"]))
    if line["gap_within_error"]:
        error = float(line["relative_error"] * line["baseline"])
        code = "gap_within_error" if line["gap"] > 0 else "surplus_within_error"
        yield subject.note(code, gap=abs(subject.own(float(line["gap"]))), error=error)
    if abs(line["own_fit"] - line["projection"]) > WORTH_SAYING * abs(line["projection"]):
        yield subject.note("own_fit_differs", own_fit=float(line["own_fit"]), projection=float(line["projection"]))


def _outlook(subject: Subject) -> Iterator[Note]:
    row = outlook_by_key(subject.plan)[subject.commitment.id, subject.plan.baselines.region.code]
    code = "probability_assumed" if row["assumed"] else "probability"
    needed = print_number(float(subject.line["needed_growth"]), GROWTH_DECIMALS)
    yield subject.note(code, words={"band": row["band"], "needed": needed})
    if row["stretches"] > 0:
        words = {"stretches": f"{row['stretches']:.0f}", "fast": f"{row['fast_stretches']:.0f}"}
        years = subject.plan.baselines.target_year - subject.plan.baselines.base_year
        yield subject.note("past_growth", words=words | {"years": str(years)})
    else:
        yield subject.note("no_past_growth")


def _limits(subject: Subject) -> Iterator[Note]:
    leagues = subject.leagues
    named = leagues[leagues["named"]]
    if len(named) and named["entered_lock"].notna().all():
        yield subject.note("all_locked", placed=subject.own(float(subject.line["placed"])))
    idle = named[named["reason"] == "no_weight"]
    if len(idle):
        yield subject.note("no_weight", idle)
    ceiling = subject.commitment.ceiling
    above = leagues[leagues["target"] > (np.inf if ceiling is None else ceiling * (1 + 1e-9))]
    if len(above):
        yield subject.note("above_ceiling", above, ceiling=float(ceiling or 0))


def _data(subject: Subject) -> Iterator[Note]:
    leagues = subject.leagues
    missing = leagues[leagues["baseline"].isna()]
    if len(missing):
        yield subject.note("missing_unnamed", missing)
    zero = leagues[leagues["baseline"] == 0]
    if len(zero):
        yield subject.note("zero_baseline", zero)
    if subject.line["difference"] != 0:
        yield subject.note("statistical_difference", difference=float(subject.line["difference"]))
    reported = leagues[leagues["grade"] == "reported"]
    if len(reported):
        yield subject.note("reported", reported)


CHECKS: tuple[Callable[[Subject], Iterator[Note]], ...] = (_feasibility, _target, _outlook, _limits, _data)
