"""Every live formula of a workbook, written in names (see `description`), one per column or scalar.

`LINE` stands for the indicator's id, `REGION` for the region's code and `END` for the target year; `fill_in` puts them
in. Functions come from one short list (`FUNCTIONS`), constants are 0, 1, -1 and named cells. What has no meaning yet is
an empty text, never an error.
"""

import re
from collections.abc import Iterable, Mapping

# Known to Excel 2010, WPS and LibreOffice alike; none of them makes an array of its own or depends on the day.
FUNCTIONS = frozenset(
    "ABS AND CHOOSE COUNT COUNTIF EXP IF INDEX INT ISNUMBER LARGE LN MATCH MAX MIN NOT OR ROUND ROW SIGN SMALL SQRT SUM SUMIF "
    "SUMPRODUCT".split()
)

Formulas = Mapping[str, str]


def fill_in(formulas: Formulas, **words: str) -> dict[str, str]:
    """Put the words in capitals into every formula.

    >>> fill_in({"target": "{assumptions.lines.target@LINE}"}, LINE="milk")
    {'target': '{assumptions.lines.target@milk}'}
    """
    filled = dict(formulas)
    for word, meaning in words.items():
        filled = {name: re.sub(rf"\b{word}\b", meaning, text) for name, text in filled.items()}
    return filled


ASSUMED_LINES: Formulas = {
    "target": "IF(ISNUMBER({entered_target}),{entered_target},{commitment})",
    "growth": 'IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({suggested}),{suggested},""))',
    "max_growth": 'IF(ISNUMBER({entered_max_growth}),{entered_max_growth},IF({entered_max_growth}={words.cap.none},"",'
    'IF(ISNUMBER({usual_max_growth}),{usual_max_growth},"")))',
    "unit_value": "IF(ISNUMBER({own_unit_value}),{own_unit_value},IF(ISNUMBER({observed_unit_value}),"
    '{observed_unit_value},""))',
    "unit_value_level": "IF(ISNUMBER({own_unit_value}),{grades.level@reported},{observed_unit_value_level})",
    "unit_value_grade": 'IF(ISNUMBER({unit_value}),INDEX({grades.word:},{unit_value_level}),"")',
    "unit_value_growth": "IF(ISNUMBER({entered_unit_value_growth}),{entered_unit_value_growth},"
    'IF(ISNUMBER({suggested_unit_value_growth}),{suggested_unit_value_growth},""))',
}

_LEVEL = 'IF(ISNUMBER({own}),{grades.level@reported},IF(ISNUMBER({observed_level}),{observed_level},""))'
_GRADE = 'IF(ISNUMBER({level}),INDEX({grades.word:},{level}),"")'
_FIGURE = 'IF(ISNUMBER({own}),{own},IF(ISNUMBER({observed}),{observed},""))'

ASSUMED_LEAGUES: Formulas = {
    "quantity": _FIGURE,
    "level": _LEVEL,
    "grade": _GRADE,
    "unsourced": 'IF(AND(ISNUMBER({own}),{own_source}=""),1,0)',
    "error": 'IF(ISNUMBER({observed_error}),{observed_error},IF(ISNUMBER({own}),0,""))',
    "growth": "IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({lines.entered_growth@*1}),"
    '{lines.entered_growth@*1},IF(ISNUMBER({suggested}),{suggested},"")))',
}

ASSUMED_HERDS: Formulas = {
    "herd": _FIGURE,
    "level": _LEVEL,
    "grade": _GRADE,
    "growth": "IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({herds.entered_growth@*1.REGION}),"
    '{herds.entered_growth@*1.REGION},IF(ISNUMBER({suggested}),{suggested},"")))',
}

ASSUMED_CRITERIA: Formulas = {
    "equal": "{*1.criteria_weights.equal@*2}",
    "entropy": "{*1.criteria_weights.entropy@*2}",
    "weight": "{*1.criteria_weights.weight@*2}",
}

CRITERIA_WEIGHTS: Formulas = {
    "says": "IF({.total_*}>0,1,0)",
    "equal": "IF(SUM({says:})>0,{says}/SUM({says:}),0)",
    "spread": "IF({says}=1,IF(ABS(1+{.logs_*}/LN(MAX(1+1,{.named_count})))<{plan.tolerance},0,"
    "1+{.logs_*}/LN(MAX(1+1,{.named_count}))),0)",
    "entropy": "IF(SUM({spread:})>0,{spread}/SUM({spread:}),{equal})",
    "usable": "IF(AND({equal}>0,ISNUMBER({assumptions.criteria.entered_weight@LINE.*})),"
    "{assumptions.criteria.entered_weight@LINE.*},0)",
    "weight": "IF({assumptions.lines.criteria_mode@LINE}={words.criteria.entropy},{entropy},"
    "IF(SUM({usable:})>0,{usable}/SUM({usable:}),{equal}))",
}

