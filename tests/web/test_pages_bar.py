"""The bar says what the scenario moves against the default, what was changed, and undoes each change."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import key_of
from agriplan.analysis.titles import changed_keys
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang, say
from agriplan.web.pages.draft import pack, unpack
from agriplan.web.pages.form import without_change
from agriplan.web.service import EXTENSION_NAME
from tests.engine.scenarios import random_evaluation
from tests.web.reading import field, rows_of, send
from tests.web.test_pages_form import FULL

TARGET, GAP = 6, 4  # cells of the league page's rows


def effects_of(page: str) -> dict[str, tuple[str, str, str]]:
    """What moved: before, after and difference, as the bar's panel prints them."""
    bar = html.unescape(page[page.index('id="bar"') : page.index("<main")])
    items = re.findall(r'<span class="effect-what">([^<]+)</span> (\S+) .*?<strong>(\S+)</strong>.*?\((\S+)\)', bar)
    return {what: (before, after, by) for what, before, after, by in items}


def number(text: str) -> float:
    return float(text.replace(",", ""))


def test_before_and_after_are_the_figures_of_the_pages(client: FlaskClient) -> None:
    here = client.application.extensions[EXTENSION_NAME].baselines
    changed = {"growth__milk__150500": "8", "allocation__forage_value__rule": "equal_growth", "target__milk": "950"}
    for league in here.leagues[:6]:
        before = rows_of(client.get(f"/league/{league.code}").text)
        page = send(client, f"/league/{league.code}", **changed).text
        after, told = rows_of(page), effects_of(page)
        for one in here.commitments:
            for place, what in ((TARGET, f"{one.name_zh}目标"), (GAP, f"{one.name_zh}全区缺口")):
                old, new = before[f"row-{one.id}"][place], after[f"row-{one.id}"][place]
                assert (what in told) == (old != new), (league.name_zh, what)
                if what in told:
                    assert told[what][:2] == (old, new)
                    assert number(told[what][2]) == pytest.approx(number(new) - number(old), abs=1e-9)


def test_a_default_plan_has_no_bar(client: FlaskClient) -> None:
    assert "已改" not in client.get("/league/150500").text


@pytest.mark.parametrize("key", sorted({key_of(path) for path in entries_of(FULL)}))
def test_each_change_is_undone_by_button_and_by_link(client: FlaskClient, key: str) -> None:
    want = without_change(FULL, key)
    assert {key_of(path) for path in entries_of(want)} == {key_of(path) for path in entries_of(FULL)} - {key}
    page = send(client, "/league/150500", draft=pack(FULL), undo=key).text
    assert unpack(field(page, "draft")) == want
    shown = html.unescape(client.get(f"/data?draft={pack(FULL)}").text)
    links = [unpack(token) for token in re.findall(r'data-reset href="/data\?draft=([\w-]+)"', shown)]
    assert want in links


@pytest.mark.parametrize(("lang", "count"), [("zh", r"已改 (\d+) 处"), ("en", r"Changes: (\d+)")])
def test_the_bar_counts_changes_as_titles_and_workbooks_do(client: FlaskClient, lang: Lang, count: str) -> None:
    own = Scenario.model_validate(
        {"baseline": {"milk_output": {"150500": {"value": 36.5, "source": "a", "note": "b"}}}}
    )
    data = client.application.extensions[EXTENSION_NAME].baselines
    for scenario in (own, FULL.model_copy(update={"name": ""}), random_evaluation(1, data)):
        shown = html.unescape(client.get(f"/data?draft={pack(scenario)}&lang={lang}").text)
        counted = int(re.search(count, shown)[1])
        assert counted == len(changed_keys(scenario)) == shown.count('data-reset href="/data')
        assert say("scenario.unsaved", lang, count=counted) in shown


def test_undoing_keeps_what_else_was_typed(client: FlaskClient) -> None:
    draft = pack(Scenario(growth={"milk": {"150500": 8.0}}))
    page = send(
        client, "/league/150500", draft=draft, undo="growth.milk.150500", growth__milk__150500="8", target__milk="950"
    ).text
    assert unpack(field(page, "draft")) == Scenario(target={"milk": 950.0})
    assert field(page, "growth.milk.150500") == ""


def test_undoing_a_change_of_a_saved_scenario_leaves_the_saved_one(client: FlaskClient) -> None:
    store = client.application.extensions[EXTENSION_NAME].store
    saved = store.save("撤销自", '{"growth":{"milk":{"150500":7.0}},"name":"撤销自"}').scenario_id
    page = send(client, "/league/150500", scenario=saved, undo="growth.milk.150500").text
    assert "由“撤销自”修改" in page or "默认方案" in page
    assert store.get(saved)
    assert field(page, "name") == "撤销自"


def test_filled_and_wrong_fields_of_closed_sections_open_themselves(client: FlaskClient) -> None:
    closed = client.get("/league/150500").text
    assert "<details open>" not in closed
    sections = {
        "target.milk": "950",
        "allocation.milk.reserve": "5",
        "baseline.milk_output.150500.value": "36",
        "actual.milk.150500.2021": "x",
        "growth.livestock_units.150500": "1",
    }
    for path, said in sections.items():
        page = send(client, "/league/150500", **{path: said}).text
        around = page[: page.index(f'id="f-{path}"')].rpartition("<details")[2]
        assert around.startswith(" open>"), path


def test_no_two_fields_of_a_page_have_one_name(client: FlaskClient) -> None:
    for address in ("/league/150500", "/league/150500?lang=en", "/indicator/milk", "/indicator/improved_breed_rate"):
        page = client.get(address).text
        labels = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<label for="f-[^"]+">(.*?)</label>', page)]
        labels += re.findall(r'<input class="bare"[^>]*aria-label="([^"]+)"', page)
        twice = {label for label in labels if labels.count(label) > 1}
        assert twice == set(), address
