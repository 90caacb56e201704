"""Sentence codes that the package says: read from its source, through whatever makes a sentence of them.

A class that says its own field (`say(f"caution.{self.code}")`), a function that hands a parameter on as a code, an
error whose code becomes a problem's: what stands there as a plain word, or is put together, is a code of a sentence.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from tests.module_state import within

SOMETHING = "\0"  # a part of a code that only a plan knows
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEEPEST = 4  # names that stand for names


class Speaker(NamedTuple):
    """Takes a code at that place or under that name, and says the sentence of that family; another may be given."""

    family: str
    place: int
    word: str
    family_place: int | None = None


class Asked(NamedTuple):
    """A call: its module's name and source, and the function that it stands in."""

    call: ast.Call
    name: str
    module: ast.Module
    function: ast.AST | None

    def called(self) -> tuple[str, str]:
        """What is called: what begins with a line below is the module's own, a method has a point before it."""
        of = self.call.func
        if isinstance(of, ast.Name):
            return _key(of.id, self.name)
        return _key(f".{getattr(of, 'attr', '')}", self.name)

    def argument(self, place: int, word: str) -> ast.expr | None:
        """What it gives at that place or under that name."""
        named = next((one.value for one in self.call.keywords if one.arg == word), None)
        before = self.call.args[: place + 1]
        if named is not None or len(before) <= place or any(isinstance(one, ast.Starred) for one in before):
            return named
        return before[place]


def _key(name: str, module: str) -> tuple[str, str]:
    return (module if name.startswith(("_", "._")) else "", name)


class Sentences:
    """What the modules say."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        """Read who says what; `trees` are the modules by their names."""
        self.calls = [one for name, tree in trees.items() for one in _calls(tree, name, tree)]
        self.functions = {
            _key(node.name, name): node
            for name, tree in trees.items()
            for node in within(tree)
            if isinstance(node, FUNCTIONS)
        }
        # A public name is given once in the whole package: others have it from there.
        self.constants = dict(pair for tree in trees.values() for pair in _constants(tree))
        self.speakers: dict[tuple[str, str], set[Speaker]] = defaultdict(set)
        self.speakers["", "say"].add(Speaker("", 0, "code"))
        self.speakers["", ".unknown"].add(Speaker("problem", 3, "code"))  # through a pair that another method gives
        for name, tree in trees.items():
            for each in (node for node in within(tree) if isinstance(node, ast.ClassDef)):
                self.speakers[_key(each.name, name)] |= set(_of_class(each))
        while sum(map(self._hands_on, self.calls)):
            pass

    def missing(self, catalogue: Mapping[str, object]) -> Iterator[str]:
        """Modules with codes that have no sentence."""
        for asked in self.calls:
            said = list(self._said_by(asked))
            if said and not any(_fits(code, catalogue) for each in said for code in each):
                said = said[:1]  # a method of that name of whatever else
            elif len(said) > 1:
                continue
            for code in sorted({code for each in said for code in each if not _fits(code, catalogue)}):
                yield f"{asked.name}: {code.replace(SOMETHING, '…')}"

    def codes(self, maker: str) -> set[str]:
        """The codes that are given to a class or function of that name, whole or with `SOMETHING` in them."""
        own = [one for one in self.calls if one.called()[1] == maker]
        return {code for one in own for each in self._said_by(one) for code in each}

    def _said_by(self, asked: Asked) -> Iterator[set[str]]:
        """For each that may be called by that name, the codes."""
        for speaker in sorted(self.speakers.get(asked.called(), ()), key=str):
            code = asked.argument(speaker.place, speaker.word)
            if code is not None:
                pairs = product(self._families(asked, speaker), self._words(code, asked))
                whole = {f"{family}.{word}" if family else word for family, word in pairs if word != SOMETHING}
                found = {each for each in whole if "." in each}
                if found:
                    yield found

    def _families(self, asked: Asked, speaker: Speaker) -> list[str]:
        """The family that the call names, else the speaker's own."""
        given = None if speaker.family_place is None else asked.argument(speaker.family_place, "family")
        return [speaker.family] if given is None else sorted(self._words(given, asked))

    def _hands_on(self, asked: Asked) -> bool:
        """A function that gives one of its parameters to a speaker is one itself; whether that was not known."""
        if not isinstance(asked.function, FUNCTIONS):
            return False
        names = [one.arg for one in asked.function.args.args]
        is_method = names[:1] in (["self"], ["cls"])
        key = _key(f".{asked.function.name}" if is_method else asked.function.name, asked.name)
        found = set()
        for speaker in self.speakers.get(asked.called(), ()):
            head, word = "", asked.argument(speaker.place, speaker.word)
            match word:
                case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue(value=word)]):
                    if not head.endswith("."):
                        continue
            if isinstance(word, ast.Name) and word.id in names and word.id != "lang":
                for family in self._families(asked, speaker):
                    whole = ".".join(filter(None, (family, head.rstrip("."))))
                    found.add(Speaker(whole, names.index(word.id) - is_method, word.id))
        new = found - self.speakers[key]
        self.speakers[key] |= new
        return bool(new)

    def _words(self, node: ast.AST, asked: Asked, left: int = DEEPEST) -> set[str]:
        """The words that an expression may come to."""
        match node:
            case ast.Constant(value=str(word)):
                return {word}
            case ast.IfExp(body=first, orelse=second):
                return self._words(first, asked, left) | self._words(second, asked, left)
            case ast.JoinedStr(values=parts):
                each = (self._words(getattr(part, "value", part) if isinstance(part, ast.FormattedValue) else part,
                                    asked, left) for part in parts)  # fmt: skip
                return {"".join(joined) for joined in product(*each)}
            case ast.Name(id=name) if left:
                given = list(_meanings(name, asked)) or self.constants.get(name, [])
                found = set().union(*(self._words(one, asked, left - 1) for one in given))
                return {SOMETHING} if SOMETHING in found or not found else found
            case ast.Call(func=ast.Name(id=name)) if left and _key(name, asked.name) in self.functions:
                return self._given_back(asked._replace(call=node), self.functions[_key(name, asked.name)], left - 1)
        return {SOMETHING}

    def _given_back(self, asked: Asked, function: ast.AST, left: int) -> set[str]:
        """What a function gives back, its parameters as they are given to it."""
        assert isinstance(function, FUNCTIONS)
        names, found = [one.arg for one in function.args.args], set[str]()
        for node in (one.value for one in ast.walk(function) if isinstance(one, ast.Return) and one.value):
            for each in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
                if isinstance(each, ast.Name) and each.id in names:
                    given = asked.argument(names.index(each.id), each.id)
                    found |= {SOMETHING} if given is None else self._words(given, asked, left)
                else:
                    found |= self._words(each, asked._replace(function=function), left)
        return found


