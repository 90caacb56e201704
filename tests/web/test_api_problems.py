"""What is asked wrongly is answered with problem+json on the API and with a page elsewhere."""

import pytest
from flask.testing import FlaskClient

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
