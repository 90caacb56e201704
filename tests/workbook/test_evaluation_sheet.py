"""The sheet 评估 says what page, JSON, CSV and brief say, as of whatever year stands in the file."""

import io
import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl.utils import get_column_letter
from restyling import ENGLISH, SHIPPED

from agriplan.analysis.evaluation import evaluate
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for
from agriplan.report.brief.document import write_brief
from agriplan.report.evaluation_json import evaluation_csv, evaluation_json
from agriplan.sentences import catalogue, say
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.layout.cell_room import room_of
from agriplan.workbook.layout.row_heights import text_lines
from agriplan.workbook.layout.sheets import lay_out
from tests.engine.scenarios import random_evaluation, random_rates
from tests.engine.unit_value_histories import with_unit_value_histories
from tests.thoroughness import FULL, tried
from tests.workbook.evaluation import compiled
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.filling_in import filled_in, loaded
from tests.workbook.held_cells import HeldCells
from tests.workbook.raw_edits import opened
from tests.workbook.reading_back import doubts_in, scenario_in
from tests.workbook.recalculation import OFFICE, differences, recalculate

# These are the ones that something is entered for, and one of each kind: a quantity, a value, a rate.
INDICATORS = {"milk", "meat_sheep_value", "beef_cattle_value", "improved_breed_rate"}
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}

ROOT = Path(__file__).parents[2]
FOLDERS = {"shipped": ROOT / "baselines", "hexi": ROOT / "tests" / "plans" / "hexi"}
MILK = {"as_of": 2022, "actual": {"milk": {"150000": {"2021": 673.2, "2022": 733.8}}}}
NEEDED = 10.87
TURNING = ("warning", "verdict", "status", "grade")
TEMPLATES = {"zh": SHIPPED, "en": ENGLISH}
SEEDS = range(tried(4, 60))


@cache
def _data(folder):
    data = read_baselines(FOLDERS[folder])
    if folder == "shipped" and not FULL:
        data = of_indicators(data, KINDS | {"forage_value"})
    return data, suggestions_for(data)


def test_milk_needs_10_87_per_cent_a_year_in_sheet_json_csv_and_brief_alike(baselines, suggestions):
    plan = make_plan(parse_scenario(MILK), baselines, suggestions)
    evaluation = evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
    told = json.loads(evaluation_json(evaluation))["indicators"][0]["region"]["figures"]
    rows = pd.read_csv(io.StringIO(evaluation_csv(evaluation)), dtype={"code": str})
    row = rows[(rows["indicator"] == "milk") & (rows["code"] == "150000")].iloc[0]
    brief = Document(io.BytesIO(write_brief(evaluation, "150000", "zh")))
    assert round(told["needed_growth"], 2) == round(row["needed_growth"], 2) == NEEDED
    assert any("年均增长10.87%以上" in paragraph.text for paragraph in brief.paragraphs)
    for area in ("150000", "150500"):
        sheet = describe_book(plan, area, "zh").sheets["evaluation"].tables["region"].columns
        assert round(sheet["needed_growth"].values[0], 2) == NEEDED
        assert sheet["sentence"].values[0] == "要实现目标，2023—2025年需年均增长10.87%以上"
        assert sheet["printed_gap"].values[0] == pytest.approx(told["printed_gap"])
        assert sheet["printed_current"].values[0] == told["printed_current"] == 733.8


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_sheet_agrees_with_the_engine_whatever_was_reported_as_of_whatever_year(folder):
    data, suggestions = _data(folder)
    data = data if FULL or folder != "shipped" else of_indicators(data, KINDS)
    years, met = set(), set()
    for seed in SEEDS:
        try:
            plan = make_plan(random_evaluation(seed, data), data, suggestions)
        except ScenarioError:
            continue
        # With every run one of the two by turns.
        areas = (data.region.code, data.leagues[seed % len(data.leagues)].code)
        for area in areas if FULL else areas[seed % 2 :][:1]:
            book = compiled(plan, area)
            agreement = compare_with_engine(plan, book.book, book.values(book.given))
            assert not agreement.differences, (seed, area, agreement.differences[:5])
            met.add(area == data.region.code)
        years.add(plan.scenario.as_of)
    assert len(years) > 2
    assert met == {True, False}


