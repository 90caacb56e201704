"""Everything that is wrong is told at once: steps that do not need one another are all taken before any is refused."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar, overload

from agriplan.errors import AgriplanError, Busy, Problem, TooMany

_A = TypeVar("_A")
_B = TypeVar("_B")
_C = TypeVar("_C")
_D = TypeVar("_D")
_E = TypeVar("_E")
_F = TypeVar("_F")
# What nobody can put right but by asking again: it is told by itself.
_LATER = (Busy, TooMany)


@overload
def do_all(a: Callable[[], _A], b: Callable[[], _B], /) -> tuple[_A, _B]: ...
@overload
def do_all(a: Callable[[], _A], b: Callable[[], _B], c: Callable[[], _C], /) -> tuple[_A, _B, _C]: ...
@overload
def do_all(
    a: Callable[[], _A], b: Callable[[], _B], c: Callable[[], _C], d: Callable[[], _D], /
) -> tuple[_A, _B, _C, _D]: ...
@overload
def do_all(
    a: Callable[[], _A], b: Callable[[], _B], c: Callable[[], _C], d: Callable[[], _D], e: Callable[[], _E], /
) -> tuple[_A, _B, _C, _D, _E]: ...
@overload
def do_all(
    a: Callable[[], _A],
    b: Callable[[], _B],
    c: Callable[[], _C],
    d: Callable[[], _D],
    e: Callable[[], _E],
    f: Callable[[], _F],
    /,
) -> tuple[_A, _B, _C, _D, _E, _F]: ...
def do_all(*steps: Callable[[], Any]) -> tuple[Any, ...]:
    """What the steps give; where any fails, what is wrong with each is told, each thing once, as the first's error.

    >>> from agriplan.errors import ScenarioError
    >>> def fail(place):
    ...     raise ScenarioError([Problem(place, "empty")])
    >>> do_all(lambda: fail("--area"), lambda: 3, lambda: fail("as_of"), lambda: fail("--area"))
    Traceback (most recent call last):
    agriplan.errors.ScenarioError: --area: must not be empty
    as_of: must not be empty

    What was opened and nobody is going to use, a socket or a store, is closed.
    """
    return _do_steps(steps)


def do_each(step: Callable[[_B], _A], things: Iterable[_B]) -> tuple[_A, ...]:
    """The same of one step for each of many things.

    >>> do_each(str, [3, 4])
    ('3', '4')
    """
    return _do_steps(partial(step, one) for one in things)


def _do_steps(steps: Iterable[Callable[[], Any]]) -> tuple[Any, ...]:
    done: list[Any] = []
    failed: list[AgriplanError] = []
    for step in steps:
        try:
            done.append(step())
        except _LATER:
            _close(done)
            raise
        except AgriplanError as error:
            failed.append(error)
    if failed:
        _close(done)
        problems: list[Problem] = []
        for one_failed in failed:
            problems += (one for one in one_failed.problems if one not in problems)
        raise type(failed[0])(problems)
    return tuple(done)


def _close(done: Iterable[Any]) -> None:
    for one in done:
        if close := getattr(one, "close", None):
            close()
