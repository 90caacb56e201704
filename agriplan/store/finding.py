"""What stands under the name of a store, looked at before anything is done to it, and what may have been meant."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from agriplan.errors import Problem, StoreError, StoreUnavailable
from agriplan.nearest_word import did_you_mean

STORE_TABLES = {"alembic_version", "revision"}
READ_LOCKED_SECONDS = 1  # a file that is locked for longer is left to whoever opens it


def find_store(path: Path, *, make: bool) -> None:
    """Look at what stands under the name before anything is done to it: another program's file stays as it is."""
    is_other = path.exists() and not path.is_file()
    tables = set() if is_other or not path.exists() else tables_of(path)
    if tables is None or is_other:
        raise StoreUnavailable([Problem(str(path), "store_other_file")])
    if not make and not tables >= STORE_TABLES:
        suggestion = None if path.exists() else likely(path, is_store)
        raise StoreError([Problem(str(path), "store_empty", {}, suggestion)])


def is_store(path: Path) -> bool:
    """Whether a file is a store; an exported table, which is SQLite too, is none."""
    return path.is_file() and (tables_of(path) or set()) >= STORE_TABLES


def tables_of(path: Path) -> set[str] | None:
    """The tables of a SQLite file, which is only read; None for a file of another kind, or none that can be read.

    One that does not answer, being locked or damaged, may be a store: opening it says what is wrong.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=READ_LOCKED_SECONDS)
        ) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        said = error.sqlite_errorname
        is_unread = said.startswith("SQLITE_IOERR") and said != "SQLITE_IOERR_SHMSIZE"  # that is of a full disk
        return None if is_unread or said == "SQLITE_NOTADB" else set(STORE_TABLES)


def likely(path: Path, fits: Callable[[Path], bool]) -> str | None:
    """What is there under a name much like this one."""
    try:
        beside = [one.name for one in path.parent.iterdir() if fits(one)]
    except OSError:
        return None
    found = did_you_mean(path.name, beside)
    return str(path.with_name(found)) if found else None
