"""One connection of the service: what comes, whose turn it is, and what goes out.

What is remembered is answered by the loop that reads the requests; everything else by a thread. Nothing here waits for
a reader: an answer is begun when all before it is sent.
"""

import re
import time
from io import BytesIO
from typing import TYPE_CHECKING

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge

from agriplan.web.bounds import TOO_LARGE
from agriplan.web.response_cache import FOUND, FoundAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FRESH_SECONDS = 0.5  # a client sends its request right behind its call
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def in_plain_letters(first_line: bytes) -> bytes:
    """The first line of a request with every byte beyond ASCII written as RFC 3986 has it.

    >>> in_plain_letters("GET /?area=通 HTTP/1.1".encode())
    b'GET /?area=%E9%80%9A HTTP/1.1'
    """
    return BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], first_line)


class RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """The server's reader of requests, which takes an address as people type it.

    Browsers write addresses in plain letters, `%E9%80%9A`; `curl 'localhost:8000/api/v1/plan?area=通辽市'` does not.
    """

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; a body packed in an unknown way is the sender's fault, as all else is."""
        first, end, rest = header_plus.partition(b"\r\n")
        try:
            super().parse_header(in_plain_letters(first) + end + rest)
        except TransferEncodingNotImplemented as error:
            raise ParsingError(*error.args) from None


class Task(WSGITask):  # type: ignore[misc]
    """What is done for one request."""

    def get_environment(self) -> "WSGIEnvironment":
        """The request as the application sees it, with the answer where that was at hand."""
        environ: WSGIEnvironment = super().get_environment()
        if self.channel.given is not None:
            environ[FOUND] = self.channel.given
        return environ

    def set_close_on_finish(self) -> None:
        """Close the connection after this answer, but not for want of a length where there is no body (304)."""
        asked = self.version == "1.0" or self.request.headers.get("CONNECTION", "").casefold() == "close"
        if asked or self.has_body:
            super().set_close_on_finish()


class RefusedTask(Task):
    """The answer to a request that is too large to be taken: the application words it, as it does every other refusal.

    Nothing of the body is handed on, and the connection ends with the answer, since the rest may still be coming.
    """

    def get_environment(self) -> "WSGIEnvironment":
        """The head of the request, marked so that nobody looks for its body."""
        self.request.headers["CONNECTION"] = "close"
        environ = super().get_environment()
        return environ | {TOO_LARGE: True, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}


def task_for_fault(channel: "Channel", request: RequestParser) -> ErrorTask | RefusedTask:
    """What is done for a request that cannot be read: a plain line, where not even its head could be."""
    return (RefusedTask if isinstance(request.error, RequestEntityTooLarge) else ErrorTask)(channel, request)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it has been sending a request."""

    parser_class = RequestParser
    task_class = Task
    error_task_class = staticmethod(task_for_fault)
    began = 0.0  # 0: no request is half received
    heard = False  # whether anything has come

    found: FoundAnswer | None = None  # the answer to the request that is first in the line
    given: FoundAnswer | None = None  # the one that is being given
    waits = False  # the next request, for what is still being sent

    def received(self, data: bytes) -> bool:
        """Take what came; a request that is whole goes to the threads, unless its answer is at hand."""
        self.heard = True
        if self.request is None:
            self.began = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.began = 0.0
        self.send_found()
        return taken

    def send_found(self) -> None:
        """Answer the requests in turn as long as their answers are at hand."""
        while self.found:
            self.service()

    def writable(self) -> bool:
        """Whether there is something to be sent, or to be begun once all is sent."""
        return bool(super().writable() or self.waits)

    def handle_write(self) -> None:
        """Send on; when all is sent, the next request has its turn."""
        super().handle_write()
        if self.waits and self.connected and not self.total_outbufs_len:
            self.waits = False
            self.server.add_task(self)
            self.send_found()

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Wait for nothing: an answer is begun only when all before it is sent, so that no more than one lies here."""

    def find_answer(self) -> bool:
        """Whether the answer to the first request is at hand, and needs nothing that could wait."""
        request = self.requests[0]
        if request.error is None and request.command == "GET":
            self.found = self.server.find((request.path, request.query))
        return self.found is not None

    def service(self) -> None:
        """Answer a request: in one of the threads, or at once where the answer is at hand."""
        self.given, self.found = self.found, None
        super().service()
        self.server.task_dispatcher.done += 1

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered, or an answer being sent."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def is_stuck(self) -> bool:
        """Whether nothing goes on here but an answer being sent."""
        return bool(self.waits or (self.total_outbufs_len and not self.requests))

    @property
    def is_fresh(self) -> bool:
        """Whether it was taken a moment ago, so that its first request is on the way."""
        return not self.heard and time.time() - self.creation_time < FRESH_SECONDS
