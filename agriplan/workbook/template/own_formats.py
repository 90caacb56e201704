"""Conditional formats of a template's own, in XlsxWriter's words; what has no word there is named."""

import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

from agriplan.errors import Problem
from agriplan.workbook.template.carried import OwnFormat
from agriplan.workbook.template.cell_formats import Key, freeze, rgb_of

if TYPE_CHECKING:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.worksheet.worksheet import Worksheet

RuleWords = dict[str, Any]
# A rule that looks at another sheet is not carried: that sheet may be called otherwise, or be left out.
_ELSEWHERE = re.compile(r'"(?:[^"]|"")*"|(!)')
# As long as a formula may be, and as many rules as one sheet may have.
MOST_RULE, MOST_RULES = 1_000, 200
# What fetches from elsewhere, or tells of the machine.
_LEAD_OUTSIDE = frozenset(("RTD", "HYPERLINK", "INFO", "CELL"))


def read_own_formats(sheet: "Worksheet", colours: list[str], problems: list[Problem]) -> Iterator[OwnFormat]:
    """The conditional formats of a sheet, the first to count first."""
    rules = [(rule, part.sqref) for part in sheet.conditional_formatting for rule in part.rules]
    for number, (rule, where) in enumerate(sorted(rules, key=lambda each: each[0].priority)):
        ranges = tuple(
            (each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1) for each in where.ranges
        )
        words = _IN_WORDS.get(rule.type, _by_formula)(rule, colours)
        if words is None or number >= MOST_RULES or not _stays_here(words) or not _is_sound(rule):
            problems.append(Problem(f"{sheet.title}!{where}", "template_left_formats"))
        else:
            stops = {"stop_if_true": True} if rule.stopIfTrue else {}
            yield OwnFormat(ranges, words | stops, _look(rule.dxf, colours))


def _stays_here(words: Mapping[str, Any]) -> bool:
    texts = [each for each in words.values() if isinstance(each, str)]
    return not any(len(text) > MOST_RULE or any(_ELSEWHERE.findall(text)) for text in texts)


def _is_sound(rule: "Rule") -> bool:
    """Whether all of a rule's formulas and ends are such that a spreadsheet program opens the workbook."""
    ends = [end for part in (rule.colorScale, rule.dataBar) if part for end in part.cfvo]
    fits = all(may_be_carried(formula or "") for formula in rule.formula)
    return fits and all(may_be_bound(end.type, end.val) for end in ends)


def _by_value(rule: "Rule", _: list[str]) -> RuleWords | None:
    """A comparison with one value or two."""
    wanted = 2 if rule.operator in ("between", "notBetween") else 1
    if len(rule.formula) < wanted or not rule.operator:
        return None
    if wanted == 2:
        return {"type": "cell", "criteria": rule.operator, "minimum": rule.formula[0], "maximum": rule.formula[1]}
    return {"type": "cell", "criteria": rule.operator, "value": rule.formula[0]}


def _by_formula(rule: "Rule", _: list[str]) -> RuleWords | None:
    """A formula; rules about texts, dates, blanks and errors have one, too."""
    return {"type": "formula", "criteria": f"={rule.formula[0]}"} if rule.formula else None


def _by_rank(rule: "Rule", _: list[str]) -> RuleWords | None:
    if not rule.rank:
        return None
    part = {"criteria": "%"} if rule.percent else {}
    return {"type": "bottom" if rule.bottom else "top", "value": rule.rank} | part


def _by_average(rule: "Rule", _: list[str]) -> RuleWords | None:
    side = "below" if rule.aboveAverage is False else "above"
    if rule.stdDev:
        return {"type": "average", "criteria": f"{rule.stdDev} std dev {side}"}
    return {"type": "average", "criteria": f"equal or {side}" if rule.equalAverage else side}


def _by_scale(rule: "Rule", colours: list[str]) -> RuleWords | None:
    ends = rule.colorScale.cfvo if rule.colorScale else []
    shades = [rgb_of(each, colours) for each in rule.colorScale.color] if rule.colorScale else []
    names = {2: ("min", "max"), 3: ("min", "mid", "max")}.get(len(ends))
    if names is None or len(shades) != len(ends) or None in shades:
        return None
    words: RuleWords = {"type": f"{len(ends)}_color_scale"}
    for name, end, shade in zip(names, ends, shades, strict=True):
        words |= {f"{name}_color": shade} | _end(name, end)
    return words


