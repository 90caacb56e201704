"""How many of one kind are tried: some with every run, many with `make parity` (`AGRIPLAN_PARITY=full`)."""

import os

FULL = os.environ.get("AGRIPLAN_PARITY") == "full"


def tried(usually: int, fully: int) -> int:
    """So many with every run, and so many in full; no kind is left out of either."""
    return fully if FULL else usually
