"""One process of the service: waitress on a socket that it shares with the others.

A thread is taken only once a request is there as a whole, and gives its answer away at once: connections that are idle,
slow to send or slow to read cost a place in a list, not a thread. Who takes too long to send a request is cut off.
"""

import gc
import select
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from agriplan.settings import Settings
from agriplan.web.connection import Channel
from agriplan.web.log import flush_log
from agriplan.web.response_cache import Find

if TYPE_CHECKING:
    from collections.abc import Callable

    from agriplan.web.observing import AccessLog

# `select`, which is all there is on Windows, takes 512 sockets there.
MOST_CLIENT_CONNECTIONS = 2000 if hasattr(select, "poll") else 400
SPARE_FILES = 200  # data, database, log, what a library opens: beside the connections
IDLE_SECONDS = 60  # a browser keeps a connection about as long
SEND_SECONDS = 60  # for a request as a whole; the largest workbook comes at 140 kB a second
LOOK_ROUND_SECONDS = 5  # how often the clocks of all connections are looked at
WAKE_SECONDS = 0.5  # how soon a call to stop is heard
MOST_HEADER_BYTES = 65_536  # addresses hold at most 8 kB of draft
ROOM_FOR_FORM_BYTES = 65_536  # beside the file in an upload; the application says the rest in words
SEND_BUFFER_BYTES = 262_144  # a workbook; the system would give ten times as much to every reader, however slow
STUCK_SECONDS = 0.3  # without any request finished; far more than a page takes, far less than a person waits
USUAL_THREADS = 4  # the usual number of threads
COLLECT_AFTER = (
    20_000  # new objects; Python's own 700 spends a quarter of a served workbook's time on looking for cycles
)


class Threads(ThreadedTaskDispatcher):  # type: ignore[misc]
    """As many threads as usual; more while all of them wait for something that does not come.

    A database that is frozen or a lock that is never given back holds a thread for some seconds each time. Requests
    that need neither must not stand behind them.
    """

    def __init__(self, usual: int) -> None:
        super().__init__()
        self.usual = usual
        self.done = 0
        self._seen, self._since = 0, time.monotonic()
        self.set_thread_count(usual)

    def look(self) -> None:
        """Add threads where requests wait and none has been finished for a moment; let them go when all is quiet."""
        now = time.monotonic()
        if self.done != self._seen or not self.queue:
            self._seen, self._since = self.done, now
        count = len(self.threads) - self.stop_count
        if self.queue and now - self._since > STUCK_SECONDS and count < self.usual * USUAL_THREADS:
            self._since = now
            self.set_thread_count(count + self.usual)
        elif count > self.usual and self.active_count == 0:
            self.set_thread_count(self.usual)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """A server that cuts off slow senders, and can stop without dropping what is under way."""

    channel_class = Channel
    active_channels: dict[int, Channel]
    find: "Find" = staticmethod(lambda _: None)
    loop = 0  # the thread that turns

    def maintenance(self, now: float) -> None:
        """Close connections that are idle, or have been sending one request for too long."""
        super().maintenance(now)
        latest = time.monotonic() - SEND_SECONDS
        for channel in list(self.active_channels.values()):
            if 0.0 < channel.began < latest and not channel.requests:
                channel.will_close = True
            if channel.is_stuck and channel.last_activity < now - IDLE_SECONDS:
                channel.handle_close()  # it takes nothing, so that it would never hear

    def turn(self, seconds: float) -> None:
        """Wait for something to happen, no longer than that, and see to it."""
        self.loop = threading.get_ident()
        self.asyncore.loop(timeout=seconds, use_poll=self.adj.asyncore_use_poll, map=self._map, count=1)

    def add_task(self, task: Channel) -> None:
        """Have a request answered: by a thread, unless the loop itself can do so without waiting.

        To hand it over and to be woken again costs more than an answer that is at hand. A reader who is slow to take
        one answer has no other begun.
        """
        if task.total_outbufs_len:
            task.waits = True
        elif threading.get_ident() != self.loop or not task.find_answer():
            super().add_task(task)

    def pull_trigger(self) -> None:
        """Wake the loop, which need not wake itself."""
        if threading.get_ident() != self.loop:
            super().pull_trigger()

    def finish(self, seconds: float) -> None:
        """Take no more connections, finish what is under way within that time, close the rest."""
        self.turn(0)  # what had arrived before the call to stop is under way too
        self.close()
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(one.is_busy or one.is_fresh for one in self.active_channels.values()):
            for channel in self.active_channels.values():
                channel.will_close = channel.will_close or not (channel.is_busy or channel.is_fresh)
            self.turn(WAKE_SECONDS / 10)
        self.task_dispatcher.shutdown(timeout=max(0.0, end - time.monotonic()))

    def close(self) -> None:
        """Stop listening; the trigger stays, since threads may still call."""
        self.asyncore.dispatcher.close(self)


def make_server(app: "AccessLog", opened: socket.socket, settings: Settings) -> Server:
    """The server of one process on the shared socket."""
    adjustments = Adjustments(
        threads=settings.threads,
        connection_limit=room_for_connections(),
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=LOOK_ROUND_SECONDS,
        asyncore_use_poll=True,
        max_request_header_size=MOST_HEADER_BYTES,
        max_request_body_size=settings.most_upload_bytes + ROOM_FOR_FORM_BYTES,
        clear_untrusted_proxy_headers=False,  # the application believes exactly as many proxies as it is told
        log_socket_errors=False,
        ident=None,
    )
    adjustments.socket_options = [
        (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
        (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES),
    ]
    place = (opened.family, opened.type, opened.proto, opened.getsockname())
    server = Server(
        app, {}, True, opened, dispatcher=Threads(settings.threads), adj=adjustments, bind_socket=False, sockinfo=place
    )
    server.find = app.find
    return server


def room_for_connections() -> int:
    """As many connections as the system lets one process have."""
    if sys.platform == "win32":
        return MOST_CLIENT_CONNECTIONS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CLIENT_CONNECTIONS + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return (
        MOST_CLIENT_CONNECTIONS
        if soft == resource.RLIM_INFINITY
        else min(MOST_CLIENT_CONNECTIONS, max(50, soft - SPARE_FILES))
    )


def work(load: "Callable[[], AccessLog]", opened: socket.socket, settings: Settings, told: Any, alive: Any) -> None:
    """Serve until the other end of `told` is closed, by a supervisor that stops or is gone; `alive` counts turns."""
    stopped: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor hears it too, and tells
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    server = make_server(load(), opened, settings)
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    while not stopped and not told.poll():
        server.turn(STUCK_SECONDS if server.task_dispatcher.queue else WAKE_SECONDS)
        server.task_dispatcher.look()
        alive.value += 1
    server.finish(settings.graceful_seconds)
    flush_log()
