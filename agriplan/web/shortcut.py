"""A layer before the application: an address whose answer is fixed by its inputs is answered again without asking it.

A plan or workbook named by a content hash can never change while the service runs, so the same address has the same
answer. Routing, checking and answering once more would cost several times as much as sending the bytes.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.http import parse_etags

from agriplan.web.making import FIXED, Made
from agriplan.web.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_ADDRESSES = 1024  # thirteen workbooks in two languages for some forty scenarios
MOST_CHARACTERS = 400  # of an address; ours need half of it
OF_THE_BODY = {"Content-Type", "Content-Length", "Content-Disposition"}
Headers = list[tuple[str, str]]


class Known(NamedTuple):
    """The ETag and headers of an address that was answered before."""

    etag: str
    headers: Headers
    unchanged: Headers


class Shortcut:
    """Answers what is remembered, 304 or bytes; learns from what the application answers to anything else."""

    def __init__(self, app: "WSGIApplication", made: Remembered[str, Made]) -> None:
        self._app = app
        self._made = made
        self._known: Remembered[str, Known] = Remembered(MOST_ADDRESSES)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer a request."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        address = f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        known = self._known.get(address)
        made = known and self._made.get(known.etag)
        if known is None or made is None:
            return self._app(environ, self._learning(address, environ, start_response))
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(known.etag):
            start_response("304 NOT MODIFIED", list(known.unchanged))
            return []
        start_response("200 OK", list(known.headers))
        return [made.body]

    def _learning(self, address: str, environ: "WSGIEnvironment", start_response: "StartResponse") -> "StartResponse":
        def start(status: str, headers: Headers, *rest: Any) -> Any:
            etag = environ.get(FIXED)
            if etag and status.startswith("200") and len(address) <= MOST_CHARACTERS:
                unchanged = [(name, value) for name, value in headers if name not in OF_THE_BODY]
                self._known.put(address, Known(etag, list(headers), unchanged))
            return start_response(status, headers, *rest)

        return start
