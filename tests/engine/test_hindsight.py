"""The look back: what came after the base year against the projection that was made from it."""

import json

import pytest

from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.hindsight import hindsight_notes, hindsights
from agriplan.baselines.records import is_money
from agriplan.engine.actuals import animals_reported, things_reported
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.plan_json import to_json
from agriplan.report.tidy import tidy
from agriplan.sentences import LANGS


def test_milk_came_faster_than_projected_and_the_range_is_counted(plan):
    milk = plan.baselines.by_id["milk"]
    found = {one.year: one for one in hindsights(plan, milk)}
    assert {year: one.actual for year, one in found.items()} == {2021: 673.2, 2022: 733.8, 2023: 783.7}
    assert found[2022].projection == pytest.approx(611.5 * 1.0207**2, rel=1e-6)
    assert all(one.error < 0 for one in found.values())
    said = [note.text("zh") for note in hindsight_notes(plan, milk)]
    inside = sum(one.inside for one in found.values())
    assert said[0] == f"奶类产量：2020年以后已知3个全区实际值，其中{inside}个落在当时的80%预测区间之内。"
    assert any("地方口径" in one and "不比较" in one for one in said)


def test_beef_of_2024_and_2025_is_looked_back_at(plan):
    found = {one.year: one.actual for one in hindsights(plan, plan.baselines.by_id["beef_cattle_value"])}
    assert found == {2024: pytest.approx(89.1 * 7.731), 2025: pytest.approx(101.7 * 7.731)}


def test_what_came_is_graded_in_the_look_back_as_in_the_evaluation_of_its_year(plan, evaluated):
    """A value of beef by the unit value of the base year is no better known than that."""
    told = {
        (one.indicator, one.year): one.grade for each in plan.baselines.commitments for one in hindsights(plan, each)
    }
    assert told["beef_cattle_value", 2025] == "derived"
    assert told == {key: evaluated({}, key[1]).region(key[0])["grade"] for key in told}


def test_the_look_back_asks_history_whatever_was_entered(baselines, suggestions, plan):
    entered = make_plan(parse_scenario({"growth": {"milk": {"150000": 12}}}), baselines, suggestions)
    milk = baselines.by_id["milk"]
    assert hindsights(entered, milk) == hindsights(plan, milk)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_look_back_is_said_in_both_languages(plan, lang):
    for commitment in plan.baselines.commitments:
        for note in hindsight_notes(plan, commitment):
            assert "nan" not in note.text(lang)


def test_json_and_export_hold_every_figure_and_count_the_hits(plan):
    milk = json.loads(to_json(plan))["indicators"][0]["hindsight"]
    compared = {one["year"]: one for one in milk["figures"] if one["compared"]}
    assert {year: one["printed"]["actual"] for year, one in compared.items()} == {2021: 673.2, 2022: 733.8, 2023: 783.7}
    assert (milk["known"], milk["held"]) == (3, sum(one["inside"] for one in compared.values()))
    assert milk["notes"][0]["zh"].endswith(f"其中{milk['held']}个落在当时的80%预测区间之内。")
    rows = tidy(plan)
    rows = rows[(rows["indicator"] == "milk") & rows["measure"].str.startswith("hindsight.")]
    told = rows[rows["measure"] == "hindsight.projection"].set_index("year")["value"]
    assert told.to_dict() == {year: one["projection"] for year, one in compared.items()}
    others = sum(not one["compared"] for one in milk["figures"])
    assert rows["measure"].str.fullmatch(r"hindsight\.other\.\d+\.actual").sum() == others > 0


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"basis": "local"}, "地方口径"),
        ({"definition": "出栏产值"}, "含义：出栏产值"),
        ({"price_year": 2021}, "2021年价格"),
    ],
    ids=["basis", "definition", "prices"],
)
def test_a_value_of_another_kind_is_shown_with_the_reason_and_never_compared(baselines, suggestions, plan, said, why):
    figure = {"value": 1025.36, "source": "区统计局", **said}
    scenario = parse_scenario({"actual": {"meat_sheep_value": {"150000": {"2021": figure}}}})
    entered = make_plan(scenario, baselines, suggestions)
    sheep = baselines.by_id["meat_sheep_value"]
    assert hindsights(entered, sheep) == hindsights(plan, sheep)
    (note,) = [one.text("zh") for one in hindsight_notes(entered, sheep) if "1,025.36" in one.text("zh")]
    assert why in note
    assert "不比较" in note


