"""Every share says why: rule, weight, limits, spill-over; every rule says what a league's own claim does."""

import re

import numpy as np
import pytest
from flask.testing import FlaskClient

from agriplan.analysis.explanation import bound_by
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.columns import STATED
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_number
from agriplan.sentences import say
from agriplan.web.pages.draft import pack
from tests.thoroughness import FULL, by_turns
from tests.web.reading import send, tables_of


def card(page: str, indicator: str) -> str:
    return re.search(rf'<section class="card" id="{indicator}".*?</section>', page, re.DOTALL)[0]


def test_a_share_is_told_as_rule_limits_and_spill_over(client: FlaskClient) -> None:
    page = send(client, "/league/150500", allocation__milk__ceiling__150100="30").text
    assert "按规则应分19.00万吨，自身上下限0.00万吨，其他盟市溢出+2.32万吨，合计21.32万吨。" in card(page, "milk")
    assert re.search(r"呼和浩特市\s+-31\.85", card(page, "milk"))


def test_the_share_of_a_rate_is_no_part_of_points_but_of_animals(client: FlaskClient) -> None:
    """A league's points and the region's are of different herds: 0.55 of 0.55 points is not a tenth."""
    said = card(client.get("/league/150500").text, "improved_breed_rate")
    found = re.search(
        r'<p class="why">通辽市按“基数法”把自身的比率提高([\d.]+)个百分点；'
        r"全区待分解([\d.]+)个百分点，按存栏加权占已分解量的([\d.]+)%。",
        said,
    )
    assert found
    assert float(found[3]) < 100
    assert "个百分点中的" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_share_by_the_rule_says_so_once(client: FlaskClient, lang: str) -> None:
    doubled = {"zh": "（按规则分解）", "en": "(by the rule)"}[lang]
    limited = {"zh": "（达到上限）", "en": "(at its ceiling)"}[lang]
    pages = [send(client, f"/league/150500?lang={lang}", allocation__milk__max_growth=cap).text for cap in ("", "4")]
    told = [re.search(r'<p class="why">([^<]*)', card(page, "milk"))[1] for page in pages]
    assert [doubled in one for one in told] == [False, False]
    assert [limited in one for one in told] == [False, True]


def test_a_bound_share_names_the_limit(client: FlaskClient) -> None:
    page = send(client, "/league/150500", allocation__milk__max_growth="4").text
    assert "由增速上限决定。" in card(page, "milk")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_parts_on_the_page_make_the_share(client: FlaskClient, lang: str, baselines: Baselines) -> None:
    entered = {"allocation": {"milk": {"rule": "equal_amounts", "max_growth": 9}}}
    for league in baselines.leagues if FULL else baselines.leagues[lang == "en" :: 2]:
        page = client.get(f"/league/{league.code}?draft={pack(parse_scenario(entered))}&lang={lang}").text
        for commitment in baselines.commitments:
            found = re.search(r'<p class="sum-line">([^<]*)', card(page, commitment.id))
            if found is None:
                continue
            *parts, whole = (float(one.replace(",", "")) for one in re.findall(r"[+-]?[\d,]+\.\d+", found[1]))
            assert sum(parts) == pytest.approx(whole, abs=1e-9)


def test_criteria_stand_where_the_share_is(client: FlaskClient) -> None:
    page = card(send(client, "/league/150500", allocation__milk__rule="by_criteria").text, "milk")
    (table,) = (rows for rows in tables_of(page) if rows[0][-1] == "权重 × 份额")
    products = [float(row[-1]) for row in table[1:]]
    weight = float(re.search(r"权重</th><td class=\"num\">([\d.]+)", page)[1])
    assert sum(products) == pytest.approx(weight, abs=2e-4)


def test_the_field_for_a_growth_says_what_a_claim_does(client: FlaskClient, baselines: Baselines, suggestions) -> None:
    assert "不随自报增速变化：增速略低或略高，均为58.74万吨。" in card(
        send(client, "/league/150500", allocation__milk__rule="equal_growth").text, "milk"
    )
    more = make_plan(parse_scenario({"growth": {"milk": {"150500": 3.07}}}), baselines, suggestions)
    rows = more.printed.leagues_of("milk")
    target = print_number(rows.loc[rows["code"] == "150500", "target"].iloc[0], 2)
    page = card(client.get("/league/150500").text, "milk")
    assert "填2.07时为58.74万吨" in page
    assert f"填3.07时为{target}万吨" in page


