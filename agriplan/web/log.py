"""The log of a service: one JSON object a line, on standard output.

Lines wait in a queue that a thread of its own writes out. Where nobody reads them the queue fills up, further lines are
counted and dropped, and the next line that gets through says how many: a log that is stuck stops no request.
"""

import json
import logging
import os
import threading
import traceback
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

STANDARD_OUTPUT = 1
MOST_WAITING = 500  # lines; what a busy service says in a second
# A pipe takes so much in one piece (POSIX promises 512, Linux gives 4096): lines of several processes do not mix.
MOST_LINE_BYTES = 4096
MOST_LOGGED_CHARACTERS = 600  # of one text in a line, the end of it where it is longer; six bytes each at worst
FLUSH_SECONDS = 2.0  # for the last lines, when a process ends
WriteLine = Callable[[dict[str, object]], None]


def log_line(entry: dict[str, object]) -> bytes:
    """An entry as one line, no longer than a pipe takes in one piece.

    >>> log_line({"event": "request", "path": "/\\n"}).endswith(b'"event": "request", "path": "/\\\\n"}\\n')
    True
    """
    said = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **entry}
    line = json.dumps(said, ensure_ascii=True).encode() + b"\n"
    most = MOST_LOGGED_CHARACTERS
    while len(line) > MOST_LINE_BYTES and most:
        short = {key: _end(value, most) for key, value in said.items()}
        line = json.dumps(short, ensure_ascii=True).encode() + b"\n"
        most //= 2
    return line


def _end(value: object, most: int) -> object:
    return "…" + value[-most:] if isinstance(value, str) and len(value) > most else value


class LineWriter:
    """Writes lines to a file descriptor from a thread of its own, and never waits."""

    def __init__(self, descriptor: int, most: int = MOST_WAITING) -> None:
        self._descriptor = descriptor
        self._most = most
        self._begin()

    def _begin(self) -> None:
        self._pid = os.getpid()
        self._waiting: deque[bytes] = deque()
        self._something = threading.Condition()
        self._writing = False
        self._thread: threading.Thread | None = None
        self.lost = 0

    def write(self, line: bytes) -> None:
        """Queue a line, or count it where the queue is full."""
        if self._pid != os.getpid():  # a forked process has neither the thread nor the lines of the one it came from
            self._begin()
        with self._something:
            if len(self._waiting) >= self._most:
                self.lost += 1
                return
            if self.lost:
                self._waiting.append(log_line({"event": "log_lost", "lines": self.lost}))
                self.lost = 0
            self._waiting.append(line)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                self._thread.start()
            self._something.notify_all()

    def flush(self, seconds: float = FLUSH_SECONDS) -> None:
        """Wait until everything is written, but no longer than that."""
        with self._something:
            if self._pid == os.getpid():
                self._something.wait_for(lambda: not self._waiting and not self._writing, seconds)

    def _run(self) -> None:
        while True:
            with self._something:
                self._writing = False
                self._something.notify_all()
                self._something.wait_for(lambda: bool(self._waiting))
                line = self._waiting.popleft()
                self._writing = True
            try:
                while line:  # the system may take a part of it
                    line = line[os.write(self._descriptor, line) :]
            except OSError:  # nobody is there any more, or the disk is full
                with self._something:
                    self.lost += 1


_LINES = LineWriter(STANDARD_OUTPUT)


def write_line(entry: dict[str, object]) -> None:
    """Write one entry, sooner or later."""
    _LINES.write(log_line(entry))


def lines_lost() -> int:
    """How many lines of this process got nowhere, and were not told of yet."""
    return _LINES.lost


def flush_log() -> None:
    """Give the last lines a moment to get out."""
    _LINES.flush()


class JsonHandler(logging.Handler):
    """What libraries and our own faults say, as lines of the same log: a traceback is one text in one line."""

    def __init__(self, write: WriteLine = write_line) -> None:
        super().__init__(logging.WARNING)
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        try:
            entry: dict[str, Any] = {"event": "log", "level": record.levelname, "by": record.name}
            entry["said"] = record.getMessage()
            if record.exc_info and record.exc_info[0]:
                entry["trace"] = "".join(traceback.format_exception(*record.exc_info))
            self._write(entry)
        except Exception:  # noqa: BLE001 - what cannot be logged must not stop a request
            self.handleError(record)


def log_as_json() -> None:
    """Send everything that is logged in this process to the one log."""
    logging.basicConfig(level=logging.WARNING, handlers=[JsonHandler()], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # requests that wait a moment are no news
