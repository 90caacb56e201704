"""The sheet of inputs: what holds where a planner entered nothing."""

from agriplan.workbook.formulas.doubts import DOUBTS_OF_HERDS, DOUBTS_OF_INPUTS, DOUBTS_OF_LINES
from agriplan.workbook.formulas.filling import Formulas, grade_of

_REPORTED = "{assumptions.grades.level@reported}"

# The margin of monitoring, a single cell.
MARGIN_USED: Formulas = {
    "status_margin_used": "IF(ISNUMBER({.status_margin}),{.status_margin},{.usual_status_margin})",
}

ASSUMED_LINES: Formulas = {
    "target": "IF(ISNUMBER({entered_target}),{entered_target},{source_target})",
    "growth": 'IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({suggested}),{suggested},""))',
    "max_growth": 'IF(ISNUMBER({entered_max_growth}),{entered_max_growth},IF({entered_max_growth}={words.cap.none},"",'
    'IF(ISNUMBER({usual_max_growth}),{usual_max_growth},"")))',
    "unit_value": "IF(ISNUMBER({own_unit_value}),{own_unit_value},IF(ISNUMBER({observed_unit_value}),"
    '{observed_unit_value},""))',
    "unit_value_level": f"IF(ISNUMBER({{own_unit_value}}),{_REPORTED},{{observed_unit_value_level}})",
    "unit_value_grade": f'IF(ISNUMBER({{unit_value}}),{grade_of("{unit_value_level}")},"")',
    "unit_value_growth": "IF(ISNUMBER({entered_unit_value_growth}),{entered_unit_value_growth},"
    'IF(ISNUMBER({suggested_unit_value_growth}),{suggested_unit_value_growth},""))',
    **DOUBTS_OF_LINES,
}

_LEVEL = f'IF(ISNUMBER({{own}}),{_REPORTED},IF(ISNUMBER({{observed_level}}),{{observed_level}},""))'
_GRADE = f'IF(ISNUMBER({{level}}),{grade_of("{level}")},"")'
_FIGURE = 'IF(ISNUMBER({own}),{own},IF(ISNUMBER({observed}),{observed},""))'


def _unsourced(figure: str) -> str:
    source = f"{{{figure}_source}}"
    return f'IF(ISNUMBER({{{figure}}}),IF(ISERROR({source}),1,IF({source}="",1,0)),0)'


# A league's own chain value gives its quantity.
_STATED = "COUNT({own_value},{assumptions.lines.unit_value@*1})>1"

ASSUMED_LEAGUES: Formulas = {
    "quantity": f"IF({_STATED},{{own_value}}/{{assumptions.lines.unit_value@*1}},{_FIGURE})",
    "level": f"IF({_STATED},{_REPORTED},{_LEVEL})",
    "grade": _GRADE,
    "unsourced": f"{_unsourced('own')}+{_unsourced('own_value')}",
    "error": 'IF(ISNUMBER({observed_error}),{observed_error},IF(COUNT({own},{own_value})>0,0,""))',
    "usual_growth": "IF(ISNUMBER({assumptions.lines.entered_growth@*1}),{assumptions.lines.entered_growth@*1},"
    'IF(ISNUMBER({suggested}),{suggested},""))',
    "growth": "IF(ISNUMBER({entered_growth}),{entered_growth},{usual_growth})",
    # What the checks count, each in its own row: an error in one cell breaks no other indicator's check.
    **DOUBTS_OF_INPUTS,
}

ASSUMED_HERDS: Formulas = {
    # Without the region's own growth each league has its own: a blank stands for one only where they are the same.
    "usual_growth": 'IF({league}={plan.region},IF(ISNUMBER({shared_growth}),{shared_growth},""),'
    "IF(ISNUMBER({herds.entered_growth@*1.REGION}),{herds.entered_growth@*1.REGION},"
    'IF(ISNUMBER({suggested}),{suggested},"")))',
    "herd": _FIGURE,
    "level": _LEVEL,
    "grade": _GRADE,
    "growth": "IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({herds.entered_growth@*1.REGION}),"
    '{herds.entered_growth@*1.REGION},IF(ISNUMBER({suggested}),{suggested},"")))',
    **DOUBTS_OF_HERDS,
}
