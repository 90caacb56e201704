"""Printed figures add up in rows and columns, and each is its exact one rounded down or up."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.rounding import largest_remainder, quotas, whole_units
from tests.engine.printed_sums import printed_holds
from tests.engine.scenarios import random_scenario
from tests.thoroughness import tried

MILK = "milk"


def test_printed_tables_of_the_default_plan_add_up(plan):
    printed_holds(plan)


@pytest.fixture(scope="session")
def differing(baselines):
    """The data with published totals that are a little more, and a little less, than their leagues."""

    def changed(sign):
        observed = baselines.observed.copy()
        rows = (observed["area"] == baselines.region.code) & (observed["year"] == baselines.base_year)
        observed.loc[rows & (observed["indicator"] != "improved_breed_rate"), "value"] *= 1 + sign * 0.00537
        return dataclasses.replace(baselines, observed=observed)

    return [baselines, changed(1), changed(-1)]


def test_printed_tables_of_every_scenario_add_up(differing, suggestions):
    @settings(max_examples=tried(10, 300), deadline=None, database=None)
    @given(seed=st.integers(0, 10**6), sign=st.integers(0, 2))
    def holds(seed, sign):
        data = differing[sign]
        printed_holds(make_plan(random_scenario(seed, data), data, suggestions))

    holds()


def test_a_lock_in_a_surplus_is_taken_from_what_is_over(baselines, suggestions):
    scenario = Scenario.model_validate({"allocation": {"beef_cattle_value": {"lock": {"150500": 1.005}}}})
    plan = make_plan(scenario, baselines, suggestions)
    printed_holds(plan)
    shown = plan.printed.lines.set_index("indicator").loc["beef_cattle_value"]
    assert shown["surplus"] == -shown["gap"] > 0
    assert shown["residual"] == -shown["placed"] < 0
    assert shown["to_place"] == 0


def test_a_tie_of_half_units_holds_back_what_is_missing(baselines, suggestions):
    codes = baselines.league_codes
    figures = {code: {"value": 10.005, "source": "统计局"} for code in codes}
    scenario = Scenario.model_validate(
        {
            "baseline": {"milk_output": figures},
            "growth": {MILK: {baselines.region.code: 0}},
            "allocation": {MILK: {"reserve": 100}},
        }
    )
    plan = make_plan(scenario, baselines, suggestions)
    printed_holds(plan)
    shown = plan.printed.lines.set_index("indicator").loc[MILK]
    assert shown["baseline"] == shown["projection"] == shown["reached"] == 120.06
    assert shown["held_back"] == shown["gap"] == shown["unallocated"] == 879.94
    leagues = plan.printed.leagues[plan.printed.leagues["indicator"] == MILK]
    assert leagues["baseline"].tolist() == [10.01] * 6 + [10.0] * 6


def test_figures_without_further_decimals_are_printed_as_they_are(plan):
    rows = plan.leagues_of(MILK)["baseline"].reset_index(drop=True)
    shown = plan.printed.leagues.loc[plan.printed.leagues["indicator"] == MILK, "baseline"].reset_index(drop=True)
    assert shown.tolist() == rows.tolist()


@settings(deadline=None)
@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=14),
    decimals=st.integers(0, 4),
)
def test_parts_are_rounded_down_or_up_and_make_the_rounded_total(values, decimals):
    parts = quotas(values, 10.0**decimals)
    total = whole_units(parts.sum())
    rounded = largest_remainder(parts, total)
    assert rounded.sum() == total
    assert (np.floor(parts / 1e6) <= rounded).all()
    assert (rounded <= np.ceil(parts / 1e6)).all()
