"""Scenarios held against a base: signed differences, who carries more and why, what did not move folded away."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.comparison import compare
from agriplan.analysis.entries import say_path
from agriplan.analysis.titles import short_titles
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.report.chosen import EVERYTHING
from agriplan.report.comparison_json import comparison_report
from agriplan.report.comparison_tables import list_comparison
from agriplan.sentences import say
from agriplan.web.pages.draft import pack
from agriplan.web.service import EXTENSION_NAME
from agriplan.workbook.content.compared import describe_comparison
from tests.web.reading import tables_of

ENTERED = {
    "growth": {"milk": {"150500": 8.0}},
    "allocation": {"milk": {"ceiling": {"150100": 30}}, "improved_breed_rate": {"rule": "equal_growth"}},
}
DRAFT = pack(parse_scenario(ENTERED))
ADDRESS = f"/compare?choose=default&choose=draft&compare=1&draft={DRAFT}"


def number(cell: str) -> float:
    return float(cell.split()[0].replace(",", ""))


def league_tables(page: str) -> list[list[list[str]]]:
    return [rows for rows in tables_of(page) if rows[0][:1] == ["盟市"]]


def test_differences_are_signed_and_their_reasons_add_up(client: FlaskClient) -> None:
    milk, rate = league_tables(client.get(ADDRESS).text)
    assert len(rate) > 1
    for row in [row for row in milk[1:] if row[4]]:
        assert number(row[2]) - number(row[1]) == pytest.approx(number(row[3]), abs=1e-9)
        parts = sum(float(one) for one in re.findall(r"[+-][\d.]+", row[4]))
        assert parts == pytest.approx(number(row[3]), abs=1e-9)


@pytest.mark.parametrize(
    ("base", "other", "said"),
    [
        (900, 800, "缩小100.00"),
        (900, 600, "缩小300.00"),
        (650, 600, "增加50.00"),
        (600, 650, "减少50.00"),
        (600, 900, "扩大300.00"),
    ],
)
def test_a_gap_of_another_target_is_smaller_or_larger_and_never_better(
    client: FlaskClient, baselines: Baselines, suggestions, base: int, other: int, said: str
) -> None:
    """Who promises less betters nothing. A trend leads to 677.49: a target of less leaves something to spare."""
    drafts = [pack(parse_scenario({"target": {"milk": target}})) for target in (base, other)]
    page = client.get(f"/indicator/milk?draft={drafts[1]}").text
    assert re.search(r"全区奶类产量缺口.*?\(缩小[\d.]+\)", page, re.DOTALL)
    store, name = client.application.extensions[EXTENSION_NAME].store, f"奶类{base}—{other}"
    saved = store.save(name, canonical_json(parse_scenario({"target": {"milk": base}, "name": name})))
    page = client.get(f"/compare?choose={saved.scenario_id}&choose=draft&compare=1&draft={drafts[1]}").text
    assert f'<span class="by">{said}</span>' in page


def test_what_moved_is_what_the_comparison_says(client: FlaskClient, baselines: Baselines, suggestions) -> None:
    plans = [make_plan(one, baselines, suggestions) for one in (Scenario(), parse_scenario(ENTERED))]
    rows = compare(plans).seen_to_move
    page = client.get(ADDRESS).text
    for commitment in baselines.commitments:
        moved = set(rows[(rows["indicator"] == commitment.id) & (rows["code"] != baselines.region.code)]["code"])
        assert (f'id="{commitment.id}-title"' in page) == bool(moved)
    milk, _ = league_tables(page)
    codes = set(rows[(rows["indicator"] == "milk") & (rows["code"] != baselines.region.code)]["code"])
    named = {area.name_zh for area in baselines.leagues if area.code in codes}
    assert {row[0] for row in milk[1:] if row[4]} == named


ROUNDED_OTHERWISE = [{"growth": {"milk": {"150400": growth}}} for growth in (2.5, 5, 7, 9)]


@pytest.mark.parametrize("entered", ROUNDED_OTHERWISE, ids=range(len(ROUNDED_OTHERWISE)))
def test_a_figure_that_is_only_rounded_otherwise_has_not_moved(
    client: FlaskClient, baselines: Baselines, suggestions, entered: dict
) -> None:
    """A league's printed projection follows the others', since all add up."""
    plans = [make_plan(parse_scenario(one), baselines, suggestions) for one in ({}, entered)]
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={pack(plans[1].scenario)}").text
    (rows,) = (rows for rows in tables_of(page) if rows[0][:2] == ["指标", "地区"])
    told = {(row[0], row[1]) for row in rows[1:] if row[2] == "趋势预测"}
    changed = {
        (baselines.by_id[name].name_zh, area)
        for name, growth in entered["growth"].items()
        for code in growth
        for area in (baselines.areas[code].name_zh, baselines.region.name_zh)
    }
    assert told
    assert told <= changed


PRINTED = [
    *ROUNDED_OTHERWISE,
    {"target": {"milk": 900}, "growth": {"milk": {"150000": 4}}},
    {"growth": {"milk": {"150500": 8}}},
    {"target": {"improved_breed_rate": 45}, "growth": {"improved_breed_rate": {"150500": 0.5}}},
]


@pytest.mark.parametrize("entered", PRINTED, ids=range(len(PRINTED)))
def test_what_lies_between_printed_figures_is_said_alike_in_every_place(
    client: FlaskClient, baselines: Baselines, suggestions, entered: dict
) -> None:
    """In the list, in the table and in its reasons; together they come to what the region is said to move by."""
    plans = [make_plan(parse_scenario(one), baselines, suggestions) for one in ({}, entered)]
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={pack(plans[1].scenario)}").text
    told = 0
    for one in baselines.commitments:
        section = re.search(rf'<section class="card" id="{one.id}".*?</section>', page, re.DOTALL)
        if section is None:
            continue
        codes = {area.name_zh: area.code for area in baselines.leagues}
        then, now = (plan.printed.leagues_of(one.id).set_index("code") for plan in plans)
        apart = {name: (now[name] - then[name]).round(6) for name in ("projection", "amount_stated", "target")}
        sides = "".join(re.findall(r'<span class="side side-(?:more|less)">(.*?)</span>', section[0], re.DOTALL))
        carried = {name: float(by) for name, by in re.findall(r"([^、：>\s]+?)\s+([+-][\d.]+)", sides)}
        for row in [row for row in tables_of(section[0])[0][1:] if row[0] in codes]:
            league, difference, why = codes[row[0]], number(row[3]), row[4]
            parts = {name: float(by) for name, by in re.findall(r"([^、\s\d]+?)\s+([+-][\d.]+)", why)}
            rounding, trend = parts.pop("取整", 0.0), parts.pop("趋势预测", 0.0)
            share = pytest.approx(sum(parts.values()), abs=1e-9)
            assert difference == apart["target"][league], row
            assert carried.get(row[0], 0.0) == share, row
            assert rounding or share == apart["amount_stated"][league], row
            assert trend + rounding + sum(parts.values()) == pytest.approx(difference, abs=1e-9), row
            told += 1
        if not one.is_rate:
            placed = [plan.printed.by_indicator[one.id]["placed_stated"] for plan in plans]
            assert sum(carried.values()) == pytest.approx(placed[1] - placed[0], abs=1e-6), one.id
    assert told


def test_results_stand_first_and_many_actuals_are_folded_by_indicator(client: FlaskClient) -> None:
    years = {str(year): 20 + year - 2020 for year in range(2021, 2025)}
    many = {one: dict.fromkeys(("150400", "150500"), years) for one in ("milk", "forage_value")}
    few = {"milk": {"150500": years}}
    for actual, folded in ((many, 2), (few, 0)):
        draft = pack(parse_scenario({**ENTERED, "actual": actual}))
        page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={draft}").text
        assert page.index('id="lines-title"') < page.index('id="changes-title"') < page.index('id="targets-title"')
        assert page.count('<details class="stays-folded"') == folded
        assert ("实际值：2项指标，16处不同" in page) == bool(folded)
        assert page.count("奶类产量 · 实际值（8处）") == bool(folded)
        listed = page.partition('id="changes-title"')[2].partition('id="targets-title"')[0]
        assert listed.count("奶类产量 · 实际值 · 通辽市 · 2023年") == 1


def test_a_chart_stands_only_beside_what_moved(client: FlaskClient) -> None:
    page = client.get(ADDRESS).text
    assert page.count('class="chart"') == 2
    assert "未变的3项指标" in page


def test_who_carries_more_and_who_less_is_said_first(client: FlaskClient) -> None:
    page = client.get(ADDRESS).text
    assert re.search(r"多承担缺口：\S+\s+\+", page)
    assert re.search(r"少承担缺口：呼和浩特市\s+-31\.85", page)


def test_another_scenario_becomes_the_base_and_every_sign_turns(client: FlaskClient) -> None:
    page = client.get(ADDRESS).text
    turn = html.unescape(re.search(r'<a href="([^"]+)" aria-label="以“[^"]+作为基准', page)[1])
    there, back = (league_tables(one)[0] for one in (page, client.get(turn).text))
    differences = [{row[0]: number(row[3]) for row in rows[1:] if row[4]} for rows in (there, back)]
    assert differences[0] == {league: -value for league, value in differences[1].items()}


def test_the_form_keeps_the_base_and_the_order_is_changed_by_links(client: FlaskClient) -> None:
    third = client.get(ADDRESS + "&choose=default&base=draft").text
    assert re.search(r'name="base" value="draft"', third)
    first = re.search(r'<ol class="order">.*?<strong>([^<]+)', third, re.DOTALL)[1]
    assert "未保存的修改" in first


def test_years_in_the_name_of_a_scenario_stay_on_one_line_in_every_head(client: FlaskClient) -> None:
    store, name = client.application.extensions[EXTENSION_NAME].store, "按2021—2024年 <走势>"
    saved = store.save(name, canonical_json(parse_scenario(ENTERED | {"name": name})))
    page = client.get(f"/compare?choose=default&choose={saved.scenario_id}&compare=1").data.decode()
    heads = [head for head in re.findall(r"<th scope=.*?</th>", page) if "走势" in head]
    assert len(heads) > 2
    for head in heads:
        assert '按<span class="together">2021—2024年</span> &lt;走势&gt;' in head


def test_two_that_are_alike_say_so(client: FlaskClient, baselines: Baselines, suggestions) -> None:
    fixed = pack(parse_scenario({"growth": {"milk": {"150500": 2.07}}}))
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={fixed}").text
    assert say("page.compare.nothing_changed", "zh") not in page
    assert say("entry.default_value", "zh", value="2.07%/年") in page
    alike = parse_scenario({"path": {"milk": "linear"}})
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={pack(alike)}").text
    assert say("page.compare.nothing_moved", "zh") in page
    assert 'class="chart"' not in page
    for scenarios, told in (
        ((Scenario(), Scenario()), ["各方案的假设和规则相同。", say("page.compare.nothing_moved", "zh")]),
        ((Scenario(), alike), [None, say("page.compare.nothing_moved", "zh")]),
    ):
        comparison = compare([make_plan(one, baselines, suggestions) for one in scenarios])
        listed = list_comparison(comparison, ("甲", "乙"), "zh", EVERYTHING)
        assert all(said is None or said == line for said, line in zip(told, listed, strict=True))


@pytest.mark.parametrize("target", [570, 600])
def test_another_commitment_moves_the_regions_figures_on_every_door(
    client: FlaskClient, baselines: Baselines, suggestions, target: float
) -> None:
    """570 leaves a surplus that is 10 less, whatever the leagues do; 600 a gap."""
    asked = parse_scenario({"target": {"beef_cattle_value": target}})
    comparison = compare([make_plan(one, baselines, suggestions) for one in (Scenario(), asked)])
    moved = {"target", "gap", "unallocated"} if target < 577 else {"target", "gap"}
    rows = comparison.seen_to_move
    assert moved <= set(rows[rows["code"] == baselines.region.code]["measure"])
    assert set(rows[rows["measure"] == "gap"]["spread"]) == {target - 560.0}
    listed = "\n".join(list_comparison(comparison, ("甲", "乙"), "zh", EVERYTHING))
    sent = {(one.measure, one.printed_spread) for one in comparison_report(comparison).moved}
    sheet = describe_comparison(comparison, "zh").sheets["moved"].tables["moved"].columns["measure"].values
    page = client.get(f"/compare?choose=default&choose=draft&compare=1&draft={pack(asked)}").text
    for measure in moved:
        assert say(f"table.{measure}", "zh") in listed
        assert (measure, target - 560.0) in sent
        assert say(f"table.{measure}", "zh") in sheet
        assert say(f"page.moved.{measure}", "zh") in page
    assert say("page.compare.nothing_moved", "zh") not in page
    still = page.partition('id="unchanged"')[2].partition("</details>")[0]
    assert baselines.by_id["beef_cattle_value"].name_zh not in still


THREE = {
    "甲": {"growth": {one: {"150000": 6} for one in ("milk", "meat_sheep_value")}, "path": {"milk": "constant_growth"}},
    "乙": {
        "allocation": {
            "milk": {"max_growth": 15, "rule": "by_baseline", "reserve": 10},
            "forage_value": {"rule": "equal_growth", "max_growth": 4},
            "improved_breed_rate": {"rule": "equal_amounts"},
        },
        "target": {"milk": 1000, "meat_sheep_value": 1100},
    },
}


def compared(client: FlaskClient, lang: str = "zh") -> str:
    """Three scenarios side by side, two of them saved."""
    store = client.application.extensions[EXTENSION_NAME].store
    saved = [
        store.save(name, canonical_json(parse_scenario(entered | {"name": name}))).scenario_id
        for name, entered in THREE.items()
    ]
    chosen = "".join(f"&choose={one}" for one in saved)
    return client.get(f"/compare?choose=default{chosen}&compare=1&lang={lang}").text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_growth_that_follows_the_regions_entered_one_is_no_default(
    client: FlaskClient, baselines: Baselines, lang: str
) -> None:
    """Beside a league's own growth in one scenario; where nothing is entered for the region it is the default."""
    store = client.application.extensions[EXTENSION_NAME].store
    growths = ({"150500": 8}, {"150000": 4}, {"150000": 4, "150500": 3})
    saved = [
        store.save(f"增速{lang}{place}", canonical_json(parse_scenario({"growth": {"milk": one}}))).scenario_id
        for place, one in enumerate(growths)
    ]
    chosen = "".join(f"&choose={one}" for one in saved)
    page = client.get(f"/compare?choose=default{chosen}&compare=1&lang={lang}").text
    table = next(rows for rows in tables_of(page) if rows[0][0] == say("page.compare.entry", lang))
    row = next(row[1:] for row in table[1:] if row[0] == say_path("growth.milk.150500", baselines, lang))
    default, following = (say(f"entry.{word}", lang, value="") for word in ("default_value", "as_region"))
    assert [(one.endswith(default), one.endswith(following)) for one in row] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]


