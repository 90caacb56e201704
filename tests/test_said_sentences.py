"""Whatever says a sentence by its code has it in the wording: problems, cautions, notes, statements, words of pages."""

import ast
from pathlib import Path

import pytest

from agriplan.sentences import catalogue
from tests.said_sentences import Sentences

PACKAGE = Path(__file__).parents[1] / "agriplan"


@pytest.fixture(scope="module")
def said() -> Sentences:
    files = sorted(PACKAGE.rglob("*.py"))
    return Sentences({file.relative_to(PACKAGE).as_posix(): ast.parse(file.read_text("utf-8")) for file in files})


def test_every_sentence_that_is_said_is_in_the_wording(said: Sentences):
    missing = list(said.missing(catalogue()))
    assert missing == [], "codes that are said and have no sentence in agriplan/wording/"


def test_problems_cautions_notes_and_statements_are_found(said: Sentences):
    """Of each family what is said as plain words: that none was missing says nothing where none was looked at."""
    plain = {code for maker in ("Problem", "Caution", "Note", ".note", ".say", ".tell", "_note", "_ask", ".unknown")
             for code in said.codes(maker)}  # fmt: skip
    assert {
        "problem.value_beside_quantity",
        "problem.unknown_area",
        "problem.missing_growth",
        "caution.lock_beats_floor",
        "caution.issued_far",
        "note.gap_within_error",
        "likelihood.no_history",
        "hindsight.count",
        "evaluation.counts_final",
    } <= plain


@pytest.mark.parametrize(
    "source",
    [
        'Problem("x", "odd")',
        'Problem("x", code="odd")',
        'Problem("x", "odd" if a else "plain")',
        'def f(code):\n    return Problem("x", code)\nf("odd")',
        'def f(of, code):\n    g(code)\ndef g(code):\n    return Problem("x", code)\nf(1, "odd")',
        'def f(big, code):\n    return "large" if big else code\nProblem("x", f(1, "odd"))',
        'def f():\n    for code in ("plain", "odd"):\n        yield Problem("x", code)',
        'def f():\n    code = "odd"\n    yield Problem("x", code)',
        'CODE = "odd"\ndef f():\n    yield Problem("x", CODE)',
        'def f(side):\n    yield Problem("x", f"odd_{side}")',
        'class Own(AgriplanError):\n    def __init__(self, code): ...\nraise Own("odd")',
        'class Doubt:\n    code: str\n    def text(self):\n        return say(f"problem.{self.code}")\nDoubt("odd")',
        'class A:\n    def note(self, code):\n        return Problem("x", code)\ndef f(a):\n    a.note("odd")',
        'def text(code):\n    return say(f"problem.{code}")\ntext("odd")',
        'say("problem.odd")',
    ],
)
def test_every_way_of_saying_a_sentence_is_seen(source: str):
    fields = "class Problem:\n    place: str\n    code: str\n"
    problem = f'{fields}    def text(self):\n        return say(f"problem.{{self.code}}")\n'
    known = {"problem.plain": {}, "problem.large": {}}
    assert [told for told in Sentences({"m.py": ast.parse(problem + source)}).missing(known) if "problem.odd" in told]
