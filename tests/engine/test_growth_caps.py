"""Where the ceilings cannot hold what is to be placed, the smallest growth cap that would do is named."""

import numpy as np
import pytest
from engine.scenarios import random_scenario

from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Allocation, Scenario, parse_scenario
from tests.thoroughness import tried


def with_cap(scenario: Scenario, indicator: str, cap: object) -> Scenario:
    allocation = scenario.allocation.get(indicator, Allocation()).model_dump(exclude_defaults=True)
    data = scenario.model_dump(exclude_defaults=True)
    return parse_scenario(
        data | {"allocation": data.get("allocation", {}) | {indicator: allocation | {"max_growth": cap}}}
    )


# Scenarios in which no cap is wide enough for some indicator.
HOPELESS = (19, 20)


def test_the_named_cap_holds_everything_and_a_hundredth_less_does_not(baselines, suggestions):
    """Random scenarios under a cap that is too low: every rule, kind and limit."""
    named, hopeless = 0, 0
    for seed in (*range(tried(6, 60)), *HOPELESS):
        scenario = random_scenario(seed, baselines)
        for commitment in baselines.commitments:
            tight = with_cap(scenario, commitment.id, 0.05 if commitment.is_rate else 1.0)
            line = make_plan(tight, baselines, suggestions).by_indicator[commitment.id]
            if line["feasibility"] != "ceilings_short":
                assert np.isnan(line["least_max_growth"])
                continue
            cap = float(line["least_max_growth"])
            if np.isnan(cap):
                free = make_plan(with_cap(scenario, commitment.id, "none"), baselines, suggestions)
                assert free.by_indicator[commitment.id]["feasibility"] == "ceilings_short"
                hopeless += 1
                continue
            enough, short = (
                make_plan(with_cap(scenario, commitment.id, one), baselines, suggestions).by_indicator[commitment.id]
                for one in (cap, round(cap - 0.01, 2))
            )
            assert enough["feasibility"] == "enough", (seed, commitment.id, cap)
            assert short["feasibility"] == "ceilings_short", (seed, commitment.id, cap)
            named += 1
    assert named > 20
    assert hopeless > 0


@pytest.mark.parametrize(
    ("entered", "code", "words"),
    [
        ({"max_growth": 5}, "least_cap", "10.37%"),
        ({"max_growth": 5, "ceiling": dict.fromkeys(("150100", "150500"), 1)}, "least_cap", "%"),
    ],
)
def test_the_cap_is_said_beside_the_ceilings_that_are_short(entered, code, words, baselines, suggestions):
    plan = make_plan(parse_scenario({"allocation": {"milk": entered}}), baselines, suggestions)
    (note,) = [note for note in take_notes(plan) if note.indicator == "milk" and note.code == code]
    assert words in note.text("zh")


def test_that_no_cap_is_enough_is_said(baselines, suggestions):
    ceilings = dict.fromkeys(baselines.by_id["milk"].leagues, 1)
    entered = {"allocation": {"milk": {"ceiling": ceilings}}}
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    assert "no_cap_is_enough" in {note.code for note in take_notes(plan) if note.indicator == "milk"}
