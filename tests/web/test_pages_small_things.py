"""Small things that a person looks for: the source behind a grade, what a word means, one place to enter a limit."""

import html
import itertools
import re
import time

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario, scenario_id
from agriplan.web.pages.draft import pack
from tests.web.reading import send, store_of

WITH_GRADES = ("/", "/league/150500", "/league/152900", "/indicator/milk", "/indicator/improved_breed_rate")


@pytest.mark.parametrize("address", WITH_GRADES)
def test_every_grade_leads_to_the_row_that_its_figure_stands_in(client: FlaskClient, address: str) -> None:
    links = {html.unescape(link) for link in re.findall(r'class="grade-link" href="([^"]+)"', client.get(address).text)}
    assert links
    for link in links:
        page, row = link.split("#")
        assert f'<tr id="{row}">' in client.get(page).text, link


def test_an_own_figure_has_its_source_beside_it_and_no_row_of_the_data(client: FlaskClient) -> None:
    own = {"baseline__milk_output__150500__value": "36", "baseline__milk_output__150500__source": "市统计局"}
    row = re.search(r'<tr id="row-milk">.*?</tr>', send(client, "/league/150500", **own).text, re.DOTALL)[0]
    assert "grade-reported" in row
    assert "grade-link" not in row


@pytest.mark.parametrize("address", ["/", "/league/150500", "/indicator/milk"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_are_explained_where_they_stand(client: FlaskClient, address: str, lang: str) -> None:
    page = client.get(f"{address}?lang={lang}").text
    terms = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", re.search(r'class="terms".*?</dl>', page, re.DOTALL)[0])
    assert len(terms) > 5
    assert all(name and meaning for name, meaning in terms)


@pytest.mark.parametrize("word", ["floor", "ceiling", "lock"])
def test_a_limit_is_entered_in_the_allocation_table_and_nowhere_else(client: FlaskClient, word: str) -> None:
    page = client.get("/indicator/milk").text
    table = re.search(r'<table class="figures stacked allocation">.*?</table>', page, re.DOTALL)[0]
    fields = re.findall(rf'name="allocation\.milk\.{word}\.(\d+)" [^>]*form="assumptions"', table)
    assert len(fields) == 10
    assert len(re.findall(rf'name="allocation\.milk\.{word}\.', page)) == 10


def test_names_of_fields_differ(client: FlaskClient) -> None:
    page = client.get("/league/150500").text
    labels = [re.sub(r"<[^>]+>|\s", "", label) for label in re.findall(r"<label.*?</label>", page, re.DOTALL)]
    assert len(labels) == len(set(labels))


def test_times_say_which_moment_they_are(client: FlaskClient) -> None:
    send(client, "/league/150500", growth__milk__150500="7.7", save="1", name="时刻")
    for address in ("/scenarios", "/scenarios/history?name=时刻"):
        assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)">', client.get(address).text)


@pytest.mark.parametrize(("zone", "told"), [("UTC", "UTC"), ("Asia/Shanghai", r"UTC\+08:00")])
def test_without_a_script_a_time_names_its_zone(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, zone: str, told: str
) -> None:
    """With one it is that of whoever looks."""
    edits = [Scenario(name="时区", growth={"milk": {"150500": growth}}) for growth in (7.4, 7.5, 7.6)]
    first = scenario_id(edits[0])
    doors = {
        "/league/150500": {"growth__milk__150500": "7.6", "save": "1", "name": "时区"},
        "/scenarios": {"draft": pack(edits[2]), "name": "时区"},
    }
    for edit in edits[:2]:
        store_of(client).save("时区", canonical_json(edit))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        pages = [client.get(address).text for address in ("/scenarios", "/scenarios/history?name=时区")]
        pages += [send(client, address, **{"from": first}, **late).text for address, late in doors.items()]
    finally:
        monkeypatch.undo()
        time.tzset()
    for page in pages:
        times = re.findall(r"<time [^>]+>([^<]+)</time>", page)
        assert times
        assert all(re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d(:\d\d)? {told}", one) for one in times)
        assert not re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", re.sub(r"<time .*?</time>", "", page))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_figures_of_criteria_are_told_apart_where_their_shares_are_and_have_a_unit(
    client: FlaskClient, baselines: Baselines, suggestions, lang: str
) -> None:
    allocation = {one: {"rule": "by_criteria"} for one in baselines.by_id}
    plan = make_plan(parse_scenario({"allocation": allocation}), baselines, suggestions)
    for one in baselines.commitments:
        page = client.get(f"/indicator/{one.id}?draft={pack(plan.scenario)}&lang={lang}").text
        table = re.search(r'<table class="figures compact criteria">.*?</table>', page, re.DOTALL)[0]
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table, re.DOTALL)[1:-1]
        for criterion, head in zip(baselines.criteria, heads, strict=True):
            assert ("unit-line" in head) == (criterion.of != "projects"), criterion.id
        rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
        shown = [re.findall(r'<td class="num">([\d,.]+) ', row) for row in rows]
        assert len(shown) == len(one.leagues)
        for place, criterion in enumerate(baselines.criteria):
            shares = {
                code: next(row["share"] for row in plan.criteria_of(one.id, code) if row["criterion"] == criterion.id)
                for code in (league.code for league in baselines.leagues if league.code in one.leagues)
            }
            told = dict(zip(shares, (row[place] for row in shown), strict=True))
            for first, second in itertools.combinations(shares, 2):
                if f"{shares[first]:.3f}" != f"{shares[second]:.3f}":
                    assert told[first] != told[second], (one.id, criterion.id)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/workbook/abc", "area"),
        ("/brief/abc", "area"),
        ("/brief/150500?as_of=1999", "评估时点:"),
        ("/scenarios/history?name=zz", "zz:"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_without_internal_words(
    client: FlaskClient, address: str, word: str
) -> None:
    page = client.get(address).text
    (told,) = re.findall(r'<ul class="problems"><li>(.*?)</li>', page)
    assert not told.startswith(word)
    assert "abc" in told or "1999" in told or "zz" in told


@pytest.mark.parametrize(
    "address", ["/league/150500", "/indicator/milk", "/indicator/improved_breed_rate", "/actuals/150500"]
)
def test_without_a_script_a_recount_comes_back_to_where_it_was_pressed(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    buttons = re.findall(r'<button[^>]*class="recount"[^>]*>', page)
    assert buttons
    ids = set(re.findall(r'id="([^"]+)"', page))
    places = [re.search(r'formaction="([^"#]+)#([^"]+)"', one).groups() for one in buttons]
    assert all(there == address and place in ids for there, place in places)
    assert len({place for _, place in places}) == len(buttons)


def test_cautions_about_entries_of_other_pages_are_folded(client: FlaskClient) -> None:
    entered = {"growth": {"improved_breed_rate": {"150500": 9}, "milk": {"150500": 40}}}
    draft = pack(parse_scenario(entered))
    milk, rate, league = (
        client.get(f"{address}?draft={draft}").text
        for address in ("/indicator/milk", "/indicator/improved_breed_rate", "/league/150500")
    )
    for page, first in ((milk, "奶类产量"), (rate, "畜禽良种化率")):
        here, _, folded = re.search(r'<section class="cautions".*?</section>', page, re.DOTALL)[0].partition("<details")
        assert first in here
        assert first not in folded
        assert {"奶类产量": "畜禽良种化率", "畜禽良种化率": "奶类产量"}[first] in folded
    assert "cautions-elsewhere" not in league


def test_the_figures_of_the_data_page_are_folded_by_indicator_until_few_are_asked_for(client: FlaskClient) -> None:
    page = client.get("/data").text
    folded = re.findall(r'<details class="by-indicator" id="of-([^"]+)"( open)?>', page)
    assert len(folded) > 10
    assert not any(is_open for _, is_open in folded)
    assert page.count('id="figure-milk_output-150500"') == 1
    for asked in ("indicator=milk_output", "indicator=milk_output&area=150500", "grade=official"):
        assert '<details class="by-indicator" id="of-milk_output" open>' in client.get(f"/data?{asked}").text, asked
