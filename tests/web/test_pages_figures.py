"""A page prints the figures of the plan, those of the JSON, to the last digit."""

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario
from agriplan.formatting import print_number
from agriplan.report.plan_json import report
from agriplan.web.state import NAME, Service
from tests.web.reading import rows_of, send

SCENARIOS = {
    "default": {},
    "faster": {"growth__milk__150500": "8"},
    "tight": {"allocation__milk__max_growth": "6", "allocation__forage_value__rule": "equal_growth"},
    "surplus": {"target__meat_sheep_value": "700"},
}


def printed(baselines: Baselines, indicator: str, value: float | None) -> str:
    return print_number(value, baselines.decimals(baselines.by_id[indicator]))


def service_of(client: FlaskClient) -> Service:
    return client.application.extensions[NAME]


def scenario_of(fields: dict[str, str]) -> Scenario:
    from agriplan.web.pages.form import lay_over

    return lay_over(Scenario(), {name.replace("__", "."): value for name, value in fields.items()})


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_league_page_prints_the_figures_of_the_json(client: FlaskClient, name: str) -> None:
    here = service_of(client)
    fields = SCENARIOS[name]
    whole = report(here.plan(scenario_of(fields)))
    for place, league in enumerate(here.baselines.leagues):
        rows = rows_of(send(client, f"/league/{league.code}", **fields).text)
        for one in whole.indicators:
            mine = one.leagues[place]
            assert mine.code == league.code
            shown = rows[f"row-{one.id}"]
            want = [
                printed(here.baselines, one.id, mine.baseline),
                print_number(mine.growth, 2),
                printed(here.baselines, one.id, mine.projection[str(here.baselines.target_year)]),
            ]
            assert shown[1:4] == want
            assert shown[6:8] == [printed(here.baselines, one.id, mine.target), print_number(mine.needed_growth, 2)]
            likelihood = mine.likelihood
            assert shown[8].startswith(likelihood.by_history.band or "—")
            assert ("按填报增速" in shown[8]) == (likelihood.as_entered is not None)
            if likelihood.as_entered:
                assert likelihood.as_entered.band in shown[8].partition("按填报增速")[2]
            assert shown[9] == mine.reason_zh


def test_the_overview_prints_the_figures_of_the_json(client: FlaskClient) -> None:
    here = service_of(client)
    rows = rows_of(client.get("/").text)
    for one in report(here.plan(Scenario())).indicators:
        shown = rows[f"row-{one.id}"]
        figures = (one.baseline, one.projection[str(here.baselines.target_year)], one.target)
        assert shown[2:5] == [printed(here.baselines, one.id, value) for value in figures]


def test_an_unfeasible_scenario_says_so_first(client: FlaskClient) -> None:
    page = send(client, "/indicator/milk", allocation__milk__max_growth="3").text
    assert "上限不足" in page
    assert page.index("上限不足") < page.index("<table")
