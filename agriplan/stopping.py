"""Ctrl-C at any moment, also while the program is still loading: an exception that can be told in a sentence.

Loads nothing that takes time: until it is loaded, Python itself ends the program, without a sentence.
"""

import os
import signal
import sys
import time

TYPE_CHECKING = False  # as of `typing`, which takes as long to load as all else here
if TYPE_CHECKING:
    from collections.abc import Sequence

    from agriplan.sentences import Lang

AT_ONCE_SECONDS = 1.0  # a key that is held down, or a signal sent to a process and its group, asks once


class Stopped(KeyboardInterrupt):
    """Somebody pressed Ctrl-C.

    Not KeyboardInterrupt itself: where that comes out of code that Python has made from a text (as of every dataclass),
    Python ends the process by the signal, although it was caught and told.
    """


class Stops:
    """Listens for Ctrl-C unless whoever started the program has it ignored or handled."""

    def __init__(self) -> None:
        """Hear nothing yet: whoever listens is to be where a stop is told."""
        self.last: float | None = None

    def listen(self) -> None:
        """Begin to listen."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._stop)

    def _stop(self, *_: object) -> None:
        before, self.last = self.last, time.monotonic()
        if before is None or self.last - before > AT_ONCE_SECONDS:
            raise Stopped

    def end(self) -> None:
        """Hear nothing more: the program is ending."""
        if signal.getsignal(signal.SIGINT) == self._stop:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def typed_lang(words: "Sequence[str] | None" = None) -> "Lang":
    """The language asked for before the command, where nothing has read the words yet.

    >>> typed_lang(["--lang", "en", "plan"]), typed_lang(["--lang=en"]), typed_lang(["workbook", "--lang", "en"])
    ('en', 'en', 'zh')
    """
    first = " ".join((sys.argv[1:] if words is None else words)[:2]).replace("=", " ")
    asked = first.split(" ")[1:2] if first.startswith("--lang ") else [os.environ.get("AGRIPLAN_LANG", "")]
    return "en" if asked == ["en"] else "zh"
