"""What a planner must be told about a plan, as sentences: feasibility first, then what deserves attention."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from agriplan.analysis.likelihood import as_entered, by_history, middle, past
from agriplan.analysis.unit_words import unit_of_differences
from agriplan.baselines.commitments import Commitment
from agriplan.engine.caps import CAP_DECIMALS
from agriplan.engine.columns import STATED
from agriplan.engine.criteria import ENTROPY_CAP
from agriplan.engine.entered import Level
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import DEFAULT_ALLOCATION, LIMITS
from agriplan.formatting import print_number, unit_behind
from agriplan.memo import memoized
from agriplan.rounding import COMPARE_DIGITS
from agriplan.sentences import COMMAS, Lang, say

# A sum of leagues that differs from the region's own fit by more than this part of it is worth a planner's attention:
# it is the size of one year's ordinary growth.
DIFFERENCE_WORTH_SAYING = 0.02


@dataclass(frozen=True)
class Note:
    """One sentence about one indicator: its code in `wording/*.toml` and the values it names, in each language."""

    code: str
    indicator: str
    values: dict[Lang, dict[str, str]]
    family: str = "note"
    about: tuple[str, ...] = ()
    """The leagues that it names."""

    def text(self, lang: Lang = "zh") -> str:
        """The sentence."""
        return say(f"{self.family}.{self.code}", lang, **self.values[lang])


@dataclass(frozen=True)
class NoteSubject:
    """One indicator of a plan: its line, its league rows and its commitment."""

    plan: Plan
    commitment: Commitment
    line: pd.Series
    leagues: pd.DataFrame

    @property
    def shown(self) -> pd.Series:
        """The line as it is printed, as on the pages and sheets beside the sentence."""
        return self.plan.printed.by_indicator[self.commitment.id]

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
                "unit": unit_of_differences(self.commitment, lang),
                "level": unit_behind(self.commitment.unit(lang), lang),
                "per_year": say("note.points" if self.commitment.kind == "rate" else "note.per_cent", lang),
                "leagues": comma.join(names),
                **printed,
                **(words or {}),
            }
        about = () if leagues is None else tuple(leagues["code"])
        return Note(code, self.commitment.id, values, about=about)

    def say(self, code: str, what: dict[Lang, str], about: tuple[str, ...] = ()) -> Note:
        """Make a note about something that has a name in each language."""
        values = {lang: {"name": self.commitment.name(lang), "what": what[lang]} for lang in COMMAS}
        return Note(code, self.commitment.id, values, about=about)


@memoized
def take_notes(plan: Plan) -> tuple[Note, ...]:
    """Everything worth saying, indicator by indicator, feasibility first."""
    subjects = (
        NoteSubject(plan, commitment, plan.by_indicator[commitment.id], plan.leagues_of(commitment.id))
        for commitment in plan.baselines.commitments
    )
    return tuple(note for subject in subjects for check in NOTE_SOURCES for note in check(subject))


def _feasibility(subject: NoteSubject) -> Iterator[Note]:
    line, shown, leagues = subject.line, subject.shown, subject.leagues
    counted = ("gap", "surplus", "to_place", "floors", "ceilings", "placed", "residual")
    own = {name: float(shown[f"{name}{STATED}"]) for name in counted}
    if line["feasibility"] == "ceilings_short":
        binding = leagues[leagues["reason"].isin(["at_ceiling", "locked", "no_weight"])]
        yield subject.note(
            "ceilings_short",
            binding,
            reachable=float(shown["reachable"]),
            ceilings=own["ceilings"],
            to_place=own["to_place"],
            residual=own["residual"],
        )
        yield _cap_that_would_do(subject)
    elif line["feasibility"] == "floors_exceed":
        binding = leagues[leagues["floor"] > 0]
        yield subject.note(
            "floors_exceed", binding, floors=own["floors"], to_place=own["to_place"], over=-own["residual"]
        )
    elif line["gap"] > 0:
        yield subject.note("enough", gap=own["gap"], placed=own["placed"])
    if line["gap"] <= 0:
        code = "surplus" if own["surplus"] else "exact"
        yield subject.note(code, surplus=own["surplus"], projection=float(shown["projection"]))


def _cap_that_would_do(subject: NoteSubject) -> Note:
    cap = float(subject.line["least_max_growth"])
    if np.isnan(cap):
        return subject.note("no_cap_is_enough")
    return subject.note("least_cap", words={"cap": print_number(cap, CAP_DECIMALS)})


def _target(subject: NoteSubject) -> Iterator[Note]:
    line, shown = subject.line, subject.shown
    if line["target"] <= line["baseline"]:
        yield subject.note("target_below_today", target=float(shown["target"]), baseline=float(shown["baseline"]))
    if line["gap_within_error"]:
        error = float(line["relative_error"] * line["baseline"])
        code = "gap_within_error" if line["gap"] > 0 else "surplus_within_error"
        yield subject.note(code, gap=abs(float(shown[f"gap{STATED}"])), error=error)
    if abs(line["own_fit"] - line["projection"]) > DIFFERENCE_WORTH_SAYING * abs(line["projection"]):
        yield subject.note("own_fit_differs", own_fit=float(shown["own_fit"]), projection=float(shown["projection"]))


def _outlook(subject: NoteSubject) -> Iterator[Note]:
    plan, commitment = subject.plan, subject.commitment
    region = plan.baselines.region.code
    told = [by_history(plan, commitment, region), as_entered(plan, commitment, region), middle(plan, commitment)]
    for statement in (*told, *past(plan, commitment)):
        if statement is not None:
            yield Note(statement.code, commitment.id, statement.values, family="likelihood")


def _limits(subject: NoteSubject) -> Iterator[Note]:
    leagues, named = subject.leagues, subject.leagues["named"].to_numpy(dtype=bool)
    if named.any() and leagues["entered_lock"].notna().to_numpy()[named].all():
        yield subject.note("all_locked", placed=float(subject.shown[f"placed{STATED}"]))
    idle = named & (leagues["reason"].to_numpy() == "no_weight")
    if idle.any():
        yield subject.note("no_weight", leagues[idle])
    ceiling = subject.commitment.ceiling
    above = leagues["target"].to_numpy(dtype=float) > (np.inf if ceiling is None else ceiling * (1 + 1e-9))
    if above.any():
        yield subject.note("above_ceiling", leagues[above], ceiling=float(ceiling or 0))


def _levels(subject: NoteSubject) -> Iterator[Note]:
    """Leagues that end exactly at a level that was entered, and are printed a unit beside it: totals come first."""
    allocation = subject.plan.scenario.allocation.get(subject.commitment.id, DEFAULT_ALLOCATION)
    printed = subject.plan.printed.leagues_of(subject.commitment.id)["target"].to_numpy(dtype=float)
    for (index, row), shown in zip(subject.leagues.iterrows(), printed, strict=True):
        levels = (getattr(allocation, part).get(row["code"]) for part in LIMITS)
        for level in dict.fromkeys(one.target for one in levels if isinstance(one, Level)):
            is_met = bool(np.isclose(level, row["target"], rtol=1e-9))
            if is_met and round(level, subject.commitment.issue_decimals) == level != round(shown, COMPARE_DIGITS):
                yield subject.note("level_printed_beside", subject.leagues.loc[[index]], entered=level, printed=shown)


def _reasons(subject: NoteSubject) -> Iterator[Note]:
    """Why leagues have floors, ceilings and locks, in the words of those who set them."""
    for code, why in subject.plan.scenario.limits_why.get(subject.commitment.id, {}).items():
        area = subject.plan.baselines.areas[code]
        said = {lang: say("note.area_why", lang, area=area.name(lang), why=why) for lang in COMMAS}
        yield subject.say("limits_why", said, about=(code,))


def _criteria(subject: NoteSubject) -> Iterator[Note]:
    plan, indicator = subject.plan, subject.commitment.id
    if subject.line["rule"] != "by_criteria":
        return
    names = {one.id: one for one in plan.baselines.criteria}
    weights = plan.criteria[plan.criteria["indicator"] == indicator].drop_duplicates("criterion")
    out = [names[one] for one in weights.loc[weights["left_out"], "criterion"]]
    if out:
        yield subject.say(
            "criteria_left_out", {lang: comma.join(one.name(lang) for one in out) for lang, comma in COMMAS.items()}
        )
    entropy = plan.scenario.allocation[indicator].criteria == "entropy"
    for row in weights[weights["weight"] == ENTROPY_CAP].to_dict("records") if entropy else ():
        if weights["weight"].gt(0).sum() > 1:
            yield subject.say("entropy_capped", {lang: names[row["criterion"]].name(lang) for lang in COMMAS})


def _data(subject: NoteSubject) -> Iterator[Note]:
    leagues = subject.leagues
    baselines = leagues["baseline"].to_numpy(dtype=float)
    for code, found in (("missing_unnamed", np.isnan(baselines)), ("zero_baseline", baselines == 0)):
        if found.any():
            yield subject.note(code, leagues[found])
    if subject.line["difference"] != 0:
        yield subject.note("statistical_difference", difference=float(subject.shown["difference"]))
    reported = leagues["grade"].to_numpy() == "reported"
    if reported.any():
        yield subject.note("reported", leagues[reported])


NOTE_SOURCES: tuple[Callable[[NoteSubject], Iterator[Note]], ...] = (
    _feasibility,
    _target,
    _outlook,
    _limits,
    _levels,
    _reasons,
    _criteria,
    _data,
)
