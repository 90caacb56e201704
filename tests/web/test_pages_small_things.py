"""Small things that a person looks for: the source behind a grade, what a word means, one place to enter a limit."""

import html
import re
import time

import pytest
from flask.testing import FlaskClient

from tests.web.reading import send

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
    send(client, "/league/150500", growth__milk__150500="7.6", save="1", name="时区")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        pages = [client.get(address).text for address in ("/scenarios", "/scenarios/history?name=时区")]
    finally:
        monkeypatch.undo()
        time.tzset()
    for page in pages:
        times = re.findall(r"<time [^>]+>([^<]+)</time>", page)
        assert times
        assert all(re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d(:\d\d)? {told}", one) for one in times)
