"""Numbers as JSON and TOML write them, none of which is lost on the way to whoever judges it."""

import math
from typing import Self

from agriplan.typed_numbers import says_more_than_nothing


class Beyond(float):
    """A number beyond all digits, told as it was typed."""

    _typed: str

    def __new__(cls, typed: str) -> Self:
        """Keep what was typed beside what it is read as."""
        number = super().__new__(cls, typed)
        number._typed = typed
        return number

    def __str__(self) -> str:
        """What was typed."""
        return self._typed


def as_written(number: str) -> float | str:
    """A number of JSON or TOML; one too near to 0 to be read as anything else stays text, told where it is read.

    >>> str(as_written("1e400")), as_written("1e-400"), as_written("0.0")
    ('1e400', '1e-400', 0.0)
    """
    read = float(number)
    if not math.isfinite(read):
        return Beyond(number)
    return read or (number if says_more_than_nothing(number) else 0.0)
