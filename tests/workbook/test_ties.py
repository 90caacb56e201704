"""A tie of a printed figure is decided alike by the formulas and the engine, whatever noise a calculation leaves."""

from pathlib import Path

import numpy as np

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.agreement import compare_with_engine
from tests.workbook.evaluation import compiled
from tests.workbook.fewer_indicators import of_indicators

RATE = "improved_breed_rate"


def test_what_is_unallocated_of_a_rate_is_rounded_alike_where_it_ends_in_a_half():
    data = of_indicators(read_baselines(Path(__file__).parents[2] / "baselines"), {RATE})
    suggestions = suggestions_for(data)
    usual = compiled(make_plan(Scenario(), data, suggestions), data.region.code, "zh")
    ties = 0
    for base in (93.45, 88.2, 71.3, 64.01):
        for surplus in (0.025, 0.125, 0.375, 0.775):
            asked = {
                "baseline": {RATE: {league.code: {"value": base, "source": "年报"} for league in data.leagues}},
                "growth": {RATE: {league.code: 0.205 for league in data.leagues}},
                "target": {RATE: round(base + 1.025 - surplus, 2)},
                "path": {RATE: "linear"},
            }
            plan = make_plan(parse_scenario(asked), data, suggestions)
            years = plan.years[plan.years["code"] == data.region.code]
            ties += np.isclose(np.mod(years["unallocated"].abs() * 100, 1.0), 0.5).sum()
            found = compare_with_engine(plan, usual.book, usual.values(usual.typed_in(plan.scenario)))
            assert not found.differences, (base, surplus, found.differences[:5])
    assert ties > 30
