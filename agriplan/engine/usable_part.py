"""What is wrong with the form of a scenario, and what is wrong with the meaning of the rest: told in one go."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.engine.scenario_text import SaidTwiceError, load_json
from agriplan.errors import Problem, ScenarioError
from agriplan.parsing import of_the_sort_meant

# What may be missing, or wrong with a number, only because the entry that gives it could not be understood.
_CONSEQUENCES = frozenset(
    ("missing_figure", "missing_growth", "no_shares", "no_criteria_weight", "out_of_range", "too_fine")
)
# Stand where an entry cannot be understood, the first that may, so that its names are looked at all the same.
_STAND_INS: tuple[Any, ...] = (1.0, "?", "by_baseline", "linear", "keep", {}, {"value": 1.0, "source": "?"})


def read_scenario(text: bytes | str, judge: Callable[[Scenario], object]) -> Scenario:
    """Make a scenario of JSON text; raises `ScenarioError` with everything that is wrong.

    What `judge` says is told beside what is wrong with the form, not of a scenario whose form is right.
    """
    twice: tuple[Problem, ...] = ()
    try:
        data = load_json(text)
    except SaidTwiceError as error:
        data, twice = error.data, error.problems
    try:
        scenario = parse_scenario(data)
    except ScenarioError as error:
        raise tell_at_once(ScenarioError([*twice, *error.problems]), data, judge) from None
    if twice:
        raise tell_at_once(ScenarioError(twice), data, judge)
    return scenario


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


def wrong_in_meaning(data: object, judge: Callable[[Scenario], object], places: Sequence[str]) -> list[Problem]:
    """What `judge` says of the entries that can be understood; `places` are those of the others."""
    rest = usable_part(data)
    try:
        if rest is not None:
            judge(rest)
    except ScenarioError as further:
        return [one for one in further.problems if not _follows(one, places)]
    return []


def usable_part(data: object) -> Scenario | None:
    """The scenario with something else for what cannot be understood; None where that leaves nothing to look at.

    What nothing may stand for, as under a key that there is not, is left out.

    >>> usable_part({"target": {"milk": "many", "forage_value": 800}, "growing": 5}).target
    {'milk': 1.0, 'forage_value': 800.0}
    """
    if not isinstance(data, dict):
        return None
    left = deepcopy(data)
    tried: dict[tuple[str, ...], Iterator[Any]] = {}
    while True:
        try:
            return Scenario.model_validate(left)
        except ValidationError as error:
            wrong = {_nearest(left, detail["loc"]) for detail in of_the_sort_meant(error.errors(include_url=False))}
            if () in wrong:
                return None
            for path in wrong:
                _put(left, path, next(tried.setdefault(path, iter(_STAND_INS)), None))


def _nearest(data: object, path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The steps of a path that lead anywhere; the sorts that pydantic tried stand among them and do not."""
    found: list[str] = []
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[step]
            found.append(str(step))
    return tuple(found)


def _put(data: dict[str, Any], path: tuple[str, ...], stand_in: Any) -> None:
    """Let something stand at a path; None takes out what stands there."""
    *way, last = path
    for step in way:
        inner = data.get(step)
        if not isinstance(inner, dict):  # something stands for all of it already
            return
        data = inner
    if stand_in is None:
        data.pop(last, None)
    else:
        data[last] = deepcopy(stand_in)


def _follows(problem: Problem, places: Sequence[str]) -> bool:
    """Whether a problem only comes of an entry that could not be understood: as if it were missing, or another one."""
    if problem.code == "actual_said_twice":  # once as the commitment, once as the quantity
        figure = problem.place.split(".")[2:]
        return any(place.startswith("actual.") and place.split(".")[2:4] == figure for place in places)
    near = (
        f"{place}.".startswith(f"{problem.place}.") or f"{problem.place}.".startswith(f"{place}.") for place in places
    )
    return problem.code in _CONSEQUENCES and any(near)
