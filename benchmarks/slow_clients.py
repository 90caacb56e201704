"""What planners wait for while two hundred others are slow or silent.

`python -m benchmarks.slow_clients [http://HOST:PORT]` asks a running service, or one that it starts itself. Eight
planners ask for `/healthz` and a page by turns; meanwhile two hundred connections of one sort are held:

idle     connected, nothing said          header   half a header, a letter every few seconds
body     half a body, likewise            reader   a pack asked for and not read

What is hoped for: medians below twice what they are without the slow ones, nothing above two seconds.
"""

import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import NamedTuple
from urllib.parse import urlsplit

SLOW = 200
PLANNERS = 8
SECONDS = 5
TRICKLE_SECONDS = 3
LEAST_READ = 4096  # bytes that a slow reader's machine takes before it stops the sender
PATHS = ("/healthz", "/method")
HALF_HEADER = b"GET /method HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF_BODY = (
    b"POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{"
)
WHOLE = b"GET /api/v1/workbook?area=all HTTP/1.1\r\nHost: localhost\r\n\r\n"
SORTS = {"idle": b"", "header": HALF_HEADER, "body": HALF_BODY, "reader": WHOLE}


class Wait(NamedTuple):
    """How long planners waited for an address, in milliseconds."""

    asked: int
    middle: float
    longest: float


@contextmanager
def slow_connections(host: str, port: int, sort: str, count: int = SLOW) -> Iterator[None]:
    """Hold that many connections of a sort, giving a letter now and then where something is half sent."""
    done = Event()
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LEAST_READ)
            one.settimeout(10)
            one.connect((host, port))
            one.sendall(SORTS[sort])

        def trickle() -> None:
            while not done.wait(TRICKLE_SECONDS):
                for one in held:
                    try:
                        one.sendall(b" " if sort in {"header", "body"} else b"")
                    except OSError:  # the server has had enough of it
                        continue

        thread = Thread(target=trickle)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def ask(host: str, port: int, path: str, timeout: float = 60) -> float:
    """One request over a connection of its own; the seconds that it took."""
    began = time.perf_counter()
    connection = HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    except OSError:
        return timeout
    finally:
        connection.close()
    return time.perf_counter() - began


def planners_wait(host: str, port: int, seconds: float = SECONDS) -> dict[str, Wait]:
    """What eight planners wait for each address, asking as they do: a moment of reading between two requests."""
    took: dict[str, list[float]] = {path: [] for path in PATHS}
    end = time.perf_counter() + seconds

    def plan(number: int) -> None:
        turn = number
        while time.perf_counter() < end:
            path = PATHS[turn % len(PATHS)]
            took[path].append(ask(host, port, path, timeout=15))
            time.sleep(0.1)
            turn += 1

    threads = [Thread(target=plan, args=(number,)) for number in range(PLANNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {path: Wait(len(times), median(times) * 1000, max(times) * 1000) for path, times in took.items()}


def measure(host: str, port: int) -> dict[str, dict[str, Wait]]:
    """Without slow connections, then with each sort, then without again."""
    for path in (*PATHS, "/api/v1/workbook?area=all"):
        for _ in range(8):  # until every process has made it once
            ask(host, port, path)
    waits = {"none": planners_wait(host, port)}
    for sort in SORTS:
        with slow_connections(host, port, sort):
            time.sleep(1)
            waits[sort] = planners_wait(host, port)
    return waits


@contextmanager
def own_service() -> Iterator[tuple[str, int]]:
    """The service as it is, on a free port."""
    from benchmarks.serve import SERVICE, serving

    with tempfile.TemporaryDirectory() as name, serving(SERVICE, Path(name)) as address:
        yield address


def show(waits: dict[str, dict[str, Wait]], say: Callable[[str], None] = print) -> None:
    """A table: milliseconds, and how many times as long as without slow connections."""
    say(f"{'':10}" + "".join(f"{path:>34}" for path in PATHS))
    for sort, by_path in waits.items():
        cells = [
            f"{wait.middle:8.1f} ms ({wait.middle / waits['none'][path].middle:4.1f}x)  max {wait.longest:6.0f}"
            for path, wait in by_path.items()
        ]
        say(f"{sort:10}" + "".join(f"{cell:>34}" for cell in cells))


def main() -> None:
    """Measure and print."""
    with ExitStack() as stack:
        if len(sys.argv) > 1:
            parts = urlsplit(sys.argv[1])
            host, port = str(parts.hostname), int(parts.port or 80)
        else:
            host, port = stack.enter_context(own_service())
        show(measure(host, port))


if __name__ == "__main__":
    main()
