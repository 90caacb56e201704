"""Thousands of entries are refused before they are looked at, however they are sent."""

import json
from typing import get_origin
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import encode_multipart

from agriplan.engine import scenario_and_data, scenario_checks
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import MOST_PROBLEMS, ScenarioError
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import MOST_ENTRIES
from tests.web.reading import field

TOO_MANY = MOST_ENTRIES + 1
NAMED_PARTS = [name for name, info in Scenario.model_fields.items() if get_origin(info.annotation) is dict]
PATHS = {
    "one name again and again": lambda _: "growth.milk.150500",
    "leagues that there are not": lambda number: f"growth.milk.{number}",
    "indicators that there are not": lambda number: f"target.x{number}",
    "no part of a scenario": lambda number: f"x{number}",
}
FORM, LEAGUE_PAGE = "application/x-www-form-urlencoded", "/league/150500"
Pairs = list[tuple[str, str]]


def as_text(pairs: Pairs) -> dict[str, object]:
    """A form in one line."""
    return {"method": "POST", "data": urlencode(pairs), "content_type": FORM}


def in_parts(pairs: Pairs) -> dict[str, object]:
    """A form in parts, as one with files is sent."""
    boundary, body = encode_multipart(MultiDict(pairs))
    return {"method": "POST", "data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def in_the_address(pairs: Pairs) -> dict[str, object]:
    """Behind the question mark."""
    return {"method": "GET", "query_string": urlencode(pairs)}


WAYS = {
    "text": (LEAGUE_PAGE, as_text, 413),
    "parts": (LEAGUE_PAGE, in_parts, 413),
    "address": (LEAGUE_PAGE, in_the_address, 400),
    "address of the API": ("/api/v1/plan", in_the_address, 400),
}


@pytest.mark.parametrize("kind", PATHS)
@pytest.mark.parametrize("way", WAYS)
def test_more_entries_than_a_form_has_are_refused_with_how_many_there_may_be(client: FlaskClient, way: str, kind: str):
    path, sent_as, status = WAYS[way]
    answer = client.open(
        path, **{"method": "POST"} | sent_as([(PATHS[kind](number), "3") for number in range(TOO_MANY)])
    )
    assert answer.status_code == status
    assert str(MOST_ENTRIES) in answer.text


@pytest.mark.parametrize("part", NAMED_PARTS)
@pytest.mark.parametrize("below", ["", "milk"])
def test_a_table_of_json_with_more_keys_is_refused_likewise(client: FlaskClient, part: str, below: str):
    keys: dict[str, object] = {f"x{number}": {} for number in range(TOO_MANY)}
    body = {part: {below: keys} if below else keys}
    for path, sent in (("plan", body), ("scenarios", {"scenario": body}), ("compare", {"scenarios": [body, {}]})):
        answer = client.post(f"/api/v1/{path}", json=sent)
        assert answer.status_code == 400
        assert [one["code"] for one in answer.json["problems"]] == ["too_many_entries"]


def test_a_form_as_text_holds_no_more_letters_than_one_in_parts(client: FlaskClient):
    note = "a" * (client.application.config["MAX_FORM_MEMORY_SIZE"] + 1)
    for sent in (as_text([("note", note)]), in_parts([("note", note)])):
        assert client.open(LEAGUE_PAGE, **sent).status_code == 413


def test_as_many_entries_as_a_form_may_have_are_read(client: FlaskClient):
    token = field(client.get(LEAGUE_PAGE).text, "csrf_token")
    pairs = [("csrf_token", token), *[("growth.milk.150500", "")] * (MOST_ENTRIES - 1)]
    for sent in (as_text(pairs), in_parts(pairs)):
        assert client.open(LEAGUE_PAGE, **sent).status_code == 200


@pytest.mark.parametrize("sent", [{"growth": {"milk": {}}}, {"allocation": {"milk": {"lock": {}}}}, {"target": {}}])
def test_no_more_names_are_looked_up_than_are_told(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, sent: dict):
    looked_up = []
    monkeypatch.setattr(scenario_and_data, "did_you_mean", lambda *words: looked_up.append(did_you_mean(*words)))
    table = sent
    while table:
        table = next(iter(table.values()))
    table |= {f"15{number}": 3.0 for number in range(3000)}
    assert client.post("/api/v1/plan", json=sent).status_code == 422
    assert len(looked_up) <= 3 * MOST_PROBLEMS + 3
    looked_up.clear()
    with pytest.raises(ScenarioError):
        scenario_checks.check_scenario(
            parse_scenario(json.loads(json.dumps(sent))), client.application.extensions["agriplan"].baselines, set()
        )
    assert len(looked_up) <= MOST_PROBLEMS + 1
