"""The recipes of CONTRIBUTING.md do what they say."""

import re
import textwrap
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from agriplan.baselines.folder import Baselines
from agriplan.engine import allocation
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Allocation, RuleName, Scenario

PAGE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
RULE = textwrap.dedent(re.search(r" +```python\n(.*?)\n +```", PAGE, re.DOTALL)[1])


def test_a_scenario_can_name_every_rule_and_no_other():
    assert get_args(RuleName) == tuple(allocation.RULES)


def test_a_new_rule_of_one_line_shares_the_gap(
    baselines: Baselines, suggestions: pd.DataFrame, plan: Plan, monkeypatch: pytest.MonkeyPatch
):
    words = dict(vars(allocation))
    exec(RULE, words)
    monkeypatch.setitem(allocation.RULES, "by_root", words["by_root"])
    asked = Scenario.model_construct(allocation={"milk": Allocation.model_construct(rule="by_root")})
    milk = make_plan(asked, baselines, suggestions).leagues_of("milk").query("named")
    assert milk["amount"].sum() == pytest.approx(plan.by_indicator["milk"]["to_place"])
    shares = milk["amount"] / np.sqrt(milk["baseline"])
    assert shares.max() == pytest.approx(shares.min())


def test_every_part_that_is_named_to_be_run_by_itself_is_there():
    named = re.search(r"pytest tests/engine +one part; also (.+)$", PAGE, re.MULTILINE)[1].split(", ")
    there = {path.name for path in (Path(__file__).parents[1]).iterdir() if list(path.glob("**/test_*.py"))}
    assert there <= {"engine", *named}
