"""The form carries a scenario: what is typed is laid over it, what is emptied is taken out, nothing else is lost."""

import html
import re
from random import Random

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.web.pages.draft import pack, unpack
from agriplan.web.pages.form import field_values, lay_over, lay_what_fits
from agriplan.web.pages.saving import named
from tests.test_typed_numbers import CASES
from tests.web.reading import field, send

FULL = parse_scenario(
    {
        "name": "通辽提速",
        "note": "会商稿",
        "growth": {"milk": {"150000": 3.0, "150500": 8.0}},
        "unit_value_growth": {"meat_sheep_value": 1.0},
        "baseline": {"milk_output": {"150500": {"value": 36.0, "source": "通辽市统计局 2021"}}},
        "target": {"milk": 990},
        "allocation": {
            "milk": {"rule": "by_criteria", "max_growth": "none", "ceiling": {"150100": 30.5}, "criteria": "entropy"},
            "forage_value": {"criteria": {"scale": 2.0}, "reserve": 5.0},
        },
        "path": {"milk": "late_loaded"},
        "actual": {"milk": {"150500": {"2021": 40.1}}},
        "status_margin": 3.0,
    }
)


def test_a_form_sent_back_unchanged_is_the_same_scenario() -> None:
    assert lay_over(FULL, field_values(FULL)) == FULL


# Whatever is text in a scenario, in two lines.
LINES = parse_scenario(
    {
        "name": "会商稿",
        "note": "第一段。\n第二段。",
        "baseline": {"milk_output": {"150500": {"value": 36.0, "source": "公报\n第二页"}}},
        "limits_why": {"milk": {"150500": "开工证明\n见附件三"}},
        "allocation": {"milk": {"lock": {"150500": 15}}},
        "actual": {"milk": {"150500": {"2021": {"value": 40.1, "source": "快报\n一月", "definition": "生鲜乳\n牛"}}}},
        "issued": {"number": "内农牧发\n〔2021〕1号", "targets": {"milk": {"150500": 58.0}}},
    }
)


def as_browsers_send(scenario: Scenario, page: str) -> dict[str, str]:
    """The fields of a page: one line has no line breaks, several end as on Windows."""
    several = set(re.findall(r'<textarea[^>]* name="([^"]*)"', page))
    sent = {path: said for path, said in field_values(scenario).items() if not path.endswith(".2021.value")}
    return {path: said.replace("\n", "\r\n" if path in several else "") for path, said in sent.items()}


def test_a_form_loses_no_line_break_of_any_text(client: FlaskClient) -> None:
    sent = as_browsers_send(LINES, client.get("/league/150500").text)
    assert lay_what_fits(LINES, sent, lambda _: None).scenario == LINES
    other = sent | {"growth.milk.150500": "8", "actual.milk.150500.2021": "41"}
    laid = field_values(lay_what_fits(LINES, other, lambda _: None).scenario)
    assert laid == field_values(LINES) | {
        "growth.milk.150500": "8",
        "actual.milk.150500.2021": "41",
        "actual.milk.150500.2021.value": "41",
    }


def test_the_line_breaks_of_a_note_are_the_planners(client: FlaskClient) -> None:
    page = client.get(f"/league/150500?draft={pack(LINES)}").text
    assert "第一段。\n第二段。</textarea>" in page
    sent = as_browsers_send(LINES, page)
    for note in ("第一段。第二段。", "第一段。\r\n\r\n第二段。"):
        laid = lay_what_fits(LINES, sent | {"note": note}, lambda _: None).scenario
        assert laid.note == note.replace("\r\n", "\n")
    assert named(LINES, "乙", "甲。\r\n乙。").note == "甲。\n乙。"


def test_emptied_fields_bring_back_the_default() -> None:
    emptied = lay_over(FULL, dict.fromkeys(field_values(FULL), ""))
    assert emptied == Scenario()


@given(st.dictionaries(st.sampled_from(sorted(field_values(FULL))), st.just(""), max_size=6))
def test_emptying_some_fields_leaves_the_others(emptied: dict[str, str]) -> None:
    left = field_values(lay_over(FULL.model_copy(update={"baseline": {}}), emptied))
    for path, value in field_values(FULL).items():
        if not path.startswith("baseline"):
            assert left.get(path) == (None if path in emptied else value)


