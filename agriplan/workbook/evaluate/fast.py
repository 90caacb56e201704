"""A tree becomes Python source that uses Python's own operators on floats wherever the kinds of values allow it.

Every function gives the code and the kinds of values that it can come to. What Python cannot do (a blank in a sum, a
text where a number belongs, a division by 0) raises, and that column is worked out by its careful twin: so nothing here
may quietly come to another value than the careful source does.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from agriplan.workbook.evaluate import careful, meaning, text_functions, values
from agriplan.workbook.evaluate.parse import Call, FormulaError, Name, Number, Text, Tree, can_fail, shown_numbers
from agriplan.workbook.evaluate.scope import Scope
from agriplan.workbook.evaluate.shape import BLANK, COUNT, FLOAT, TEXT, TRUTH

# What Python raises where a formula needs its careful twin.
GIVES_UP = (TypeError, ArithmeticError, ValueError, LookupError)


FAST_NAMES: dict[str, object] = {
    **careful.CAREFUL_NAMES,
    "sqrt": math.sqrt,
    "log": math.log,
    "pow": math.pow,
    "floor": math.floor,
    "half_up": meaning.half_up,
    "equal": values.equal,
    "less": values.less,
    "add": meaning.add,
    "alike": values.alike,
    "multiply": meaning.multiply,
    "length": text_functions.length,
    "middle": text_functions.some_letters,
    "fixed_text": text_functions.fixed_text,
    "text": values.spreadsheet_text,
    "NOTHING": (None, ""),
}


class PythonCode(NamedTuple):
    """Source, and the kinds of values that it can come to."""

    text: str
    kinds: int


class Writer:
    """One formula on its way to source. `sure` are names that a condition around has shown to be numbers."""

    def __init__(self, scope: Scope, writers: Mapping[str, "WriteCode"]) -> None:
        self.scope, self.writers = scope, writers
        self.sure: list[str] = []

    def function(self, tree: Tree) -> PythonCode:
        """The source of the column or scalar: every number a float, and 0 where only a blank cell is referred to."""
        text, kinds = self.code(tree, None)
        if kinds & BLANK or kinds & COUNT:
            text, kinds = f"shown({text})", (kinds & ~(BLANK | COUNT)) | FLOAT
        return PythonCode(self.scope.function(text), kinds)

    def code(self, tree: Tree, within: careful.Within | None) -> PythonCode:
        """The source of a tree; `within` are the columns that an array formula around it goes down."""
        if isinstance(tree, Number):
            return PythonCode(repr(tree.number), FLOAT)
        if isinstance(tree, Text):
            return PythonCode(repr(tree.text), TEXT)
        if isinstance(tree, Name):
            return self.named(tree.name, within)
        if tree.function not in self.writers:
            raise FormulaError(f"nothing says how {tree.function} is written")
        return self.writers[tree.function](self, tree, within)

    def named(self, name: str, within: careful.Within | None) -> PythonCode:
        """The source of a name."""
        made = self.scope.make_out(name)
        kinds = FLOAT if name in self.sure else made.kinds
        if not made.whole:
            return PythonCode(made.code, kinds)
        if within is None:
            raise FormulaError(f"a whole column where one value is wanted: {name}")
        return PythonCode(within.setdefault(made.code, f"w{len(within)}"), kinds)

    def condition(self, tree: Tree, within: careful.Within | None) -> str:
        """A tree where a condition is wanted."""
        text, kinds = self.code(tree, within)
        return text if not kinds & TEXT else f"truth({text})"


ScopeNames = careful.Within | None
WriteCode = Callable[[Writer, Call, ScopeNames], PythonCode]


def _blank_as_zero(code: PythonCode) -> str:
    """A blank counts as 0; a text stays one, for the careful twin."""
    if not code.kinds & BLANK:
        return code.text
    return f"(0.0 if {code.text} is None else {code.text})" if code.kinds & TEXT else f"({code.text} or 0.0)"


def _arithmetic(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    if len(tree.arguments) == 1:
        return PythonCode(f"(-{_blank_as_zero(writer.code(tree.arguments[0], within))})", FLOAT)
    first, second = (writer.code(each, within) for each in tree.arguments)
    # Python joins texts with + and repeats them with *.
    if tree.function == "+" and first.kinds & second.kinds & TEXT:
        return PythonCode(f"add({first.text},{second.text})", FLOAT)
    if tree.function == "*" and (first.kinds | second.kinds) & TEXT and (first.kinds | second.kinds) & (TRUTH | COUNT):
        return PythonCode(f"multiply({first.text},{second.text})", FLOAT)
    on_the_way = all(each.kinds & (TRUTH | COUNT) for each in (first, second)) and tree.function != "/"
    kinds = FLOAT | COUNT if on_the_way else FLOAT
    if tree.function == "^":
        return PythonCode(f"pow({_blank_as_zero(first)},{_blank_as_zero(second)})", FLOAT)
    return PythonCode(f"({_blank_as_zero(first)}{tree.function}{_blank_as_zero(second)})", kinds)


def _join(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    first, second = (writer.code(each, within) for each in tree.arguments)
    parts = [each.text if each.kinds == TEXT else f"text({each.text})" for each in (first, second)]
    return PythonCode(f"({parts[0]}+{parts[1]})", TEXT)


def _equality(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    first, second = (writer.code(each, within) for each in tree.arguments)
    text = _equal(first, second)
    if within is None and not writer.scope.changes_by_row(text):
        text = writer.scope.work_out_once(text)
    return PythonCode(text if tree.function == "=" else f"(not {text})", TRUTH)


def _equal(first: PythonCode, second: PythonCode) -> str:
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


def _order(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    first, second = (writer.code(each, within) for each in tree.arguments)
    if (first.kinds | second.kinds) & TRUTH or first.kinds & second.kinds & TEXT:
        sign = {"<": "less({0},{1})", ">": "less({1},{0})", "<=": "(not less({1},{0}))", ">=": "(not less({0},{1}))"}
        return PythonCode(sign[tree.function].format(first.text, second.text), TRUTH)
    if FLOAT in (first.kinds, second.kinds):
        return PythonCode(f"({_blank_as_zero(first)}{tree.function}{_blank_as_zero(second)})", TRUTH)
    return PythonCode(f"({first.text}{tree.function}{second.text})", TRUTH)


def _if(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    condition = writer.condition(tree.arguments[0], within)
    shown = shown_numbers(tree.arguments[0])
    writer.sure += shown
    yes = writer.code(tree.arguments[1], within)
    del writer.sure[len(writer.sure) - len(shown) :]
    no = writer.code(tree.arguments[2], within)
    return PythonCode(f"({yes.text} if {condition} else {no.text})", yes.kinds | no.kinds)


def _if_error(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    """Whether something fails is for the careful twin to say."""
    value, instead = (writer.code(each, within) for each in tree.arguments)
    return PythonCode(value.text, value.kinds | instead.kinds)


def _is_number(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    value = writer.code(tree.arguments[0], within)
    if isinstance(tree.arguments[0], Name) and value.kinds == FLOAT:
        return PythonCode("True", TRUTH)
    return PythonCode(f"({f'shown({value.text})' if value.kinds & COUNT else value.text}.__class__ is float)", TRUTH)


def _is_blank(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    return PythonCode(f"({writer.code(tree.arguments[0], within).text} is None)", TRUTH)


def _is_error(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    """What is worked out without a failure is no error; with one, the careful twin says so."""
    return PythonCode(f"({writer.code(tree.arguments[0], within).text},False)[1]", TRUTH)


def _conditions(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    """Conditions that can fail are all worked out, as a spreadsheet does; others need not be."""
    parts = [writer.condition(each, within) for each in tree.arguments]
    if any(map(can_fail, tree.arguments[1:])):
        return PythonCode(f"{'all' if tree.function == 'AND' else 'any'}([{','.join(parts)}])", TRUTH)
    return PythonCode(f"({f' {tree.function.lower()} '.join(parts)})", TRUTH)


def _not(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    return PythonCode(f"(not {writer.condition(tree.arguments[0], within)})", TRUTH)


def _plainly(function: str) -> WriteCode:
    """A function of numbers that Python has too."""

    def write(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
        codes = [writer.code(each, within) for each in tree.arguments]
        parts = [each.text if each.kinds == FLOAT else f"number({each.text})" for each in codes]
        return PythonCode(f"{function}({','.join(parts)})", FLOAT)

    return write


def _texts(writer: Writer, tree: Call, within: ScopeNames) -> str:
    """The arguments of a function of texts; what odd ones come to, the careful function says here too."""
    return ",".join(writer.code(each, within).text for each in tree.arguments)


def _link(writer: Writer, tree: Call, within: ScopeNames) -> PythonCode:
    target, shown = (writer.code(each, within) for each in tree.arguments)
    return PythonCode(f"({target.text},{shown.text})[1]", shown.kinds)


WRITERS: Mapping[str, WriteCode] = {
    **dict.fromkeys("+-*/^", _arithmetic),
    "&": _join,
    **dict.fromkeys(("=", "<>"), _equality),
    **dict.fromkeys(("<", ">", "<=", ">="), _order),
    "IF": _if,
    "IFERROR": _if_error,
    "ISNUMBER": _is_number,
    "ISBLANK": _is_blank,
    "ISERROR": _is_error,
    "AND": _conditions,
    "OR": _conditions,
    "NOT": _not,
    "ABS": _plainly("abs"),
    "INT": lambda writer, tree, within: PythonCode(f"float({_plainly('floor')(writer, tree, within).text})", FLOAT),
    "FIXED": lambda writer, tree, within: PythonCode(f"fixed_text({_texts(writer, tree, within)})", TEXT),
    "HYPERLINK": _link,
    "LEN": lambda writer, tree, within: PythonCode(f"length({_texts(writer, tree, within)})", FLOAT),
    "LN": _plainly("log"),
    "MID": lambda writer, tree, within: PythonCode(f"middle({_texts(writer, tree, within)})", TEXT),
    "ROUND": _plainly("half_up"),
    "SQRT": _plainly("sqrt"),
}
