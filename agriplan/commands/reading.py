"""What is handed to a command: a file, or stdin where `-` stands for it."""

import sys
from collections.abc import Iterable
from pathlib import Path

from agriplan.bounded_reading import FileTooLargeError, NoPlainFileError, read_bounded, read_stream
from agriplan.errors import AgriplanError, OutputError, Problem

STREAM_NAME = "-"


def is_dash(path: Path | None) -> bool:
    """Whether stdin or stdout is meant.

    >>> is_dash(Path("-")), is_dash(Path("-.json")), is_dash(None)
    (True, False, False)
    """
    return path is not None and str(path) == STREAM_NAME


def name_to_tell(path: Path) -> str:
    """What a file is called in a sentence; a device (/dev/null) and the folder one is in by their whole path only.

    >>> [name_to_tell(Path(path)) for path in ("a/方案.json", "-", "/dev/null", ".")]
    ['方案.json', 'stdin', '/dev/null', '.']
    """
    return "stdin" if is_dash(path) else str(path) if is_device(path) or not path.name else path.name


def is_device(path: Path) -> bool:
    """Whether a path names something that gives or takes data and is no file.

    >>> is_device(Path("/dev/null")), is_device(Path(__file__)), is_device(Path("new.csv"))
    (True, False, False)
    """
    try:
        return path.exists() and not path.is_file() and not path.is_dir()
    except OSError:  # a name that is too long
        return False


def check_streams(files: Iterable[Path]) -> None:
    """Raise `OutputError` where stdin is named more than once: it is read to its end by the first."""
    if sum(map(is_dash, files)) > 1:
        raise OutputError([Problem("stdin", "stdin_twice")])


def read_handed_in(path: Path, most: int, unread: type[AgriplanError], unreadable: str, called: str = "") -> bytes:
    """What the file holds, or stdin; raises that error where there is none, with that sentence where it is not read.

    No more than `most` bytes are taken. It is told by its path, or by what it is called.
    """
    place = called or ("stdin" if is_dash(path) else str(path))
    try:
        if is_dash(path):
            return b"" if sys.stdin is None else read_stream(sys.stdin.buffer, most)
        return read_bounded(path, most)
    except FileTooLargeError as error:
        raise unread([Problem(place, "file_too_large", {"most": error.most})]) from None
    except NoPlainFileError:
        raise unread([Problem(place, "no_plain_file")]) from None
    except OSError as error:
        raise unread([Problem(place, "file_missing" if is_missing(error) else unreadable)]) from None


def is_missing(error: OSError) -> bool:
    """Whether a file was not read because there is none of that name."""
    return isinstance(error, FileNotFoundError | NotADirectoryError)
