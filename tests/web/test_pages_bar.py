"""The bar says what the scenario moves against the default, what was changed, and undoes each change."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import key_of
from agriplan.analysis.likelihood import say_band
from agriplan.analysis.outlook import outlook_by_key
from agriplan.analysis.titles import changed_keys
from agriplan.baselines.commitments import short_names
from agriplan.engine.plan import Plan, without_usual
from agriplan.engine.scenario import Scenario
from agriplan.formatting import print_number
from agriplan.sentences import Lang, say
from agriplan.web.pages.draft import pack, unpack
from agriplan.web.pages.form import lay_over, without_change
from agriplan.web.service import EXTENSION_NAME
from tests import thoroughness
from tests.engine.scenarios import random_evaluation
from tests.thoroughness import by_turns
from tests.web.reading import PAGES, field, rows_of, send
from tests.web.test_pages_form import FULL

TARGET, GAP = 6, 4  # cells of the league page's rows


def effects_of(page: str) -> dict[str, tuple[str, str, str, str]]:
    """What moved: before, after, unit and difference, as the bar or its panel prints them, whichever has them all."""
    bar = html.unescape(page[page.index('id="bar"') : page.index("<main")])
    items = re.findall(
        r'<span class="effect-what">([^<]+)</span> (.+?) <span aria.*?<strong>([^<]+)</strong>'
        r' <span class="effect-unit">([^<]*)</span>.*?\(([^)]+)\)',
        bar,
    )
    return {what: (before, after, unit, by) for what, before, after, unit, by in items}


def in_the_bar(page: str) -> list[str]:
    """What the bar itself names, without its panel."""
    bar = page[page.index('id="bar"') : page.index('id="changes-list"')]
    return re.findall(r'<span class="effect-what">([^<]+)</span>', html.unescape(bar))


def number(text: str) -> float:
    return float(text.replace(",", ""))


# Whatever a planner can turn on an indicator's page or a league's: by indicator, what is typed.
LEVERS = {
    "milk": ["growth.{}.150500=8", "allocation.{}.lock.150500=20", "allocation.{}.rule=equal_amounts"],
    "forage_value": ["allocation.{}.reserve=20", "allocation.{}.margin=10", "allocation.{}.max_growth=5"],
    "meat_sheep_value": ["target.{}=300", "allocation.{}.floor.152500=9", "unit_value_growth.{}=1"],
    "beef_cattle_value": ["growth.{}.150000=9", "allocation.{}.ceiling.150500=1"],
    "improved_breed_rate": ["allocation.{}.rule=equal_growth", "growth.livestock_units.150100=2", "target.{}=99"],
}
TYPED = [dict([lever.format(indicator).split("=")]) for indicator, levers in LEVERS.items() for lever in levers] + [
    {
        lever.format(indicator).split("=")[0]: lever.split("=")[1]
        for indicator, levers in LEVERS.items()
        for lever in levers[:1]
    }
]


@pytest.fixture(scope="module")
def usual(plan: Plan) -> Plan:
    return plan


def expected(
    usual: Plan, plan: Plan, code: str, indicator: str, names: dict[str, str]
) -> dict[str, tuple[float, float]]:
    """The figures that have to be told of an indicator, out of the plans; for the region its leagues too."""
    region = code == plan.baselines.region.code
    sides = [(usual, {}), (plan, {})]
    for side, found in sides:
        line = side.printed.by_indicator[indicator]
        found[f"全区{names[indicator]}缺口"] = line["gap_stated"]
        if region:
            found[f"全区{names[indicator]}未分解量"] = line["unallocated"]
        for area in plan.baselines.leagues if region else [plan.baselines.areas[code]]:
            row = side.printed.league_row(indicator, area.code)
            found[f"{area.name_zh}{names[indicator]}目标"] = row["target"]
    (_, before), (_, after) = sides
    return {what: (before[what], after[what]) for what in before if before[what] != after[what]}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("typed", TYPED, ids=str)
def test_the_bar_tells_whatever_moved_for_the_page_in_view(
    client: FlaskClient, usual: Plan, typed: dict[str, str]
) -> None:
    here = client.application.extensions[EXTENSION_NAME]
    data, names = here.baselines, short_names(here.baselines.commitments, "zh")
    plan = here.plan(lay_over(Scenario(), typed))
    draft = pack(plan.scenario)
    own = {path.split(".")[1].replace("livestock_units", "improved_breed_rate") for path in typed}
    pages = {f"/indicator/{one.id}": (data.region.code, [one.id]) for one in data.commitments}
    others = [address for address in pages if address.rpartition("/")[2] not in own] or list(pages)
    leagues = {f"/league/{code}": (code, list(data.by_id)) for code in ("150500", "150100", "152900")}
    pages |= leagues
    turn = TYPED.index(typed)  # the pages of what was typed, another one and a league's by turns
    seen = {f"/indicator/{one}" for one in own} | {others[turn % len(others)], list(leagues)[turn % len(leagues)]}
    for address in pages if thoroughness.FULL else sorted(seen):
        code, indicators = pages[address]
        page = client.get(f"{address}?draft={draft}").text
        told = effects_of(page)
        want = {}
        for indicator in indicators:
            want |= expected(usual, plan, code, indicator, names)
        of_others = {what for what in told if not any(names[one] in what for one in indicators)}
        assert told.keys() - of_others == want.keys(), address
        for what, (before, after) in want.items():
            between, decimals = told[what][3], len(told[what][3].partition(".")[2])
            for value, said in zip((before, after), told[what][:2], strict=True):
                is_spare = "缺口" in what and value < 0
                assert said == ("富余" if is_spare else "") + print_number(-value if is_spare else value, decimals)
            # A gap that falls and what there is to spare that grows are told alike, those of another target are not.
            word, by = (between[:2], between[2:]) if "缺口" in what else ("", between)
            moved_target = any(f"target.{one}" in typed and names[one] in what for one in data.by_id)
            words = ("改善", "变差")
            if moved_target:
                words = ("增加", "减少") if before <= 0 and after <= 0 else ("缩小", "扩大")
            assert word == (words[after > before] if "缺口" in what else "")
            assert number(by) == pytest.approx(abs(after - before) if word else after - before, abs=1e-9)
            assert told[what][2]
        moved = "目标和缺口与默认方案相同" not in page
        assert moved == bool(told), address
        more = re.search(r"另有(\d+)项变动", page)
        assert len(told) == len(in_the_bar(page)) + (int(more[1]) if more else 0)


# Every page that is about no league, indicator or year, but shows the scenario in view.
PAGES_OF_THE_REGION = [
    page for page in PAGES if not page.startswith(("/league", "/indicator", "/evaluation", "/actuals"))
]


@pytest.mark.parametrize(
    ("lang", "typed"),
    by_turns(["zh", "en"], [{"growth.milk.150500": "50"}, {"target.forage_value": "500"}]),
    ids=str,
)
def test_pages_about_the_region_tell_its_gaps_and_likelihoods(
    client: FlaskClient, usual: Plan, typed: dict[str, str], lang: Lang
) -> None:
    here = client.application.extensions[EXTENSION_NAME]
    plan, region = here.plan(lay_over(Scenario(), typed)), usual.baselines.region.code
    (indicator,) = (path.split(".")[1] for path in typed)
    said = {"where": say("page.bar.region", lang), "name": short_names(usual.baselines.commitments, lang)[indicator]}
    rows = [outlook_by_key(one)[indicator, region] for one in (usual, plan)]
    gaps = [float(one.printed.by_indicator[indicator]["gap_stated"]) for one in (usual, plan)]
    want = {say("page.bar.gap", lang, **said): [print_number(gap, 2) for gap in gaps]}
    for word, column in (("likely", "band"), ("likely_as_entered", "entered_band")):
        # Where nobody entered a growth there is none to be likely with.
        bands = [say_band(row[column], lang) or say("page.bar.not_entered", lang) for row in rows]
        if len(set(bands)) == 2 and (word == "likely" or rows[1]["entered"]):
            want[say(f"page.bar.{word}", lang, **said)] = bands
    assert len(want) == 2
    for address in PAGES_OF_THE_REGION:
        page = client.get(f"{address}?draft={pack(plan.scenario)}&lang={lang}").text
        bar = html.unescape(page[page.index('id="bar"') : page.index("<main")])
        found = re.findall(r'"effect-what">([^<]+)</span> (.+?) <span aria.*?<strong>([^<]+)</strong>', bar)
        assert {what: [before, after] for what, before, after in found} == want, address


def test_the_issue_example_reads_as_it_was_asked_for(client: FlaskClient) -> None:
    """A league, an indicator, both figures with their unit; then the region's gap; then how many changes."""
    page = send(client, "/league/150500", growth__milk__150500="6").text
    bar = page[page.index('id="bar"') : page.index('id="changes-list"')]
    told = " ".join(re.sub(r"<[^>]+>", " ", bar[bar.index("<ul") : bar.index("</ul>")]).split())
    after, gap = (rows_of(page)["row-milk"][place] for place in (TARGET, GAP))
    assert told.startswith(f"通辽市奶类产量目标 58.74 → 变为 {after} 万吨 (+")
    assert f"全区奶类产量缺口 322.53 → 变为 {gap} 万吨 (改善" in told


