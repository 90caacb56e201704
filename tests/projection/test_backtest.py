import numpy as np
import pandas as pd
import pytest

from agriplan.analysis.backtest_table import heading, lookback
from agriplan.baselines.folder import Baselines
from agriplan.forecast.backtest import TOO_SHORT, backtest, growth_goes_on, past_growth_count, past_growth_share
from agriplan.sentences import Lang, say
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


def test_past_growth_is_never_counted_across_the_census(baselines: Baselines) -> None:
    # 19 years before the census hold 14 stretches of five years, four years after it none
    assert past_growth_count(baselines, "milk_output", REGION, 5, -100)[1] == 14
    # 2000 to 2006, each more than 10 % above the year before
    fast, stretches = past_growth_count(baselines, "milk_output", REGION, 1, 10.0)
    assert (fast, stretches) == (7, 21)


def test_needed_growth_is_compared_with_every_stretch() -> None:
    values = np.array([100.0, 110.0, 121.0, 121.0, 121.0])
    assert past_growth_share(values, 2, 4.0) == (2, 3)
    assert past_growth_share(values, 5, 4.0) == (0, 0)
    assert past_growth_share(np.array([90.0, 90.4, 91.0]), 1, 0.5, "rate") == (1, 2)
    assert isinstance(backtest(plan_of(figures(REGION, [1.0]))), pd.DataFrame)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_planner_reads_the_methods_side_by_side_and_words_where_history_is_too_short(lang: Lang) -> None:
    plan = plan_of(figures(REGION, STEADY, last_year=2016, basis="old"), figures(REGION, [60, 61, 62, 63]))
    table = lookback(backtest(plan), plan, lang).set_index("basis")
    short = table.loc["post-census-2016"]
    assert short["sentence"] == say(TOO_SHORT, lang, years=4)
    assert np.isnan(short["projection"])
    old = table.loc["old"]
    assert old["horizon"].tolist() == [1, 2, 3, 4, 5]
    assert (old["growth_goes_on"] < old["projection"]).all()
    assert (old["projection"] < old["no_change"]).all()
    assert all(heading(column, lang) for column in [*table.columns, "basis"])
