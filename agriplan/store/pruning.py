"""Clear archived scenarios for good: the one thing that deletes, asked for by an administrator on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from agriplan.store.backup import opened
from agriplan.store.connecting import writing
from agriplan.store.records import newest_of_each
from agriplan.store.schema import metadata, revision, scenario


def prune_archived(address: str | None, days: int, *, only_count: bool = False) -> tuple[int, int]:
    """Delete scenarios that were archived that many days ago, with their history; returns how many, and texts.

    A text stays as long as anything else names it: another scenario, an issue. Nothing of a scenario in use is touched.
    """
    before = datetime.now(UTC) - timedelta(days=days)
    with opened(address, make=False) as engine, writing(engine) as connection:
        gone = [one.seq for one in newest_of_each(connection, archived=True) if one.at <= before]
        lines = set(connection.scalars(sa.select(revision.c.line).where(revision.c.seq.in_(gone))))
        with changes_allowed(connection, only_count=only_count):
            if not only_count:
                connection.execute(sa.delete(revision).where(revision.c.line.in_(lines)))
            texts = unnamed(connection, lines)
            if not only_count:
                connection.execute(sa.delete(scenario).where(scenario.c.id.in_(texts)))
        return len(lines), len(texts)


def unnamed(connection: sa.Connection, lines: set[int]) -> list[str]:
    """Texts that nothing names beside those lines."""
    named: set[str] = set()
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is scenario.c.id for key in column.foreign_keys):
                wanted = sa.select(column)
                if table is revision:
                    wanted = wanted.where(revision.c.line.not_in(lines))
                named.update(connection.scalars(wanted))
    kept = connection.scalars(sa.select(scenario.c.id))
    return [one for one in kept if one not in named]


@contextmanager
def changes_allowed(connection: sa.Connection, *, only_count: bool) -> Iterator[None]:
    """Take the triggers away that refuse every deletion, and put the same ones back, all in this transaction."""
    if only_count:
        yield
    elif connection.dialect.name == "postgresql":
        switch(connection, "DISABLE")
        yield
        switch(connection, "ENABLE")
    else:
        asked = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [(str(name), str(text)) for name, text in connection.execute(asked)]
        for name, _ in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _, text in triggers:
            connection.exec_driver_sql(text)


def switch(connection: sa.Connection, word: str) -> None:
    """Switch PostgreSQL's triggers of our own off or on."""
    for table in (revision, scenario):
        connection.exec_driver_sql(f"ALTER TABLE {table.name} {word} TRIGGER USER")