_GROWN = 'IF(AND(ISNUMBER({leagues.baseline@*1}),ISNUMBER({leagues.growth@*1})),%s,"")'

LEAGUE_YEARS: Formulas = {
    "counted": 'IF(ISNUMBER({projection}),{projection}*{size},"")',
    "size_counted": "IF(ISNUMBER({projection}),{size},0)",
    "milestone": "IF(ISNUMBER({leagues.target@*1}),IF({step}=0,{leagues.baseline@*1},"
    "IF({.path}={words.path.late_loaded},{leagues.baseline@*1}+({leagues.target@*1}-{leagues.baseline@*1})*{step}*"
    "({step}+1)/({plan.years}*({plan.years}+1)),"
    "IF(AND({.path}={words.path.constant_growth},{leagues.baseline@*1}>0),"
    "{leagues.baseline@*1}*({leagues.target@*1}/{leagues.baseline@*1})^({step}/{plan.years}),"
    '{leagues.baseline@*1}+({leagues.target@*1}-{leagues.baseline@*1})*{step}/{plan.years}))),"")',
    "milestone_counted": 'IF(ISNUMBER({milestone}),{milestone}*{size},"")',
}

LEAGUE_YEARS_BY_KIND: Mapping[str, Formulas] = {
    "amount": {
        "projection": _GROWN % "{leagues.baseline@*1}*(1+{leagues.growth@*1}/{plan.hundred})^{step}",
    },
    "value": {
        "projection": _GROWN % "{leagues.baseline@*1}*((1+{leagues.growth@*1}/{plan.hundred})^{step}*"
        "(1+{.unit_value_growth}/{plan.hundred})^{step})",
    },
    "rate": {
        "projection": _GROWN % "MAX(0,MIN({.natural_ceiling},{leagues.baseline@*1}+{leagues.growth@*1}*{step}))",
        "herd": "IF(AND(ISNUMBER({leagues.herd@*1}),ISNUMBER({leagues.herd_growth@*1})),{leagues.herd@*1}*"
        '(1+{leagues.herd_growth@*1}/{plan.hundred})^{step},"")',
        "size": 'IF(ISNUMBER({herd}),{herd}/{plan.hundred},"")',
    },
}

REGION_YEARS: Formulas = {
    "counted": "SUMIF({league_years.year:},{year},{league_years.counted:})+{difference}",
    "projection": 'IF({divisor}>0,{counted}/{divisor},"")',
    "milestone": "IF({divisor}>0,(SUMIF({league_years.year:},{year},{league_years.milestone_counted:})+{difference})/"
    '{divisor},"")',
    "target": "{.target}",
}

REGION_YEARS_BY_KIND: Mapping[str, Formulas] = {
    "amount": {
        "difference": "IF({.difference}=0,0,{.difference}*((1+{.growth}/{plan.hundred})^{step}*"
        "(1+{.unit_value_growth}/{plan.hundred})^{step}))",
        "low": "IF(ISNUMBER({.low}),{.baseline}*((1+{.low}/{plan.hundred})^{step}*"
        '(1+{.unit_value_growth}/{plan.hundred})^{step}),"")',
        "high": "IF(ISNUMBER({.high}),{.baseline}*((1+{.high}/{plan.hundred})^{step}*"
        '(1+{.unit_value_growth}/{plan.hundred})^{step}),"")',
    },
    "rate": {
        "divisor": "SUMIF({league_years.year:},{year},{league_years.size_counted:})",
        "herd": "{divisor}*{plan.hundred}",
        "low": 'IF(ISNUMBER({.low}),MAX(0,MIN({.natural_ceiling},{.baseline}+{.low}*{step})),"")',
        "high": 'IF(ISNUMBER({.high}),MAX(0,MIN({.natural_ceiling},{.baseline}+{.high}*{step})),"")',
    },
}
REGION_YEARS_BY_KIND = {**REGION_YEARS_BY_KIND, "value": REGION_YEARS_BY_KIND["amount"]}