def test_the_rules_page_says_of_every_rule_what_it_does_and_what_a_claim_does(client: FlaskClient) -> None:
    each, *_ = tables_of(client.get("/compare/rules?league=150500").text)
    assert len(each) == 1 + len(RULES)
    said = {row[0]: row[2] for row in each[1:]}
    assert "奶类产量" in said["基数法"]
    assert "奶类产量" not in said["同速法"].partition("不影响：")[0]
    assert "不影响：奶类产量" in said["同速法"]


# Every indicator under another rule, with limits, so that no row of any table is that of the first rule by chance.
MANY = {
    "growth": {"milk": {"150500": 6}},
    "allocation": {
        "milk": {"rule": "equal_slack", "max_growth": 12, "lock": {"150500": 20}},
        "forage_value": {"rule": "by_criteria", "reserve": 10},
        "meat_sheep_value": {"rule": "by_headroom", "floor": {"152500": 4}},
        "beef_cattle_value": {"rule": "by_shares", "shares": {"150500": 3, "152200": 1}},
        "improved_breed_rate": {"rule": "equal_growth", "ceiling": {"150500": 0.1}},
    },
    "target": {"beef_cattle_value": 900},
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_rule_in_force_is_marked_and_nothing_sets_it_apart(
    client: FlaskClient, lang: str, baselines: Baselines, suggestions
) -> None:
    drafts = [{"allocation": {one: {"rule": rule} for one in baselines.by_id}} for rule in RULES if rule != "by_shares"]
    for entered in [*drafts[lang == "en" :: 2], MANY]:
        plan = make_plan(parse_scenario(entered), baselines, suggestions)
        page = client.get(f"/compare/rules?league=150500&draft={pack(plan.scenario)}&lang={lang}").text
        for one in baselines.commitments:
            found = re.search(
                rf'<section aria-labelledby="{one.id}-title" class="card">.*?</section>', page, re.DOTALL
            )[0]
            if plan.by_indicator[one.id]["to_place"] <= 0:
                continue
            rule, target = plan.by_indicator[one.id]["rule"], plan.printed.league_row(one.id, "150500")["target"]
            all_leagues, *under = tables_of(found)
            place = all_leagues[0].index(say(f"rule.{rule}", lang))
            strong = re.findall(r"<t[dh][^>]*>", re.search(r"<tbody><tr.*?</tr>", found, re.DOTALL)[0])
            assert [at for at, cell in enumerate(strong) if "strong" in cell] == [place], (one.id, rule)
            if "150500" not in one.leagues:
                continue
            (rows,) = under
            marked = re.findall(r'<tr class="own"><th scope="row">([^<]+) <span class="tag">', found)
            assert marked == [say(f"rule.{rule}", lang)]
            (used,) = (row for row in rows[1:] if row[0].startswith(marked[0]) and row[3] == "—")
            assert (used[2], used[4]) == (print_number(target, baselines.decimals(one)), "—")
            for row in rows[1:]:
                if row is not used:
                    assert number(row[2]) - target == pytest.approx(number(row[3]), abs=1e-9)


def number(text: str) -> float:
    return float(text.replace(",", ""))


CLAIM_SCENARIOS = [
    {},
    MANY,
    {"allocation": {one: {"max_growth": 1} for one in ("milk", "forage_value", "improved_breed_rate")}},
    {"allocation": {"milk": {"lock": {"150500": {"target": 60}}, "floor": {"150100": {"target": 700}}}}},
    {"allocation": {"milk": {"reserve": 100}}, "target": {"forage_value": 1, "improved_breed_rate": 100}},
]
CLAIMING = ("150500", "152500", "150300")
WORDS_OF_LIMITS = {
    "lock": "锁定值", "floor": "下限", "entered": "填报的上限", "max_growth": "增速上限", "natural": "比率自身的上限",
}  # fmt: skip


def with_growths(entered: dict, code: str, plan: Plan, steps: int) -> dict:
    """The scenario with every growth of a league entered, so many steps beside what the plan takes."""
    growths = {name: dict(entered.get("growth", {}).get(name, {})) for name in plan.baselines.by_id}
    for one in plan.baselines.commitments:
        step = 0.1 if one.is_rate else 1.0
        growths[one.id][code] = round(plan.league_row(one.id, code)["growth"] + steps * step, 6)
    return entered | {"growth": entered.get("growth", {}) | growths}


@pytest.mark.parametrize(("which", "code"), by_turns(range(len(CLAIM_SCENARIOS)), CLAIMING))
def test_the_sentence_at_a_growth_names_what_decides_and_the_rule_only_where_it_does(
    client: FlaskClient, baselines: Baselines, suggestions, which: int, code: str
) -> None:
    """Held against plans that enter a little less and a little more, for every indicator of the league at once."""
    entered = CLAIM_SCENARIOS[which]
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    beside = [
        make_plan(parse_scenario(with_growths(entered, code, plan, steps)), baselines, suggestions)
        for steps in (-1, 0, 1)
    ]
    page = client.get(f"/league/{code}?draft={pack(parse_scenario(entered))}").text
    for one in baselines.commitments:
        found = re.search(r'<p class="hint claim">(.*?)</p>', card(page, one.id))
        if found is None:
            continue
        rows = [(made.league_row(one.id, code), made.printed.league_row(one.id, code)["target"]) for made in beside]
        bound = {bound_by(row, one.ceiling) or row["reason"] for row, _ in rows}
        decimals = baselines.decimals(one)
        for target in {target for _, target in rows}:  # those that differ by rounding alone too
            assert print_number(target, decimals) in found[1], (code, one.id, found[1])
        moves = (max(target for _, target in rows) - min(target for _, target in rows)) * 10**decimals > 1.5
        assert ("略低" in found[1]) == (not moves and len(bound) == 1), (code, one.id, found[1])
        assert ("按“" in found[1]) == (bound <= {"proportional", "no_weight"}), (code, one.id, found[1], bound)
        for limit in bound & WORDS_OF_LIMITS.keys():
            assert WORDS_OF_LIMITS[limit] in found[1], (code, one.id, found[1])
        assert ("不参与分解" in found[1]) == (bound == {"not_named"})


# "yes", "no", either with a limit at work: as the rules page begins what it says of an indicator.
ANSWERS = re.compile(r"(不?影响)(（上下限起作用）)?：(.*?)(?=不?影响（|不?影响：|$)")


ROUNDED = "（只差列示的尾数）"


def answers_of(cell: str) -> dict[str, tuple[bool, bool, bool]]:
    """By indicator, whether a claim moves the target, a limit is at work and rounding alone differs, as a cell says."""
    found = ANSWERS.findall(cell)
    return {
        name.removesuffix(ROUNDED): (yes == "影响", bool(limit), name.endswith(ROUNDED))
        for yes, limit, names in found
        for name in names.split("、")
    }


@pytest.mark.parametrize(("which", "code"), by_turns(range(len(CLAIM_SCENARIOS)), CLAIMING))
def test_the_rules_page_answers_as_the_targets_below_it_move(
    client: FlaskClient, baselines: Baselines, which: int, code: str
) -> None:
    """Whatever decides: a floor, too, leaves a target that follows the league's own projection."""
    entered = CLAIM_SCENARIOS[which]
    page = client.get(f"/compare/rules?league={code}&draft={pack(parse_scenario(entered))}").text
    each, *_ = tables_of(page)
    told = {row[0]: answers_of(row[2]) for row in each[1:]}
    seen = set()
    for one in baselines.commitments:
        found = re.search(rf'<section aria-labelledby="{one.id}-title" class="card">.*?</section>', page, re.DOTALL)[0]
        under = [rows for rows in tables_of(found) if rows[0][0] == "分解规则"]
        for row in (under[0] if under else [])[1:]:
            rule = row[0].removesuffix("当前").strip()
            targets = [number(one) for one in row[5:]]
            moves, _, rounded = told[rule][one.name("zh")]
            assert rounded == (not moves and len(set(targets)) > 1), (one.id, rule)
            assert moves == ((max(targets) - min(targets)) * 10 ** baselines.decimals(one) > 1.5), (one.id, rule)
            seen.add((one.name("zh"), rule))
    assert seen == {(name, rule) for rule, said in told.items() for name in said}


def test_a_lock_as_an_amount_moves_with_the_claim_and_as_a_target_it_does_not(client: FlaskClient) -> None:
    for lock, answer in ((20, (True, True)), ({"target": 60}, (False, True))):
        draft = pack(parse_scenario({"allocation": {"milk": {"lock": {"150500": lock}}}}))
        each, *_ = tables_of(client.get(f"/compare/rules?league=150500&draft={draft}").text)
        assert {answers_of(row[2])["奶类产量"][:2] for row in each[1:]} == {answer}


def test_a_target_under_another_rule_differs_by_the_parts_that_are_told(client: FlaskClient) -> None:
    tables = tables_of(client.get("/compare/rules?league=150500").text)
    under = [rows for rows in tables if rows[0][:2] == ["分解规则", "分解量"]]
    assert under
    for rows in under:
        used = next(row for row in rows[1:] if row[3] == "—")
        for row in rows[1:]:
            if row is used:
                continue
            parts = sum(float(one) for one in re.findall(r"[+-][\d.]+", row[4]))
            assert parts == pytest.approx(float(row[3]), abs=1e-9)
            assert float(row[2]) - float(used[2]) == pytest.approx(float(row[3]), abs=1e-9)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_gap_that_is_held_back_is_no_surplus_and_a_lock_in_a_surplus_no_projection(
    client: FlaskClient, lang: str, plan: Plan
) -> None:
    entered = {"allocation": {"milk": {"reserve": 100}, "beef_cattle_value": {"lock": {"150500": 3}}}}
    page = client.get(f"/league/150500?draft={pack(parse_scenario(entered))}&lang={lang}").text
    held = card(page, "milk")
    gap = print_number(float(plan.printed.by_indicator["milk"][f"gap{STATED}"]), 2)
    assert gap in re.search(r'<p class="why">(.*?)</p>', held, re.DOTALL)[1]
    assert say("reason.all_held_back", lang) in page
    for surplus in ("已达到目标，没有缺口可分", "so there is nothing to share"):
        assert surplus not in held
        assert surplus not in card(page, "beef_cattle_value")
    assert "3.00" in re.search(r'<p class="why">(.*?)</p>', card(page, "beef_cattle_value"), re.DOTALL)[1]


@pytest.mark.parametrize("address", ["/", "/league/150500", "/indicator/beef_cattle_value"])
def test_a_surplus_that_is_printed_as_nothing_is_none(client: FlaskClient, address: str) -> None:
    """Beef comes to 577.661 by itself, printed 577.66."""
    page = client.get(f"{address}?draft={pack(parse_scenario({'target': {'beef_cattle_value': 577.66}}))}").text
    assert 'class="surplus"' not in page
    page = client.get(f"{address}?draft={pack(parse_scenario({'target': {'beef_cattle_value': 577.65}}))}").text
    assert 'class="surplus"' in page


@pytest.mark.parametrize(("floor", "told"), [({"150500": 30, "150400": 300}, "30.00"), ({"150400": 400}, "0.00")])
def test_floors_above_what_is_to_place_are_no_share_of_it(client: FlaskClient, floor: dict, told: str) -> None:
    page = client.get(f"/league/150500?draft={pack(parse_scenario({'allocation': {'milk': {'floor': floor}}}))}").text
    said = re.search(r'<p class="why">(.*?)</p>', card(page, "milk"), re.DOTALL)[1]
    assert f"通辽市按自身的下限或锁定承担{told}万吨" in said
    assert "占" not in said


@pytest.mark.parametrize("rule", RULES)
def test_a_league_is_told_weight_and_offset_of_every_rule(client: FlaskClient, rule: str, plan: Plan) -> None:
    shares = {"shares": {"150500": 1, "150100": 2}} if rule == "by_shares" else {}
    draft = pack(parse_scenario({"allocation": {"milk": {"rule": rule, "floor": {"150500": 1}, **shares}}}))
    terms = RULES[rule](plan.leagues_of("milk").assign(base_weight=7.25, counted=2.0, one=1.0))
    turn = list(RULES).index(rule) % 2
    for lang in ("zh", "en") if FULL else ("zh", "en")[turn : turn + 1]:
        page = client.get(f"/league/150500?draft={draft}&lang={lang}")
        assert page.status_code == 200
        told = card(page.text, "milk")
        by_base = np.all(terms.weight == 7.25)
        weight = say("page.why.base_as_weight" if by_base else f"page.rule_weight.{rule}", lang)
        assert weight in told
        assert say("page.rule_weight.by_baseline", lang) not in told  # what stands for the base of rates is theirs
        words = f"<td>{say(f'page.rule_offset.{rule}', lang)}</td>"
        assert (words in told) == (not isinstance(terms.offset, float))
