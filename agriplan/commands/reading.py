"""What is handed to a command: a file, or stdin where `-` stands for it."""

import sys
from pathlib import Path

from agriplan.errors import AgriplanError, Problem

STREAM_NAME = "-"


def is_dash(path: Path | None) -> bool:
    """Whether stdin or stdout is meant.

    >>> is_dash(Path("-")), is_dash(Path("-.json")), is_dash(None)
    (True, False, False)
    """
    return path is not None and str(path) == STREAM_NAME


def read_handed_in(path: Path, unread: type[AgriplanError], missing: str) -> bytes:
    """What the file holds, or stdin; raises that error with that sentence where it cannot be read."""
    try:
        if is_dash(path):
            return b"" if sys.stdin is None else sys.stdin.buffer.read()
        return path.read_bytes()
    except OSError:
        raise unread([Problem(str(path), missing)]) from None
