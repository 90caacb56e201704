"""A tree becomes Python source that uses Python's own operators on floats wherever the kinds of values allow it.

Every function gives the code and the kinds of values that it can come to. What Python cannot do (a blank in a sum, a
text where a number belongs, a division by 0) raises, and that column is worked out by its careful twin: so nothing here
may quietly come to another value than the careful source does.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from agriplan.workbook.evaluate import careful, meaning, values
from agriplan.workbook.evaluate.facts import can_fail, shown_numbers
from agriplan.workbook.evaluate.parse import Call, FormulaError, Name, Number, Text, Tree
from agriplan.workbook.evaluate.scope import Scope
from agriplan.workbook.evaluate.shape import BLANK, COUNT, FLOAT, TEXT, TRUTH

# What Python raises where a formula needs its careful twin.
GIVES_UP = (TypeError, ArithmeticError, ValueError, LookupError)


NAMES: dict[str, object] = {
    **careful.NAMES,
    "sqrt": math.sqrt,
    "log": math.log,
    "pow": math.pow,
    "floor": math.floor,
    "half_up": meaning.half_up,
    "sign_of": meaning.sign,
    "equal": meaning.equal,
    "less": meaning.less,
    "add": meaning.add,
    "alike": values.alike,
    "multiply": meaning.multiply,
    "text": values.text,
    "NOTHING": (None, ""),
}


class Code(NamedTuple):
    """Source, and the kinds of values that it can come to."""

    text: str
    kinds: int


class Writer:
    """One formula on its way to source. `sure` are names that a condition around has shown to be numbers."""

    def __init__(self, scope: Scope, writers: Mapping[str, "Write"]) -> None:
        self.scope, self.writers = scope, writers
        self.sure: list[str] = []

    def function(self, tree: Tree) -> Code:
        """The source of the column or scalar: every number a float, and 0 where only a blank cell is referred to."""
        text, kinds = self.code(tree, None)
        if kinds & BLANK or kinds & COUNT:
            text, kinds = f"shown({text})", (kinds & ~(BLANK | COUNT)) | FLOAT
        return Code(self.scope.function(text), kinds)

    def code(self, tree: Tree, within: careful.Within | None) -> Code:
        """The source of a tree; `within` are the columns that an array formula around it goes down."""
        if isinstance(tree, Number):
            return Code(repr(tree.number), FLOAT)
        if isinstance(tree, Text):
            return Code(repr(tree.text), TEXT)
        if isinstance(tree, Name):
            return self.named(tree.name, within)
        if tree.function not in self.writers:
            raise FormulaError(f"nothing says how {tree.function} is written")
        return self.writers[tree.function](self, tree, within)

    def named(self, name: str, within: careful.Within | None) -> Code:
        """The source of a name."""
        made = self.scope.make_out(name)
        kinds = FLOAT if name in self.sure else made.kinds
        if not made.whole:
            return Code(made.code, kinds)
        if within is None:
            raise FormulaError(f"{self.scope.entry}: a whole column where one value is wanted: {name}")
        return Code(within.setdefault(made.code, f"w{len(within)}"), kinds)

    def condition(self, tree: Tree, within: careful.Within | None) -> str:
        """A tree where a condition is wanted."""
        text, kinds = self.code(tree, within)
        return text if not kinds & TEXT else f"truth({text})"


Within = careful.Within | None
Write = Callable[[Writer, Call, Within], Code]


def _blank_as_zero(code: Code) -> str:
    """A blank counts as 0; a text stays one, for the careful twin."""
    if not code.kinds & BLANK:
        return code.text
    return f"(0.0 if {code.text} is None else {code.text})" if code.kinds & TEXT else f"({code.text} or 0.0)"


def _arithmetic(writer: Writer, tree: Call, within: Within) -> Code:
    if len(tree.arguments) == 1:
        return Code(f"(-{_blank_as_zero(writer.code(tree.arguments[0], within))})", FLOAT)
    first, second = (writer.code(each, within) for each in tree.arguments)
    # Python joins texts with + and repeats them with *.
    if tree.function == "+" and first.kinds & second.kinds & TEXT:
        return Code(f"add({first.text},{second.text})", FLOAT)
    if tree.function == "*" and (first.kinds | second.kinds) & TEXT and (first.kinds | second.kinds) & (TRUTH | COUNT):
        return Code(f"multiply({first.text},{second.text})", FLOAT)
    on_the_way = all(each.kinds & (TRUTH | COUNT) for each in (first, second)) and tree.function != "/"
    kinds = FLOAT | COUNT if on_the_way else FLOAT
    if tree.function == "^":
        return Code(f"pow({_blank_as_zero(first)},{_blank_as_zero(second)})", FLOAT)
    return Code(f"({_blank_as_zero(first)}{tree.function}{_blank_as_zero(second)})", kinds)


def _join(writer: Writer, tree: Call, within: Within) -> Code:
    first, second = (writer.code(each, within) for each in tree.arguments)
    parts = [each.text if each.kinds == TEXT else f"text({each.text})" for each in (first, second)]
    return Code(f"({parts[0]}+{parts[1]})", TEXT)


def _equality(writer: Writer, tree: Call, within: Within) -> Code:
    first, second = (writer.code(each, within) for each in tree.arguments)
    text = _equal(first, second)
    if within is None and not writer.scope.changes_by_row(text):
        text = writer.scope.work_out_once(text)
    return Code(text if tree.function == "=" else f"(not {text})", TRUTH)


def _equal(first: Code, second: Code) -> str:
    either = first.kinds | second.kinds
    if not either & TRUTH and repr("") in (first.text, second.text):
        other = second if first.text == repr("") else first
        return f"({other.text} in NOTHING)" if other.kinds & BLANK else f"({first.text}=={second.text})"
    if either & TRUTH:
        return f"equal({first.text},{second.text})"
    if not either & BLANK:
        same = f"{first.text}=={second.text}"
        return f"({same} or alike({first.text},{second.text}))" if first.kinds & second.kinds & TEXT else f"({same})"
    return f"({first.text}=={second.text} or equal({first.text},{second.text}))"


def _order(writer: Writer, tree: Call, within: Within) -> Code:
    first, second = (writer.code(each, within) for each in tree.arguments)
    if (first.kinds | second.kinds) & TRUTH or first.kinds & second.kinds & TEXT:
        sign = {"<": "less({0},{1})", ">": "less({1},{0})", "<=": "(not less({1},{0}))", ">=": "(not less({0},{1}))"}
        return Code(sign[tree.function].format(first.text, second.text), TRUTH)
    if FLOAT in (first.kinds, second.kinds):
        return Code(f"({_blank_as_zero(first)}{tree.function}{_blank_as_zero(second)})", TRUTH)
    return Code(f"({first.text}{tree.function}{second.text})", TRUTH)


def _if(writer: Writer, tree: Call, within: Within) -> Code:
    condition = writer.condition(tree.arguments[0], within)
    shown = shown_numbers(tree.arguments[0])
    writer.sure += shown
    yes = writer.code(tree.arguments[1], within)
    del writer.sure[len(writer.sure) - len(shown) :]
    no = writer.code(tree.arguments[2], within)
    return Code(f"({yes.text} if {condition} else {no.text})", yes.kinds | no.kinds)


def _if_error(writer: Writer, tree: Call, within: Within) -> Code:
    """Whether something fails is for the careful twin to say."""
    value, instead = (writer.code(each, within) for each in tree.arguments)
    return Code(value.text, value.kinds | instead.kinds)


def _is_number(writer: Writer, tree: Call, within: Within) -> Code:
    value = writer.code(tree.arguments[0], within)
    if isinstance(tree.arguments[0], Name) and value.kinds == FLOAT:
        return Code("True", TRUTH)
    return Code(f"({f'shown({value.text})' if value.kinds & COUNT else value.text}.__class__ is float)", TRUTH)


def _is_blank(writer: Writer, tree: Call, within: Within) -> Code:
    return Code(f"({writer.code(tree.arguments[0], within).text} is None)", TRUTH)


def _is_text(writer: Writer, tree: Call, within: Within) -> Code:
    return Code(f"({writer.code(tree.arguments[0], within).text}.__class__ is str)", TRUTH)


def _is_error(writer: Writer, tree: Call, within: Within) -> Code:
    """What is worked out without a failure is no error; with one, the careful twin says so."""
    return Code(f"({writer.code(tree.arguments[0], within).text},False)[1]", TRUTH)


def _conditions(writer: Writer, tree: Call, within: Within) -> Code:
    """Conditions that can fail are all worked out, as a spreadsheet does; others need not be."""
    parts = [writer.condition(each, within) for each in tree.arguments]
    if any(map(can_fail, tree.arguments[1:])):
        return Code(f"{'all' if tree.function == 'AND' else 'any'}([{','.join(parts)}])", TRUTH)
    return Code(f"({f' {tree.function.lower()} '.join(parts)})", TRUTH)


def _not(writer: Writer, tree: Call, within: Within) -> Code:
    return Code(f"(not {writer.condition(tree.arguments[0], within)})", TRUTH)


def _plainly(function: str) -> Write:
    """A function of numbers that Python has too."""

    def write(writer: Writer, tree: Call, within: Within) -> Code:
        codes = [writer.code(each, within) for each in tree.arguments]
        parts = [each.text if each.kinds == FLOAT else f"number({each.text})" for each in codes]
        return Code(f"{function}({','.join(parts)})", FLOAT)

    return write


WRITERS: Mapping[str, Write] = {
    **dict.fromkeys("+-*/^", _arithmetic),
    "&": _join,
    **dict.fromkeys(("=", "<>"), _equality),
    **dict.fromkeys(("<", ">", "<=", ">="), _order),
    "IF": _if,
    "IFERROR": _if_error,
    "ISNUMBER": _is_number,
    "ISBLANK": _is_blank,
    "ISTEXT": _is_text,
    "ISERROR": _is_error,
    "AND": _conditions,
    "OR": _conditions,
    "NOT": _not,
    "ABS": _plainly("abs"),
    "INT": lambda writer, tree, within: Code(f"float({_plainly('floor')(writer, tree, within).text})", FLOAT),
    "LN": _plainly("log"),
    "ROUND": _plainly("half_up"),
    "SIGN": _plainly("sign_of"),
    "SQRT": _plainly("sqrt"),
}
