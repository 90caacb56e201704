"""The monitoring board: how leagues stand by what they reported last, and who has not reported."""

import html
import re
from functools import cache

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.monitoring import monitor
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.formatting import print_number
from agriplan.report.plan_json import report
from agriplan.sentences import say
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
    assert row[1:3] == ["2022", "41.50 万吨"]
    assert row[3] == print_number(year.completion, 2)
    assert row[6] == print_number(year.needed_later, 2)
    league = board_of(client.get(f"/league/150500?draft={DRAFT}").text, "指标")["奶类产量"]
    assert league == row


def test_the_overview_shows_who_reported_and_names_who_did_not(client: FlaskClient) -> None:
    page = client.get(f"/?draft={DRAFT}").text
    board = page[page.index('id="board-title"') :]
    rows = {row[0] for row in tables_of(board)[0]}
    assert {"通辽市", "呼和浩特市"} <= rows
    assert "包头市" not in rows
    never = re.sub(r"<[^>]+>", "", re.search(r"没有填报过任何实际值的10个盟市：.*?</p>", board)[0])
    assert "包头市" in never
    assert "2022年未报的11个盟市" in board


def test_without_a_report_of_a_league_the_page_says_where_to_enter_one(client: FlaskClient) -> None:
    assert "本盟市还没有填报实际值" in client.get("/league/150500").text


GRADED = {
    "actual": {
        "milk": {"150500": {"2021": 37, "2022": 41.5}},
        "beef_cattle_value": {"150500": {"2022": 60}},
        "beef_output": {"152500": {"2021": 9}},
        "mutton_output": {"150500": {"2022": 13}},
        "forage_value": {"150100": {"2023": 40}},
        "improved_breed_rate": {"152200": {"2021": 95}},
    }
}


@pytest.mark.parametrize("entered", [{}, GRADED], ids=["default", "entered"])
def test_every_figure_of_a_board_has_its_grade_and_says_where_a_unit_value_was_carried_on(
    client: FlaskClient, baselines: Baselines, suggestions, entered: dict
) -> None:
    """The grades are those of the evaluation as of the figure's year."""
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    draft = pack(plan.scenario)
    overview = client.get(f"/?draft={draft}").text
    overview = overview[overview.index('id="board-title"') :]
    evaluated = cache(lambda year: evaluate(plan, suggestions_as_of(baselines, suggestions, year), year))
    figures, seen = 0, dict[str, str]()
    for one in monitor(plan):
        page = client.get(f"/indicator/{one.commitment.id}?draft={draft}").text
        board = page[page.index('id="board-title"') :].partition("</section>")[0]
        for code, last in one.by_area.items():
            figures += 1
            grade = evaluated(last.year).by_key[one.commitment.id, code]["grade"]
            name, actual = baselines.areas[code].name_zh, print_number(last.actual, baselines.decimals(one.commitment))
            own = entered.get("actual", {}).get(one.commitment.id, {})
            carried = one.commitment.unit_value is not None and code not in own
            pages = [board, overview]
            if code != baselines.region.code:
                league = seen[code] = seen.get(code) or client.get(f"/league/{code}?draft={draft}").text
                pages.append(league[league.index('id="board-title"') :].partition("</section>")[0])
            for shown in pages:
                rows = [row for row in re.findall(r"<tr>.*?</tr>", shown, re.DOTALL) if actual in row]
                row = next(row for row in rows if name in row or shown is pages[-1])
                cell = next(cell for cell in re.findall(r"<td.*?</td>", row, re.DOTALL) if actual in cell)
                assert f'class="grade grade-{grade}"' in cell, (name, one.commitment.id)
                assert ("单位产值沿用2020年" in cell) == carried, (name, one.commitment.id)
    assert figures >= (3 if not entered else 9)


