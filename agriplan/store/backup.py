"""Copies of the store, taken and put back while it is in use, on either kind of database.

A copy is a SQLite file of the same tables, whatever it was taken from: what was saved in PostgreSQL can be put back
into SQLite and the other way round.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from agriplan.at_once import do_all
from agriplan.errors import Problem, StoreConflict, StoreError, StoreFull
from agriplan.kept_files import clear_folders, put_in_place
from agriplan.not_written import why_not_written
from agriplan.store.connecting import check_address, connect, database_url, reading, without_password, writing
from agriplan.store.finding import is_store, likely
from agriplan.store.migrating import migrate
from agriplan.store.schema import metadata

COPY_DRAFT = ".agriplan-backup-"  # what the folder is called in which a copy is made
WHOLE_COPY = 1  # the `user_version` of a copy to which everything was written
ROWS_AT_ONCE = 500  # rows that are carried in one piece
Counts = dict[str, int]


def back_up(address: str | None, file: Path) -> Counts:
    """Write everything that is saved into a new file, whole or not at all; returns how many rows of each table.

    It is made in a folder of its own beside that place and put there when nothing more is written to it: what a kill or
    a full disk leaves is no backup by its name. Raises `StoreError` where the file is there already or cannot be
    written, or the database does not answer.
    """
    do_all(lambda: check_copy_place(file), lambda: check_address(address, make=False))
    with opened(address, make=False) as source, drafted(file) as draft:
        with opened(f"sqlite:///{draft}") as copy:
            counts = copy_rows(source, copy)
        make_one_file(draft)
        put_in_place(draft, file)
    return counts


def check_copy_place(file: Path) -> None:
    """Raise `StoreError` where no copy can be made of that name: something is there, or its folder is not."""
    if file.exists() and not file.is_file():
        raise StoreError([Problem(str(file), "backup_no_file")])
    for part in (file, *files_of_sqlite(file)):  # a log that is no part of the copy would be taken for one
        if part.exists() or part.is_symlink():
            raise StoreError([Problem(str(part), "backup_there")])
    if not file.parent.is_dir():
        near = likely(file.parent, Path.is_dir)
        raise StoreError([Problem(str(file), "backup_no_folder", {"folder": file.parent}, near)])


def files_of_sqlite(file: Path) -> list[Path]:
    """The files that SQLite keeps beside a database while it is open."""
    return [file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm", "-journal")]


@contextmanager
def drafted(file: Path) -> Iterator[Path]:
    """Where a copy may be made before it stands in its place; nothing of it is left, and errors name that place."""
    clear_folders(file.parent, COPY_DRAFT)
    try:
        with TemporaryDirectory(dir=file.parent, prefix=COPY_DRAFT) as folder:
            draft = Path(folder, file.name)
            try:
                yield draft
            except StoreError as error:
                raise type(error)(_of_copy(one, draft, file) for one in error.problems) from error
    except OSError as error:
        raise StoreError([Problem(str(file), "cannot_write", {"why": why_not_written(error.errno)})]) from error


def _of_copy(problem: Problem, draft: Path, file: Path) -> Problem:
    """A problem of the database that is a copy, as one of the file that it is to be."""
    place = str(file) if problem.place in {"", str(draft), str(draft.absolute())} else problem.place
    if place == str(file) and problem.code in ("store_disk_full", "store_unavailable"):
        why = why_not_written(errno.ENOSPC if problem.code == "store_disk_full" else None)
        return Problem(place, "cannot_write", {"why": why})
    return replace(problem, place=place)


def make_one_file(copy: Path) -> None:
    """Bring what stands in a copy's log into its file, marked as done; raises `StoreError` where there is no room."""
    try:
        with closing(sqlite3.connect(copy)) as alone:
            alone.execute(f"PRAGMA user_version = {WHOLE_COPY}")
            is_one = alone.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    except sqlite3.Error:
        is_one = False
    if not is_one:
        raise StoreFull([Problem("", "store_disk_full")])


def put_back(file: Path, address: str | None) -> Counts:
    """Add what a copy holds and the database lacks; returns how many rows of each table were added.

    Raises `StoreError` for a file that is no copy, or not a whole one, `StoreConflict` where the database holds what
    the copy does not: two histories cannot be one.
    """
    do_all(lambda: check_copy(file), lambda: check_address(address, make=True))
    with opened(f"sqlite:///{file}", make=False) as copy:
        if not (is_done(file) or holds_anything(copy)):
            raise StoreError([Problem(str(file), "backup_of_nothing")])
        with opened(address) as target:
            return copy_rows(copy, target)


def check_copy(file: Path) -> None:
    """Raise `StoreError` for a file that is no copy, or not a whole one."""
    if not is_store(file):
        raise StoreError([Problem(str(file), "backup_other_file" if file.exists() else "backup_missing")])
    if not is_undamaged(file):
        raise StoreError([Problem(str(file), "backup_not_whole")])


def is_undamaged(file: Path) -> bool:
    """Whether nothing of a SQLite file is cut off or spoilt; one that does not answer is left to who opens it."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as alone:
            return bool(alone.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error as error:
        return not error.sqlite_errorname.startswith("SQLITE_CORRUPT")


def is_done(file: Path) -> bool:
    """Whether a copy says that everything was written to it, be it nothing; those of other programs say nothing."""
    with closing(sqlite3.connect(file)) as alone:
        return bool(alone.execute("PRAGMA user_version").fetchone() == (WHOLE_COPY,))


def holds_anything(engine: sa.Engine) -> bool:
    """Whether anything is saved: rows are written to a copy in one piece, so that one that was cut short has none."""
    with reading(engine) as reader:
        return any(reader.execute(sa.select(table).limit(1)).first() for table in metadata.sorted_tables)


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
