"""The sheet of inputs: what holds where a planner entered nothing."""

from agriplan.workbook.formulas.doubts import DOUBTS_OF_HERDS, DOUBTS_OF_INPUTS, DOUBTS_OF_LINES
from agriplan.workbook.formulas.filling import Formulas, chosen, first_number, grade_of, graded, where_known

_REPORTED = "{assumptions.grades.level@reported}"

# The on-course range of monitoring, a single cell.
MARGIN_USED: Formulas = {
    "status_margin_used": first_number("{.status_margin}", other="{.usual_status_margin}"),
}

ASSUMED_LINES: Formulas = {
    "target": first_number("{entered_target}", other="{source_target}"),
    "growth": first_number("{entered_growth}", "{suggested}"),
    "max_growth": chosen(
        {
            "ISNUMBER({entered_max_growth})": "{entered_max_growth}",
            "{entered_max_growth}={words.cap.none}": '""',
            "ISNUMBER({usual_max_growth})": "{usual_max_growth}",
        }
    ),
    "unit_value": first_number("{own_unit_value}", "{observed_unit_value}"),
    "unit_value_level": f"IF(ISNUMBER({{own_unit_value}}),{_REPORTED},{{observed_unit_value_level}})",
    "unit_value_grade": where_known(grade_of("{unit_value_level}"), "{unit_value}"),
    "unit_value_growth": first_number("{entered_unit_value_growth}", "{suggested_unit_value_growth}"),
    **DOUBTS_OF_LINES,
}

_LEVEL = chosen({"ISNUMBER({own})": _REPORTED, "ISNUMBER({observed_level})": "{observed_level}"})
_GRADE = graded("{level}")
_FIGURE = first_number("{own}", "{observed}")


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
    "error": first_number("{observed_error}", other='IF(COUNT({own},{own_value})>0,0,"")'),
    "usual_growth": first_number("{assumptions.lines.entered_growth@*1}", "{suggested}"),
    "growth": first_number("{entered_growth}", other="{usual_growth}"),
    # What the checks count, each in its own row: an error in one cell breaks no other indicator's check.
    **DOUBTS_OF_INPUTS,
}

# The region's herd moves with what leagues say of theirs: below "" is every number, and neither a blank nor a text.
_HERDS_SAID = 'SUMPRODUCT(({indicator:}={indicator})*({own:}<""),{%s:})'
_HERD_OF_REGION = where_known(f"{{observed}}+{_HERDS_SAID % 'own'}-{_HERDS_SAID % 'observed'}", "{observed}")
_HERD_GROWTH_OF_REGION = "{herds.entered_growth@*1.REGION}"
ASSUMED_HERDS: Formulas = {
    # Without the region's own growth each league has its own: a blank stands for one only where they are the same.
    "usual_growth": f"IF({{league}}={{plan.region}},{first_number('{shared_growth}')},"
    f"{first_number(_HERD_GROWTH_OF_REGION, '{suggested}')})",
    "herd": f"IF({{league}}={{plan.region}},{_HERD_OF_REGION},{_FIGURE})",
    "level": _LEVEL,
    "grade": _GRADE,
    "growth": first_number("{entered_growth}", _HERD_GROWTH_OF_REGION, "{suggested}"),
    **DOUBTS_OF_HERDS,
}
