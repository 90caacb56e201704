"""A bar of the tornado ends where the input stands at the end that is printed beside it."""

import pytest

from agriplan.analysis.sensitivity import tornado
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario


@pytest.mark.parametrize("entered", [15, -3.5, 0])
def test_a_growth_entered_for_the_region_moves_neither_the_ends_nor_what_they_give(
    entered, plan, baselines, suggestions
):
    growth = {commitment.id: {baselines.region.code: entered} for commitment in baselines.commitments}
    other = make_plan(parse_scenario({"growth": growth}), baselines, suggestions)
    as_suggested, as_entered = (
        tornado(each).set_index(["indicator", "input"]).xs("growth", level="input") for each in (plan, other)
    )
    for commitment in baselines.commitments:
        first, second = as_suggested.loc[commitment.id], as_entered.loc[commitment.id]
        assert tuple(second[["from", "to"]]) == tuple(first[["from", "to"]])
        for end in ("from", "to"):
            at_end = {commitment.id: {baselines.region.code: float(first[end])}}
            there = make_plan(parse_scenario({"growth": at_end}), baselines, suggestions)
            reached = there.by_indicator[commitment.id]["projection"]
            assert second[{"from": "low", "to": "high"}[end]] == pytest.approx(reached, rel=1e-9)
