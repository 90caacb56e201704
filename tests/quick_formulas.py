"""Shared formulas of openpyxl, taken apart once for each formula instead of once for each cell that shares it.

A third of the time in which a workbook with its formulas is opened went into that. What comes out is the same:
`test_quick_formulas` compares.
"""

import re
from collections.abc import Iterable

from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import column_index_from_string, coordinate_to_tuple, get_column_letter

openpyxls_own = Translator.translate_formula

# An address or two with a colon, on a sheet or on none. What else a reference can be is left to openpyxl.
ADDRESS = r"(\$?[A-Za-z]{1,3})(\$?[1-9][0-9]{0,6})"
REFERENCE = re.compile(rf"(.*!)?{ADDRESS}(?:(:){ADDRESS})?")

# What stands for every cell; or "row" or "column" and where it is in the formula's own cell; or what openpyxl moves.
Part = str | tuple[str, int] | tuple[str, str]


def translate(self: Translator, dest: str | None = None, row_delta: int = 0, col_delta: int = 0) -> str:
    """The formula as it reads in another cell."""
    tokens = self.get_tokens()
    if not tokens or tokens[0].type == Token.LITERAL:
        return openpyxls_own(self, dest, row_delta, col_delta)
    if dest:
        row, col = coordinate_to_tuple(dest)
        row_delta, col_delta = row - self.row, col - self.col
    if "_parts" not in vars(self):
        self._parts = joined(part for token in tokens for part in parts_of(token))
    return "=" + "".join(part if isinstance(part, str) else moved(part, row_delta, col_delta) for part in self._parts)


def parts_of(token: Token) -> list[Part]:
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return [token.value]
    found = REFERENCE.fullmatch(token.value)
    if found is None:
        return [("other", token.value)]
    sheet, column, row, colon, last_column, last_row = found.groups()
    first = [sheet or "", column_part(column), row_part(row)]
    return [*first, colon, column_part(last_column), row_part(last_row)] if colon else first


def joined(parts: Iterable[Part]) -> list[Part]:
    """The same with what stays in one piece wherever it stands together."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return found


def column_part(text: str) -> Part:
    return text if text.startswith("$") else ("column", column_index_from_string(text))


def row_part(text: str) -> Part:
    return text if text.startswith("$") else ("row", int(text))


def moved(part: tuple[str, int] | tuple[str, str], row_delta: int, col_delta: int) -> str:
    kind, place = part
    if kind == "other":
        return Translator.translate_range(place, row_delta, col_delta)
    if kind == "row":
        if place + row_delta <= 0:
            raise TranslatorError("Formula out of range")
        return str(place + row_delta)
    try:
        return get_column_letter(place + col_delta)
    except ValueError:
        raise TranslatorError("Formula out of range") from None


def install() -> None:
    """Have openpyxl do so."""
    Translator.translate_formula = translate
