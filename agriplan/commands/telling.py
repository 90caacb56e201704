"""How the command line speaks: problems as sentences on stderr, files on stdout as UTF-8, a slip in Chinese too."""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import TextIOWrapper
from typing import Any, ParamSpec, TypeVar

import click

from agriplan.errors import AgriplanError, Problem
from agriplan.sentences import Lang

P = ParamSpec("P")
R = TypeVar("R")

BAD_INPUT = 2


def tells_problems(command: Callable[P, R], *, langs: tuple[Lang, ...] = ()) -> Callable[P, R]:
    """Turn an error that a person can put right into sentences on stderr and exit status 2.

    They are told in the language of the command line, or in each of `langs`.
    """

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AgriplanError as error:
            for lang in langs or (spoken_lang(),):
                click.echo(error.text(lang), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has seen enough; click ends quietly
                raise
            click.echo(Problem("stdout", "cannot_write").text(spoken_lang()), err=True)
        sys.exit(BAD_INPUT)

    return told


class Commands(click.Group):
    """The commands; a slip in typing one gets a Chinese sentence before click's English one."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read what stands before the command."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # a character that a terminal lacks is no reason to stop
        with _said_in_chinese():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _said_in_chinese():
            return super().invoke(ctx)


@contextmanager
def _said_in_chinese() -> Iterator[None]:
    try:
        yield
    except click.UsageError:
        if spoken_lang() == "zh":
            click.echo(Problem("", "command").text("zh"), err=True)
        raise


def spoken_lang() -> Lang:
    """The language that was asked for before the command."""
    context = click.get_current_context(silent=True)
    lang = context.find_root().params.get("lang") if context else None
    return "en" if lang == "en" else "zh"


def send(data: bytes) -> None:
    """Send a result to stdout as it stands: as UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
