"""balances.toml of the next period: its figures are those of the last year in which they are known."""

import re
from collections.abc import Mapping
from functools import reduce

from agriplan.baselines.balances import Balances

KnownFigures = Mapping[tuple[str, str, int], float]  # by indicator, area and year
YearMoves = dict[str, int | None]  # the year that stands behind a key
_HEAD = re.compile(r"^[ \t]*\[+[ \t]*(\w+)[ \t]*\]+")
_NOTE = re.compile(r'[ \t]*"?note_(?:zh|en)"?[ \t]*=')
_OF = re.compile(r'\bof"?[ \t]*=[ \t]*"(\w+)"')


def with_later_years(text: str, balances: Balances, known: KnownFigures, region: str, last: int) -> str:
    """The text with every year of a figure moved on; what stands beside it, comments too, stays.

    Both figures of a yield are of one year where there is one in which both are known. The note of a yield that is of
    another year then is left out: it is about the figures that it was made of.
    """

    def latest(*indicators: str) -> int | None:
        of_region = {(name, year) for name, area, year in known if area == region and year <= last}
        years = [{year for one, year in of_region if one == name} for name in indicators]
        return max(set.intersection(*years), default=None)

    moves: dict[str, list[YearMoves]] = {
        "yield": [dict.fromkeys(("of_year", "per_year"), latest(one.of, one.per)) for one in balances.yields],
        "balance": [{"stock_year": latest(one.stock), "each_year": latest(one.each)} for one in balances.balance],
    }
    others = [
        max(one.of_year, move["of_year"] or 0) > one.of_year or max(one.per_year, move["per_year"] or 0) > one.per_year
        for one, move in zip(balances.yields, moves["yield"], strict=True)
    ]
    lines, block, places = [], "", dict.fromkeys(moves, -1)
    for line in text.splitlines(keepends=True):
        if head := _HEAD.match(line):
            block = head[1]
            if block in places:
                places[block] += 1
        if block == "yield" and others[places[block]] and _NOTE.match(line):
            continue
        here = moves[block][places[block]] if block in moves else {}
        if block == "fodder" and (of := _OF.search(line)):
            here = {"year": latest(of[1])}
        lines.append(reduce(_moved, here.items(), line))
    return "".join(lines)


def _moved(line: str, move: tuple[str, int | None]) -> str:
    """The line with a later year behind the key.

    >>> _moved("stock_year = 2020  # cows", ("stock_year", 2022)), _moved("stock_year = 2020", ("stock_year", None))
    ('stock_year = 2022  # cows', 'stock_year = 2020')
    """
    key, year = move
    if year is None:
        return line
    return re.sub(
        rf'(\b{key}"?[ \t]*=[ \t]*)(\d+)', lambda found: f"{found[1]}{max(int(found[2]), year)}", line, count=1
    )
