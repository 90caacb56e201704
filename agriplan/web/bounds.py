"""How much may be sent at once: entries of a form and of an address, letters of a form.

A form as text is held to what Flask holds one in parts to, `MAX_FORM_PARTS` and `MAX_FORM_MEMORY_SIZE`, and before it
is taken to pieces: thousands of entries that no page has would each be looked up, with what was probably meant.
"""

from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from agriplan.errors import Problem
from agriplan.parsing import MOST_ENTRIES
from agriplan.settings import Settings

if TYPE_CHECKING:
    from werkzeug.formparser import t_parse_result

FORM_AS_TEXT = "application/x-www-form-urlencoded"
ENTRY_MARK = b"&"
TOO_LARGE = "agriplan.too_large"  # where a server says that it has taken the head of a request only
# As many scenarios can be read side by side.
FEWEST_COMPARED, MOST_COMPARED = 2, 5


class BoundedFormParser(FormDataParser):
    """Reads a form as text only where it is no larger than one in parts may be."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> "t_parse_result":
        """Read the form; raises 413 for more than a form may hold."""
        most_bytes, most_entries = self.max_form_memory_size, self.max_form_parts
        if mimetype == FORM_AS_TEXT and most_bytes is not None and most_entries is not None:
            sent = stream.read(most_bytes + 1)
            if len(sent) > most_bytes or sent.count(ENTRY_MARK) >= most_entries:
                raise RequestEntityTooLarge
            stream = BytesIO(sent)
        return super().parse(stream, mimetype, content_length, options)


class BoundedRequest(Request):
    """A request whose forms are bounded, however they are written."""

    form_data_parser_class = BoundedFormParser


def bound_what_is_sent(app: Flask, settings: Settings) -> None:
    """Set the bounds, and refuse an address with more entries than a form may have."""
    app.request_class = BoundedRequest
    app.config["MAX_CONTENT_LENGTH"] = settings.most_upload_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.most_json_bytes
    app.config["MAX_FORM_PARTS"] = MOST_ENTRIES

    @app.before_request
    def refuse() -> None:
        if TOO_LARGE in request.environ:
            raise RequestEntityTooLarge
        if request.query_string.count(ENTRY_MARK) >= MOST_ENTRIES:
            error = BadRequest()
            error.problems = (Problem("", "too_many_entries", {"most": MOST_ENTRIES}),)  # type: ignore[attr-defined]
            raise error


def too_large(settings: Settings) -> Problem:
    """What is said of everything that is too large to be taken."""
    known = {
        "entries": MOST_ENTRIES,
        "kilobytes": settings.most_json_bytes // 1024,
        "megabytes": round(settings.most_upload_bytes / 1024 / 1024, 1),
    }
    return Problem("", "sent_too_large", known)
