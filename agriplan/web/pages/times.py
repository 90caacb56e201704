"""Times on pages: all are written in one way, so that the script can turn each into that of whoever looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup, escape

from agriplan.errors import Problem
from agriplan.moments import print_time


def told_time(at: datetime, *, seconds: bool = False) -> Markup:
    """A moment by the clock of this machine, whose zone is named: without the script that is what counts.

    >>> told_time(datetime.fromisoformat("2026-11-28T06:43:05+00:00"))[:44]
    Markup('<time datetime="2026-11-28T06:43:05+00:00">2')
    """
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), print_time(at.astimezone(), seconds=seconds))


def with_times(problem: Problem, tell: Callable[[Problem], str]) -> str:
    """What is told of a problem, the times that it names as `told_time` writes them.

    >>> with_times(Problem("", "store_name_empty"), lambda problem: problem.text("en"))
    'a scenario needs a name'
    """
    times = [(name, value) for name, value in problem.values.items() if isinstance(value, datetime)]
    if not times:
        return tell(problem)
    # A character for private use: in no name that a person gives, since the store takes none that is unseen.
    marks = {name: f"\ue000{place}\ue000" for place, (name, _) in enumerate(times)}
    told = escape(tell(replace(problem, values={**problem.values, **marks})))
    for name, at in times:
        told = told.replace(marks[name], told_time(at))
    return told