@pytest.mark.parametrize("seed", range(tried(2, 12)))
def test_the_sheet_agrees_with_the_engine_where_unit_values_have_a_history(seed):
    data = of_indicators(with_unit_value_histories(_data("shipped")[0], seed), {"beef_cattle_value"})
    (commitment,), suggestions = data.commitments, suggestions_for(data)
    actual = {commitment.leagues[0]: {"2022": {"value": 900, "source": "x", "price_year": data.base_year}}}
    asked = {"as_of": 2022 + seed % 3, "actual": {commitment.id: actual}}
    plan = make_plan(parse_scenario(asked), data, suggestions)
    book = compiled(plan, (data.region.code, data.leagues[seed % len(data.leagues)].code)[seed % 2])
    agreement = compare_with_engine(plan, book.book, book.values(book.given))
    assert not agreement.differences, agreement.differences[:5]


@pytest.mark.parametrize("seed", range(tried(4, 40)))
def test_a_rate_with_a_difference_is_held_within_its_bounds_on_the_sheet_as_by_the_engine(seed):
    data, suggestions = _data("shipped")
    data = of_indicators(data, {"improved_breed_rate"})
    plan = make_plan(random_rates(seed, data), data, suggestions)
    book = compiled(plan, (data.region.code, data.leagues[seed % len(data.leagues)].code)[seed % 2])
    found = book.values(book.given)
    agreement = compare_with_engine(plan, book.book, found)
    assert not agreement.differences, agreement.differences[:5]
    assert 0 <= found["improved_breed_rate", None, "evaluated_projection"] <= 100 + 1e-9


@pytest.mark.parametrize("area", ["150000", "150200"])
def test_a_league_past_its_target_moves_no_figure_of_the_others_on_the_sheet(area):
    data, suggestions = _data("shipped")
    made = {"as_of": 2023, "actual": {"beef_output": {"150500": {"2023": 16.005}}}}
    plan = make_plan(parse_scenario(made), data, suggestions)
    book = compiled(plan, area)
    found = book.values(book.given)
    assert not compare_with_engine(plan, book.book, found).differences
    place = book.book.sheets["evaluation"].tables["areas"].keys.index("beef_cattle_value.150200")
    rows = {name: found["evaluation", "areas", f"printed_{name}"][place] for name in ("target", "projection", "gap")}
    assert rows == {"target": 17.17, "projection": 17.17, "gap": 0}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_gap_left_is_shared_on_the_sheet_as_in_the_json_and_adds_up(folder):
    data, suggestions = _data(folder)
    last = data.target_year
    for year in (data.base_year, data.base_year + 2, last):
        actual = {one.id: {code: {str(last): one.target} for code in one.leagues[:1]} for one in data.commitments}
        plan = make_plan(parse_scenario({"as_of": year, "actual": actual}), data, suggestions)
        evaluation = evaluate(plan, suggestions_as_of(data, suggestions, year), year)
        tables = describe_book(plan, data.region.code, "zh").sheets["evaluation"].tables
        keys = [(one, data.region.code) for one in tables["region"].keys] + [k.split(".") for k in tables["areas"].keys]
        for name in ("printed_amount", "printed_new_target"):
            shown = [*tables["region"].columns[name].values, *tables["areas"].columns[name].values]
            said = [evaluation.by_key[one, code][name] for one, code in keys]
            assert shown == [None if value != value else value for value in said]
            assert (shown == [None] * len(shown)) == (year == last)
        region = {name: column.values for name, column in tables["region"].columns.items()}
        for place, one in enumerate(data.commitments):
            if not one.is_rate and year < last:
                parts = [evaluation.by_key[one.id, league.code]["printed_new_target"] for league in data.leagues]
                parts += [region["again_difference"][place], region["again_unallocated"][place]]
                left = sum(part for part in parts if part == part)
                assert left == pytest.approx(region["printed_target"][place], abs=1e-9)


@pytest.mark.parametrize("area", ["150000", "150500"])
def test_what_stands_as_generated_says_so_once_year_actual_or_assumption_is_another(area):
    data, suggestions = _data("shipped")
    made = parse_scenario({"as_of": 2022, "actual": {"milk": {"150500": {"2022": 70}}}})
    book = compiled(make_plan(made, data, suggestions), area)
    state, words = ("evaluation", None, "state"), book.book.words
    assert book.values(book.given)[state] == book.values(book.typed_in(made))[state] == words["state.as_made"]
    for more in (
        {"as_of": 2023},
        {"actual": {}},
        {"actual": {"milk": {"150500": {"2022": 71}}}},
        {"target": {"milk": 990}},
    ):
        typed = parse_scenario(json.loads(canonical_json(made)) | more)
        assert book.values(book.typed_in(typed))[state] == words["state.changed"], more


