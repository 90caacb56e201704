"""Form fields named by their path in the scenario (`growth.milk.150500`), laid over a scenario."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from agriplan.analysis.entries import key_of
from agriplan.at_once import do_all
from agriplan.engine.entered import is_blank
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import Problem, ScenarioError
from agriplan.plain_text import with_plain_ends

# What a form sends beside the fields of its scenario: where that comes from, buttons, what a page asks besides.
OF_PAGES = frozenset({"csrf_token", "draft", "from", "scenario", "back", "undo", "save", "download", "lang"})
OF_PAGES |= {"short", "done", "based_on"}
DEEPEST_FIELD = 5  # allocation.milk.lock.150500.target
ACTUAL_STEPS = 4  # actual.milk.150500.2021
OF_SEVERAL_LINES = frozenset(("note",))  # the fields that are no field of one line


class Blame(NamedTuple):
    """What is wrong, and the fields that have to do with it; those were left out."""

    problem: Problem
    fields: tuple[str, ...]


class LaidForm(NamedTuple):
    """A scenario with every field of a form that fits, and what is wrong with the others."""

    scenario: Scenario
    blames: tuple[Blame, ...]


def lay_what_fits(scenario: Scenario, fields: Mapping[str, str], judge: Callable[[Scenario], object]) -> LaidForm:
    """Lay the form over the scenario, leaving out the fields that cannot be understood or had.

    A field that is left out keeps what the scenario holds: one wrong entry costs nothing but itself. `judge` raises
    `ScenarioError` for what the data cannot serve, and this function only where the scenario itself is refused.

    >>> laid = lay_what_fits(Scenario(), {"growth.milk.150500": "fast", "target.milk": "950"}, lambda _: None)
    >>> laid.scenario.target, [blame.fields for blame in laid.blames]
    ({'milk': 950.0}, [('growth.milk.150500',)])
    """
    before = field_values(scenario)
    changed = {
        path for path, said in fields.items() if is_path(path) and not _is_kept(path, said, before.get(path, ""))
    }
    # Another number is another figure: what the form says of it beside the number goes with it.
    figures = {path for path in changed if is_actual(path.split("."))}
    beside = {path: before.get(path, "") for path in fields if is_path(path) and key_of(path) in figures}
    left = beside | {path: fields[path] for path in changed}
    blames: tuple[Blame, ...] = ()
    while True:
        try:
            laid = lay_over(scenario, left)
            judge(laid)
        except ScenarioError as error:
            if not left:
                raise
            found = tuple(Blame(problem, tuple(fields_of(problem.place, left))) for problem in error.problems)
            left = {path: said for path, said in left.items() if all(path not in blame.fields for blame in found)}
            blames += found
        else:
            return LaidForm(laid, blames)


def fields_of(place: str, fields: Iterable[str]) -> list[str]:
    """The fields that have to do with a place of a scenario: the nearest to it that there are, at worst all.

    >>> fields_of("allocation.milk.shares", ["allocation.milk.rule", "growth.milk.150500"])
    ['allocation.milk.rule']
    """
    given, steps = list(fields), place.split(".")
    whole = key_of(place)  # a figure and its source stand or fall together
    above = {".".join(whole.split(".")[:count]) for count in range(1, whole.count(".") + 2)}
    near = [path for path in given if path in above or path.startswith(f"{whole}.")]
    return near or [path for path in given if path.split(".")[:2] == steps[:2]] or given


def field_at(place: str) -> str:
    """The field at a place: an actual's number stands in the field of the figure itself.

    >>> field_at("actual.milk.150500.2021.value"), field_at("baseline.milk_output.150500.value")
    ('actual.milk.150500.2021', 'baseline.milk_output.150500.value')
    """
    figure, _, last = place.rpartition(".")
    return figure if last == "value" and is_actual(figure.split(".")) else place


def lay_over(scenario: Scenario, fields: Mapping[str, str]) -> Scenario:
    """The scenario with what the form says; an empty field takes its entry out.

    Raises `ScenarioError` with everything that cannot be understood.

    >>> lay_over(Scenario(target={"milk": 900}), {"growth.milk.150500": "8", "target.milk": ""}).growth
    {'milk': {'150500': 8.0}}
    """
    said = {path: tidy_field(path, fields[path]) for path in fields if is_path(path)}
    twice = {
        path: amount for path in said if is_level(path) and said[path] and said.get(amount := _amount_beside(path))
    }
    if twice:
        refuse_both = partial(_refuse, [Problem(path, "level_beside_amount") for path in twice])
        # Each of the two is read without the other: whichever is to stay, what is wrong with it is told.
        readings = [partial(lay_over, scenario, _without(said, one)) for one in (twice.keys(), twice.values())]
        do_all(refuse_both, readings[0], readings[1])
    data = scenario.model_dump(mode="json", exclude_defaults=True)
    for path in sorted(said):
        put(data, path.split(".", DEEPEST_FIELD), said[path])
    return parse_scenario(without_empty(data))


def _refuse(problems: Iterable[Problem]) -> None:
    raise ScenarioError(problems)


def _without(fields: Mapping[str, str], paths: Collection[str]) -> dict[str, str]:
    return {path: said for path, said in fields.items() if path not in paths}


def _amount_beside(level: str) -> str:
    """The field for the amount of a limit, beside the one for its level."""
    return level.rpartition(".")[0]


def _about_actual(data: dict[str, Any], steps: Sequence[str]) -> dict[str, Any]:
    """What is known of an actual: its value alone becomes a figure when something is to be said of it.

    Where a word stands in the way, which is refused by itself, nothing can be said of the figure.
    """
    *way, year = steps
    for step in way:
        inner = data.setdefault(step, {})
        if not isinstance(inner, dict):
            return {}
        data = inner
    known = data.get(year, {})
    data[year] = known if isinstance(known, dict) else {"value": known}
    figure: dict[str, Any] = data[year]
    return figure


def without_change(scenario: Scenario, key: str) -> Scenario:
    """The scenario without one change.

    >>> without_change(Scenario(target={"milk": 900}, growth={"milk": {"150500": 8}}), "target.milk").target
    {}
    """
    return lay_over(scenario, {path: "" for path in field_values(scenario) if key_of(path) == key})


def is_path(field: str) -> bool:
    """Whether a field is one of the scenario; all are but those of the page itself, and one that is unknown is told.

    >>> [is_path(field) for field in ("growth.milk.150500", "grwoth.milk", "csrf_token")]
    [True, True, False]
    """
    return field not in OF_PAGES


def is_level(path: str) -> bool:
    """Whether a field gives a limit as the target that a league ends at, which stands beside the one for its amount."""
    return len(path.split(".")) == DEEPEST_FIELD and path.endswith(".target")


def is_actual(steps: Sequence[str]) -> bool:
    """Whether a path leads to an actual, which is a number or a figure with its source."""
    return len(steps) == ACTUAL_STEPS and steps[0] == "actual"


def _is_kept(path: str, entered: str, before: str) -> bool:
    """Whether a field was sent as it stood: from a field of one line, browsers leave out the line breaks."""
    sent, stood = tidy_field(path, entered), tidy_text(before)
    return sent == stood or (path not in OF_SEVERAL_LINES and sent == stood.replace("\n", ""))


def tidy_field(path: str, entered: str) -> str:
    """Without outer spaces; a sign of no figure in the place of a number is an empty field.

    >>> tidy_field("target.milk", " 1000 "), tidy_field("target.milk", "——"), tidy_field("note", "——")
    ('1000', '', '——')
    """
    return "" if is_blank(path.split("."), entered) else tidy_text(entered)


def tidy_text(entered: str) -> str:
    """Text without outer spaces, its lines ended as in scenarios: forms send them ended as Windows does.

    >>> tidy_text(" First.\\r\\nSecond. ")
    'First.\\nSecond.'
    """
    return with_plain_ends(entered.strip())


def put(data: dict[str, Any], steps: list[str], value: str) -> None:
    """Set or take out the entry at a path; a word that stands where a table would go (`entropy`) stays."""
    *way, last = steps
    if is_actual(way) and value:
        _about_actual(data, way)[last] = value
        return
    for step in way:
        inner = data.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        data = inner
    if value:
        data[last] = value
    elif not isinstance(data.get(last), dict) or is_actual(steps):
        data.pop(last, None)


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Drop tables that nothing is left in."""
    slim = {key: without_empty(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in slim.items() if value != {}}


def field_values(scenario: Scenario) -> dict[str, str]:
    """What every field of the scenario holds, by path, as a form shows it.

    >>> field_values(Scenario(growth={"milk": {"150500": 8}}))
    {'growth.milk.150500': '8'}
    """
    return dict(_flat("", scenario.model_dump(mode="json", exclude_defaults=True)))


def _flat(place: str, data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for key, value in data.items():
        path = f"{place}.{key}" if place else key
        if isinstance(value, dict):
            if is_actual(path.split(".")):  # the form has one field for it, whatever else is known of the figure
                yield from _flat(place, {key: value["value"]})
            yield from _flat(path, value)
        else:
            yield path, f"{value:.15g}" if isinstance(value, float) else str(value)
