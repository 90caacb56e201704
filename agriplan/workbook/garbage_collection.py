"""Making something large and lasting: to look through it for garbage again and again costs more than to make it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection(*, lasting: bool = False) -> Iterator[None]:
    """Leave Python's search for unreachable cycles for later; what nothing refers to goes at once all the same.

    What was made meanwhile and is `lasting` counts as old at once, and is not looked through twice as something new
    before; unless a serving process has set aside what it shares with others.

    >>> with without_collection():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if lasting and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
