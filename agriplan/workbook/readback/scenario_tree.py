"""A scenario as JSON, a tree of mappings, into which entries are put and from which they are taken at their paths."""

from typing import Any

EntryPath = tuple[str, ...]
ScenarioTree = dict[str, Any]


def value_at(data: Any, path: EntryPath) -> Any:
    """What stands at a path; None where nothing does.

    >>> value_at({"growth": {"milk": 8}}, ("growth", "milk")), value_at({}, ("growth", "milk"))
    (8, None)
    """
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def put_entry(data: ScenarioTree, path: EntryPath, value: Any) -> None:
    """Set an entry; which weights are asked for is no entry beside those that stand there."""
    if path[-1] == "criteria" and value == "entropy":
        branch_at(data, path[:-1])["criteria"] = "entropy"
    elif path[-1] != "criteria":
        branch_at(data, path[:-1])[path[-1]] = value


def remove_entry(data: ScenarioTree, path: EntryPath) -> None:
    """Take an entry away; a limit without its level is none."""
    branch = value_at(data, path[:-1])
    # Which weights are asked for is no entry beside those that stand there.
    is_kept = path[-1] == "criteria" and isinstance(value_at(data, path), dict)
    if isinstance(branch, dict) and not is_kept:
        branch.pop(path[-1], None)
        if len(path) > 1 and path[-1] == "target" and not branch:
            remove_entry(data, path[:-1])


def prune_branch(data: ScenarioTree, path: EntryPath) -> None:
    """Drop what taking away left empty: a figure without anything in it would be asked to be filled in."""
    while path and value_at(data, path) == {}:
        remove_entry(data, path)
        path = path[:-1]


def is_amount(data: ScenarioTree, path: EntryPath) -> bool:
    """Whether a limit stands there as an amount."""
    return isinstance(value_at(data, path), (int, float))


def branch_at(data: ScenarioTree, path: EntryPath) -> ScenarioTree:
    """The mapping at a path; weights entered while entropy weights are chosen go nowhere."""
    for part in path:
        inner = data.setdefault(part, {})
        if not isinstance(inner, dict):
            return {}
        data = inner
    return data
