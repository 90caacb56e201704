"""Copies of the store, taken and put back while it is in use, on either kind of database.

A copy is a SQLite file of the same tables, whatever it was taken from: what was saved in PostgreSQL can be put back
into SQLite and the other way round.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from agriplan.errors import Problem, StoreConflict, StoreError
from agriplan.store.connecting import connect, database_url, reading, without_password, writing
from agriplan.store.finding import is_store
from agriplan.store.migrating import migrate
from agriplan.store.schema import metadata

ROWS_AT_ONCE = 500  # rows that are carried in one piece
Counts = dict[str, int]


def back_up(address: str | None, file: Path) -> Counts:
    """Write everything that is saved into a new file; returns how many rows of each table.

    Raises `StoreError` where the file is there already or cannot be written, or the database does not answer.
    """
    if file.exists():
        raise StoreError([Problem(str(file), "backup_there")])
    with opened(address, make=False) as source, opened(f"sqlite:///{file}") as copy:
        try:
            return copy_rows(source, copy)
        except BaseException:
            copy.dispose()
            for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
                part.unlink(missing_ok=True)
            raise


def put_back(file: Path, address: str | None) -> Counts:
    """Add what a copy holds and the database lacks; returns how many rows of each table were added.

    Raises `StoreError` for a file that is no copy, `StoreConflict` where the database holds what the copy does not:
    two histories cannot be one.
    """
    if not is_store(file):
        raise StoreError([Problem(str(file), "backup_other_file" if file.exists() else "backup_missing")])
    with opened(f"sqlite:///{file}", make=False) as copy, opened(address) as target:
        return copy_rows(copy, target)


@contextmanager
def opened(address: str | None, *, make: bool = True) -> Iterator[sa.Engine]:
    """An engine on a database that is brought to this version."""
    engine = connect(database_url(address), make=make)
    try:
        migrate(engine, make=make)
        yield engine
    finally:
        engine.dispose()


def copy_rows(source: sa.Engine, target: sa.Engine) -> Counts:
    """Add the rows of one database to another, in one transaction of each."""
    counts: Counts = {}
    with reading(source) as reader, writing(target) as writer:
        if source.dialect.name == "postgresql":
            reader.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table in metadata.sorted_tables:
            counts[table.name] = carry_table(reader, writer, table, without_password(target.url))
            if target.dialect.name == "postgresql":
                count_on(writer, table)
    return counts


def carry_table(reader: sa.Connection, writer: sa.Connection, table: sa.Table, target: str) -> int:
    """Add the rows that are missing; what is there already has to be the same."""
    there = {tuple(row) for row in writer.execute(sa.select(table))}
    rows = reader.execute(sa.select(table).order_by(*table.primary_key)).all()
    foreign = there.difference(tuple(row) for row in rows)
    if foreign:
        raise StoreConflict([Problem(target, "backup_other", {"count": len(foreign)})])
    missing = [row._asdict() for row in rows if tuple(row) not in there]
    for first in range(0, len(missing), ROWS_AT_ONCE):
        writer.execute(sa.insert(table), missing[first : first + ROWS_AT_ONCE])
    return len(missing)


def count_on(writer: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL number the next row after the last that was carried over."""
    key = next(iter(table.primary_key))
    if isinstance(key.type, sa.Integer):
        largest = sa.select(sa.func.coalesce(sa.func.max(key), 0) + 1).scalar_subquery()
        writer.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, key.name), largest, False)))
