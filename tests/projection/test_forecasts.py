import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agriplan.forecast import methods as projection
from agriplan.forecast.methods import fit_growth, forecast_members, point_forecast

LIVELY = np.array([100.0, 108.0, 103.0, 117.0, 121.0, 119.0, 131.0, 138.0])


def test_below_seven_years_no_change_stands_in_for_the_chosen_model() -> None:
    assert set(forecast_members(LIVELY[:6], 5)) == {"drift", "theta", "damped_holt", "no_change"}
    assert set(forecast_members(LIVELY[:7], 5)) == {"drift", "theta", "damped_holt", "ets"}


def test_the_point_forecast_is_the_median_of_the_members() -> None:
    members = np.array(list(forecast_members(LIVELY, 5).values()))
    assert point_forecast(LIVELY, 5) == pytest.approx(np.median(members, axis=0))


def test_a_history_that_never_moved_does_not_grow() -> None:
    assert fit_growth(np.full(12, 37.5), 5, "amount") == 0.0
    assert fit_growth(np.full(4, 93.0), 5, "rate") == 0.0
    assert fit_growth(np.zeros(5), 5, "amount") == 0.0


def test_members_that_fall_below_zero_are_dropped() -> None:
    touching = np.array([0.0, 70.0, 60.0, 40.0, 20.0, 5.0])
    members = forecast_members(touching, 5)
    assert members
    assert all((path >= 0).all() for path in members.values())
    assert "theta" not in members  # the fall since 70 leads below nothing


@pytest.mark.parametrize(("fall", "suggested"), [(22, -16.8), (28, -21.6), (40, -31.5)])
def test_a_fall_over_four_years_is_carried_on_as_a_fall(fall: int, suggested: float) -> None:
    history = 100 * (1 - fall / 100) ** np.arange(4)
    assert fit_growth(history, 5, "amount") == pytest.approx(suggested, abs=0.05)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.floats(5, 60), st.integers(4, 12), st.sampled_from([1e-2, 1.0, 1e3]), st.integers(1, 10))
def test_a_steady_fall_goes_on_at_no_less_than_seven_tenths_and_never_faster(
    fall: float, years: int, start: float, horizon: int
) -> None:
    history = start * (1 - fall / 100) ** np.arange(years)
    # half a printed step: suggestions are rounded
    assert -fall - 0.005 <= fit_growth(history, horizon, "amount") <= -0.7 * fall + 0.005


def test_a_series_that_declines_has_its_median_taken_in_logarithms() -> None:
    falling = np.array([100.0, 70.0, 45.0, 25.0, 8.0])
    members = np.log(list(forecast_members(falling, 5).values()))
    assert set(forecast_members(falling, 5)) == {"drift", "theta", "damped_holt", "no_change"}
    assert point_forecast(falling, 5) == pytest.approx(np.exp(np.median(members, axis=0)))


def test_members_that_break_down_are_dropped_and_the_others_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_converged(history: np.ndarray, horizon: int) -> None:
        return None

    def infinite(history: np.ndarray, horizon: int) -> np.ndarray:
        return np.full(horizon, np.inf)

    monkeypatch.setattr(projection, "damped_holt", not_converged)
    monkeypatch.setattr(projection, "theta", infinite)
    not_converged.__name__, infinite.__name__ = "damped_holt", "theta"
    assert set(forecast_members(LIVELY, 3)) == {"drift", "ets"}


def test_where_every_member_is_dropped_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    def negative(history: np.ndarray, horizon: int) -> np.ndarray:
        return np.full(horizon, -1.0)

    for name in ("drift", "theta", "damped_holt", "ets"):
        monkeypatch.setattr(projection, name, negative)
    assert point_forecast(LIVELY, 2).tolist() == [138.0, 138.0]


def test_rates_grow_in_points() -> None:
    rates = np.array([90.0, 90.5, 91.0, 91.5, 92.0, 92.5, 93.0])
    assert fit_growth(rates, 5, "rate") == pytest.approx(0.5, abs=0.15)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(
    st.lists(st.floats(10, 1000), min_size=4, max_size=9),
    st.sampled_from([1e-3, 0.1, 10.0, 1e4]),
)
def test_growth_does_not_depend_on_the_unit(values: list[float], unit: float) -> None:
    history = np.array(values)
    # the optimiser meets the same numbers up to rounding; one printed step is the most that may differ
    assert fit_growth(history * unit, 5, "amount") == pytest.approx(fit_growth(history, 5, "amount"), abs=0.0101)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.1, 1000), min_size=4, max_size=9))
def test_what_is_positive_is_never_projected_below_zero(values: list[float]) -> None:
    assert (point_forecast(np.array(values), 10) >= 0).all()
