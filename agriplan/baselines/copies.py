"""The files of a plan folder as they are copied and changed: read, checked before anything is written, packed."""

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from agriplan.baselines.files import FILES
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.baselines.rows import read_text, version_of
from agriplan.bounded_reading import MOST_DATA, FileTooLargeError, read_bounded
from agriplan.errors import BaselinesError, Problem
from agriplan.plain_text import plain_text

README = "README.md"
# The same files, the same bytes: a zip would else hold the time at which it was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a plan folder by name; hidden ones and folders within are no part of it.

    Raises `BaselinesError` where something too large to be copied lies among them.
    """
    paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    files: dict[str, bytes] = {}
    for path in paths:
        try:
            files[path.name] = read_bounded(path, MOST_DATA)
        except FileTooLargeError as error:
            raise BaselinesError([Problem(path.name, "file_too_large", {"most": error.most})]) from None
    return files


def texts_of(folder: Path) -> dict[str, str]:
    """The texts of a plan folder's files, with one sort of line ends; what is no text (a workbook) is none of them."""
    texts = {}
    for name, data in files_of(folder).items():
        with suppress(UnicodeDecodeError):
            texts[name] = plain_text(data)
    return texts


def texts_as_read(data: Baselines) -> dict[str, str]:
    """The texts of a plan's files as they were when it was read, and its README as it stands, where it has one.

    A service hands these out: they fit the figures it shows while the folder is edited, and whatever else stands in the
    folder, or is only linked to from there, is not for everybody.
    """
    readme = data.folder / README
    try:
        about = {} if readme.is_symlink() else {README: plain_text(read_bounded(readme, MOST_DATA))}
    except (OSError, UnicodeDecodeError):
        about = {}
    return {**data.texts, **about}


def version_now(folder: Path) -> str:
    """The version that the folder's files have as they stand now, whether they are sound or not."""
    return version_of({name: read_text(folder / name, FILES, []) for name in FILES if (folder / name).exists()})


def check_files(files: Mapping[str, bytes], within: Path | None = None) -> Baselines:
    """Read files as a plan folder, in a place of their own; raises `BaselinesError` with all that is wrong."""
    with tempfile.TemporaryDirectory(dir=within, prefix=".agriplan-") as draft:
        for name, data in files.items():
            (Path(draft) / name).write_bytes(data)
        return read_baselines(Path(draft))


def pack_folder(name: str, files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, in a folder of that name."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as pack:
        for file, data in sorted(files.items()):
            pack.writestr(ZipInfo(f"{name}/{file}", _NO_TIME), data, ZIP_DEFLATED)
    return out.getvalue()
