"""Entries that ask to be looked at again: a sentence beside the entry, never a refusal and never silence."""

import json
import re
from collections.abc import Callable
from itertools import product

import pytest
from engine.scenarios import plan_of, random_scenario

from agriplan.analysis.caution import say_caution
from agriplan.analysis.cautions import beyond_digits, cautions_of
from agriplan.engine.plan import make_plan
from agriplan.report.chosen import Chosen
from agriplan.report.plan_json import report_cautions, to_json
from agriplan.report.terminal import list_plan
from agriplan.sentences import LANGS, catalogue
from tests.thoroughness import FULL, tried

OWN = {"source": "通辽市统计局"}
CASES = {
    "150 % growth": ({"growth": {"milk": {"150500": 150}}}, "growth.milk.150500", "growth_far"),
    "growth of -30 %": ({"growth": {"milk": {"150500": -30}}}, "growth.milk.150500", "growth_far"),
    "target of a tenth": ({"target": {"milk": 100}}, "target.milk", "target_far"),
    "unit value of a twentieth": (
        {"baseline": {"mutton_unit_value": {"150000": OWN | {"value": 0.3}}}},
        "baseline.mutton_unit_value.150000.value",
        "unit_value_far",
    ),
    "500 % growth everywhere": ({"growth": {"milk": {"150000": 500}}}, "growth.milk.150000", "growth_far"),
    "0.08 for 8 %": ({"growth": {"milk": {"150500": 0.08}}}, "growth.milk.150500", "growth_as_fraction"),
    "faster than plausible": ({"growth": {"milk": {"150000": 15}}}, "growth.milk.150000", "growth_above"),
    "slower than plausible": ({"growth": {"milk": {"150000": -9}}}, "growth.milk.150000", "growth_below"),
    "herd": ({"growth": {"livestock_units": {"150500": 30}}}, "growth.livestock_units.150500", "growth_far"),
    "rate": ({"growth": {"improved_breed_rate": {"150000": 1}}}, "growth.improved_breed_rate.150000", "growth_above"),
    "unit value growth": (
        {"unit_value_growth": {"beef_cattle_value": 10}},
        "unit_value_growth.beef_cattle_value",
        "growth_above",
    ),
    "ceiling of 10 under a floor of 20": (
        {"allocation": {"milk": {"floor": {"150500": 20}, "ceiling": {"150500": 10}}}},
        "allocation.milk.ceiling.150500",
        "ceiling_below_floor",
    ),
    "lock under the floor": (
        {"allocation": {"milk": {"floor": {"150500": 20}, "lock": {"150500": 10}}}},
        "allocation.milk.floor.150500",
        "lock_beats_floor",
    ),
    "lock over the ceiling": (
        {"allocation": {"milk": {"ceiling": {"150500": 10}, "lock": {"150500": 20}}}},
        "allocation.milk.ceiling.150500",
        "lock_beats_ceiling",
    ),
    "a reason without a limit": (
        {"limits_why": {"milk": {"150500": "因病"}}},
        "limits_why.milk.150500",
        "reason_without_limit",
    ),
    "lock above the gap": (
        {"allocation": {"milk": {"lock": {"150500": 400}}}},
        "allocation.milk.lock.150500",
        "lock_above_gap",
    ),
    "lock in a surplus": (
        {"target": {"milk": 600}, "allocation": {"milk": {"lock": {"150500": 3}}}},
        "allocation.milk.lock.150500",
        "lock_in_surplus",
    ),
    "floor above the gap": (
        {"allocation": {"milk": {"floor": {"150500": 330}}}},
        "allocation.milk.floor.150500",
        "floor_above_gap",
    ),
    "floors above the gap together": (
        {"allocation": {"milk": {"floor": {"150500": 165, "150100": 165}}}},
        "allocation.milk.floor.150100",
        "floor_above_gap",
    ),
    "floor in a surplus": (
        {"target": {"milk": 600}, "allocation": {"milk": {"floor": {"150500": 10}}}},
        "allocation.milk.floor.150500",
        "floor_in_surplus",
    ),
    "floor of a rate in a surplus": (
        {"target": {"improved_breed_rate": 90}, "allocation": {"improved_breed_rate": {"floor": {"150500": 0.5}}}},
        "allocation.improved_breed_rate.floor.150500",
        "floor_in_surplus",
    ),
    "floor as a level in a surplus": (
        {"target": {"milk": 600}, "allocation": {"milk": {"floor": {"150500": {"target": 60}}}}},
        "allocation.milk.floor.150500",
        "floor_in_surplus",
    ),
    "lock of a rate beyond what it can be": (
        {"allocation": {"improved_breed_rate": {"lock": {"150500": 5}}}},
        "allocation.improved_breed_rate.lock.150500",
        "lock_above_rate",
    ),
    "floor of a rate beyond what it can be": (
        {"allocation": {"improved_breed_rate": {"floor": {"150500": 50}}}},
        "allocation.improved_breed_rate.floor.150500",
        "floor_above_rate",
    ),
    "lock of a rate above its growth cap": (
        {"allocation": {"improved_breed_rate": {"max_growth": 0.3, "lock": {"150500": 1}}}},
        "allocation.improved_breed_rate.lock.150500",
        "lock_above_cap",
    ),
    "lock above the growth cap": (
        {"allocation": {"milk": {"lock": {"150500": 50}}}},
        "allocation.milk.lock.150500",
        "lock_above_cap",
    ),
    "floor above the growth cap": (
        {"allocation": {"milk": {"max_growth": 5, "floor": {"150500": 20}}}},
        "allocation.milk.floor.150500",
        "floor_above_cap",
    ),
    "floor as a level above the growth cap": (
        {"allocation": {"milk": {"floor": {"150500": {"target": 78}}}}},
        "allocation.milk.floor.150500",
        "floor_above_cap",
    ),
    "floor of a value above the growth cap": (
        {"allocation": {"forage_value": {"floor": {"150500": 100}}}},
        "allocation.forage_value.floor.150500",
        "floor_above_cap",
    ),
    "lock where all is held back": (
        {"allocation": {"milk": {"reserve": 100, "lock": {"150500": 3}}}},
        "allocation.milk.lock.150500",
        "lock_above_gap",
    ),
    "level that the trend has passed": (
        {"allocation": {"milk": {"lock": {"150500": {"target": 20}}}}},
        "allocation.milk.lock.150500.target",
        "level_already_passed",
    ),
    "0.1 for 10 %": ({"allocation": {"milk": {"reserve": 0.1}}}, "allocation.milk.reserve", "percent_as_fraction"),
    "cap of 0.15": (
        {"allocation": {"milk": {"max_growth": 0.15}}},
        "allocation.milk.max_growth",
        "percent_as_fraction",
    ),
    "cap of a rate as of an amount": (
        {"allocation": {"improved_breed_rate": {"max_growth": 15}}},
        "allocation.improved_breed_rate.max_growth",
        "cap_of_rate_far",
    ),
    "issued target of ten times": (
        {"issued": {"targets": {"milk": {"150500": 580}}}},
        "issued.targets.milk.150500",
        "issued_far",
    ),
    "issued target of a rate beyond what it can be": (
        {"issued": {"targets": {"improved_breed_rate": {"150500": 102}}}},
        "issued.targets.improved_breed_rate.150500",
        "issued_above_rate",
    ),
    "margin of 0.02": ({"status_margin": 0.02}, "status_margin", "margin_as_fraction"),
    "margin of 90": ({"status_margin": 90}, "status_margin", "margin_far"),
    "actual herd of the region": (
        {"actual": {"livestock_units": {"150000": {"2022": 1}}}},
        "actual.livestock_units.150000.2022",
        "actual_far",
    ),
    "own figure of no unit": (
        {"baseline": {"milk_output": {"150500": OWN | {"value": 6e11}}}},
        "baseline.milk_output.150500.value",
        "large",
    ),
    "target of ten times": ({"target": {"milk": 10000}}, "target.milk", "target_far"),
    "target of 0.97": ({"target": {"improved_breed_rate": 0.97}}, "target.improved_breed_rate", "rate_as_part"),
    "own figure in tonnes": (
        {"baseline": {"milk_output": {"150500": OWN | {"value": 358700}}}},
        "baseline.milk_output.150500.value",
        "own_figure_far",
    ),
    "own rate of 0.93": (
        {"baseline": {"improved_breed_rate": {"150500": OWN | {"value": 0.93}}}},
        "baseline.improved_breed_rate.150500.value",
        "rate_as_part",
    ),
    "own milk of 1.2": (
        {"baseline": {"milk_output": {"150500": OWN | {"value": 1.2}}}},
        "baseline.milk_output.150500.value",
        "own_figure_far",
    ),
    "own milk of 0": (
        {"baseline": {"milk_output": {"150500": OWN | {"value": 0}}}},
        "baseline.milk_output.150500.value",
        "own_figure_far",
    ),
    "own herd of 1": (
        {"baseline": {"livestock_units": {"150500": OWN | {"value": 1}}}},
        "baseline.livestock_units.150500.value",
        "own_figure_far",
    ),
    "own value of 1": (
        {"baseline": {"beef_cattle_value": {"150500": OWN | {"value": 1}}}},
        "baseline.beef_cattle_value.150500.value",
        "own_figure_far",
    ),
    "actual milk of the region a tenth of the trend": (
        {"actual": {"milk": {"150000": {"2021": 63}}}},
        "actual.milk.150000.2021",
        "actual_far",
    ),
    "mutton of the region a tenth of what it was": (
        {"actual": {"mutton_output": {"150000": {"2021": 11}}}},
        "actual.mutton_output.150000.2021",
        "actual_far",
    ),
    "actual milk of 1.3": ({"actual": {"milk": {"150100": {"2021": 1.3}}}}, "actual.milk.150100.2021", "actual_far"),
    "actual herd of 1": (
        {"actual": {"livestock_units": {"150500": {"2021": 1}}}},
        "actual.livestock_units.150500.2021",
        "actual_far",
    ),
    "own herd a third": (
        {"baseline": {"livestock_units": {"150500": OWN | {"value": 90}}}},
        "baseline.livestock_units.150500.value",
        "own_figure_far",
    ),
    "unit value per kilogram": (
        {"baseline": {"beef_unit_value": {"150000": OWN | {"value": 7731}}}},
        "baseline.beef_unit_value.150000.value",
        "unit_value_far",
    ),
    "actual ten times the trend": (
        {"actual": {"milk": {"150500": {"2021": 366}}}},
        "actual.milk.150500.2021",
        "actual_far",
    ),
    "a value that says nothing of its prices": (
        {"actual": {"meat_sheep_value": {"150000": {"2021": 950}}}},
        "actual.meat_sheep_value.150000.2021",
        "prices_unsaid",
    ),
    "animals of a year without a quantity": (
        {"actual": {"cattle_offtake": {"150000": {"2022": 420}}}},
        "actual.cattle_offtake.150000.2022",
        "animals_alone",
    ),
    "a herd of the region": (
        {"actual": {"livestock_units": {"150000": {"2022": 9200}}}},
        "actual.livestock_units.150000.2022",
        "herd_of_region",
    ),
    "actual rate of 0.94": (
        {"actual": {"improved_breed_rate": {"150500": {"2021": 0.94}}}},
        "actual.improved_breed_rate.150500.2021",
        "rate_as_part",
    ),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", CASES)
def test_an_odd_entry_is_taken_and_asked_about(name, baselines, suggestions):
    entered, place, code = CASES[name]
    plan = plan_of(entered, baselines, suggestions)
    assert (place, code) in {(one.place, one.code) for one in cautions_of(plan)}


FAR: dict[str, Callable[[float], dict]] = {
    "own_figure_far": lambda n: {"baseline": {"milk_output": {"150500": OWN | {"value": 35.87 * n}}}},
    "unit_value_far": lambda n: {"baseline": {"mutton_unit_value": {"150000": OWN | {"value": 7.5 * n}}}},
    "target_far": lambda n: {"target": {"milk": 1000 * n}},
    "actual_far": lambda n: {"actual": {"milk": {"150500": {"2021": 36 * n}}}},
    "issued_far": lambda n: {"issued": {"targets": {"milk": {"150500": 60 * n}}}},
}


@pytest.mark.parametrize("code", FAR)
def test_a_figure_that_is_far_off_is_told_on_which_side(code, baselines, suggestions):
    for times, sides in ((20.0, {"超过", "more than"}), (0.05, {"不足", "less than"})):
        plan = plan_of(FAR[code](times), baselines, suggestions)
        (told,) = [one for one in cautions_of(plan) if one.code == code]
        assert all(any(side in told.text(lang) for side in sides) for lang in LANGS)
        others = {"超过", "more than", "不足", "less than"} - sides
        assert [side for lang in LANGS for side in others if side in told.text(lang)] == []
        assert ("十分之一" in told.text("zh") or "10倍" in told.text("zh")) == (code == "unit_value_far")


# A number without a unit; 95 and 0 stand in the wording itself. The English wording is held to it as written.
BARE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,])(?!个百分点|%|万|亿|年|倍|即| ?计|至)")

