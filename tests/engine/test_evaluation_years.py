"""From the as-of year to the target year: every year adds up, whoever reported, and leads where the evaluation says."""

import csv
import io
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.baselines.folder import read_baselines
from agriplan.engine.evaluation_columns import EVALUATION, EVALUATION_YEARS
from agriplan.engine.plan import make_plan
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for
from agriplan.report.column_fields import ROW_KEYS
from agriplan.report.evaluation_json import EvaluationYear, evaluation_csv, evaluation_json
from agriplan.report.year_lines import area_lines, league_blocks, sharing_note, years_ahead
from agriplan.sentences import LANGS
from tests.engine.scenarios import random_scenario
from tests.thoroughness import by_turns

REGION = "150000"
HEXI = Path(__file__).parents[1] / "plans" / "hexi"
KINDS = ("milk", "meat_sheep_value", "beef_cattle_value", "forage_value", "improved_breed_rate")


def reported_by(count: int, baselines, year: int, how: str, seed: int) -> dict:
    """A scenario in which so many leagues reported a year of every commitment, some of them past their target."""
    rng = np.random.default_rng(seed)
    actual: dict = {}
    for commitment in baselines.commitments:
        for league in rng.permutation(baselines.league_codes)[:count]:
            base = baselines.base_figures[commitment.quantity, league].value
            base *= baselines.base_figures[commitment.unit_value, REGION].value if commitment.unit_value else 1.0
            value = min(round(float(base * rng.uniform(0.9, 2.2)), 2), commitment.ceiling or np.inf)
            actual.setdefault(commitment.id, {})[str(league)] = {str(year): value}
    return {"actual": actual, "passed": dict.fromkeys(actual, how)}


def years_add_up(indicators: list[dict], rates: Sequence[str] = ("improved_breed_rate",)) -> None:
    """Raise AssertionError where printed leagues, difference and unallocated are not the region's printed figure."""
    for one in indicators:
        if one["id"] in rates:
            continue
        for at, region in enumerate(one["region"]["years"]):
            leagues = [league["years"][at] for league in one["leagues"]]
            assert {league["year"] for league in leagues} == {region["year"]}
            leagues = [league for league in leagues if league["printed_projected"] is not None]
            projected = sum(league["printed_projected"] for league in leagues) + region["printed_carried_difference"]
            assert round(projected - region["printed_projected"], 6) == 0, (one["id"], region["year"])
            due = sum(league["printed_milestone"] for league in leagues)
            due += region["printed_due_difference"] + region["printed_unallocated"]
            assert round(due - region["printed_milestone"], 6) == 0, (one["id"], region["year"])


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("how", "count", "year"), by_turns(["keep", "lend"], [0, 5, 9, 12], [2021, 2022, 2024, 2025]))
def test_printed_leagues_difference_and_unallocated_are_the_regions_figure_every_year(
    how, count, year, evaluated, baselines
):
    found = evaluated(reported_by(count, baselines, year, how, seed=count + year), year)
    assert not found.rebased.passed or count
    told = json.loads(evaluation_json(found))["indicators"]
    assert [row["year"] for row in told[0]["region"]["years"]] == list(range(year, 2026))
    years_add_up(told)
    _ends_as_the_evaluation_says(told)
    _one_printed_form(told, keeps=how == "keep")


def test_a_league_past_its_target_moves_no_figure_of_the_others(evaluated):
    # Another total is shared from than is projected; a figure of both is printed alike, and the sums hold.
    told = json.loads(evaluation_json(evaluated({"actual": {"beef_output": {"150500": {"2023": 16.005}}}}, 2023)))
    _one_printed_form(told["indicators"], keeps=True)


