"""What goes into the store and what comes out: names, texts, limits, entries."""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from agriplan.engine.entered import MOST_SCENARIO_NAME_CHARACTERS
from agriplan.errors import Problem, StoreError
from agriplan.store.lookalikes import unseen

Action = Literal["save", "rename", "archive", "restore"]

MOST_PERSON_CHARACTERS = 80  # a person and the office, on one line of a page
MOST_BODY_BYTES = 262_144  # every league, indicator and year filled in takes about a tenth of it
MOST_SCENARIOS = 10_000  # twelve leagues saving two a day for a year
MOST_REVISIONS = 100_000  # ten changes for every scenario
MOST_DATABASE_BYTES = 1_000_000_000  # a hundred times what ten thousand scenarios of a usual size take


@dataclass(frozen=True)
class Limits:
    """How much the store accepts; what is there already stays, whatever the limits."""

    scenarios: int = MOST_SCENARIOS
    revisions: int = MOST_REVISIONS
    body_bytes: int = MOST_BODY_BYTES
    database_bytes: int = MOST_DATABASE_BYTES


@dataclass(frozen=True)
class Saved:
    """One entry of the record: what was done to a named scenario, and what it held from then on.

    `seq` counts the changes of the whole store; `supersedes` is the entry that this one replaced, if any, and
    `who` the person or office that did it, empty where nobody said. `brought_back` says of a save just made that the
    scenario had been archived.
    """

    seq: int
    name: str
    scenario_id: str
    action: Action
    supersedes: int | None
    at: datetime
    who: str = ""
    brought_back: bool = field(default=False, compare=False)

    @property
    def archived(self) -> bool:
        """Whether the scenario is put away from this entry on."""
        return self.action == "archive"


def text_id(canonical_json_text: str) -> str:
    """The id of a scenario: sha256 of its canonical JSON, in hex.

    >>> text_id("{}")[:12]
    '44136fa355b3'
    """
    return hashlib.sha256(canonical_json_text.encode()).hexdigest()


def clean_name(name: str) -> str:
    """The name as it is kept: spaces made single, one spelling for equal-looking characters.

    Raises StoreError with everything that is wrong with it.

    >>> clean_name("  通辽   提速 ")
    '通辽 提速'
    """
    return _cleaned(
        name, MOST_SCENARIO_NAME_CHARACTERS, "name", "store_name_long", "store_name_unprintable", "store_name_empty"
    )


def clean_person(name: str, place: str) -> str:
    """The name of a person or office, kept in the same way; raises StoreError with what is wrong with it, so placed.

    >>> clean_person(" 张  三 ", "")
    '张 三'
    """
    return _cleaned(name, MOST_PERSON_CHARACTERS, place, "store_person_long", "store_person_unprintable")


def _cleaned(name: str, most: int, place: str, too_long: str, unprintable: str, empty: str = "") -> str:
    kept = unicodedata.normalize("NFC", " ".join(name.split()))
    hidden = unseen(kept)
    wrong = []
    if empty and not kept:
        wrong.append(Problem(place, empty))
    if len(kept) > most:
        wrong.append(Problem(place, too_long, {"length": len(kept), "most": most}))
    if hidden:
        wrong.append(Problem(place, unprintable, {"characters": hidden}))
    if wrong:
        raise StoreError(wrong)
    return kept


def check_text(text: str, most_bytes: int) -> None:
    """Raise StoreError for a text that is too large, or that a database cannot hold."""
    # Neither occurs in real text: PostgreSQL has no zero character, UTF-8 no half of a surrogate pair.
    foreign = next((c for c in text if c == "\0" or "\ud800" <= c <= "\udfff"), None)
    if foreign is not None:
        raise StoreError([Problem("", "store_text_unreadable", {"character": f"U+{ord(foreign):04X}"})])
    size = len(text.encode())
    if size > most_bytes:
        raise StoreError([Problem("", "store_text_large", {"bytes": size, "most": most_bytes})])
