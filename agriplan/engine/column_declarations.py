"""How a column is declared: a line of its table, name, sort, unit and what it means in Chinese and English."""

from typing import Literal, NamedTuple

Sort = Literal["number", "whole", "text", "flag"]


class ColumnDeclaration(NamedTuple):
    """One column: its name, what sort of thing it holds, its unit and what it means."""

    name: str
    sort: Sort
    unit: str
    zh: str
    en: str


def declare_columns(text: str) -> tuple[ColumnDeclaration, ...]:
    """Read declarations, one a line: name, sort, unit, Chinese, English."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(ColumnDeclaration(*(cell.strip() for cell in row)) for row in rows)  # type: ignore[arg-type]
