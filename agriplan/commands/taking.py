"""What `agriplan take` does: read tables, show what is in them, write what was confirmed, take it back."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from agriplan.at_once import do_all
from agriplan.baselines.copies import texts_of, version_now
from agriplan.bounded_reading import MOST_UPLOAD
from agriplan.commands.folders import change_folder, undo_change
from agriplan.commands.held_folder import held_folder
from agriplan.commands.reading import check_streams, name_to_tell, read_handed_in
from agriplan.commands.session import Session
from agriplan.errors import AgriplanError, BaselinesError, OutputError, Problem, WorkbookError
from agriplan.formatting import print_observed, print_taken
from agriplan.places import baselines_folder
from agriplan.report.terminal_table import print_table
from agriplan.sentences import SEMICOLONS, say
from agriplan.taking.accepting import Provenance, accept, check_provenance, error_by_grade
from agriplan.taking.bases import count_standing, figures_standing
from agriplan.taking.checking import check_readings, gather_reasons
from agriplan.taking.given import TableScope
from agriplan.taking.grid import Grid
from agriplan.taking.reading import TakenFigure, read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.two_values import tell_twice_valued, without_twice_valued
from agriplan.taking.words import Words


def session_with(session: Session, output: Path | None) -> Session:
    """The session with the data of the folder that is written to, where that is a plan folder already."""
    return replace(session, folder=output) if output and (output / "plan.toml").exists() else session


@contextmanager
def held_session(session: Session, output: Path | None) -> Iterator[Session]:
    """Hold the folder that is written to; gives the session with its data read anew where they are others by now."""
    with held_folder(_target(session, output)):
        now = session_with(session, output)
        same = now.folder == session.folder and version_now(session.baselines.folder) == session.baselines.version
        yield session if same else replace(now)


def read_tables(
    session: Session,
    files: Sequence[Path],
    area: str | None,
    year: int | None,
    said: Mapping[str, Any],
    *,
    writes: bool,
) -> list[TakenFigure]:
    """The figures of all tables, not yet checked; raises what is wrong with each file, by its name, and with options.

    `said` is what was said so far of all that is read (see `Provenance`): all of it, where it `writes` and nobody is
    there to be asked.
    """
    code, grids, _, _ = do_all(
        lambda: session.area_code(area) if area else "",
        lambda: _grids_of(files),
        lambda: check_provenance(Provenance(**said), session.baselines),
        lambda: asked_once(session, dict(said)) if writes and not sys.stdin.isatty() else None,
    )
    words, scope = Words(session.baselines), TableScope(code, year)
    taken = [one for grid in grids for one in read_figures(grid, words, scope)]
    if not any(one.is_known for one in taken):
        raise WorkbookError([Problem(name_to_tell(files[0]), "table_nothing"), *gather_reasons(taken)])
    return taken


def check_taken(session: Session, taken: Sequence[TakenFigure], basis: str) -> list[TakenFigure]:
    """The figures with every reason to doubt them, of that basis where one is chosen."""
    return check_readings(taken, session.baselines, basis)


def show_taken(session: Session, taken: Sequence[TakenFigure], basis: str) -> str:
    """The figures as a table, each beside what stands now and its reasons for doubt; below it what was not taken."""
    lang, data = session.lang, session.baselines
    rows = []
    for one in taken:
        if one.is_known and one.value is not None:
            indicator = data.indicators[one.indicator]
            stands = figures_standing(one, data, basis).items()
            named = ((print_observed(known, indicator.decimals), data.basis_name(at, lang)) for at, known in stands)
            so_far = SEMICOLONS[lang].join(say("take.standing", lang, value=known, basis=at) for known, at in named)
            names = [one.place, say(f"state.{one.state}", lang), data.areas[one.area].name(lang), indicator.name(lang)]
            reasons = SEMICOLONS[lang].join(Problem("", p.code, p.values).text(lang) for p in one.remarks)
            value = print_taken(one.value, indicator.decimals, one.text)
            rows.append([*names, str(one.year), value, indicator.unit(lang), so_far, reasons])
    columns = ("take.place", "take.state", "page.col.area", "page.col.indicator", "page.col.year", "page.col.value")
    header = [say(code, lang) for code in (*columns, "page.col.unit", "take.known", "take.why")]
    states = Counter(one.state for one in taken)
    counts = {state: states[state] for state in ("found", "doubtful", "unknown")}
    lines = [problem.text(lang) for problem in gather_reasons(taken)]
    lines.append(say("take.counts", lang, all=len(taken), **counts))
    count = count_standing(taken, data, basis) if basis else 0
    lines += [say("take.replaces", lang, basis=data.basis_name(basis, lang), count=count)] if count else []
    return "\n".join([print_table("", header, rows, texts=4), "", *lines])


def asked_once(session: Session, said: dict[str, Any]) -> Provenance:
    """Basis, grade and source of the whole table; a terminal is asked for what was not said."""
    missing = [name for name in ("basis", "grade", "source") if not said[name]]
    if missing and sys.stdin.isatty():
        said |= {name: click.prompt(say(f"take.{name}", session.lang), err=True) for name in missing}
    elif missing:
        raise BaselinesError(
            Problem("", "take_missing", {"what": say(f"take.{name}", session.lang), "option": f"--{name}"})
            for name in missing
        )
    return Provenance(**said)


def write_taken(session: Session, taken: list[TakenFigure], output: Path | None, said: Provenance) -> str:
    """Write what was confirmed, but for figures with two values; says where and how much, and which were left out."""
    source = session.baselines.folder
    target = _target(session, output)
    told = [one.text(session.lang) for one in tell_twice_valued(taken, session.baselines, "take_left_out")]
    accepted = accept(without_twice_valued(taken), said, session.baselines, texts_of(source))
    if not accepted.new + accepted.changed:
        return "\n".join([*told, say("take.nothing", session.lang)])
    change_folder(source, target, accepted.texts)
    by_grade = [] if said.relative_error is not None else [error_by_grade(said.grade, session.lang)]
    done = say("take.written", session.lang, folder=target, new=accepted.new, changed=accepted.changed)
    return "\n".join([*told, *by_grade, done])


def undo_taking(session: Session, output: Path | None) -> str:
    """Take back what was written last."""
    target = _target(session, output)
    with held_folder(target):
        undo_change(target)
    return say("take.undone", session.lang, folder=target)


def _target(session: Session, output: Path | None) -> Path:
    """Where to write: what was named, else the plan folder of the session; never the shipped one."""
    target = output or session.folder
    if target is None or (target.exists() and target.samefile(baselines_folder())):
        raise OutputError([Problem("", "take_no_folder")])
    return target


def _grids_of(files: Sequence[Path]) -> list[Grid]:
    if not files:
        raise WorkbookError([Problem("", "no_table_file")])
    check_streams(files)
    grids: list[Grid] = []
    problems: list[Problem] = []
    for file in files:
        try:
            grids += _grids(file)
        except AgriplanError as error:
            name = name_to_tell(file)
            placed = all(one.place.startswith(name) for one in error.problems)
            problems += (error if placed else error.within(name)).problems
    if problems:
        raise WorkbookError(problems)
    return grids


def _grids(file: Path) -> list[Grid]:
    name = name_to_tell(file)
    return read_file(name, read_handed_in(file, MOST_UPLOAD, WorkbookError, "table_unreadable", called=name))
