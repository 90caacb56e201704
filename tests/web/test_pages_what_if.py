"""What if one league falls short: asked by the address, answered without a script, under the scenario in view."""

import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.shortfall import fall_short
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_number
from agriplan.web.pages.draft import pack
from tests.thoroughness import FULL, by_turns
from tests.web.reading import field, send, tables_of


def takers(page: str) -> dict[str, list[str]]:
    (table,) = (rows for rows in tables_of(page) if rows[0][1:3] == ["到上限还有", "可补足"])
    return {row[0]: row[1:] for row in table[1:]}


def test_the_answer_says_what_the_region_comes_to_and_who_takes_it_up(client: FlaskClient) -> None:
    page = client.get("/indicator/milk?short=150100&done=90").text
    assert "呼和浩特市完成目标191.22万吨的90%，即172.10万吨，少19.12万吨；内蒙古自治区随之为980.88万吨。" in page
    found = takers(page)
    assert "呼和浩特市" not in found
    assert sum(float(row[1]) for row in found.values()) == pytest.approx(19.12)


def test_a_ceiling_that_stops_a_league_is_named(client: FlaskClient) -> None:
    draft = pack(parse_scenario({"allocation": {"milk": {"ceiling": {"150500": 20}}}}))
    row = takers(client.get(f"/indicator/milk?short=150100&done=50&draft={draft}").text)["通辽市"]
    assert row[4] == "填报的上限 · 已到上限"


def test_nothing_is_answered_before_it_is_asked(client: FlaskClient) -> None:
    page = client.get("/indicator/milk").text
    assert 'name="done"' in page
    assert "what-if-said" not in page


@pytest.mark.parametrize(
    ("part", "done", "told"),
    [
        # Of what was not reached before nobody says that it is so still.
        ({"reserve": 10}, 200, {"zh": ("32.25万吨由此补足", "由此能达到。"), "en": ("32.25 ", "is now reached.")}),
        (
            {"reserve": 10},
            100,
            {"zh": ("差32.25万吨，都是原来就没有分解的",), "en": ("32.25 ", "unallocated before.")},
        ),
        ({}, 100, {"zh": ("仍能达到。",), "en": ("is still reached.",)}),
        ({}, 150, {"zh": ("仍能达到。",), "en": ("is still reached.",)}),
    ],
)
def test_a_target_is_reached_still_or_only_now(client: FlaskClient, part: dict, done: int, told: dict) -> None:
    draft = pack(parse_scenario({"allocation": {"milk": part}}))
    for lang, words in told.items():
        query = {"short": "150100", "done": done, "draft": draft, "lang": lang}
        said = client.get("/indicator/milk", query_string=query).text.partition('id="what-if-said">')[2]
        for word in words:
            assert word in said.partition("</p>")[0]


@pytest.mark.parametrize(("reserve", "done"), [(0, 60), (50, 90), (50, 101)])
def test_points_of_the_region_are_never_taken_for_points_of_one_league(
    client: FlaskClient, baselines: Baselines, suggestions, reserve: int, done: int
) -> None:
    """A league's own points are those of its target; all others are the region's, and say so."""
    asked = parse_scenario({"allocation": {"improved_breed_rate": {"reserve": reserve}}})
    found = fall_short(make_plan(asked, baselines, suggestions), "improved_breed_rate", "150400", done)
    query = {"short": "150400", "done": done, "draft": pack(asked)}
    for lang, behind in (("zh", "个百分点（折合全区）"), ("en", " percentage points of the region")):
        page = client.get("/indicator/improved_breed_rate", query_string=query | {"lang": lang}).text
        said = page.partition('id="what-if-said">')[2].partition("</p>")[0]
        of_region = f"{abs(found.missing_of_region):.2f}{behind}"
        assert (of_region in said) == (reserve > 0), said
        assert (f"{found.left:.2f}{behind}" in said) == (found.left > 0)


@pytest.mark.parametrize("done", ["x", "-1", "300", "", "1e999"])
def test_a_question_that_cannot_be_answered_says_why(client: FlaskClient, done: str) -> None:
    answer = client.get("/indicator/milk", query_string={"short": "150100", "done": done})
    assert answer.status_code == 200
    assert "what-if-wrong" in answer.text
    assert "what-if-said" not in answer.text


def test_the_question_stands_while_assumptions_change(client: FlaskClient) -> None:
    page = send(client, "/indicator/milk", growth__milk__150500="8", short="150100", done="80").text
    assert field(page, "done") == "80"
    assert "what-if-said" in page
    assert 'data-address="/indicator/milk?draft=' in page
    assert "short=150100&amp;done=80" in page


def test_the_parts_of_every_share_stand_on_the_page(client: FlaskClient) -> None:
    page = send(client, "/indicator/milk", allocation__milk__ceiling__150100="30").text
    (table,) = (rows for rows in tables_of(page) if rows[0][:2] == ["盟市", "权重"])
    for row in table[1:]:
        by_rule, limits, spill, share = (float(cell) for cell in row[3:7])
        assert by_rule + limits + spill == pytest.approx(share, abs=1e-9)


SHORT = {one: {"max_growth": cap} for one, cap in (("milk", 6), ("forage_value", 1), ("improved_breed_rate", 0.01))}
SCENARIOS = {
    "default": {},
    "short": {"allocation": SHORT},
    "held back": {"allocation": {one: {"reserve": 20} for one in ("milk", "improved_breed_rate")}},
    "on top": {"allocation": {one: {"margin": 5} for one in ("milk", "forage_value", "improved_breed_rate")}},
    "surplus": {"target": {"milk": 500, "improved_breed_rate": 60}},
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("lang", "name"), by_turns(["zh", "en"], SCENARIOS))
def test_what_is_told_adds_up_and_what_was_missing_before_is_told_apart(
    client: FlaskClient, baselines: Baselines, suggestions, name: str, lang: str
) -> None:
    plan = make_plan(parse_scenario(SCENARIOS[name]), baselines, suggestions)
    turn = list(SCENARIOS).index(name)
    for number, indicator in enumerate(("milk", "forage_value", "improved_breed_rate")):
        decimals = baselines.decimals(baselines.by_id[indicator])
        printed = plan.printed.by_indicator[indicator]
        before = round(printed["unallocated"], decimals)
        every = (60, 100, 150)
        by_turn = every[::2] if number == 0 else [every[(turn + number) % 3]]
        for done in every if FULL else by_turn:
            query = {"short": "150500", "done": done, "draft": pack(plan.scenario), "lang": lang}
            page = client.get(f"/indicator/{indicator}", query_string=query).text
            said = re.search(r'<p class="why" id="what-if-said">(.*?)</p>', page, re.DOTALL)[1]
            assert not re.search(r"[-−]\d", said), said
            less, more = (word in said for word in {"zh": ("，少", "，多"), "en": (" less;", " more;")}[lang])
            assert (less, more) == (done < 100, done > 100)
            found = fall_short(plan, indicator, "150500", done)
            short, of_region = round(found.short_of, decimals), round(found.missing_of_region, decimals)
            assert short == pytest.approx(max(0.0, before + of_region), abs=1e-9)
            if short > 0:
                told = [print_number(abs(one), decimals) for one in (short, before, of_region)]
                assert told[0] in said
                assert (told[1] in said) or before == 0 or done == 100
                assert (told[2] in said) or done == 100 or before == 0
            assert ("what-if-said" in page and "到上限还有" in page) == (short > 0 and done < 100) or lang == "en"
