"""Text as programs save it: UTF-8 with or without the mark of that at its start, lines ended as on any system."""

# Some programs put the mark in front of a text that begins with it already.
MARK = "\ufeff"
_MARK_BYTES = MARK.encode()


def plain_text(data: bytes) -> str:
    r"""The text without marks at its start and with one sort of line ends; raises `UnicodeDecodeError`.

    >>> plain_text(b"\xef\xbb\xbf\xef\xbb\xbfarea,value\r\n"), plain_text(b"a\rb")
    ('area,value\n', 'a\nb')
    """
    return with_plain_ends(data.decode().lstrip(MARK))


def with_plain_ends(text: str) -> str:
    r"""The text with its lines ended in one way.

    >>> with_plain_ends("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_mark(text: bytes | str) -> bytes | str:
    r"""Text, or the bytes of it, without marks at its start.

    >>> without_mark(b"\xef\xbb\xbf\xef\xbb\xbf{}"), without_mark("{}")
    (b'{}', '{}')
    """
    if isinstance(text, str):
        return text.lstrip(MARK)
    while text.startswith(_MARK_BYTES):
        text = text.removeprefix(_MARK_BYTES)
    return text
