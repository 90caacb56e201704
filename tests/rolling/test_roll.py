"""The next period's folder: made from this one's data, complete once its one file is filled, run as it stands."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from agriplan.analysis.balance_words import balance_notes
from agriplan.analysis.balances import balances_of
from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.notes import take_notes
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import BaselinesError
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.forecast.tiers import suggest_growth
from agriplan.rolling.next_period import roll
from agriplan.rolling.outcome import outcomes
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.workbook.files import read_template, write_workbook
from tests.commands_run import contents, run
from tests.rolling.missing_csv import fill

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "baselines"


@pytest.fixture(scope="module")
def rolled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("roll") / "2025-2030"
    result = run("--lang", "en", "roll", "--target-year", 2030, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder, result.output


@pytest.fixture(scope="module")
def next_plan(rolled, tmp_path_factory):
    folder = fill(Path(shutil.copytree(rolled[0], tmp_path_factory.mktemp("filled") / "plan")))
    data = read_baselines(folder)
    return make_plan(Scenario(), data, suggest_growth(data))


def test_the_old_folder_is_untouched_and_the_outcome_is_said(tmp_path, rolled):
    before = contents(SHIPPED)
    assert run("roll", "--target-year", 2030, "-o", tmp_path / "next").exit_code == 0
    assert contents(SHIPPED) == before
    assert "How 2021 to 2025 ended" in rolled[1]
    assert re.search(r"Beef-cattle.*512\.57 +560\.00 +786\.24 +met +0/12", rolled[1])
    assert "89 of them needed" in rolled[1]


def test_before_it_is_filled_one_sentence_says_where(rolled):
    checked = run("--lang", "en", "check", "--baselines", rolled[0])
    assert checked.exit_code == 2
    assert "missing.csv:2: " in checked.stderr
    assert "still to be filled in (and in 88 more places)" in checked.stderr
    assert len(checked.stderr.splitlines()) == 1


def test_what_was_known_of_the_target_year_is_the_new_base_with_its_grade_and_source(next_plan):
    beef = next_plan.baselines.base_figures["beef_output", "150000"]
    assert (beef.value, beef.grade, beef.source) == (101.7, "official", "beef2026")
    milk = next_plan.baselines.base_figures["milk_output", "150500"]
    assert (milk.grade, milk.source) == ("reported", "filled2025")


def test_targets_and_quotations_are_empty_until_they_are_given(rolled, next_plan):
    text = (rolled[0] / "commitments.toml").read_text(encoding="utf-8")
    assert not re.search(r"(?m)^(target|quote)", text)
    milk = next_plan.baselines.by_id["milk"]
    assert (milk.target, milk.quote) == (1100, "力争到2030年再上一个台阶")
    assert milk.leagues == read_baselines(SHIPPED).by_id["milk"].leagues


def test_the_filled_folder_passes_check(rolled, tmp_path):
    folder = fill(Path(shutil.copytree(rolled[0], tmp_path / "plan")))
    checked = run("--lang", "en", "check", "--baselines", folder)
    assert checked.exit_code == 0, checked.output


def test_a_slip_in_the_filled_file_is_told_with_its_line(rolled, tmp_path):
    folder = fill(Path(shutil.copytree(rolled[0], tmp_path / "plan")))
    file = folder / "missing.csv"
    text = file.read_text(encoding="utf-8-sig").replace(",reported,0.05,filled2025", ",reported,0.05,fillet2025", 1)
    file.write_text(text.replace(",48.42,", ',"4,8",', 1), encoding="utf-8")
    with pytest.raises(BaselinesError) as told:
        read_baselines(folder)
    said = told.value.text("en")
    assert "missing.csv:2: source" in said
    assert 'did you mean "filled2025"?' in said
    assert "missing.csv:7: value" in said


def test_the_plan_runs_from_2025_to_2030_with_sums_and_notes(next_plan):
    assert (next_plan.baselines.base_year, next_plan.baselines.target_year) == (2025, 2030)
    assert sorted(set(next_plan.years["year"])) == list(range(2025, 2031))
    assert next_plan.by_indicator["milk"]["target"] == 1100
    assert next_plan.leagues["growth"].notna().all()
    assert take_notes(next_plan)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_workbooks_of_the_next_period_are_written(next_plan, lang):
    template = read_template(ROOT / "templates" / ("workbook.xlsx" if lang == "zh" else "workbook.en.xlsx"))
    assert write_workbook(next_plan, "150500", template, lang).startswith(b"PK")


def test_pages_of_the_next_period_are_served(next_plan, tmp_path):
    app = create_app(Settings(baselines=next_plan.baselines.folder, database=f"sqlite:///{tmp_path / 'a.sqlite3'}"))
    client = app.test_client()
    for path in (
        "/",
        "/league/150500",
        "/indicator/milk",
        "/data",
        "/method",
        "/compare/rules",
        "/evaluation",
        "/actuals/150000",
        "/actuals/150500",
        "/roll",
        "/?lang=en",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
    for area in ("150000", "150500"):
        assert client.get(f"/brief/{area}").data.startswith(b"PK"), area
    assert "2030" in client.get("/").text


def test_balances_of_the_next_period_rest_on_the_last_known_year_of_each_figure(rolled, next_plan):
    balances = next_plan.baselines.balances
    milk = next(one for one in balances.yields if one.id == "milk_per_cow")
    assert (milk.of_year, milk.per_year) == (2022, 2022)
    assert next_plan.baselines.yields["milk_per_cow"].value == pytest.approx(733.8 / 159.0)
    years = {one.stock: one.stock_year for one in balances.balance}
    assert years == {"dairy_cow_stock": 2022, "cattle_offtake": 2025, "sheep_offtake": 2023}
    text = (rolled[0] / "balances.toml").read_text(encoding="utf-8")
    assert re.sub("= 20[0-9]{2}", "", text) == re.sub("= 20[0-9]{2}", "", contents(SHIPPED)["balances.toml"].decode())


def test_balances_of_the_next_period_do_not_set_old_animals_equal_to_its_base(next_plan):
    region = next_plan.baselines.region.code
    for indicator in next_plan.by_indicator:
        for one in balances_of(next_plan, indicator, region):
            balance = next(each for each in next_plan.baselines.balances.balance if each.about == indicator)
            assert one.stock * one.each * balance.factor == pytest.approx(one.quantity, rel=0.02)


def test_actuals_of_the_scenario_become_base_figures(baselines, suggestions):
    scenario = Scenario.model_validate(
        {
            "actual": {
                "milk": {"150500": {"2025": {"value": 58.5, "source": "通辽市统计局"}, "2024": 55.0}},
                "meat_sheep_value": {"150400": {"2025": 120.0}},
                "beef_output": {"150000": {"2025": 102.3}},
            }
        }
    )
    texts = {name: data.decode() for name, data in contents(SHIPPED).items()}
    made = roll(baselines, texts, scenario, suggestions, 2030)
    rows = list(csv.DictReader(io.StringIO(made["observed.csv"])))
    found = {(row["indicator"], row["area"], row["year"], row["basis"]): row for row in rows}
    assert len(found) == len(rows)
    ours = baselines.basis
    milk = found["milk_output", "150500", "2025", ours]
    assert (milk["value"], milk["grade"], milk["note_zh"]) == ("58.5", "reported", "通辽市统计局")
    assert found["milk_output", "150500", "2024", ours]["value"] == "55"
    sheep = found["mutton_output", "150400", "2025", ours]
    assert float(sheep["value"]) == pytest.approx(120 / 7.586)
    assert sheep["grade"] == "derived"
    assert found["beef_output", "150000", "2025", ours]["value"] == "102.3"
    lacking = {
        (row["id"], row["area"]) for row in csv.DictReader(io.StringIO(made["missing.csv"])) if row["year"] == "2025"
    }
    assert not {("milk_output", "150500"), ("mutton_output", "150400"), ("beef_output", "150000")} & lacking


def test_the_last_figure_that_is_told_is_the_last_that_the_same_folder_holds(baselines, suggestions):
    reported = {
        "milk": {"150500": {str(year): 40 + 5 * (year - 2020) for year in range(2021, 2025)}, "150000": {"2024": 900}},
        "forage_value": {"150000": {"2023": 500}},
        "beef_unit_value": {"150000": {"2023": 8.1}},
        "livestock_units": {"150500": {"2022": 1200}},
    }
    texts = {name: data.decode() for name, data in contents(SHIPPED).items()}
    made = roll(baselines, texts, Scenario.model_validate({"actual": reported}), suggestions, 2030)
    known = {}
    for row in csv.DictReader(io.StringIO(made["observed.csv"])):
        if row["basis"] == baselines.basis:
            known.setdefault((row["indicator"], row["area"]), {})[int(row["year"])] = float(row["value"])
    told = {}
    for row in csv.DictReader(io.StringIO(made["missing.csv"])):
        if row["what"] == "figure":
            before = {
                at: value for at, value in known.get((row["id"], row["area"]), {}).items() if at < int(row["year"])
            }
            assert row["last"] == (f"{before[max(before)]:.12g} ({max(before)})" if before else ""), row
            told[row["id"], row["area"], row["year"]] = row["last"]
    assert told["milk_output", "150500", "2025"] == "60 (2024)"
    assert told["milk_output", "150000", "2025"] == "900 (2024)"
    assert told["forage_value", "150000", "2025"] == told["forage_value", "150000", "2024"] == "500 (2023)"
    assert told["beef_unit_value", "150000", "2025"] == "8.1 (2023)"
    assert told["livestock_units", "150500", "2025"] == "1200 (2022)"


def test_a_value_is_divided_by_the_unit_value_that_stands_in_its_year_in_the_old_plan(baselines, suggestions):
    reported = {"mutton_unit_value": {"150000": {"2023": 7.9}}, "meat_sheep_value": {"150400": {"2025": 120.0}}}
    scenario = Scenario.model_validate({"actual": reported, "unit_value_growth": {"meat_sheep_value": 1.0}})
    texts = {name: data.decode() for name, data in contents(SHIPPED).items()}
    rows = csv.DictReader(io.StringIO(roll(baselines, texts, scenario, suggestions, 2030)["observed.csv"]))
    found = {(row["indicator"], row["area"], row["year"], row["basis"]): row["value"] for row in rows}
    assert float(found["mutton_output", "150400", "2025", baselines.basis]) == pytest.approx(120 / (7.9 * 1.01**2))


def test_figures_in_prices_of_the_new_base_year_are_kept_and_others_say_whose_they_are(baselines, suggestions):
    new = {"2025": {"value": 6.9, "price_year": 2025}}
    scenario = Scenario.model_validate(
        {
            "actual": {
                "beef_unit_value": {"150000": new},
                "beef_cattle_value": {
                    "150500": {"2025": {"value": 138.0, "price_year": 2025}},
                    "150400": {"2025": 120},
                },
                "meat_sheep_value": {"150500": {"2025": {"value": 60.0, "price_year": 2025}}},
                "forage_value": {"150500": {"2025": {"value": 90.0, "price_year": 2025}}, "150400": {"2025": 95.0}},
            }
        }
    )
    texts = {name: data.decode() for name, data in contents(SHIPPED).items()}
    made = roll(baselines, texts, scenario, suggestions, 2030)
    figures = {
        (row["indicator"], row["area"]): row
        for row in csv.DictReader(io.StringIO(made["observed.csv"]))
        if row["year"] == "2025"
    }
    assert float(figures["beef_unit_value", "150000"]["value"]) == 6.9
    # A value is divided by the unit value in the same prices; where there is none it gives no quantity.
    assert float(figures["beef_output", "150500"]["value"]) == pytest.approx(138 / 6.9)
    assert float(figures["beef_output", "150400"]["value"]) == pytest.approx(120 / 7.731)
    assert ("mutton_output", "150500") not in figures
    assert figures["forage_value", "150500"]["note_zh"] == ""
    assert "2020年价格" in figures["forage_value", "150400"]["note_zh"]
    assert "prices of 2020" in figures["forage_value", "150400"]["note_en"]
    lacking = {
        (row["id"], row["area"]) for row in csv.DictReader(io.StringIO(made["missing.csv"])) if row["year"] == "2025"
    }
    assert ("beef_unit_value", "150000") not in lacking
    assert ("mutton_output", "150500") in lacking


@pytest.mark.parametrize(("value", "price"), [(1e-9, 7.5), (1e12, 0.5)])
def test_a_quantity_that_no_folder_takes_is_asked_for_and_not_written(value, price, baselines, suggestions, tmp_path):
    of_values = {"mutton_unit_value": {"150000": {"2025": price}}, "meat_sheep_value": {"150400": {"2025": value}}}
    texts = {name: data.decode() for name, data in contents(SHIPPED).items()}
    made = roll(baselines, texts, Scenario.model_validate({"actual": of_values}), suggestions, 2030)
    written = [row for row in csv.DictReader(io.StringIO(made["observed.csv"])) if row["year"] == "2025"]
    assert ("mutton_output", "150400") not in {(row["indicator"], row["area"]) for row in written}
    lacking = {(row["id"], row["area"]) for row in csv.DictReader(io.StringIO(made["missing.csv"]))}
    assert ("mutton_output", "150400") in lacking
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BaselinesError) as caught:
        read_baselines(tmp_path)
    assert {problem.code for problem in caught.value.problems} == {"to_be_filled"}


def test_animals_of_the_base_year_are_held_against_what_each_gave_in_that_year(next_plan):
    region = next_plan.baselines.region.code
    (beef,) = balances_of(next_plan, "beef_cattle_value", region)
    assert (beef.stock, beef.implied) == (594.7, False)
    assert beef.each == pytest.approx(101.7 / 594.7 * 1000)
    commitment = next_plan.baselines.by_id["beef_cattle_value"]
    said = [note.text("zh") for note in balance_notes(next_plan, commitment, region)]
    assert said[0].startswith("2025年牛肉产量101.70万吨，相当于2025年肉牛出栏594.7万头、")
    assert not [text for text in said if "尚未取得" in text]


def test_a_rolled_folder_is_rolled_again(next_plan):
    folder = next_plan.baselines.folder
    texts = {name: data.decode("utf-8-sig") for name, data in contents(folder).items()}
    made = roll(next_plan.baselines, texts, Scenario(), suggest_growth(next_plan.baselines), 2035)
    assert "base_year = 2030" in made["plan.toml"]
    years = {row["year"] for row in csv.DictReader(io.StringIO(made["observed.csv"])) if row["source"] == "filled2025"}
    assert years == {"2025"}


def test_a_target_year_that_is_not_later_is_refused(tmp_path):
    for year in (2025, 2200):
        assert run("--lang", "en", "roll", "--target-year", year, "-o", tmp_path / "next").exit_code == 2
    refused = run("--lang", "en", "roll", "--target-year", 2025, "-o", tmp_path / "next")
    assert refused.exit_code == 2
    assert not (tmp_path / "next").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("x", encoding="utf-8")
    assert run("roll", "--target-year", 2030, "-o", tmp_path / "full").exit_code == 2


def test_the_outcome_counts_what_leagues_reported(baselines, suggestions):
    scenario = Scenario.model_validate({"actual": {"milk": {"150000": {"2025": 1003.0}, "150500": {"2025": 60.0}}}})
    milk = outcomes(make_plan(scenario, baselines, suggestions))[0]
    assert (milk.actual, milk.verdict, milk.leagues) == (1003.0, "reached", 1)
    assert milk.short == pytest.approx(-3.0)


def test_the_outcome_is_known_as_well_as_the_evaluation_says(baselines, suggestions):
    plan = make_plan(Scenario(), baselines, suggestions)
    last = baselines.target_year
    found = evaluate(plan, suggestions_as_of(baselines, suggestions, last), last)
    known = {one.commitment.id: one.grade for one in outcomes(plan) if one.actual is not None}
    assert "beef_cattle_value" in known
    assert known == {indicator: found.region(indicator)["grade"] for indicator in known}
