"""Saving, superseding, copying, renaming, archiving, exporting and importing scenarios; comparing them."""

import html
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from agriplan.engine.scenario import Scenario, canonical_json, scenario_id
from agriplan.web.pages.draft import pack
from agriplan.web.service import EXTENSION_NAME
from tests.web.conftest import MakeApp
from tests.web.reading import send, store_of


def saved(client: FlaskClient, name: str, **growth: float) -> str:
    """Save a scenario under a name; its id."""
    send(client, "/scenarios", draft=pack(Scenario(growth={"milk": {"150500": growth.get("milk", 6.0)}})), name=name)
    return str(client.application.extensions[EXTENSION_NAME].store.current(name).scenario_id)


def test_a_saved_scenario_opens_by_its_id(client: FlaskClient) -> None:
    identity = saved(client, "甲", milk=8)
    page = client.get(f"/league/150500?scenario={identity}").text
    assert "已保存" in page
    assert re.search(r'name="growth.milk.150500"[^>]*value="8"', page)


def test_saving_again_under_its_own_name_supersedes_and_keeps_the_one_before(client: FlaskClient) -> None:
    first = saved(client, "乙", milk=5)
    changed = Scenario(name="乙", growth={"milk": {"150500": 9.0}})
    send(client, "/scenarios", draft=pack(changed), name="乙", **{"from": first})
    store = client.application.extensions[EXTENSION_NAME].store
    assert store.current("乙").scenario_id == scenario_id(changed)
    assert client.get(f"/?scenario={first}").status_code == 200
    assert "与当前版本比较" in client.get("/scenarios/history?name=乙").text


def test_a_name_that_is_taken_is_refused_and_the_changes_are_kept(client: FlaskClient) -> None:
    saved(client, "丙", milk=5)
    draft = pack(Scenario(growth={"milk": {"150500": 7.0}}))
    answer = send(client, "/scenarios", draft=draft, name="丙")
    assert answer.status_code == 409
    assert draft in answer.text


def test_two_editors_of_one_scenario_are_told_of_each_other(client: FlaskClient) -> None:
    first = saved(client, "丁", milk=5)
    for growth in (6.0, 7.0):
        answer = send(
            client,
            "/scenarios",
            draft=pack(Scenario(growth={"milk": {"150500": growth}})),
            name="丁",
            **{"from": first},
        )
    assert answer.status_code == 409


EDITS = [Scenario(name="辛", growth={"milk": {"150500": growth}}) for growth in (5.1, 5.2, 5.3)]
# The two doors that an edit is saved through: of a page with a form, and of one without.
DOORS = {
    "/league/150500": {"growth__milk__150500": "5.3", "save": "1", "name": "辛"},
    "/scenarios": {"draft": pack(EDITS[2]), "name": "辛"},
}


@pytest.fixture
def two_editors(make_app: MakeApp) -> FlaskClient:
    """A scenario that was saved again while somebody edits it."""
    client = make_app().test_client()
    for edit in EDITS[:2]:
        store_of(client).save("辛", canonical_json(edit))
    return client


@pytest.mark.parametrize("door", DOORS)
def test_what_was_saved_meanwhile_is_held_beside_the_edit_and_may_then_be_saved_over(
    two_editors: FlaskClient, door: str
) -> None:
    client = two_editors
    refused = send(client, door, **{"from": scenario_id(EDITS[0])}, **DOORS[door])
    assert (refused.status_code == 409) == (door == "/scenarios")
    ways = re.search(r'<span class="ways-out">(.*?)</span>', refused.text)[1]
    compared, opened = [html.unescape(address) for address in re.findall(r'href="([^"]+)"', ways)]
    assert 'value="5.2"' in client.get(opened.replace("/?", "/league/150500?")).text
    page = client.get(compared).text
    row = re.search(r'<table class="figures list changes.*?</table>', page, re.DOTALL)[0]
    assert re.findall(r"(5\.[123])\b", row) == ["5.2", "5.3"]
    form = re.search(r'<form class="save".*?</form>', page, re.DOTALL)[0]
    fields = dict(re.findall(r'name="(draft|from|name|back)"[^>]*? value="([^"]*)"', form))
    assert "已保存" in send(client, "/scenarios", **fields).text
    assert store_of(client).current("辛").scenario_id == scenario_id(EDITS[2])


def test_an_edit_that_no_address_carries_says_what_can_be_done(two_editors: FlaskClient) -> None:
    large = EDITS[2].model_copy(update={"note": "".join(chr(0x4E00 + 37 * place % 20000) for place in range(1900))})
    refused = send(two_editors, "/scenarios", draft=pack(large), name="辛", **{"from": scenario_id(EDITS[0])})
    ways = re.search(r'<span class="ways-out">(.*?)</span>', refused.text)[1]
    assert "另取名称保存" in ways
    assert ways.count("href=") == 1


@pytest.mark.parametrize("door", DOORS)
def test_a_save_that_brings_an_archived_scenario_back_says_so_once(two_editors: FlaskClient, door: str) -> None:
    store_of(two_editors).archive("辛")
    told = [send(two_editors, door, **{"from": scenario_id(EDITS[1])}, **DOORS[door]).text for _ in range(2)]
    assert ["重新启用" in page for page in told] == [True, False]
    assert not store_of(two_editors).current("辛").archived