# The region's actual is known once every league with a projection has reported. A workbook has cells for the actuals
# that it shows (`position` counts them); those of the others are as they were when it was made.
_ENTERED = "INDEX({years.years.entered_actual:},{position})"
LEAGUE_ACTUALS: Formulas = {
    "actual": f'IF(ISNUMBER({{position}}),IF(ISNUMBER({_ENTERED}),{_ENTERED},""),IF(ISNUMBER({{known_actual}}),'
    '{known_actual},""))',
    "actual_counted": "IF(AND(ISNUMBER({projection}),ISNUMBER({actual})),{actual}*{size},0)",
    "waiting": "IF(AND(ISNUMBER({projection}),NOT(ISNUMBER({actual}))),1,0)",
}
REGION_ACTUALS: Formulas = {
    "actual": "IF(AND({step}>0,SUMIF({league_years.year:},{year},{league_years.waiting:})=0,{divisor}>0),"
    '(SUMIF({league_years.year:},{year},{league_years.actual_counted:})+{difference})/{divisor},"")',
}

LEAGUES: Formulas = {
    "quantity": _FIGURE,
    "level": _LEVEL,
    "grade": _GRADE,
    "unsourced": 'IF(AND(ISNUMBER({own}),{own_source}=""),1,0)',
    "error": 'IF(ISNUMBER({observed_error}),{observed_error},IF(ISNUMBER({own}),0,""))',
    "growth": "IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({lines.entered_growth@*1}),"
    '{lines.entered_growth@*1},IF(ISNUMBER({suggested}),{suggested},"")))',
}

ASSUMED_HERDS: Formulas = {
    "herd": _FIGURE,
    "level": _LEVEL,
    "grade": _GRADE,
    "growth": "IF(ISNUMBER({entered_growth}),{entered_growth},IF(ISNUMBER({herds.entered_growth@*1.REGION}),"
    '{herds.entered_growth@*1.REGION},IF(ISNUMBER({suggested}),{suggested},"")))',
}

ASSUMED_CRITERIA: Formulas = {
    "equal": "{*1.criteria_weights.equal@*2}",
    "entropy": "{*1.criteria_weights.entropy@*2}",
    "weight": "{*1.criteria_weights.weight@*2}",
}

CRITERIA_WEIGHTS: Formulas = {
    "says": "IF({.total_*}>0,1,0)",
    "equal": "IF(SUM({says:})>0,{says}/SUM({says:}),0)",
    "spread": "IF({says}=1,IF(ABS(1+{.logs_*}/LN(MAX(1+1,{.named_count})))<{plan.tolerance},0,"
    "1+{.logs_*}/LN(MAX(1+1,{.named_count}))),0)",
    "entropy": "IF(SUM({spread:})>0,{spread}/SUM({spread:}),{equal})",
    "usable": "IF(AND({equal}>0,ISNUMBER({assumptions.criteria.entered_weight@LINE.*})),"
    "{assumptions.criteria.entered_weight@LINE.*},0)",
    "weight": "IF({assumptions.lines.criteria_mode@LINE}={words.criteria.entropy},{entropy},"
    "IF(SUM({usable:})>0,{usable}/SUM({usable:}),{equal}))",
}

_GROWN = 'IF(AND(ISNUMBER({leagues.baseline@*1}),ISNUMBER({leagues.growth@*1})),%s,"")'

LEAGUE_YEARS: Formulas = {
    "counted": 'IF(ISNUMBER({projection}),{projection}*{size},"")',
    "size_counted": "IF(ISNUMBER({projection}),{size},0)",
    "milestone": "IF(ISNUMBER({leagues.target@*1}),IF({step}=0,{leagues.baseline@*1},"
    "IF({.path}={words.path.late_loaded},{leagues.baseline@*1}+({leagues.target@*1}-{leagues.baseline@*1})*{step}*"
    "({step}+1)/({plan.years}*({plan.years}+1)),"
    "IF(AND({.path}={words.path.constant_growth},{leagues.baseline@*1}>0),"
    "{leagues.baseline@*1}*({leagues.target@*1}/{leagues.baseline@*1})^({step}/{plan.years}),"
    '{leagues.baseline@*1}+({leagues.target@*1}-{leagues.baseline@*1})*{step}/{plan.years}))),"")',
    "milestone_counted": 'IF(ISNUMBER({milestone}),{milestone}*{size},"")',
}

LEAGUE_YEARS_BY_KIND: Mapping[str, Formulas] = {
    "amount": {
        "projection": _GROWN % "{leagues.baseline@*1}*(1+{leagues.growth@*1}/{plan.hundred})^{step}",
    },
    "value": {
        "projection": _GROWN % "{leagues.baseline@*1}*((1+{leagues.growth@*1}/{plan.hundred})^{step}*"
        "(1+{.unit_value_growth}/{plan.hundred})^{step})",
    },
    "rate": {
        "projection": _GROWN % "MAX(0,MIN({.natural_ceiling},{leagues.baseline@*1}+{leagues.growth@*1}*{step}))",
        "herd": "IF(AND(ISNUMBER({leagues.herd@*1}),ISNUMBER({leagues.herd_growth@*1})),{leagues.herd@*1}*"
        '(1+{leagues.herd_growth@*1}/{plan.hundred})^{step},"")',
        "size": 'IF(ISNUMBER({herd}),{herd}/{plan.hundred},"")',
    },
}

