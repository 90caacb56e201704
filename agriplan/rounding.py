"""Rounding as a spreadsheet rounds, and figures that add up when they are rounded."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Figures that decide something (a quota, a lead over the path) are compared after rounding to this many digits: far
# below what is printed and far above floating-point noise, so that the engine and a spreadsheet decide alike.
COMPARE_DIGITS = 6
# Parts of a printing unit that a quota counts in: whole numbers, so that quotas add up without noise.
QUOTA_PARTS = 10.0**COMPARE_DIGITS
# As a part of a figure, what lifts one that is a half on 15 digits but stands a shade below it in binary.
BINARY_SHADE = 4e-15


def round_half_up(values: npt.ArrayLike, decimals: int = 0) -> Floats:
    """Round half up, below zero half down, on the 15 significant digits that a spreadsheet keeps; shape as given.

    >>> round_half_up(np.array([2.675, 0.5, 1.005, -0.5]), 2).tolist(), round_half_up(-0.5).tolist()
    ([2.68, 0.5, 1.01, -0.5], -1.0)
    """
    return _nearest(np.asarray(values, dtype=float) * 10.0**decimals) / 10.0**decimals


def round_printed(values: npt.ArrayLike, decimals: int = 0) -> Floats:
    """Round a calculated figure half up as it is printed: by its quota, so that noise never decides a tie.

    >>> round_printed(np.array([-0.3749999999999858, -0.625, 0.3749]), 2).tolist()
    [-0.38, -0.63, 0.37]
    """
    return round_half_up(round_half_up(values, decimals + COMPARE_DIGITS), decimals)


def printed_difference(one: npt.ArrayLike, other: npt.ArrayLike, decimals: int) -> Floats:
    """What lies between two figures as they are printed, so that it holds on paper; shape of both together.

    >>> float(printed_difference(691.006, 663.914, 2)), round(691.006 - 663.914, 2)
    (27.1, 27.09)
    """
    return round_half_up(round_half_up(one, decimals) - round_half_up(other, decimals), decimals)


def printing_units(decimals: int) -> float:
    """How many printing units make one, with so many decimals.

    >>> printing_units(2)
    100.0
    """
    return 10.0**decimals


def has_reached(figure: float, target: float) -> bool:
    """Whether a figure has come up to a target, on the digits on which a spreadsheet decides too.

    >>> has_reached(0.0, 1e-9), has_reached(57.99, 58.0), has_reached(float("nan"), 58.0)
    (True, False, False)
    """
    return bool(have_reached(figure, target))


def have_reached(figures: npt.ArrayLike, targets: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """The same of many figures; shape of both together.

    >>> have_reached([0.3, 57.99], [0.1 + 0.2, 58.0]).tolist()
    [True, False]
    """
    come: npt.NDArray[np.bool_] = round_half_up(np.subtract(figures, targets), COMPARE_DIGITS) >= 0.0
    return come


def per_cent_reached(per_cent: npt.ArrayLike, reached: npt.ArrayLike) -> Floats:
    """How far something has come in per cent of its target, so that no print says otherwise than the printed figures.

    What has not been reached is at most 99.99, which two decimals show; what has is at least 100. NaN stays.

    >>> per_cent_reached(np.array([99.998, 99.998, 80.0, 101.0]), [False, True, False, True]).tolist()
    [99.99, 100.0, 80.0, 101.0]
    """
    found: Floats = np.where(reached, np.maximum(per_cent, 100.0), np.minimum(per_cent, 100.0 - 1.0 / 100.0))
    return found


def _nearest(scaled: Floats) -> Floats:
    size = np.abs(scaled)
    nearest: Floats = np.copysign(np.floor(size + size * BINARY_SHADE + 0.5), scaled) + 0.0
    return nearest


def quotas(values: npt.ArrayLike, scale: npt.ArrayLike) -> Floats:
    """What each value is in millionths of a printing unit, of which `scale` make one; 0 where there is no value.

    >>> quotas(np.array([1.005, np.nan]), 100.0).tolist()
    [100500000.0, 0.0]
    """
    scaled = np.asarray(values, dtype=float) * np.asarray(scale, dtype=float)
    return _nearest(np.where(np.isnan(scaled), 0.0, scaled) * QUOTA_PARTS)


def whole_units(total: Floats) -> Floats:
    """Printing units of a sum of quotas, rounded half up.

    >>> whole_units(quotas(np.array([10.005, 10.004, -0.5]), np.array([100.0, 100.0, 1.0]))).tolist()
    [1001.0, 1000.0, 0.0]
    """
    rounded: Floats = np.floor(total / QUOTA_PARTS + 0.5)
    return rounded


def largest_remainder(parts: Floats, total: Floats) -> Floats:
    """Round quotas down to printing units and hand the rest of `total` to the largest remainders, one each.

    `parts` has shape (..., parts), `total` shape (...). Of equal remainders the one that stands first is served first.
    A quota that is whole stays as it is wherever the total lies between the sums of what is rounded down and up.

    >>> largest_remainder(quotas([1.3333, 1.3333, 1.3334, -0.1], 10.0), np.array(39.0)).tolist()
    [13.0, 13.0, 14.0, -1.0]
    """
    whole = np.floor(parts / QUOTA_PARTS)
    width = parts.shape[-1]
    # One number each that no two share: the less, the sooner a part is served.
    turn = np.arange(width) - (parts - whole * QUOTA_PARTS) * width
    rest = np.asarray(total)[..., None] - whole.sum(axis=-1, keepdims=True)
    last = np.take_along_axis(np.sort(turn, axis=-1), np.clip(rest - 1, 0, width - 1).astype(int), axis=-1)
    rounded: Floats = whole + ((turn <= last) & (rest > 0))
    return rounded


# Figures are the same when they differ by less than this part of them: it is below any that is issued, and decimals of
# a few digits that were added in binary, or sums in another order, differ by less.
SAME_VALUE = 1e-9


def same_figure(one: float, other: float) -> bool:
    """Whether two exact figures are the same; small ones by what they differ by.

    >>> same_figure(0.3, 0.1 + 0.2), same_figure(40.505, 40.504), same_figure(0.0, 1e-12)
    (True, False, True)
    """
    return abs(one - other) <= SAME_VALUE * max(1.0, abs(one), abs(other))


def measured_difference(region: float, leagues: float) -> float:
    """What the leagues leave of the region's figure; nothing where both agree.

    >>> measured_difference(0.3, 0.1 + 0.2), measured_difference(31.0, 30.0)
    (0.0, 1.0)
    """
    difference = region - leagues
    return 0.0 if abs(difference) <= SAME_VALUE * abs(region) else difference


def placed_units(projected: Floats, placed: Floats) -> tuple[Floats, Floats]:
    """Printing units of the projected total, and of what is placed on it: the printed sum of both less the former.

    >>> [one.tolist() for one in placed_units(quotas([0.5, 0.4], 1.0), quotas([0.3, 0.2], 1.0))]
    [[1.0, 0.0], [0.0, 1.0]]
    """
    before = whole_units(projected)
    return before, whole_units(projected + placed) - before


def add_up_to(parts: Floats, totals: Floats, decimals: int) -> Floats:
    """Round signed parts, shape (rows, parts), so that each row adds up to its printed total, shape (rows,).

    Each is rounded half up, and what is then missing goes to the greatest of its row: a part that is nothing stays
    nothing.

    >>> add_up_to(np.array([[1.26, -0.26, 0.0], [0.04, 0.04, 0.0]]), np.array([1.0, 0.1]), 1).tolist()
    [[1.3, -0.3, 0.0], [0.1, 0.0, 0.0]]
    """
    scale = printing_units(decimals)
    whole = round_half_up(parts, decimals) * scale
    rest = np.round(np.nan_to_num(totals) * scale - whole.sum(axis=1))
    rows, greatest = np.arange(len(parts)), np.abs(parts).argmax(axis=1)
    whole[rows, greatest] += rest
    return np.round(whole) / scale


def add_up_within(parts: Floats, most: Floats, total: float, decimals: int) -> Floats:
    """Round parts, shape (parts,), so that they add up to a printed total and none is above its printed `most`.

    Each is rounded half up; what is then missing, or too much, is the greatest's that has room, then the next one's.
    A part that is its `most` gives way last.

    >>> add_up_within(np.array([2.96, 1.26, 0.0]), np.array([2.9, 5.0, np.inf]), 4.2, 1).tolist()
    [2.9, 1.3, 0.0]
    """
    scale = printing_units(decimals)
    limits = np.round(most * scale)
    whole: Floats = np.minimum(round_half_up(parts, decimals) * scale, limits)
    rest = float(np.round(total * scale - whole.sum()))
    for place in np.lexsort((-parts, whole >= limits)):
        step = min(max(rest, -whole[place]), limits[place] - whole[place])
        whole[place] += step
        rest -= step
    return np.round(whole) / scale
