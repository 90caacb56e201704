"""How long a plan takes: beside a plain scalar loop of the same arithmetic, and beside importing pandas.

Run with `python -m benchmarks.engine [SCENARIOS]`; 10,000 scenarios unless told.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from agriplan.baselines.folder import read_baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.assumptions import Assumed, take_baseline
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.engine.stages import compute
from agriplan.engine.tables import rows_of_columns
from agriplan.forecast.suggestions import suggestions_for
from benchmarks.scalar import plan_by_hand
from benchmarks.stacked import sweep_stacked
from benchmarks.sweep import Variations, sweep

ROOT = Path(__file__).parents[1]


def main(scenarios: int = 10_000) -> None:
    """Measure, compare the results and print a table."""
    baselines = read_baselines(ROOT / "baselines")
    suggestions = suggestions_for(baselines)
    years = baselines.span
    assumed = take_baseline(Scenario(), baselines, suggestions)
    rows = rows_of_columns(assumed.lines), rows_of_columns(assumed.leagues)
    changes = draw_changes(assumed, scenarios)
    scalar = best(lambda: plan_by_hand(*rows, years))
    swept = best(lambda: sweep(assumed, years, *changes), 8) / scenarios
    print(f"{'':44}{'ms':>10}{'scalar loop = 1':>20}")
    for name, seconds in (
        ("make_plan: one scenario, its checked tables", best(lambda: make_plan(Scenario(), baselines, suggestions))),
        ("compute: the arithmetic of one scenario", best(lambda: compute(assumed.lines, assumed.leagues, years))),
        ("scalar loop: the same arithmetic", scalar),
        (f"sweep of {scenarios:,}: one scenario of them", swept),
        ("import pandas (another process)", import_time("pandas")),
    ):
        print(f"{name:44}{seconds * 1e3:10.3f}{seconds / scalar:20.3f}")
    print(f"sweep against scalar loop: {scalar / swept:.1f} times the scenarios per second")
    for rule in RULES:
        print(f"sweep under {rule}: {against_stacked(assumed, changes, years, rule)}")
    print(f"largest difference of {min(scenarios, 200)} scenarios: {largest_difference(assumed, changes, years):.1e}")


def against_stacked(assumed: Assumed, changes: tuple[Variations, Variations], years: int, rule: str) -> str:
    """A sweep beside the same scenarios' tables put one below the other: how much quicker, and whether equal."""
    lines = {**changes[0], "rule": np.full(changes[0]["target"].shape, rule)}
    quick, slow = (lambda make=make: make(assumed, years, lines, changes[1]) for make in (sweep, sweep_stacked))
    ratio = best(slow, 5, time.process_time) / best(quick, 15, time.process_time)
    ours, theirs = quick().leagues["issued"], slow().leagues["issued"]
    differ = int((~((ours == theirs) | np.isnan(theirs))).sum())
    return f"{ratio:.1f} times the scenarios per second of stacked tables, {differ} of {ours.size:,} issued differ"


def draw_changes(assumed: Assumed, scenarios: int, seed: int = 1) -> tuple[Variations, Variations]:
    """Random targets by line and growth by league."""
    rng = np.random.default_rng(seed)
    shape = (scenarios, *assumed.shape)
    target = assumed.lines["target"] * rng.uniform(0.9, 1.3, shape[:2])
    target = np.fmin(target, assumed.lines["ceiling"])
    growth = assumed.leagues["growth"].reshape(shape[1:]) + rng.normal(0.0, 1.0, shape)
    return {"target": target}, {"growth": growth}


def largest_difference(assumed: Assumed, changes: tuple[Variations, Variations], years: int, most: int = 200) -> float:
    """Sweep and scalar loop on the first scenarios: the largest difference of an amount, relative to what is placed."""
    lines, leagues = ({name: values[:most] for name, values in part.items()} for part in changes)
    swept = sweep(assumed, years, lines, leagues)
    found = 0.0
    for number in range(len(swept.lines["placed"])):
        line_rows = rows_of_columns(assumed.lines | {"target": lines["target"][number]})
        league_rows = rows_of_columns(assumed.leagues | {"growth": leagues["growth"][number].ravel()})
        by_hand, leagues_by_hand = plan_by_hand(line_rows, league_rows, years)
        amounts = np.array([row["amount"] for row in leagues_by_hand]).reshape(swept.leagues["amount"].shape[1:])
        unit = np.maximum([row["to_place"] for row in by_hand], 1.0)[:, None]
        found = max(found, float(np.abs((swept.leagues["amount"][number] - amounts) / unit).max()))
    return found


def best(work: Callable[[], object], times: int = 20, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the quickest run: everything slower is somebody else's work."""
    seconds = []
    for _ in range(times):
        start = clock()
        work()
        seconds.append(clock() - start)
    return min(seconds)


def import_time(module: str) -> float:
    """Seconds to import a module in a fresh interpreter, less the interpreter's own start."""

    def run(code: str) -> float:
        return best(lambda: subprocess.run([sys.executable, "-c", code], check=True), 5)

    return run(f"import {module}") - run("")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
