"""The fields of the JSON are the columns of the data dictionary: nothing is lost on the way, nothing has two names."""

import json

import pytest

from agriplan.engine.columns import CRITERIA, LEAGUES, LINES, YEARS
from agriplan.engine.columns import TABLES as PRINTED
from agriplan.engine.history_columns import HINDSIGHT, OUTLOOK, PAST
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.dictionary_rows import EXACT
from agriplan.report.likelihood_schema import AsEntered, ByHistory, PastRunReport
from agriplan.report.plan_json import to_json
from agriplan.report.schema import (
    CriterionReport,
    CriterionShare,
    HindsightFigure,
    IndicatorReport,
    LeagueReport,
    YearReport,
)
from agriplan.report.tidy import tidy

# Columns that say which row this is: the place in the JSON says that, or the entry carries it as its id.
KEYS = {"indicator", "code", "criterion"}
TABLES = {
    "lines": (LINES, (IndicatorReport,)),
    "leagues": (LEAGUES, (LeagueReport,)),
    "years": (YEARS, (YearReport,)),
    "criteria": (CRITERIA, (CriterionReport, CriterionShare)),
    "past": (PAST, (PastRunReport,)),
    "hindsight": (HINDSIGHT, (HindsightFigure,)),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_declared_column_is_a_field_of_the_json(name):
    columns, models = TABLES[name]
    fields = {field for model in models for field in model.model_fields}
    assert {column.name for column in columns} - fields <= KEYS


@pytest.mark.parametrize("name", ["lines", "leagues"])
def test_a_number_of_the_json_is_a_declared_column(name):
    columns, (model,) = TABLES[name]
    declared = {column.name for column in (*columns, *PRINTED[f"printed_{name}"])}
    numbers = {field for field, info in model.model_fields.items() if info.annotation in (float, float | None)}
    assert numbers <= declared


def test_csv_and_json_tell_every_figure_under_one_name(baselines, suggestions):
    entered = {
        "target": {"milk": 980},
        "allocation": {"milk": {"lock": {"150400": 20}}, "improved_breed_rate": {"floor": {"152500": 0.4}}},
        "actual": {"milk": {"150500": {"2021": 40.1}}},
    }
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    found = {one["id"]: one for one in json.loads(to_json(plan))["indicators"]}
    region, last = baselines.region.code, str(baselines.target_year)
    rows = tidy(plan)
    rows = rows[rows["indicator"].isin(list(found)) & ~rows["measure"].str.contains(".", regex=False)].astype(object)
    names = {column.name for column in OUTLOOK} - {column.name for column in (*LINES, *LEAGUES)}
    for row in rows.where(rows.notna(), None).to_dict("records"):
        area, name = found[row["indicator"]], row["measure"]
        if row["area"] != region:
            area = next(one for one in area["leagues"] if one["code"] == row["area"])
        if row["year"] is not None:
            area = next(one for one in area["years"] if one["year"] == row["year"])
        if name in names:
            continue
        told = area.get(EXACT.get(name, name))
        told = told[last] if isinstance(told, dict) else told
        told = str(told).lower() if isinstance(told, bool) else told
        assert (row["text"] or row["value"]) == told or (row["value"] is told is None), row
        if row["printed"] is not None:
            assert row["printed"] == area["printed"][name], row


def test_the_commitment_in_force_and_the_one_in_the_source_have_names_of_their_own(baselines, suggestions):
    plan = make_plan(parse_scenario({"target": {"milk": 980}}), baselines, suggestions)
    milk = json.loads(to_json(plan))["indicators"][0]
    assert (milk["target"], milk["source_target"]) == (980, baselines.by_id["milk"].target)
    assert milk["years"][-1]["milestone"] == 980


def test_the_likelihood_of_the_json_has_the_names_of_the_data_dictionary():
    fields = {f"entered_{name}" if name == "band" else name for name in AsEntered.model_fields}
    fields |= set(ByHistory.model_fields)
    # Whether a growth was entered is whether there is a second statement; stretches are told run by run.
    elsewhere = {"entered", "stretches", "fast_stretches"}
    assert fields - {"zh", "en"} == {column.name for column in OUTLOOK} - KEYS - elsewhere


def test_herd_means_the_same_year_everywhere(plan):
    rate = next(one for one in json.loads(to_json(plan))["indicators"] if one["kind"] == "rate")
    rows = {row["code"]: row for row in plan.leagues_of(rate["id"]).to_dict("records")}
    for league in rate["leagues"]:
        assert league["herd"] == rows[league["code"]]["herd"]
        assert league["herd_base"] == rows[league["code"]]["herd_base"]
