"""Lists of changes stand in the order of the plan, not of the alphabet."""

from agriplan.analysis.comparison import compare
from agriplan.analysis.entries import order_of_entries
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.web.pages.effects import changes_of

ENTRIES = {
    "target": {"improved_breed_rate": 99.5, "milk": 990},
    "growth": {
        "forage_value": {"150500": 5},
        "milk": {"152900": 3, "150000": 4, "150100": 2},
        "improved_breed_rate": {"150100": 0.3, "152900": 0.4},
        "livestock_units": {"150100": 1, "152900": 2},
    },
    "baseline": {"milk_output": {"150500": {"value": 36, "source": "x"}}},
    "status_margin": 3,
}
IN_ORDER = [
    "growth.milk.150000",
    "growth.milk.150100",
    "growth.milk.152900",
    "baseline.milk_output.150500",
    "growth.forage_value.150500",
    "target.improved_breed_rate",
    "growth.improved_breed_rate.150100",
    "growth.improved_breed_rate.152900",
    "growth.livestock_units.150100",
    "growth.livestock_units.152900",
    "status_margin",
]


def test_changes_stand_by_indicator_and_what_it_rests_on_then_by_area_in_pages_and_comparisons(baselines, suggestions):
    scenario = parse_scenario(ENTRIES)
    assert [one.key for one in changes_of(scenario, baselines, "zh") if one.key != "target.milk"] == IN_ORDER
    plans = [make_plan(one, baselines, suggestions) for one in (parse_scenario({}), scenario)]
    paths = compare(plans).changes["path"].tolist()
    assert paths == sorted(paths, key=order_of_entries(baselines))
    assert [path for path in paths if path in IN_ORDER] == [
        path for path in IN_ORDER if path != "baseline.milk_output.150500"
    ]
