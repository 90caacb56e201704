"""The evidence behind the projections: accuracy and coverage on public yearly series, as tables.

python -m benchmarks.projection                   print the tables (about twenty minutes on one core)
python -m benchmarks.projection --write           and write agriplan/forecast/calibration.json
python -m benchmarks.projection --windows FILE    keep the forecasts in FILE and take them from there next time

Set OMP_NUM_THREADS=1: the fits are too small to share, and threads that wait for each other cost three times the time.
"""

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agriplan.forecast.intervals import HIGH_80, LOW_80, PROBABILITIES
from benchmarks.accuracy import METHODS, goes_negative, mase_of, nominal_coverage
from benchmarks.calibration import calibrate, coverage, coverage_by_swing, typical_swing, write_calibration
from benchmarks.public_series import COLLECTIONS, PublicSeries, Window, windows_of, yearly_series
from benchmarks.widths import print_widths

CALIBRATION = Path(__file__).parents[1] / "agriplan" / "forecast" / "calibration.json"
LAST = len(PROBABILITIES) - 1


def main() -> None:
    """Print all tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    options.add_argument("--windows", type=Path)
    chosen = options.parse_args()
    series = {name: yearly_series(name) for name in COLLECTIONS}
    windows = kept_windows(chosen.windows, series)
    print_coverage(windows)
    print_widths(windows)
    if chosen.write:
        write_calibration(CALIBRATION, windows)
    print_accuracy(series)
    print_nominal(series)


def kept_windows(path: Path | None, series: dict[str, list[PublicSeries]]) -> list[Window]:
    """Every window of every series, from the file where it exists."""
    if path and path.exists():
        return list(pickle.loads(path.read_bytes()))
    windows = [window for name in COLLECTIONS for one in series[name] for window in windows_of(one)]
    if path:
        path.write_bytes(pickle.dumps(windows))
    return windows


def print_accuracy(series: dict[str, list[PublicSeries]]) -> None:
    """MASE by collection and method, from the full history and from the last eight and four years."""
    print(f"\n{'MASE':<28}" + "".join(f"{name:>10}" for name in COLLECTIONS) + f"{'99 % pooled':>14}")
    for years in (None, 8, 4):
        for method, forecast in METHODS.items():
            mase = {name: [mase_of(one, forecast, years) for one in series[name]] for name in COLLECTIONS}
            label = f"{method}, {f'last {years} years' if years else 'full history'}"
            means = "".join(f"{np.mean(mase[name]):>10.3f}" for name in COLLECTIONS)
            print(f"{label:<28}{means}{np.quantile(np.concatenate(list(mase.values())), 0.99):>14.2f}", flush=True)
        below = sum(goes_negative(one, years) for name in COLLECTIONS for one in series[name])
        print(f"positive series projected below zero: {below}", flush=True)


def print_coverage(windows: Sequence[Window]) -> None:
    """Coverage on each collection by ranges calibrated on the other two."""
    for held_out in COLLECTIONS:
        train = [window for window in windows if window.collection != held_out]
        test = [window for window in windows if window.collection == held_out]
        typical = typical_swing(train)
        table = calibrate(train, typical)
        print(f"\n{held_out}, calibrated on the others (typical swing {typical:.3f})")
        for label, low, high in (("80 %", LOW_80, HIGH_80), ("95 %", 0, LAST)):
            cells = coverage(test, table, typical, low, high)
            asked = [cells[years, horizon] for years in (6, 8, 10) for horizon in (1, 2, 3)]
            print(f"  {label} range: mean {np.mean(asked):.3f}, cells " + " ".join(f"{share:.2f}" for share in asked))
            early = [cells[years, horizon] for years in (2, 3, 4, 5) for horizon in (1, 2, 3)]
            print(
                f"      2 to 5 years: mean {np.mean(early):.3f}, cells " + " ".join(f"{share:.2f}" for share in early)
            )
        thirds = coverage_by_swing(test, table, typical)
        print("  80 % range, calm / middling / lively third: " + " / ".join(f"{share:.2f}" for share in thirds))


def print_nominal(series: dict[str, list[PublicSeries]]) -> None:
    """What statsmodels' own 80 % intervals cover of the same outcomes."""
    print("\nstatsmodels' nominal 80 % intervals, horizons 1 to 3, every fourth series")
    for name in COLLECTIONS:
        for years in (6, 8, 10):
            shares = nominal_coverage(series[name], years)
            print(f"  {name:<8} {years:>2} years  " + "  ".join(f"{key} {share:.2f}" for key, share in shares.items()))


if __name__ == "__main__":
    main()
