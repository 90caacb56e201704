"""Plan folders on disk: a copy, a change that is checked before it is written, and the way back."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from agriplan.baselines.copies import check_files, files_of
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.bounded_reading import MOST_DATA, read_bounded
from agriplan.commands.held_folder import held_folder
from agriplan.commands.output import check_folder_name, write_whole
from agriplan.errors import OutputError, Problem
from agriplan.not_written import why_not_written

# Where a folder keeps what stood in its files before the last change.
BEFORE = ".before"
_AFTER = "after.json"


def make_folder(folder: Path, files: Mapping[str, bytes], check: bool = True) -> Baselines | None:
    """Make a plan folder of these files, whole or not at all; raises `BaselinesError` or `OutputError`.

    Where it is to be checked first, nothing is made of files that cannot be used.
    """
    with held_folder(folder):
        return _make(folder, files, check)


def _make(folder: Path, files: Mapping[str, bytes], check: bool = True) -> Baselines | None:
    check_new_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _draft(folder.parent) as draft:
            for name, data in files.items():
                (draft / name).parent.mkdir(exist_ok=True)
                (draft / name).write_bytes(data)
            made = read_baselines(draft) if check else None
            if folder.exists():
                folder.rmdir()
            draft.chmod(0o755)
            draft.rename(folder)
    except OSError as error:
        why = why_not_written(error.errno)
        raise OutputError([Problem(str(folder), "cannot_write", {"why": why})]) from None
    return made


def check_new_folder(folder: Path) -> None:
    """Raise `OutputError` where a plan folder cannot be made: it is none by its name, or holds something."""
    check_folder_name(folder)
    if folder.exists() and any(folder.iterdir()):
        raise OutputError([Problem(str(folder), "folder_not_empty")])


def change_folder(source: Path, target: Path, texts: Mapping[str, str]) -> None:
    """Write changed files into a plan folder, first a copy of `source` where it is none yet; only what is sound.

    What stood there before is kept beside it first, so that `undo_change` brings it back wherever this is stopped.
    Whoever read the texts to change them, or undoes, holds the folder from then on (`held_folder`).
    """
    is_new = not (target / "plan.toml").exists()
    old = files_of(source if is_new else target)
    new = old | {name: text.encode() for name, text in texts.items()}
    after = {name: _hash(new[name]) for name in texts}
    kept = {_kept_as(name, after[name]): old[name] for name in texts}
    told = json.dumps(after).encode()
    if is_new:
        _make(target, new | {f"{BEFORE}/{name}": data for name, data in {**kept, _AFTER: told}.items()})
        return
    _checked(target, new)
    for name, data in kept.items():
        write_whole(target / BEFORE / name, data)
    write_whole(target / BEFORE / _AFTER, told)  # from here on the change can be undone, the one before no more
    for file in (target / BEFORE).iterdir():
        with suppress(OSError):
            if file.name not in {*kept, _AFTER}:
                file.unlink()
    try:
        for name in texts:
            write_whole(target / name, new[name])
    except OutputError:
        with suppress(OutputError):
            undo_change(target)
        raise


def undo_change(folder: Path) -> None:
    """Bring back what stood in a folder's files before the last change; raises `OutputError` where it cannot be.

    Each file may stand as it was before or after: either step may have been stopped between two files.
    """
    before = folder / BEFORE
    try:
        after = json.loads(read_bounded(before / _AFTER, MOST_DATA))
        old = {name: _kept(before, name, hashed) for name, hashed in after.items()}
    except (OSError, ValueError):
        raise OutputError([Problem(str(folder), "take_no_undo")]) from None
    if any(_hash_now(folder / name) not in (hashed, _hash(old[name])) for name, hashed in after.items()):
        raise OutputError([Problem(str(folder), "take_unlike_before")])
    for name, data in old.items():
        write_whole(folder / name, data)
    try:
        (before / _AFTER).unlink()
    except OSError as error:
        why = why_not_written(error.errno)
        raise OutputError([Problem(str(before / _AFTER), "cannot_write", {"why": why})]) from None
    shutil.rmtree(before, ignore_errors=True)


def _kept_as(name: str, after: str) -> str:
    """What a file is called that was changed into that: no change takes what another one has kept."""
    return f"{after[:16]}-{name}"


def _kept(before: Path, name: str, after: str) -> bytes:
    file = before / _kept_as(name, after)
    # agriplan 0.2 kept it under its own name.
    return read_bounded(file if file.exists() else before / name, MOST_DATA)


def _hash_now(file: Path) -> str:
    """The hash of a file as it stands; of none where it is away."""
    try:
        return _hash(read_bounded(file, MOST_DATA))
    except OSError:
        return ""


def _checked(beside: Path, files: Mapping[str, bytes]) -> None:
    try:
        check_files(files, beside.parent)
    except OSError as error:
        why = why_not_written(error.errno)
        raise OutputError([Problem(str(beside), "cannot_write", {"why": why})]) from None


@contextmanager
def _draft(parent: Path) -> Iterator[Path]:
    draft = Path(tempfile.mkdtemp(dir=parent, prefix=".agriplan-"))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
