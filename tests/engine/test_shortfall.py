"""What if one league falls short: what the region comes to, and who could take it up before which ceiling."""

import pytest
from engine.scenarios import plan_of, random_scenario

from agriplan.analysis.shortfall import fall_short
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import make_plan
from tests.thoroughness import FULL, tried


def taker(found, code):
    return found.takers[found.takers["code"] == code].iloc[0]


def test_what_one_league_leaves_the_others_take_by_the_same_rule(plan):
    found = fall_short(plan, "milk", "150100", 90)
    assert (found.delivered, found.missing) == (172.10, 19.12)
    assert (found.region, found.short_of, found.left) == (980.88, 19.12, 0.0)
    assert "150100" not in set(found.takers["code"])
    assert found.takers["takes"].sum() == pytest.approx(19.12)
    weights = plan.leagues_of("milk").set_index("code")["weight"]
    part = weights["150500"] / (weights.sum() - weights["150100"])
    assert taker(found, "150500")["takes"] == pytest.approx(19.12 * part, abs=0.011)


def test_nobody_takes_more_than_its_ceiling_and_the_ceiling_is_named(baselines, suggestions):
    plan = plan_of(
        {"allocation": {"milk": {"ceiling": {"150500": 20}, "lock": {"150400": 20}}}}, baselines, suggestions
    )
    found = fall_short(plan, "milk", "150100", 50)
    capped, locked = taker(found, "150500"), taker(found, "150400")
    assert capped["takes"] <= capped["room"]
    assert (capped["at_ceiling"], capped["bound_by"]) == (True, "entered")
    assert (locked["takes"], locked["bound_by"]) == (0.0, "lock")
    assert found.takers["takes"].sum() + found.left == pytest.approx(found.missing)


def test_what_no_ceiling_holds_is_left_and_said(plan):
    found = fall_short(plan, "forage_value", "150500", 90)
    assert found.takers["takes"].tolist() == [0.0] * len(found.takers)
    assert found.left == pytest.approx(found.missing)
    assert found.region == pytest.approx(plan.printed.by_indicator["forage_value"]["reached"] - found.missing)


def test_a_surplus_is_used_before_anybody_takes_more(plan):
    found = fall_short(plan, "beef_cattle_value", "150500", 99)
    assert found.missing > 0
    assert found.short_of == 0.0
    assert (found.takers["takes"] == 0).all()
    assert found.left == 0.0


def test_a_rate_falls_by_the_herd_that_stands_behind_it(plan):
    found = fall_short(plan, "improved_breed_rate", "150500", 98)
    assert 0 < found.missing_of_region < found.missing
    herd = plan.leagues_of("improved_breed_rate").set_index("code")["herd"]
    before = plan.leagues_of("improved_breed_rate").set_index("code")["target"]
    after = before.copy()
    after["150500"] -= found.missing
    after += found.takers.set_index("code")["takes"].reindex(after.index).fillna(0)
    assert (after * herd).sum() == pytest.approx((before * herd).sum(), rel=2e-4)


def test_printed_figures_add_up_whoever_falls_short(baselines, suggestions):
    for seed in range(tried(4, 12)):
        plan = make_plan(random_scenario(seed, baselines), baselines, suggestions)
        for commitment in baselines.commitments:
            for code in commitment.leagues[:3]:
                found = fall_short(plan, commitment.id, code, 85)
                assert (found.takers["takes"] >= 0).all()
                assert (found.takers["takes"] <= found.takers["room"].fillna(1e9) + 1e-9).all()
                if not commitment.is_rate:
                    taken = found.takers["takes"].sum() + found.left
                    assert taken == pytest.approx(min(found.missing, found.short_of), abs=1e-6)


def test_more_than_the_target_leaves_nothing_to_take(plan):
    found = fall_short(plan, "milk", "150100", 110)
    assert found.missing < 0
    assert found.region > 1000
    assert (found.short_of, found.left, found.takers["takes"].sum()) == (0.0, 0.0, 0.0)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("rule", [*RULES])
def test_nobody_takes_more_than_is_printed_as_room_nor_less_where_it_ends_at_its_ceiling(baselines, suggestions, rule):
    entered = {
        "allocation": {
            each.id: {"rule": rule, "shares": dict.fromkeys(each.leagues, 1)} for each in baselines.commitments
        }
    }
    plan = plan_of(entered, baselines, suggestions)
    full = 0
    for commitment in baselines.commitments:
        least = 10.0 ** -baselines.decimals(commitment)
        for number, code in enumerate(commitment.leagues):
            for done in (0, 60) if FULL else ((0, 60)[number % 2],):
                found = fall_short(plan, commitment.id, code, done)
                takers = found.takers.dropna(subset="room")
                assert (takers["takes"] <= takers["room"] + 1e-9).all(), (commitment.id, code, done)
                at_ceiling = takers[takers["at_ceiling"] & (takers["takes"] > 0)]
                # Who is printed as full has no room left, but for what the total leaves of its last unit.
                assert (at_ceiling["room"] - at_ceiling["takes"] < least * 1.5).all(), (commitment.id, code, done)
                full += len(at_ceiling)
                if not commitment.is_rate:
                    total = found.takers["takes"].sum() + found.left
                    assert total == pytest.approx(min(found.missing, found.short_of), abs=1e-6)
    assert full
