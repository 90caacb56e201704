"""Results that hang on the thing they follow from: worked out once, kept with it, gone with it."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

_P = ParamSpec("_P")
_V = TypeVar("_V")


class Owner(Protocol):
    """A frozen thing with room for what was worked out from it."""

    @property
    def memo(self) -> dict[Hashable, Any]:
        """The results, by what they are called."""


_O = TypeVar("_O", bound=Owner)


def recall(owner: Owner, key: Hashable, work_out: Callable[[], _V]) -> _V:
    """The result of that key, worked out where it is not there; two at the same time work it out twice, alike."""
    if key not in owner.memo:
        owner.memo[key] = work_out()
    return cast("_V", owner.memo[key])


def memoized(
    function: Callable[Concatenate[_O, _P], _V],
) -> Callable[Concatenate[_O, _P], _V]:
    """Work a function out once for each owner, its first argument; the others, by position, are part of the key.

    >>> from dataclasses import dataclass, field
    >>> @dataclass(frozen=True)
    ... class Plan:
    ...     target: int
    ...     memo: dict = field(default_factory=dict, init=False)
    >>> @memoized
    ... def doubled(plan):
    ...     print("working")
    ...     return plan.target * 2
    >>> plan = Plan(500)
    >>> doubled(plan), doubled(plan)
    working
    (1000, 1000)
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(owner: _O, /, *others: _P.args, **named: _P.kwargs) -> _V:
        key = (name, *others, *sorted(named.items()))
        return recall(owner, key, lambda: function(owner, *others, **named))

    return kept
