"""What is remembered is answered by the loop that reads requests; all else, and whatever could wait, by a thread."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from io import BytesIO

import pytest

from agriplan.settings import Settings
from agriplan.web.listening import listen
from agriplan.web.response_cache import FOUND, Address, CachedAnswer, FoundAnswer
from agriplan.web.worker import SEND_BUFFER_BYTES, make_server

LARGE = b"a" * (20 * SEND_BUFFER_BYTES)  # more than the system takes from us at once
KNOWN = {("/known", ""): b"remembered", ("/large", ""): LARGE}


class Application:
    """Answers with the path; remembers in which thread, and whether the answer was given to it."""

    def __init__(self, status: str = "200 OK") -> None:
        self.asked: list[tuple[str, bool, bool]] = []
        self.status = status

    def find(self, address: Address) -> FoundAnswer | None:
        return FoundAnswer(CachedAnswer("", [], []), KNOWN[address]) if address in KNOWN else None

    def __call__(self, environ, start_response):
        found = environ.get(FOUND)
        self.asked.append((environ["PATH_INFO"], threading.current_thread() is threading.main_thread(), bool(found)))
        body = found.body if found else environ["PATH_INFO"].encode()
        if self.status.startswith("304"):
            start_response(self.status, [])
            return []
        start_response(self.status, [("Content-Length", str(len(body)))])
        return environ["wsgi.file_wrapper"](BytesIO(body))


@contextmanager
def asking(app: Application, sent: bytes):
    """A server whose loop the test turns, and a connection on which that was sent."""
    opened = listen("127.0.0.1", 0)
    server = make_server(app, opened, Settings(threads=2))
    with socket.create_connection(opened.getsockname(), timeout=30) as client:
        client.sendall(sent)
        yield server, client
    server.finish(5)
    for channel in list(server.active_channels.values()):  # a process that ends closes them; this one goes on
        channel.handle_close()
    server.trigger.close()


def get(*paths: str, method: str = "GET") -> bytes:
    return b"".join(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths)


def turn_until(server, happened: Callable[[], bool]) -> None:
    """Turn the loop until that happened. Time counts, not turns: a turn may be over at once while a thread waits."""
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        server.turn(0.05)


def answer_all(server, app: Application, count: int) -> None:
    """Turn the loop until so many requests were answered, and no thread is still busy with one."""
    turn_until(server, lambda: len(app.asked) >= count and not server.task_dispatcher.active_count)


def read_until(server, client: socket.socket, whole: Callable[[bytes], bool]) -> bytes:
    """What a client is sent while the loop turns, until that is there as a whole."""
    client.settimeout(0.02)
    said = bytearray()

    def take() -> bool:
        with suppress(TimeoutError):
            said.extend(client.recv(1 << 20))
        return whole(bytes(said))

    turn_until(server, take)
    return bytes(said)


def all_four(said: bytes) -> bool:
    """Whether four answers are there, the last of which is the path, as a thread gives it."""
    return said.count(b"HTTP/1.1 200") == 4 and said.endswith(b"/known")


def test_the_loop_itself_gives_what_is_remembered_and_threads_give_the_rest():
    app = Application()
    with asking(app, get("/known", "/other", "/known?other", "/known")) as (server, client):
        said = read_until(server, client, all_four)
    assert app.asked[0] == ("/known", True, True)
    assert [path for path, _, _ in app.asked] == ["/known", "/other", "/known", "/known"]
    assert all(not found and not in_loop for _, in_loop, found in app.asked[1:3])
    words = [said.index(b"remembered"), said.index(b"/other"), said.index(b"/known"), said.rindex(b"/known")]
    assert words == sorted(set(words))  # whoever answers, in the order in which was asked


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT"])
def test_only_what_is_looked_at_is_answered_from_what_is_remembered(method: str):
    app = Application()
    with asking(app, get("/known", method=method)) as (server, _):
        answer_all(server, app, 1)
    assert app.asked == [("/known", False, False)]


def test_while_a_reader_is_slow_its_next_request_waits_and_everybody_else_is_answered():
    app = Application()
    with asking(app, get("/large", "/other", "/large", "/known")) as (server, client):
        answer_all(server, app, 1)
        for _ in range(2):
            with socket.create_connection(server.socket.getsockname(), timeout=30) as other:
                other.sendall(get("/known"))
                read_until(server, other, lambda said: said.endswith(b"remembered"))
        assert [path for path, _, _ in app.asked] == ["/large", "/known", "/known"]  # no thread waits for the reader
        taken = read_until(server, client, all_four)
    assert [path for path, _, _ in app.asked[3:]] == ["/other", "/large", "/known"]
    assert LARGE in taken


def test_a_reader_that_takes_nothing_is_cut_off_after_a_while(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agriplan.web.worker.IDLE_SECONDS", -1)
    app = Application()
    for paths in (["/large"], ["/large", "/known"]):
        with asking(app, get(*paths)) as (server, _):
            answer_all(server, app, len(app.asked) + 1)
            assert len(server.active_channels) == 1
            server.maintenance(time.time())
            assert not server.active_channels


def test_an_answer_without_a_body_leaves_the_connection_open():
    app = Application(status="304 NOT MODIFIED")
    with asking(app, get("/known", "/other", "/known")) as (server, client):
        said = read_until(server, client, lambda said: said.count(b"\r\n\r\n") == 3)
    assert said.count(b"304") == 3
    assert b"close" not in said.lower()


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1.1\r\nfoo bar\r\n\r\n", b"get / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\r\n\r\n"]
)
def test_a_head_that_cannot_be_read_is_answered_with_400(head: bytes):
    with asking(Application(), head) as (server, client):
        assert b" 400 " in read_until(server, client, lambda said: b"\r\n" in said).partition(b"\r\n")[0]


def test_a_client_that_is_gone_stops_nothing():
    app = Application()
    with asking(app, get("/large", "/large", "/large")) as (server, client):
        client.close()
        turn_until(server, lambda: bool(app.asked) and not server.active_channels)
        with socket.create_connection(server.socket.getsockname(), timeout=30) as other:
            other.sendall(get("/known"))
            read_until(server, other, lambda said: said.endswith(b"remembered"))
