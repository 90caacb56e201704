"""One writer of a data folder at a time: whoever changes it reads, changes and writes while no other command does.

The system holds the lock, on the folder itself, and lets go of it when the program ends, however it ends: nothing is
left behind, and nothing is written for it. Where it holds none (some network disks), commands run as they did.
"""

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from agriplan.errors import OutputError, Problem

WAIT = 20.0
"""Seconds for which a command waits for another one; none writes for more than one or two."""
_PAUSE = 0.02


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """Hold a folder, or the one in which it is to be made; raises `OutputError` where another command goes on doing so.

    Whatever is changed in it has to be read anew within.
    """
    until = time.monotonic() + WAIT
    while True:
        held = _nearest(folder)
        with _locked(held, folder, until):
            if held == _nearest(folder):
                yield
                return


def _nearest(folder: Path) -> tuple[Path, int]:
    """The folder, or the first of those above it that is there, and which one of that name it is."""
    for path in (folder.absolute(), *folder.absolute().parents):
        with suppress(OSError):
            return path, path.stat().st_ino
    return Path(folder.absolute().anchor), 0


@contextmanager
def _locked(held: tuple[Path, int], told: Path, until: float) -> Iterator[None]:
    try:
        handle = _handle(held[0])
    except OSError:  # whoever may not look into it cannot write there, which is told where it is tried
        yield
        return
    try:
        while not _try_lock(handle):
            if time.monotonic() > until:
                raise OutputError([Problem(str(told), "folder_held")])
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _handle(folder: Path) -> int:
        name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
        return os.open(Path(tempfile.gettempdir(), f"agriplan-{name}.held"), os.O_RDWR | os.O_CREAT)

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _handle(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # this disk knows no locks
            return True
        return True
