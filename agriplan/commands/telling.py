"""What the command line says: results on stdout, problems as sentences on stderr."""

import errno
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from io import TextIOWrapper
from typing import ParamSpec, TypeVar

import click

from agriplan.commands.spoken import BAD_INPUT, spoken_lang
from agriplan.errors import AgriplanError, OutputError, Problem
from agriplan.sentences import Lang

CommandWords = ParamSpec("CommandWords")
Given = TypeVar("Given")


def tells_problems(
    command: Callable[CommandWords, Given], *, langs: tuple[Lang, ...] = ()
) -> Callable[CommandWords, Given]:
    """Turn an error that a person can put right into sentences on stderr and exit status 2.

    They are told in the language of the command line, or in each of `langs`.
    """

    @wraps(command)
    def told(*args: CommandWords.args, **kwargs: CommandWords.kwargs) -> Given:
        _prepare_streams()
        problems: AgriplanError
        try:
            return command(*args, **kwargs)
        except AgriplanError as error:
            problems = error
        except KeyboardInterrupt:
            problems = OutputError([Problem("", "stopped")])
        except OSError as error:
            if error.errno == errno.EPIPE:
                _let_go_of_stdout()
                sys.exit(0)
            problems = OutputError([_of_system(error)])
        for lang in langs or (spoken_lang(),):
            click.echo(problems.text(lang), err=True)
        sys.exit(BAD_INPUT)

    return told


def _of_system(error: OSError) -> Problem:
    """What the system refused: a path that cannot be one, else what was to be printed."""
    if error.filename is None:
        return Problem("stdout", "cannot_write")
    return Problem(os.fsdecode(error.filename), "path_unusable", {"reason": os.strerror(error.errno or 0)})


def tell_beside(cautions: Iterable[Problem], lang: Lang) -> None:
    """Say on stderr what is to be known beside a result."""
    for caution in cautions:
        click.echo(caution.text(lang), err=True)


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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            try:
                "盟市".encode(stream.encoding)
            except UnicodeEncodeError:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def _let_go_of_stdout() -> None:
    """The reader has seen enough: nothing is left to be written when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
