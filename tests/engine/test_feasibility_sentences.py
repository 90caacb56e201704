"""What limits can hold is told as it is: what is placed, held back and put on top, who is bound, and what would do."""

from itertools import product

import pytest

from agriplan.analysis.notes import take_notes
from agriplan.engine.allocation import RULES
from agriplan.engine.columns import STATED
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_number
from agriplan.sentences import LANGS, say
from tests.thoroughness import by_turns


def told(entered, indicator, baselines, suggestions):
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    return plan, {note.code: note for note in take_notes(plan) if note.indicator == indicator}


@pytest.mark.parametrize(("reserve", "margin"), [*product((0, 20, 100), (0, 5))])
def test_between_gap_and_placed_stands_what_is_held_back_and_put_on_top(reserve, margin, baselines, suggestions):
    """All printed figures of the sentence, and they add up."""
    each = {one.id: {"reserve": reserve, "margin": margin, "max_growth": "none"} for one in baselines.commitments}
    for commitment in baselines.commitments:
        plan, notes = told({"allocation": each}, commitment.id, baselines, suggestions)
        shown, decimals = plan.printed.by_indicator[commitment.id], baselines.decimals(commitment)
        figures = {name: float(shown[f"{name}{STATED}"]) for name in ("gap", "held_back", "on_top", "placed")}
        if figures["gap"] <= 0:
            assert "surplus" in notes
            continue
        code = "all_held_back" if reserve == 100 else "enough"
        assert not notes.keys() & {"enough", "all_held_back", "ceilings_short"} - {code}
        named = {"gap"} if reserve == 100 else {name for name, value in figures.items() if value}
        for lang in LANGS:
            for name in named:
                assert print_number(figures[name], decimals) in notes[code].text(lang), (name, lang)
            apart = {
                name
                for name in ("held_back", "on_top")
                if say(f"note.{name}", lang, value="", unit="").strip() in notes[code].text(lang)
            }
            assert reserve == 100 or apart == named & {"held_back", "on_top"}
        rest = figures["gap"] - figures["held_back"] + figures["on_top"]
        assert rest == pytest.approx(figures["placed"], abs=1e-9)