def _one_printed_form(indicators: list[dict], *, keeps: bool) -> None:
    """What a league is projected at and takes is its new target, and what leagues keep is what the region says."""
    for one in indicators:
        if one["id"] == "improved_breed_rate" or one["region"]["figures"]["printed_new_target"] is None:
            continue
        kept = 0.0
        for figures in (area["figures"] for area in one["leagues"] if area["figures"]["current"] is not None):
            if figures["passed"] and keeps:
                kept -= figures["printed_gap"]
            else:
                then = figures["printed_projection"] + figures["printed_amount"]
                assert then == pytest.approx(figures["printed_new_target"], abs=1e-9)
            assert abs(figures["printed_projection"] - figures["projection"]) < 0.01
        assert kept == pytest.approx(one["region"]["figures"]["printed_kept"], abs=1e-9)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("seed", range(6))
def test_every_year_adds_up_in_any_scenario(seed, evaluated, baselines):
    told = json.loads(evaluation_json(evaluated(random_scenario(seed, baselines), 2020 + seed)))["indicators"]
    years_add_up(told)
    _ends_as_the_evaluation_says(told)


@pytest.mark.parametrize("lang", LANGS)
def test_another_plan_has_its_years_in_figures_and_in_words(lang):
    data = read_baselines(HEXI)
    fits = suggestions_for(data)
    rates = [one.id for one in data.commitments if one.is_rate]
    for seed, year in enumerate(data.years):
        issued = make_plan(random_scenario(seed, data), data, fits)
        found = evaluate(issued, suggestions_as_of(data, fits, year), year)
        years_add_up(json.loads(evaluation_json(found))["indicators"], rates)
        for commitment in data.commitments:
            note = sharing_note(found, commitment)
            assert (note is None) == (year == data.target_year)
            told = [line for block in league_blocks(found, commitment, lang) for line in block.lines]
            told += area_lines(found, commitment, data.region.code, lang)
            assert {len(line.cells) for line in told} <= {len(years_ahead(found))}
            assert all("nan" not in cell for line in told for cell in (line.name, *line.cells, *line.ranges))


def _ends_as_the_evaluation_says(indicators: list[dict]) -> None:
    """The first year is the as-of year's figure, the last one the projection and the new target."""
    for one in indicators:
        for area in (one["region"], *one["leagues"]):
            figures, first, last = area["figures"], area["years"][0], area["years"][-1]
            if figures["current"] is None:
                assert first["projected"] is None
                continue
            assert first["printed_projected"] == pytest.approx(figures["printed_current"], abs=1e-9)
            assert last["printed_projected"] == pytest.approx(figures["printed_projection"], abs=1e-9)
            if figures["printed_new_target"] is None:
                assert last["printed_milestone"] == figures["printed_target"]
            elif area is one["region"]:
                rest = last["printed_unallocated"]
                assert last["printed_milestone"] == pytest.approx(figures["printed_new_target"] + rest, abs=1e-9)
                assert last["printed_milestone"] == pytest.approx(figures["printed_target"], abs=1e-9)
            else:
                assert last["printed_milestone"] == pytest.approx(figures["printed_new_target"], abs=1e-9)


def test_milk_from_2022_goes_by_its_trend_and_by_what_is_due(evaluated):
    found = evaluated({}, 2022)
    rows = found.years_of("milk", REGION)
    assert [row["printed_projected"] for row in rows] == [733.8, 760.0, 787.13, 815.23]
    assert [row["printed_milestone"] for row in rows] == [733.8, 813.54, 901.96, 1000.0]
    region = found.region("milk")
    assert (region["rule"], region["path"], region["feasibility"]) == ("by_baseline", "constant_growth", "enough")
    assert region["reachable"] == pytest.approx(found.plan.by_indicator["milk"]["reachable"])


