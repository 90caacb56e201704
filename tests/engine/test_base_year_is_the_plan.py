"""As of the base year an evaluation is the plan: every likelihood and every growth needed is one figure."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.likelihood import by_history
from agriplan.analysis.outlook import EDGES, outlook_by_key
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.attainment import band_asked
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for

ROOT = Path(__file__).parents[2]
FOLDERS = {"shipped": ROOT / "baselines", "hexi": ROOT / "tests" / "plans" / "hexi"}


@cache
def data_of(folder):
    data = read_baselines(FOLDERS[folder])
    return data, suggestions_for(data)


@cache
def evaluation_of(folder, kind, year):
    """The evaluation, years after the base year, of a scenario of that kind."""
    data, suggestions = data_of(folder)
    plan = make_plan(scenario_of(folder, kind), data, suggestions)
    as_of = data.base_year + year
    return evaluate(plan, suggestions_as_of(data, suggestions, as_of), as_of)


def scenario_of(folder, kind):
    data, suggestions = data_of(folder)
    if kind == "default":
        return parse_scenario({})
    lines = make_plan(parse_scenario({}), data, suggestions).by_indicator
    ahead = {one.id: (lines[one.id]["baseline"], lines[one.id]["projection"]) for one in data.commitments}
    targets = {
        one.id: {
            # Between base-year value and projection; below both; the projection as it is printed.
            "a surplus": round((ahead[one.id][0] + ahead[one.id][1]) / 2, data.decimals(one)),
            "less than today": round(min(ahead[one.id]) * 0.99, data.decimals(one)),
        }.get(kind, round(ahead[one.id][1], data.decimals(one)))
        for one in data.commitments
    }
    growths = {one.id: {league.code: -3 for league in data.leagues[::3]} for one in data.commitments}
    return parse_scenario({"target": targets, **({"growth": growths} if kind == "entered" else {})})


KINDS = ("default", "a surplus", "less than today", "at the projection", "entered")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_as_of_the_base_year_likelihood_and_growth_needed_are_those_of_the_plan(folder, kind):
    found = evaluation_of(folder, kind, 0)
    for (indicator, code), row in found.by_key.items():
        own = found.issued.row_of(indicator, code)["needed_growth"]
        assert row["needed_growth"] == pytest.approx(own, rel=1e-9, abs=1e-12, nan_ok=True), (indicator, code)
        assert row["band"] == outlook_by_key(found.issued)[indicator, code]["band"], (indicator, code)


@pytest.mark.parametrize("year", [0, 2])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_target_that_is_the_projection_in_print_is_as_likely_as_the_projection_itself(folder, kind, year):
    found = evaluation_of(folder, kind, year)
    verdicts, outlook = {}, outlook_by_key(found.trend)
    for (indicator, code), row in found.by_key.items():
        ahead = outlook[indicator, code]
        if ahead["band"] and not ahead["entered"] and round(row["printed_gap"], 6) == 0 and row["printed_target"] > 0:
            itself = 0.0 if found.issued.by_indicator[indicator]["kind"] == "rate" else 1.0
            assert row["band"] == band_asked(itself, [ahead[edge] for edge in EDGES]), (indicator, code)
            if row["printed_current"] < row["printed_target"]:
                verdicts.setdefault((indicator, row["band"]), set()).add(row["verdict"])
    assert verdicts
    assert {key: found for key, found in verdicts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_target_that_is_not_above_the_base_year_value_in_print_needs_no_growth(folder, kind):
    plan = evaluation_of(folder, kind, 0).issued
    none = 0
    for commitment in plan.baselines.commitments:
        for code in plan.baselines.areas:
            row, shown = (tables.row_of(commitment.id, code) for tables in (plan, plan.printed))
            if not np.isnan(shown["baseline"]):
                assert (row["needed_growth"] == 0) == (shown["target"] <= shown["baseline"]), (commitment.id, code)
                none += row["needed_growth"] == 0
    assert none or kind not in {"less than today", "entered"}
    if kind == "less than today":
        for commitment in plan.baselines.commitments:
            assert by_history(plan, commitment, plan.baselines.region.code).code == "by_history_without_growth"


def test_by_history_a_target_of_the_region_is_as_likely_whatever_growth_is_entered():
    for indicator, code in [(one.id, one.leagues[0]) for one in data_of("shipped")[0].commitments]:
        asked = {"target": dict(scenario_of("shipped", "at the projection").target)}
        data, suggestions = data_of("shipped")
        plans = [
            make_plan(parse_scenario(asked | more), data, suggestions)
            for more in ({}, {"growth": {indicator: {code: 1.5}}})
        ]
        bands = {outlook_by_key(plan)[indicator, data.region.code]["band"] for plan in plans}
        assert bands == {"50-80 %"}, indicator