# One of each caution: what tells them is the same for all of a kind.
FIRST_OF_CODE = {code: name for name, (_, _, code) in reversed(CASES.items())}.values()


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", CASES if FULL else FIRST_OF_CODE)
def test_an_odd_entry_is_told_in_json_and_list(name, baselines, suggestions):
    entered, place, code = CASES[name]
    plan = plan_of(entered, baselines, suggestions)
    told = {(one["place"], one["code"]): one for one in cautions_in_json(plan)}
    assert all(told[place, code][lang] for lang in LANGS)
    assert BARE.findall(told[place, code]["zh"]) == []
    lang = LANGS[sorted(CASES).index(name) % 2]  # by turns: one writer words both
    assert told[place, code][lang] in "\n".join(list_plan(plan, lang, Chosen(("150500",), ("milk",))))


def cautions_in_json(plan):
    """What the JSON of a plan says of them; the rest of it is written in full only, and once below."""
    if FULL:
        return json.loads(to_json(plan))["cautions"]
    return [one.model_dump(mode="json") for one in report_cautions(cautions_of(plan))]


def test_all_cautions_of_a_plan_stand_in_its_json_and_list(baselines, suggestions):
    places = {"growth": {"milk": {"150500": 150, "150000": 15}}, "unit_value_growth": {"beef_cattle_value": 10}}
    plan = plan_of(places, baselines, suggestions)
    told = json.loads(to_json(plan))["cautions"]
    assert told == cautions_in_json(plan)
    assert len({one["code"] for one in told}) > 1
    assert [one["zh"] for one in told if one["zh"] not in "\n".join(list_plan(plan, "zh"))] == []


