"""The locked versions are those of this environment, and say nothing of where they were fetched from."""

import re
import tomllib
from importlib.metadata import distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKED = {
    canonicalize_name(name): version
    for line in (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for name, _, version in [line.partition("==")]
}
INSTALLED = {canonicalize_name(found.name): found.version for found in distributions()}
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [
    Requirement(text)
    for text in [
        *PROJECT["dependencies"],
        *(part for parts in PROJECT["optional-dependencies"].values() for part in parts),
    ]
]


def needed() -> set[str]:
    """Everything that the declared packages need on this system, in turn."""
    found: set[tuple[str, frozenset[str]]] = set()
    queue = [declared for declared in DECLARED if declared.marker is None or declared.marker.evaluate({"extra": ""})]
    while queue:
        requirement = queue.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key[0] != "agriplan" and key not in found:
            found.add(key)
            queue += asked_for_by(requirement)
    return {name for name, _ in found}


def asked_for_by(requirement: Requirement) -> list[Requirement]:
    inner = [Requirement(text) for text in requires(requirement.name) or ()]
    extras = ("", *requirement.extras)
    return [one for one in inner if one.marker is None or any(one.marker.evaluate({"extra": name}) for name in extras)]


def test_everything_that_is_needed_is_locked() -> None:
    assert sorted(needed() - set(LOCKED)) == []


def test_nothing_is_locked_that_is_not_needed() -> None:
    # Installing in editable form needs two packages that no declared one asks for.
    assert sorted(set(LOCKED) - needed() - {"editables"}) == []


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_locked_version_is_the_tested_one(name: str) -> None:
    assert INSTALLED.get(name, LOCKED[name]) == LOCKED[name]


@pytest.mark.parametrize("file", ["constraints.txt", "pyproject.toml", "Makefile", ".ci/run", ".ci/programs"])
def test_no_package_index_is_named(file: str) -> None:
    text = (CHECKOUT / file).read_text(encoding="utf-8")
    # Nobody's package source is written down: an address or an option that names one.
    assert not re.search(r"(?i)https?://(?!127\.0\.0\.1)|--?(extra-)?index|find-links", text)
