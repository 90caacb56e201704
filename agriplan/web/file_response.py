"""Files that follow from their inputs: named by an ETag before they are made, then remembered while there is room."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import quote_etag

from agriplan import __version__
from agriplan.web.bounded_cache import BoundedCache
from agriplan.web.bulkhead import Bulkhead
from agriplan.workbook.file_names import file_name

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PACK = "application/zip"
NOT_PLAIN = re.compile(r"[^A-Za-z0-9.]+")
DownloadNames = tuple[str, str]  # as people read it, and in plain letters
FIXED = "agriplan.fixed"  # where the ETag of an answer is left for `response_cache`


@dataclass(frozen=True)
class FinishedFile:
    """Finished bytes and the headers that go with them."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


def size_of(made: FinishedFile) -> int:
    """What a finished file takes of the memory."""
    return len(made.body)


def etag_of(*inputs: str) -> str:
    """Name what follows from these inputs and this version; costs microseconds, makes nothing.

    >>> len(etag_of("plan", "zh")), etag_of("a", "bc") == etag_of("ab", "c")
    (32, False)
    """
    text = "\0".join((__version__, *inputs))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def answer_file(
    etag: str,
    memory: BoundedCache[str, FinishedFile],
    heavy: Bulkhead,
    make: Callable[[], bytes],
    media: str,
    names: Callable[[], DownloadNames] | None = None,
) -> Response:
    """Answer 304 if the asker has it, else from memory, else make it; raises `Busy` where too many are being made."""
    if request.method in {"GET", "HEAD"} and request.if_none_match.contains_weak(etag):
        return Response(status=304, headers={"ETag": quote_etag(etag)})
    request.environ[FIXED] = etag
    made = memory.get(etag)
    if made is None:
        with heavy.inside():
            made = memory.get_or_make(etag, lambda: FinishedFile(heavy.work(make), _headers(etag, media, names)))
    return Response(made.body, headers=list(made.headers))


def _headers(etag: str, media: str, names: Callable[[], DownloadNames] | None) -> tuple[tuple[str, str], ...]:
    headers = (("Content-Type", media), ("ETag", quote_etag(etag)))
    return headers if names is None else (*headers, ("Content-Disposition", disposition(*names())))


def disposition(name: str, plain: str) -> str:
    """The header that names a download, also in Chinese (RFC 6266 and 5987).

    Programs that read only the first name get `plain`, of which plain letters are kept.

    >>> disposition("通辽市.xlsx", "Tongliao-plan 2025.xlsx")
    "attachment; filename=Tongliao-plan-2025.xlsx; filename*=UTF-8''%E9%80%9A%E8%BE%BD%E5%B8%82.xlsx"
    """
    stem, _, ending = name.rpartition(".")
    letters = NOT_PLAIN.sub("-", plain.rpartition(".")[0]).strip("-.") or "agriplan"
    return f"attachment; filename={letters}.{ending}; filename*=UTF-8''{quote(file_name(stem), safe='')}.{ending}"
