"""Reach a database, be it SQLite or PostgreSQL, and write to it one transaction at a time."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from platformdirs import user_data_path
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from agriplan.errors import Problem, StoreError, StoreFull, StoreUnavailable
from agriplan.store.finding import find_store, likely

PATIENCE_SECONDS = 5  # a save takes milliseconds; whoever waits this long for a turn waits for something broken
ANSWER_SECONDS = 3  # a query takes milliseconds; a server that is frozen takes what it is asked and never answers
CONNECT_SECONDS = 3  # an office network answers in one; a page should not hang longer for a server that is away
MOST_DATABASE_CONNECTIONS = 64  # to a SQLite file, one for every thread; to PostgreSQL the driver's own 15
OWNER_ONLY = 0o600
# What a driver says of a full disk: SQLite's SQLITE_FULL, or that its log's index cannot grow, PostgreSQL's disk_full.
FULL_DISK_CODES = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100"}
WRITER_LOCK = 0x6167726970  # any number that no other program on the same database uses: "agrip" in ASCII

# FULL: an acknowledged save is on the disk, a power cut included. SQLite ignores foreign keys unless told.
SQLITE_PRAGMAS = ("synchronous = FULL", "foreign_keys = ON")


def default_database_path() -> Path:
    """The SQLite file in the user's data folder that is used when no address is given."""
    return user_data_path("agriplan", appauthor=False) / "agriplan.sqlite3"


def database_url(address: str | None) -> sa.URL:
    """Read a database address; none is the default SQLite file.

    Raises StoreError for an address that is neither a SQLite file nor a PostgreSQL database.

    >>> database_url("postgresql://planner@db/agriplan").drivername
    'postgresql+psycopg'
    """
    if address is None:
        return sa.URL.create("sqlite", database=str(default_database_path()))
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError) as error:
        raise unusable(address) from error
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    is_file = url.database not in (None, "", ":memory:") and not str(url.database).startswith("file:")
    if url.drivername in ("sqlite", "sqlite+pysqlite") and is_file:
        return url
    raise unusable(address)


def unusable(address: str) -> StoreError:
    """The error for an address; what follows a colon may be a password and is not repeated."""
    place, is_url, _ = address.partition("://")
    suggestion = None if is_url or ":" in address else f"sqlite:///{address}"
    return StoreError([Problem(place if is_url else "", "store_address", {}, suggestion)])


def connect(url: sa.URL, *, make: bool = True) -> sa.Engine:
    """The engine for an address; a SQLite file that is missing is made, unless it is meant to be there."""
    return connect_sqlite(url, make=make) if url.get_backend_name() == "sqlite" else connect_postgresql(url)


def connect_sqlite(url: sa.URL, *, make: bool) -> sa.Engine:
    """SQLite in write-ahead mode: readers and the one writer do not wait for each other."""
    path = Path(str(url.database)).absolute()
    find_folder(path)
    find_store(path, make=make)
    make_file(path)
    engine = sa.create_engine(url, pool_size=MOST_DATABASE_CONNECTIONS, pool_timeout=PATIENCE_SECONDS)
    event.listen(engine, "do_connect", lambda *_: open_existing(path))
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    with reported(engine), engine.connect() as connection:
        turn_on_write_ahead(connection)
    return engine


def check_address(address: str | None, *, make: bool) -> None:
    """Raise `StoreError` where an address is none, or another thing than a store stands there; nothing is made."""
    url = database_url(address)
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database)).absolute()
        find_folder(path)
        find_store(path, make=make)


def find_folder(path: Path) -> None:
    """The folder of a file that was named has to be there: a slip in its name would begin an empty store elsewhere."""
    if path == default_database_path():
        return
    if not path.parent.is_dir():
        raise StoreError(
            [Problem(str(path), "store_no_folder", {"folder": path.parent}, likely(path.parent, Path.is_dir))]
        )


def make_file(path: Path) -> None:
    """Make the file, the default one's folder too, for their owner's eyes only (its log follows it).

    A file that is there is not opened: closing it would take away the locks of its other connections in this process.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise StoreUnavailable([Problem(str(path), "store_not_opened", {"reason": reason})]) from error


def open_existing(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there: one that was deleted is not silently begun anew."""
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=PATIENCE_SECONDS, check_same_thread=False, isolation_level=None
    )


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Set up one SQLite connection; the driver's own guesses about transactions are switched off."""
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes its turn at the beginning, so that what it reads is still true when it writes."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def turn_on_write_ahead(connection: sa.Connection) -> None:
    """Switch the file to write-ahead logging, once for all.

    SQLite does not wait for its turn here, so processes that start together have to be patient themselves.
    """
    driver: Any = connection.connection
    give_up = time.monotonic() + PATIENCE_SECONDS
    while driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            driver.execute("PRAGMA journal_mode = WAL")
        except connection.dialect.loaded_dbapi.OperationalError as error:
            if time.monotonic() > give_up or "locked" not in str(error):
                raise OperationalError("PRAGMA journal_mode = WAL", None, error) from error
            time.sleep(0.02)


def connect_postgresql(url: sa.URL) -> sa.Engine:
    """PostgreSQL through psycopg; a connection that a restart of the server has cut is replaced unnoticed."""
    try:
        engine = sa.create_engine(
            url,
            # Whatever the server's default is: a writer must see what was saved before its turn.
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_timeout=PATIENCE_SECONDS,
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
        patient = patient_connections()
    except ImportError as error:
        raise StoreError([Problem(without_password(url), "store_driver_missing")]) from error
    event.listen(engine, "do_connect", lambda _dialect, _record, given, named: patient.connect(*given, **named))
    return engine


def patient_connections() -> Any:
    """psycopg's connections, but waiting for an answer no longer than a person would."""
    import psycopg

    class PatientConnection(psycopg.Connection[Any]):
        """Gives up, and closes itself, where the server says nothing."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            """Wait for the server, whatever is asked of it; a writer's turn is waited for by the server itself."""
            most = ANSWER_SECONDS + PATIENCE_SECONDS if timeout is None else timeout
            try:
                return super().wait(gen, interval, most)
            except psycopg.errors._WaitTimeout as error:
                self.pgconn.finish()
                raise psycopg.OperationalError(f"no answer within {most} seconds") from error

    return PatientConnection


def without_password(url: sa.URL) -> str:
    """The address as it may be logged: without the password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def reported(engine: sa.Engine) -> Iterator[None]:
    """Turn the database's own errors into a sentence."""
    try:
        yield
    except (DBAPIError, NoFreeConnection) as error:
        cause = getattr(error, "orig", error)
        if {getattr(cause, "sqlite_errorname", None), getattr(cause, "sqlstate", None)} & FULL_DISK_CODES:
            raise StoreFull([Problem("", "store_disk_full")]) from error
        reason = str(cause).partition("\n")[0]
        raise StoreUnavailable(
            [Problem(without_password(engine.url), "store_unavailable", {"reason": reason})]
        ) from error


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that only reads."""
    with reported(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that writes: committed when the block ends, undone by any error.

    Writers take turns, over all processes. What a writer found free or newest therefore stays so until it
    is done, and the numbers of the revisions are the order in which they were committed.
    """
    with reported(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            take_turn_postgresql(connection)
        yield connection


def take_turn_postgresql(connection: sa.Connection) -> None:
    """Wait for the other writers; the commit reaches the disk even where the server's default is laxer."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
    connection.exec_driver_sql(
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
