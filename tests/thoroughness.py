"""How many are tried: some with every run, many with `AGRIPLAN_PARITY=full` (`make parity`, `make soak`)."""

import os
from collections.abc import Iterable
from itertools import product
from typing import Any

FULL = os.environ.get("AGRIPLAN_PARITY") == "full"


def tried(usually: int, fully: int) -> int:
    """So many with every run, and so many in full; no kind is left out of either."""
    return fully if FULL else usually


def by_turns(*kinds: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Every member of each kind with every run, beside the others by turns; in full every one beside every other.

    >>> by_turns(["zh", "en"], [1, 2, 3])
    [('zh', 1), ('zh', 3), ('en', 2)]
    """
    every = [list(kind) for kind in kinds]
    shortest = min(len(kind) for kind in every)
    numbers = product(*(range(len(kind)) for kind in every))
    return [
        tuple(kind[number] for kind, number in zip(every, those, strict=True))
        for those in numbers
        if FULL or len({number % shortest for number in those}) == 1
    ]
