"""Messages that break the rules of HTTP, byte by byte: the sender's fault, and nobody else notices."""

import contextlib
import socket

import pytest
from server_process import ServerProcess

GET, POST = b"GET /method HTTP/1.1\r\n", b"POST /api/v1/plan HTTP/1.1\r\nContent-Type: application/json\r\n"
HOST, END, CHUNKED = b"Host: localhost\r\n", b"\r\n", b"Transfer-Encoding: chunked\r\n"
MESSAGES = {
    "a header without a name": GET + b"foo bar\r\n" + END,
    "a method in small letters": b"get / HTTP/1.1\r\n" + HOST + END,
    "a control character in a header": GET + HOST + b"Cookie: a\x01b\x00\r\n" + END,
    "a malformed chunk": POST + HOST + CHUNKED + END + b"zz\r\n{}\r\n0\r\n\r\n",
    "a chunk of no end": POST + HOST + CHUNKED + END + b"ffffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "packed in an unknown way": POST + HOST + b"Transfer-Encoding: gzip\r\n" + END + b"{}",
    "packed twice": POST + HOST + b"Transfer-Encoding: gzip, chunked\r\n" + END + b"2\r\n{}\r\n0\r\n\r\n",
    "two lengths": POST + HOST + b"Content-Length: 2\r\nContent-Length: 3\r\n" + END + b"{} ",
    "a length below nothing": POST + HOST + b"Content-Length: -1\r\n" + END,
    "a length in words": POST + HOST + b"Content-Length: two\r\n" + END,
    "a length and chunks": POST + HOST + b"Content-Length: 99\r\n" + CHUNKED + END + b"2\r\n{}\r\n0\r\n\r\n",
    "a length beyond all bounds": POST + HOST + b"Content-Length: 99999999999999999999\r\n" + END,
    "no host": GET + END,
    "two hosts": GET + HOST + b"Host: elsewhere.example\r\n" + END,
    "another host": GET + b"Host: elsewhere.example\r\n" + END,
    "another host in the address": b"GET http://elsewhere.example/method HTTP/1.1\r\n" + HOST + END,
    "no colon": GET + HOST + b"X Y\r\n" + END,
    "a nought in a header": GET + HOST + b"X: a\0b\r\n" + END,
    "a nought in the address": b"GET /scenarios/a\0b.json HTTP/1.1\r\n" + HOST + END,
    "bytes that are no text": b"GET /\xff\xfe%ff%fe?\xff=\xfe HTTP/1.1\r\n" + HOST + END,
    "a header folded": GET + HOST + b"X: a\r\n b\r\n" + END,
    "headers without end": GET + HOST + b"X: " + b"a" * 70_000 + b"\r\n" + END,
    "an address without end": b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\n" + HOST + END,
    "a version of the future": b"GET /method HTTP/9.9\r\n" + HOST + END,
    "no version": b"GET /method\r\n\r\n",
    "a method of no kind": b"FETCH /method HTTP/1.1\r\n" + HOST + END,
    "a method for proxies": b"CONNECT elsewhere.example:443 HTTP/1.1\r\n" + HOST + END,
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HOST + END,
    "lines that end in one letter": b"GET /method HTTP/1.1\nHost: localhost\n\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n",
    "a half that is never finished": GET + HOST,
}

# Where there may be more to come, nothing is said until the connection ends.
UNFINISHED = {"a chunk of no end", "lines that end in one letter", "a half that is never finished"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("messages")
    with ServerProcess(folder, f"sqlite:///{folder}/plans.sqlite3", workers=1, access_log=False) as started:
        yield started


def status_of(server: ServerProcess, message: bytes) -> int:
    """The status of what comes back; 0 where the connection is closed without a word."""
    host, _, port = str(server.start["address"]).removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(message)
        with contextlib.suppress(OSError):  # the server may have answered and closed already
            connection.shutdown(socket.SHUT_WR)
        said = connection.recv(4096)
    return int(said.split(b" ", 2)[1]) if said else 0


def test_a_malformed_chunk_is_the_senders_fault(server: ServerProcess):
    assert status_of(server, MESSAGES["a malformed chunk"]) == 400


@pytest.mark.parametrize("what", MESSAGES)
def test_a_message_that_breaks_the_rules_is_the_senders_fault(server: ServerProcess, what: str):
    status = status_of(server, MESSAGES[what])
    assert status < 500
    assert (status == 0) == (what in UNFINISHED)
    assert status_of(server, GET + HOST + END) == 200
