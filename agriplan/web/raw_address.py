"""An address as people type it: Chinese letters that a program sends as they are, without the usual `%E9%80%9A`.

Browsers write addresses in plain letters; `curl 'localhost:8000/api/v1/workbook?area=通辽市'` does not.
"""

import re

from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented

BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def in_plain_letters(first_line: bytes) -> bytes:
    """The first line of a request with every byte beyond ASCII written as RFC 3986 has it.

    >>> in_plain_letters("GET /?area=通 HTTP/1.1".encode())
    b'GET /?area=%E9%80%9A HTTP/1.1'
    """
    return BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], first_line)


class RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """The server's reader of requests, which takes such an address."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; a body packed in an unknown way is the sender's fault, as all else is."""
        first, end, rest = header_plus.partition(b"\r\n")
        try:
            super().parse_header(in_plain_letters(first) + end + rest)
        except TransferEncodingNotImplemented as error:
            raise ParsingError(*error.args) from None
