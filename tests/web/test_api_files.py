"""Downloads: named, remembered, and answered 304 before anything is made."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from agriplan.web import workbook_files
from agriplan.web.service import EXTENSION_NAME

ADDRESS = "/api/v1/workbook?area=150500"


@pytest.fixture
def counted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts the workbooks that are made; each is a few bytes."""
    app.extensions[EXTENSION_NAME].made.clear()
    made: list[str] = []

    def make(here: object, plan: object, code: str, lang: str) -> bytes:
        made.append(code)
        return f"{code} {lang}".encode()

    monkeypatch.setattr(workbook_files, "_make_workbook", make)
    monkeypatch.setattr(workbook_files, "_make_pack", make)
    return made


def test_the_same_workbook_is_made_once(client: FlaskClient, counted: list[str]):
    answers = [client.get(ADDRESS) for _ in range(3)]
    answers.append(client.post(ADDRESS, json={}))
    answers.append(client.get("/api/v1/workbook?area=通辽市&lang=zh"))
    assert {(answer.data, answer.headers["ETag"]) for answer in answers} == {(b"150500 zh", answers[0].headers["ETag"])}
    assert counted == ["150500"]


def test_who_has_the_workbook_is_told_so_before_anything_is_made(app: Flask, client: FlaskClient, counted: list[str]):
    etag = client.get(ADDRESS).headers["ETag"]
    app.extensions[EXTENSION_NAME].made.clear()
    counted.clear()
    for match in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = client.get(ADDRESS, headers={"If-None-Match": match})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert counted == []
    client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"If-None-Match": f'"other", W/{etag}'}).status_code == 304
    assert client.get(ADDRESS, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head(ADDRESS, headers={"If-None-Match": etag}).status_code == 304


def test_the_etag_follows_every_input(app: Flask, client: FlaskClient, counted: list[str]):
    saved = client.post("/api/v1/scenarios", json={"scenario": {"name": "标签"}}).json["scenario_id"]
    addresses = [
        ADDRESS,
        f"{ADDRESS}&lang=en",
        f"{ADDRESS}&scenario={saved}",
        "/api/v1/workbook",
        "/api/v1/workbook?area=all",
    ]
    tags = {client.get(address).headers["ETag"] for address in addresses}
    assert len(tags) == len(addresses)


def test_a_download_is_called_by_area_scenario_and_year_in_chinese(client: FlaskClient, counted: list[str]):
    body = {"name": "通辽 提速/草案"}
    header = client.post(ADDRESS, json=body).headers["Content-Disposition"]
    assert header.startswith("attachment; filename=Tongliao-plan-2025.xlsx; filename*=UTF-8''")
    from urllib.parse import unquote

    assert unquote(header.partition("''")[2]) == "通辽市-通辽 提速_草案-2025年规划测算.xlsx"


def test_a_remembered_answer_has_the_headers_of_the_first(client: FlaskClient, counted: list[str]):
    first, second = client.get(f"{ADDRESS}&lang=en"), client.get(f"{ADDRESS}&lang=en")
    assert list(first.headers) == list(second.headers)
    unchanged = client.get(f"{ADDRESS}&lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_an_unknown_area_is_told_with_what_was_meant(client: FlaskClient):
    answer = client.get("/api/v1/workbook?area=通了市")
    assert answer.status_code == 422
    assert answer.json["problems"][0]["suggestion"] == "通辽市"