REGION_YEARS: Formulas = {
    "counted": "SUMIF({league_years.year:},{year},{league_years.counted:})+{difference}",
    "projection": 'IF({divisor}>0,{counted}/{divisor},"")',
    "milestone": "IF({divisor}>0,(SUMIF({league_years.year:},{year},{league_years.milestone_counted:})+{difference})/"
    '{divisor},"")',
    "target": "{.target}",
}

REGION_YEARS_BY_KIND: Mapping[str, Formulas] = {
    "amount": {
        "difference": "IF({.difference}=0,0,{.difference}*((1+{.growth}/{plan.hundred})^{step}*"
        "(1+{.unit_value_growth}/{plan.hundred})^{step}))",
        "low": "IF(ISNUMBER({.low}),{.baseline}*((1+{.low}/{plan.hundred})^{step}*"
        '(1+{.unit_value_growth}/{plan.hundred})^{step}),"")',
        "high": "IF(ISNUMBER({.high}),{.baseline}*((1+{.high}/{plan.hundred})^{step}*"
        '(1+{.unit_value_growth}/{plan.hundred})^{step}),"")',
    },
    "rate": {
        "divisor": "SUMIF({league_years.year:},{year},{league_years.size_counted:})",
        "herd": "{divisor}*{plan.hundred}",
        "low": 'IF(ISNUMBER({.low}),MAX(0,MIN({.natural_ceiling},{.baseline}+{.low}*{step})),"")',
        "high": 'IF(ISNUMBER({.high}),MAX(0,MIN({.natural_ceiling},{.baseline}+{.high}*{step})),"")',
    },
}
REGION_YEARS_BY_KIND = {**REGION_YEARS_BY_KIND, "value": REGION_YEARS_BY_KIND["amount"]}

# The region's actual is known once every league with a projection has reported.
REGION_ACTUAL: Formulas = {
    "actual": "IF(AND({step}>0,SUMIF({league_years.year:},{year},{league_years.waiting:})=0,{divisor}>0),"
    '(SUMIF({league_years.year:},{year},{league_years.actual_counted:})+{difference})/{divisor},"")',
}
LEAGUE_ACTUAL: Formulas = {
    "actual_counted": "IF(AND(ISNUMBER({projection}),ISNUMBER({years.years.entered_actual@LINE.*})),"
    "{years.years.entered_actual@LINE.*}*{size},0)",
    "waiting": "IF(AND(ISNUMBER({projection}),NOT(ISNUMBER({years.years.entered_actual@LINE.*}))),1,0)",
}

LEAGUES: Formulas = {
    "relative_error": "IF(AND(ISNUMBER({assumptions.leagues.error@LINE.*}),ISNUMBER({assumptions.lines.unit_value_error"
    "@LINE})),SQRT({assumptions.leagues.error@LINE.*}*{assumptions.leagues.error@LINE.*}+"
    '{assumptions.lines.unit_value_error@LINE}*{assumptions.lines.unit_value_error@LINE}),"")',
    "level": "IF(AND(ISNUMBER({assumptions.leagues.level@LINE.*}),ISNUMBER({assumptions.lines.unit_value_level@LINE})),"
    'MAX({assumptions.leagues.level@LINE.*},{assumptions.lines.unit_value_level@LINE}),"")',
    "grade": 'IF(ISNUMBER({level}),INDEX({assumptions.grades.word:},{level}),"")',
    "growth": "{assumptions.leagues.growth@LINE.*}",
    "projection": "{league_years.projection@*.END}",
    "counted": "{league_years.counted@*.END}",
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
    "weight": "IF({named}=1,IF({.rule}={words.rule.by_projection},{counted},IF({.rule}={words.rule.by_headroom},"
    "{ceiling}-{floor},IF(OR({.rule}={words.rule.equal_amounts},{.rule}={words.rule.equal_slack}),1,"
    "IF({.rule}={words.rule.by_criteria},{criteria_weight},IF({.rule}={words.rule.by_shares},{entered_share},"
    "{footing}))))),0)",
    "offset": "IF({named}=1,IF({.rule}={words.rule.equal_growth},{counted},IF({.rule}={words.rule.by_headroom},"
    "-{floor},IF({.rule}={words.rule.equal_slack},-{ceiling},0))),0)",
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
    "target_counted": "IF(ISNUMBER({target}),{target}*{size},0)",
    "share_of_total": "IF({.placed}>0,{amount}/{.placed}*{plan.hundred},0)",
    "reason": "IF({named}=0,{words.reason.not_named},IF(ISNUMBER({entered_lock}),{words.reason.locked},"
    "IF(AND({.to_place}<=0,{amount}<=0),{words.reason.nothing_to_allocate},IF({weight}<=0,{words.reason.no_weight},"
    "IF({amount}>={ceiling}-{.noise},{words.reason.at_ceiling},IF({amount}<={floor}+{.noise},{words.reason.at_floor},"
    "{words.reason.proportional}))))))",
    "passed": "IF(AND(ISNUMBER({demand}),ISNUMBER({edge_1})),({edge_1}<={demand})+({edge_2}"
    '<={demand})+({edge_3}<={demand})+({edge_4}<={demand})+({edge_5}<={demand}),"")',
    "probability": 'IF(ISNUMBER({passed}),INDEX({assumptions.bands.word:},1+{passed}),"")',
}

