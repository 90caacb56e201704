import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agriplan.baselines.folder import Baselines
from agriplan.forecast.attainment import (
    AttainmentPoints,
    all_attainment_points,
    attainment_band,
    attainment_points,
    trend_misses,
)
from agriplan.forecast.intervals import (
    BANDS,
    HIGH_80,
    LOW_80,
    assumed_misses,
    calibration,
    combine,
    fitted_misses,
    growth_range,
    measurement_misses,
    range_of,
    widen,
    yearly_swing,
)
from agriplan.forecast.tiers import suggest_growth, suggestions_by_area
from tests.projection.probabilities import attainment_probability, band
from tests.projection.regions import FIRST, REGION, assumption, figures, plan_of

FOUR_YEARS = [100.0, 102.0, 104.0, 107.0]


def test_an_assumed_growth_has_its_plausible_range_as_the_80_percent_range() -> None:
    low, high = range_of(450 * 1.04**5, assumed_misses(4, 0, 8, 5))
    assert (low, high) == (pytest.approx(450), pytest.approx(450 * 1.08**5))


def test_a_target_at_the_end_of_the_80_percent_range_has_one_chance_in_ten() -> None:
    probability = attainment_probability([450, 450 * 1.04**5, 450 * 1.08**5], 450 * 1.04**5, assumed_misses(4, 0, 8, 5))
    assert probability.tolist() == pytest.approx([0.9, 0.5, 0.1])


def test_rates_miss_in_points() -> None:
    misses = assumed_misses(0.2, 0.0, 0.4, 5, "rate")
    low, high = range_of(94.45, misses, kind="rate")
    assert (low, high) == (pytest.approx(93.45), pytest.approx(95.45))
    assert float(attainment_probability(95.45, 94.45, misses, "rate")) == pytest.approx(0.1)


def test_ranges_widen_with_the_horizon_and_with_the_swing() -> None:
    misses = fitted_misses(6, np.arange(1, 11), 0.05)
    width = misses[:, HIGH_80] - misses[:, LOW_80]
    assert (np.diff(width) >= 0).all()
    assert width[9] > 2 * width[0]
    lively = fitted_misses(6, 5, 0.1)
    assert lively[HIGH_80] - lively[LOW_80] > 1.5 * width[4]


def test_ranges_are_signed_and_not_symmetrical() -> None:
    misses = fitted_misses(4, 5, 0.05)
    assert misses[LOW_80] < 0 < misses[HIGH_80]
    assert abs(misses[HIGH_80] + misses[LOW_80]) > 0.01


def test_a_swing_of_a_short_history_is_drawn_to_the_typical_one() -> None:
    typical = calibration().typical_swing
    ratio = [
        fitted_misses(years, 3, typical / 2)[HIGH_80] / fitted_misses(years, 3, typical)[HIGH_80] for years in (2, 10)
    ]
    assert ratio == pytest.approx([0.5**0.5, 0.5**0.98])


def test_a_series_that_never_moved_is_not_believed_to_be_certain() -> None:
    assert yearly_swing([5, 5, 5, 5], "amount") > 0
    assert yearly_swing([93, 93, 93], "rate") > 0


def test_errors_of_the_baseline_widen_the_range_as_the_root_of_squares() -> None:
    trend, error = assumed_misses(0, -3, 3, 1), measurement_misses(0.04)
    both = combine(trend, error)
    assert both[HIGH_80] == pytest.approx(np.hypot(np.log(1.03), np.log(1.04)))
    assert both[LOW_80] == pytest.approx(-np.hypot(np.log(0.97), np.log(1.04)))


def test_widening_keeps_the_median() -> None:
    misses = fitted_misses(4, 5, 0.05)
    wider = widen(misses, 1.4)
    assert wider[4] == misses[4]
    assert wider[8] - wider[0] == pytest.approx(1.4 * (misses[8] - misses[0]))


def test_the_milk_target_is_hardly_within_reach_of_the_trend(baselines: Baselines, fitted: pd.DataFrame) -> None:
    points = attainment_points(baselines, fitted, baselines.by_id["milk"], REGION)
    projection = 611.5 * 1.0207**5
    assert attainment_band(1000, projection, points) == "5-20 %"
    assert attainment_band(1100, projection, points) == "<5 %"
    assert attainment_band(450, projection, points) == ">95 %"
    assert not points.assumed


def test_a_band_on_an_assumption_says_so(baselines: Baselines, fitted: pd.DataFrame) -> None:
    for code in (REGION, FIRST):
        assert attainment_points(baselines, fitted, baselines.by_id["forage_value"], code).assumed


