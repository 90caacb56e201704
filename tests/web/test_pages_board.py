"""The monitoring board: how leagues stand by what they reported last, and who has not reported."""

import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.monitoring import monitor
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_number
from agriplan.report.plan_json import report
from agriplan.web.pages.draft import pack
from tests.web.reading import tables_of

ENTERED = {"actual": {"milk": {"150500": {"2021": 37, "2022": 41.5}, "150100": {"2021": 120}}}}
DRAFT = pack(parse_scenario(ENTERED))


@pytest.fixture(scope="module")
def reporting(baselines: Baselines, suggestions) -> Plan:
    return make_plan(parse_scenario(ENTERED), baselines, suggestions)


def board_of(page: str, name: str) -> dict[str, list[str]]:
    table = next(rows for rows in tables_of(page) if rows[0][0] == name and "最近填报年份" in rows[0])
    return {row[0]: row[1:] for row in table[1:]}


def test_a_league_stands_by_the_last_year_that_it_reported(reporting: Plan) -> None:
    milk = next(one for one in monitor(reporting) if one.commitment.id == "milk")
    assert (milk.by_area["150500"].year, milk.by_area["150500"].actual) == (2022, 41.5)
    assert (milk.by_area["150100"].year, milk.latest) == (2021, 2022)
    assert "150100" in milk.silent
    assert "150500" not in milk.silent
    assert len(milk.silent) == 11


def test_a_league_without_a_figure_is_not_asked_for_one(reporting: Plan) -> None:
    for one in monitor(reporting):
        known = reporting.leagues_of(one.commitment.id).dropna(subset=["baseline"])["code"]
        assert set(one.silent) <= set(known)


def test_the_board_prints_the_figures_of_the_json(client: FlaskClient, reporting: Plan) -> None:
    milk = next(one for one in report(reporting).indicators if one.id == "milk")
    mine = next(one for one in milk.leagues if one.code == "150500")
    year = next(one for one in mine.years if one.year == 2022)
    row = board_of(client.get(f"/indicator/milk?draft={DRAFT}").text, "地区")["通辽市"]
    assert row[0].lstrip("● ") == "滞后"
    assert row[1:3] == ["2022", "41.50"]
    assert row[3] == print_number(year.completion, 1)
    assert row[6] == print_number(year.needed_later, 2)
    league = board_of(client.get(f"/league/150500?draft={DRAFT}").text, "指标")["奶类产量"]
    assert league == row


def test_the_overview_shows_who_reported_and_names_who_did_not(client: FlaskClient) -> None:
    page = client.get(f"/?draft={DRAFT}").text
    board = page[page.index('id="board-title"') :]
    rows = {row[0] for row in tables_of(board)[0]}
    assert {"通辽市", "呼和浩特市"} <= rows
    assert "包头市" not in rows
    never = re.sub(r"<[^>]+>", "", re.search(r"没有填报过任何实际值的 10 个盟市：.*?</p>", board)[0])
    assert "包头市" in never
    assert "2022 年未报的 11 个盟市" in board


def test_without_a_report_of_a_league_the_page_says_where_to_enter_one(client: FlaskClient) -> None:
    assert "本盟市还没有填报实际值" in client.get("/league/150500").text
