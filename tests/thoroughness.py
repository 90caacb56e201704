"""How many are tried: some with every run, many with `AGRIPLAN_PARITY=full` (`make parity`, `make soak`)."""

import os

FULL = os.environ.get("AGRIPLAN_PARITY") == "full"


def tried(usually: int, fully: int) -> int:
    """So many with every run, and so many in full; no kind is left out of either."""
    return fully if FULL else usually