_PERCENT_NEEDED = 'IF(ISNUMBER({target}),IF(AND({baseline}>0,{target}>=0),(({target}/{baseline})^(1/{plan.years})-1)*{plan.hundred},""),"")'
_RATIO = 'IF(ISNUMBER({projection}),IF({projection}>0,{target}/{projection},IF({target}>0,{edge_5},0)),"")'
_QUANTITY = "{assumptions.leagues.quantity@LINE.*}"
_WITH_ISSUE: Formulas = {
    "quota": "ROUND({amount}*{.issue_scale},{plan.digits})",
    "whole": "INT({quota})",
    "part": "ROUND({quota}-{whole},{plan.digits})",
    "ahead": "SUMPRODUCT(({part:}>{part})+({part:}={part})*({order:}<{order}))",
    "issued": "({whole}+IF({ahead}<ROUND(SUM({quota:}),0)-SUM({whole:}),1,0))/{.issue_scale}",
    "needed_growth": _PERCENT_NEEDED,
    "footing": "{baseline}",
    "capped": 'IF(AND({named}=1,ISNUMBER({.max_growth})),{baseline}*(1+{.max_growth}/{plan.hundred})^{plan.years},"")',
    "demand": _RATIO,
    "baseline_counted": 'IF(ISNUMBER({baseline}),{baseline},"")',
}
LEAGUES_BY_KIND: Mapping[str, Formulas] = {
    "amount": {"baseline": _QUANTITY, **_WITH_ISSUE},
    "value": {
        "baseline": "IF(AND(ISNUMBER({assumptions.leagues.quantity@LINE.*}),ISNUMBER({.unit_value})),"
        '{assumptions.leagues.quantity@LINE.*}*{.unit_value},"")',
        "unit_value_growth": "{.unit_value_growth}",
        **_WITH_ISSUE,
    },
    "rate": {
        "baseline": _QUANTITY,
        "herd": "{assumptions.herds.herd@HERD.*}",
        "herd_growth": "{assumptions.herds.growth@HERD.*}",
        "herd_target": "{league_years.herd@*.END}",
        "size": "{league_years.size@*.END}",
        "footing": "{size}",
        "capped": 'IF(AND({named}=1,ISNUMBER({.max_growth})),{baseline}+{.max_growth}*{plan.years},"")',
        "needed_growth": 'IF(ISNUMBER({target}),({target}-{baseline})/{plan.years},"")',
        "demand": 'IF(ISNUMBER({projection}),{target}-{projection},"")',
        "baseline_counted": 'IF(AND(ISNUMBER({baseline}),ISNUMBER({herd})),{baseline}*{herd}/{plan.hundred},"")',
    },
}

