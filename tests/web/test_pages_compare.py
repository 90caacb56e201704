"""Scenarios held against a base: signed differences, who carries more and why, what did not move folded away."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.web.pages.draft import pack
from tests.web.reading import tables_of

ENTERED = {
    "growth": {"milk": {"150500": 8.0}},
    "allocation": {"milk": {"ceiling": {"150100": 30}}, "improved_breed_rate": {"rule": "equal_growth"}},
}
DRAFT = pack(parse_scenario(ENTERED))
ADDRESS = f"/compare?choose=default&choose=draft&compare=1&draft={DRAFT}"


def number(cell: str) -> float:
    return float(cell.split()[0].replace(",", ""))


def league_tables(page: str) -> list[list[list[str]]]:
    return [rows for rows in tables_of(page) if rows[0][:1] == ["盟市"]]


def test_differences_are_signed_and_their_reasons_add_up(client: FlaskClient) -> None:
    milk, rate = league_tables(client.get(ADDRESS).text)
    assert len(rate) > 1
    for row in [row for row in milk[1:] if row[4]]:
        assert number(row[2]) - number(row[1]) == pytest.approx(number(row[3]), abs=1e-9)
        parts = sum(float(one) for one in re.findall(r"[+-][\d.]+", row[4]))
        assert parts == pytest.approx(number(row[3]), abs=1e-9)


def test_what_moved_is_what_the_comparison_says(client: FlaskClient, baselines: Baselines, suggestions) -> None:
    plans = [make_plan(one, baselines, suggestions) for one in (Scenario(), parse_scenario(ENTERED))]
    rows = compare(plans).seen_to_move
    page = client.get(ADDRESS).text
    for commitment in baselines.commitments:
        moved = set(rows[(rows["indicator"] == commitment.id) & (rows["code"] != baselines.region.code)]["code"])
        assert (f'id="{commitment.id}-title"' in page) == bool(moved)
    milk, _ = league_tables(page)
    codes = set(rows[(rows["indicator"] == "milk") & (rows["code"] != baselines.region.code)]["code"])
    named = {area.name_zh for area in baselines.leagues if area.code in codes}
    assert {row[0] for row in milk[1:] if row[4]} == named


def test_a_chart_stands_only_beside_what_moved(client: FlaskClient) -> None:
    page = client.get(ADDRESS).text
    assert page.count('class="chart"') == 2
    assert "未变的 3 项指标" in page


def test_who_carries_more_and_who_less_is_said_first(client: FlaskClient) -> None:
    page = client.get(ADDRESS).text
    assert re.search(r"多承担：通辽市\s+\+", page)
    assert re.search(r"少承担：呼和浩特市\s+-31\.85", page)


def test_another_scenario_becomes_the_base_and_every_sign_turns(client: FlaskClient) -> None:
    page = client.get(ADDRESS).text
    turn = html.unescape(re.search(r'<a href="([^"]+)" aria-label="以“[^"]+作为基准', page)[1])
    there, back = (league_tables(one)[0] for one in (page, client.get(turn).text))
    differences = [{row[0]: number(row[3]) for row in rows[1:] if row[4]} for rows in (there, back)]
    assert differences[0] == {league: -value for league, value in differences[1].items()}


def test_the_form_keeps_the_base_and_the_order_is_changed_by_links(client: FlaskClient) -> None:
    third = client.get(ADDRESS + "&choose=default&base=draft").text
    assert re.search(r'name="base" value="draft"', third)
    first = re.search(r'<ol class="order">.*?<strong>([^<]+)', third, re.DOTALL)[1]
    assert "未保存的修改" in first


def test_two_that_are_alike_say_so(client: FlaskClient) -> None:
    same = pack(parse_scenario({"path": {"milk": "linear"}}))
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={same}").text
    assert "没有数字变化" in page
    assert 'class="chart"' not in page
