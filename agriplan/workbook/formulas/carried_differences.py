"""The statistical difference of actual figures, live: the last that was measured, carried on, as the engine does.

In the unit of the quantity (rates: points), year by year in scalars, which the rows of the years look up.
"""

from collections.abc import Sequence

from agriplan.workbook.formulas.filling import Formulas, first_number, where_known
from agriplan.workbook.formulas.standing import of_year

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