@pytest.mark.parametrize("address", ["/league/150500", "/indicator/forage_value"])
def test_the_edit_just_made_stands_first_and_the_rest_is_counted(client: FlaskClient, address: str) -> None:
    typed: dict[str, str] = {}
    for path, name in [
        ("growth.milk.150500", "奶类产量"),
        ("growth.meat_sheep_value.150500", "肉羊"),
        ("growth.forage_value.150500", "饲草产值"),
        ("growth.livestock_units.150500", "良种"),
    ]:
        before = pack(lay_over(Scenario(), typed))
        typed[path] = "3.5"
        page = send(client, address, draft=before, **{path: "3.5"}).text
        assert name in in_the_bar(page)[0], path
        if not address.startswith("/league"):
            assert "通辽市" in in_the_bar(page)[0] or name != "饲草产值"
    undone = send(client, address, draft=pack(lay_over(Scenario(), typed)), undo="growth.milk.150500").text
    assert len(effects_of(undone)) > 2
    assert int(re.search(r"另有(\d+)项变动", undone)[1]) == len(effects_of(undone)) - 2


def test_a_lock_moves_the_board_of_an_evaluation_and_the_bar_says_so(client: FlaskClient) -> None:
    draft = pack(Scenario.model_validate({"allocation": {"milk": {"lock": {"150500": 20}}}}))
    page = client.get(f"/evaluation?as_of=2022&draft={draft}").text
    told = effects_of(page)
    assert told["通辽市奶类产量目标"][0] == "58.74"
    assert "目标和缺口与默认方案相同" not in page


