"""What was entered in a file and is not in the scenario read from it: which entry, and what stands there instead."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from agriplan.analysis.comparison import changes_by_key
from agriplan.analysis.entries import key_of, say_entries, say_path
from agriplan.analysis.values_in_force import say_default
from agriplan.engine.plan import Plan
from agriplan.errors import Called, Problem
from agriplan.sentences import LANGS, say
from agriplan.workbook.readback.finding import CellPlace


class LeftOut(NamedTuple):
    """A cell whose entry is not taken: its path in the scenario, where it stands, and what it holds (None: nothing)."""

    path: str
    place: CellPlace
    value: Any = None
    is_read: bool = True


def told_left_out(cells: Iterable[LeftOut], plan: Plan) -> Iterator[Problem]:
    """Each entry once, at the first of its cells: a figure and what is said of it are one."""
    by_key: dict[str, list[LeftOut]] = {}
    for cell in cells:
        by_key.setdefault(key_of(cell.path), []).append(cell)
    for key, found in by_key.items():
        yield _told(key, found, plan)


def _told(key: str, found: Sequence[LeftOut], plan: Plan) -> Problem:
    data, stands = plan.baselines, changes_by_key(plan.scenario).get(key, {})
    said = {
        "entry": Called("", *(say_path(key, data, lang) for lang in LANGS)),
        "instead": Called("", *(say_entries(stands, data, lang) or say_default(key, plan, lang) for lang in LANGS)),
    }
    unread = next((one for one in found if not one.is_read), None)
    if unread:
        return Problem(str(unread.place), "cell_left_out", said)
    typed = {one.path: one.value for one in found if one.value is not None}
    said["word"] = Called("", *(say_entries(typed, data, lang) or say("entry.blank", lang) for lang in LANGS))
    return Problem(str(found[0].place), "entry_left_out", said)
