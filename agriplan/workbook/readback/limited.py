"""Read a workbook in a process of its own, which may take so much time and memory and then ends, whatever it found.

`python -m agriplan.workbook.readback.limited` is that process: the file comes in on standard input, what is in it goes
out on standard output as JSON. The system ends it where it takes too much (Linux: processor time and memory, macOS:
processor time); on Windows only the clock limits it, and the bounds of `package` and `parts`.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from agriplan.errors import Problem, WorkbookError
from agriplan.workbook.package import Package, look_into
from agriplan.workbook.readback.held_cell import EMPTY, Cells, Held
from agriplan.workbook.readback.parts import (
    Links,
    Styles,
    Texts,
    TooMuch,
    WorkbookPart,
    read_part,
)
from agriplan.workbook.readback.sheet_part import SheetPart

# A workbook of this plan takes 0.2 s and 40 MB.
MOST_SECONDS = 5
MOST_MEMORY = 300_000_000
# The clock runs on while the process starts, its answer travels and a busy machine lets it wait: where the system
# counts processor time, the clock is only the last resort.
PATIENCE = 3 if sys.platform == "win32" else 15
# How a process ends that took more time than the system was asked to let it.
_ENDED_BY_LIMITS = frozenset(-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")) - {0}
# What comes back is held by the process that asked, which serves others: the region's workbook is an answer of 1.2 MB.
# A text that many cells share is one in the file and many in the answer.
MOST_ANSWER_BYTES = 8_000_000
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"


class WorkbookContents(NamedTuple):
    """What readback needs of a workbook: its names (name -> reference), and the cells of its sheets by title."""

    names: dict[str, str]
    sheets: dict[str, Cells]


def read_contents(package: Package) -> WorkbookContents:
    """Read a harmless file in a process of its own; raises `WorkbookError`."""
    command = [sys.executable, "-P", "-m", "agriplan.workbook.readback.limited"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=package.data, capture_output=True, timeout=MOST_SECONDS + PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise WorkbookError([Problem("", "workbook_not_read_in_time")]) from None
    if done.returncode in _ENDED_BY_LIMITS or b"MemoryError" in done.stderr:
        raise WorkbookError([_too_hard()])
    if done.returncode != 0:
        raise WorkbookError([Problem("", "workbook_reading_broke_off")])
    answer = json.loads(done.stdout)
    if "problems" in answer:
        raise WorkbookError([Problem(*problem) for problem in answer["problems"]])
    return WorkbookContents(answer["names"], {title: _cells(rows) for title, rows in answer["sheets"].items()})


def parse_package(package: Package) -> WorkbookContents:
    """Read a harmless file here and now; raises `WorkbookError`, or what a damaged file leads to."""
    parts = package.read((_BOOK, _LINKS, _STRINGS, _STYLES))
    book = read_part(parts[_BOOK], WorkbookPart())
    targets = read_part(parts[_LINKS], Links()).targets
    homes = {title: targets[link] for title, link in book.links.items()}
    if len(set(homes.values())) < len(homes):  # two titles of one part would double the work
        raise ValueError(homes)
    strings = read_part(parts.get(_STRINGS), Texts()).found
    formats = read_part(parts.get(_STYLES), Styles()).found
    parts = package.read(homes.values())
    sheets: dict[str, Cells] = {}
    for title, home in homes.items():
        before = sum(map(len, sheets.values()))
        part = SheetPart(strings, formats, before, hidden=title in book.hidden)
        sheets[title] = read_part(parts[home], part).cells
    return WorkbookContents(book.names, sheets)


def _too_hard() -> Problem:
    return Problem("", "workbook_too_hard", {"seconds": MOST_SECONDS, "most": MOST_MEMORY // 1_000_000})


def _cells(rows: list[Any]) -> Cells:
    return {(column, row): Held(*held) for column, row, *held in rows}


def _refusal(problems: Iterable[Problem]) -> dict[str, Any]:
    return {"problems": [(problem.place, problem.code, problem.values) for problem in problems]}


def _told(held: Held) -> tuple[Any, ...]:
    """What a cell holds, up to the last that is not as in an empty one: the rest goes without saying.

    >>> _told(Held(5.0)), _told(Held(None, hidden=True))
    ((5.0,), (None, False, False, '', '', True))
    """
    known = len(held)
    while known and held[known - 1] == EMPTY[known - 1]:
        known -= 1
    return held[:known]


def _answer(data: bytes) -> dict[str, Any]:
    try:
        found = parse_package(look_into(data))
    except MemoryError:
        return _refusal([_too_hard()])
    except WorkbookError as error:
        return _refusal(error.problems)
    except (ParseError, LookupError, ValueError, OverflowError):
        return _refusal([Problem("", "not_a_workbook")])
    sheets = {title: [(*place, *_told(held)) for place, held in cells.items()] for title, cells in found.sheets.items()}
    return {"names": found.names, "sheets": sheets}


def _limit() -> None:
    """Ask the system to end this process where it takes too much; Windows has no such limits."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def answer_on_standard_output() -> None:
    """Read a workbook from standard input, answer on standard output."""
    _limit()
    sys.stdout.buffer.write(answer_to(sys.stdin.buffer.read()))


def answer_to(data: bytes) -> bytes:
    """What goes back for a file, no longer than the one that asked should have to hold."""
    answer = _written(_answer(data))
    if len(answer) > MOST_ANSWER_BYTES:
        return _written(_refusal(TooMuch("workbook_long_texts", MOST_ANSWER_BYTES // 1_000_000).problems))
    return answer


def _written(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    answer_on_standard_output()