def test_the_heading_of_every_chart_names_its_scenario_and_the_base(client: FlaskClient) -> None:
    page = compared(client)
    headings = [
        html.unescape(re.sub(r"<[^>]+>", "", one)).strip()
        for one in re.findall(r"<figcaption>(.*?)</figcaption>", page)
    ]
    assert len(headings) > 3
    assert len(set(headings)) == len(headings)
    assert [html.unescape(one) for one in re.findall(r'aria-label="([^"]*相差)"', page)] == headings
    for one in headings:
        assert re.search(r"：“(甲|乙)”的目标与“默认方案”相差$", one), one


def test_a_scenario_has_a_chart_where_targets_of_leagues_differ_from_the_bases(
    client: FlaskClient, baselines: Baselines, suggestions
) -> None:
    page = compared(client)
    base, *others = (make_plan(parse_scenario(one), baselines, suggestions).printed for one in ({}, *THREE.values()))
    without = 0
    for section in re.finditer(r'<section class="card" id="(\w+)".*?</section>', page, re.DOTALL):
        targets = base.leagues_of(section[1])["target"]
        differ = [
            name
            for name, one in zip(THREE, others, strict=True)
            if any(one.leagues_of(section[1])["target"] != targets)
        ]
        assert re.findall(r"：“([甲乙])”的目标与", re.sub(r"<[^>]+>", "", section[0])) == differ, section[1]
        without += len(others) - len(differ)
    assert without


