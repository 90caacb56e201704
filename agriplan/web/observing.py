"""The outermost layer: every request gets an id, is timed, logged and counted (RED: rate, errors, duration)."""

import re
import secrets
import time
from typing import TYPE_CHECKING, Any

from agriplan.web.log import WriteLine, lines_lost, write_line
from agriplan.web.metrics import CONTENT_TYPE, Metrics
from agriplan.web.mounting import path_below
from agriplan.web.response_cache import AT_HAND, Find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "agriplan.request"  # where the id stands for whoever answers
HEADER = "X-Request-Id"
METRICS_PATH = "/metrics"
_TOKEN = re.compile(r"(/enter/).+", re.IGNORECASE | re.DOTALL)
ID_BYTES = 6  # enough to find one request in years of log


class AccessLog:
    """Writes what was asked, what was answered and how long it took; every answer carries the id of its line."""

    def __init__(
        self,
        app: "WSGIApplication",
        write: WriteLine | None = write_line,
        metrics: Metrics | None = None,
        mount: str = "",
    ) -> None:
        self._app = app
        self._mount = mount
        self._write = write
        self._metrics = metrics
        self.find: Find = getattr(app, "extensions", {}).get(AT_HAND, lambda _: None)
        """What the application has at hand, by path and query."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer as the application does."""
        if self._metrics is not None and path_below(environ["PATH_INFO"], self._mount) == METRICS_PATH:
            return self._figures(self._metrics, start_response)
        began, told = time.perf_counter(), {"status": 500, "bytes": 0}
        environ[REQUEST_ID] = secrets.token_hex(ID_BYTES)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told["status"] = int(status[:3])
            told["bytes"] = next((int(value) for name, value in headers if name.casefold() == "content-length"), 0)
            return start_response(status, [*headers, (HEADER, environ[REQUEST_ID])], *rest)

        # The answer itself goes on as it is, so that the server can send a remembered one without copying it.
        try:
            return self._app(environ, start)
        finally:
            seconds = time.perf_counter() - began
            if self._metrics is not None:
                self._metrics.count(told["status"], seconds, told["bytes"])
            if self._write is not None:
                self._write(request_entry(environ, told, seconds))

    def _figures(self, metrics: Metrics, start_response: "StartResponse") -> "Iterable[bytes]":
        metrics.lose(lines_lost())
        body = metrics.text().encode()
        start_response("200 OK", [("Content-Type", CONTENT_TYPE), ("Content-Length", str(len(body)))])
        return [body]


def request_entry(environ: "WSGIEnvironment", told: dict[str, int], seconds: float) -> dict[str, object]:
    """The line of a request; a link that was handed out is a password and stays out of it."""
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    return {
        "event": "request",
        "id": environ[REQUEST_ID],
        "from": environ.get("REMOTE_ADDR", ""),
        "method": environ["REQUEST_METHOD"],
        "path": _TOKEN.sub(r"\1…", path),
        "query": environ.get("QUERY_STRING", ""),
        "status": told["status"],
        "bytes": told["bytes"],
        "ms": round(seconds * 1000, 2),
    }
