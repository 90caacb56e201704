"""The processes of the service: started together, replaced one by one, stopped together.

Each watches a pipe whose other end is here: closed means stop, whether it was closed on purpose or by the death of the
supervisor. No lock is shared, so that a process may be killed at any moment without holding up the others.
"""

import multiprocessing
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import RawValue
from typing import TYPE_CHECKING, Any

from agriplan.settings import Settings
from agriplan.web.log import write_line
from agriplan.web.worker import work

if TYPE_CHECKING:
    from agriplan.web.observing import AccessLog

# A forked process shares what was read; elsewhere libraries do not survive a fork, or there is none.
FORKS = sys.platform == "linux"
MOST_STILLBORN = 3  # processes that die before they serve: the fault is not one that goes away
LOOK_SECONDS = 0.5
RESTART_SECONDS = 1.0  # between the deaths of a place's processes, where they die as soon as they are born
KILL_SECONDS = 5.0  # beyond the time that requests have to finish

Load = Callable[[int], "AccessLog"]  # told in which place it serves


class WorkerSlot:
    """One of the processes, whoever fills the place at the moment."""

    def __init__(
        self, number: int, load: Load, opened: socket.socket, settings: Settings, pipe: tuple[Connection, Connection]
    ):
        self.number = number
        self._leaving: list[tuple[Any, float]] = []  # renewed processes that finish what is under way, and until when
        self._begin = (partial(load, number), opened, settings)
        self._pipe = pipe
        self.settings = settings
        self.stillborn = 0
        self.start()

    @property
    def is_hopeless(self) -> bool:
        """Whether one process after the other died before it served."""
        return self.stillborn >= MOST_STILLBORN

    def start(self) -> None:
        """Fill the place."""
        context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
        self.alive: Any = RawValue("Q", 0)
        self.seen, self.since = 0, time.monotonic()
        self.started = self.since
        told, tells = self._pipe
        own = tells if FORKS else None  # a forked process has it too, and would keep the pipe open for itself
        self.process = context.Process(target=begin, args=(self._begin, told, own, self.alive), daemon=False)
        self.process.start()

    def renew(self, load: Load) -> None:
        """Let another application fill the place; the process there finishes what is under way beside it.

        The new one is there first: an old one waits for slow readers, and with all places waiting nobody would answer.
        """
        self._begin = (partial(load, self.number), *self._begin[1:])
        old = self.process
        self.start()
        old.terminate()
        self._leaving.append((old, time.monotonic() + self.settings.graceful_seconds + KILL_SECONDS))

    def end(self, at: float) -> None:
        """Wait until every process of the place has ended, those that are still there at that time by force."""
        for process in (self.process, *(old for old, _ in self._leaving)):
            process.join(max(0.0, at - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def look(self) -> None:
        """Replace a process that died; kill one that has shown no sign of life for too long."""
        now = time.monotonic()
        for old, until in self._leaving:
            if old.is_alive() and now > until:
                old.kill()
        self._leaving = [(old, until) for old, until in self._leaving if old.is_alive()]
        if self.alive.value != self.seen:
            self.seen, self.since = self.alive.value, now
        if not self.process.is_alive():
            if now - self.started > RESTART_SECONDS:
                write_line({"event": "worker_died", "pid": self.process.pid, "exit": self.process.exitcode})
                self.process.close()
                self.stillborn = 0 if self.seen else self.stillborn + 1
                self.start()
        elif now - self.since > self.settings.request_seconds:
            self.process.kill()


def begin(
    serving: "tuple[Callable[[], AccessLog], socket.socket, Settings]",
    told: Connection,
    tells: Connection | None,
    alive: Any,
) -> None:
    """What a new process does."""
    if tells is not None:
        tells.close()
    work(*serving, told, alive)


def supervise(
    load: Load,
    opened: socket.socket,
    settings: Settings,
    ready: Callable[[], None],
    renewed: "Callable[[], Load | None]" = lambda: None,
) -> bool:
    """Run the processes until SIGTERM or SIGINT, finishing what is under way; False where none would live.

    `renewed` is asked again and again whether another application is to be served from now on.
    """
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: stopped.append(received))
    told, tells = multiprocessing.Pipe(duplex=False)
    places = [WorkerSlot(number, load, opened, settings, (told, tells)) for number in range(settings.workers)]
    ready()
    while not stopped and not any(place.is_hopeless for place in places):
        wait([place.process.sentinel for place in places if place.process.is_alive()], timeout=LOOK_SECONDS)
        if (anew := renewed()) is not None:
            for place in places:
                place.renew(anew)
        for place in places:
            place.look()
    tells.close()
    opened.close()
    end = time.monotonic() + settings.graceful_seconds + KILL_SECONDS
    for place in places:
        place.end(end)
    return not any(place.is_hopeless for place in places)
