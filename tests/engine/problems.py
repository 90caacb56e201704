"""Random allocation problems: a block of leagues with limits, and an amount that sits anywhere between them."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from agriplan.engine.allocation import RULES, Solution, allocate

POSITIONS = ("inside", "inside", "inside", "nothing", "at_floors", "at_ceilings", "below_floors", "above_ceilings")
FEATURES = ("ties", "zero_weights", "locks", "zero_headroom", "floors", "wide", "no_ceilings")


class Problem(NamedTuple):
    """One row per league in every column; `amount` is what is to be placed."""

    columns: dict[str, np.ndarray]
    amount: float

    def scaled(self, factor: float) -> "Problem":
        """The same problem in another unit."""
        unit = {"base_weight", "counted", "floor", "ceiling"}
        columns = {name: values * factor if name in unit else values for name, values in self.columns.items()}
        return Problem(columns, self.amount * factor)

    def ordered(self, order: np.ndarray) -> "Problem":
        """The same problem with its leagues in another order."""
        return Problem({name: values[order] for name, values in self.columns.items()}, self.amount)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Features and sizes shrink; the figures come from a seed, which keeps ten thousand problems cheap."""
    leagues = draw(st.integers(1, 14))
    mask = draw(st.integers(0, 2 ** len(FEATURES) - 1))
    features = {feature for bit, feature in enumerate(FEATURES) if mask >> bit & 1}
    position = draw(st.sampled_from(POSITIONS))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    columns = _columns(rng, leagues, features)
    least, most = columns["floor"].sum(), columns["ceiling"].sum()
    amount = {
        "inside": least + rng.random() * (most - least),
        "nothing": 0.0,
        "at_floors": least,
        "at_ceilings": most,
        "below_floors": least * 0.7,
        "above_ceilings": most * 1.3,
    }[position]
    return Problem(columns, float(amount))


def _columns(rng: np.random.Generator, leagues: int, features: set[str]) -> dict[str, np.ndarray]:
    size = 10 ** rng.uniform(-3, 5, leagues) if "wide" in features else rng.uniform(0.5, 150, leagues)
    base_weight = np.round(size, 0) + 1 if "ties" in features else size
    if "ties" in features:
        base_weight = rng.choice(base_weight[:3], leagues)
    counted = base_weight * (1.2 if "ties" in features else rng.uniform(0.8, 1.5, leagues))
    share = base_weight / base_weight.sum()
    if "zero_weights" in features:
        keep = rng.random(leagues) > 0.3
        base_weight, share = base_weight * keep, share * keep
        counted = counted * keep
    floor = size * rng.uniform(0, 0.3, leagues) if "floors" in features else np.zeros(leagues)
    ceiling = floor + size * rng.uniform(0.05, 1.5, leagues)
    if "no_ceilings" in features:
        ceiling = np.maximum(ceiling, size.sum())
    if "zero_headroom" in features:
        ceiling = np.where(rng.random(leagues) < 0.4, floor, ceiling)
    if "locks" in features:
        locked = rng.random(leagues) < 0.4
        lock = size * rng.uniform(0, 1, leagues)
        floor, ceiling = np.where(locked, lock, floor), np.where(locked, lock, ceiling)
    columns = {
        "base_weight": base_weight,
        "counted": counted,
        "floor": floor,
        "ceiling": ceiling,
        "one": np.ones(leagues),
    }
    return columns | {"criteria_weight": share, "entered_share": np.round(share * 10, 1)}


def terms_of(rule: str, problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Weight and offset of each league by that rule."""
    weight, offset = RULES[rule](problem.columns)
    return np.asarray(weight, dtype=float), np.broadcast_to(np.asarray(offset, dtype=float), weight.shape)


def solve(rule: str, *many: Problem) -> Solution:
    """Solve problems of one size at once."""
    terms = [terms_of(rule, problem) for problem in many]
    limits = [np.stack([problem.columns[name] for problem in many]) for name in ("floor", "ceiling")]
    weight, offset = (np.stack(part) for part in zip(*terms, strict=True))
    return allocate(np.array([problem.amount for problem in many]), weight, offset, *limits)


def tolerance(rule: str, problem: Problem) -> float:
    """The promised 1e-9 max(A, sum |offset|); an amount of 0 is measured against the floors that must be met."""
    _, offset = terms_of(rule, problem)
    return 1e-9 * max(problem.amount, np.abs(offset).sum(), problem.columns["floor"].sum(), 1e-12)


def reach(rule: str, problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Least and most of each league; one without weight stays at its floor."""
    weight, _ = terms_of(rule, problem)
    floor = problem.columns["floor"]
    return floor, np.where(weight > 0, np.maximum(floor, problem.columns["ceiling"]), floor)


def exact_amounts(rule: str, problem: Problem) -> list[float]:
    """The allocation in rational arithmetic: try every piece of the sum until the level lies within it."""
    weight, offset = ([Fraction(float(value)) for value in part] for part in terms_of(rule, problem))
    floor, most = ([Fraction(float(value)) for value in part] for part in reach(rule, problem))
    amount = Fraction(problem.amount)

    def at(level: Fraction) -> list[Fraction]:
        rows = zip(weight, offset, floor, most, strict=True)
        return [min(top, max(low, level * w - o)) if w else low for w, o, low, top in rows]

    limits = [(limit, o, w) for side in (floor, most) for limit, o, w in zip(side, offset, weight, strict=True) if w]
    points = sorted((limit + o) / w for limit, o, w in limits)
    if not points:
        return [float(low) for low in floor]
    for before, after in pairwise(points):
        left, right = sum(at(before)), sum(at(after))
        if left <= amount <= right and right > left:
            return [float(x) for x in at(before + (after - before) * (amount - left) / (right - left))]
    return [float(x) for x in (floor if amount <= sum(floor) else most)]
