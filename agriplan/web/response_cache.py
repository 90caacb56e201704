"""A response cache before the application: an address whose answer is fixed by its inputs is answered from memory.

A plan or workbook named by a content hash can never change while the service runs, so the same address has the same
answer. Routing, checking and answering once more would cost several times as much as sending the bytes. An answer that
is for one person (a cookie, or one that depends on cookies) is never kept, and of the others only the headers that
belong to the bytes.
"""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.http import parse_etags, parse_set_header

from agriplan.web.bounded_cache import BoundedCache
from agriplan.web.file_response import FIXED, FinishedFile
from agriplan.web.security import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_ADDRESSES = 1024  # thirteen workbooks in two languages for some forty scenarios
MOST_ADDRESS_CHARACTERS = 400  # of an address; ours need half of it
OF_THE_BODY = {"content-type", "content-length", "content-disposition"}
# Whatever else a layer adds is about the request that happened to come first, not about the bytes.
KEPT_HEADERS = OF_THE_BODY | {"etag", "cache-control"} | {name.casefold() for name in HEADERS}
AT_HAND = "agriplan.at_hand"  # where an application keeps how to find what is remembered
FOUND = "agriplan.found"  # where a server that looked first leaves what it found
Headers = list[tuple[str, str]]


class CachedAnswer(NamedTuple):
    """The ETag and headers of an address that was answered before."""

    etag: str
    headers: Headers
    unchanged: Headers


class FoundAnswer(NamedTuple):
    """An answer that is at hand: whoever holds it needs nothing that could wait."""

    known: CachedAnswer
    body: bytes


# Path and query apart: the path is decoded, so that a `?` may stand in it.
Address = tuple[str, str]
Find = Callable[[Address], FoundAnswer | None]


class ResponseCache:
    """Answers what is remembered, 304 or bytes; learns from what the application answers to anything else."""

    def __init__(self, app: "WSGIApplication", made: BoundedCache[str, FinishedFile]) -> None:
        self._app = app
        self._made = made
        self._known: BoundedCache[Address, CachedAnswer] = BoundedCache(MOST_ADDRESSES)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The addresses that are remembered."""
        return self._known.keys()

    def find(self, address: Address) -> FoundAnswer | None:
        """What is remembered under an address, if it still is."""
        known = self._known.get(address)
        made = known and self._made.get(known.etag)
        return FoundAnswer(known, made.body) if known and made else None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer a request."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        address = (environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        found = environ.get(FOUND) or self.find(address)
        if found is None:
            return self._app(environ, self._learning(address, environ, start_response))
        known, body = found
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(known.etag):
            start_response("304 NOT MODIFIED", list(known.unchanged))
            return []
        start_response("200 OK", list(known.headers))
        wrap = environ.get("wsgi.file_wrapper")
        # A server that takes files sends from these bytes themselves: two hundred slow readers share one copy.
        return [body] if wrap is None else wrap(BytesIO(body))

    def _learning(
        self, address: Address, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "StartResponse":
        def start(status: str, headers: Headers, *rest: Any) -> Any:
            etag = environ.get(FIXED)
            if (
                etag
                and status.startswith("200")
                and sum(map(len, address)) <= MOST_ADDRESS_CHARACTERS
                and is_for_everybody(headers)
            ):
                kept = [(name, value) for name, value in headers if name.casefold() in KEPT_HEADERS]
                unchanged = [(name, value) for name, value in kept if name.casefold() not in OF_THE_BODY]
                self._known.put(address, CachedAnswer(etag, kept, unchanged))
            return start_response(status, headers, *rest)

        return start


def is_for_everybody(headers: Headers) -> bool:
    """Whether an answer says nothing of the person who asked.

    >>> is_for_everybody([("ETag", '"a"')]), is_for_everybody([("Set-Cookie", "session=a")])
    (True, False)
    >>> is_for_everybody([("Vary", "Accept-Encoding, Cookie")]), is_for_everybody([("Vary", "*")])
    (False, False)
    """
    named = [(name.casefold(), value) for name, value in headers]
    varies = {word.casefold() for name, value in named if name == "vary" for word in parse_set_header(value)}
    return "set-cookie" not in dict(named) and not varies & {"cookie", "authorization", "*"}
