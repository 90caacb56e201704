"""Every live formula of a workbook, written in names (see `description`), one per column or scalar.

`LINE` stands for the indicator's id, `REGION` for the region's code, `END` for the target year and so on; `fill_in`
puts them in. Constants are 0, 1, 2, the 100 of per cent and named cells. What has no meaning yet is an empty text,
never an error.
"""

from agriplan.workbook.formulas.assumed import (
    ASSUMED_CRITERIA,
    ASSUMED_HERDS,
    ASSUMED_LEAGUES,
    ASSUMED_LINES,
    CRITERIA_WEIGHTS,
)
from agriplan.workbook.formulas.balances import balance_rows, fodder_rows
from agriplan.workbook.formulas.compared import (
    COMPARED_LINE,
    compared_difference,
    compared_totals,
    spread_columns,
    spread_of,
)
from agriplan.workbook.formulas.doubts import DOUBTS_OF_MARGIN
from agriplan.workbook.formulas.edits import edited, inputs_of, list_lines, list_totals, of_cells, of_rows
from agriplan.workbook.formulas.evaluation import as_of, evaluated_areas, evaluated_region
from agriplan.workbook.formulas.filling import FUNCTIONS, Formulas, amiss, changed, fill_in, grade_of, latest
from agriplan.workbook.formulas.leagues import LEAGUE_FORMULAS, LEAGUES_BY_KIND
from agriplan.workbook.formulas.line import (
    GRADE_SHARE,
    LINE,
    LINE_BY_KIND,
    LINE_CHECKS,
    check_actual,
    check_entries,
    check_own,
    check_range,
)
from agriplan.workbook.formulas.pages import (
    CHECK,
    FIRST_PAGE,
    FIRST_PAGE_OF_LEAGUE,
    FIRST_PAGE_OF_REGION,
    LARGEST_SHARE,
    LIGHT_OF_FIRST_PAGE,
    MEETING_SHARES,
    OVERALL_LIGHT,
    OVERVIEW,
    OVERVIEW_ROWS,
    OVERVIEW_TOTAL,
    OWN_SHARE,
    columns_in_error,
)
from agriplan.workbook.formulas.printed import (
    OWN_PRINTED_ACTUAL,
    OWN_PRINTED_MILESTONE,
    OWN_PRINTED_MILESTONE_OF_RATE,
    PRINTED_ACTUAL,
)
from agriplan.workbook.formulas.region_actuals import ENTERED_AMOUNT, PUBLISHED_ACTUALS, STATED_ACTUALS, entered_value
from agriplan.workbook.formulas.results import RESULTS_BY_YEAR, RESULTS_OF_LEAGUES, Results
from agriplan.workbook.formulas.standing import evaluated_leagues, quantities_of_values, shown_leagues
from agriplan.workbook.formulas.standing_of_region import evaluated_line
from agriplan.workbook.formulas.yearly import (
    ENTERED_ACTUAL,
    LEAGUE_YEARS_BY_KIND,
    PROGRESS,
    REGION_ACTUALS,
    REGION_ACTUALS_OF_LEAGUE,
    REGION_YEARS_BY_KIND,
    STATED_VALUE,
    YEAR_FORMULAS,
    YEARS_OF_REGION,
)

__all__ = [
    "ASSUMED_CRITERIA",
    "ASSUMED_HERDS",
    "ASSUMED_LEAGUES",
    "ASSUMED_LINES",
    "CHECK",
    "COMPARED_LINE",
    "CRITERIA_WEIGHTS",
    "DOUBTS_OF_MARGIN",
    "ENTERED_ACTUAL",
    "ENTERED_AMOUNT",
    "FIRST_PAGE",
    "FIRST_PAGE_OF_LEAGUE",
    "FIRST_PAGE_OF_REGION",
    "FUNCTIONS",
    "GRADE_SHARE",
    "LARGEST_SHARE",
    "LEAGUES_BY_KIND",
    "LEAGUE_FORMULAS",
    "LEAGUE_YEARS_BY_KIND",
    "LIGHT_OF_FIRST_PAGE",
    "LINE",
    "LINE_BY_KIND",
    "LINE_CHECKS",
    "MEETING_SHARES",
    "OVERALL_LIGHT",
    "OVERVIEW",
    "OVERVIEW_ROWS",
    "OVERVIEW_TOTAL",
    "OWN_PRINTED_ACTUAL",
    "OWN_PRINTED_MILESTONE",
    "OWN_PRINTED_MILESTONE_OF_RATE",
    "OWN_SHARE",
    "PRINTED_ACTUAL",
    "PROGRESS",
    "PUBLISHED_ACTUALS",
    "REGION_ACTUALS",
    "REGION_ACTUALS_OF_LEAGUE",
    "REGION_YEARS_BY_KIND",
    "RESULTS_BY_YEAR",
    "RESULTS_OF_LEAGUES",
    "STATED_ACTUALS",
    "STATED_VALUE",
    "YEARS_OF_REGION",
    "YEAR_FORMULAS",
    "Formulas",
    "Results",
    "amiss",
    "as_of",
    "balance_rows",
    "changed",
    "check_actual",
    "check_entries",
    "check_own",
    "check_range",
    "columns_in_error",
    "compared_difference",
    "compared_totals",
    "edited",
    "entered_value",
    "evaluated_areas",
    "evaluated_leagues",
    "evaluated_line",
    "evaluated_region",
    "fill_in",
    "fodder_rows",
    "grade_of",
    "inputs_of",
    "latest",
    "list_lines",
    "list_totals",
    "of_cells",
    "of_rows",
    "quantities_of_values",
    "shown_leagues",
    "spread_columns",
    "spread_of",
]  # fmt: skip