def test_who_carries_more_is_told_by_shares_of_the_gap(client: FlaskClient, baselines: Baselines, suggestions) -> None:
    page = compared(client)
    plans = [make_plan(parse_scenario(one), baselines, suggestions) for one in ({}, *THREE.values())]
    told = 0
    for commitment in baselines.commitments:
        found = re.search(rf'<section class="card" id="{commitment.id}".*?</section>', page, re.DOTALL)
        if found is None:
            continue
        lines = re.findall(r'<p class="sides">(.*?)</p>', found[0], re.DOTALL)
        base, *others = (plan.printed.leagues_of(commitment.id).set_index("code") for plan in plans)
        for line, other in zip(lines, others, strict=True):
            told += 1
            carried = (other["amount_stated"] - base["amount_stated"]).round(baselines.decimals(commitment))
            for word, sign in (("more", 1), ("less", -1)):
                side = re.search(rf'<span class="side side-{word}">[^：]*：(.*?)</span>', line)
                said = set(re.findall(r"([^、\s]+?)\s+[+-]", side[1])) if side else set()
                want = {baselines.areas[code].name_zh for code in carried[carried * sign > 0].index}
                assert said == want, (commitment.id, word)
                assert want <= {baselines.areas[code].name_zh for code in commitment.leagues}
            trend = re.search(r'<span class="side side-trend">[^：]*：(.*?)</span>', line)
            moved = ((other["target"] - base["target"]).round(6) != 0) & (carried == 0)
            assert bool(trend) == bool(moved.any())
    assert told > 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_holds_without_an_entry_stands_with_its_value_and_to_enter_it_is_no_change(
    client: FlaskClient, lang: str
) -> None:
    page = compared(client, lang)
    table = next(rows for rows in tables_of(page) if rows[0][0] == say("page.compare.entry", lang))
    rows = {row[0]: row[1:] for row in table[1:]}
    default = {"zh": "{}（默认）", "en": "{} (default)"}[lang]
    names = {path: say_path(path, client.application.extensions[EXTENSION_NAME].baselines, lang) for path in PATHS}
    for path, usual in PATHS.items():
        if usual is None:
            assert names[path] not in rows
        else:
            assert rows[names[path]][0] == default.format(usual[lang]), path
    for values in rows.values():
        assert not {"默认", "default"} & set(values)