def test_a_default_plan_has_no_bar(client: FlaskClient) -> None:
    assert "已改" not in client.get("/league/150500").text


@pytest.fixture(scope="module")
def undoing_links(app: Flask) -> list[Scenario]:
    """What a page's links to undo a change lead to."""
    shown = html.unescape(app.test_client().get(f"/data?draft={pack(FULL)}").text)
    return [unpack(token) for token in re.findall(r'data-reset href="/data\?draft=([\w-]+)"', shown)]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", sorted({key_of(path) for path in entries_of(FULL)}))
def test_each_change_is_undone_by_button_and_by_link(
    client: FlaskClient, key: str, undoing_links: list[Scenario]
) -> None:
    want = without_change(FULL, key)
    assert {key_of(path) for path in entries_of(want)} == {key_of(path) for path in entries_of(FULL)} - {key}
    page = send(client, "/league/150500", draft=pack(FULL), undo=key).text
    assert unpack(field(page, "draft")) == want
    assert want in undoing_links


@pytest.mark.parametrize(("lang", "which"), by_turns(["zh", "en"], range(3)))
def test_the_bar_counts_changes_as_titles_and_workbooks_do(client: FlaskClient, lang: Lang, which: int) -> None:
    count = {"zh": r"已改(\d+)处", "en": r"Changes: (\d+)"}[lang]
    own = Scenario.model_validate(
        {"baseline": {"milk_output": {"150500": {"value": 36.5, "source": "a", "note": "b"}}}}
    )
    data = client.application.extensions[EXTENSION_NAME].baselines
    scenario = without_usual((own, FULL.model_copy(update={"name": ""}), random_evaluation(1, data))[which], data)
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
