"""What the names in formulas and tokens mean: entries of a book, before any of them has an address."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from agriplan.workbook.description import Book, Entry, Sheet, Table

NAME_IN_BRACES = re.compile(r"\{([^{}]+)\}")
# `*` stands for a row's key, `*1` for the first part of it.
_PART_OF_KEY = re.compile(r"\*\d")

# Names that a workbook made here has, an area's and a comparison: what it shows was worked out and is no statistics.
OWN_NAMES = ("plan.edition", "moved.")


class UnknownNameError(LookupError):
    """A formula or a token names nothing in the book."""


def find(name: str, sheet: Sheet, book: Book) -> Entry:
    """What a name means on a sheet: the sheet, the table (None: a scalar) and the column or scalar.

    Looked for as a column of the sheet's tables, a scalar of the sheet, then on the sheet named first.
    """
    plain = name.lstrip(".")
    found = sheet.entries.get(plain)
    if found is None and not name.startswith("."):
        head, _, rest = plain.partition(".")
        found = book.sheets[head].entries.get(rest) if head in book.sheets else None
    if found is None:
        raise UnknownNameError(name)
    return found


def entry_of(name: str, sheet: Sheet, table: str | None, book: Book) -> Entry:
    """What a name in a formula means: the row's own table first, then as in a template."""
    own = None if table is None else sheet.entries.get(f"{table}.{name}")
    return own or find(name, sheet, book)


def called(entry: Entry) -> str:
    """The full name of an entry, which its cells have in Excel.

    >>> called(("milk", "leagues", "amount")), called(("milk", None, "gap"))
    ('milk.leagues.amount', 'milk.gap')
    """
    return ".".join(filter(None, entry))


def with_key(name: str, key: str) -> str:
    """Put a row's key, or parts of it, where a name says so.

    >>> with_key("*1.leagues.target@*2", "milk.150500")
    'milk.leagues.target@150500'
    """
    if "*" not in name:
        return name
    if _PART_OF_KEY.search(name):
        for number, part in enumerate(key.split("."), 1):
            name = name.replace(f"*{number}", part)
        if _PART_OF_KEY.search(name):
            raise UnknownNameError(name)
    return name.replace("*", key)


@lru_cache(maxsize=4096)
def references(formula: str) -> tuple[str, ...]:
    """The names in a formula, once each.

    >>> references("{.to_place} - SUM({amount:})")
    ('.to_place', 'amount:')
    """
    return tuple(dict.fromkeys(NAME_IN_BRACES.findall(formula)))


def entries_named(formula: str, sheet: Sheet, table: str | None, book: Book) -> Iterator[Entry]:
    """The entries that a formula needs: sheet, table (None: a scalar), column or scalar; words under `words`."""
    for name in references(formula):
        plain = name.partition("@")[0].rstrip(":")
        for each in _expanded(plain, sheet.tables[table] if table else None):
            if each.startswith("words."):
                yield "words", None, each.removeprefix("words.")
            else:
                yield entry_of(each, sheet, table, book)


def _expanded(name: str, table: Table | None) -> Iterable[str]:
    if "*" not in name or table is None:
        return (name,)
    return dict.fromkeys(with_key(name, key) for key in table.keys)
