"""Limits as of a later year: what was entered holds as it does in the plan, whatever kind of limit it is."""

import numpy as np
import pytest

from agriplan.engine.plan import make_plan
from agriplan.engine.rebase import rebase
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from tests.engine.scenarios import random_scenario
from tests.thoroughness import tried

RATE = "improved_breed_rate"
# Rules that share by what a league has in the target year, not by what it had where the plan began.
BY_THE_END = ("by_projection", "by_headroom", "equal_amounts", "equal_slack", "by_shares")
LINES = ("projection", "gap", "to_place", "placed", "residual", "floors", "ceilings", "reachable", "reached")
LEAGUES = ("projection", "floor", "ceiling", "amount", "target")


@pytest.fixture
def both(baselines, suggestions):
    """The plan of a scenario, and the plan of its evaluation as of a year."""

    def found(asked: dict, year: int):
        plan = make_plan(parse_scenario(asked), baselines, suggestions)
        return plan, rebase(plan, suggestions_as_of(baselines, suggestions, year), year).plan()

    return found


@pytest.mark.parametrize("seed", range(tried(12, 120)))
def test_with_nothing_reported_an_evaluations_plan_is_the_plan(seed, both, baselines):
    rng = np.random.default_rng(seed)
    asked = random_scenario(seed, baselines).model_dump(mode="json", exclude_defaults=True) | {"actual": {}}
    later_figures = baselines.observed[baselines.observed["year"] > baselines.base_year]
    known = set(later_figures["indicator"])
    silent = [one for one in baselines.commitments if not known & {one.id, one.quantity, one.unit_value, one.herd}]
    assert RATE in [one.id for one in silent]
    for one in silent:
        part = asked.setdefault("allocation", {}).setdefault(one.id, {})
        # A growth cap counts from the as-of year.
        part |= {"max_growth": "none", "rule": str(rng.choice(BY_THE_END)), "shares": {one.leagues[0]: 1.0}}
        some = 6.0 if one.is_rate else one.target / 20.0
        for limit in ("lock", "floor", "ceiling"):
            for code in one.leagues:
                if rng.random() < 0.3:
                    amount = round(float(rng.uniform(0.0, some)), 2)
                    most = one.ceiling or 10.0 * some
                    level = round(float(rng.uniform(0.8, 1.0)) * most, 2)
                    part.setdefault(limit, {})[code] = [amount, {"target": level}][rng.integers(2)]
    plan, later = both(asked, 2021 + seed % 4)
    for one in silent:
        ours, theirs = plan.by_indicator[one.id], later.by_indicator[one.id]
        for name in LINES:
            assert theirs[name] == pytest.approx(ours[name], rel=1e-9, abs=1e-7), (one.id, name)
        for name in LEAGUES:
            found = (table.leagues_of(one.id)[name].to_numpy() for table in (later, plan))
            np.testing.assert_allclose(*found, rtol=1e-9, atol=1e-7, err_msg=f"{one.id} {name}")


@pytest.mark.parametrize("limit", ["lock", "floor"])
def test_a_limit_beyond_the_natural_ceiling_holds_as_of_a_year_as_it_does_in_the_plan(limit, both):
    for plan in both({"allocation": {RATE: {limit: {"150500": 4.5}}}}, 2021):
        shown = plan.printed.league_row(RATE, "150500")
        assert (shown["target"], shown["amount_stated"]) == (101.5, 4.5)
        assert plan.printed.league_row(RATE, "150100")["target"] == 98.1


def test_an_amount_stays_the_level_that_it_led_to_and_a_level_stays_as_typed(both):
    fast = {"actual": {"milk": {"150500": {"2021": 25.0}}}}
    plan, later = both(fast | {"allocation": {"milk": {"lock": {"150500": 5.0}}}}, 2021)
    led_to = plan.league_row("milk", "150500")["target"]
    assert later.league_row("milk", "150500")["target"] == pytest.approx(led_to)
    # A level below the plan's own projection is no limit of the plan, but of an evaluation that starts below it.
    plan, later = both(fast | {"allocation": {"milk": {"lock": {"150500": {"target": 30}}}}}, 2021)
    row = plan.league_row("milk", "150500")
    assert row["target"] == row["projection"] > 30
    assert later.printed.league_row("milk", "150500")["target"] == 30
