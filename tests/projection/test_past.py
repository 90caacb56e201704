import numpy as np
import pytest

from agriplan.baselines.folder import Baselines
from agriplan.forecast.past import fast_starts, past_runs
from tests.projection.regions import REGION, figures, plan_of


def test_past_stretches_never_cross_the_census(baselines: Baselines) -> None:
    # 19 years before the census hold 14 stretches of five years, four years after it none
    (run,) = past_runs(baselines, "milk_output", REGION, 5, -100)
    assert (run.basis, run.comparable, run.first, run.last) == ("pre-census-2016", False, 1998, 2016)
    assert run.stretches == len(run.fast_starts) == 14


def test_stretches_that_were_fast_enough_name_the_years_in_which_they_begin(baselines: Baselines) -> None:
    (run,) = past_runs(baselines, "milk_output", REGION, 5, 10.33)
    assert run.fast_starts == (1998, 1999, 2000, 2001, 2002, 2003, 2004)


def test_the_plans_own_basis_comes_first() -> None:
    steady = [100 * 1.05**year for year in range(9)]
    plan = plan_of(figures(REGION, steady, last_year=2016, basis="a"), figures(REGION, [60, 61, 62, 63]))
    own, older = past_runs(plan, "milk_output", REGION, 2, 4.9)
    assert (own.comparable, own.first, own.stretches, own.fast_starts) == (True, 2017, 2, ())
    assert (older.comparable, older.first, older.stretches, len(older.fast_starts)) == (False, 2008, 7, 7)


def test_needed_growth_is_compared_with_every_stretch() -> None:
    values = np.array([100.0, 110.0, 121.0, 121.0, 121.0])
    assert fast_starts(values, 2, 4.0) == [0, 1]
    assert fast_starts(values, 5, 4.0) == []
    assert fast_starts(np.array([90.0, 90.4, 91.0]), 1, 0.5, "rate") == [1]


@pytest.mark.parametrize("years", [1, 5])
def test_an_area_without_history_has_no_past(baselines: Baselines, years: int) -> None:
    assert past_runs(baselines, "milk_output", "152900", years, 0.0) == []
