"""Whether a file is still the SQLite database that it was, whoever writes over it.

The file is held open: closing it, as after an ordinary look, would take away the locks of this process's connections.
"""

import os
from pathlib import Path

BEGINNING = b"SQLite format 3\0"  # of every SQLite file, by its definition
CAN_HOLD = hasattr(os, "pread")  # where it cannot be held, on Windows, an open database cannot be written over either


class FileWatch:
    """Looks at the beginning of a file; costs a microsecond."""

    def __init__(self, file: Path | None) -> None:
        self._file = file if CAN_HOLD else None
        self._held: int | None = None
        self.renew()

    def renew(self) -> None:
        """Hold the file that is there now; the connections to the one before must have been given back."""
        self.close()
        try:
            self._held = None if self._file is None else os.open(self._file, os.O_RDONLY)
        except OSError:
            self._held = None

    @property
    def is_spoilt(self) -> bool:
        """Whether something else was written over the file."""
        try:
            return self._held is not None and os.pread(self._held, len(BEGINNING), 0) != BEGINNING
        except OSError:  # a folder in its place, a disk that is gone
            return True

    def close(self) -> None:
        """Let the file go."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
