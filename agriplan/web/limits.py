"""How much one client may ask of the service: a bucket for each that fills again by the minute."""

import time
from collections.abc import Callable
from threading import Lock

from agriplan.errors import Problem, TooMany
from agriplan.web.bounded_cache import BoundedCache

MOST_CLIENTS = 10_000  # that are remembered; who has not asked for longest is forgotten, with a full bucket
MINUTE = 60.0


class RateLimit:
    """So many a minute for every client, all at once if need be; raises `TooMany` beyond that.

    >>> limit = RateLimit(2, clock=lambda: 0.0)
    >>> limit.take("a"), limit.take("a"), limit.take("b")
    (None, None, None)
    >>> limit.take("a")
    Traceback (most recent call last):
    agriplan.errors.TooMany: too many requests from one client; try again in 30 seconds
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._left: BoundedCache[str, tuple[float, float]] = BoundedCache(MOST_CLIENTS)
        self._lock = Lock()

    def take(self, client: str) -> None:
        """Count one."""
        with self._lock:
            now = self._clock()
            left, at = self._left.get(client) or (self._most, now)
            left = min(self._most, left + (now - at) * self._most / MINUTE)
            if left < 1.0:
                seconds = max(1, round((1.0 - left) * MINUTE / self._most))
                raise TooMany([Problem("", "too_many", {"seconds": seconds})])
            self._left.put(client, (left - 1.0, now))
