"""Results on disk: whole or not at all."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from agriplan.analysis.comparison import Comparison
from agriplan.commands.telling import send
from agriplan.engine.plan import Plan
from agriplan.errors import OutputError, Problem
from agriplan.sentences import Lang
from agriplan.workbook.file_names import area_name
from agriplan.workbook.files import find_template, load_template, write_comparison, write_pack, write_workbook

# What stands for stdout, or stdin, in the place of a file.
STDOUT = "-"


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file, and the folders above it; raises `OutputError`.

    The data go to a new file beside it first: whoever stops the program, or fills the disk, keeps the old file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".agriplan-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(draft).chmod(_usual_mode())
            Path(draft).replace(path)
        finally:
            with suppress(OSError):
                Path(draft).unlink(missing_ok=True)
    except OSError:
        raise OutputError([Problem(str(path), "cannot_write")]) from None
    return path


def hand_out(path: Path, data: bytes) -> None:
    """Send a result to stdout where it is asked for as `-`, else write a file."""
    if str(path) == STDOUT:
        send(data)
    else:
        write_whole(path, data)


def _usual_mode() -> int:
    """What a new file may be read and written by; temporary ones are for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_workbooks(
    plan: Plan, codes: Sequence[str], output: Path | None, lang: Lang, template: Path | None
) -> Iterator[Path]:
    """Write the workbooks of these areas; yields each path once it is written.

    One goes to the file `output`, several into the folder `output`, or as the pack where that is called `.zip`.
    """
    style, place = find_template(template, lang), output or Path()
    if len(codes) > 1 and place.suffix.lower() == ".zip":
        yield write_whole(place, write_pack(plan, style, lang))
        return
    into_folder = len(codes) > 1 or place.is_dir() or not place.suffix
    for code in codes:
        name = area_name(plan.baselines.areas[code].name(lang), plan.scenario, lang)
        path = place / f"{name}.xlsx" if into_folder else place
        yield write_whole(path, write_workbook(plan, code, style, lang))


def write_comparison_workbook(comparison: Comparison, output: Path, lang: Lang) -> Path:
    """Write the comparison workbook."""
    return write_whole(output, write_comparison(comparison, load_template(None, lang), lang))
