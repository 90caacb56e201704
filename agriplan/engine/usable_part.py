"""What is wrong with the form of a scenario, and what is wrong with the meaning of the rest: told in one go."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from agriplan.engine.scenario import Scenario
from agriplan.errors import Problem, ScenarioError

# What may be missing only because the entry that gives it could not be understood.
_CONSEQUENCES = frozenset(("missing_figure", "missing_growth", "no_shares", "no_criteria_weight"))


def tell_at_once(error: ScenarioError, data: object, judge: Callable[[Scenario], object]) -> ScenarioError:
    """The error with what `judge` (which makes the plan) says of the entries that can be understood.

    >>> def judge(scenario):
    ...     raise ScenarioError([Problem(f"growth.{name}", "missing") for name in scenario.growth])
    >>> form = ScenarioError([Problem("target.milk", "empty")])
    >>> told = tell_at_once(form, {"target": {"milk": "many"}, "growth": {"milc": {"150500": 8}}}, judge)
    >>> [problem.place for problem in told.problems]
    ['target.milk', 'growth.milc']
    """
    return ScenarioError([*error.problems, *wrong_in_meaning(data, judge, [one.place for one in error.problems])])


def wrong_in_meaning(data: object, judge: Callable[[Scenario], object], places: Sequence[str] = ()) -> list[Problem]:
    """What `judge` says of the entries that can be understood; `places` are those of the others."""
    rest = usable_part(data)
    try:
        if rest is not None:
            judge(rest)
    except ScenarioError as further:
        return [one for one in further.problems if not _follows(one, places)]
    return []


def usable_part(data: object) -> Scenario | None:
    """The scenario without the entries that cannot be understood; None where that leaves nothing to look at.

    >>> usable_part({"target": {"milk": "many", "forage_value": 800}}).target
    {'forage_value': 800.0}
    """
    if not isinstance(data, dict):
        return None
    left = deepcopy(data)
    while True:
        try:
            return Scenario.model_validate(left)
        except ValidationError as error:
            wrong = {_nearest(left, detail["loc"]) for detail in error.errors(include_url=False)}
            if () in wrong:
                return None
            for path in wrong:
                _take_out(left, path)


def _nearest(data: object, path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The steps of a path that lead anywhere; the sorts that pydantic tried stand among them and do not."""
    found: list[str] = []
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[step]
            found.append(str(step))
    return tuple(found)


def _take_out(data: dict[str, Any], path: tuple[str, ...]) -> None:
    *way, last = path
    for step in way:
        data = data.get(step, {})
    data.pop(last, None)


def _follows(problem: Problem, places: Sequence[str]) -> bool:
    """Whether a problem only says that an entry is missing which was there and could not be understood."""
    near = (
        f"{place}.".startswith(f"{problem.place}.") or f"{problem.place}.".startswith(f"{place}.") for place in places
    )
    return problem.code in _CONSEQUENCES and any(near)
