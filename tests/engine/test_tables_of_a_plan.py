"""The tables of a plan are columns of the declared sorts; as data frames they are made for whoever asks."""

import numpy as np
import pandas as pd
import pytest

from agriplan.engine.columns import TABLES
from agriplan.engine.plan import make_plan
from agriplan.engine.tables import check_table
from tests.engine.scenarios import random_scenario

# Columns as each sort is read out of a data frame.
READ_AS = {"number": "number", "whole": "number", "text": "str", "flag": "bool"}


def test_planning_makes_no_data_frame(monkeypatch, baselines, suggestions):
    def refuse(*_args, **_kwargs):
        raise AssertionError

    scenario = random_scenario(2, baselines)
    monkeypatch.setattr(pd.DataFrame, "__init__", refuse)
    plan = make_plan(scenario, baselines, suggestions)
    row = plan.printed.league_row("milk", "150500")
    assert row["target"] == pytest.approx(row["projection"] + row["amount"])


def test_every_data_frame_has_the_declared_columns_of_the_declared_sorts(baselines, suggestions):
    plan = make_plan(random_scenario(2, baselines), baselines, suggestions)
    tables = {name: getattr(plan, name) for name in ("lines", "leagues", "years", "criteria")}
    tables |= {f"printed_{name}": getattr(plan.printed, name) for name in ("lines", "leagues", "years")}
    for name, table in tables.items():
        assert list(table) == [column.name for column in TABLES[name]]
        for sort, kind in READ_AS.items():
            declared = [column.name for column in TABLES[name] if column.sort == sort]
            assert list(table[declared].select_dtypes(kind)) == declared, (name, sort)


@pytest.mark.parametrize(("column", "values"), [("target", ["58.7"]), ("named", [1.0]), ("code", [150500])])
def test_a_table_with_a_column_of_another_sort_is_refused(plan, column, values):
    leagues = {name: column[:1] for name, column in plan.columns["leagues"].items()}
    assert check_table("leagues", leagues)
    with pytest.raises(TypeError, match=column):
        check_table("leagues", leagues | {column: np.array(values)})


def test_a_table_that_lacks_a_column_or_has_another_is_refused(plan):
    leagues = dict(plan.columns["leagues"])
    with pytest.raises(LookupError, match="milking"):
        check_table("leagues", leagues | {"milking": leagues["target"]})
    leagues.pop("target")
    with pytest.raises(LookupError, match="target"):
        check_table("leagues", leagues)


def test_what_is_done_to_a_data_frame_changes_no_plan(baselines, suggestions):
    plan = make_plan(random_scenario(2, baselines), baselines, suggestions)
    before = plan.league_row("milk", "150500")["target"]
    plan.leagues["target"] += 1.0
    assert plan.league_row("milk", "150500")["target"] == before
    with pytest.raises(ValueError, match="read-only"):
        plan.columns["leagues"]["target"][0] = 1.0
