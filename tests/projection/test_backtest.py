import numpy as np
import pytest

from agriplan.forecast.backtest import TOO_SHORT, backtest, growth_goes_on
from tests.projection.regions import FIRST, REGION, figures, plan_of

STEADY = [100 * 1.05**year for year in range(9)]


def test_each_basis_is_checked_by_itself_and_a_short_one_gets_a_sentence() -> None:
    plan = plan_of(figures(REGION, STEADY, last_year=2016, basis="old"), figures(REGION, [60, 61, 62, 63]))
    table = backtest(plan).set_index("basis")
    assert set(table.loc["old", "method"]) == {"projection", "no_change", "growth_goes_on"}
    assert table.loc["post-census-2016", "sentence"] == TOO_SHORT
    assert table.loc["post-census-2016", "years"] == 4
    assert table.loc["post-census-2016", "origins"] == 0


def test_forecasts_are_made_from_every_year_that_can_be_checked() -> None:
    table = backtest(plan_of(figures(REGION, STEADY)))
    counted = table[table["method"] == "projection"].set_index("horizon")["origins"]
    assert counted.to_dict() == {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}


def test_steady_growth_is_foreseen_by_growth_going_on_and_missed_by_no_change() -> None:
    table = backtest(plan_of(figures(REGION, STEADY))).set_index(["method", "horizon"])
    assert table.loc[("growth_goes_on", 5), "mape"] == pytest.approx(0, abs=1e-4)
    assert table.loc[("no_change", 1), "mape"] == pytest.approx(100 * (1 - 1 / 1.05), abs=1e-3)
    assert table.loc[("no_change", 1), "mape"] > table.loc[("projection", 1), "mape"]


def test_a_league_with_a_history_is_checked_too() -> None:
    table = backtest(plan_of(figures(REGION, [60, 61]), figures(FIRST, STEADY)))
    assert set(table.loc[table["origins"] > 0, "code"]) == {FIRST}


def test_growth_goes_on_takes_the_last_three_years() -> None:
    assert growth_goes_on(np.array([5.0, 1.0, 1.0, 1.0, 1.331]), 2) == pytest.approx([1.331 * 1.1, 1.331 * 1.21])