def _by_bar(rule: "Rule", colours: list[str]) -> RuleWords | None:
    if not rule.dataBar or (shade := rgb_of(rule.dataBar.color, colours)) is None:
        return None
    ends = zip(("min", "max"), rule.dataBar.cfvo, strict=False)
    words: RuleWords = {"type": "data_bar", "bar_color": shade}
    for name, end in ends:
        words |= _end(name, end)
    return words


def _end(name: str, end: Any) -> RuleWords:
    value = {} if end.val is None else {f"{name}_value": end.val}
    return {f"{name}_type": end.type} | value


_IN_WORDS: "dict[str, Callable[[Rule, list[str]], RuleWords | None]]" = {
    "cellIs": _by_value,
    "top10": _by_rank,
    "aboveAverage": _by_average,
    "duplicateValues": lambda *_: {"type": "duplicate"},
    "uniqueValues": lambda *_: {"type": "unique"},
    "colorScale": _by_scale,
    "dataBar": _by_bar,
    "iconSet": lambda *_: None,
}


def _look(style: "DifferentialStyle | None", colours: list[str]) -> Key:
    """What a conditional format changes: letters, ground, number format, borders."""
    look: dict[str, Any] = {}
    if style is not None and style.font is not None:
        font = style.font
        underline = {"single": 1, "double": 2}.get(font.u or "", 0)
        look |= {"bold": bool(font.b), "italic": bool(font.i), "underline": underline}
        look |= {"font_strikeout": bool(font.strike), "font_color": rgb_of(font.color, colours)}
    if style is not None and style.fill is not None:
        # The ground of a conditional format is its background; LibreOffice gives the foreground, too.
        look["bg_color"] = rgb_of(style.fill.bgColor, colours) or rgb_of(style.fill.fgColor, colours)
    if style is not None and style.numFmt is not None:
        look["num_format"] = style.numFmt.formatCode
    for side in ("left", "right", "top", "bottom"):
        border = getattr(style.border, side) if style is not None and style.border is not None else None
        if border is not None and border.style:
            look |= {side: 1, f"{side}_color": rgb_of(border.color, colours)}
    return freeze(look)


def may_be_carried(formula: str) -> bool:
    """Whether a formula is complete and calls only what every spreadsheet program works out by itself.

    >>> may_be_carried("AND($A1>2*$B1,C1<>3)"), may_be_carried("(((("), may_be_carried("WEBSERVICE(A1)")
    (True, False, False)
    """
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.utils import FORMULAE

    try:
        items = [item for item in Tokenizer("=" + formula.removeprefix("=")).items if item.type != "WHITE-SPACE"]
    except (TokenizerError, IndexError):  # IndexError, of a bracket that was never opened
        return False
    if not items or items[-1].type in ("OPERATOR-INFIX", "OPERATOR-PREFIX", "SEP"):
        return False
    opened = sum({"OPEN": 1, "CLOSE": -1}.get(item.subtype, 0) for item in items)
    called = {item.value.rstrip("(").upper() for item in items if item.type == "FUNC" and item.subtype == "OPEN"}
    outside = any(item.subtype == "RANGE" and set("[]|") & set(item.value) for item in items)
    return opened == 0 and not outside and called <= FORMULAE - _LEAD_OUTSIDE


def may_be_bound(kind: str | None, value: object) -> bool:
    """Whether an end of a scale or bar is one: without a value, a number that there is, or such a formula.

    >>> may_be_bound("num", float("nan")), may_be_bound("percent", 120.0), may_be_bound("max", None)
    (False, False, True)
    """
    if kind in ("percent", "percentile"):
        return isinstance(value, int | float) and 0 <= value <= 100
    if isinstance(value, int | float):
        return isfinite(value)
    return may_be_carried(value) if isinstance(value, str) else kind in ("min", "max")
