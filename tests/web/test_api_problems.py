"""What is asked wrongly is answered with problem+json on the API and with a page elsewhere."""

import pytest
from flask.testing import FlaskClient
from pydantic import BaseModel

from agriplan.engine.scenario import Scenario
from agriplan.web.api.operations import OPERATIONS
from agriplan.web.api.requests import MOST_JUDGED

JSON = "application/json"
ROUND = [
    ("GET", "/api/v1/nothing", None, None, 404),
    ("GET", "/api/", None, None, 404),
    ("DELETE", "/api/v1/scenarios", None, None, 405),
    ("POST", "/api/v1/plan", b"{", JSON, 400),
    ("POST", "/api/v1/plan", b"\xff", JSON, 400),
    ("POST", "/api/v1/plan", b'{"name": "\\ud800"}', JSON, 400),
    ("POST", "/api/v1/plan", b'{"name": "a", "name": "b"}', JSON, 400),
    ("POST", "/api/v1/plan", b"[" * 100_000, JSON, 400),
    ("POST", "/api/v1/plan", b'{"a":' * 900 + b"1" + b"}" * 900, JSON, 400),
    ("POST", "/api/v1/plan", b'{"note":' + b"[" * 900 + b"]" * 900 + b"}", JSON, 400),
    ("POST", "/api/v1/plan", b"[]", JSON, 422),
    ("POST", "/api/v1/plan", b'{"status_margin": NaN}', JSON, 422),
    ("POST", "/api/v1/plan", b'{"note": "%s"}' % (b"x" * 300_000), JSON, 413),
    ("POST", "/api/v1/plan", b"name=a", "application/x-www-form-urlencoded", 415),
    ("POST", "/api/v1/plan", b"{}", "text/plain", 415),
    ("POST", "/api/v1/readback", b"PK", "multipart/form-data; boundary=x", 415),
    ("GET", "/api/v1/plan?lang=fr", None, None, 422),
    ("GET", "/api/v1/plan?lang=zh&lang=en", None, None, 422),
    ("GET", "/api/v1/plan?scenari=1", None, None, 422),
]


