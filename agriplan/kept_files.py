"""Files on disk that programs write: whole or not at all; kept ones are cleared away by when they were last used.

Installations and data folders share the user's cache folder. Nothing is cleared away because it is somebody else's:
what goes is what nobody has used for longest, and what a process that was killed left half written.
"""

import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_DRAFT = ".part"
LEFT_BEHIND = 3600.0
"""Seconds after which nobody writes a draft any more; none takes more than a few."""


def replace_file(path: Path, data: bytes, mode: int = 0o600, prefix: str = "") -> None:
    """Put a file there whole or not at all; raises `OSError`, and leaves nothing but what was there then.

    The data go to a draft beside it first, called by the file's name or that prefix.
    """
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=prefix or path.stem, suffix=_DRAFT)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    finally:
        with suppress(OSError):
            Path(draft).unlink(missing_ok=True)


def put_in_place(draft: Path, path: Path) -> None:
    """Let a draft on the same disk take its place once it is on the disk for good, a power cut included.

    Raises `OSError`. Where a system knows no folders as files (Windows), the name alone may be lost.
    """
    _settle(draft, os.O_RDWR)
    draft.replace(path)
    with suppress(OSError):
        _settle(path.parent, os.O_RDONLY)


def _settle(path: Path, how: int) -> None:
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_folders(parent: Path, prefix: str) -> None:
    """Leave no folder of drafts that a kill left behind; one that cannot be cleared away stays."""
    for each in parent.glob(f"{prefix}*"):
        if _used(each) < time.time() - LEFT_BEHIND:
            shutil.rmtree(each, ignore_errors=True)


def is_own(path: Path, most: int) -> bool:
    """Whether it is a file of at most `most` bytes that nobody else could have written; raises `OSError` for none."""
    about = path.stat()
    owned = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)
    return stat.S_ISREG(about.st_mode) and owned and about.st_size <= most


def mark_used(path: Path) -> None:
    """Let the time of a file say that it was used now, where it is there and may be touched."""
    with suppress(OSError):
        os.utime(path)


def clear_away(folder: Path, name: str, ending: str, most: int) -> None:
    """Leave the `most` files `NAME-….ENDING` that were used last, and no draft of that name that a kill left behind."""
    kept = sorted(folder.glob(f"{name}-*{ending}"), key=_used, reverse=True)
    drafts = [each for each in folder.glob(f"{name}*{_DRAFT}") if _used(each) < time.time() - LEFT_BEHIND]
    for each in (*kept[most:], *drafts):
        each.unlink(missing_ok=True)


def _used(path: Path) -> float:
    """When a file was last used; one that another process has just cleared away, never."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