PATHS = {
    "allocation.milk.max_growth": None,
    "allocation.milk.rule": None,
    "path.milk": None,
    "target.milk": None,
    "allocation.milk.reserve": {"zh": "0%", "en": "0 %"},
    "allocation.forage_value.max_growth": {"zh": "15%/年", "en": "15 % a year"},
    "allocation.forage_value.rule": {"zh": "基数法", "en": say("rule.by_baseline", "en")},
    "target.meat_sheep_value": {"zh": "1,000亿元", "en": "1,000 × 100 million yuan"},
}


def test_the_tab_names_what_is_compared_and_an_unknown_id_is_told(client: FlaskClient) -> None:
    title = html.unescape(re.search(r"<title>(.*?)</title>", compared(client))[1])
    assert "默认方案、甲、乙" in title
    for chosen in ("choose=zzz", "choose=default&choose=zzz", "choose=default&choose=draft&choose=zzz&compare=1"):
        answer = client.get(f"/compare?{chosen}")
        assert answer.status_code == 404
        assert "zzz" in answer.text


def test_a_long_name_stands_whole_above_and_short_beside_every_figure(client: FlaskClient) -> None:
    long = "农牧厅会商稿（奶业提速、饲草受限、肉牛调增）第三次修改稿供书面征求意见之用"
    sent = {"name": long, "growth": {"milk": {"150500": 8.0}}}
    saved = client.post("/api/v1/scenarios", json={"scenario": sent}).get_json()["scenario_id"]
    page = client.get(f"/compare?compare=1&choose=default&choose={saved}").text
    labels = re.findall(r'data-label="([^"]*)"', page)
    heads = re.findall(r'<th scope="col(?:group)?"[^>]*>(.*?)</th>', page)
    assert f"<strong>{long}</strong>" in page
    assert not [one for one in (*labels, *heads) if long in one]
    assert all(any(short_titles([long])[0] in one for one in told) for told in (labels, heads))


def test_many_scenarios_have_a_column_each_and_few_a_column_a_figure(client: FlaskClient) -> None:
    """Five times three columns would be wider than a desk's window; what they hold is the same."""
    asked = [{"name": f"方案{number}", "growth": {"milk": {"150500": number}}} for number in range(3, 7)]
    chosen = [client.post("/api/v1/scenarios", json={"scenario": one}).json["scenario_id"] for one in asked]
    found = {}
    for count in (3, 5):
        words = "&choose=".join(["default", *chosen[: count - 1]])
        page = client.get(f"/compare?choose={words}&compare=1").text
        section = page.partition('id="lines-title"')[2]
        found[count] = tables_of(section)[0], tables_of(page.partition('id="milk-title"')[2])[0]
    region, milk = found[5]
    assert {len(row) for row in region} == {len(row) for row in milk} == {6}
    assert [row[0] for row in region[1:4]] == ["奶类产量 · 趋势预测", "奶类产量 · 缺口", "奶类产量 · 上下限情况"]
    few = next(row for row in found[3][0] if row[0].startswith("奶类产量"))
    assert few[1:] == [region[1 + at % 3][1 + at // 3] for at in range(9)]
    assert "目标、与基准相差、差异来源" in page
