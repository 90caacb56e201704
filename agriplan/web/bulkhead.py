"""Heavy work walled off from the rest: a few at a time, some may wait, and further ones are told to come back.

Whoever waits takes one of the process's threads. Some are always left, so that a rush for workbooks never keeps a page
or `/healthz` from being answered.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import TypeVar

from agriplan.errors import Busy, Problem

_V = TypeVar("_V")

HEAVY_AT_ONCE = 2  # more at a time get done no sooner: one interpreter runs them by turns
KEPT_FREE = 4  # threads for what takes milliseconds
COME_BACK_SECONDS = 5  # a pack takes about so long


class Bulkhead:
    """At most `most` people inside, waiting or being served; raises `Busy` for further ones.

    >>> heavy = Bulkhead(threads=5)
    >>> with heavy.inside():
    ...     heavy.work(lambda: "workbook")
    'workbook'
    >>> with heavy.inside(), heavy.inside():
    ...     pass
    Traceback (most recent call last):
    agriplan.errors.Busy: too many workbooks are being made or read at the moment; try again in 5 seconds
    """

    def __init__(self, threads: int) -> None:
        self._most = max(1, threads - KEPT_FREE)
        self._inside = 0
        self._lock = Lock()
        self._turns = BoundedSemaphore(min(HEAVY_AT_ONCE, self._most))
        self._readers = BoundedSemaphore(min(HEAVY_AT_ONCE, self._most))

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Wait, for a turn or for another who makes the same, without taking the last threads."""
        with self._lock:
            if self._inside >= self._most:
                raise Busy([Problem("", "busy", {"seconds": COME_BACK_SECONDS})])
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    def work(self, make: Callable[[], _V]) -> _V:
        """Do the heavy part when it is our turn."""
        with self._turns:
            return make()

    def read(self, read: Callable[[], _V]) -> _V:
        """Read what was sent, in its turn: each file takes a process, whose clock runs while others hold it up."""
        with self.inside(), self._readers:
            return read()