def test_a_limit_filled_in_twice_hides_nothing_that_is_wrong_with_either():
    lock, level = "allocation.milk.lock.150500", "allocation.milk.lock.150500.target"

    def told(amount: str, target: str) -> set[tuple[str, str]]:
        form = {lock: amount, level: target, "growth.milk.150500": "fast"}
        blames = lay_what_fits(Scenario(), form, lambda _: None).blames
        return {(blame.problem.place, blame.problem.code) for blame in blames}

    other, both = ("growth.milk.150500", "not_a_number"), (level, "level_beside_amount")
    assert told("三成", "三成") == {other, both, (lock, "not_a_number"), (level, "not_a_number")}
    assert told("15", "三成") == {other, both, (level, "not_a_number")}
    assert told("15", "40") == {other, both}
    assert told("15", "无") == {other}


def test_numbers_may_be_typed_as_people_type_them() -> None:
    entered = {"target.milk": "１，０００", "growth.milk.150500": " 8 %", "growth.milk.150100": "−2.5"}
    scenario = lay_over(Scenario(), entered)
    assert scenario.target == {"milk": 1000.0}
    assert scenario.growth == {"milk": {"150500": 8.0, "150100": -2.5}}


def test_everything_wrong_is_said_at_once_and_stays_in_the_fields(client: FlaskClient) -> None:
    answer = send(
        client, "/league/150500", growth__milk__150500="快", growth__forage_value__150500="-300", target__milk="950"
    )
    assert answer.status_code == 422
    assert "奶类产量 · 增速 · 通辽市" in answer.text
    assert "饲草产值 · 增速 · 通辽市" in answer.text
    assert field(answer.text, "growth.milk.150500") == "快"
    assert field(answer.text, "target.milk") == "950"


def test_an_own_figure_needs_its_source(client: FlaskClient) -> None:
    alone = send(client, "/league/150500", baseline__milk_output__150500__value="36")
    assert alone.status_code == 422
    with_source = send(
        client,
        "/league/150500",
        baseline__milk_output__150500__value="36",
        baseline__milk_output__150500__source="市统计局",
    )
    assert with_source.status_code == 200
    assert "自报" in with_source.text


def test_the_whole_scenario_travels_through_a_form_of_one_league(client: FlaskClient) -> None:
    page = send(client, "/league/152900", draft=pack(FULL), growth__forage_value__152900="5").text
    token = field(page, "draft")
    assert unpack(token) == FULL.model_copy(update={"growth": {**FULL.growth, "forage_value": {"152900": 5.0}}})


def test_choosing_the_house_rule_leaves_the_scenario_as_it_was(client: FlaskClient) -> None:
    page = send(client, "/league/150500", allocation__milk__rule="", path__milk="").text
    assert "默认方案" in page


def test_a_scenario_too_long_for_an_address_asks_to_be_saved_first(client: FlaskClient) -> None:
    codes = [league.code for league in client.application.extensions["agriplan"].baselines.leagues]
    letters = Random(1)  # text that does not compress: one in twenty thousand characters after the other
    sources = {
        f"baseline__milk_output__{code}__source": "".join(chr(letters.randint(0x4E00, 0x9F00)) for _ in range(190))
        for code in codes
    }
    values = {f"baseline__milk_output__{code}__value": str(30 + int(code) % 7) for code in codes}
    assert "修改较多" in send(client, "/league/150500", **sources, **values).text


def test_a_draft_is_read_back_as_it_was() -> None:
    assert unpack(pack(FULL)) == FULL
    with pytest.raises(ScenarioError):
        unpack(pack(FULL)[:-9])


def test_unknown_leagues_and_indicators_are_not_found(client: FlaskClient) -> None:
    assert client.get("/league/999999").status_code == 404
    assert client.get("/league/150000").status_code == 404
    assert client.get("/indicator/milc").status_code == 404


LEAGUES = ("150100", "150200", "150400", "150500", "150600", "150700", "150800", "152200", "152500")


