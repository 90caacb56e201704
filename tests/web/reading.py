"""Reading a page as a person would: its tables, its form fields, its token."""

import html
import re
from html.parser import HTMLParser
from weakref import WeakKeyDictionary

from flask.testing import FlaskClient

from agriplan.store import Store
from agriplan.web.service import EXTENSION_NAME

# Every page, with an indicator that adds up and one that is a rate.
PAGES = (
    "/",
    "/league/150500",
    "/indicator/milk",
    "/indicator/improved_breed_rate",
    "/evaluation",
    "/evaluation?as_of=2022",
    "/actuals/150000",
    "/actuals/150500",
    "/scenarios",
    "/compare",
    "/compare/rules",
    "/upload",
    "/data",
    "/tables",
    "/roll",
    "/method",
)


class Tables(HTMLParser):
    """The body rows of every table, each a list of cell texts; a figure's unit and grade are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self._row: list[str] = []
        self._id = ""
        self._in_cell = False
        self._in_span = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "tr":
            self._row, self._id = [], named.get("id") or ""
        elif tag in {"td", "th"}:
            self._row.append("")
            self._in_cell = True
        elif tag == "span" and (named.get("class") or "").startswith(("unit", "grade", "tag")):
            self._in_span += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._in_cell = False
        elif tag == "span" and self._in_span:
            self._in_span -= 1
        elif tag == "tr" and self._id:
            self.rows[self._id] = [" ".join(cell.split()) for cell in self._row]

    def handle_data(self, data: str) -> None:
        if self._in_cell and not self._in_span:
            self._row[-1] += data


class Cells(Tables):
    """Every row of every table, a cell that spans several columns once for each."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "table":
            self.tables.append([])
        if tag in {"td", "th"}:
            self._span = int(dict(attrs).get("colspan") or 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._row += [""] * (self._span - 1)
        if tag == "tr" and self.tables:
            self.tables[-1].append([cell.strip() for cell in self._row])
        super().handle_endtag(tag)


# What is told by attributes, and elements that hold nothing for people or codes of the data folder.
TOLD = {"aria-label", "title", "alt", "placeholder"}
NOT_TOLD = {"script", "style", "code"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Aloud(HTMLParser):
    """The texts of a page as they are read out, without those marked as another language."""

    def __init__(self, other: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._other = other
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        silent = any(self._open[-1:]) or tag in NOT_TOLD or named.get("lang") == self._other
        if not silent:
            self.texts += [value for name, value in attrs if name in TOLD and value]
        if tag not in VOID:
            self._open.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open[-1:]):
            self.texts.append(data)


def read_aloud(page: str, other: str) -> str:
    """What a person reads of a page, without what is marked as the other language."""
    reader = Aloud(other)
    reader.feed(page)
    return "\n".join(reader.texts)


def tables_of(page: str) -> list[list[list[str]]]:
    """The tables of a page, row by row, as a person reads them."""
    found = Cells()
    found.feed(page)
    return found.tables


def rows_of(page: str) -> dict[str, list[str]]:
    """The table rows that have an id, by id."""
    reader = Tables()
    reader.feed(page)
    return reader.rows


def field(page: str, name: str) -> str:
    """What stands in a field of a form."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    assert found, f"no field {name}"
    value = re.search(r'value="([^"]*)"', found[0])
    return html.unescape(value[1]) if value else ""


TOKENS = WeakKeyDictionary[FlaskClient, str]()


def token_of(client: FlaskClient) -> str:
    """The token of this client's session, as a form says it; asked for once."""
    if client not in TOKENS:
        TOKENS[client] = field(client.get("/upload").text, "csrf_token")
    return TOKENS[client]


def store_of(client: FlaskClient) -> Store:
    """What the application of a client saves in."""
    store: Store = client.application.extensions[EXTENSION_NAME].store
    return store


def send(client: FlaskClient, address: str, **fields: object):
    """Post a form with the token of this session, following where it leads."""
    sent = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(address, data=sent | {"csrf_token": token_of(client)}, follow_redirects=True)
