"""What a planner must be told about a plan, as sentences: feasibility first, then what deserves attention."""

from collections.abc import Callable, Iterator

import numpy as np

from agriplan.analysis.feasibility_notes import feasibility
from agriplan.analysis.likelihood import as_entered, by_history, middle, past
from agriplan.analysis.note import Note, NoteSubject, base_is_moved
from agriplan.engine.base_figures import counted_figure
from agriplan.engine.columns import STATED
from agriplan.engine.criteria import ENTROPY_CAP
from agriplan.engine.entered import Level
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import DEFAULT_ALLOCATION, LIMITS
from agriplan.engine.tables import numbers
from agriplan.memo import memoized
from agriplan.rounding import COMPARE_DIGITS, SAME_VALUE
from agriplan.sentences import LANGS, inside, listed, say

# A sum of leagues that differs from the region's own fit by more than this part of it is worth a planner's attention:
# it is the size of one year's ordinary growth.
DIFFERENCE_WORTH_SAYING = 0.02


@memoized
def take_notes(plan: Plan) -> tuple[Note, ...]:
    """Everything worth saying, indicator by indicator, feasibility first."""
    subjects = (
        NoteSubject(plan, commitment, plan.by_indicator[commitment.id], plan.league_columns(commitment.id))
        for commitment in plan.baselines.commitments
    )
    return tuple(note for subject in subjects for check in NOTE_SOURCES for note in check(subject))


def _target(subject: NoteSubject) -> Iterator[Note]:
    line, shown = subject.line, subject.shown
    if shown["target"] <= shown["baseline"]:
        yield subject.note("target_below_today", target=float(shown["target"]), baseline=float(shown["baseline"]))
    if line["gap_within_error"]:
        error, gap = float(line["relative_error"] * line["baseline"]), float(shown[f"gap{STATED}"])
        what = "gap" if gap > 0 else "surplus" if gap < 0 else "exact"
        yield subject.note(f"{what}_within_error", gap=abs(gap), error=error)
    if abs(line["own_fit"] - line["projection"]) > DIFFERENCE_WORTH_SAYING * abs(line["projection"]):
        code = "own_fit_differs_by_base" if base_is_moved(shown) else "own_fit_differs"
        if _has_entered_growth(subject):  # the own trend leaves that out: the two need not agree
            code = "own_fit_beside_entered"
        yield subject.note(code, own_fit=float(shown["own_fit"]), projection=float(shown["projection"]))


def _has_entered_growth(subject: NoteSubject) -> bool:
    """Whether a growth was entered by which the leagues' projections follow: of them, the region or the unit value."""
    scenario, one = subject.plan.scenario, subject.commitment
    names = (one.id, one.quantity, one.herd)
    return one.id in scenario.unit_value_growth or any(scenario.growth.get(name or "") for name in names)


def _outlook(subject: NoteSubject) -> Iterator[Note]:
    plan, commitment = subject.plan, subject.commitment
    region = plan.baselines.region.code
    told = [by_history(plan, commitment, region), as_entered(plan, commitment, region), middle(plan, commitment)]
    yield from (statement for statement in (*told, *past(plan, commitment)) if statement is not None)


def _limits(subject: NoteSubject) -> Iterator[Note]:
    leagues, named = subject.leagues, subject.leagues["named"].astype(bool)
    if named.any() and not np.isnan(numbers(leagues, "entered_lock")[named]).any():
        yield subject.note("all_locked", placed=float(subject.shown[f"placed{STATED}"]))
    idle = named & (leagues["reason"] == "no_weight")
    if idle.any():
        yield subject.note("no_weight", idle)
    ceiling = subject.commitment.ceiling
    above = numbers(leagues, "target") > (np.inf if ceiling is None else ceiling * (1 + SAME_VALUE))
    if above.any():
        yield subject.note("above_ceiling", above, ceiling=float(ceiling or 0))


