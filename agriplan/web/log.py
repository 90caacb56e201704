"""The log of a service: one JSON object a line, on standard output."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STANDARD_OUTPUT = 1
Write = Callable[[dict[str, object]], None]


def write_line(entry: dict[str, object]) -> None:
    """Write one line in one piece, so that threads and processes do not mix theirs."""
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **entry}, ensure_ascii=True)
    os.write(STANDARD_OUTPUT, line.encode() + b"\n")


class AccessLog:
    """A WSGI layer that writes what was asked, what was answered and how long it took."""

    def __init__(self, app: "WSGIApplication", write: Write = write_line) -> None:
        self._app = app
        self._write = write

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer as the application does, and write the line when the answer is sent."""
        began, told = time.perf_counter(), {"status": 0}

        def start(status: str, *rest: Any) -> Any:
            told["status"] = int(status[:3])
            return start_response(status, *rest)

        answer = self._app(environ, start)
        return _Counted(answer, lambda size: self._write(_entry(environ, told["status"], size, began)))


class _Counted:
    """The answer as it was, counting its bytes; `done` is told them when the server closes it."""

    def __init__(self, answer: Iterable[bytes], done: Callable[[int], None]) -> None:
        self._answer = answer
        self._done = done
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._answer:
            self._size += len(part)
            yield part

    def close(self) -> None:
        getattr(self._answer, "close", lambda: None)()
        self._done(self._size)


def _entry(environ: "WSGIEnvironment", status: int, size: int, began: float) -> dict[str, object]:
    return {
        "event": "request",
        "from": environ.get("REMOTE_ADDR", ""),
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        "query": environ.get("QUERY_STRING", ""),
        "status": status,
        "bytes": size,
        "ms": round((time.perf_counter() - began) * 1000, 2),
    }