def test_only_a_rate_is_asked_whether_its_per_cent_was_lost(baselines, suggestions):
    """A small figure of everything that takes an own or an actual one: amounts are far off, and only rates are in %."""
    data, asked = baselines, set()
    observed = {one.quantity for one in data.commitments} | {one.herd for one in data.commitments if one.herd}
    owned, reported = observed | set(data.balances.observed), observed | set(data.by_id)
    for part, names, figure in (
        ("baseline", owned | set(data.by_id) - {"milk"}, {"150500": OWN | {"value": 1.2}}),
        ("actual", reported, {"150500": {"2021": 1.2}}),
    ):
        for name in sorted(names):
            plan = plan_of({part: {name: figure}}, baselines, suggestions)
            asked |= {(part, name, one.code) for one in cautions_of(plan)}
    assert {name for _, name, code in asked if code == "rate_as_part"} == {"improved_breed_rate"}
    far = {(part, name) for part, name, code in asked if code in {"own_figure_far", "actual_far"}}
    assert {("baseline", "milk_output"), ("baseline", "beef_cattle_value"), ("baseline", "livestock_units")} <= far
    assert {("actual", "milk"), ("actual", "livestock_units"), ("actual", "beef_cattle_value")} <= far


def test_an_issued_rate_that_lost_its_per_cent_is_asked_about_as_of_every_year(baselines, suggestions):
    for as_of in ({}, {"as_of": 2022}):
        entered = {"issued": {"targets": {"improved_breed_rate": {"150500": 0.97}, "milk": {"150500": 580}}}} | as_of
        told = {(one.place, one.code) for one in cautions_of(plan_of(entered, baselines, suggestions))}
        assert told == {
            ("issued.targets.improved_breed_rate.150500", "rate_as_part"),
            ("issued.targets.milk.150500", "issued_far"),
        }


