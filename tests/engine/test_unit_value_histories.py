"""Where a unit value has a history, each year suggests another growth of it, and what is laid from there follows."""

from dataclasses import replace

import pytest

from agriplan.analysis.balances_as_of import balances_as_of, fodder_as_of
from agriplan.analysis.evaluation import evaluate
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for
from tests.engine.printed_sums import printed_holds
from tests.engine.unit_value_histories import with_unit_value_histories
from tests.thoroughness import tried


@pytest.mark.parametrize("seed", range(tried(4, 24)))
def test_a_league_past_its_target_keeps_it_however_the_unit_value_has_grown_since(seed, baselines: Baselines):
    values = tuple(one for one in baselines.commitments if one.unit_value)
    data = replace(with_unit_value_histories(baselines, seed), commitments=values)
    suggestions, year = suggestions_for(data), data.base_year + 1 + seed % 4
    actual = {
        one.id: {code: {str(year): {"value": 900, "source": "x", "price_year": data.base_year}}}
        for at, one in enumerate(values)
        if (code := one.leagues[(seed + at) % len(one.leagues)])
    }
    entered = {values[0].id: 1.5} if seed % 4 == 3 else {}
    asked = parse_scenario({"actual": actual, "unit_value_growth": entered})
    issued = make_plan(asked, data, suggestions)
    found = evaluate(issued, suggestions_as_of(data, suggestions, year), year)
    assert found.plan
    printed_holds(found.plan)
    moved = set()
    for one in values:
        (code,), region = actual[one.id], found.region(one.id)
        row = found.by_key[one.id, code]
        assert row["passed"]
        assert row["new_target"] == pytest.approx(row["printed_target"])
        assert row["printed_new_target"] == row["printed_target"]
        assert region["kept"] == pytest.approx(row["projection"] - row["printed_target"])
        assert region["to_share"] == pytest.approx(region["gap"] + region["kept"])
        of_unit_value = found.rebased.assumed.of_line(one.id, "unit_value_growth")
        moved.add(of_unit_value != issued.by_indicator[one.id]["unit_value_growth"])
    assert True in moved


def test_what_a_target_takes_as_of_a_year_counts_the_unit_value_that_is_projected_from_there(baselines: Baselines):
    data = with_unit_value_histories(baselines, 1)
    suggestions, year = suggestions_for(data), data.base_year + 1
    issued = make_plan(parse_scenario({}), data, suggestions)
    found = evaluate(issued, suggestions_as_of(data, suggestions, year), year)
    for one in (one for one in data.commitments if one.unit_value):
        row, region = found.region(one.id), data.region.code
        # So much of the quantity is worth the target as the projection's quantity is worth the projection.
        line = found.trend.by_indicator[one.id] if found.trend else {}
        quantity = row["current"] / row["unit_value"] * (1 + line["growth"] / 100) ** found.years_left
        for balance in balances_as_of(found, one.id, region):
            asked = balance.figures.target_quantity / quantity
            assert asked == pytest.approx(row["printed_target"] / row["projection"])


@pytest.mark.parametrize("reported", [{}, {"150500": {"2021": 1200}}])
def test_what_a_herd_eats_by_the_target_year_follows_its_growth_as_it_is_suggested_as_of_the_year(
    baselines: Baselines, suggestions, reported: dict
):
    later = suggestions_as_of(baselines, suggestions, 2022).copy()
    later.loc[later["indicator"] == "livestock_units", "growth"] = 5.0
    asked = {"growth": {}, "actual": {"livestock_units": reported} if reported else {}}
    found = evaluate(make_plan(parse_scenario(asked), baselines, suggestions), later, 2022)
    fodder = fodder_as_of(found, "forage_value", "150500")
    assert fodder
    assert fodder.figures.needed_target == pytest.approx(fodder.figures.needed * 1.05**3)