def _levels(subject: NoteSubject) -> Iterator[Note]:
    """Leagues that end exactly at a level that was entered, and are printed a unit beside it: totals come first."""
    allocation = subject.plan.scenario.allocation.get(subject.commitment.id, DEFAULT_ALLOCATION)
    codes = subject.leagues["code"]
    printed = numbers(subject.plan.printed.league_columns(subject.commitment.id), "target").tolist()
    for code, target, shown in zip(codes, numbers(subject.leagues, "target").tolist(), printed, strict=True):
        levels = (getattr(allocation, part).get(code) for part in LIMITS)
        for level in dict.fromkeys(one.target for one in levels if isinstance(one, Level)):
            is_met = bool(np.isclose(level, target, rtol=SAME_VALUE))
            if is_met and round(level, subject.commitment.issue_decimals) == level != round(shown, COMPARE_DIGITS):
                yield subject.note("level_printed_beside", codes == code, entered=level, printed=shown)


def _reasons(subject: NoteSubject) -> Iterator[Note]:
    """Why leagues have floors, ceilings and locks, in the words of those who set them; of none there is no why."""
    scenario, indicator = subject.plan.scenario, subject.commitment.id
    for code, why in scenario.limits_why.get(indicator, {}).items():
        if not scenario.has_limit(indicator, code):
            continue
        area = subject.plan.baselines.areas[code]
        said = {lang: say("note.area_why", lang, area=area.name(lang), why=why) for lang in LANGS}
        yield subject.say("limits_why", said, about=(code,))


def _criteria(subject: NoteSubject) -> Iterator[Note]:
    plan, indicator = subject.plan, subject.commitment.id
    if subject.line["rule"] != "by_criteria":
        return
    names = {one.id: one for one in plan.baselines.criteria}
    weights = plan.criteria_of(indicator, plan.baselines.league_codes[0])
    out = [names[row["criterion"]] for row in weights if row["left_out"]]
    if out:
        said = {lang: listed((inside(one.name(lang)) for one in out), lang) for lang in LANGS}
        yield subject.say("criteria_left_out", said)
    entropy = plan.scenario.allocation[indicator].criteria == "entropy"
    for row in weights if entropy else ():
        if row["weight"] == ENTROPY_CAP and sum(one["weight"] > 0 for one in weights) > 1:
            yield subject.say("entropy_capped", {lang: names[row["criterion"]].name(lang) for lang in LANGS})


def _data(subject: NoteSubject) -> Iterator[Note]:
    leagues = subject.leagues
    baselines = numbers(leagues, "baseline")
    for code, found in (("missing_unnamed", np.isnan(baselines)), ("zero_baseline", baselines == 0)):
        if found.any():
            yield subject.note(code, found)
    if subject.line["difference"] != 0:
        yield subject.note("statistical_difference", difference=float(subject.shown["difference"]))
    plan, commitment = subject.plan, subject.commitment
    # Of the quantity alone: the unit value is the region's, and the grade beside a value is the worse of both.
    grades = (counted_figure(commitment, plan.scenario, plan.baselines, code).grade for code in leagues["code"])
    reported = np.array([grade == "reported" for grade in grades])
    if reported.any():
        yield _own_figures(subject, reported)


def _own_figures(subject: NoteSubject, reported: np.ndarray) -> Note:
    """Whose base-year figures are their own, and what that makes of the region's."""
    shown = subject.shown
    if not base_is_moved(shown):
        return subject.note("reported", reported)
    error = float(subject.line["relative_error"] * subject.line["published"])
    baseline, published = float(shown["baseline"]), float(shown["published"])
    code = "reported_within_error" if abs(baseline - published) <= error else "reported_beyond_error"
    return subject.note(code, reported, error=error, baseline=baseline, published=published)


NOTE_SOURCES: tuple[Callable[[NoteSubject], Iterator[Note]], ...] = (
    feasibility,
    _target,
    _outlook,
    _limits,
    _levels,
    _reasons,
    _criteria,
    _data,
)


# What holds for the whole region, though it names the leagues that it comes from.
_OF_REGION = frozenset(("ceilings_short", "no_weights_short", "floors_exceed"))


def notes_concerning(plan: Plan, code: str) -> tuple[Note, ...]:
    """What an area's reader must know beside the figures: of a league's indicators, and of no other league alone.

    How likely a target is stands beside it, and that ceilings hold is no news.
    """
    data = plan.baselines
    short = (note for note in take_notes(plan) if note.family == "note" and note.code != "enough")
    if code == data.region.code:
        return tuple(short)
    return tuple(
        note
        for note in short
        if code in note.about
        or (code in data.by_id[note.indicator].leagues and (note.code in _OF_REGION or not note.about))
    )
