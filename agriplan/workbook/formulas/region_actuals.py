"""The region's own figures of the years: what counts of each row, how exact it is, and what it leaves of the leagues'.

A cell that is filled in counts before what is known without it. `region_years` finds a row by its key (`looked_up`).
"""

from agriplan.workbook.formulas.doubts import doubts_of_actual
from agriplan.workbook.formulas.filling import Formulas, chosen, first_number, where_known


def _entered_or(entered: str, known: str) -> str:
    """One figure where the cell holds a number, else the other where there is one."""
    return chosen({"ISNUMBER({entered_actual})": entered, f"ISNUMBER({known})": known})


_COUNTS: Formulas = {
    "figure": _entered_or("{entered_actual}", "{known}"),
    "level": _entered_or("{assumptions.grades.level@reported}", "{known_level}"),
    **doubts_of_actual("{expected}", "{in_base_prices}"),
}
# Of commitments: beside what counts stands what the leagues and the difference come to, once all have reported.
STATED_ACTUALS: Formulas = {
    **_COUNTS,
    "error": _entered_or("{*1.quantity_error}", "{known_error}"),
    "expected": "{*1.region_years.projection@*2}",
    "used": first_number("{*1.region_years.stated_actual@*2}"),
    "of_leagues": "{*1.region_years.from_leagues@*2}",
    "apart": where_known("ROUND({used}-{of_leagues},{*1.own_decimals})", "{used}", "{of_leagues}"),
}
# Of quantities and unit values.
PUBLISHED_ACTUALS: Formulas = {**_COUNTS, "error": _entered_or("{base_error}", "{known_error}")}


def looked_up(table: str, column: str, entry: str) -> str:
    """A figure of the row whose key stands in a cell; the base year has none."""
    return f'IF({entry}="","",INDEX({{published.{table}.{column}:}},MATCH({entry},{{published.{table}.key:}},0)))'


# Columns of the region's years, by what they are called on the sheet of its own figures.
_TOLD = {"told_error": "error", "told_level": "level"}
_STATED = {name: looked_up("stated", column, "{stated_entry}") for name, column in _TOLD.items()}
ENTERED_AMOUNT = {"stated_actual": looked_up("stated", "figure", "{stated_entry}"), **_STATED}


def entered_value(*, quantity: bool, unit_value: bool) -> dict[str, str]:
    """Of a value: its own figure, else quantity and unit value, where those have cells."""
    found = {"stated_value": looked_up("stated", "figure", "{stated_entry}")}
    if quantity:
        found["stated_quantity"] = looked_up("parts", "figure", "{quantity_entry}")
        for name, column in _TOLD.items():
            other = looked_up("parts", column, "{quantity_entry}")
            found[name] = f"IF(ISNUMBER({{stated_value}}),{_STATED[name]},{other})"
    if unit_value:
        found["stated_unit_value"] = looked_up("parts", "figure", "{unit_value_entry}")
        found["told_unit_value_error"] = looked_up("parts", "error", "{unit_value_entry}")
        found["told_unit_value_level"] = looked_up("parts", "level", "{unit_value_entry}")
    return found
