"""Whether what the leagues come to fits into their region."""

from collections import defaultdict
from collections.abc import Iterator, Set

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.needed_rows import is_of_base_year
from agriplan.baselines.records import Figure
from agriplan.errors import Problem
from agriplan.formatting import print_significant
from agriplan.rounding import measured_difference


def leagues_fit_into_the_region(contents: FolderContents, doubted: Set[str]) -> Iterator[Problem]:
    """A sum of leagues that exceeds the region by more than their errors allow is a slip of the pen.

    Indicators of which a figure is `doubted` for another reason are left out: their sums follow from it.
    """
    header = contents.header
    if header is None or header.region.code in contents.league_codes:
        return
    amounts = {row.quantity for row in contents.commitments if not row.is_rate} - doubted
    now: dict[str, dict[str, tuple[int, Figure]]] = defaultdict(dict)
    for line, row in contents.figures.items():
        if row.indicator in amounts and is_of_base_year(row, contents):
            now[row.indicator].setdefault(row.area, (line, row))  # a figure that is given again counts once
    for indicator, rows in now.items():
        whole = rows[header.region.code][1].value if header.region.code in rows else None
        parts = [one for area, one in rows.items() if area in contents.league_codes]
        total = sum(row.value for _, row in parts)
        slack = sum(row.value * row.relative_error for _, row in parts)
        if whole is not None and measured_difference(whole + slack, total) < 0:
            line, largest = max(parts, key=lambda pair: pair[1].value)
            figures = {"total": total, "region": whole, "largest": largest.value}
            values: dict[str, object] = {name: print_significant(one, 10) for name, one in figures.items()}
            values |= {"unit": contents.unit_called(indicator), "indicator": contents.called(indicator)}
            values |= {"area": contents.called(largest.area)}
            yield Problem(f"observed.csv:{line}", "leagues_exceed_region", values)
