"""What monitoring (监测) makes of an actual: how much of the target and of the way is done, against the milestones."""

from agriplan.workbook.formulas.filling import (
    Formulas,
    chosen,
    flag,
    has_come,
    needed_growth_formula,
    unless_met_formula,
    where_known,
)

YEARS_LEFT = "({plan.target_year}-{year})"
# A league has done what was handed down to it, the printed target; its milestones lead to the exact one.
WAY_OF_LEAGUE = "{*1.leagues.target@*2}"


def _reached(per_cent: str) -> str:
    """Nothing but what is reached in print is shown as 100 or more: `rounding.per_cent_reached`."""
    return f"IF({{met}}=1,MAX(100,{per_cent}),MIN(100-1/100,{per_cent}))"


_STATUS_OF_ACTUAL = chosen(
    {
        "LEFT=0": "IF({met}=1,{words.status.done},{words.status.missed})",
        "{met}=1": "{words.status.reached_early}",
        "{lead}>{assumptions.status_margin_used}": "{words.status.ahead}",
        "{lead}<-{assumptions.status_margin_used}": "{words.status.behind}",
    },
    "{words.status.on_course}",
)
# ACTUAL is the column of actuals, LEFT the years that are left, LEADS what the milestones lead to. `base` is
# `where_way_begins`, since no way leads to a target that does not lie above.
PROGRESS: Formulas = {
    "completion": where_known(f'IF({{target}}=0,"",{_reached("{ACTUAL}/{target}*100")})', "{ACTUAL}", "{target}"),
    "progress": where_known(_reached("({ACTUAL}-{base})/({target}-{base})*100"), "{ACTUAL}", "{schedule}"),
    "schedule": where_known('IF(LEADS>{base},({milestone}-{base})/(LEADS-{base})*100,"")', "{milestone}", "{target}"),
    # Nothing is no measure: where the target is nothing whoever has any has met it, and leads by no number.
    "lead": "IF(AND(ISNUMBER({ACTUAL}),MIN({milestone},{target})>0),ROUND(IF(ISNUMBER({schedule}),"
    '{progress}-{schedule},({ACTUAL}/{milestone}-1)*100),{plan.digits}),"")',
    "elapsed": "({year}-{plan.base_year})/{plan.years}*100",
    # What was handed down is what is reached or not: the printed figures.
    "met": flag(has_come("{printed_actual}", "{printed_target}"), "{printed_actual}", "{printed_target}"),
    "status": chosen(
        {"NOT(ISNUMBER({target}))": "{words.status.no_target}", "ISNUMBER({ACTUAL})": _STATUS_OF_ACTUAL},
        "{words.status.no_actual}",
    ),
    "needed_later": "IF(AND(COUNT({ACTUAL},{target})>1,LEFT>0),"
    f'{unless_met_formula("{met}=1", needed_growth_formula("{ACTUAL}", "{target}", "LEFT"))},"")',
}