def test_copy_rename_archive_and_restore(client: FlaskClient) -> None:
    first = saved(client, "戊", milk=4)
    assert "已复制为" in send(client, "/scenarios/copy", scenario=first, name="戊二").text
    store = client.application.extensions[EXTENSION_NAME].store
    assert store.get(store.current("戊二").scenario_id).count(first) == 1
    assert "已改名为" in send(client, "/scenarios/rename", name="戊二", new_name="戊三").text
    assert "已归档" in send(client, "/scenarios/archive", name="戊三").text
    assert "戊三" not in re.sub(r'<p class="flash.*?</p>', "", client.get("/scenarios").text)
    assert "戊三" in client.get("/scenarios?archived=1").text
    assert "已恢复" in send(client, "/scenarios/restore", name="戊三").text


def test_an_exported_scenario_is_imported_as_it_was(client: FlaskClient) -> None:
    identity = saved(client, "己", milk=3)
    file = client.get(f"/scenarios/{identity}.json")
    assert file.headers["Content-Disposition"].startswith(
        f"attachment; filename=scenario-{identity[:12]}.json; filename*=UTF-8''%E5%B7%B1"
    )
    answer = send(client, "/scenarios/import", file=(io.BytesIO(file.data), "己.json"), name="己二")
    assert "已保存" in answer.text
    assert scenario_id(Scenario(name="己二", growth={"milk": {"150500": 3.0}})) in answer.request.url


def test_a_file_that_is_no_scenario_is_refused_in_words(client: FlaskClient) -> None:
    answer = send(client, "/scenarios/import", file=(io.BytesIO(b"{"), "x.json"), name="庚")
    assert answer.status_code == 422
    assert "JSON" in answer.text
    assert 'href="/scenarios?lang=en"' in answer.text


def test_a_scenario_that_the_data_cannot_serve_is_not_saved(client: FlaskClient) -> None:
    body = b'{"name":"\xe8\xbe\x9b","growth":{"milc":{"150500":3}}}'
    answer = send(client, "/scenarios/import", file=(io.BytesIO(body), "x.json"))
    assert answer.status_code == 422
    assert "milk" in answer.text


def test_a_comparison_says_what_was_changed_and_what_it_moved(client: FlaskClient) -> None:
    first, second = saved(client, "壬", milk=4), saved(client, "癸", milk=9)
    page = client.get(f"/compare?choose={first}&choose={second}&choose=default").text
    (row,) = re.findall(r"奶类产量 · 增速 · 通辽市</th>(.*?)</tr>", page)
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row) == ["4%/年", "9%/年", "2.07%/年（默认）"]
    assert page.count("<svg") == 2  # of what moved a chart for each of the others, and none of the four that did not
    assert "通辽市" in page[page.index("改动的影响") :]


def test_one_scenario_alone_is_no_comparison(client: FlaskClient) -> None:
    assert "只勾选了一个方案" in client.get("/compare?choose=default").text


def test_all_eight_rules_stand_side_by_side_and_equal_ones_are_explained(client: FlaskClient) -> None:
    page = client.get("/compare/rules").text
    for word in ("基数法", "趋势法", "同速法", "潜力法", "均摊法", "等余量法", "综合评价法", "给定比例法"):
        assert word in page
    assert "结果相同" in page


def test_a_scenario_is_found_by_a_part_of_its_name(client: FlaskClient) -> None:
    saved(client, "寻找 Alpha", milk=4)
    saved(client, "别的", milk=4.5)
    page = client.get("/scenarios?q=alpha").text
    assert "寻找 Alpha" in page
    assert "别的" not in page


def test_a_long_list_shows_the_latest_and_offers_an_old_one_that_was_chosen(make_app: MakeApp) -> None:
    client = make_app().test_client()
    store = client.application.extensions[EXTENSION_NAME].store
    ids = [store.save(f"第{n:03d}号", f'{{"note":"{n}"}}').scenario_id for n in range(105)]
    listed = client.get("/scenarios").text
    assert "第104号" in listed
    assert "第000号" not in listed
    offered = client.get(f"/compare?choose={ids[0]}").text
    assert "第000号" in offered
    assert "第001号" not in offered


def test_a_scenario_file_larger_than_any_scenario_is_not_read(client: FlaskClient) -> None:
    answer = send(client, "/scenarios/import", file=(io.BytesIO(b" " * 300_000), "x.json"), name="辛")
    assert answer.status_code == 422
    assert "256 KB" in answer.text


def test_of_a_thousand_problems_the_first_hundred_are_said(client: FlaskClient) -> None:
    body = json.dumps({f"wrong_{number}": 1 for number in range(1000)}).encode()
    page = send(client, "/scenarios/import", file=(io.BytesIO(body), "x.json"), name="壬").text
    assert "wrong_99" in page
    assert "wrong_100" not in page
    assert page.count("只列出前 100 项") == 1


@pytest.mark.parametrize("page", ["/league/150500", "/indicator/milk", "/evaluation", "/actuals/150500"])
def test_a_name_that_is_refused_is_said_as_not_saved_and_everything_entered_counts(
    client: FlaskClient, page: str
) -> None:
    send(client, "/league/150500", growth__milk__150500="7", name="已有方案", save="1")
    for name, why in (("", "方案须有名称"), ("已有方案", "“已有方案”已是另一方案的名称")):
        answer = send(client, page, growth__milk__150500="8", name=name, save="1")
        assert answer.status_code == 422
        assert "尚未保存" in answer.text
        assert why in answer.text
        assert "已有方案: " not in answer.text
        assert "标出的条目暂未计入" not in answer.text
    answer = send(client, page, growth__milk__150500="8x", name="另一个", save="1")
    assert "尚未保存" in answer.text
    assert "标出的条目暂未计入" in answer.text
    page = send(client, "/scenarios", draft=pack(Scenario(target={"milk": 900})), name="已有方案").text
    assert "尚未保存" in page
    assert "“已有方案”已是另一方案的名称" in page
