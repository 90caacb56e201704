"""Another region, another period, other indicators: a folder of data and no change to Python."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.analysis.notes import take_notes
from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_json
from agriplan.engine.tables import rows_of_columns
from agriplan.forecast.tiers import suggest_growth
from agriplan.report.plan_json import to_json
from agriplan.workbook.files import read_template, write_workbook
from benchmarks.scalar import plan_by_hand
from tests.engine.printed_sums import printed_holds
from tests.engine.scenarios import random_scenario
from tests.engine.sums import sums_hold
from tests.engine.test_scalar_loop import same_as_by_hand
from tests.thoroughness import tried

FOLDER = Path(__file__).parent / "plans" / "hexi"


@pytest.fixture(scope="module")
def data():
    return read_baselines(FOLDER)


@pytest.fixture(scope="module")
def fitted(data):
    return suggest_growth(data)


@pytest.fixture(scope="module")
def plan(data, fitted):
    return make_plan(Scenario(), data, fitted)


def test_the_plan_runs_from_its_own_base_year_to_its_own_target_year(plan):
    assert sorted(set(plan.years["year"])) == [2025, 2026, 2027, 2028, 2029, 2030]
    assert set(plan.lines["kind"]) == {"amount", "value", "rate"}
    assert set(plan.leagues["code"]) == {f"990{number}00" for number in range(1, 7)}


def test_leagues_with_ten_years_of_history_have_their_own_fitted_growth(plan):
    sheep = plan.leagues_of("sheep")
    assert set(sheep["tier"]) == {"A"}
    assert sheep["growth"].nunique() == 6


def test_leagues_with_three_years_lean_on_the_region(plan):
    yak = plan.leagues_of("yak_value").set_index("code")
    assert yak.loc["990500", "tier"] == "B"


def test_totals_of_the_default_plan_are_the_published_ones(plan):
    lines = plan.by_indicator
    published = {"sheep": lines["sheep"]["published"], "yak_value": 8400 * 9.5}
    for indicator, value in published.items():
        assert lines[indicator]["baseline"] == pytest.approx(value, rel=1e-12)
    assert lines["sheep"]["difference"] == pytest.approx(12.5)
    assert lines["yak_value"]["difference"] == pytest.approx((8400 - 8300) * 9.5)


def test_a_league_without_a_figure_is_inside_the_difference_and_one_at_zero_needs_no_growth(plan):
    yak = plan.leagues_of("yak_value").set_index("code")
    assert yak.loc[["990200", "990300"], "projection"].isna().all()
    assert yak.loc["990100", "projection"] == 0.0
    assert yak.loc["990100", ["target", "needed_growth"]].tolist() == [0.0, 0.0]
    assert {"missing_unnamed", "zero_baseline"} <= {note.code for note in take_notes(plan)}


def test_the_target_of_a_rate_is_printed_as_it_was_typed_whatever_is_held_back_or_locked(data, fitted):
    """Its parts are counted in millionths of what is printed: their sum may lie on the other side of a half."""
    limits = {"reserve": 0.8, "margin": 4.0, "lock": {"990100": 1.07, "990300": 0.18, "990500": 2.61, "990600": 1.91}}
    for target, printed in ((93.15, 93.2), (71.25, 71.3), (65.349, 65.3)):
        asked = parse_json(json.dumps({"target": {"rotation": target}, "allocation": {"rotation": limits}}))
        plan = make_plan(asked, data, fitted)
        assert plan.printed.by_indicator["rotation"]["target"] == printed
        printed_holds(plan)


def test_everything_adds_up_whatever_is_asked_for(data, fitted):
    for seed in range(tried(8, 40)):
        plan = make_plan(random_scenario(seed, data), data, fitted)
        sums_hold(plan)
        printed_holds(plan)
        rows = rows_of_columns(plan.assumed.lines), rows_of_columns(plan.assumed.leagues)
        same_as_by_hand(plan, *plan_by_hand(*rows, 5))


def test_scenarios_are_read_and_plans_are_told(data, plan):
    scenario = random_scenario(3, data)
    assert parse_json(canonical_json(scenario)) == scenario
    assert "990000" in canonical_json(scenario)
    told = json.loads(to_json(plan))
    assert [one["id"] for one in told["indicators"]] == ["sheep", "yak_value", "rotation"]
    assert told["target_year"] == 2030


def test_the_command_line_plans_another_region_from_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["plan", "--baselines", str(FOLDER), "--json"])
    assert result.exit_code == 0, result.output
    sheep = json.loads(result.stdout)["indicators"][0]
    assert {league["tier"] for league in sheep["leagues"]} == {"A"}


@pytest.mark.parametrize("code", ["990000", "990200"])
def test_region_and_a_league_without_every_figure_get_their_workbook(code, plan):
    template = read_template(FOLDER.parents[2] / "templates" / "workbook.xlsx")
    assert write_workbook(plan, code, template, "zh").startswith(b"PK")


def test_growth_is_printed_with_the_two_decimals_it_is_used_with_whatever_the_unit(plan):
    result = CliRunner().invoke(main, ["--lang", "en", "plan", "--baselines", str(FOLDER)])
    for line in plan.lines.to_dict("records"):
        assert f" {line['trend_growth']:.2f} " in result.stdout
        grows = "rise" if plan.baselines.by_id[line["indicator"]].kind == "rate" else "growth"
        assert f" a {grows} of {line['needed_growth']:.2f} " in result.stdout