def test_the_range_widens_from_year_to_year_around_what_history_alone_says(evaluated):
    plain, entered = evaluated({}, 2021), evaluated({"growth": {one: {REGION: 9.0} for one in KINDS[:4]}}, 2021)
    for indicator in KINDS:
        for code in (REGION, "150500"):
            rows = plain.years_of(indicator, code)
            assert np.isnan(rows[0]["low"])
            assert all(row["low"] < row["projected"] < row["high"] for row in rows[1:])
            most = plain.issued.baselines.by_id[indicator].ceiling or np.inf
            widths = [row["high"] - row["low"] for row in rows[1:] if row["high"] < most]
            assert all(later > before for before, later in pairwise(widths)), (indicator, code)
            if plain.region(indicator)["estimated"]:  # what is carried on is carried on by the entry
                continue
            # An entry moves the projection, never what history supports.
            for row, other in zip(rows[1:], entered.years_of(indicator, code)[1:], strict=True):
                assert (other["low"], other["high"]) == pytest.approx((row["low"], row["high"]))


def test_a_range_of_a_rate_ends_at_what_there_can_be(evaluated):
    rows = evaluated({}, 2022).years_of("improved_breed_rate", "150500")
    assert max(row["high"] for row in rows[1:]) == 100.0


def test_as_of_the_target_year_the_figure_stands_beside_what_was_handed_down(evaluated):
    found = evaluated({}, 2025)
    (row,) = found.years_of("milk", "150500")
    assert (row["printed_milestone"], row["projected"]) == (58.74, found.by_key["milk", "150500"]["current"])
    assert {found.region(one)["rule"] for one in KINDS} == {""}


def test_with_no_ceiling_that_holds_the_gap_the_largest_total_is_told(evaluated):
    caps = {"allocation": {"milk": {"max_growth": 5}}}
    row = evaluated(caps, 2022).region("milk")
    assert row["feasibility"] == "ceilings_short"
    assert row["printed_new_target"] == row["printed_reachable"] < row["printed_target"]


@pytest.mark.parametrize("year", [2022, 2025])
def test_json_and_csv_hold_every_year_under_the_names_of_the_data_dictionary(year, evaluated):
    names = [column.name for column in EVALUATION_YEARS]
    assert [name for name in names if name not in ROW_KEYS] == list(EvaluationYear.model_fields)
    assert set(names) & {column.name for column in EVALUATION} == set(ROW_KEYS)
    found = evaluated({}, year)
    rows = list(csv.DictReader(io.StringIO(evaluation_csv(found).lstrip("\ufeff"))))
    indicators = {one["id"]: one for one in json.loads(evaluation_json(found))["indicators"]}
    assert len(rows) == len(indicators) * 13 * (2026 - year)
    for row in rows:
        one = indicators[row["indicator"]]
        area = next(area for area in (one["region"], *one["leagues"]) if area["code"] == row["code"])
        told = next(told for told in area["years"] if told["year"] == int(row["year"]))
        for name, value in told.items():
            assert (None if row[name] == "" else float(row[name])) == value, (row["code"], row["year"], name)
        assert (row["verdict"] != "") == (row["year"] == row["as_of"])


def test_how_the_gap_is_shared_is_said_by_what_limits_and_reserve_leave(evaluated, baselines):
    asked = {
        "shared_enough": {},
        "shared_ceilings_short": {"allocation": {"milk": {"max_growth": 5}}},
        "shared_floors_exceed": {"allocation": {"milk": {"floor": {"150100": {"target": 900}}}}},
        "shared_nothing": {"target": {"milk": 800}},
    }
    for code, scenario in asked.items():
        note = sharing_note(evaluated(scenario, 2022), baselines.by_id["milk"])
        assert note.code == code
        assert "nan" not in note.text("zh") + note.text("en")
        # What the limits cannot hold is not shared yet.
        assert code == "shared_nothing" or ("are to be shared" in note.text("en")) == (code != "shared_enough")
    # All held back is no gap that is not there.
    kept_back = sharing_note(evaluated({"allocation": {"milk": {"reserve": 100}}}, 2022), baselines.by_id["milk"])
    assert "待分解0.00万吨" in kept_back.text("zh")
