"""What all processes of a service see of each other: made before they start, and handed to each."""

from multiprocessing.sharedctypes import RawValue
from typing import Any

from agriplan.web.limits import Buckets


class Wish:
    """Something that a process asks the supervisor for; asked twice before it is granted, it is granted once.

    >>> wish = Wish()
    >>> wish.ask()
    >>> wish.is_new(), wish.is_new()
    (True, False)
    """

    def __init__(self) -> None:
        self._asked: Any = RawValue("Q", 0)
        self._granted = 0

    def ask(self) -> None:
        """Say so; no lock, since one of two who ask at the same instant is enough."""
        self._asked.value += 1

    def is_new(self) -> bool:
        """Whether it has been asked for since this was last called, in the process that grants it."""
        asked, self._granted, before = self._asked.value, self._asked.value, self._granted
        return bool(asked != before)


class SharedMemory:
    """What clients have left of what is limited, and whether a changed data folder is to be taken over."""

    def __init__(self) -> None:
        self.saves = Buckets()
        self.packs = Buckets()
        self.take_data = Wish()