@pytest.mark.parametrize("area", ["150000", "150500"])
def test_year_and_actuals_typed_into_the_default_workbook_give_what_one_made_from_them_holds(area):
    data, suggestions = _data("shipped")
    scenario = parse_scenario(
        {
            "as_of": 2023,
            "actual": {"milk": {"150500": {"2021": 40, "2023": 70}}, "beef_cattle_value": {"150500": {"2022": 120}}},
        }
    )
    book = compiled(make_plan(Scenario(), data, suggestions), area)
    plan = make_plan(scenario, data, suggestions)
    typed = book.values(book.typed_in(scenario))
    assert not compare_with_engine(plan, book.book, typed).differences
    assert typed["evaluation", None, "as_of"] == 2023


def test_as_of_the_base_year_a_workbook_is_byte_for_byte_the_one_without_a_year(baselines, suggestions):
    template = load_template(None, "zh")
    plans = [make_plan(parse_scenario(asked), baselines, suggestions) for asked in ({}, {"as_of": 2020})]
    assert len({write_workbook(plan, "150500", template, "zh") for plan in plans}) == 1


@pytest.mark.parametrize("growth", [{}, {"growth": {"milk": {"150000": 7}}}])
def test_as_of_the_base_year_the_growth_needed_is_the_plans_to_the_last_digit(growth, baselines, suggestions):
    issued = {"beef_cattle_value": {"150200": 30.0}}
    for more in ({}, {"issued": {"targets": issued}}):
        plan = make_plan(parse_scenario({"as_of": 2020, **growth, **more}), baselines, suggestions)
        evaluation = evaluate(plan, suggestions_as_of(baselines, suggestions, 2020), 2020)
        rows = describe_book(plan, "150000", "zh").sheets["evaluation"].tables["areas"]
        sheet = dict(zip(rows.keys, rows.columns["needed_growth"].values, strict=True))
        for commitment in baselines.commitments:
            for code in commitment.leagues:
                own = plan.league_row(commitment.id, code)["needed_growth"]
                found = evaluation.by_key[commitment.id, code]["needed_growth"]
                assert sheet[f"{commitment.id}.{code}"] == pytest.approx(found, rel=1e-9)
                if more and code in issued.get(commitment.id, {}):
                    assert abs(found - own) > 1
                else:
                    assert found == pytest.approx(own, rel=1e-9)


@pytest.mark.parametrize("area", ["150000", "150300"])
def test_first_page_indicator_and_evaluation_of_a_workbook_say_one_likelihood_and_one_growth_needed(area):
    data, suggestions = _data("shipped")
    for asked in ({}, {"target": {"forage_value": 440, "improved_breed_rate": 93}}):
        sheets = describe_book(make_plan(parse_scenario(asked), data, suggestions), area, "zh").sheets
        first = sheets["plan"].tables["indicators"]
        rows = sheets["evaluation"].tables["region" if area == data.region.code else "areas"]
        for name, there in (("probability", "band"), ("needed_growth", "needed_growth")):
            assert rows.columns[there].values == pytest.approx(first.columns[name].values, nan_ok=True), asked


