"""A league's row: limits, rule, the steps of the solver, amount, target and reason."""

from collections.abc import Mapping

from agriplan.workbook.formulas.filling import Formulas, band_of, grade_of
from agriplan.workbook.formulas.printed import PRINTED_LEAGUES, PRINTED_LEAGUES_OF_AMOUNT, PRINTED_LEAGUES_OF_RATE
from agriplan.workbook.formulas.rules import by_rule

LEAGUES: Formulas = {
    **PRINTED_LEAGUES,
    "relative_error": "IF(AND(ISNUMBER({assumptions.leagues.error@LINE.*}),ISNUMBER({assumptions.lines.unit_value_error"
    "@LINE})),SQRT({assumptions.leagues.error@LINE.*}*{assumptions.leagues.error@LINE.*}+"
    '{assumptions.lines.unit_value_error@LINE}*{assumptions.lines.unit_value_error@LINE}),"")',
    "level": "IF(ISNUMBER({assumptions.leagues.own_value@LINE.*}),{assumptions.leagues.level@LINE.*},"
    "IF(COUNT({assumptions.leagues.level@LINE.*},{assumptions.lines.unit_value_level@LINE})>1,"
    'MAX({assumptions.leagues.level@LINE.*},{assumptions.lines.unit_value_level@LINE}),""))',
    "grade": f'IF(ISNUMBER({{level}}),{grade_of("{level}")},"")',
    "growth": "{assumptions.leagues.growth@LINE.*}",
    "projection": "{league_years.projection@*.END}",
    "entered_floor": "IF(ISNUMBER({assumptions.leagues.entered_floor@LINE.*}),{assumptions.leagues.entered_floor"
    '@LINE.*},"")',
    "entered_ceiling": "IF(ISNUMBER({assumptions.leagues.entered_ceiling@LINE.*}),{assumptions.leagues."
    'entered_ceiling@LINE.*},"")',
    "entered_lock": "IF(ISNUMBER({assumptions.leagues.entered_lock@LINE.*}),{assumptions.leagues.entered_lock"
    '@LINE.*},"")',
    "entered_share": "IF({named}=1,IF(ISNUMBER({assumptions.leagues.entered_share@LINE.*}),{assumptions.leagues."
    'entered_share@LINE.*},0),"")',
    "cap": "IF(AND({named}=1,COUNT({capped},{.natural_ceiling})>0),(MIN({capped},{.natural_ceiling})-{projection})*"
    '{size},"")',
    "positive_cap": 'IF(ISNUMBER({cap}),MAX(0,{cap}),"")',
    "counted_ceiling": 'IF(ISNUMBER({entered_ceiling}),{entered_ceiling}*{size},"")',
    "least": "IF(COUNT({positive_cap},{counted_ceiling})=0,{.to_place},MIN({positive_cap},{counted_ceiling}))",
    "floor": "IF({named}=1,IF(ISNUMBER({entered_lock}),{entered_lock}*{size},IF(ISNUMBER({entered_floor}),"
    "MAX(0,{entered_floor}*{size}),0)),0)",
    "ceiling": "IF({named}=1,IF(ISNUMBER({entered_lock}),{entered_lock}*{size},MAX({floor},{least})),0)",
    "weight": by_rule("weight"),
    "offset": by_rule("offset"),
    "upper": "IF({weight}>0,MAX({floor},MIN({ceiling},{.to_place})),{floor})",
    "most": "IF({weight}>0,MAX({floor},{ceiling}),{floor})",
    "enters": "IF({weight}>0,({floor}+{offset})/{weight},0)",
    "full": "IF({weight}>0,({upper}+{offset})/{weight},0)",
    "sum_at_entry": "SUMPRODUCT(({enters}<{enters:})*{floor:}+({enters}>={enters:})*({enters}<{full:})*"
    "({enters}*{weight:}-{offset:})+({enters}>={full:})*{upper:})",
    "sum_when_full": "SUMPRODUCT(({full}<{enters:})*{floor:}+({full}>={enters:})*({full}<{full:})*"
    "({full}*{weight:}-{offset:})+({full}>={full:})*{upper:})",
    "entry_reached": 'IF({sum_at_entry}<={.to_place}+{.noise},{enters},"")',
    "full_reached": 'IF({sum_when_full}<={.to_place}+{.noise},{full},"")',
    "amount": "IF({weight}>0,MIN({upper},MAX({floor},{.level}*{weight}-{offset})),{floor})",
    "amount_stated": 'IF(ISNUMBER({size}),{amount}/{size},"")',
    "target": 'IF(ISNUMBER({projection}),{projection}+{amount}/{size},"")',
    "share_of_total": "IF({.placed}>0,{amount}/{.placed}*{plan.hundred},0)",
    "reason": "IF({named}=0,{words.reason.not_named},IF(ISNUMBER({entered_lock}),{words.reason.locked},"
    "IF(AND({.to_place}<=0,{amount}<=0),{words.reason.nothing_to_allocate},IF({weight}<=0,{words.reason.no_weight},"
    "IF({amount}>={ceiling}-{.noise},{words.reason.at_ceiling},IF({amount}<={floor}+{.noise},{words.reason.at_floor},"
    "{words.reason.proportional}))))))",
    "passed": "IF(COUNT({demand},{edge_1})>1,({edge_1}<={demand})+({edge_2}"
    '<={demand})+({edge_3}<={demand})+({edge_4}<={demand})+({edge_5}<={demand}),"")',
    "probability": f'IF(ISNUMBER({{passed}}),{band_of("{passed}")},"")',
}

