"""Width and coverage of ranges where an older basis stands behind a short history, held out by collection."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from agriplan.forecast.intervals import HIGH_80, LOW_80
from benchmarks.calibration import calibrate, scale_of, typical_swing
from benchmarks.public_series import COLLECTIONS, YEARS, Window

SHORT = (4, 5, 6)
HORIZONS = 5
CALM = 0.5
"""A series is suddenly calm whose last years swing less than half as much as all earlier ones."""

PENALTY = 2 / 0.2
"""What a miss beyond the 80 % range costs in the Winkler score, in units of its width: 2 / (1 - 0.8)."""

SWINGS = {"own swing": False, "both swings": True}


def width_scores(windows: Sequence[Window]) -> pd.DataFrame:
    """One row per forecast, horizon and swing: collection, years, horizon, swing, calm, inside, width, winkler.

    Every collection is judged by ranges calibrated on the other two; widths and Winkler scores in logarithms.
    """
    rows: list[tuple[object, ...]] = []
    for held_out in COLLECTIONS:
        train = [window for window in windows if window.collection != held_out]
        test = [w for w in windows if w.collection == held_out and w.years in SHORT and w.older is not None]
        typical = typical_swing(train)
        for swing, with_older in SWINGS.items():
            table = calibrate(train, typical, with_older=with_older)
            for window in test:
                edges = table[YEARS.index(window.years)] * scale_of(window, typical, with_older=with_older)
                rows += [(held_out, window.years, swing, is_calm(window), *score) for score in scores_of(window, edges)]
    names = ["collection", "years", "swing", "calm", "horizon", "inside", "width", "winkler"]
    return pd.DataFrame(rows, columns=names)


def is_calm(window: Window) -> bool:
    """Whether the last years swing less than half as much as all earlier ones."""
    return window.older is not None and window.swing < CALM * window.older


def scores_of(window: Window, edges: NDArray[np.float64]) -> Iterator[tuple[int, bool, float, float]]:
    """Horizon, whether the outcome lay within the 80 % range, its width and its Winkler score."""
    for horizon, miss in enumerate(window.misses[:HORIZONS], start=1):
        low, high = edges[horizon - 1, [LOW_80, HIGH_80]]
        beyond = max(low - miss, 0.0) + max(miss - high, 0.0)
        yield horizon, bool(low <= miss <= high), float(high - low), float(high - low + PENALTY * beyond)


def print_widths(windows: Sequence[Window]) -> None:
    """Coverage in per cent, mean and by horizon, for all series and the suddenly calm; then the Winkler scores."""
    scores = width_scores(windows)
    print("\n80 % range, histories of 4, 5 and 6 years behind which an older basis stands, horizons 1 to 5")
    for label, chosen in (("all series", scores), ("suddenly calm", scores[scores["calm"]])):
        for swing in SWINGS:
            part = chosen[chosen["swing"] == swing]
            print(f"  {label}, {swing} ({len(part)} outcomes): {100 * part['inside'].mean():.1f}")
            for collection in COLLECTIONS:
                ours = part[part["collection"] == collection]
                cells = 100 * ours.groupby("horizon")["inside"].mean()
                by_horizon = " / ".join(f"{share:.0f}" for share in cells)
                mean, width = 100 * ours["inside"].mean(), ours["width"].mean()
                print(f"    {collection:<8} {mean:.1f}  {by_horizon}  width {width:.3f}")
    means = scores.groupby("swing")["winkler"].mean()
    print(f"  Winkler score: own {means['own swing']:.3f}, both {means['both swings']:.3f}, ", end="")
    print(f"ratio {means['both swings'] / means['own swing']:.3f}", flush=True)