LINE: Formulas = {
    "target": "{assumptions.lines.target@LINE}",
    "growth": "{assumptions.lines.growth@LINE}",
    "unit_value": "{assumptions.lines.unit_value@LINE}",
    "unit_value_growth": "{assumptions.lines.unit_value_growth@LINE}",
    "level_of_grade": "IF(ISNUMBER({assumptions.lines.observed_level@LINE}),MAX({assumptions.lines.observed_level@LINE},"
    '{assumptions.lines.unit_value_level@LINE}),"")',
    "grade": 'IF(ISNUMBER({.level_of_grade}),INDEX({assumptions.grades.word:},{.level_of_grade}),"")',
    "baseline": "{region_years.projection@START}",
    "difference_target": "{region_years.difference@END}",
    "divisor": "{region_years.divisor@END}",
    "projection": "{region_years.projection@END}",
    "counted": "{region_years.counted@END}",
    "gap": "{.target}*{.divisor}-{.counted}",
    "surplus": "MAX(0,-{.gap})",
    "reserve": "IF(ISNUMBER({assumptions.lines.reserve@LINE}),{assumptions.lines.reserve@LINE},0)",
    "margin": "IF(ISNUMBER({assumptions.lines.margin@LINE}),{assumptions.lines.margin@LINE},0)",
    "held_back": "MAX(0,{.gap})*({.reserve}/{plan.hundred})",
    "on_top": "MAX(0,{.gap})*(1-{.reserve}/{plan.hundred})*({.margin}/{plan.hundred})",
    "to_place": "MAX(0,{.gap})*(1-{.reserve}/{plan.hundred})*(1+{.margin}/{plan.hundred})",
    "rule": 'IF({assumptions.lines.rule@LINE}="",{words.rule.by_baseline},{assumptions.lines.rule@LINE})',
    "path": 'IF({assumptions.lines.path@LINE}="",{words.path.USUAL},{assumptions.lines.path@LINE})',
    "max_growth": "{assumptions.lines.max_growth@LINE}",
    "noise": "{plan.tolerance}*({.to_place}+SUM({leagues.upper:})+SUMPRODUCT(ABS({leagues.offset:})))",
    "last": "IF(COUNT({leagues.entry_reached:},{leagues.full_reached:})=0,MIN({leagues.enters:},{leagues.full:}),"
    "MAX({leagues.entry_reached:},{leagues.full_reached:}))",
    "at_last": "SUMPRODUCT(({.last}<{leagues.enters:})*{leagues.floor:}+({.last}>={leagues.enters:})*"
    "({.last}<{leagues.full:})*({.last}*{leagues.weight:}-{leagues.offset:})+({.last}>={leagues.full:})*"
    "{leagues.upper:})",
    "slope": "SUMPRODUCT(({leagues.enters:}<={.last})*({leagues.full:}>{.last})*{leagues.weight:})",
    "level": "IF({.to_place}-{.at_last}<={.noise},{.last},IF({.slope}=0,{.last},{.last}+({.to_place}-{.at_last})/"
    "{.slope}))",
    "floors": "SUM({leagues.floor:})",
    "ceilings": "SUM({leagues.most:})",
    "status": "IF({.floors}-{.to_place}>{.noise},{words.status.floors_exceed},IF({.to_place}-{.ceilings}>{.noise},"
    "{words.status.ceilings_short},{words.status.feasible}))",
    "placed": "IF({.floors}-{.to_place}>{.noise},{.floors},IF({.to_place}-{.ceilings}>{.noise},{.ceilings},{.to_place}))",
    "residual": "{.to_place}-{.placed}",
    "reachable": "({.counted}+{.ceilings})/{.divisor}",
    "reached": "({.counted}+{.placed})/{.divisor}",
    "gap_within_error": "IF(ISNUMBER({.relative_error}),IF(ABS({.gap})<{.relative_error}*{.baseline}*{.divisor},1,0),0)",
    "gap_note": 'IF({.gap_within_error}=1,{words.short.gap_within_error},"")',
    "gap_stated": "{.gap}/{.divisor}",
    "to_place_stated": "{.to_place}/{.divisor}",
    "named_count": "SUM({leagues.named:})",
    "passed": "IF(ISNUMBER({.demand}),({.edge_1}<={.demand})+({.edge_2}<={.demand})+({.edge_3}<="
    '{.demand})+({.edge_4}<={.demand})+({.edge_5}<={.demand}),"")',
    "probability": 'IF(ISNUMBER({.passed}),INDEX({assumptions.bands.word:},1+{.passed}),"")',
    "placed_stated": "{.placed}/{.divisor}",
    # Checks: each a difference that should vanish, with the bound within which it does.
    "goal": "IF({.gap}>0,{.target}*{.divisor},{.counted})",
    "check_sum": "SUM({leagues.target_counted:})+{.difference_target}+{.held_back}-{.on_top}+{.residual}-{.goal}",
    "check_sum_bound": "{plan.check_tolerance}*MAX(1,ABS({.goal}))",
    "check_placed": "SUM({leagues.amount:})-{.placed}",
    "check_placed_bound": "{plan.check_tolerance}*MAX(1,{.to_place},SUMPRODUCT(ABS({leagues.offset:})))",
    "check_limits": "SUMPRODUCT(({leagues.amount:}<{leagues.floor:}-{.noise})+({leagues.amount:}>{leagues.most:}+{.noise}))",
    "check_milestones": "{region_years.milestone@END}-{.reached}",
    "check_milestones_bound": "{plan.check_tolerance}*MAX(1,ABS({.reached}))",
    "check_region": 'IF(ISNUMBER({.published}),{.baseline}-{.published},"")',
    "check_region_bound": "IF(AND(ISNUMBER({.published}),ISNUMBER({.relative_error})),{.relative_error}*{.published},0)",
    "check_feasible": "{.residual}",
    "check_feasible_bound": "{.noise}",
    "check_sources": "SUMIF({assumptions.leagues.line:},{.id},{assumptions.leagues.unsourced:})",
}
_ISSUE_LINE: Formulas = {
    "issued_total": "SUM({leagues.issued:})",
    "check_issued": "{.issued_total}-ROUND(SUM({leagues.quota:}),0)/{.issue_scale}",
}
CHECKS = ("sum", "placed", "issued", "limits", "milestones", "region", "feasible", "sources")

