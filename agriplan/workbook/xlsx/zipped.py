"""Parts as a zip file whose members are put together from streams that were deflated before."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zlib_ng import zlib_ng

# The earliest time that the format can hold: 1 January 1980. Bytes must not depend on when they were made.
_DATE = 33
_VERSION, _UNIX, _DEFLATED = 20, 3, 8
_OWN = 0o600 << 16
# All parts of a league's workbook, 26 November 2026: 14 ms at the level of what is packed anew for each scenario, where
# zlib's own level takes 25 for a file 1 % larger. Short blocks follow what cells say better than few long ones.
_LEVEL, _KEPT_LEVEL, _BLOCKS = 5, 9, 4


class Deflated(NamedTuple):
    """A stretch of a part as it stands in the file, with the checksum and size of what it says."""

    crc: int
    size: int
    stream: bytes


class ZipMember(NamedTuple):
    """A part of the file: its name, checksum and size, and its deflated streams."""

    name: str
    crc: int
    size: int
    streams: Sequence[bytes]


def deflated(data: bytes, *, last: bool, kept: bool = False) -> Deflated:
    """A stretch of a deflate stream; all but the last end where another may be joined.

    `kept` is one that says the same with all values, and so is packed once for many files.
    """
    level = _KEPT_LEVEL if kept else _LEVEL
    packer = zlib_ng.compressobj(level, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS, _BLOCKS)
    stream = packer.compress(data) + packer.flush(zlib_ng.Z_FINISH if last else zlib_ng.Z_FULL_FLUSH)
    return Deflated(zlib_ng.crc32(data), len(data), stream)


def inflated(stretch: Deflated) -> bytes:
    """What a stretch says."""
    return zlib_ng.decompressobj(-zlib_ng.MAX_WBITS).decompress(stretch.stream)


def is_whole(stretch: Deflated) -> bool:
    """Whether a stretch says what its checksum and size are of.

    >>> said = deflated(b"so far", last=True)
    >>> is_whole(said), is_whole(said._replace(stream=said.stream[::-1])), is_whole(said._replace(crc=1))
    (True, False, False)
    """
    try:
        data = inflated(stretch)
    except zlib_ng.error:  # type: ignore[misc]  # its stub has an instance there
        return False
    return len(data) == stretch.size and zlib_ng.crc32(data) == stretch.crc


def joined(name: str, stretches: Sequence[Deflated]) -> ZipMember:
    """A part of these stretches.

    >>> parts = [deflated(b"so ", last=False), deflated(b"far", last=True)]
    >>> joined("a", parts).crc == deflated(b"so far", last=True).crc
    True
    """
    crc, size = 0, 0
    for each in stretches:
        crc, size = zlib_ng.crc32_combine(crc, each.crc, each.size), size + each.size
    return ZipMember(name, crc, size, [each.stream for each in stretches])


def packed(name: str, data: bytes) -> ZipMember:
    """A part in one stretch."""
    return joined(name, [deflated(data, last=True)])


def zipped(members: Iterable[ZipMember]) -> bytes:
    """The bytes of a zip file."""
    out: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for name, crc, size, streams in members:
        code, length = name.encode("ascii"), sum(map(len, streams))
        about = struct.pack("<5H3L2H", _VERSION, 0, _DEFLATED, 0, _DATE, crc, length, size, len(code), 0)
        out += (b"PK\3\4", about, code, *streams)
        place = struct.pack("<3H2L", 0, 0, 0, _OWN, at)
        central.append(b"PK\1\2" + struct.pack("<2B", _VERSION, _UNIX) + about + place + code)
        at += 4 + len(about) + len(code) + length
    directory = b"".join(central)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(central), len(central), len(directory), at, 0)
    return b"".join((*out, directory, end))