def _fits(code: str, catalogue: Mapping[str, object]) -> bool:
    """Whether there is a sentence of that code; of one that is put together, at least one that fits."""
    if SOMETHING not in code:
        return code in catalogue
    fits = re.compile(".+".join(map(re.escape, code.split(SOMETHING))))
    return any(fits.fullmatch(each) for each in catalogue)


def _calls(tree: ast.AST, name: str, module: ast.Module, function: ast.AST | None = None) -> Iterator[Asked]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield Asked(node, name, module, function)
        yield from _calls(node, name, module, node if isinstance(node, FUNCTIONS) else function)


def _constants(tree: ast.Module) -> Iterator[tuple[str, list[ast.AST]]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not name.startswith("_"):
                yield name, [value]


def _of_class(each: ast.ClassDef) -> Iterator[Speaker]:
    """What a class makes of a field of its own: a sentence; an error's code becomes that of a problem."""
    fields = {
        node.target.id: node.value
        for node in each.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    order = list(fields)
    for node in ast.walk(each):
        match node:
            case ast.Call(func=ast.Name(id="say"), args=[ast.JoinedStr(values=values), *_]):
                said = [one.value.attr if isinstance(one, ast.FormattedValue) and isinstance(one.value, ast.Attribute)
                        else getattr(one, "value", "") for one in values]  # fmt: skip
                if len(said) == 2 and said[1] in fields:
                    yield Speaker(str(said[0]).rstrip("."), order.index(said[1]), said[1])
                elif len(said) == 3 and {said[0], said[2]} <= fields.keys():
                    usual = getattr(fields[said[0]], "value", "")
                    yield Speaker(usual, order.index(said[2]), said[2], order.index(said[0]))
            case ast.FunctionDef(name="__init__", args=taken):
                names = [one.arg for one in taken.args[1:]]
                if "code" in names and any(ast.unparse(base).endswith(("Error", "Exception")) for base in each.bases):
                    yield Speaker("problem", names.index("code"), "code")


def _meanings(name: str, asked: Asked) -> Iterator[ast.AST]:
    """What a name is given in its function, or else in its module."""
    if asked.function and any(isinstance(one, ast.arg) and one.arg == name for one in ast.walk(asked.function)):
        return
    for place in filter(None, (asked.function, asked.module)):
        found = list(_given(name, place))
        if found:
            yield from found
            return


def _given(name: str, place: ast.AST) -> Iterator[ast.AST]:
    """What stands on the right of a name, or what it goes through; what is not seen is `SOMETHING`."""
    for node in ast.walk(place):
        match node:
            case ast.Assign(targets=[ast.Name(id=each)], value=ast.expr() as value) if each == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=each), value=ast.expr() as value) if each == name:
                yield value
            case ast.For(target=target, iter=through) | ast.comprehension(target=target, iter=through):
                if isinstance(target, ast.Name) and target.id == name and isinstance(through, ast.Tuple):
                    yield from through.elts
                elif any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(target)):
                    yield ast.Constant(SOMETHING)