PRICED = {"mutton_output": {"150500": {"2024": 9}}, "mutton_unit_value": {"150000": {"2023": 7.655}}}
MARKS = {
    "of the base year": ({"mutton_output": PRICED["mutton_output"]}, 0, "单位产值沿用2020年", "unit value of 2020"),
    "of an earlier year": (PRICED, 0, "单位产值沿用2023年", "unit value of 2023"),
    "grown": (PRICED, 1, "单位产值由2023年数按增长1%推算", "unit value of 2023 grown by 1 %"),
    "fallen": (PRICED, -1.5, "单位产值由2023年数按下降1.5%推算", "unit value of 2023 falling by 1.5 %"),
}


@pytest.mark.parametrize(("actual", "growth", "zh", "en"), MARKS.values(), ids=MARKS)
def test_the_mark_of_a_carried_unit_value_names_the_year_that_it_is_of(
    client: FlaskClient, actual: dict, growth: float, zh: str, en: str
) -> None:
    draft = pack(parse_scenario({"actual": actual, "unit_value_growth": {"meat_sheep_value": growth}}))
    for lang, mark in (("zh", zh), ("en", en)):
        for address in ("/league/150500", "/indicator/meat_sheep_value", "/"):
            assert f">{mark}</span>" in client.get(f"{address}?draft={draft}&lang={lang}").text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_growth_needed_from_here_has_its_unit_wherever_it_stands(client: FlaskClient, lang: str) -> None:
    units = {True: {"zh": "个百分点/年", "en": "percentage points a year"}, False: {"zh": "%/年", "en": "% a year"}}
    draft = pack(parse_scenario(GRADED))
    label = say("page.col.needed_later", lang)
    for indicator, code in (("milk", "150500"), ("improved_breed_rate", "152200"), ("beef_cattle_value", "152500")):
        unit = units[indicator == "improved_breed_rate"][lang]
        for address in (f"/indicator/{indicator}", f"/league/{code}"):
            page = client.get(f"{address}?draft={draft}&lang={lang}").text
            cells = re.findall(rf'<td class="num" data-label="{label}">(.*?)</td>', page, re.DOTALL)
            numbers = [cell for cell in cells if cell.strip() not in {"", "—"}]
            assert numbers
            assert all("unit-line" in cell for cell in numbers)
            assert any(unit in cell.replace("\u2060", "") for cell in numbers)
            heads = re.findall(rf'<th scope="row">{label}(.*?)</th>', page)
            assert heads
            assert all("unit-line" in head for head in heads)
            assert any(unit in head for head in heads)


def test_a_column_with_the_regions_figure_is_not_said_to_be_empty(client: FlaskClient) -> None:
    board = client.get("/").text
    board = board[board.index('id="board-title"') :]
    draft = pack(parse_scenario({"actual": {"milk": {"150000": {"2024": 800}, "150500": {"2022": 41}}}}))
    heads = [rows[0] for rows in tables_of(client.get(f"/?draft={draft}").text) if "地区" in rows[0]]
    assert "尚无填报" not in board
    assert heads
    shown = client.get(f"/?draft={draft}").text
    assert "最近年份2022" in shown
    assert "盟市均未填报" in shown


def test_the_evaluation_names_the_years_that_have_figures_and_leads_to_each(client: FlaskClient) -> None:
    page = client.get(f"/evaluation?draft={pack(parse_scenario(GRADED))}").text
    line = re.search(r'<p id="known-years".*?</p>', page, re.DOTALL)[0]
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', line)
    years = {said[:4]: (html.unescape(address), said) for address, said in links}
    assert set(years) == {"2021", "2022", "2023", "2024", "2025"}
    assert "奶类产量" in years["2021"][1]
    assert "饲草产值" in years["2023"][1]
    assert "饲草产值" not in years["2022"][1]
    there = client.get(years["2022"][0]).text
    assert "<h1>2022" in there or "2022年" in re.search(r"<h1>(.*?)</h1>", there)[1]
    assert 'aria-current="true"' in re.search(r'<p id="known-years".*?</p>', there, re.DOTALL)[0]
