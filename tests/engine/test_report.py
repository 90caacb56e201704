"""`agriplan plan --json`: the shape that other programs count on, and figures that they can check."""

import json

import pytest

from agriplan.analysis.sensitivity import MOVES
from agriplan.engine.columns import TABLES
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.plan_json import report, to_json

NUMBER, WORD, FLAG, MAYBE, YEARS = (float, int), str, bool, (float, int, type(None)), dict
PLAN = {"fingerprint": WORD, "scenario": dict, "base_year": int, "target_year": int, "indicators": list}
INDICATOR = {
    **dict.fromkeys(("id", "kind", "unit", "rule", "feasibility", "grade"), WORD),
    **dict.fromkeys(("target", "baseline", "growth", "gap", "surplus", "to_place", "placed", "residual"), NUMBER),
    **dict.fromkeys(("reachable", "level", "held_back", "on_top", "statistical_difference"), NUMBER),
    **dict.fromkeys(("reached", "unallocated"), NUMBER),
    "printed": dict,
    "years": list,
    "feasible": FLAG,
    "projection": YEARS,
    "likelihood": dict,
    "league_grades": dict,
    "leagues": list,
}
LEAGUE = {
    **dict.fromkeys(("code", "name", "grade", "tier", "reason"), WORD),
    **dict.fromkeys(("baseline", "growth", "weight", "offset", "floor", "ceiling", "amount", "target"), NUMBER),
    **dict.fromkeys(("herd", "issued", "needed_growth"), MAYBE),
    "named": FLAG,
    "projection": YEARS,
    "milestones": YEARS,
    "printed": dict,
    "years": list,
}
BANDS = {"<5 %", "5-20 %", "20-50 %", "50-80 %", "80-95 %", ">95 %"}
SCENARIO = {
    "growth": {"milk": {"150000": 3.0, "150500": 8.0}},
    "allocation": {
        "milk": {"rule": "by_headroom", "reserve": 10, "margin": 5, "lock": {"150400": 20}},
        "forage_value": {"rule": "equal_slack", "ceiling": {"150500": 30}},
        "improved_breed_rate": {"rule": "equal_growth", "floor": {"152500": 0.4}, "reserve": 20, "margin": 3},
    },
}


@pytest.fixture(scope="module", params=[{}, SCENARIO], ids=["default", "changed"])
def data(request, baselines, suggestions):
    return json.loads(to_json(make_plan(parse_scenario(request.param), baselines, suggestions)))


def has(entry, shape):
    for name, sort in shape.items():
        assert isinstance(entry[name], sort), (name, entry[name])
        assert isinstance(entry[name], bool) == (sort is bool), name


def test_the_shape_that_other_programs_count_on_stands(data):
    has(data, PLAN)
    years = [str(year) for year in range(data["base_year"] + 1, data["target_year"] + 1)]
    for indicator in data["indicators"]:
        has(indicator, INDICATOR)
        assert indicator["likelihood"]["by_history"]["band"] in BANDS
        assert indicator["feasibility"] in {"enough", "ceilings_short", "floors_exceed"}
        assert indicator["feasible"] == (indicator["feasibility"] == "enough")
        assert sum(indicator["league_grades"].values()) == pytest.approx(1)
        for league in indicator["leagues"]:
            has(league, LEAGUE)
        for paths in (indicator["projection"], *(one["projection"] for one in indicator["leagues"])):
            assert list(paths) == years


def test_null_stands_where_a_figure_has_no_meaning(data):
    for indicator in data["indicators"]:
        is_rate = indicator["kind"] == "rate"
        for league in indicator["leagues"]:
            assert (league["herd"] is not None) == is_rate
            assert (league["issued"] is None) == is_rate


def test_anyone_can_check_from_the_json_alone_that_targets_add_up(data):
    for one in data["indicators"]:
        sizes = [1.0 if league["herd"] is None else league["herd"] / 100 for league in one["leagues"]]
        size = sum(sizes) if one["kind"] == "rate" else 1.0
        reached = sum(league["target"] * each for league, each in zip(one["leagues"], sizes, strict=True))
        total = reached + one["statistical_difference"] + one["held_back"] - one["on_top"] + one["residual"]
        last = one["projection"][str(data["target_year"])]
        assert total / size == pytest.approx(one["target"] if one["gap"] > 0 else last, rel=1e-9)


