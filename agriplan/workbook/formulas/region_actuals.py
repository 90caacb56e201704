"""The region's own figures of the years: what counts of each row, how exact it is, and what it leaves of the leagues'.

A cell that is filled in counts before what is known without it. `region_years` finds a row by its key (`looked_up`).
What a figure leaves is the statistical difference, in the unit of the quantity (rates: points): the last that was
measured is carried on year by year, as the engine does.
"""

from collections.abc import Sequence

from agriplan.workbook.formulas.doubts import doubts_of_actual
from agriplan.workbook.formulas.filling import Formulas, chosen, first_number, where_known
from agriplan.workbook.formulas.standing import of_year


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


_MEASURED = "{stated_actual}-{summed}"
# The columns of the region's years; TIMES and BY stand for its unit value.
CARRIED_DIFFERENCE: Formulas = {
    # What the leagues leave of the region's figure, once all have reported; nothing where both agree.
    "measured": where_known(
        f"IF(ABS({_MEASURED})<={{plan.check_tolerance}}*ABS({{stated_actual}}),0,({_MEASURED})BY)",
        "{stated_actual}",
        "{summed}",
    ),
    "carried_difference": f"{first_number('{measured}', other='{difference_before}')}TIMES",
}


def within_ceiling(difference: str, mean: str) -> str:
    """As much of a rate's difference as leaves the region between 0 and its natural ceiling beside its leagues."""
    return f"IF({difference}=0,0,MAX(MIN(0,-{mean}),MIN({difference},MAX(0,{{.natural_ceiling}}-{mean}))))"


_BEFORE = within_ceiling("{difference_before}", "{summed}")
CARRIED_DIFFERENCE_OF_RATE: Formulas = {
    **CARRIED_DIFFERENCE,
    "carried_difference": first_number("{measured}", other=f"IF(ISNUMBER({{summed}}),{_BEFORE},{{difference_before}})"),
}
FROM_LEAGUES_OF_RATE = where_known(f"{{summed}}+{_BEFORE}", "{summed}")


def chain_of_differences(kind: str, years: Sequence[int]) -> Formulas:
    """What is known of each year before its own figures, without `evaluated_` before the names."""
    growth = "{assumptions.lines.growth@LINE}"
    grown = "" if kind == "rate" else "*{.grows_by}"
    found = {} if kind == "rate" else {"grows_by": f"IF(ISNUMBER({growth}),1+{growth}/100,1)"}
    before = "{.observed_difference}"
    for year in years:
        found[f"difference_{year}"] = f"{before}{grown}"
        before = f"({first_number(f'{{region_years.measured@{year}}}', other=f'{{.difference_{year}}}')})"
    return found


def difference_before(which: str, years: Sequence[int]) -> str:
    """What is known of one of the years before its own figures, by its step; of the base year what was published."""
    return of_year(which, years, "{.evaluated_difference_YEAR}", "{.observed_difference}")
