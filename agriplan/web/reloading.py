"""A data folder that is edited while the service runs: said in the log, and taken over where that is asked for."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from agriplan.baselines.copies import version_now
from agriplan.errors import AgriplanError
from agriplan.web.log import write_line
from agriplan.web.shared_memory import Wish
from agriplan.web.supervisor import Load

# How often the folder is looked at; a change counts once the folder has stayed as it is from one look to the next,
# since a person saves one file after the other.
FOLDER_SECONDS = 2.0


@dataclass
class FolderWatch:
    """Looks at a data folder; `take` reads it anew and gives what the processes are to serve, None: it is only told.

    An administrator's wish takes it in any case, by `wished`.
    """

    folder: Path
    version: str
    take: Callable[[], Load] | None
    wish: Wish | None = None
    wished: Callable[[], Load] | None = None
    _seen: tuple[tuple[str, int, int], ...] = field(init=False)
    _settled: bool = field(default=True, init=False)
    _next: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._seen = stamp_of(self.folder)

    def look(self) -> Load | None:
        """What is to be served from now on, where the folder has changed, is sound and may be taken."""
        if self.wish is not None and self.wish.is_new():
            return self._changed(version_now(self.folder), self.wished)
        if time.monotonic() < self._next:
            return None
        self._next = time.monotonic() + FOLDER_SECONDS
        stamp = stamp_of(self.folder)
        if stamp != self._seen:
            self._seen, self._settled = stamp, False
            return None
        if self._settled:
            return None
        self._settled = True
        version = version_now(self.folder)
        return None if version == self.version else self._changed(version, self.take)

    def _changed(self, version: str, take: Callable[[], Load] | None) -> Load | None:
        told = {"event": "data_changed", "folder": str(self.folder), "version": version}
        if take is None:
            write_line(told | {"taken": False, "why": "AGRIPLAN_RELOAD is off: restart, or take it on /administration"})
            return None
        try:
            taken = take()
        except AgriplanError as error:
            write_line(told | {"taken": False, "why": [one.text("en") for one in error.problems]})
            return None
        self.version = version
        write_line(told | {"taken": True})
        return taken


def stamp_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What shows that a file of the folder was written: names, times and sizes; nothing where there is no folder."""
    try:
        files = [(path.name, path.stat()) for path in folder.iterdir() if path.suffix in {".csv", ".toml"}]
    except OSError:  # in the middle of a change
        return ()
    return tuple(sorted((name, found.st_mtime_ns, found.st_size) for name, found in files))
