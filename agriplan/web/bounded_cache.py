"""Results that are kept as long as there is room (least recently used first out), each made by one thread at a time."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
_V = TypeVar("_V")


class BoundedCache(Generic[K, _V]):
    """A bounded memory, safe to share between threads; `size_of` says what a value takes of `most`.

    >>> words = BoundedCache[str, str](most=8, size_of=len)
    >>> for key, word in {"a": "milk", "b": "beef", "c": "hay"}.items():
    ...     words.put(key, word)
    >>> words.get("a"), words.get("b"), words.get("c"), words.taken
    (None, 'beef', 'hay', 7)
    """

    def __init__(self, most: int, size_of: Callable[[_V], int] = lambda _: 1) -> None:
        self.most = most
        self.taken = 0
        self._size_of = size_of
        self._kept: OrderedDict[K, _V] = OrderedDict()
        self._lock = Lock()
        self._making: dict[K, Lock] = {}
        self._waiting: Counter[K] = Counter()

    def get(self, key: K) -> _V | None:
        """What is remembered under the key, if it still is."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def keys(self) -> tuple[K, ...]:
        """What is remembered, the least recently used first."""
        with self._lock:
            return tuple(self._kept)

    def put(self, key: K, value: _V) -> None:
        """Remember a value; one that alone is larger than all the room is not kept."""
        size = self._size_of(value)
        if size > self.most:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self.taken += size - (0 if before is None else self._size_of(before))
            self._kept[key] = value
            while self.taken > self.most:
                self.taken -= self._size_of(self._kept.popitem(last=False)[1])

    def get_or_make(self, key: K, make: Callable[[], _V]) -> _V:
        """What is remembered, else what `make` gives; whoever asks for the same meanwhile waits for it (single flight).

        Where `make` raises, each that waited tries for itself: what failed for one may be right for another.
        """
        value = self.get(key)
        if value is not None:
            return value
        with self._alone(key):
            value = self.get(key)
            if value is None:
                value = make()
                self.put(key, value)
            return value

    @contextmanager
    def _alone(self, key: K) -> Iterator[None]:
        """Be the only one that makes this key; others may be made at the same time."""
        with self._lock:
            turn = self._making.setdefault(key, Lock())
            self._waiting[key] += 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                self._waiting[key] -= 1
                if not self._waiting[key]:
                    del self._making[key], self._waiting[key]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.taken = 0