def test_leagues_are_less_sure_than_the_region_but_the_region_is_not_made_of_them() -> None:
    plan = plan_of(figures(REGION, FOUR_YEARS), figures(FIRST, [50]))
    alone = plan_of(figures(REGION, FOUR_YEARS))
    milk = plan.commitments[0]
    region = attainment_points(plan, suggest_growth(plan), milk, REGION)
    league = attainment_points(plan, suggest_growth(plan), milk, FIRST)
    assert league.thresholds[0] < region.thresholds[0] < region.thresholds[-1] < league.thresholds[-1]
    assert region.misses == pytest.approx(attainment_points(alone, suggest_growth(alone), milk, REGION).misses)


def test_a_planners_growth_where_nothing_is_known_is_given_the_widest_range() -> None:
    plan = plan_of(figures(REGION, [100]))
    known = plan_of(figures(REGION, FOUR_YEARS))
    milk = plan.commitments[0]
    nothing = attainment_points(plan, suggest_growth(plan), milk, REGION)
    four = attainment_points(known, suggest_growth(known), milk, REGION)
    assert nothing.thresholds[-1] > four.thresholds[-1]


def test_the_same_growth_decides_more_years_ahead_with_less_certainty() -> None:
    plan = plan_of(figures(REGION, FOUR_YEARS), assumptions=assumption(4, 0, 8))
    milk, table = plan.commitments[0], suggest_growth(plan)
    width = [np.ptp(attainment_points(plan, table, milk, REGION, years).thresholds) for years in (1, 3, 5)]
    assert width[0] < width[1] < width[2]


@pytest.mark.parametrize(("target", "projection", "expected"), [(10, 0, "<5 %"), (0, 10, ">95 %"), (0, 0, ">95 %")])
def test_nothing_and_something_have_a_band_too(target: float, projection: float, expected: str) -> None:
    points = AttainmentPoints("amount", fitted_misses(6, 5, 0.05), assumed=False)
    assert attainment_band(target, projection, points) == expected


@given(st.floats(0.1, 5.0), st.floats(1.0, 3.0), st.integers(2, 20), st.integers(1, 10), st.floats(0.005, 0.5))
def test_a_higher_target_is_never_more_likely(
    target: float, more: float, years: int, horizon: int, swing: float
) -> None:
    misses = fitted_misses(years, horizon, swing)
    lower, higher = attainment_probability([target, target * more], 1.0, misses)
    assert 0.025 <= higher <= lower <= 0.975


@given(st.floats(0.1, 5.0), st.integers(2, 20), st.integers(1, 10), st.floats(0.01, 0.3))
def test_band_by_thresholds_and_band_by_probability_agree(
    target: float, years: int, horizon: int, swing: float
) -> None:
    points = AttainmentPoints("amount", fitted_misses(years, horizon, swing), assumed=False)
    by_probability = band(float(attainment_probability(target, 1.0, points.misses)))
    at_an_edge = np.min(np.abs(points.thresholds / target - 1)) < 1e-6
    assert at_an_edge or attainment_band(target, 1.0, points) == by_probability
    assert by_probability in BANDS


def test_all_points_at_once_are_those_asked_for_one_by_one(baselines: Baselines, fitted: pd.DataFrame) -> None:
    table = all_attainment_points(baselines, fitted)
    assert len(table) == len(baselines.commitments) * len(baselines.areas)
    for (commitment, code), points in table.items():
        alone = attainment_points(baselines, fitted, baselines.by_id[commitment], code)
        assert points.misses.tolist() == alone.misses.tolist()


def test_the_calibration_says_where_it_comes_from_and_reaches_ten_years_ahead() -> None:
    stored = calibration()
    assert stored.provenance["series"] == {"M1": 181, "M3": 645, "Tourism": 518}
    assert stored.misses.shape == (len(stored.years), 10, 9)
    assert (np.diff(stored.misses, axis=2) > 0).all()
    assert (fitted_misses(7, 5, 0.05) != fitted_misses(6, 5, 0.05)).any()
    assert (fitted_misses(40, 12, 0.05) == fitted_misses(40, 10, 0.05)).all()


def test_the_likelihood_rests_on_the_range_that_is_printed() -> None:
    older = figures(REGION, [80, 95, 70, 90, 85, 99], last_year=2016, basis="old")
    plans = (
        (plan_of(figures(REGION, FOUR_YEARS)), REGION),
        (plan_of(older, figures(REGION, FOUR_YEARS)), REGION),
        (plan_of(figures(REGION, [100]), assumptions=assumption(4, 0, 8)), REGION),
        (plan_of(figures(REGION, FOUR_YEARS), figures(FIRST, [10, 11, 12, 11.5, 12, 13])), FIRST),
        (plan_of(figures(REGION, [100]), figures(FIRST, [10, 11, 12.1])), FIRST),  # the region has no growth at all
    )
    for plan, code in plans:
        table = suggest_growth(plan)
        row = table[(table["indicator"] == "milk_output") & (table["code"] == code)].iloc[0]
        misses = trend_misses(plan, suggestions_by_area(table), "milk_output", code, 5, "amount")
        assert growth_range(row["growth"], misses, 5, "amount") == pytest.approx((row["low"], row["high"]), abs=0.0051)