@pytest.mark.parametrize(("method", "path", "body", "kind", "status"), ROUND)
def test_the_api_answers_every_mistake_with_a_problem_document(
    client: FlaskClient, method: str, path: str, body: bytes | None, kind: str | None, status: int
):
    answer = client.open(path, method=method, data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"]
    assert (status == 405) == ("Allow" in answer.headers)


def test_a_word_to_choose_is_meant_in_letters_of_whatever_case(client: FlaskClient):
    (one,) = client.get("/api/v1/plan?lang=EN").json["problems"]
    assert one["suggestion"] == "en"


@pytest.mark.parametrize("declared", [one for one in OPERATIONS if one.body is not None], ids=lambda one: one.name)
def test_a_body_that_is_packed_is_refused_by_the_name_of_its_header(client: FlaskClient, declared):
    kind = declared.body[0] if isinstance(declared.body, tuple) else JSON
    path = f"/api/v1{declared.path}".replace("{identity}", "0" * 64)
    for coding, is_refused in (("gzip", True), ("br", True), ("gzip, identity", True), ("identity", False)):
        answer = client.open(
            path, method=declared.method, data=b"\x1f\x8b", content_type=kind, headers={"Content-Encoding": coding}
        )
        assert (answer.status_code == 415) == is_refused
        assert [one["place"] for one in answer.json["problems"]] == ["Content-Encoding"] or not is_refused


def test_an_unknown_name_over_a_wrong_value_and_a_key_that_stands_twice_are_told_in_one_answer(client: FlaskClient):
    body = b'{"target": {"milkk": -1}, "path": {"milk": "linear", "milk": "late_loaded"}}'
    for method, text in (("plan", body), ("compare", b'{"scenarios": [%s, {}]}' % body)):
        problems = client.post(f"/api/v1/{method}", data=text, content_type=JSON).json["problems"]
        told = {(one["place"].removeprefix("scenarios[1]."), one["code"]) for one in problems}
        assert told == {
            ("path.milk", "key_twice"),
            ("target.milkk", "out_of_range"),
            ("target.milkk", "unknown_indicator"),
        }


WRONG = {"target": {"milk": "many"}, "growth": {"milc": {"150500": 8}}}
# What is wrong with a body in form, in meaning and in its names, and where; every body that holds more than a scenario.
BODIES = {
    ("POST", "/scenarios"): (
        {"scenario": {"name": "  ", **WRONG}, "expected": "z", "more": 1},
        {"scenario.name", "scenario.target.milk", "scenario.growth.milc", "expected", "more"},
    ),
    **dict.fromkeys(
        (("POST", "/compare"), ("POST", "/compare/workbook")),
        (
            {"scenarios": [WRONG, {"growth": {"milc": {"150500": 8}}}, {"path": {"cheese": "linear"}}, "z"], "more": 1},
            {"scenarios[1].target.milk", *(f"scenarios[{number}].growth.milc" for number in (1, 2)),
             "scenarios[3].path.cheese", "scenarios[4]", "more"},
        ),
    ),
    ("POST", "/scenarios/rename"): ({"name": " ", "new_name": "", "more": 1}, {"name", "new_name", "more"}),
    ("POST", "/scenarios/archive"): ({"name": "\u200b", "more": 1}, {"name", "more"}),
    ("POST", "/scenarios/restore"): ({"name": " ", "more": 1}, {"name", "more"}),
}  # fmt: skip


def test_everything_that_is_wrong_with_a_body_is_told_at_once(client: FlaskClient):
    asked = {
        (one.method, one.path)
        for one in OPERATIONS
        if isinstance(one.body, type) and issubclass(one.body, BaseModel) and one.body is not Scenario
    }
    assert BODIES.keys() == asked
    for (_, path), (body, places) in BODIES.items():
        answer = client.post(f"/api/v1{path}?lang=en", json=body)
        assert answer.status_code == 422
        assert {one["place"] for one in answer.json["problems"]} == places, path
        answer = client.post(f"/api/v1{path}?lang=en&more=1&lang=zh", json=body)
        assert {one["place"] for one in answer.json["problems"]} == {*places, "lang", "more"}, path


def test_each_of_several_scenarios_says_what_is_wrong_with_it(client: FlaskClient):
    body = {"scenarios": [{}, {"growth": {"milc": {"150500": 8}}}, {"target": {"milk": 900}}, {"growth": {"beef": {}}}]}
    problems = client.post("/api/v1/compare", json=body).json["problems"]
    assert [one["place"] for one in problems] == ["scenarios[2].growth.milc", "scenarios[4].growth.beef"]
    saved = client.post("/api/v1/scenarios", json={"scenario": {"name": "", "growth": {"milc": {"150500": 8}}}})
    assert [one["place"] for one in saved.json["problems"]] == ["scenario.growth.milc", "scenario.name"]


def test_every_saved_scenario_that_there_is_not_is_told(client: FlaskClient):
    missing = ["1" * 64, "2" * 64]
    answer = client.post("/api/v1/compare", json={"scenarios": [*missing, {}]})
    assert answer.status_code == 404
    assert [one["code"] for one in answer.json["problems"]] == ["store_unknown_id"] * 2
    answer = client.post("/api/v1/compare", json={"scenarios": [*missing, {"growth": {"milc": {}}}]})
    assert answer.status_code == 422
    places = {one["place"] for one in answer.json["problems"]}
    assert places == {"scenarios[1]", "scenarios[2]", "scenarios[3].growth.milc"}


def test_of_very_many_scenarios_no_more_are_looked_into_than_can_be_compared(client: FlaskClient):
    body = {"scenarios": [{"growth": {"milc": {"150500": number}}} for number in range(300)]}
    places = [one["place"] for one in client.post("/api/v1/compare", json=body).json["problems"]]
    assert places == ["scenarios", *(f"scenarios[{number}].growth.milc" for number in range(1, MOST_JUDGED + 1))]


def test_elsewhere_a_mistake_is_answered_with_a_page(client: FlaskClient):
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert answer.content_type.startswith("text/html")


def test_of_very_many_problems_a_hundred_are_told_and_that_there_are_more(client: FlaskClient):
    body = {"growth": {"milk": {f"{number:06}": "x" for number in range(3000)}}}
    problems = client.post("/api/v1/plan?lang=en", json=body).json["problems"]
    assert len(problems) == 101
    assert problems[-1]["code"] == "more_problems"


def test_a_fault_of_ours_is_a_problem_document_without_its_inside(make_app):
    app = make_app()
    app.view_functions["api.list_scenarios"] = lambda: 1 / 0
    answer = app.test_client().get("/api/v1/scenarios")
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "Zero" not in answer.text


def test_a_database_that_is_away_is_answered_as_such(make_app, monkeypatch: pytest.MonkeyPatch):
    from agriplan.errors import Problem, StoreUnavailable
    from agriplan.store import Store

    def away(*_: object) -> None:
        raise StoreUnavailable([Problem("db", "store_unavailable", {"reason": "away"})])

    client = make_app().test_client()
    monkeypatch.setattr(Store, "check", away)
    monkeypatch.setattr(Store, "list", away)
    assert client.get("/healthz").status_code == 503
    assert client.get("/api/v1/scenarios").status_code == 503


@pytest.mark.parametrize("path", ["/api/v1/compare", "/api/v1/compare/workbook"])
@pytest.mark.parametrize("count", [0, 1, 6, 40])
def test_how_many_scenarios_can_be_compared_is_said_as_on_the_command_line(client: FlaskClient, path: str, count: int):
    said = client.post(f"{path}?lang=en", json={"scenarios": [{}] * count}).json
    (problem,) = said["problems"]
    assert problem["code"] == "two_to_five"
    assert problem["detail"] == f"scenarios: two to five scenarios can be compared; found {count}"
