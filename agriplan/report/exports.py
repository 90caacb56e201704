"""The tidy table as files for other programs: CSV, SQLite and Parquet, columns typed, the same bytes every time."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from agriplan.errors import OutputError, Problem
from agriplan.not_written import why_not_written
from agriplan.report.csv_export import to_csv
from agriplan.report.tidy import COLUMNS

# What the table is called where it needs a name.
TABLE = "figures"


def csv(table: pd.DataFrame) -> bytes:
    """CSV as a spreadsheet reads it."""
    return to_csv(table).encode()


def sqlite(table: pd.DataFrame) -> bytes:
    """An SQLite database with one table."""
    places = ", ".join("?" * len(COLUMNS))
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE {TABLE} ({_columns()})")
        database.executemany(f"INSERT INTO {TABLE} VALUES ({places})", _cells(table))  # noqa: S608
        database.commit()
        return database.serialize()


def parquet(table: pd.DataFrame) -> bytes:
    """A Parquet file; raises `OutputError` without the library that writes it, or room where that drafts it."""
    try:
        import duckdb
    except ImportError:
        raise OutputError([Problem("", "needs_extra", {"extra": "agriplan[parquet]"})]) from None
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as database:
        file = Path(folder) / "figures.parquet"
        database.execute(f"CREATE TABLE {TABLE} ({_columns()})")
        database.register("tidy", table)
        database.execute(f"INSERT INTO {TABLE} SELECT * FROM tidy")  # noqa: S608
        try:
            database.table(TABLE).write_parquet(str(file))
        except duckdb.IOException as error:
            number = re.search(r'"errno":"(\d+)"', str(error))
            why = why_not_written(int(number[1]) if number else None)
            raise OutputError([Problem(folder, "cannot_write", {"why": why})]) from None
        return file.read_bytes()


def _columns() -> str:
    return ", ".join(f"{name} {sort}" for name, sort in COLUMNS.items())


def _cells(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows as a database takes them: nothing where there is no figure."""
    return [tuple(row) for row in table.astype(object).where(table.notna(), None).itertuples(index=False)]


EXPORTS: dict[str, Callable[[pd.DataFrame], bytes]] = {export.__name__: export for export in (csv, parquet, sqlite)}
