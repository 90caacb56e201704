"""What comes in is bounded before it is read: no file, device or stream is taken further than its door allows."""

import errno
import stat
from pathlib import Path
from typing import IO

MOST_JSON = 262_144
"""Bytes of a scenario, a draft or a list of areas: ten times a scenario with every league, indicator and year."""

MOST_UPLOAD = 8_388_608
"""Bytes of a workbook or a table that is read."""

MOST_DATA = 4_194_304
"""Bytes of a file of a data folder: ninety times the largest that is shipped."""

MOST_TEMPLATE = 16_777_216
"""Bytes of a template of a workbook or a brief, pictures and all."""

# Where the system names streams: /dev/stdin, and what a shell puts for <(command).
_STREAMS = ("/dev/fd/", "/dev/std", "/proc/")


class NoPlainFileError(OSError):
    """A pipe or a socket lies where a file belongs: whoever opened it would wait for ever."""


class FileTooLargeError(OSError):
    """A file goes on beyond what its door allows; `most` is that bound in words."""

    def __init__(self, most: int) -> None:
        super().__init__(errno.EFBIG, "too large")
        self.most = in_words(most)


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a file; raises `FileTooLargeError` for more than that, which other `OSError`s are told beside.

    Raises `NoPlainFileError` for a pipe or socket with a name of its own; those that the system names are streams.
    """
    if not str(path.absolute()).startswith(_STREAMS):
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
            raise NoPlainFileError(errno.EINVAL, "no plain file")
    with path.open("rb") as file:
        return read_stream(file, most)


def read_stream(stream: IO[bytes], most: int) -> bytes:
    """What is left of a stream; raises `FileTooLargeError` for more than that, of which little more is taken."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise FileTooLargeError(most)
    return data


def copy_stream(stream: IO[bytes], file: IO[bytes], most: int, begins: bytes) -> None:
    """Write what is left of a stream into a file, piece by piece; raises `FileTooLargeError` for more than that.

    Of what does not begin so the first piece alone is taken.
    """
    piece = stream.read(MOST_JSON)
    goes_on = piece.startswith(begins)
    while piece:
        most -= file.write(piece)
        if most < 0:
            raise FileTooLargeError(file.tell() + most)
        piece = stream.read(MOST_JSON) if goes_on else b""


def in_words(size: int) -> str:
    """A number of bytes in the largest unit of which it has one.

    >>> in_words(MOST_JSON), in_words(MOST_UPLOAD)
    ('256 KB', '8 MB')
    """
    return f"{size >> 20} MB" if size >> 20 else f"{size >> 10} KB"
