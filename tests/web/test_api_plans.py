import json

import pytest
from flask.testing import FlaskClient

from agriplan.engine.scenario import Scenario
from agriplan.report.plan_json import to_json
from agriplan.web.service import EXTENSION_NAME


def test_the_default_plan_is_what_the_command_line_prints(client: FlaskClient):
    here = client.application.extensions[EXTENSION_NAME]
    assert client.get("/api/v1/plan").json == json.loads(to_json(here.plan(Scenario())))


def test_a_scenario_that_is_sent_moves_the_plan(client: FlaskClient):
    answer = client.post("/api/v1/plan", json={"growth": {"milk": {"150500": 8}}})
    milk = answer.json["indicators"][0]
    tongliao = next(league for league in milk["leagues"] if league["code"] == "150500")
    assert tongliao["growth"] == 8.0
    assert answer.json["scenario"] == {"growth": {"milk": {"150500": 8.0}}}


def test_a_plan_carries_an_etag_that_names_its_inputs(client: FlaskClient):
    default = client.get("/api/v1/plan")
    same = client.post("/api/v1/plan", json={"growth": {"milk": {}}})
    other = client.post("/api/v1/plan", json={"growth": {"milk": {"150500": 8}}})
    assert default.headers["ETag"] == same.headers["ETag"] != other.headers["ETag"]


def test_unknown_words_are_refused_all_at_once_with_what_was_meant(client: FlaskClient):
    body = {"growth": {"milc": {"150500": 8}}, "target": {"milk": -1}, "pathh": {}}
    answer = client.post("/api/v1/plan?lang=en", json=body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert {problem["place"]: problem["suggestion"] for problem in answer.json["problems"]} == {
        "target.milk": None,
        "pathh": "path",
        "growth.milc": "milk",
    }


# Everything that takes a scenario, by what is sent.
TAKERS = {
    "/api/v1/plan": lambda scenario: scenario,
    "/api/v1/compare/rules": lambda scenario: scenario,
    "/api/v1/evaluation?as_of=2021": lambda scenario: scenario,
    "/api/v1/brief?as_of=2021&area=150500": lambda scenario: scenario,
    "/api/v1/workbook?area=150500": lambda scenario: scenario,
    "/api/v1/compare": lambda scenario: {"scenarios": [scenario, {"target": {"milk": 990}}]},
    "/api/v1/compare/workbook": lambda scenario: {"scenarios": [scenario, {"target": {"milk": 990}}]},
    "/api/v1/scenarios": lambda scenario: {"scenario": {"name": "a", **scenario}},
}


def test_every_taker_of_a_scenario_is_tried(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    takers = {
        path
        for path, methods in document["paths"].items()
        if "Scenario" in json.dumps(methods.get("post", {}).get("requestBody", {}))
        or "Compare" in json.dumps(methods.get("post", {}).get("requestBody", {}))
        or "SaveRequest" in json.dumps(methods.get("post", {}).get("requestBody", {}))
    }
    assert {path.partition("?")[0].removeprefix("/api/v1") for path in TAKERS} == {
        path.removeprefix("/api/v1") for path in takers
    }


@pytest.mark.parametrize("path", TAKERS)
def test_an_unknown_name_with_nothing_under_it_is_refused_also_where_the_answer_is_remembered(path, client):
    for _ in range(2):
        client.post(path, json=TAKERS[path]({}))
        answer = client.post(path, json=TAKERS[path]({"growth": {"milc": {}}}))
        assert answer.status_code == 422
        assert [problem["suggestion"] for problem in answer.json["problems"]] == ["milk"]


def test_a_sign_of_no_figure_is_no_entry(client: FlaskClient):
    default, stroke = (client.post("/api/v1/plan", json=body) for body in ({}, {"growth": {"milk": {"150500": "—"}}}))
    assert stroke.json == default.json


def test_what_is_wrong_with_one_of_several_scenarios_is_told_at_its_own_place(client: FlaskClient):
    body = {"scenarios": [{"growth": {"milk": {"150500": "fast"}}}, {}]}
    answer = client.post("/api/v1/compare?lang=en", json=body)
    assert [problem["place"] for problem in answer.json["problems"]] == ["scenarios[1].growth.milk.150500"]


def test_all_eight_rules_are_compared_and_equal_ones_are_said_to_be(client: FlaskClient):
    answer = client.post("/api/v1/compare/rules", json={})
    milk = next(one for one in answer.json["indicators"] if one["id"] == "milk")
    assert len(milk["leagues"][0]["amounts"]) == 8
    assert ["by_baseline", "by_projection", "equal_growth", "by_headroom"] in [same["rules"] for same in milk["same"]]


def test_a_comparison_says_what_was_changed_and_what_moved_most(client: FlaskClient):
    body = {"scenarios": [{}, {"name": "提速", "growth": {"milk": {"150500": 8}}}]}
    answer = client.post("/api/v1/compare", json=body).json
    assert answer["changes"] == [{"path": "growth.milk.150500", "values": [None, 8.0]}]
    assert [one["name"] for one in answer["scenarios"]] == ["", "提速"]
    first = answer["moved"][0]
    assert first["indicator"] == "milk"
    assert first["spread"] > 0
    assert all(one["printed_spread"] == round(one["printed_spread"], 4) for one in answer["moved"])
    assert any(one["printed_spread"] for one in answer["moved"])


def test_one_scenario_alone_or_six_cannot_be_compared(client: FlaskClient):
    for count in (1, 6):
        answer = client.post("/api/v1/compare", json={"scenarios": [{}] * count})
        assert answer.status_code == 422


def test_figures_come_with_grade_and_source_as_json_and_as_csv(client: FlaskClient):
    figures = client.get("/api/v1/data?area=通辽市&indicator=milk_output").json["figures"]
    assert figures
    assert all(figure["grade"] and figure["source"] and figure["area"] == "150500" for figure in figures)
    csv = client.get("/api/v1/data.csv?area=通辽市&indicator=milk_output")
    assert len(csv.text.splitlines()) == len(figures) + 1
    assert client.get("/api/v1/data?area=通了市").json["problems"][0]["suggestion"] == "通辽市"
    assert client.get("/api/v1/data?indicator=milk_outputs").json["problems"][0]["suggestion"] == "milk_output"
