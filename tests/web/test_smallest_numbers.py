"""A number that is nearly nothing is told at every door of the service, and what was saved with one is not lost."""

import json
from html import unescape

import pytest
from flask.testing import FlaskClient

from agriplan.sentences import LANGS, Lang
from agriplan.web.service import EXTENSION_NAME

TINY = {"name": "很小", "actual": {"milk": {"150500": {"2021": 1e-310}}}}
# What earlier versions took: canonical JSON as it was stored.
OLD = json.dumps(TINY, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
SAID = {"zh": "数值过小", "en": "is too small"}


@pytest.fixture(scope="module")
def stored(app) -> str:
    """The id of a scenario that was saved when it was still taken."""
    return app.extensions[EXTENSION_NAME].store.save("很小", OLD).scenario_id


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_told_with_its_place_where_a_scenario_is_sent(client: FlaskClient, lang: Lang) -> None:
    for address, body in (("plan", TINY), ("evaluation", TINY), ("scenarios", {"scenario": TINY})):
        answer = client.post(f"/api/v1/{address}?lang={lang}", json=body)
        (problem,) = answer.get_json()["problems"]
        assert (answer.status_code, problem["code"]) == (422, "too_small"), address
        assert problem["place"].endswith("actual.milk.150500.2021")
        assert SAID[lang] in problem["detail"]


def test_a_number_that_is_read_as_0_without_being_it_is_told_too(client: FlaskClient) -> None:
    for written in ("1e-400", "-0.01e-999", '"1e-400"'):
        sent = '{"growth": {"milk": {"150500": NUMBER}}}'.replace("NUMBER", written)
        answer = client.post("/api/v1/plan", data=sent, content_type="application/json")
        assert [one["code"] for one in answer.get_json()["problems"]] == ["too_small"], written
    for written in ("0.0", "0e-400", "-0.0"):
        sent = '{"growth": {"milk": {"150500": NUMBER}}}'.replace("NUMBER", written)
        assert client.post("/api/v1/plan", data=sent, content_type="application/json").status_code == 200, written


@pytest.mark.parametrize("lang", LANGS)
def test_a_stored_scenario_that_holds_one_says_so_on_every_page_and_can_still_be_taken_away(
    client: FlaskClient, stored: str, lang: Lang
) -> None:
    addresses = [
        *(f"/{page}?scenario={stored}" for page in ("", "indicator/milk", "workbook/150500", "workbook/150000")),
        *(f"/api/v1/{answer}?scenario={stored}" for answer in ("plan", "evaluation", "workbook", "brief")),
    ]
    for address in addresses:
        answer = client.get(f"{address}&lang={lang}")
        assert answer.status_code == 422, address
        assert SAID[lang] in unescape(answer.text), address
    assert client.get(f"/api/v1/scenarios/{stored}").text.strip() == OLD
    listed = client.get(f"/scenarios?lang={lang}")
    assert listed.status_code == 200
    assert "很小" in listed.text
