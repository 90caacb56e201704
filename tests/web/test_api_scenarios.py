from http import HTTPStatus
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient


def save(client: FlaskClient, name: str, expected: str | None = None, **parts: object):
    return client.post("/api/v1/scenarios", json={"scenario": {"name": name, **parts}, "expected": expected})


def names(client: FlaskClient, query: str = "") -> list[str]:
    return [one["name"] for one in client.get(f"/api/v1/scenarios{query}").json["scenarios"]]


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize("action", ["rename", "archive", "restore"])
def test_an_action_is_no_id(client: FlaskClient, action: str, method: str):
    answer = client.open(f"/api/v1/scenarios/{action}", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.content_type == "application/problem+json"


def test_a_saved_scenario_is_listed_found_and_planned(client: FlaskClient):
    saved = save(client, "  甲  方案 ", growth={"milk": {"150500": 8}})
    assert saved.status_code == HTTPStatus.CREATED
    assert saved.json["name"] == "甲 方案"
    assert "甲 方案" in names(client)
    kept = client.get(saved.headers["Location"]).json
    assert kept == {"name": "甲 方案", "growth": {"milk": {"150500": 8.0}}}
    assert client.get(f"/api/v1/plan?scenario={saved.json['scenario_id']}").json["scenario"] == kept


def test_saving_over_what_somebody_else_saved_meanwhile_is_refused(client: FlaskClient):
    first = save(client, "会商", expected="").json["scenario_id"]
    second = save(client, "会商", expected=first, note="二稿").json["scenario_id"]
    late = save(client, "会商", expected=first, note="迟到")
    assert late.status_code == HTTPStatus.CONFLICT
    assert save(client, "会商", expected="").status_code == HTTPStatus.CONFLICT
    history = client.get(f"/api/v1/scenarios/history?name={quote('会商')}").json["scenarios"]
    assert [one["scenario_id"] for one in history] == [second, first]


def test_a_name_that_is_taken_may_be_ones_own_and_nobody_else_is_blamed(client: FlaskClient):
    for name in ("甲", "乙"):
        assert client.post("/api/v1/scenarios", json={"scenario": {"name": name}}).status_code == 201
    for lang, title in (("zh", "与已保存的内容冲突"), ("en", "this conflicts with what is saved")):
        refused = client.post(f"/api/v1/scenarios/rename?lang={lang}", json={"name": "甲", "new_name": "乙"})
        assert (refused.status_code, refused.json["title"]) == (409, title)


def test_a_renamed_scenario_holds_its_new_name_and_keeps_its_history(client: FlaskClient):
    save(client, "旧名")
    renamed = client.post("/api/v1/scenarios/rename", json={"name": "旧名", "new_name": "新名"}).json
    assert client.get(f"/api/v1/scenarios/{renamed['scenario_id']}").json == {"name": "新名"}
    history = client.get(f"/api/v1/scenarios/history?name={quote('旧名')}").json["scenarios"]
    assert [(one["name"], one["action"]) for one in history] == [("新名", "rename"), ("旧名", "save")]


def test_an_archived_scenario_leaves_the_list_and_comes_back(client: FlaskClient):
    save(client, "搁置")
    client.post("/api/v1/scenarios/archive", json={"name": "搁置"})
    assert "搁置" not in names(client)
    assert "搁置" in names(client, "?archived=true")
    assert "true、false" in client.get("/api/v1/scenarios?archived=maybe").text
    client.post("/api/v1/scenarios/restore", json={"name": "搁置"})
    assert "搁置" in names(client)


def test_a_scenario_that_makes_no_plan_is_not_saved(client: FlaskClient):
    assert save(client, "不可行", growth={"milc": {}}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert save(client, " ").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "不可行" not in names(client)


@pytest.mark.parametrize("path", ["/api/v1/plan?scenario=", "/api/v1/workbook?scenario=", "/api/v1/scenarios/"])
def test_an_id_that_nobody_saved_is_not_found(client: FlaskClient, path: str):
    assert client.get(path + "0" * 64).status_code == HTTPStatus.NOT_FOUND


def test_a_full_store_says_so_and_keeps_what_it_has(make_app):
    client = make_app(most_scenarios=1).test_client()
    assert save(client, "一").status_code == HTTPStatus.CREATED
    full = save(client, "二")
    assert full.status_code == HTTPStatus.INSUFFICIENT_STORAGE
    assert full.content_type == "application/problem+json"
    assert names(client) == ["一"]