def test_as_of_the_target_year_nothing_is_projected_on_the_sheet(baselines, suggestions):
    asked = {"as_of": 2025, "actual": {"milk": {"150000": {"2025": 1001}}}}
    book = describe_book(make_plan(parse_scenario(asked), baselines, suggestions), "150000", "zh")
    rows = book.sheets["evaluation"].tables["region"].columns
    assert rows["verdict"].values[:2] == ["完成", "未公布"]
    assert set(rows["band"].values) == set(rows["needed_growth"].values) == set(rows["sentence"].values) == {""}
    assert rows["printed_projection"].values == rows["printed_current"].values


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("count", "total"),
    [(0, 733.8), (5, None), (11, 733.805), (12, None), *([(5, 733.8), (12, 733.8)] if FULL else [])],
)
def test_reported_figures_are_shown_as_they_are_everywhere_and_all_add_up(count, total):
    """Figures of three decimals: each is rounded by itself, whatever the region comes to."""
    data, suggestions = _data("shipped")
    codes = data.league_codes[:count]
    actual = {code: round(data.base_figures["milk_output", code].value * 1.17, 2) + 0.005 for code in codes}
    actual |= {} if total is None else {data.region.code: total}
    asked = {"as_of": 2022, "actual": {"milk": {code: {"2022": value} for code, value in actual.items()}}}
    plan = make_plan(parse_scenario(asked), data, suggestions)
    book = compiled(plan, data.region.code)
    found = book.values(book.given)
    assert not compare_with_engine(plan, book.book, found).differences
    assert found["evaluation", "region", "reported"][0] == count
    leagues, (region, *_) = (
        found["milk", "evaluated", "printed_current"],
        found["evaluation", "region", "printed_current"],
    )
    assert sum(leagues) + found["evaluation", "region", "printed_difference"][0] == pytest.approx(region, abs=1e-9)
    for place, code in enumerate(codes):
        (row,) = (row for row in plan.printed.year_rows("milk", code) if row["year"] == 2022)
        assert leagues[place] == pytest.approx(row["actual"], abs=1e-9)
        if code == codes[0]:
            own = compiled(plan, code)
            evaluated = own.values(own.given)["milk", None, "evaluated_own_printed_current"]
            assert evaluated == pytest.approx(row["actual"], abs=1e-9)


def test_the_sheet_asks_some_growth_of_what_is_short_by_ever_so_little(baselines, suggestions):
    asked = {"as_of": 2022, "actual": {"improved_breed_rate": {"150000": {"2022": 94.994}}}}
    book = describe_book(make_plan(parse_scenario(asked), baselines, suggestions), "150000", "zh")
    rows = book.sheets["evaluation"].tables["region"].columns
    assert rows["met"].values[-1] == 0
    assert rows["sentence"].values[-1].endswith("需年均提高0.01个百分点以上")


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("zh", ["要实现目标，2025年需增长25.02%以上", "要实现目标，2025年需提高0.75个百分点以上"]),
        ("en", ["In 2025, at least 25.02 %", "In 2025, at least 0.75 points"]),
    ],
)
def test_where_one_year_is_left_the_sheet_asks_for_its_growth_and_for_none_a_year(
    lang, sentences, baselines, suggestions
):
    asked = {"as_of": 2024, "actual": {"milk": {"150000": {"2024": 799.9}}}}
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    sheet = describe_book(plan, "150000", lang).sheets["evaluation"]
    assert [sheet.tables["region"].columns["sentence"].values[place] for place in (0, -1)] == sentences
    assert "年均" not in str(sheet.scalars["needed_head"].value)


@pytest.mark.parametrize("year", [2022, 2025])
def test_the_sheet_calls_what_all_leagues_reported_their_sum_and_judges_it(year):
    data, suggestions = _data("shipped")
    reported = {league.code: {str(year): 35.0} for league in data.leagues}
    for count, how in ((12, "合计"), (11, "估算")):
        some = dict(list(reported.items())[:count])
        plan = make_plan(parse_scenario({"as_of": year, "actual": {"forage_value": some}}), data, suggestions)
        book = compiled(plan, data.region.code)
        found = book.values(book.given)
        assert not compare_with_engine(plan, book.book, found).differences
        place = [one.id for one in data.commitments].index("forage_value")
        assert found["evaluation", "region", "how"][place] == how
        if year == data.target_year:
            assert found["evaluation", "region", "verdict"][place] == {12: "未完成", 11: "未公布"}[count]


@pytest.mark.parametrize("own", [70.0, 75.4, 85.0])
def test_as_of_the_base_year_an_own_rate_has_the_error_of_the_figure_that_it_replaces(own):
    data, suggestions = _data("shipped")
    rate = {"improved_breed_rate": {"150300": {"value": own, "source": "统计局"}}}
    plan = make_plan(parse_scenario({"baseline": rate}), data, suggestions)
    book = compiled(plan, "150300")
    found = book.values(book.given)
    assert not compare_with_engine(plan, book.book, found).differences
    place = list(book.book.sheets["evaluation"].tables["areas"].keys).index("improved_breed_rate.150300")
    figure = data.base_figures["improved_breed_rate", "150300"]
    square = found["evaluation", "areas", "half_square"][place]
    assert square == pytest.approx((figure.relative_error * figure.value) ** 2)


