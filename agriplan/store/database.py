"""A database in use: what it is asked is answered soon or not at all, and a save that is acknowledged is really there.

A file that was moved, deleted or replaced is noticed before a save is acknowledged; a database that has just kept
somebody waiting in vain is not asked again for a moment, so that it does not take every thread of the service with it.
"""

import logging
import math
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from agriplan.errors import Problem, StoreError, StoreUnavailable
from agriplan.store import connecting
from agriplan.store.connecting import reading, without_password, writing
from agriplan.store.file_watch import HISTORY_SECONDS, FileWatch

SLOW_SECONDS = 1.0  # a failure that took longer was one of waiting
PAUSE_SECONDS = 2.0  # before somebody else tries
BUSY_SECONDS = 30.0  # for a turn, while the saves of others get done
CHECK_SECONDS = 60.0  # how often the whole file is looked through for damage; a second for a full one
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")  # how the names of what SQLite says of a damaged file begin
LEAST_FREE_BYTES = 20_000_000  # a checkpoint of the write-ahead log needs about four

_LOG = logging.getLogger("agriplan.store")
FileIdentity = tuple[int, int]


class CircuitBreaker:
    """Fails at once for a moment after somebody waited in vain.

    >>> breaker = CircuitBreaker(slow=0, pause=60)
    >>> for _ in range(2):
    ...     try:
    ...         with breaker.watching():
    ...             raise StoreUnavailable([Problem("", "store_no_turn")])
    ...     except StoreUnavailable as error:
    ...         print(error.problems[0].code)
    store_no_turn
    store_no_turn
    >>> breaker.is_open
    True
    """

    def __init__(self, slow: float = SLOW_SECONDS, pause: float = PAUSE_SECONDS) -> None:
        self._slow = slow
        self._pause = pause
        self._until = 0.0
        self._done = 0.0  # when somebody last got through: as long as some do, others wait for their turn
        self._problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody is let through."""
        return time.monotonic() < self._until

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Let through under the same condition, without judging how it goes."""
        if self.is_open:
            raise StoreUnavailable(self._problems)
        yield

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Let through, unless somebody has just waited in vain."""
        began = time.monotonic()
        try:
            with self.passing():
                yield
            self._done = time.monotonic()
        except StoreUnavailable as error:
            if time.monotonic() - began >= self._slow and self._done < began:
                self._problems, self._until = error.problems, time.monotonic() + self._pause
            raise


@contextmanager
def without_details(location: str) -> Iterator[None]:
    """Tell the person what happened and the log where: paths and addresses are not for everybody."""
    try:
        yield
    except StoreUnavailable as error:
        if error.problems[0].code != "store_unavailable":  # said in our own words already
            raise
        _LOG.warning("%s: %s", location, error.problems[0].values.get("reason", ""))
        raise StoreUnavailable([Problem("", _what_happened(error))]) from error


def _what_happened(error: StoreUnavailable) -> str:
    """The code for what the database said."""
    said = getattr(getattr(error.__cause__, "orig", None), "sqlite_errorname", None) or ""
    if said.startswith(DAMAGED):
        return "store_corrupt"
    return "store_no_turn" if "lock" in str(error.problems[0].values.get("reason", "")) else "store_away"


class Database:
    """An engine with the care that a running service needs; may be shared by threads."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.file = Path(str(engine.url.database)).absolute() if engine.dialect.name == "sqlite" else None
        self._reads = CircuitBreaker(SLOW_SECONDS, PAUSE_SECONDS)
        self._writes = CircuitBreaker(SLOW_SECONDS, PAUSE_SECONDS)  # who waits for a lock keeps no reader away
        self._turn = Lock()  # one writer of each process asks SQLite for its turn, which is not fair to many
        self._saved = 0.0  # when a save of this process was last done
        self._seen = self._identity()
        self._watch = FileWatch(self.file)
        self._checked = (-math.inf, "ok")
        self._has_failed = False  # whether the last save did

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """One transaction that only reads; raises `StoreUnavailable`."""
        return self._reading()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._reads.watching():
            self._find_file()
            with without_details(self.location), reading(self.engine) as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that writes; when this returns, what was written is in the file of that name."""
        try:
            with self._writing() as connection:
                yield connection
        except StoreUnavailable:
            self._has_failed = True
            raise
        self._has_failed = False

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._reads.passing(), self._writes.watching(), self._own_turn():
            before = self._find_file()
            with without_details(self.location), ExitStack() as stack:
                connection = self._begin(stack)
                self._watch.see(connection)
                yield connection
            self._saved = time.monotonic()
            log = self.file and self.file.with_name(f"{self.file.name}-wal")
            if self._watch.is_written_over():
                raise StoreUnavailable([Problem("", "store_written_over")])
            if log and (self._identity() != before or not log.exists() or self._watch.is_spoilt):
                self.engine.dispose()
                raise StoreUnavailable([Problem("", "store_moved")])

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        patience, end = connecting.PATIENCE_SECONDS, time.monotonic() + BUSY_SECONDS
        while not self._turn.acquire(timeout=patience):
            now = time.monotonic()
            if now - self._saved > patience or now > end:  # nobody gets anywhere, or there are far too many
                raise StoreUnavailable([Problem("", "store_no_turn")])
        try:
            yield
        finally:
            self._turn.release()

    def _begin(self, stack: ExitStack) -> sa.Connection:
        """Begin to write; wait on while another process gets its saves done, since SQLite's turns are not fair."""
        end = time.monotonic() + BUSY_SECONDS
        while True:
            before = self._log_changed()
            try:
                return stack.enter_context(writing(self.engine))
            except StoreUnavailable:
                if self._log_changed() == before or time.monotonic() > end:
                    raise

    def _log_changed(self) -> int:
        """When the write-ahead log of the file was last written to."""
        try:
            return self.file.with_name(f"{self.file.name}-wal").stat().st_mtime_ns if self.file else 0
        except OSError:
            return 0

    def _identity(self) -> FileIdentity | None:
        """Which file there is under the name at the moment."""
        try:
            found = self.file.stat() if self.file else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found else None

    def _find_file(self) -> FileIdentity | None:
        """The file that is there now; connections to one that was there before are let go."""
        if self.file is None:
            return None
        now = self._identity()
        if now != self._seen:
            self.engine.dispose()
            self._watch.renew()
            self._seen = now
        if now is None:
            raise StoreUnavailable([Problem("", "store_gone")])
        if fault := self._watch.fault(within=HISTORY_SECONDS):
            raise StoreUnavailable([Problem("", fault)])
        return now

    def bytes_taken(self, connection: sa.Connection) -> int:
        """How large the database is."""
        if self.file is None:
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        pages, size, free = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_count", "page_size", "freelist_count")
        )
        return (pages - free) * size

    def check(self) -> None:
        """Raise `StoreError` where saving would fail: no file, a damaged one, no room, no answer."""
        with self.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM revision").scalar_one()
            if self.file:
                self._look_through(connection)
                self._watch.see(connection)
                self._find_file()
        if self._has_failed:
            with self.writing():
                pass  # whether there is a turn to be had again
        if self.file and shutil.disk_usage(self.file.parent).free < LEAST_FREE_BYTES:
            raise StoreError([Problem("", "store_disk_full")])

    def _look_through(self, connection: sa.Connection) -> None:
        """SQLite's own check of the whole file, once a minute and after a save that failed."""
        at, found = self._checked
        if time.monotonic() - at > CHECK_SECONDS or found != "ok" or self._has_failed:
            found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
            self._checked = (time.monotonic(), found)
        if found != "ok":
            raise StoreUnavailable([Problem("", "store_corrupt")])

    @property
    def location(self) -> str:
        """Where it is, as it may be logged."""
        return without_password(self.engine.url)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()
        self._watch.close()
