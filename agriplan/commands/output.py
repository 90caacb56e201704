"""Results on disk: whole or not at all."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from agriplan.commands.console import send
from agriplan.commands.reading import is_dash, is_device
from agriplan.engine.plan import Plan
from agriplan.errors import OutputError, Problem
from agriplan.kept_files import replace_file
from agriplan.not_written import why_not_written
from agriplan.sentences import Lang
from agriplan.workbook.blueprints import TemplateSource
from agriplan.workbook.file_names import names_of_areas
from agriplan.workbook.files import find_template, load_template, write_comparison, write_pack, write_workbook

if TYPE_CHECKING:
    from agriplan.analysis.comparison import Comparison

# Endings that say what a file is; a folder is not called so, and no other file either.
ENDINGS = frozenset(
    {".csv", ".db", ".docx", ".json", ".ods", ".parquet", ".pdf", ".sqlite", ".sqlite3", ".toml", ".txt"}
)
ENDINGS |= {".doc", ".et", ".htm", ".html", ".odt", ".rtf", ".wps", ".xls", ".xlsm", ".xlsx", ".zip"}


def check_ending(path: Path, *wanted: str) -> None:
    """Raise `OutputError` where a file's name says that it holds something else than what will be written.

    >>> check_ending(Path("通辽.XLSX"), ".xlsx"), check_ending(Path("-"), ".xlsx"), check_ending(Path("2021.1"), ".csv")
    (None, None, None)
    """
    ending = path.suffix.lower()
    if ending in ENDINGS and ending not in wanted:
        raise OutputError([Problem(str(path), "wrong_ending", {"wanted": wanted[0], "ending": path.suffix})])


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file, and the folders above it; raises `OutputError`.

    The data go to a new file beside it first: whoever stops the program, or fills the disk, keeps the old file. A link
    stays one, and what is no file (a pipe, a device such as /dev/stdout) is written to and never replaced.
    """
    made: list[Path] = []
    try:
        path = _as_named_here(path)
        if is_device(path):
            path.write_bytes(data)
            return path
        file = path.resolve() if path.is_symlink() else path
        made = [folder for folder in file.parents if not folder.exists()]
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data, _usual_mode(), prefix=".agriplan-")
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
        for folder in made:  # those above a file that was not written, the innermost first
            with suppress(OSError):
                folder.rmdir()
        why = why_not_written(error.errno if isinstance(error, OSError) else errno.ELOOP)
        raise OutputError([Problem(str(path), "cannot_write", {"why": why})]) from None
    return path


def check_folder_name(folder: Path) -> None:
    """Raise `OutputError` where a folder is to be made or filled and something else is named."""
    is_file = folder.suffix.lower() in ENDINGS and not folder.is_dir()
    if is_dash(folder) or is_file or (folder.exists() and not folder.is_dir()):
        raise OutputError([Problem(str(folder), "no_folder_name")])


def hand_out(path: Path, data: bytes) -> Path:
    """Send a result to stdout where it is asked for as `-`, else write a file."""
    if is_dash(path):
        send(data)
        return path
    return write_whole(path, data)


def _as_named_here(path: Path) -> Path:
    """The path with a name that this system's locale can say; a Chinese one is written as UTF-8 where it has none."""
    try:
        os.fsencode(path.name)
    except UnicodeEncodeError:
        return path.with_name(os.fsdecode(path.name.encode()))
    return path


def _usual_mode() -> int:
    """What a new file may be read and written by; temporary ones are for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_workbooks(
    plan: Plan, codes: Sequence[str], output: Path | None, lang: Lang, own: Path | None
) -> Iterator[Path]:
    """Write the workbooks of these areas; yields each path once it is written.

    One goes to the file `output`, several into the folder `output`, or as the pack where that is called `.zip` or `-`.
    """
    style = _to_fill(plan, lang, own)
    place = output or Path()
    if is_dash(place) or (len(codes) > 1 and place.suffix.lower() == ".zip"):
        yield hand_out(
            place, write_pack(plan, style, lang) if codes[1:] else write_workbook(plan, codes[0], style, lang)
        )
        return
    into_folder = len(codes) > 1 or place.is_dir() or not (place.suffix or is_device(place))
    names = names_of_areas(plan.baselines.areas.values(), plan.scenario, lang)
    for code in codes:
        path = place / f"{names[code]}.xlsx" if into_folder else place
        yield write_whole(path, write_workbook(plan, code, style, lang))


def _to_fill(plan: Plan, lang: Lang, own: Path | None) -> TemplateSource:
    if own is None:
        return find_template(None, lang)
    from agriplan.workbook.checked_template import CheckedTemplateFile

    return CheckedTemplateFile(own, lang, plan)


def check_workbook_place(place: Path, count: int) -> None:
    """Raise `OutputError` where so many workbooks are not written to a place of that name: before any is made."""
    if count == 1 and not place.is_dir():
        check_ending(place, ".xlsx")
    elif count > 1 and place.suffix.lower() in ENDINGS - {".zip"}:
        raise OutputError([Problem(str(place), "folder_with_ending", {"ending": place.suffix})])


def write_comparison_workbook(comparison: "Comparison", output: Path, lang: Lang, own: Path | None) -> Path:
    """Write the comparison workbook, or send it to stdout."""
    from agriplan.workbook.checked_template import read_checked_template

    check_ending(output, ".xlsx")
    plan = comparison.plans[0]
    style = read_checked_template(plan, lang, own) if own else load_template(None, lang)
    return hand_out(output, write_comparison(comparison, style, lang))
