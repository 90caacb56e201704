"""Under other names the service says nothing; below a path everything leads back to where it is."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from agriplan.web.service import EXTENSION_NAME
from tests.web.conftest import MakeApp
from tests.web.reading import PAGES, field

OURS = ("localhost", "127.0.0.1:8000", "[::1]:8000", "10.20.30.40")
OTHERS = (
    "evil.example",
    "localhost.evil.example",
    "plan.example.gov.cn:x",
    "a@b",
    "[::1]evil.example",
    "[::1]:x",
    "localhost]",
)


@pytest.mark.parametrize("host", OURS)
def test_numbers_and_this_machine_are_always_answered(client: FlaskClient, host: str):
    assert client.get("/method", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", OTHERS)
def test_another_name_is_refused_for_pages_downloads_and_saves(client: FlaskClient, host: str):
    client.get("/api/v1/plan")  # remembered from now on
    store = client.application.extensions[EXTENSION_NAME].store
    before = store.count()
    for path in ("/", "/api/v1/plan", "/healthz"):
        assert client.get(path, headers={"Host": host}).status_code == 400
    sent = {"scenario": {"name": "冒名", "target": {"milk": 901}}}
    assert client.post("/api/v1/scenarios", json=sent, headers={"Host": host}).status_code == 400
    assert store.count() == before
    assert "AGRIPLAN_HOSTS" in client.get("/", headers={"Host": host}).text


def test_a_name_in_the_settings_is_answered(make_app: MakeApp):
    client = make_app(hosts="plan.example.gov.cn, other.example").test_client()
    assert client.get("/method", headers={"Host": "PLAN.example.gov.cn"}).status_code == 200
    assert client.get("/method", headers={"Host": "evil.example"}).status_code == 400


@pytest.fixture(scope="module")
def below(make_app: MakeApp) -> Flask:
    """The service below a path."""
    return make_app(mount="/plan")


@pytest.mark.parametrize("address", PAGES)
def test_below_a_path_every_link_and_form_stays_there(below: Flask, address: str):
    page = below.test_client().get(f"/plan{address}").text
    leads = re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page)
    assert leads
    assert [one for one in leads if not one.startswith("/plan/")] == []


def test_below_a_path_document_cookie_and_a_save_stay_there(below: Flask):
    client = below.test_client()
    assert client.get("/plan/api/v1/openapi.json").json["servers"] == [{"url": "/plan"}]
    client = below.test_client()
    answer = client.get("/plan/upload")
    assert "Path=/plan" in answer.headers["Set-Cookie"]
    token = field(answer.text, "csrf_token")
    sent = {"csrf_token": token, "draft": "", "name": "挂载", "back": "/league/150500"}
    saved = client.post("/plan/scenarios", data=sent)
    assert saved.headers["Location"].startswith("/plan/league/150500?")


def test_an_api_address_refuses_options_as_its_document_says(client: FlaskClient):
    for path in ("/api/v1/plan", "/api/v1/scenarios"):
        answer = client.options(path)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_an_id_that_is_none_is_not_found(client: FlaskClient):
    for identity in ("a%00b", "0" * 63, "%E9%80%9A", "0" * 65):
        assert client.get(f"/api/v1/scenarios/{identity}").status_code == 404


def test_an_error_page_shows_neither_path_nor_address(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, tmp_path):
    from agriplan.errors import Problem, StoreUnavailable
    from agriplan.store import database

    def away(*_: object) -> None:
        raise StoreUnavailable([Problem(f"{tmp_path}/x", "store_unavailable", {"reason": "at 10.0.0.5 failed"})])

    client = make_app().test_client()
    monkeypatch.setattr(database, "reading", away)
    for path in ("/scenarios", "/api/v1/scenarios", "/scenarios?lang=en", f"/?scenario={'0' * 64}"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "10.0.0.5" not in answer.text
        assert str(tmp_path) not in answer.text