def test_a_range_is_called_assumed_exactly_where_no_history_stands_behind_it(baselines, suggestions):
    """Forage, improved breeds and unit values ship with an assumption; milk and the herd's sheep have a history."""
    how = {(row["indicator"], row["code"]): row["how"] for row in suggestions.to_dict("records")}
    region, seen = baselines.region.code, set()
    keys = {one.id: one.quantity for one in baselines.commitments} | {
        one.herd: one.herd for one in baselines.commitments
    }
    entered = {"growth": {name: {region: 16.0, "150500": 16.0} for name in keys if name}}
    entered["unit_value_growth"] = {one.id: 16.0 for one in baselines.commitments if one.unit_value}
    for growth in (16.0, -16.0):
        data = json.loads(json.dumps(entered).replace("16.0", str(growth)))
        for one in cautions_of(plan_of(data, baselines, suggestions)):
            part, name, *_ = one.place.split(".")
            indicator = keys[name] if part == "growth" else baselines.by_id[name].unit_value
            kind = "assumed" if how[indicator, region] == "assumed" else "history"
            seen.add(kind)
            # What of a value grows is said: the ranges of its quantity, its unit value and itself are three.
            if part == "unit_value_growth":
                kind += ".unit_value"
            elif name in baselines.by_id and baselines.by_id[name].kind == "value":
                kind += ".quantity"
            assert one.code == f"growth_{'above' if growth > 0 else 'below'}"
            for lang in LANGS:
                assert catalogue()[f"likelihood.whose.{kind}"][lang] in one.text(lang)
    assert seen == {"assumed", "history"}