def test_anyone_can_solve_the_allocation_again_from_the_json_alone(data):
    """By halving the level: slow, and nothing like the solver."""
    for one in data["indicators"]:
        leagues = [league for league in one["leagues"] if league["named"]]

        def amounts(level, leagues=leagues):
            return [
                min(each["ceiling"], max(each["floor"], level * each["weight"] - each["offset"])) for each in leagues
            ]

        low, high = -1e6, 1e6
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(amounts(middle)) < one["placed"] else (low, middle)
        assert [each["amount"] for each in leagues] == pytest.approx(amounts(high), rel=1e-6, abs=1e-6)


def with_input_at(indicator, name, end, commitment):
    """The scenario in which that input has that value, in a planner's own words."""
    if name == "growth":
        return {"growth": {indicator: {"150000": end}}}
    if name == "unit_value_growth":
        return {"unit_value_growth": {indicator: end}}
    return {"growth": {commitment.herd: {"150000": end}}}


def test_inputs_that_matter_lead_where_a_plan_with_that_input_leads(plan, baselines, suggestions):
    seen = set()
    for indicator in report(plan).indicators:
        commitment = baselines.by_id[indicator.id]
        for one in (one for one in indicator.inputs if one.input in {"growth", "unit_value_growth", "herd_growth"}):
            seen.add(one.input)
            for end, projected in ((one.low, one.projection_at_low), (one.high, one.projection_at_high)):
                scenario = parse_scenario(with_input_at(indicator.id, one.input, end, commitment))
                line = make_plan(scenario, baselines, suggestions).by_indicator[indicator.id]
                assert projected == pytest.approx(line["projection"], rel=1e-9), (indicator.id, one.input)
    assert {"growth", "unit_value_growth"} <= seen <= set(MOVES)


def test_an_error_of_the_baseline_moves_the_projection_by_the_same_part(plan):
    milk = next(one for one in report(plan).indicators if one.id == "milk")
    baseline = next(one for one in milk.inputs if one.input == "baseline")
    last = milk.projection["2025"]
    assert baseline.low == -baseline.high == pytest.approx(-100 * milk.relative_error)
    assert baseline.projection_at_high == pytest.approx(last * (1 + baseline.high / 100))
    assert baseline.projection_at_low == pytest.approx(last * (1 + baseline.low / 100))


def test_the_input_that_matters_most_comes_first(plan):
    for indicator in report(plan).indicators:
        swings = [one.swing for one in indicator.inputs]
        assert swings
        assert swings == sorted(swings, reverse=True)
        assert all(one.swing == abs(one.projection_at_high - one.projection_at_low) for one in indicator.inputs)


def test_json_carries_every_printed_figure_and_every_column_of_the_years(data, baselines):
    shown = {name: {column.name for column in TABLES[name]} - {"indicator", "code", "year"} for name in TABLES}
    years = list(baselines.years)
    for indicator in data["indicators"]:
        assert set(indicator["printed"]) == shown["printed_lines"]
        for one in (indicator, *indicator["leagues"]):
            assert [year["year"] for year in one["years"]] == years
            for year in one["years"]:
                assert shown["years"] | {"year", "status_zh", "printed"} == set(year)
                assert set(year["printed"]) == shown["printed_years"]
        for league in indicator["leagues"]:
            assert set(league["printed"]) == shown["printed_leagues"]


def test_the_region_is_measured_against_its_commitment(baselines, suggestions):
    codes = baselines.by_id["milk"].leagues
    capped = make_plan(parse_scenario({"allocation": {"milk": {"max_growth": 5}}}), baselines, suggestions)
    ends = capped.leagues_of("milk").set_index("code")["target"]
    year = str(baselines.target_year)
    actual = {code: {year: float(f"{ends[code]:.15g}")} for code in ends.index}
    scenario = {"allocation": {"milk": {"max_growth": 5}}, "actual": {"milk": actual}}
    milk = json.loads(to_json(make_plan(parse_scenario(scenario), baselines, suggestions)))["indicators"][0]
    last = milk["years"][-1]
    assert last["actual"] == pytest.approx(milk["reached"])
    assert last["milestone"] == pytest.approx(1000)
    assert last["completion"] == pytest.approx(milk["reached"] / 10)
    assert last["completion"] < 80
    assert last["status"] == "missed"
    assert last["unallocated"] == pytest.approx(milk["unallocated"])
    assert milk["unallocated"] == pytest.approx(1000 - milk["reached"])
    # A league that is exactly at its printed target, or above it, has done its part.
    leagues = {league["code"]: league for league in milk["leagues"]}
    printed = {code: {year: leagues[code]["printed"]["target"]} for code in codes}
    done = json.loads(
        to_json(make_plan(parse_scenario(scenario | {"actual": {"milk": printed}}), baselines, suggestions))
    )
    assert {league["years"][-1]["status"] for league in done["indicators"][0]["leagues"] if league["named"]} == {"done"}
