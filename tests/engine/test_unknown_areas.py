"""An area's code that there is not is told so in every part of a scenario, and never taken for a year."""

import pytest

from agriplan.analysis.entries import say_path
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import ScenarioError

OWN = {"value": 36.0, "source": "统计局"}
PARTS = {
    "growth.milk": 3.0,
    "baseline.milk_output": OWN,
    "baseline.mutton_unit_value": OWN,
    "actual.milk": {"2021": 37.0},
    "actual.mutton_unit_value": {"2021": 7.0},
    "allocation.milk.floor": 1.0,
    "allocation.milk.ceiling": 30.0,
    "allocation.milk.lock": 1.0,
    "allocation.milk.shares": 1.0,
    "limits_why.milk": "原料奶基地",
    "issued.targets.milk": 40.0,
}


@pytest.mark.parametrize("code", ["159999", "15050", "1599"])
@pytest.mark.parametrize("part", PARTS)
def test_a_code_of_no_area_is_not_there_and_is_no_year(part, code, baselines, suggestions):
    given = {code: PARTS[part]}
    for step in reversed(part.split(".")):
        given = {step: given}
    if "shares" in part:
        given["allocation"]["milk"]["rule"] = "by_shares"
    with pytest.raises(ScenarioError) as caught:
        make_plan(Scenario.model_validate(given), baselines, suggestions)
    (one,) = [problem for problem in caught.value.problems if problem.place == f"{part}.{code}"]
    assert one.code == "unknown_area"
    assert f"没有“{code}”这个地区" in one.text("zh")
    assert one.suggestion == ("150500" if code == "15050" and "mutton" not in part else None)
    assert say_path(one.place, baselines, "zh").endswith(code)