def test_the_year_is_read_back_and_one_outside_the_plan_is_refused_at_its_cell(baselines, suggestions):
    made = write_workbook(
        make_plan(parse_scenario(MILK), baselines, suggestions), "150500", load_template(None, "zh"), "zh"
    )
    assert canonical_json(scenario_in(made, baselines, suggestions)) == canonical_json(parse_scenario(MILK))
    for typed, read in ((2023, 2023), (2020, None), (None, None)):
        edited = HeldCells(made, {("assumptions.as_of", None): typed})
        assert scenario_in(edited, baselines, suggestions).as_of == read
    edited = HeldCells(made, {("assumptions.as_of", None): 2019})
    assert doubts_in(edited, baselines, suggestions)["as_of_outside_plan"].place.startswith("假设!")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_says_which_year_counts_where_none_is_chosen_and_calls_no_entry_a_trend(lang, plan):
    title = {"zh": "评估", "en": "Evaluation"}[lang]
    cells = opened(write_workbook(plan, "150500", load_template(None, lang), lang)).sheets[title]
    said = {
        "zh": "不选即为基期年2020年（网页“评估”不选时取有实际值的最后一年",
        "en": "it is the base year 2020 (the page takes",
    }
    assert said[lang] in str(cells["A", 2].value)
    heads = [held.value for (_, row), held in cells.items() if row >= 3 and isinstance(held.value, str)]
    heads = [text for text in heads if "\n" in text]
    assert {"zh": "2025年\n预测（从\n评估年起）", "en": "Projection 2025\n(from that year)"}[lang] in heads
    assert not [text for text in heads if {"zh": "趋势", "en": "rend"}[lang] in text]


@pytest.mark.thorough
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_follows_a_year_and_actuals_changed_in_the_file(baselines, suggestions, tmp_path):
    template = load_template(None, "zh")
    made = write_workbook(make_plan(parse_scenario(MILK), baselines, suggestions), "150500", template, "zh")
    edits = {
        ("assumptions.as_of", None): 2023,
        ("years.years.entered_actual", "milk.150500.2022"): 62.5,
        ("years.years.entered_actual", "milk.150500.2023"): 64,
        ("years.years.entered_actual", "beef_cattle_value.150500.2023"): 130,
        ("years.years.entered_actual", "improved_breed_rate.150500.2023"): 96.5,
    }
    file = tmp_path / "edited.xlsx"
    file.write_bytes(filled_in(made, edits))
    (done,) = recalculate([file], tmp_path / "done")
    plan = make_plan(scenario_in(done.read_bytes(), baselines, suggestions), baselines, suggestions)
    assert plan.scenario.as_of == 2023
    layout = lay_out(template, describe_book(plan, "150500", "zh", template.words))
    count, found = differences(layout, done)
    assert count > 5000
    # One cell tells that the file is no longer what it was made as: what stands in it as generated is of another year.
    assert len(found) == 1
    assert f"{layout.book.words['state.as_made']}' became '{layout.book.words['state.changed']}" in found[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_that_turn_with_the_year_fit_on_one_line_of_their_cells(lang):
    """No row of a sheet grows when another year is chosen in the file."""
    sheet = next(
        sheet
        for sheet in loaded(TEMPLATES[lang].read_bytes()).worksheets
        if any(cell.value == "{region.warning}" for row in sheet.iter_rows() for cell in row)
    )
    merged = {(area.min_row, area.min_col): area.max_col for area in sheet.merged_cells.ranges}
    families = {one: [code for code in catalogue() if code.startswith(f"{one}.")] for one in TURNING}
    families["how"] = ["short.estimated", "short.summed"]
    found = {}
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        family = families.get(str(cell.value).removeprefix("{region.").removeprefix("{areas.").removesuffix("}"))
        if family:
            last = merged.get((cell.row, cell.column), cell.column)
            width = sum(sheet.column_dimensions[get_column_letter(col)].width for col in range(cell.column, last + 1))
            room = room_of(width, cell.font.sz, int(cell.alignment.indent))
            words = {say(code, lang) for code in family}
            found[cell.coordinate] = {word for word in words if text_lines(word, room) > 1}
    assert len(found) >= len(families)
    assert {place: words for place, words in found.items() if words} == {}
