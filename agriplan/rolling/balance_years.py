"""balances.toml of the next period: its figures are those of the last year in which they are known."""

import re
from collections.abc import Mapping

from agriplan.baselines.balances import Balances

Known = Mapping[tuple[str, str, int], float]  # by indicator, area and year
_HEAD = re.compile(r"^\[+(\w+)\]+")
_OF = re.compile(r'\bof *= *"(\w+)"')


def with_later_years(text: str, balances: Balances, known: Known, region: str, last: int) -> str:
    """The text with every year of a figure moved on; what stands beside it, comments too, stays.

    Both figures of a yield are of one year where they were.
    """
    years = {
        "yield": [_of_yield(one.of, one.per, known, region, last) for one in balances.yields],
        "balance": [
            {"stock_year": _latest(known, region, last, one.stock), "each_year": _latest(known, region, last, one.each)}
            for one in balances.balance
        ],
    }
    lines, block, places = [], "", dict.fromkeys(years, -1)
    for line in text.splitlines(keepends=True):
        if head := _HEAD.match(line):
            block = head[1]
            if block in places:
                places[block] += 1
        if block in years:
            for key, year in years[block][places[block]].items():
                line = _moved(line, rf"^{key}", year)
        elif block == "fodder" and (of := _OF.search(line)):
            line = _moved(line, r"\byear", _latest(known, region, last, of[1]))
        lines.append(line)
    return "".join(lines)


def _of_yield(of: str, per: str, known: Known, region: str, last: int) -> dict[str, int | None]:
    return dict.fromkeys(("of_year", "per_year"), _latest(known, region, last, of, per))


def _latest(known: Known, region: str, last: int, *indicators: str) -> int | None:
    """The last year in which the region has a figure of all of them; None where there is no such year."""
    years = [
        {year for (one, area, year) in known if (one, area) == (name, region) and year <= last} for name in indicators
    ]
    return max(set.intersection(*years), default=None)


def _moved(line: str, key: str, year: int | None) -> str:
    """The line with a later year behind the key.

    >>> _moved("stock_year = 2020  # cows", "^stock_year", 2022), _moved("stock_year = 2020", "^stock_year", None)
    ('stock_year = 2022  # cows', 'stock_year = 2020')
    """
    if year is None:
        return line
    return re.sub(rf"({key} *= *)(\d+)", lambda found: f"{found[1]}{max(int(found[2]), year)}", line, count=1)
