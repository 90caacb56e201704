"""A formula in names becomes a tree of numbers, texts, names and calls; an operator is a call by its sign.

And what can be told of a tree before it is evaluated.
"""

import re
from functools import lru_cache
from typing import NamedTuple


class Number(NamedTuple):
    """A constant."""

    number: float


class Text(NamedTuple):
    """A text in quotes."""

    text: str


class Name(NamedTuple):
    """A name in braces, as `workbook/description.py` lists them."""

    name: str


class Call(NamedTuple):
    """A function or an operator and what it is applied to; a sign before a value is `-` of one argument."""

    function: str
    arguments: tuple["Tree", ...]


Tree = Number | Text | Name | Call

_TOKEN = re.compile(
    r'\s*(?:(?P<name>\{[^{}]*\})|(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|(?P<call>[A-Z]+)\('
    r"|(?P<sign><>|<=|>=|[-+*/^&=<>(),]))"
)
# From the loosest to the closest; all are read from left to right, the power too.
_LEVELS = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_LEVEL_OF: dict[str | None, int] = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs}
Token = tuple[str, str]


class FormulaError(ValueError):
    """A formula that nobody could evaluate: a slip of whoever wrote it."""


@lru_cache(maxsize=4096)
def parse(formula: str) -> Tree:
    """Read a formula; raises `FormulaError`.

    >>> parse("=-{growth}^2")
    Call(function='^', arguments=(Call(function='-', arguments=(Name(name='growth'),)), Number(number=2.0)))
    """
    reader = _Reader(formula, list(_tokens(formula.removeprefix("=")))[::-1])
    tree = reader.level(0)
    reader.must_end()
    return tree


def _tokens(text: str) -> list[Token]:
    tokens, at = [], 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise FormulaError(f"{text[at : at + 40]!r} in {text}")
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        at = found.end()
    return tokens


class _Reader:
    """The tokens that are left, the next one last."""

    def __init__(self, formula: str, tokens: list[Token]) -> None:
        self.formula, self.tokens = formula, tokens

    def sign(self) -> str | None:
        """The next token, where it is a sign."""
        return self.tokens[-1][1] if self.tokens and self.tokens[-1][0] == "sign" else None

    def take(self, sign: str) -> None:
        """Leave a sign that must stand here behind."""
        if self.sign() != sign:
            raise FormulaError(f"{sign} is missing in {self.formula}")
        self.tokens.pop()

    def must_end(self) -> None:
        """Nothing may be left."""
        if self.tokens:
            raise FormulaError(f"{self.tokens[-1][1]!r} too many in {self.formula}")

    def level(self, least: int) -> Tree:
        """Values joined by operators that bind at least so closely."""
        tree = self.value()
        while (level := _LEVEL_OF.get(self.sign(), -1)) >= least:
            tree = Call(self.tokens.pop()[1], (tree, self.level(level + 1)))
        return tree

    def value(self) -> Tree:
        """One value: a constant, a name, a call, something in brackets."""
        if not self.tokens:
            raise FormulaError(f"a value is missing in {self.formula}")
        kind, text = self.tokens.pop()
        if kind == "name":
            return Name(text[1:-1])
        if kind == "text":
            return Text(text[1:-1].replace('""', '"'))
        if kind == "number":
            return Number(float(text))
        if kind == "call":
            return Call(text, self.arguments())
        if text == "-":
            return Call("-", (self.value(),))
        if text == "(":
            tree = self.level(0)
            self.take(")")
            return tree
        raise FormulaError(f"{text!r} where a value belongs in {self.formula}")

    def arguments(self) -> tuple[Tree, ...]:
        """What stands between the brackets of a call."""
        found = [self.level(0)]
        while self.sign() == ",":
            self.tokens.pop()
            found.append(self.level(0))
        self.take(")")
        return tuple(found)


_CAN_FAIL = frozenset({"/", "^", "LN", "SQRT", "MATCH", "INDEX", "MID", "ISERROR", "IFERROR"})


def can_fail(tree: Tree) -> bool:
    """Whether numbers alone can make a tree fail."""
    return isinstance(tree, Call) and (tree.function in _CAN_FAIL or any(map(can_fail, tree.arguments)))


def shown_numbers(tree: Tree) -> list[str]:
    """The names that are numbers wherever a condition holds: ISNUMBER(x), COUNT(x,y)>1, and what AND joins."""
    if not isinstance(tree, Call):
        return []
    if tree.function == "ISNUMBER":
        return [each.name for each in tree.arguments if isinstance(each, Name)]
    if tree.function == "AND":
        return [name for each in tree.arguments for name in shown_numbers(each)]
    if tree.function == ">" and isinstance(tree.arguments[0], Call) and tree.arguments[0].function == "COUNT":
        counted = tree.arguments[0].arguments
        if tree.arguments[1] == Number(len(counted) - 1.0):
            return [each.name for each in counted if isinstance(each, Name)]
    return []
