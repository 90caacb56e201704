"""Where an output came to nothing: every figure that is asked for, and no sentence with a number left out of it."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from agriplan.analysis.balance_words import balance_notes, balance_notes_as_of
from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.note import Note
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.actuals import said_as
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import BaselinesError
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.places import baselines_folder
from agriplan.report.brief.words import brief_values
from agriplan.report.evaluation_json import evaluation_csv, evaluation_json
from agriplan.report.plan_json import to_json
from agriplan.sentences import LANGS
from agriplan.workbook.content.book import describe_book

LEAGUE = "150500"
REPORTED = ("milk", "beef_output", "mutton_output", "forage_value", "improved_breed_rate", "meat_sheep_value")


def zero_and_animals(indicator: str, code: str, animals: float, data: Baselines) -> dict[str, object]:
    """The animals of an area beside what they gave; an indicator that no balance is of stands alone."""
    stocks = {said_as(data, data.by_id[one.about].quantity): one.stock for one in data.balances.balance}
    assert set(stocks) <= set(REPORTED)
    given: dict[str, object] = {indicator: {code: {"2022": 0}}}
    if indicator in stocks:
        given[stocks[indicator]] = {code: {"2022": animals}}
    return given


def without_numbers(notes: Iterator[Note]) -> list[str]:
    said = [note.text(lang) for note in notes for lang in LANGS if note.code != "sources"]
    return [text for text in said if "—" in text or "nan" in text or "inf" in text]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("indicator", REPORTED)
@pytest.mark.parametrize("area", ["region", "league"])
def test_a_year_that_brought_nothing_is_evaluated(
    indicator: str, area: str, evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    code, animals = (baselines.region.code, 300.0) if area == "region" else (LEAGUE, 8.0)
    found = evaluated({"as_of": 2022, "actual": zero_and_animals(indicator, code, animals, baselines)}, 2022)
    assert evaluation_json(found)
    assert evaluation_csv(found)
    for commitment in baselines.commitments:
        for each in baselines.areas:
            assert without_numbers(balance_notes_as_of(found, commitment, each)) == []


@pytest.mark.parametrize("indicator", ["milk", "beef_cattle_value"])
def test_a_league_that_had_animals_and_no_output_is_projected(
    indicator: str, baselines: Baselines, suggestions: pd.DataFrame
) -> None:
    quantity = baselines.by_id[indicator].quantity
    stock = next(one.stock for one in baselines.balances.balance if one.about == indicator)
    own = {"value": 8.0, "source": "通辽市统计局"}
    figures = {quantity: {LEAGUE: own | {"value": 0.0}}, stock: {LEAGUE: own}}
    plan = make_plan(parse_scenario({"baseline": figures}), baselines, suggestions)
    notes = list(balance_notes(plan, baselines.by_id[indicator], LEAGUE))
    assert without_numbers(iter(notes)) == []
    assert "league_own_nothing" in {note.code for note in notes}
    assert to_json(plan)


NOTHING_OF_ITS_OWN = {"value": 0, "source": "通辽市统计局"}
# A league, or the region, that began at nothing, came to nothing or was asked for nothing, in every indicator.
BEGAN, CAME, CAME_TO_NOTHING, ASKED, WHOLE_CAME_TO_NOTHING = "began", "came", "nothing", "asked", "whole"
PARTS = {
    BEGAN: ("baseline", LEAGUE, NOTHING_OF_ITS_OWN),
    CAME: ("actual", LEAGUE, {"2022": 3.5}),
    CAME_TO_NOTHING: ("actual", LEAGUE, {"2022": 0}),
    ASKED: ("issued", LEAGUE, 0),
    WHOLE_CAME_TO_NOTHING: ("actual", "150000", {"2022": 0}),
}
ZEROS = [(BEGAN, CAME), (BEGAN, CAME_TO_NOTHING), (ASKED, CAME), (ASKED,), (CAME_TO_NOTHING,), (WHOLE_CAME_TO_NOTHING,)]
# A dash is where a number belongs, but between two years.
LEFT_OUT = re.compile(r"(?<!\d)—|—(?!\d)|\bnan\b|\binf\b|-100\.00")


def zero_scenario(parts: tuple[str, ...], data: Baselines) -> dict[str, object]:
    def with_part(scenario: dict[str, object], part: str) -> dict[str, object]:
        where, code, value = PARTS[part]
        names = {one.id: one.quantity if where == "baseline" else one.id for one in data.commitments}
        said = {name: {code: value} for name in names.values()}
        return scenario | {where: {"targets": said} if where == "issued" else said}

    return reduce(with_part, parts, {"as_of": 2022})


def all_said(told: object) -> Iterator[str]:
    """Every text in both languages of a JSON report, however deep."""
    if isinstance(told, dict):
        if isinstance(told.get("zh"), str):
            yield from (told[lang] for lang in LANGS)
        yield from (text for one in told.values() for text in all_said(one))
    elif isinstance(told, list):
        yield from (text for one in told for text in all_said(one))


def said_in_brief(found: Evaluation, code: str) -> Iterator[str]:
    for lang in LANGS:
        values = brief_values(found, code, lang)
        yield from (values[name] for name in ("headline", "table_note", "task_note", "growth_note"))
        yield from (text for name in ("sharing", "balances", "hindsight") for text in values[name])
        yield from (text for one in values["indicators"] for text in one["sentences"])


@pytest.mark.one_in(2)
@pytest.mark.parametrize("parts", ZEROS, ids="-".join)
def test_no_sentence_of_any_report_has_a_number_left_out(
    parts: tuple[str, ...], evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    found = evaluated(zero_scenario(parts, baselines), 2022)
    said = [*all_said(json.loads(to_json(found.issued))), *all_said(json.loads(evaluation_json(found)))]
    said += [text for code in (baselines.region.code, LEAGUE) for text in said_in_brief(found, code)]
    assert [text for text in said if LEFT_OUT.search(text)] == []


def test_a_region_that_came_to_nothing_is_evaluated_where_growths_were_entered(
    evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    """By history alone it stays at nothing, and what was entered lies beyond any part of that."""
    growth = {"growth": {"milk": {LEAGUE: 7.0, "150100": -3.0}}}
    found = evaluated(zero_scenario((WHOLE_CAME_TO_NOTHING,), baselines) | growth, 2022)
    said = [*all_said(json.loads(evaluation_json(found))), *said_in_brief(found, baselines.region.code)]
    assert [text for text in said if LEFT_OUT.search(text)] == []


def test_a_target_of_nothing_is_reached_and_needs_no_growth_in_every_figure(
    evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    found = evaluated(zero_scenario((ASKED, CAME), baselines), 2022)
    for commitment in baselines.commitments:
        assert found.by_key[commitment.id, LEAGUE]["needed_growth"] == 0.0
    brief = brief_values(found, LEAGUE, "zh")
    assert set(brief["chart_growth"].series[-1].values) == {0.0}
    assert not [one for one in brief["indicators"] if "-100.00" in (one["growth"], one["needed"])]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("indicator", ["milk", "meat_sheep_value", "forage_value"])
def test_a_league_that_came_to_nothing_is_told_how_much_it_is_short(
    indicator: str, evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    commitment, code = baselines.by_id[indicator], "152500"
    actual = {"actual": {indicator: {code: {"2023": 0}}}}
    for as_of in (2023, 2024):
        found = evaluated(actual, as_of)
        row = found.by_key[indicator, code]
        short = f"{row['printed_target']:,.2f}"
        told = {note.code: note for note in evaluation_notes(found, commitment, code)}
        assert f"还需增加{short}" in told["needed_from_nothing"].text("zh")
        assert f"{short} × 1" in told["needed_from_nothing"].text("en")
        # What is due in every year leads to the new target, which is nothing where it takes no share.
        assert {year["printed_milestone"] for year in found.years_of(indicator, code)} == {0.0}
        assert row["printed_new_target"] == 0.0
        assert "没有分到任务" in told["takes_nothing_capped"].text("zh")
        plan = make_plan(parse_scenario({**actual, "as_of": as_of}), baselines, found.issued.suggestions)
        table = describe_book(plan, code, "zh").sheets["evaluation"].tables["areas"]
        sentence = table.columns["sentence"].values[list(table.keys).index(f"{indicator}.{code}")]
        unit = commitment.unit("zh")
        assert sentence == f"由0起步，无法计算所需增速；以{unit}计，距目标还差{short}"


def test_no_rule_is_advised_where_the_growth_cap_leaves_nothing_under_any(
    evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    for rule in ("by_baseline", "equal_amounts"):
        limits = {"rule": rule, "max_growth": 30}
        asked = {"actual": {"milk": {"152500": {"2023": 0}}}, "allocation": {"milk": limits}}
        found = evaluated(asked, 2023)
        told = {note.code: note for note in evaluation_notes(found, baselines.by_id["milk"], "152500")}
        assert "takes_nothing" not in told
        assert told["takes_nothing_capped"].text("zh").endswith("请为其设下限。")
        assert told["takes_nothing_capped"].text("en").endswith("give it a floor.")
        with_floor = evaluated(asked | {"allocation": {"milk": limits | {"floor": {"152500": 2}}}}, 2023)
        assert with_floor.by_key["milk", "152500"]["printed_amount"] >= 2.0
    asked["allocation"] = {"milk": {"max_growth": "none"}}
    told = {note.code: note for note in evaluation_notes(evaluated(asked, 2023), baselines.by_id["milk"], "152500")}
    assert told["takes_nothing"].text("zh").endswith("请为其设下限或改用其他分解规则。")
    asked["allocation"]["milk"]["rule"] = "equal_amounts"
    assert evaluated(asked, 2023).by_key["milk", "152500"]["printed_amount"] > 0


def test_a_plan_whose_leagues_all_begin_at_nothing_is_reported(baselines: Baselines, suggestions: pd.DataFrame) -> None:
    figures = {"milk_output": {league.code: NOTHING_OF_ITS_OWN for league in baselines.leagues}}
    told = json.loads(to_json(make_plan(parse_scenario({"baseline": figures}), baselines, suggestions)))
    assert [text for text in all_said(told) if LEFT_OUT.search(text)] == []


# What balances rest on, and the quantities that follow from it.
BEHIND_BALANCES = (
    *("cattle_offtake", "cattle_carcass", "dairy_cow_stock", "sheep_offtake", "livestock_units"),
    *("milk_output", "beef_output", "mutton_output"),
)
# Herds are above 0, and a region is not below its leagues.
REFUSED = {(herd, of) for herd in ("livestock_units",) for of in ("region", "everybody")}
REFUSED |= {(output, "region") for output in ("milk_output", "beef_output", "mutton_output")}
# With every run one of each kind: animals, what one of them gives, an output; the others in full.
FURTHER = {
    *product(("cattle_offtake", "sheep_offtake", "beef_output", "mutton_output"), ("everybody",)),
    *product(("dairy_cow_stock", "cattle_offtake"), ("region",)),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("indicator", "of"),
    [
        pytest.param(indicator, of, marks=[pytest.mark.thorough] if (indicator, of) in FURTHER else [])
        for indicator, of in product(BEHIND_BALANCES, ("region", "everybody"))
    ],
)
def test_a_figure_of_nothing_in_the_data_is_refused_in_words_or_stops_nothing(
    indicator: str, of: str, baselines: Baselines, suggestions: pd.DataFrame, tmp_path: Path
) -> None:
    folder = with_nothing(indicator, of, baselines, tmp_path / "data")
    if (indicator, of) in REFUSED:
        with pytest.raises(BaselinesError):
            read_baselines(folder)
        return
    data = read_baselines(folder)
    plan = make_plan(Scenario(), data, suggestions)
    assert to_json(plan)
    found = evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
    assert evaluation_json(found)
    for commitment in data.commitments:
        for code in (data.region.code, LEAGUE):
            assert without_numbers(balance_notes(plan, commitment, code)) == []
            assert without_numbers(balance_notes_as_of(found, commitment, code)) == []


def with_nothing(indicator: str, of: str, data: Baselines, folder: Path) -> Path:
    """The shipped folder, with 0 for all that is observed of an indicator from the base year on."""
    shutil.copytree(baselines_folder(), folder)
    file = folder / "observed.csv"
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    area, name, year, value = (rows[0].index(head) for head in ("area", "indicator", "year", "value"))
    changed = 0
    for row in rows[1:]:
        whose = row[area] == data.region.code or of == "everybody"
        if row[name] == indicator and int(row[year]) >= data.base_year and whose:
            row[value], changed = "0", changed + 1
    assert changed
    file.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("indicator", ["milk_output", "beef_output", "mutton_output", "meat_sheep_value"])
def test_an_indicator_of_which_no_league_had_anything_is_told_with_null_where_nothing_follows(
    indicator: str, baselines: Baselines, suggestions: pd.DataFrame
) -> None:
    nothing = {league.code: {"value": 0.0, "source": "统计局"} for league in baselines.leagues}
    plan = make_plan(parse_scenario({"baseline": {indicator: nothing}}), baselines, suggestions)
    assert '"needed": null' in to_json(plan)
