"""Rounding as a spreadsheet rounds, and issued figures that add up."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Figures that decide something (a quota, a lead over the path) are compared after rounding to this many digits: far
# below what is printed and far above floating-point noise, so that the engine and a spreadsheet decide alike.
COMPARE_DIGITS = 6


def round_half_up(values: Floats, decimals: int = 0) -> Floats:
    """Round half up on the 15 significant digits that a spreadsheet keeps; shape as given.

    >>> round_half_up(np.array([2.675, 0.5, 1.005]), 2).tolist()
    [2.68, 0.5, 1.01]
    """
    scaled = np.asarray(values, dtype=float) * 10.0**decimals
    # One part in 10^15 lifts what is a half on 15 digits but stands a shade below it in binary.
    return np.floor(scaled + np.abs(scaled) * 1e-15 * 4 + 0.5) / 10.0**decimals


def issue(amounts: Floats, decimals: Floats) -> Floats:
    """Round by largest remainder, so that the rounded amounts add up to the rounded total.

    `amounts` has shape (lines, leagues) and no negative number, `decimals` shape (lines,). Ties go to the league that
    stands first.

    >>> issue(np.array([[1.3333, 1.3333, 1.3334]]), np.array([1])).tolist()
    [[1.3, 1.3, 1.4]]
    """
    scale = 10.0 ** np.asarray(decimals, dtype=float)[:, None]
    quotas = round_half_up(amounts * scale, COMPARE_DIGITS)
    whole = np.floor(quotas)
    parts = round_half_up(quotas - whole, COMPARE_DIGITS)
    total = round_half_up(quotas.sum(axis=1, keepdims=True))
    by_part = np.argsort(-parts, axis=1, kind="stable")
    gets_one = np.zeros(parts.shape, dtype=bool)
    np.put_along_axis(gets_one, by_part, np.arange(parts.shape[1]) < total - whole.sum(axis=1, keepdims=True), axis=1)
    issued: Floats = (whole + gets_one) / scale
    return issued
