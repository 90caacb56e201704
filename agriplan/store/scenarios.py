"""The store: save, find, rename, put away. Every method is one transaction."""

import re
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

import sqlalchemy as sa

from agriplan.errors import Problem, StoreConflict, StoreError, StoreFull, StoreMissing, echoed
from agriplan.nearest_word import did_you_mean
from agriplan.store import records
from agriplan.store.connecting import connect, database_url
from agriplan.store.database import Database
from agriplan.store.entries import Action, Limits, Saved, check_text, clean_name, text_id
from agriplan.store.links import add_link, area_by_token_hash, working_links
from agriplan.store.migrating import migrate
from agriplan.store.names import check_lookalikes, check_reserved

SCENARIO_ID = re.compile(r"[0-9a-f]{64}")
NEW_NAME = ""  # as `expected`: there should be no scenario of this name yet


def now_utc() -> datetime:
    """The time of a change."""
    return datetime.now(UTC)


def open_store(url: str | None = None, limits: Limits | None = None, *, make: bool = True) -> "Store":
    """Open the store at a database address, made ready for this version; else in the user's data folder.

    Raises StoreError for an address that cannot be used (or where nothing is, unless it is to be made),
    StoreUnavailable where no database answers.
    """
    engine = connect(database_url(url), make=make)
    try:
        is_new = migrate(engine, make=make)
    finally:
        engine.dispose()  # no connection is open when a server makes its workers by forking
    return Store(engine, limits or Limits(), is_new=is_new)


