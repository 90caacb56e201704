"""Whether a file is still the SQLite database that it was, whoever writes over it.

The file is held open: closing it, as after an ordinary look, would take away the locks of this process's connections.
"""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

BEGINNING = b"SQLite format 3\0"  # of every SQLite file, by its definition
CAN_HOLD = hasattr(os, "pread")  # where it cannot be held, on Windows, an open database cannot be written over either
HISTORY_SECONDS = 1.0  # how often readers have the history looked at; a look costs a fifth of a millisecond
# What the file says by itself, without the log of what is not yet in it: entries are never changed, and their numbers
# never used again, so that none of ours is another's, and no number falls.
NEWEST_IN_FILE = "SELECT seq, name, scenario_id, at FROM revision ORDER BY seq DESC LIMIT 1"
ENTRY_IN_FILE = "SELECT seq, name, scenario_id, at FROM revision WHERE seq = ?"
LAST_NUMBER = "SELECT seq FROM sqlite_sequence WHERE name = 'revision'"

KeptEntry = tuple[int, str, str, str]


class Mark(NamedTuple):
    """How far a file's history goes: the newest entry, and the last number that one was given."""

    newest: KeptEntry
    last: int


class FileWatch:
    """Looks at the beginning of a file, which costs a microsecond, and at its history."""

    def __init__(self, file: Path | None) -> None:
        self._file = file if CAN_HOLD else None
        self._held: int | None = None
        self.renew()

    def renew(self) -> None:
        """Hold the file that is there now; the connections to the one before must have been given back."""
        self.close()
        self._mark: Mark | None = None
        self._number = 0  # the last one that an entry was given, as far as connections told
        self._looked, self._is_ours = 0.0, True
        try:
            self._held = None if self._file is None else os.open(self._file, os.O_RDONLY)
        except OSError:
            self._held = None
        self.is_written_over()

    @property
    def is_spoilt(self) -> bool:
        """Whether something else was written over the file."""
        try:
            return self._held is not None and os.pread(self._held, len(BEGINNING), 0) != BEGINNING
        except OSError:  # a folder in its place, a disk that is gone
            return True

    def fault(self, *, within: float) -> str:
        """What is wrong with the file, as the code of a problem; nothing where all is well."""
        if self.is_spoilt:
            return "store_corrupt"
        return "store_written_over" if self.is_written_over(within=within) else ""

    def see(self, connection: sa.Connection) -> None:
        """Look at the history as a connection tells it, which is ahead of the file."""
        if self._held is not None:
            number = int(connection.exec_driver_sql(LAST_NUMBER).scalar() or 0)
            self._is_ours = self._is_ours and number >= self._number
            self._number = max(number, self._number)

    def is_written_over(self, *, within: float = 0.0) -> bool:
        """Whether another database was copied over the file, an older copy of itself too; looked at `within` seconds.

        The log that lies beside the file makes such a copy whole again, or a mixture of both.
        """
        if self._held is None or self._file is None or not self._is_ours:
            return not self._is_ours
        if time.monotonic() - self._looked >= within:
            self._looked = time.monotonic()
            try:
                with closing(sqlite3.connect(f"{self._file.as_uri()}?immutable=1", uri=True)) as alone:
                    self._is_ours = self._goes_on(alone)
            except sqlite3.Error:  # a checkpoint is writing: another look will tell
                pass
        return not self._is_ours

    def _goes_on(self, alone: sqlite3.Connection) -> bool:
        """Whether the history in the file is the one seen before, or goes on from there."""
        newest, last = alone.execute(NEWEST_IN_FILE).fetchone(), alone.execute(LAST_NUMBER).fetchone()
        if self._mark is not None:
            same = alone.execute(ENTRY_IN_FILE, (self._mark.newest[0],)).fetchone()
            if (same or self._mark.newest) != self._mark.newest or (last[0] if last else 0) < self._mark.last:
                return False
        if newest and last:
            self._mark = Mark(newest, last[0])
        return True

    def close(self) -> None:
        """Let the file go."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