SHORT = {
    "entered ceilings": lambda each: {"ceiling": dict.fromkeys(each, 0.01)},
    "locks": lambda each: {"lock": dict.fromkeys(each, 0.01)},
    "some locks": lambda each: {"lock": dict.fromkeys(each[1:], 0.01), "ceiling": {each[0]: 0.01}},
    "caps": lambda each: {"max_growth": 0.01},
    "one share": lambda each: {"rule": "by_shares", "shares": {each[1]: 1}},
    "one share, no cap": lambda each: {
        "rule": "by_shares",
        "shares": {each[1]: 1},
        "max_growth": "none",
        "ceiling": {each[1]: 0.01},
    },
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("kind", SHORT)
def test_who_is_named_as_bound_is_at_a_ceiling_and_nobody_else_is(kind, baselines, suggestions):
    short = 0
    for rule, commitment in by_turns(RULES, baselines.commitments):
        limits = SHORT[kind](commitment.leagues)
        shares = {} if "shares" in limits or rule != "by_shares" else {"shares": dict.fromkeys(commitment.leagues, 1)}
        entered = {"rule": rule} | shares | limits
        plan, notes = told({"allocation": {commitment.id: entered}}, commitment.id, baselines, suggestions)
        if "ceilings_short" not in notes:
            continue
        short += 1
        rows = plan.leagues_of(commitment.id)
        at_ceiling = rows[rows["named"].astype(bool) & ((rows["ceiling"] - rows["amount"]).abs() < 1e-9)]
        assert set(notes["ceilings_short"].about) == set(at_ceiling["code"])
    assert short > 0


CAUSES = {
    "locks": ({"lock": 0.001}, {"locks"}),
    "entered ceilings": ({"ceiling": 0.001}, {"ceilings"}),
    "a lock beside ceilings": ({"lock": 0.001, "ceiling": 0.001}, {"locks"}),
    "shares": ({"rule": "by_shares", "shares": 1, "ceiling": 0.001}, {"ceilings", "weights"}),
}


@pytest.mark.parametrize("name", CAUSES)
def test_why_no_growth_cap_is_enough_names_what_there_is_and_nothing_else(name, baselines, suggestions):
    entered, causes = CAUSES[name]
    for commitment in baselines.commitments:
        each = {
            part: value
            if part == "rule"
            else dict.fromkeys(commitment.leagues[:1] if part == "shares" else commitment.leagues, value)
            for part, value in entered.items()
        }
        _, notes = told({"allocation": {commitment.id: each}}, commitment.id, baselines, suggestions)
        if "ceilings_short" not in notes:
            continue
        for lang in LANGS:
            said = notes["no_cap_is_enough"].text(lang)
            named = {
                cause
                for cause in ("locks", "ceilings", "natural", "zero", "weights")
                if say(f"note.binds.{cause}", lang) in said
            }
            assert named == causes, (commitment.id, said)
            advised = {name for name in causes | {"natural"} if remedy(name, lang) in said}
            assert advised == causes, (commitment.id, said)
            assert said.rstrip("。.").endswith(say("note.remedy.reserve", lang))
            assert remedy("zero", lang) not in said


def remedy(cause, lang):
    """What can help against it; nothing moves the ceiling of a rate."""
    return "no remedy" if cause == "natural" else say(f"note.remedy.{cause}", lang)


def test_a_rate_that_its_own_ceiling_binds_is_advised_to_hold_more_back_alone(baselines, suggestions):
    asked = {"target": {"improved_breed_rate": 99.9}, "allocation": {"improved_breed_rate": {"margin": 90}}}
    _, notes = told(asked, "improved_breed_rate", baselines, suggestions)
    assert notes["no_cap_is_enough"].text("zh").endswith("因为比率自身有上限；请提高预留比例。")
    assert notes["no_cap_is_enough"].text("en").endswith("a ceiling of its own; please hold more back.")


@pytest.mark.parametrize(("rule", "needs_rule"), [("by_baseline", True), ("equal_amounts", False)])
def test_what_is_advised_where_a_league_starts_from_nothing_does_help(rule, needs_rule, baselines, suggestions):
    zero, *others = baselines.by_id["milk"].leagues
    own = {"baseline": {"milk_output": {zero: {"value": 0, "source": "某局"}}}, "growth": {"milk": {zero: 1}}}

    def short_by(rule, cap):
        limits = {"rule": rule, "max_growth": cap, "lock": dict.fromkeys(others, 0.001)}
        return told(own | {"allocation": {"milk": limits}}, "milk", baselines, suggestions)[1].get("no_cap_is_enough")

    capped, free = short_by(rule, 5), short_by("equal_amounts", "none")
    assert say("note.remedy.zero", "zh") in capped.text("zh")
    assert (say("note.remedy.weights", "zh") in capped.text("zh")) == needs_rule
    assert (short_by(rule, "none") is None) == (not needs_rule)
    assert free is None


def test_a_ceiling_of_the_rate_itself_is_named_for_a_rate_alone(baselines, suggestions):
    for commitment in baselines.commitments:
        target = {"target": {commitment.id: commitment.ceiling}} if commitment.is_rate else {}
        limits = {"margin": 50, "max_growth": 0.01, "ceiling": dict.fromkeys(commitment.leagues[1:], 0.001)}
        _, notes = told(target | {"allocation": {commitment.id: limits}}, commitment.id, baselines, suggestions)
        if "no_cap_is_enough" in notes:
            assert (say("note.binds.natural", "zh") in notes["no_cap_is_enough"].text("zh")) == (commitment.is_rate)


@pytest.mark.parametrize(("target", "code"), [(677.47, "exact"), (677.48, "gap"), (677.46, "surplus")])
def test_whether_there_is_a_gap_is_decided_on_printed_figures(target, code, baselines, suggestions):
    """Milk comes to 677.465 by itself, printed 677.47."""
    plan, notes = told({"target": {"milk": target}}, "milk", baselines, suggestions)
    assert print_number(float(plan.printed.by_indicator["milk"]["projection"]), 2) == "677.47"
    kinds = {"exact": {"exact", "exact_within_error"}, "gap": {"enough", "gap_within_error"}}
    expected = kinds.get(code, {"surplus", "surplus_within_error"})
    every = {"exact", "enough", "surplus", *(f"{one}_within_error" for one in ("exact", "gap", "surplus"))}
    assert notes.keys() & every == expected


def test_floors_that_exceed_are_those_above_nothing_and_said_to_be_so(baselines, suggestions):
    limits = {"lock": {"150100": 0, "150200": 400}, "floor": {"150500": 0, "150600": 3}}
    plan, notes = told({"allocation": {"milk": limits}}, "milk", baselines, suggestions)
    for lang, words in (("zh", "大于0的下限或锁定"), ("en", "a floor or lock above 0")):
        said = notes["floors_exceed"].text(lang)
        assert words in said
        counted = {
            code: plan.baselines.areas[code].name(lang) in said for code in ("150100", "150200", "150500", "150600")
        }
        assert counted == {"150100": False, "150200": True, "150500": False, "150600": True}
