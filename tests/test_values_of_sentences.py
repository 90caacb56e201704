"""Whoever says a sentence by its code, in the source or on a page, gives every value that stands in it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from jinja2 import Environment, nodes

from agriplan.sentences import catalogue

PACKAGE = Path(__file__).parents[1] / "agriplan"
PAGES = PACKAGE / "web" / "templates"

Said = tuple[str, str, set[str]]
"""Where a sentence is said, its code, and the names of the values that it is given."""


def wanted(code: str) -> set[str]:
    return {name for text in catalogue()[code].values() for _, name, _, _ in Formatter().parse(text) if name}


def said_in_the_source(name: str, tree: ast.Module) -> Iterator[Said]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        match call:
            case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(code)), *_]):
                names = [one.arg for one in call.keywords]
                if None not in names:  # values that a mapping holds are not seen here
                    yield name, code, {str(one) for one in names} - {"lang"}


def said_on_a_page(name: str, text: str) -> Iterator[Said]:
    for call in Environment().parse(text).find_all(nodes.Call):
        match call:
            case nodes.Call(
                node=nodes.Name(name="say" | "t"), args=[nodes.Const(value=str(code)), *_], dyn_kwargs=None
            ):
                yield name, f"page.{code}" if call.node.name == "t" else code, {one.key for one in call.kwargs}


def all_said() -> list[Said]:
    source = [
        said
        for file in sorted(PACKAGE.rglob("*.py"))
        for said in said_in_the_source(file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text("utf-8")))
    ]
    pages = [
        said for file in sorted(PAGES.rglob("*.html")) for said in said_on_a_page(file.name, file.read_text("utf-8"))
    ]
    assert len(source) > 100
    assert len(pages) > 100
    return [*source, *pages]


def test_every_sentence_is_given_the_values_that_stand_in_it():
    wrong = [
        f"{where}: {code} wants {sorted(wanted(code))}, is given {sorted(given)}"
        for where, code, given in all_said()
        if given != wanted(code)
    ]
    assert wrong == []