def test_a_look_back_as_of_a_year_knows_nothing_later(plan):
    milk = plan.baselines.by_id["milk"]
    assert not any("2023年" in one.text("zh") for one in hindsight_notes(plan, milk, 2022))


def test_what_came_of_a_league_stands_in_its_look_back_and_counts_among_no_hits_of_the_region(
    baselines, suggestions, plan
):
    milk = baselines.by_id["milk"]
    entered = make_plan(parse_scenario({"actual": {"milk": {"150500": {"2022": 40.1}}}}), baselines, suggestions)
    (found,) = hindsights(entered, milk, "150500")
    assert (found.year, found.actual, found.grade, found.inside) == (2022, 40.1, "reported", found.low <= 40.1)
    projected = plan.league_row("milk", "150500")["baseline"] * (1 + suggested(suggestions, "150500") / 100) ** 2
    assert found.projection == pytest.approx(projected)
    assert hindsights(entered, milk) == hindsights(plan, milk)
    of_league, of_region = (
        [note.text("zh") for note in hindsight_notes(entered, milk, code=code)] for code in ("150500", None)
    )
    assert [one for one in of_league if one.startswith("奶类产量：通辽市2022年实际40.10万吨")]
    assert not [one for one in of_region if "40.10" in one]
    assert of_league[0] == of_region[0]
    told = json.loads(to_json(entered))["indicators"][0]["hindsight"]
    assert told["known"] == 3
    assert ("150500", 40.1) in {(one["code"], one["actual"]) for one in told["figures"]}


def suggested(suggestions, code):
    rows = suggestions[(suggestions["indicator"] == "milk_output") & (suggestions["code"] == code)]
    return float(rows["growth"].iloc[0])


NAMED = {"milk": 40.1, "mutton_output": 12.3, "beef_output": 15.4, "forage_value": 70, "improved_breed_rate": 96.5}


def test_every_sentence_of_a_look_back_says_its_indicator(evaluated):
    """A league's figures are looked back at where the region has none, too."""
    actual = {name: {"150500": {"2022": value}} for name, value in NAMED.items()}
    found = evaluated({"actual": actual}, 2022)
    data = found.issued.baselines
    for lang in LANGS:
        for commitment in data.commitments:
            notes = [note.text(lang) for note in hindsight_notes(found.issued, commitment, 2022, "150500")]
            assert notes
            assert [one for one in notes if not one.startswith(commitment.name(lang))] == []


UNCOUNTED = {
    "other prices": {"price_year": 2021},
    "something else": {"definition": "含冻品"},
    "another basis": {},
}


@pytest.mark.one_in(3)
@pytest.mark.parametrize("why", UNCOUNTED)
def test_whatever_was_said_and_does_not_count_is_told_with_its_reason_and_never_called_unknown(
    why, baselines, evaluated
):
    basis = next(iter(sorted(baselines.header.known_bases - {baselines.basis})))
    figure = {"value": 77.7, "source": "某厅"} | ({"basis": basis} if why == "another basis" else UNCOUNTED[why])
    region, league = baselines.region.code, "150500"
    plain = evaluated({"actual": {}}, 2022)
    for commitment in baselines.commitments:
        for code in (region, league):
            things = [*things_reported(commitment, baselines, code), *animals_reported(commitment, baselines, code)]
            for name in (getattr(one, "indicator", None) or one.id for one in things):
                if why == "other prices" and not is_money(unit_of(baselines, name)):
                    continue
                # The region's quantity of a year makes its value by a unit value.
                known = {commitment.quantity: {region: {"2022": 100}}} if name == commitment.unit_value else {}
                found = evaluated({"actual": {name: {code: {"2022": figure}}} | known}, 2022)
                without = evaluated({"actual": known}, 2022) if known else plain
                (told,) = set.difference(
                    *(
                        {n.text("zh") for n in hindsight_notes(e.issued, commitment, 2022, code)}
                        for e in (found, without)
                    )
                )
                assert told.startswith(f"{commitment.name_zh}：{baselines.areas[code].name_zh}2022年"), (name, code)
                assert "不可比" in told
                assert ("含冻品" in told, "2021年价格" in told) == (why == "something else", why == "other prices")
                for one in evaluation_notes(found, commitment, code):
                    assert "2022年数尚未公布" not in one.text("zh") or name not in (commitment.id, commitment.quantity)
                    assert "尚未取得" not in one.text("zh") or name != commitment.unit_value
                    assert "of 2022 is not known" not in one.text("en") or name != commitment.unit_value


def unit_of(data, name):
    return data.by_id[name].unit_zh if name in data.by_id else data.indicators[name].unit_zh
