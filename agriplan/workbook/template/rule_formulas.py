"""Whether the formula of a template's rule may go into every workbook: whole, of known functions, of this file."""

from math import isfinite


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


# What fetches from elsewhere, or tells of the machine.
_LEAD_OUTSIDE = frozenset(("RTD", "HYPERLINK", "INFO", "CELL"))


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
