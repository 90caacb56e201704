"""Figures of a data folder as sentences tell them: with all digits, so that they are found, and with their unit."""

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.records import Assumption, Figure
from agriplan.errors import Called, bound
from agriplan.formatting import Counted, figure_called, print_entered, print_number, print_significant, unit_called
from agriplan.sentences import LANGS, say


def told_value(value: float, thing: Counted) -> dict[str, object]:
    """A figure of that thing."""
    return {"value": print_entered(value), "unit": unit_called(thing)}


def told_figure(row: Figure, contents: FolderContents) -> dict[str, object]:
    """A row of observed.csv."""
    return {"value": print_entered(row.value), "unit": contents.unit_called(row.indicator)}


def told_above(value: float, most: float, thing: Counted) -> dict[str, object]:
    """A figure that is more than it can be."""
    figure, upper = (figure_called(print_entered(one), thing) for one in (value, most))
    return {"word": figure, "bound": bound("le", upper)}


def told_range(row: Assumption, contents: FolderContents) -> dict[str, object]:
    """A growth and its range: per cent, of a rate points."""
    rates = {one.indicator for one in contents.indicators.values() if one.is_rate}
    unit = "note.points" if row.indicator in rates else "note.per_cent"
    growths = {name: print_entered(getattr(row, name)) for name in ("low", "growth", "high")}
    return {**growths, "unit": Called("", *(say(unit, lang) for lang in LANGS))}


def short_number(number: float) -> str:
    """What was worked out, a ratio or a product."""
    return print_number(number, 0) if number >= 1e4 else print_significant(number, 4)
