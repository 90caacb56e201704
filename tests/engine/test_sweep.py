"""A sweep gives what each of its scenarios gives alone: the same arithmetic, arranged otherwise."""

import numpy as np
import pytest

from agriplan.engine.allocation import RULES
from agriplan.engine.assumptions import take_baseline
from benchmarks import sweep as sweeping
from benchmarks.engine import draw_changes
from benchmarks.stacked import sweep_stacked
from benchmarks.sweep import SWEPT_LEAGUES, SWEPT_LINES, Swept, sweep
from tests.engine.scenarios import random_scenario
from tests.thoroughness import tried

SCENARIOS = 120


def same(swept: Swept, stacked: Swept) -> None:
    """What was issued and what is said of it is equal; amounts before rounding may be added in another order."""
    for ours, theirs, names in (
        (swept.lines, stacked.lines, SWEPT_LINES),
        (swept.leagues, stacked.leagues, SWEPT_LEAGUES),
    ):
        assert set(ours) == set(names)
        for name in names:
            if name in {"feasibility", "issued"}:
                np.testing.assert_array_equal(ours[name], theirs[name], err_msg=name)
            else:
                size = np.nanmax(np.abs(theirs[name]), initial=1.0)
                np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-9, atol=1e-12 * size, err_msg=name)


def some(rng: np.random.Generator, values: np.ndarray, part: float) -> np.ndarray:
    """The values where they are drawn, nothing elsewhere."""
    return np.where(rng.random(values.shape) < part, values, np.nan)


@pytest.mark.parametrize("seed", range(tried(5, 12)))
def test_whatever_a_sweep_changes_comes_out_as_it_does_alone(seed, baselines, suggestions):
    assumed = take_baseline(random_scenario(seed, baselines), baselines, suggestions)
    rng = np.random.default_rng(seed)
    lines, leagues = draw_changes(assumed, SCENARIOS, seed)
    wide, flat = leagues["growth"].shape, lines["target"].shape
    whole = rng.uniform(0, 30, wide)
    lines |= {
        "rule": rng.choice(list(RULES), flat),
        "reserve": rng.uniform(0, 20, flat),
        "margin": rng.uniform(0, 10, flat),
        "max_growth": some(rng, rng.uniform(1, 20, flat), 0.7),
        "difference": rng.uniform(-2, 2, flat) * (rng.random(flat) < 0.5),
        "growth": rng.normal(1, 2, flat),
    }
    leagues |= {
        "entered_floor": some(rng, whole / 2, 0.2),
        "entered_ceiling": some(rng, whole, 0.2),
        "entered_lock": some(rng, whole / 3, 0.1),
        "unit_value_growth": rng.uniform(-2, 3, wide),
        "herd_growth": rng.uniform(-2, 3, wide),
    }
    count = seed % (len(lines) + len(leagues)) + 1
    chosen = dict(list((lines | leagues).items())[-count:])
    parts = ({n: v for n, v in lines.items() if n in chosen}, {n: v for n, v in leagues.items() if n in chosen})
    same(sweep(assumed, 5, *parts), sweep_stacked(assumed, 5, *parts))
    same(sweep(assumed, 5, lines, leagues), sweep_stacked(assumed, 5, lines, leagues))


@pytest.mark.parametrize("rule", RULES)
def test_under_every_rule_the_same_is_handed_down(rule, baselines, suggestions, plan):
    lines, leagues = draw_changes(plan.assumed, SCENARIOS)
    changes = ({**lines, "rule": np.full(lines["target"].shape, rule)}, leagues)
    shares = plan.assumed.leagues["entered_share"].reshape(leagues["growth"].shape[1:])
    drawn = np.random.default_rng(1).uniform(0, 3, leagues["growth"].shape)
    leagues["entered_share"] = np.where(np.isnan(shares), np.nan, drawn)
    same(sweep(plan.assumed, 5, *changes), sweep_stacked(plan.assumed, 5, *changes))


def test_leagues_that_are_named_in_some_scenarios_only_take_no_share_in_the_others(plan):
    rng = np.random.default_rng(3)
    named = plan.assumed.leagues["named"].reshape(plan.assumed.shape)
    drawn = named & (rng.random((SCENARIOS, *named.shape)) < 0.7)
    swept = sweep(plan.assumed, 5, {}, {"named": drawn})
    same(swept, sweep_stacked(plan.assumed, 5, {}, {"named": drawn}))
    assert (swept.leagues["amount"][~drawn] == 0).all()


def test_how_many_scenarios_are_worked_out_at_a_time_changes_nothing(plan, monkeypatch):
    changes = draw_changes(plan.assumed, 7)
    whole = sweep(plan.assumed, 5, *changes)
    monkeypatch.setattr(sweeping, "BLOCK", 3)
    parts = sweep(plan.assumed, 5, *changes)
    for name in SWEPT_LEAGUES:
        np.testing.assert_array_equal(parts.leagues[name], whole.leagues[name])
