"""What a template sheet carries, where it stands once rows have grown and blocks of columns were repeated."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from agriplan.workbook.layout.placement import PlacedSheet
from agriplan.workbook.layout.references import sheet_quoted
from agriplan.workbook.template.carried import PLACE_INSIDE, CarriedThings, CellLink, OwnFormat, Range

SHEET_ROWS = 1_048_576
# Texts in quotes stay; a cell or a range is moved, with or without anchors.
_CELLS = re.compile(
    r'"(?:[^"]|"")*"|(?<![\w.$!])(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?(?![\w(.])'
)
NewPlace = Callable[[int], int]


def moved(
    carried: CarriedThings, row: NewPlace, last_row: NewPlace, col: NewPlace, stretched: Callable[[Range], Range]
) -> CarriedThings:
    """Everything in its new rows and columns; `stretched` says where a range then begins and ends."""

    def told(rule: Mapping[str, Any]) -> Mapping[str, Any]:
        words = {name: moved_formula(text, row, last_row, col) if name in _FORMULAS and isinstance(text, str) else text
                 for name, text in rule.items()}  # fmt: skip
        return words if rule["type"] in _WITH_FORMULAS else rule

    return CarriedThings(
        tuple(replace(each, row=row(each.row), col=col(each.col)) for each in carried.pictures),
        tuple(replace(each, row=row(each.row), col=col(each.col)) for each in carried.comments),
        tuple(replace(each, row=row(each.row), col=col(each.col)) for each in carried.links),
        tuple(OwnFormat(tuple(map(stretched, each.ranges)), told(each.rule), each.look) for each in carried.formats),
    )


# Where the words of a rule hold formulas, and which rules do.
_FORMULAS = frozenset(("criteria", "value", "minimum", "maximum"))
_WITH_FORMULAS = frozenset(("cell", "formula"))


def moved_formula(formula: str, row: NewPlace, last_row: NewPlace, col: NewPlace) -> str:
    """A formula whose cells have moved: what is in quotes and whole columns stay.

    >>> down = lambda number: number + 10
    >>> moved_formula('AND($C5>D$5,SUM($C$5:$C$6)>0,$A1="C5")', down, down, lambda number: number)
    'AND($C15>D$15,SUM($C$15:$C$16)>0,$A11="C5")'
    """

    def new(found: re.Match[str]) -> str:
        if found[4] is None:
            return found[0]
        first = f"{found[1]}{_letters(found[2], col)}{found[3]}{row(int(found[4]) - 1) + 1}"
        if found[8] is None:
            return first
        return f"{first}:{found[5]}{_letters(found[6], col)}{found[7]}{last_row(int(found[8]) - 1) + 1}"

    return _CELLS.sub(new, formula)


def _letters(letters: str, col: NewPlace) -> str:
    return str(xl_col_to_name(col(_number(letters))))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def place_carried(placed: PlacedSheet, every: Iterable[PlacedSheet]) -> CarriedThings:
    """What the sheet carries in this workbook; a link to a sheet that is not seen in it is left out."""

    def stretched(place: Range) -> Range:
        return placed.row(place[0]), place[1], min(placed.last_row(place[2]), SHEET_ROWS - 1), place[3]

    carried = placed.template.carried
    carried = replace(
        carried,
        comments=tuple(each for each in carried.comments if not placed.left_out(each.row)),
        links=tuple(each for each in carried.links if not placed.left_out(each.row)),
    )
    here = moved(carried, placed.row, placed.last_row, lambda col: col, stretched)
    homes: dict[str, PlacedSheet] = {}
    for each in every:
        if each.template.page.seen:
            homes.setdefault(each.template.title, each)
    # A row that is repeated has its links in every row.
    links = []
    for old, new in zip(carried.links, here.links, strict=True):
        if (lead := _leads(new, homes)) is not None:
            links += [replace(lead, row=row) for row in range(new.row, placed.last_row(old.row) + 1)]
    return replace(here, links=tuple(links))


def _leads(link: CellLink, homes: Mapping[str, PlacedSheet]) -> CellLink | None:
    """A link to a place of this workbook, by the title that the sheet has here."""
    if not link.inside:
        return link
    found = PLACE_INSIDE.match(link.address)
    title = (found["quoted"] or "").replace("''", "'") or found["plain"] if found else ""
    home = homes.get(title)
    if found is None or home is None:
        return None
    place = f"{found['col']}{home.row(int(found['row']) - 1) + 1}"
    return replace(link, address=f"{sheet_quoted(home.title)}!{place}")