@pytest.mark.parametrize(
    ("entered", "indicator", "where"),
    [
        ({"baseline": {"milk_output": {"150500": OWN | {"value": 6e11}}}}, "milk_output", ["600,000,000,000"]),
        ({"baseline": {"beef_output": {"150500": OWN | {"value": 66.61}}}}, "beef_output", ["66.61"]),
        ({"actual": {"milk": {"150500": {"2021": 366}}}}, "milk", ["366", "36.61"]),
        ({"target": {"milk": 10000}}, "milk", ["10,000", "1,000"]),
        ({"issued": {"targets": {"milk": {"150500": 5800.5}}}}, "milk", ["5,800.5", "58.74"]),
        ({"growth": {"milk": {"150500": 0.0015}}}, "milk", ["0.0015", "0.15"]),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_figures_of_cautions_are_printed_as_everywhere(entered, indicator, where, lang, baselines, suggestions):
    """What was entered with all its digits, what it is held against with those of its indicator; no exponents."""
    (told,) = (one.text(lang) for one in cautions_of(plan_of(entered, baselines, suggestions)))
    assert [figure in told for figure in where] == [True] * len(where), told
    assert not re.search(r"\d{4,}(?!\.)|\de[+-]|\d\.\d{3,}", told.replace("0.0015", "").replace("2025", "")), told


def test_what_a_floor_leaves_is_what_the_sentence_beside_it_has_to_place(baselines, suggestions):
    plan = plan_of({"allocation": {"milk": {"reserve": 50, "floor": {"150500": 180}}}}, baselines, suggestions)
    (told,) = (one for one in cautions_of(plan) if one.code == "floor_above_gap")
    assert told.values["rest"] == f"{plan.printed.by_indicator['milk']['to_place']:.2f}" == "161.26"


def test_figures_that_are_too_large_for_their_digits_are_known_by_their_indicator(plan, baselines, suggestions):
    assert beyond_digits(plan) == frozenset()
    huge = {"baseline": {"milk_output": {"150500": OWN | {"value": 6e11}}}}
    assert beyond_digits(plan_of(huge, baselines, suggestions)) == {"milk"}


def test_every_caution_there_is_has_its_case():
    written = {code.removeprefix("caution.") for code in catalogue() if code.startswith("caution.")}
    cases = {code for _, _, code in CASES.values()}
    missing = sorted(written - {"placed", "title"} - cases)
    assert [f"caution.{code}: a case in CASES of tests/engine/test_cautions.py" for code in missing] == []
    assert sorted(cases - written) == [], "sentences caution.… in agriplan/wording/cautions.toml"


@pytest.mark.parametrize(
    "entered",
    [
        {},
        {"growth": {"milk": {"150000": 3.0, "150500": 4}}, "target": {"milk": 1100}},
        {"growth": {"improved_breed_rate": {"150500": 0.2}}, "unit_value_growth": {"beef_cattle_value": 1}},
        {"allocation": {"milk": {"floor": {"150500": 5}, "ceiling": {"150500": 30}, "lock": {"150400": 20}}}},
        {"allocation": {"milk": {"reserve": 5, "margin": 2}, "improved_breed_rate": {"max_growth": 0.5}}},
        {"allocation": {"improved_breed_rate": {"max_growth": 2}, "milk": {"max_growth": 15}}, "status_margin": 5},
        {"allocation": {"milk": {"max_growth": "none", "lock": {"150500": 50}, "floor": {"150400": 60}}}},
        {"issued": {"targets": {"milk": {"150500": 58}, "improved_breed_rate": {"150500": 97}}}, "status_margin": 0.5},
        {"status_margin": 1e-9},
        {"allocation": {"milk": {"margin": 1e-9, "reserve": 0.0009, "max_growth": 1e-5}}},
        {"baseline": {"milk_output": {"150500": OWN | {"value": 36}}}, "actual": {"milk": {"150500": {"2021": 38}}}},
        {"actual": {"meat_sheep_value": {"150000": {"2021": {"value": 950, "price_year": 2020}}}}},
        {"actual": {"meat_sheep_value": {"150000": {"2021": {"value": 1025, "price_year": 2021}}}}},
    ],
)
def test_an_ordinary_entry_is_not_asked_about(entered, baselines, suggestions):
    assert cautions_of(plan_of(entered, baselines, suggestions)) == ()


def test_cautions_speak_of_entries_that_were_made(baselines, suggestions):
    """Random scenarios: every caution leads to an entry, and says so in both languages without codes."""
    seen = set()
    for seed in range(tried(15, 40)):
        scenario = random_scenario(seed, baselines)
        plan = make_plan(scenario, baselines, suggestions)
        data = scenario.model_dump(exclude_defaults=True)
        for one in cautions_of(plan):
            found = data
            for step in one.place.split("."):
                found = found[step]
            seen.add(one.code)
            for lang in LANGS:
                assert "." not in say_caution(one, baselines, lang).partition("：" if lang == "zh" else ":")[0]
    assert {"growth_above", "growth_below"} <= seen


def test_what_is_asked_about_in_chinese_is_said_in_chinese(baselines, suggestions):
    for (entered, _, _), lang in product(CASES.values(), ["zh"]):
        for one in cautions_of(plan_of(entered, baselines, suggestions)):
            assert not any("a" <= letter <= "z" for letter in one.text(lang))


@pytest.mark.parametrize("part", ["floor", "lock"])
def test_a_limit_is_asked_about_exactly_where_it_leads_above_growth_cap_or_natural_ceiling(
    part, baselines, suggestions
):
    """Just within and just beyond what a league may take, for every indicator, with and without a cap of its own."""
    seen = set()
    for commitment, capped in product(baselines.commitments, (False, True)):
        code, rate = commitment.leagues[1], commitment.is_rate
        own = {"max_growth": 0.4 if rate else 12.0} if capped else {}
        row = plan_of({"allocation": {commitment.id: own}}, baselines, suggestions).leagues_of(commitment.id)
        row = row[row["code"] == code].iloc[0]
        most = round(row["cap"] / row["size"], 6)
        assert most > 0
        for limit, asked in ((most - 1e-3, False), (most + 1e-3, True)):
            entered = {"allocation": {commitment.id: own | {part: {code: limit}}}}
            codes = {one.code for one in cautions_of(plan_of(entered, baselines, suggestions))}
            expected = {f"{part}_above_{'rate' if rate and not capped else 'cap'}"} if asked else set()
            assert {one for one in codes if one.endswith(("_above_rate", "_above_cap"))} == expected, entered
            seen |= expected
    assert seen == {f"{part}_above_rate", f"{part}_above_cap"}


def test_what_an_entry_is_held_against_is_the_printed_figure_of_its_page(baselines, suggestions):
    """Largest remainder moves some by a unit from their own rounding: what a caution names stands in the table."""
    years = {code: {"2022": 1.0} for code in baselines.by_id["milk"].leagues}
    targets = dict.fromkeys(baselines.by_id["milk"].leagues, 999.0)
    plan = plan_of({"actual": {"milk": years}, "issued": {"targets": {"milk": targets}}}, baselines, suggestions)
    seen = set()
    for one in cautions_of(plan):
        part, *rest = one.place.split(".")
        if part == "actual":
            rows = plan.printed.years_of("milk", rest[1])
            figure, said = rows.loc[rows["year"] == 2022, "projection"].iloc[0], one.values["expected"]
        else:
            rows = plan.printed.leagues_of("milk").set_index("code")
            figure, said = rows.loc[rest[2], "target"], one.values["replaced"]
        seen.add(part)
        assert said == f"{figure:.2f}", one
    assert seen == {"actual", "issued"}