_PERCENT_NEEDED = (
    "IF(ISNUMBER({target}),IF(AND({baseline}>0,{target}>=0),"
    '(({target}/{baseline})^(1/{plan.years})-1)*{plan.hundred},""),"")'
)
# What history suggests, whatever was entered: the likelihood asks how far the target lies from there.
_BY_HISTORY = (
    "IF(COUNT({baseline},{suggested},{assumptions.lines.suggested_unit_value_growth@LINE})>1+1,{baseline}*((1+{suggested}"
    '/{plan.hundred})*(1+{assumptions.lines.suggested_unit_value_growth@LINE}/{plan.hundred}))^{plan.years},"")'
)
_RATIO = (
    "IF(ISNUMBER({projection_by_history}),IF({projection_by_history}>0,{target}/{projection_by_history},"
    'IF({target}>0,{edge_5},0)),"")'
)
_QUANTITY = "{assumptions.leagues.quantity@LINE.*}"
_WITH_ISSUE: Formulas = {
    **PRINTED_LEAGUES_OF_AMOUNT,
    "needed_growth": _PERCENT_NEEDED,
    "capped": 'IF(AND({named}=1,ISNUMBER({.max_growth})),{baseline}*(1+{.max_growth}/{plan.hundred})^{plan.years},"")',
    "projection_by_history": _BY_HISTORY,
    "demand": _RATIO,
}
LEAGUES_BY_KIND: Mapping[str, Formulas] = {
    "amount": {
        "baseline": _QUANTITY,
        "factor": 'IF(COUNT({baseline},{growth})>1,1+{growth}/{plan.hundred},"")',
        **_WITH_ISSUE,
    },
    "value": {
        "baseline": "IF(COUNT({assumptions.leagues.quantity@LINE.*},{.unit_value})>1,"
        '{assumptions.leagues.quantity@LINE.*}*{.unit_value},"")',
        "factor": "IF(COUNT({baseline},{growth})>1,(1+{growth}/{plan.hundred})*"
        '(1+{.unit_value_growth}/{plan.hundred}),"")',
        "unit_value_growth": "{.unit_value_growth}",
        **_WITH_ISSUE,
    },
    "rate": {
        "baseline": _QUANTITY,
        "herd": "{assumptions.herds.herd@HERD.*}",
        "herd_growth": "{assumptions.herds.growth@HERD.*}",
        "herd_target": "{league_years.herd@*.END}",
        "size": 'IF(ISNUMBER({herd_target}),{herd_target}/{plan.hundred},"")',
        "counted": 'IF(COUNT({projection},{size})>1,{projection}*{size},"")',
        "herd_factor": 'IF(COUNT({herd},{herd_growth})>1,1+{herd_growth}/{plan.hundred},"")',
        "capped": 'IF(AND({named}=1,ISNUMBER({.max_growth})),{baseline}+{.max_growth}*{plan.years},"")',
        "needed_growth": 'IF(ISNUMBER({target}),({target}-{baseline})/{plan.years},"")',
        "projection_by_history": "IF(COUNT({baseline},{suggested})>1,"
        'MAX(0,MIN({.natural_ceiling},{baseline}+{suggested}*{plan.years})),"")',
        "herd_by_history": "IF(COUNT({herd},{assumptions.herds.suggested@HERD.*})>1,{herd}*"
        '(1+{assumptions.herds.suggested@HERD.*}/{plan.hundred})^{plan.years},"")',
        "demand": 'IF(ISNUMBER({projection_by_history}),{target}-{projection_by_history},"")',
        **PRINTED_LEAGUES_OF_RATE,
        "baseline_counted": 'IF(COUNT({baseline},{herd})>1,{baseline}*{herd}/{plan.hundred},"")',
    },
}