_OWN_FIT = (
    "{.published}*(1+{.suggested}/{plan.hundred})^{plan.years}*(1+{.unit_value_growth}/{plan.hundred})^{plan.years}"
)
_OBSERVED = "{assumptions.lines.observed@LINE}"
_LINE_GROWS: Formulas = {
    "own_fit": f'IF(AND(ISNUMBER({{.published}}),ISNUMBER({{.suggested}})),{_OWN_FIT},"")',
    "needed_growth": "IF(AND({.baseline}>0,{.target}>=0),(({.target}/{.baseline})^(1/{plan.years})-1)*{plan.hundred},"
    '"")',
    "demand": 'IF(ISNUMBER({.projection}),IF({.projection}>0,{.target}/{.projection},{.edge_5}),"")',
}
LINE_BY_KIND: Mapping[str, Formulas] = {
    "amount": {**_LINE_GROWS, **_ISSUE_LINE, "published": f'IF(ISNUMBER({_OBSERVED}),{_OBSERVED},"")'},
    "value": {
        **_LINE_GROWS,
        **_ISSUE_LINE,
        "published": f'IF(AND(ISNUMBER({_OBSERVED}),ISNUMBER({{.unit_value}})),{_OBSERVED}*{{.unit_value}},"")',
        "difference": "{.observed_difference}*{.unit_value}",
    },
    "rate": {
        "published": f'IF(ISNUMBER({_OBSERVED}),{_OBSERVED},"")',
        "own_fit": 'IF(AND(ISNUMBER({.published}),ISNUMBER({.suggested})),{.published}+{.suggested}*{plan.years},"")',
        "needed_growth": "({.target}-{.baseline})/{plan.years}",
        "demand": 'IF(ISNUMBER({.projection}),{.target}-{.projection},"")',
    },
}

GRADE_SHARE = (
    "IF(SUM({leagues.baseline_counted:})>0,SUMIF({leagues.grade:},{words.grade.GRADE},{leagues.baseline_counted:})/"
    "SUM({leagues.baseline_counted:})*{plan.hundred},0)"
)

YEARS: Formulas = {
    "projection": "{*1.league_years.projection@*2.*3}",
    "milestone": "{*1.league_years.milestone@*2.*3}",
    "base": "{*1.leagues.baseline@*2}",
    "target": "{*1.leagues.target@*2}",
    "actual": 'IF(ISNUMBER({entered_actual}),{entered_actual},"")',
}
YEARS_OF_REGION: Formulas = {
    "projection": "{*1.region_years.projection@*2}",
    "milestone": "{*1.region_years.milestone@*2}",
    "base": "{*1.baseline}",
    "target": "{*1.region_years.milestone@END}",
    "actual": "{*1.region_years.actual@*2}",
}
PROGRESS: Formulas = {
    "completion": 'IF(AND(ISNUMBER({actual}),ISNUMBER({target})),IF({target}=0,"",{actual}/{target}*{plan.hundred}),"")',
    "progress": 'IF(AND(ISNUMBER({actual}),ISNUMBER({target})),IF({target}={base},"",'
    '({actual}-{base})/({target}-{base})*{plan.hundred}),"")',
    "schedule": 'IF(AND(ISNUMBER({milestone}),ISNUMBER({target})),IF({target}={base},"",({milestone}-{base})/'
    '({target}-{base})*{plan.hundred}),"")',
    "lead": "IF(AND(ISNUMBER({actual}),ISNUMBER({target})),ROUND(IF({target}={base},IF({milestone}=0,{actual},"
    '{actual}/{milestone}-1)*{plan.hundred},({progress}-{schedule})*SIGN({target}-{base})),{plan.digits}),"")',
    "status": "IF(ISNUMBER({actual}),IF(ISNUMBER({lead}),IF({lead}>{assumptions.status_margin_used},"
    "{words.status.ahead},IF({lead}<-{assumptions.status_margin_used},{words.status.behind},{words.status.on_course})),"
    "{words.status.on_course}),{words.status.no_actual})",
    "needed_later": "IF(AND(ISNUMBER({actual}),ISNUMBER({target}),{left}>0),IF({is_rate}=1,({target}-{actual})/{left},"
    'IF({actual}>0,(({target}/{actual})^(1/{left})-1)*{plan.hundred},"")),"")',
}

