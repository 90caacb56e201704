"""The fields of the JSON are the columns of the data dictionary: nothing is lost on the way, nothing has two names."""

import pytest

from agriplan.engine.columns import CRITERIA, LEAGUES, LINES, PAST, YEARS
from agriplan.report.likelihood_schema import PastRunReport
from agriplan.report.schema import (
    CriterionReport,
    CriterionShare,
    IndicatorReport,
    LeagueReport,
    YearReport,
)

# Columns that say which row this is: the place in the JSON says that, or the entry carries it as its id.
KEYS = {"indicator", "code"}
# The two figures that the documented shape of the JSON calls otherwise.
CALLED = {"difference_target": "statistical_difference", "criterion": "id"}
TABLES = {
    "lines": (LINES, (IndicatorReport,)),
    "leagues": (LEAGUES, (LeagueReport,)),
    "years": (YEARS, (YearReport,)),
    "criteria": (CRITERIA, (CriterionReport, CriterionShare)),
    "past": (PAST, (PastRunReport,)),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_declared_column_is_a_field_of_the_json(name):
    columns, models = TABLES[name]
    fields = {field for model in models for field in model.model_fields}
    wanted = {CALLED.get(column.name, column.name) if column.name not in fields else column.name for column in columns}
    assert wanted - fields <= KEYS


@pytest.mark.parametrize("name", ["lines", "leagues"])
def test_a_number_of_the_json_is_a_declared_column(name):
    columns, (model,) = TABLES[name]
    declared = {column.name for column in columns} | set(CALLED.values())
    numbers = {field for field, info in model.model_fields.items() if info.annotation in (float, float | None)}
    assert numbers - {"unallocated"} <= declared


def test_herd_means_the_same_year_everywhere(plan):
    import json

    from agriplan.report.plan_json import to_json

    rate = next(one for one in json.loads(to_json(plan))["indicators"] if one["kind"] == "rate")
    rows = {row["code"]: row for row in plan.leagues_of(rate["id"]).to_dict("records")}
    for league in rate["leagues"]:
        assert league["herd"] == rows[league["code"]]["herd"]
        assert league["herd_base"] == rows[league["code"]]["herd_base"]
