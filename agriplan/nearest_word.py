"""Which of the known words was probably meant by one that is not known."""

import math
from collections.abc import Iterable, Sequence

# A code with more slips is another one.
SLIPS = 2
# From here on words look alike (`difflib`). One that differs in half its letters is another, unless it is cut short.
ALIKE = 0.6


def did_you_mean(word: object, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, if any does; of codes of digits the only one that is nearest.

    A number stands for no word, and for a code only where it is that code.

    >>> did_you_mean("milc", ["milk", "forage_value"])
    'milk'
    >>> did_you_mean("150599", ["150900", "150500"]), did_you_mean("150000", ["150900", "150500"])
    ('150500', None)
    >>> did_you_mean("nan", ["Hinggan"]), did_you_mean("1e300", ["150300"]), did_you_mean("150500.0", ["150500"])
    (None, None, '150500')
    """
    text, words = str(word), list(known)
    if text.isdecimal():
        return _nearest_code(text, [one for one in words if one.isdecimal()])
    if (whole := _whole_number(text)) is not None:
        return whole if whole in words else None
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(text, words, n=len(words) or 1, cutoff=ALIKE)
    return next(
        (one for one in close if one.startswith(text) or 2 * _slips(text, one) < max(len(text), len(one))), None
    )


def _whole_number(text: str) -> str | None:
    """The digits of a number that is written in another way, none where it is not whole; None for what is no number."""
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return f"{number:.0f}" if math.isfinite(number) and number.is_integer() else ""


def _nearest_code(text: str, codes: Sequence[str]) -> str | None:
    """Digits have no looks: a code is meant that few slips make of this one, and no other as few."""
    by_slips: dict[int, list[str]] = {}
    for code in {one for one in codes if abs(len(text) - len(one)) <= SLIPS}:
        by_slips.setdefault(_slips(text, code), []).append(code)
    fewest = min(by_slips, default=SLIPS + 1)
    return by_slips[fewest][0] if fewest <= min(SLIPS, len(text) // 3) and len(by_slips[fewest]) == 1 else None


def _slips(typed: str, meant: str) -> int:
    """How many letters or digits are wrong, missing, too many, or have changed places with the next one.

    >>> _slips("150599", "150500"), _slips("15050", "150500"), _slips("105500", "150500")
    (2, 1, 1)
    """
    rows = [list(range(len(meant) + 1))]
    for at, digit in enumerate(typed, 1):
        row = [at]
        for place, other in enumerate(meant, 1):
            fewest = min(rows[-1][place] + 1, row[-1] + 1, rows[-1][place - 1] + (digit != other))
            if at > 1 and place > 1 and digit == meant[place - 2] != other == typed[at - 2]:
                fewest = min(fewest, rows[-2][place - 2] + 1)
            row.append(fewest)
        rows.append(row)
    return rows[-1][-1]
