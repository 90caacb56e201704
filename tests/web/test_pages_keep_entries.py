"""One wrong entry costs nothing but itself: the last good view stays, the field is marked, what was typed stays."""

import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from agriplan.engine.scenario import Scenario
from agriplan.web.pages.draft import pack, unpack
from agriplan.web.service import EXTENSION_NAME
from tests.web.reading import field, rows_of, send

BEFORE = Scenario(growth={"milk": {"150500": 6.0}})
WRONG = {
    "a word for a number": {"growth.milk.150500": "快"},
    "a number beyond what there is": {"growth.milk.150500": "-300"},
    "an own figure before its source": {"baseline.milk_output.150500.value": "36"},
    "a source before its figure": {"baseline.milk_output.150500.source": "市统计局"},
    "a herd of nothing": {"baseline.livestock_units.150500.value": "0"},
    "a rule without its shares": {"allocation.milk.rule": "by_shares"},
    "a target below nothing": {"target.milk": "-1"},
    "a limit that is no number": {"allocation.milk.ceiling.150500": "三十"},
    "an actual figure with two points": {"actual.milk.150500.2021": "3.5.1"},
    "a path that is none": {"path.milk": "sideways"},
}
# Changed in the same form, and right.
RIGHT = {"growth.forage_value.150500": "5"}


def draft_of(page: str) -> Scenario:
    return unpack(field(page, "draft"))


def own_address(page: str) -> str:
    found = re.search(r'data-address="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


@pytest.fixture(scope="module", params=WRONG, ids=lambda name: name)
def wrong(request: pytest.FixtureRequest) -> dict[str, str]:
    return WRONG[request.param]


@pytest.fixture(scope="module")
def want(app: Flask) -> TestResponse:
    """The answer to what is right alone."""
    return send(app.test_client(), "/league/150500", draft=pack(BEFORE), **RIGHT)


@pytest.fixture(scope="module")
def kept(app: Flask, wrong: dict[str, str]) -> TestResponse:
    """The answer to what is wrong beside what is right."""
    return send(app.test_client(), "/league/150500", draft=pack(BEFORE), **RIGHT, **wrong)


def test_the_view_is_that_of_all_the_other_entries(want: TestResponse, kept: TestResponse) -> None:
    assert (want.status_code, kept.status_code) == (200, 422)
    assert rows_of(kept.text) == rows_of(want.text)
    assert draft_of(kept.text) == draft_of(want.text)
    assert "未保存的修改（2处）" in kept.text


def test_the_field_is_marked_and_the_problem_leads_to_it(kept: TestResponse, wrong: dict[str, str]) -> None:
    page = kept.text
    marked = re.findall(r'<(?:input|select)[^>]*name="([^"]+)"[^>]*aria-invalid="true"', page)
    assert marked
    for path in marked:
        fault = re.search(rf'<span class="fault" id="e-{re.escape(path)}">([^<]+)<', page)
        assert fault
        assert fault[1].strip()
        assert re.search(rf'aria-describedby="[^"]*e-{re.escape(path)}"', page)
        # To the field, or to the page that alone has what is lacking: the field leads there too.
        elsewhere = re.search(rf'id="e-{re.escape(path)}">[^<]+<a href="([^"]+)"', page)
        assert f'<a href="{elsewhere[1] if elsewhere else f"#f-{path}"}">' in page
    for path, said in wrong.items():
        if f'<input id="f-{path}"' in page:
            assert field(page, path) == said


def test_a_reload_loses_nothing(client: FlaskClient, kept: TestResponse, wrong: dict[str, str]) -> None:
    page = kept.text
    again = client.get(own_address(page)).text
    assert rows_of(again) == rows_of(page)
    assert draft_of(again) == draft_of(page)
    names = set(re.findall(r'aria-invalid="true"', page))
    assert names == set(re.findall(r'aria-invalid="true"', again))
    for path, said in wrong.items():
        if f'<input id="f-{path}"' in page:
            assert field(again, path) == said


def test_the_links_of_the_page_carry_the_good_entries(kept: TestResponse) -> None:
    page = kept.text
    link = re.search(r'href="([^"]*/data\?[^"]*)"', page)
    assert link
    query = parse_qs(urlsplit(html.unescape(link[1])).query)
    assert unpack(query["draft"][0]) == draft_of(page)


def test_nothing_is_saved_or_handed_out_while_an_entry_is_wrong(client: FlaskClient, wrong: dict[str, str]) -> None:
    before = client.application.extensions[EXTENSION_NAME].store.count()
    for button, said in (({"save": "1", "name": "错"}, "尚未保存"), ({"download": "150500"}, "工作簿尚未生成")):
        answer = send(client, "/league/150500", draft=pack(BEFORE), **wrong, **button)
        assert answer.status_code == 422
        assert said in answer.text
    assert client.application.extensions[EXTENSION_NAME].store.count() == before


def test_saving_takes_what_stands_in_the_form(client: FlaskClient) -> None:
    answer = send(client, "/league/150500", growth__milk__150500="3.99", name="恰好三九九", note="会商稿", save="1")
    assert "方案“恰好三九九”已保存" in answer.text
    assert urlsplit(answer.request.url).path == "/league/150500"
    assert field(answer.text, "growth.milk.150500") == "3.99"
    store = client.application.extensions[EXTENSION_NAME].store
    saved = store.get(store.current("恰好三九九").scenario_id)
    assert '"150500":3.99' in saved
    assert "会商稿" in saved


def test_saving_under_its_own_name_supersedes_and_another_name_makes_another(client: FlaskClient) -> None:
    first = send(client, "/league/150500", growth__milk__150500="4", name="接着改", save="1")
    identity = parse_qs(urlsplit(first.request.url).query)["scenario"][0]
    again = {"scenario": identity, "growth.milk.150500": "5", "save": "1"}
    assert "已保存" in send(client, "/indicator/milk", **again, name="接着改").text
    assert "已保存" in send(client, "/indicator/milk", **again, name="另存").text
    store = client.application.extensions[EXTENSION_NAME].store
    assert len(store.history("接着改")) == 2
    assert len(store.history("另存")) == 1


def test_a_name_that_is_taken_keeps_the_page_and_says_so_at_the_name(client: FlaskClient) -> None:
    send(client, "/league/150500", growth__milk__150500="4", name="有主", save="1")
    answer = send(client, "/league/150500", growth__milk__150500="7", name="有主", save="1")
    assert answer.status_code == 422
    assert field(answer.text, "growth.milk.150500") == "7"
    assert re.search(r'name="name"[^>]*aria-invalid="true"', answer.text)


def test_downloading_takes_what_stands_in_the_form_and_says_that_it_is_not_saved(client: FlaskClient) -> None:
    answer = send(client, "/league/150500", growth__milk__150500="3.99", download="150500")
    assert answer.headers["Content-Type"].endswith("sheet")
    assert "%E6%9C%AA%E4%BF%9D%E5%AD%98" in answer.headers["Content-Disposition"]
    workbook = load_workbook(io.BytesIO(answer.data), data_only=True)
    texts = [str(cell.value) for row in workbook.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert any("未保存的修改（1处）" in text for text in texts)