class Store:
    """The saved scenarios. May be shared by threads; every process opens its own."""

    def __init__(self, engine: sa.Engine, limits: Limits, *, is_new: bool = False) -> None:
        self._database = Database(engine)
        self._limits = limits
        self._who = ""
        self.is_new = is_new  # nothing was there when it was opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def location(self) -> str:
        """Where the scenarios are kept, as it may be logged: a path, or an address without its password."""
        return self._database.location

    def signed(self, who: str) -> Self:
        """The same store, whose changes are recorded as made by this person or office."""
        other = copy(self)
        other._who = who
        return other

    def make_link(self, area: str, hashed: str) -> None:
        """Let whoever has the secret part of a link speak for an area; the links that it had go on working."""
        with self._database.writing() as connection:
            add_link(connection, hashed, area, "make", now_utc())

    def end_links(self, area: str) -> int:
        """Withdraw all links of an area; returns how many there were."""
        with self._database.writing() as connection:
            hashes = working_links(connection, area)
            for hashed in hashes:
                add_link(connection, hashed, area, "end", now_utc())
        return len(hashes)

    def area_of_link(self, hashed: str) -> str | None:
        """The area that a link speaks for; none where there is no such link any more."""
        with self._database.reading() as connection:
            return area_by_token_hash(connection, hashed)

    def close(self) -> None:
        """Give back all connections; the store opens them again when used again."""
        self._database.close()

    def save(self, name: str, canonical_json_text: str, expected: str | None = None) -> Saved:
        """Keep a scenario and let the name stand for it; on the disk when this returns.

        The same content under the same name again changes nothing and returns the entry there is. Saving
        under an archived name brings it back, and the entry says so. `expected` is the id that the editor
        started from, or NEW_NAME: if the name stands for something else by now, StoreConflict is raised and
        nothing is saved. Without it the newest save counts and the others are in the history.

        Raises StoreError for a bad or reserved name or a bad text, StoreFull where the limits are reached.
        """
        name = clean_name(name)
        check_text(canonical_json_text, self._limits.body_bytes)
        scenario_id = text_id(canonical_json_text)
        with self._database.writing() as connection:
            before = records.newest_called(connection, name)
            if before and before.scenario_id == scenario_id and not before.archived:
                return before
            check_expected(before, name, expected)
            if before is None:
                check_reserved(name)
                check_lookalikes(connection, name)
            self._keep(connection, scenario_id, canonical_json_text)
            saved = self._add(connection, before, name, scenario_id, "save")
            return replace(saved, brought_back=before is not None and before.archived)

    def get(self, scenario_id: str) -> str:
        """The canonical JSON kept under an id, whatever became of its names.

        Raises StoreMissing for an unknown id, StoreError where the text is no longer what was saved.
        """
        if not SCENARIO_ID.fullmatch(scenario_id):  # not even asked for: PostgreSQL refuses a zero character
            shown = scenario_id if scenario_id.isprintable() else ""
            raise StoreMissing([Problem("", "store_unknown_id", {"id": shown})])
        with self._database.reading() as connection:
            body = records.body_of(connection, scenario_id)
        if body is None:
            raise StoreMissing([Problem(scenario_id, "store_unknown_id", {"id": scenario_id})])
        if text_id(body) != scenario_id:
            raise StoreError([Problem(scenario_id, "store_damaged")])
        return body

    def current(self, name: str) -> Saved:
        """What the name stands for now; raises StoreMissing where no scenario is called so."""
        with self._database.reading() as connection:
            return self._find(connection, clean_name(name))

    def list(self, archived: bool = False) -> tuple[Saved, ...]:
        """The current entry of every scenario in use (or of every archived one), last changed first."""
        with self._database.reading() as connection:
            return records.newest_of_each(connection, archived)

    def history(self, name: str) -> tuple[Saved, ...]:
        """Every entry of a scenario through all its renames, newest first; a former name will do.

        Raises StoreMissing for a name that no scenario ever had.
        """
        name = clean_name(name)
        with self._database.reading() as connection:
            return records.all_of(connection, name) or (self._find(connection, name),)

    def rename(
        self, name: str, new_name: str, canonical_json_text: str | None = None, expected: str | None = None
    ) -> Saved:
        """Let a scenario go by another name; `canonical_json_text` is its text where that holds the name.

        Raises StoreMissing for an unknown name, StoreConflict if the new one is taken, the old is archived or no
        longer stands for the id `expected`, from which the text was made.
        """
        name, new_name = clean_name(name), clean_name(new_name)
        if canonical_json_text is not None:
            check_text(canonical_json_text, self._limits.body_bytes)
        with self._database.writing() as connection:
            before = self._find(connection, name)
            if before.archived:
                raise StoreConflict([Problem("name", "store_name_archived", {"name": name})])
            check_expected(before, name, expected)
            if new_name != name and records.newest_called(connection, new_name):
                raise StoreConflict([Problem("name", "store_name_taken", {"name": new_name})])
            if new_name != name:
                check_reserved(new_name)
                check_lookalikes(connection, new_name, but=name)
            scenario_id = before.scenario_id if canonical_json_text is None else text_id(canonical_json_text)
            if (new_name, scenario_id) == (name, before.scenario_id):
                return before
            if canonical_json_text is not None:
                self._keep(connection, scenario_id, canonical_json_text)
            return self._add(connection, before, new_name, scenario_id, "rename")

    def archive(self, name: str) -> Saved:
        """Put a scenario away: out of the list, not out of the store. Twice is the same as once."""
        return self._turn(clean_name(name), "archive")

    def restore(self, name: str) -> Saved:
        """Bring an archived scenario back into the list; one that is there stays as it is."""
        return self._turn(clean_name(name), "restore")

    def count(self) -> int:
        """How many different scenarios are kept, archived and superseded ones included."""
        with self._database.reading() as connection:
            return records.scenarios_kept(connection)

    def check(self) -> None:
        """Raise `StoreError` where a save would fail; looks at file, answer, damage and room."""
        self._database.check()

    def _turn(self, name: str, action: Action) -> Saved:
        """Archive or restore, unless that is how it is already."""
        with self._database.writing() as connection:
            before = self._find(connection, name)
            if before.archived == (action == "archive"):
                return before
            return self._add(connection, before, name, before.scenario_id, action)

    def _find(self, connection: sa.Connection, name: str) -> Saved:
        """The current entry of a name that has to exist."""
        found = records.newest_called(connection, name)
        if found is None:
            known = [entry.name for entry in records.newest_of_each(connection, archived=False)]
            problem = Problem(name, "store_unknown_name", {"name": echoed(name)}, did_you_mean(name, known))
            raise StoreMissing([problem])
        return found

    def _keep(self, connection: sa.Connection, scenario_id: str, text: str) -> None:
        """Keep a text unless it is kept already."""
        if records.body_of(connection, scenario_id) is not None:
            return
        most = self._limits.scenarios
        if records.scenarios_kept(connection) >= most:
            raise StoreFull([Problem("", "store_full_scenarios", {"most": most})])
        records.add_body(connection, scenario_id, text, now_utc())

    def _add(
        self, connection: sa.Connection, before: Saved | None, name: str, scenario_id: str, action: Action
    ) -> Saved:
        """Add an entry to the record if there is room."""
        most = self._limits.revisions
        if records.revisions_kept(connection) >= most:
            raise StoreFull([Problem("", "store_full_revisions", {"most": most})])
        largest = self._limits.database_bytes
        if self._database.bytes_taken(connection) > largest:
            raise StoreFull([Problem("", "store_full_bytes", {"most": largest // 1_000_000})])
        return records.add_entry(connection, before, name, scenario_id, action, now_utc(), self._who)


def check_expected(before: Saved | None, name: str, expected: str | None) -> None:
    """Raise StoreConflict where the name no longer stands for what the editor started from."""
    found = NEW_NAME if before is None else before.scenario_id
    if expected is None or expected == found:
        return
    if before is None:
        raise StoreConflict([Problem(name, "store_gone_meanwhile", {"name": name})])
    if expected == NEW_NAME:
        raise StoreConflict([Problem("name", "store_name_taken", {"name": name})])
    told = {"at": before.at, "scenario": before.scenario_id}
    raise StoreConflict([Problem(name, "store_changed_meanwhile", told)])
