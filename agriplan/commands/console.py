"""What the command line says: results on stdout, problems as sentences on stderr."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from io import BufferedIOBase, TextIOWrapper, UnsupportedOperation
from typing import ParamSpec, TextIO, TypeVar

import click
from click.core import ParameterSource

from agriplan.errors import AgriplanError, OutputError, Problem
from agriplan.not_written import why_not_written
from agriplan.sentences import Lang
from agriplan.stopping import typed_lang

CommandWords = ParamSpec("CommandWords")
Given = TypeVar("Given")
BAD_INPUT = 2


def spoken_lang() -> Lang:
    """The language that was asked for before the command."""
    context = click.get_current_context(silent=True)
    if context is None:
        return typed_lang()
    return "en" if context.find_root().params.get("lang") == "en" else "zh"


def tells_problems(
    command: Callable[CommandWords, Given], *, langs: tuple[Lang, ...] = ()
) -> Callable[CommandWords, Given]:
    """Turn an error that a person can put right into sentences on stderr and exit status 2.

    They are told in the language of the command line, or in each of `langs`.
    """

    @wraps(command)
    def told(*args: CommandWords.args, **kwargs: CommandWords.kwargs) -> Given:
        with problems_told(*langs):
            return command(*args, **kwargs)

    return told


@contextmanager
def problems_told(*langs: Lang) -> Iterator[None]:
    """Say what cannot be done, written or waited for, and end with status 2; not where the reader has seen enough."""
    _prepare_streams()
    problems: AgriplanError
    try:
        yield
        return
    except AgriplanError as error:
        problems = error
    except KeyboardInterrupt:
        problems = OutputError([Problem("", "stopped")])
    except OSError as error:
        if error.errno == errno.EPIPE:
            _let_go_of(sys.stdout)
            sys.exit(0)
        problems = OutputError([_of_system(error)])
        if error.filename is None:
            _let_go_of(sys.stdout)
    problems = _by_options(problems)
    for lang in langs or (spoken_lang(),):
        complain(problems.text(lang))
    sys.exit(BAD_INPUT)


def _by_options(error: AgriplanError) -> AgriplanError:
    """The same problems; one about a value that was typed behind an option is placed there, not at a field."""
    context = click.get_current_context(silent=True)
    params = context.command.params if context else ()
    typed = {
        param.name: max(param.opts, key=len)
        for param in params
        if context and isinstance(param, click.Option) and param.name
        if context.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
    }
    return AgriplanError(replace(one, place=typed.get(one.place, one.place)) for one in error.problems)


def complain(text: str) -> None:
    """Say on stderr what is wrong; where that cannot be written to either, the status alone says it."""
    try:
        click.echo(text, err=True)
    except OSError:
        _let_go_of(sys.stderr)


def _of_system(error: OSError) -> Problem:
    """What the system refused: a path that cannot be one, else what was to be printed."""
    if error.filename is None:
        return Problem("stdout", "cannot_write", {"why": why_not_written(error.errno)})
    return Problem(os.fsdecode(error.filename), "path_unusable", {"reason": os.strerror(error.errno or 0)})


def tell_beside(cautions: Iterable[Problem], lang: Lang) -> None:
    """Say on stderr what is to be known beside a result."""
    for caution in cautions:
        complain(caution.text(lang))


def show(text: str) -> None:
    """Print a result for a person; raises `OutputError` where there is no stdout."""
    _stdout().write(f"{text}\n")
    _stdout().flush()


def send(data: bytes) -> None:
    """Send a result to stdout as it stands, whatever the terminal's encoding is; raises `OutputError` without one."""
    out = _stdout()
    out.flush()
    out.buffer.write(data)
    out.buffer.flush()


def _stdout() -> TextIOWrapper:
    if sys.stdout is None:  # closed by whoever started the program
        raise OutputError([Problem("", "no_stdout")])
    return sys.stdout  # type: ignore[return-value]


def _prepare_streams() -> None:
    """Let every sentence be printed: as UTF-8 where the locale has no Chinese, else with a mark for a gap."""
    sys.stdout, sys.stderr = _whole(sys.stdout), _whole(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            try:
                "盟市".encode(stream.encoding)
            except UnicodeEncodeError:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def _whole(stream: TextIO) -> TextIO:
    """The same stream, through a buffer where it has none (PYTHONUNBUFFERED).

    Only that goes on where the system took a part of what is to be written, and says so where the disk is full: without
    one the rest is dropped in silence.
    """
    if not isinstance(stream, TextIOWrapper) or isinstance(stream.buffer, BufferedIOBase):
        return stream
    buffered = open(stream.fileno(), "wb", closefd=False)  # noqa: SIM115 - as long as the program runs
    return TextIOWrapper(buffered, encoding=stream.encoding, errors=stream.errors, line_buffering=True)


def _let_go_of(stream: object) -> None:
    """Nobody reads on, or nothing can be written: nothing is left to be written when the program ends."""
    if isinstance(stream, TextIOWrapper):
        with suppress(UnsupportedOperation):  # held in memory by whoever runs a command within a program
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