@pytest.mark.parametrize("per_cent", [True, False], ids=["growth", "floor"])
def test_a_number_typed_into_the_form_is_read_as_everywhere(client: FlaskClient, per_cent: bool) -> None:
    """Every case in a field of its own; what is refused stays as it was typed, marked, and takes nothing along."""
    part = "growth.milk" if per_cent else "allocation.milk.floor"
    cases = [case for case in CASES if case.get("per_cent", per_cent) == per_cent]
    seen = {"number": 0, "blank": 0, "why": 0}
    for start in range(0, len(cases), len(LEAGUES)):
        typed = dict(zip(LEAGUES, cases[start : start + len(LEAGUES)], strict=False))
        answer = send(client, "/indicator/milk", **{f"{part}.{code}": case["typed"] for code, case in typed.items()})
        drafts = re.findall(r'name="draft" value="([^"]+)"', answer.text)
        scenario = unpack(html.unescape(drafts[0])) if drafts else Scenario()
        found = scenario.growth.get("milk", {}) if per_cent else _floors(scenario)
        for code, case in typed.items():
            (tag,) = re.findall(rf'<input[^>]*name="{re.escape(part)}.{code}"[^>]*>', answer.text)
            is_marked = 'aria-invalid="true"' in tag
            if "why" in case or _out_of_range(case.get("number"), per_cent):
                assert is_marked, (case, tag)
                assert field(answer.text, f"{part}.{code}").split() == case["typed"].split(), case
                assert code not in found, case
                seen["why"] += 1
            else:
                assert not is_marked, (case, tag)
                assert found.get(code) == case.get("number"), case
                seen["number" if "number" in case else "blank"] += 1
    assert min(seen.values()) > 3, seen


def _floors(scenario: Scenario) -> dict[str, object]:
    milk = scenario.allocation.get("milk")
    return dict(milk.floor) if milk else {}


def _out_of_range(number: float | None, per_cent: bool) -> bool:
    return number is not None and not (-100 < number <= 1000 if per_cent else number >= 0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_more_mistakes_than_are_listed_the_page_says_that_there_are_more_and_counts_none_too_many(
    client: FlaskClient, lang: str
) -> None:
    names = re.findall(r'<input[^>]* inputmode="decimal"[^>]* name="([^"]+)"', client.get("/indicator/milk").text)
    names += re.findall(r'<input[^>]* name="([^"]+)"[^>]* inputmode="decimal"', client.get("/indicator/milk").text)
    assert len(set(names)) > 100
    page = send(client, f"/indicator/milk?lang={lang}", **dict.fromkeys(names, "abc")).text
    (title,) = re.findall(r'<h2 id="problems-title">(.*?)</h2>', page)
    assert title == {"zh": "有100多处需要更正", "en": "To be put right: more than 100"}[lang]


# What no scenario has, and the place that the API names too.
UNKNOWN = {
    "nonsense.field": "nonsense",
    "nonsense": "nonsense",
    "grwoth.milk.150500": "grwoth",
    "growth.milk.150500.a.b.c.d.e": "growth.milk.150500",
    "baseline": "baseline",
    "actual": "actual",
    "actual.milk": "actual.milk",
    ".".join("a" * 3000): "a",
}


@pytest.mark.parametrize(
    ("name", "page"),
    [
        *((name, "/league/150500") for name in UNKNOWN),
        *(("nonsense.field", page) for page in ("/indicator/milk", "/actuals/150500", "/evaluation")),
    ],
    ids=lambda word: word[:30],
)
def test_a_field_that_no_scenario_has_is_told(name: str, page: str, client: FlaskClient) -> None:
    answer = send(client, page, **{name: "5"})
    assert answer.status_code == 422
    assert f"{UNKNOWN[name]}" in answer.text


@pytest.mark.parametrize(
    "page", ["/league/150500", "/indicator/milk?short=150500&done=90", "/actuals/150500", "/evaluation"]
)
def test_what_pages_themselves_send_is_no_entry(page: str, client: FlaskClient) -> None:
    shown = client.get(page).text
    own = {
        name for name in re.findall(r'<(?:input|button|select|textarea)[^>]* name="([^"]+)"', shown) if "." not in name
    }
    assert {"csrf_token", "draft", "from", "save"} <= own
    left_out = {"undo", "save", "download", "draft", "from", "scenario", "status_margin", "as_of"}
    sent = {name: "150500" if name == "short" else "5" for name in own - left_out}
    assert send(client, page.partition("?")[0], **sent).status_code == 200
