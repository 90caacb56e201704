"""The evaluation page and operation: the same figures as the engine, for the year that the address asks for."""

import json

import pytest
from flask.testing import FlaskClient

from tests.web.reading import rows_of


def test_the_page_says_what_milk_needs_as_of_2022(client: FlaskClient) -> None:
    page = client.get("/evaluation?as_of=2022").text
    assert "2023—2025年需年均增长10.87%以上" in page
    assert "截至2022年，5项指标：0项已达目标，1项预计可以实现，1项尚需努力，3项预警。" in page
    assert "733.80" in rows_of(page)["row-milk"]


def test_page_and_api_show_one_evaluation(client: FlaskClient) -> None:
    told = json.loads(client.get("/api/v1/evaluation?as_of=2022").text)
    page = client.get("/evaluation?as_of=2022&lang=en").text
    assert told["headline"]["en"] in page
    sent = client.post("/api/v1/evaluation", json={"as_of": 2022, "actual": {"milk": {"150500": {"2022": 80}}}})
    assert sent.status_code == 200
    assert sent.json["as_of"] == 2022
    milk = sent.json["indicators"][0]
    assert milk["region"]["figures"]["reported"] == 1
    assert next(one for one in milk["leagues"] if one["code"] == "150500")["figures"]["passed"] is True


@pytest.mark.parametrize("year", ["2019", "2026", "x", "２０２２", "20222"])
def test_a_year_outside_the_plan_is_no_page(client: FlaskClient, year: str) -> None:
    assert client.get(f"/evaluation?as_of={year}").status_code == 404


def test_a_year_outside_the_plan_is_told_in_words(client: FlaskClient) -> None:
    page = client.get("/evaluation?as_of=2026").text
    assert "2026" in page
    assert "2020" in page
    assert "2025" in page


def test_a_year_outside_the_plan_is_a_problem_of_the_api(client: FlaskClient) -> None:
    answer = client.get("/api/v1/evaluation?as_of=2019")
    assert answer.status_code == 422
    assert "as_of" in answer.text
