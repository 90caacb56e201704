"""What is handed to a command: a file, or stdin where `-` stands for it."""

import sys
from collections.abc import Iterable
from pathlib import Path

from agriplan.errors import AgriplanError, OutputError, Problem

STREAM_NAME = "-"


def is_dash(path: Path | None) -> bool:
    """Whether stdin or stdout is meant.

    >>> is_dash(Path("-")), is_dash(Path("-.json")), is_dash(None)
    (True, False, False)
    """
    return path is not None and str(path) == STREAM_NAME


def name_to_tell(path: Path) -> str:
    """What a file is called in a sentence.

    >>> name_to_tell(Path("a/方案.json")), name_to_tell(Path("-"))
    ('方案.json', 'stdin')
    """
    return "stdin" if is_dash(path) else path.name


def check_streams(files: Iterable[Path]) -> None:
    """Raise `OutputError` where stdin is named more than once: it is read to its end by the first."""
    if sum(map(is_dash, files)) > 1:
        raise OutputError([Problem("stdin", "stdin_twice")])


def read_handed_in(path: Path, unread: type[AgriplanError], missing: str) -> bytes:
    """What the file holds, or stdin; raises that error with that sentence where it cannot be read."""
    try:
        if is_dash(path):
            return b"" if sys.stdin is None else sys.stdin.buffer.read()
        return path.read_bytes()
    except OSError:
        raise unread([Problem(str(path), missing)]) from None
