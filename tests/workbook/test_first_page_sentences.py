"""The sentence of the first page says of the gap what the figures beside it say, whatever is held back or locked."""

import re
from dataclasses import replace

import pytest

from agriplan.engine.columns import LINES, STATED
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.formatting import print_number
from agriplan.sentences import LANGS, catalogue, say
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.formulas.line import LINE, LINE_CHECKS
from tests.workbook.evaluation import compiled

ALL = ("milk", "meat_sheep_value", "beef_cattle_value", "forage_value", "improved_breed_rate")
CASES = {
    "default": {},
    "a fifth held back": {name: {"reserve": 20} for name in ALL},
    "a fifth held back, a twentieth on top": {name: {"reserve": 20, "margin": 5} for name in ALL},
    "something on top": {name: {"margin": 5} for name in ALL},
    "all held back": {name: {"reserve": 100} for name in ALL},
    "all held back, one locked": {name: {"reserve": 100, "lock": {"150500": 0.1}} for name in ALL},
}


@pytest.fixture(scope="module", params=[(area, lang) for area in ("150000", "150500") for lang in LANGS])
def book(request, baselines, suggestions):
    area, lang = request.param
    return area, compiled(make_plan(Scenario(), baselines, suggestions), area, lang)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", CASES)
def test_the_first_page_says_of_the_gap_what_becomes_of_it(name, book, baselines, suggestions):
    area, made = book
    plan = make_plan(parse_scenario({"allocation": CASES[name]}), baselines, suggestions)
    values, words = made.values(made.typed_in(plan.scenario)), made.book.words
    assert not compare_with_engine(plan, made.book, values).differences
    found = values["plan", "indicators", "explanation"]
    for sentence, line in zip(found, plan.lines.to_dict("records"), strict=True):
        printed = plan.printed.by_indicator[line["indicator"]]
        gap, placed = (float(printed[f"{part}{STATED}"]) for part in ("gap", "placed"))
        assert (sentence == words["why.placed"]) == (
            area == "150000" and line["feasibility"] == "enough" and gap == placed > 0
        ), (line["indicator"], sentence)
        if sentence == words["why.rest_placed"]:
            assert line["residual"] == pytest.approx(0)
        if sentence == words["why.surplus"]:
            assert gap <= 0
        assert (sentence == words["why.all_held_back"]) == (
            gap > 0 and line["to_place"] == 0 and reason_of(plan, line["indicator"], area) in ("", "all_held_back")
        ), (line["indicator"], sentence)


@pytest.mark.parametrize("lang", LANGS)
def test_a_part_of_what_is_shared_has_one_decimal_as_on_the_pages(lang, baselines, suggestions):
    """Alone with a weight the league takes all of it: 100.0, not 100."""
    shares = {name: {"rule": "by_shares", "shares": {"150500": 1, "150400": 0.0}} for name in ALL[:2]}
    plan = make_plan(parse_scenario({"allocation": shares}), baselines, suggestions)
    book = compiled(plan, "150500", lang)
    found = book.values(book.given)["plan", "indicators", "explanation"]
    for sentence, commitment in zip(found[:2], baselines.commitments, strict=False):
        rows = plan.leagues_of(commitment.id)
        part = 100 * rows.loc[rows["code"] == "150500", "amount"].iloc[0] / plan.by_indicator[commitment.id]["placed"]
        assert f"{print_number(part, 1)}{'%' if lang == 'zh' else ' %'}" in sentence
        assert part == pytest.approx(100)


@pytest.mark.parametrize("lang", LANGS)
def test_a_league_without_a_base_figure_is_told_so_and_nothing_else(lang, baselines, suggestions):
    kept = baselines.observed[
        (baselines.observed["indicator"] != "beef_output") | (baselines.observed["area"] != "150300")
    ]
    plan = make_plan(Scenario(), replace(baselines, observed=kept.reset_index(drop=True)), suggestions)
    book = compiled(plan, "150300", lang)
    found = book.values(book.given)
    number = [one.id for one in baselines.commitments].index("beef_cattle_value")
    told = {name: found["plan", "indicators", name][number] for name in ("explanation", "remark")}
    assert told == {"explanation": say("why.no_base", lang), "remark": ""}
    others = [one for at, one in enumerate(found["plan", "indicators", "explanation"]) if at != number]
    assert say("why.no_base", lang) not in others


def reason_of(plan, indicator, area):
    """Of a league; of the region nothing, unless locks place what nobody was to take."""
    if area == "150000":
        return "" if plan.by_indicator[indicator]["feasibility"] == "enough" else "floors"
    return next(row["reason"] for row in plan.league_rows(indicator) if row["code"] == area)


def test_a_check_of_one_figure_calls_it_what_it_is_called_everywhere():
    label = {column.name: column.zh for column in LINES}
    checked = {one: re.fullmatch(r"\{\.(\w+)\}", LINE.get(f"check_{one}", "")) for one in LINE_CHECKS}
    named = {one: label[found[1]] for one, found in checked.items() if found and found[1] in label}
    assert named
    for one, word in named.items():
        said = catalogue()[f"check.{one}"]["zh"]
        assert word in said
        assert not {other for other in label.values() if other != word and said.startswith(other)}
