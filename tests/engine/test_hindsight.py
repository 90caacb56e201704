"""The look back: what came after the base year against the projection that was made from it."""

import pytest

from agriplan.analysis.hindsight import hindsight_notes, hindsights
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario


def test_milk_came_faster_than_projected_and_the_range_is_counted(plan):
    milk = plan.baselines.by_id["milk"]
    found = {one.year: one for one in hindsights(plan, milk)}
    assert {year: one.actual for year, one in found.items()} == {2021: 673.2, 2022: 733.8, 2023: 783.7}
    assert found[2022].projection == pytest.approx(611.5 * 1.0207**2, rel=1e-6)
    assert all(one.error < 0 for one in found.values())
    said = [note.text() for note in hindsight_notes(plan, milk)]
    inside = sum(one.inside for one in found.values())
    assert said[0] == f"奶类产量：2020年以后已知3个全区实际值，其中{inside}个落在当时预测的80%区间之内。"
    assert any("地方口径" in one and "不比较" in one for one in said)


def test_beef_of_2024_and_2025_is_looked_back_at(plan):
    found = {one.year: one.actual for one in hindsights(plan, plan.baselines.by_id["beef_cattle_value"])}
    assert found == {2024: pytest.approx(89.1 * 7.731), 2025: pytest.approx(101.7 * 7.731)}


def test_the_look_back_asks_history_whatever_was_entered(baselines, suggestions, plan):
    entered = make_plan(parse_scenario({"growth": {"milk": {"150000": 12}}}), baselines, suggestions)
    milk = baselines.by_id["milk"]
    assert hindsights(entered, milk) == hindsights(plan, milk)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_look_back_is_said_in_both_languages(plan, lang):
    for commitment in plan.baselines.commitments:
        for note in hindsight_notes(plan, commitment):
            assert "nan" not in note.text(lang)
