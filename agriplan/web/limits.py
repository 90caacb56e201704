"""How much one client may ask of the service: a bucket for each that fills again by the minute, over all processes."""

import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from multiprocessing.sharedctypes import RawArray
from threading import Lock
from typing import Any

from agriplan.errors import Problem, TooMany

BUCKETS = 65_536  # of a hundred clients two share one in a start out of thirteen, and then only what both may ask
MINUTE = 60.0


class Buckets:
    """What clients have left, in memory that all processes see: how much, and when that was.

    No lock: two processes that take from one bucket at the same instant may count one request for two.
    """

    def __init__(self) -> None:
        self.cells: Any = RawArray("d", 2 * BUCKETS)
        self._key = secrets.token_bytes(16)  # nobody can choose a name that falls into the bucket of another

    def place_of(self, client: str) -> int:
        """Where a client's bucket is."""
        digest = blake2b(client.encode("utf-8", "surrogatepass"), digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big") % BUCKETS * 2


class RateLimit:
    """So many a minute for every client, all at once if need be; raises `TooMany` beyond that.

    >>> limit = RateLimit(2, clock=lambda: 7.0)
    >>> limit.take("a"), limit.take("a"), limit.take("b")
    (None, None, None)
    >>> limit.take("a")
    Traceback (most recent call last):
    agriplan.errors.TooMany: too many requests from one client; try again in 30 seconds
    """

    def __init__(
        self, per_minute: int, buckets: Buckets | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = float(per_minute)
        self._buckets = buckets or Buckets()
        self._clock = clock
        self._lock = Lock()

    def take(self, client: str) -> None:
        """Count one."""
        cells, place = self._buckets.cells, self._buckets.place_of(client)
        with self._lock:
            now, left, at = self._clock(), cells[place], cells[place + 1]
            # A bucket that nobody has used is full.
            left = min(self._most, left + (now - at) * self._most / MINUTE) if at else self._most
            if left < 1.0:
                seconds = max(1, round((1.0 - left) * MINUTE / self._most))
                raise TooMany([Problem("", "too_many", {"seconds": seconds})])
            cells[place], cells[place + 1] = left - 1.0, now