CHECK: Formulas = {
    "value": "{*1.*2}",
    "bound": "{*1.*2_bound}",
    "light": "IF(ISNUMBER({value}),IF(ABS({value})<={bound},{words.light.fine},{words.light.look}),{words.light.fine})",
}
LIGHT = "IF(COUNTIF({checks.light:},{words.light.look})>0,{words.light.look},{words.light.fine})"

FIRST_PAGE: Formulas = {
    "region_baseline": "{*.baseline}",
    "region_projection": "{*.projection}",
    "region_target": "{*.target}",
    "region_gap": "{*.gap_stated}",
    "region_reached": "{*.reached}",
    "feasibility": "{*.status}",
    "rule": "{*.rule}",
    "gap_note": "{*.gap_note}",
}
FIRST_PAGE_OF_LEAGUE: Formulas = {
    "baseline": "{*.leagues.baseline@CODE}",
    "grade": "{*.leagues.grade@CODE}",
    "growth": "{*.leagues.growth@CODE}",
    "projection": "{*.leagues.projection@CODE}",
    "amount": "{*.leagues.amount_stated@CODE}",
    "issued": 'IF(ISNUMBER({*.leagues.issued@CODE}),{*.leagues.issued@CODE},"")',
    "target": "{*.leagues.target@CODE}",
    "needed_growth": "{*.leagues.needed_growth@CODE}",
    "probability": "{*.leagues.probability@CODE}",
    "reason": "{*.leagues.reason@CODE}",
    "share_of_total": "{*.leagues.share_of_total@CODE}",
}
FIRST_PAGE_OF_REGION: Formulas = {
    "baseline": "{*.baseline}",
    "grade": "{*.grade}",
    "growth": "{*.growth}",
    "projection": "{*.projection}",
    "amount": "{*.placed_stated}",
    "issued": 'IF(ISNUMBER({*.issued_total}),{*.issued_total},"")',
    "target": "{*.target}",
    "needed_growth": "{*.needed_growth}",
    "probability": "{*.probability}",
    "reason": "{*.status}",
}

OVERVIEW: Formulas = {
    "baseline": "{LINE.leagues.baseline@*}",
    "projection": "{LINE.leagues.projection@*}",
    "amount": "{LINE.leagues.amount_stated@*}",
    "issued": 'IF(ISNUMBER({LINE.leagues.issued@*}),{LINE.leagues.issued@*},"")',
    "target": "{LINE.leagues.target@*}",
    "needed": "{LINE.leagues.needed_growth@*}",
    "reason": "{LINE.leagues.reason@*}",
}
OVERVIEW_TOTAL: Formulas = {
    "baseline": "{LINE.baseline}",
    "projection": "{LINE.projection}",
    "amount": "{LINE.placed_stated}",
    "issued": 'IF(ISNUMBER({LINE.issued_total}),{LINE.issued_total},"")',
    "target": "{LINE.reached}",
    "needed": "{LINE.needed_growth}",
    "reason": "{LINE.status}",
}


def latest(years: Iterable[int], actual: str, status: str, none: str) -> str:
    """The status of the last year that has an actual; the names hold `YEAR`."""
    text = none
    for year in sorted(years):
        text = f"IF(ISNUMBER({actual.replace('YEAR', str(year))}),{status.replace('YEAR', str(year))},{text})"
    return text


def changed(columns: Iterable[str]) -> str:
    """Whether any input is no longer what it was when the workbook was made; `made_…` stands beside each."""
    parts = []
    for column in columns:
        head, _, name = column.rpartition(".")
        parts.append(f"SUMPRODUCT(({{{column}:}}<>{{{head}.made_{name}:}})*1)")
    return f"IF({'+'.join(parts)}>0,{{words.state.changed}},{{words.state.as_made}})"
