"""The sheet of an evaluation (评估): what was reached as of a year, what is left, how likely it is, what to warn of.

The figures of an indicator are worked out on its own sheet (`standing`); here each row is one indicator in the region or
in a league, and is judged. Every likelihood is by history alone, from the as-of year.
"""

from collections.abc import Sequence

from agriplan.workbook.formulas.filling import Formulas, band_formula, grade_of
from agriplan.workbook.formulas.standing import SHOWN, of_year, supported

_NOW, _LEFT = "{evaluation.step}", "{evaluation.left}"

# What the input says; a year outside the plan counts as the nearest within it.
EVALUATION: Formulas = {
    "as_of": "IF(ISNUMBER({assumptions.as_of}),MAX({plan.base_year},MIN({plan.target_year},INT({assumptions.as_of}))),"
    "{plan.base_year})",
    "step": "{.as_of}-{plan.base_year}",
    "left": "{plan.target_year}-{.as_of}",
    # As of the target year what is carried on is carried on by what the year before supports.
    "used_step": "MIN({.step},{plan.years}-1)",
    **{
        f"count_{verdict}": f"COUNTIF({{region.verdict:}},{{words.verdict.{verdict}}})"
        for verdict in ("reached", "expected", "open", "warned", "done", "missed", "unknown")
    },
}

_EDGES = ("far", "near", "", "near", "far")


def _edges() -> Formulas:
    """Where the bands part, as misses: what history supports and the figure itself miss independently."""
    found = {}
    for number, shape in enumerate(_EDGES, 1):
        square = f"{{miss_{number}}}+{{half_square}}*{{evaluation.shape_{shape}}}*{{evaluation.shape_{shape}}}"
        sign = "-" if number < 3 else "+"
        edge = f"{{middle}}{sign}SQRT({square})" if shape else "{middle}"
        found[f"edge_{number}"] = f'IF(ISNUMBER({{middle}}),ROUND({edge},{{plan.fine_digits}}),"")'
    return found


_JUDGED: Formulas = {
    **_edges(),
    "asked": "IF(COUNT({by_history},{target})>1,IF({is_rate}=1,ROUND({target}-{by_history},"
    "{plan.fine_digits}),IF(AND({by_history}>0,{target}>0),ROUND(LN({target}/{by_history}),{plan.fine_digits}),"
    'IF({target}>0,{edge_5},{edge_1}-1))),"")',
    "passed_edges": 'IF(COUNT({asked},{edge_1})>1,({edge_1}<={asked})+({edge_2}<={asked})+({edge_3}<={asked})+'
    '({edge_4}<={asked})+({edge_5}<={asked}),"")',
    "band": f'IF({_LEFT}=0,"",IF(ISNUMBER({{passed_edges}}),{band_formula("{passed_edges}")},""))',
    "completion": 'IF(COUNT({current},{target})>1,IF({target}=0,"",{current}/{target}*100),"")',
    "needed_growth": f'IF(OR({_LEFT}=0,COUNT({{current}},{{target}})<2),"",IF({{is_rate}}=1,({{target}}-{{current}})/'
    f"{_LEFT},IF(AND({{current}}>0,{{target}}>=0),(({{target}}/{{current}})^(1/{_LEFT})-1)*100,\"\")))",
    "met": "IF(COUNT({printed_current},{printed_target})>1,IF(ROUND({printed_current}-{printed_target},{plan.digits})"
    ">=0,1,0),0)",
    "unlikely": "IF(ISNUMBER({passed_edges}),IF({passed_edges}>={evaluation.warned_from},1,0),0)",
    "too_fast": "IF(COUNT({needed_growth},{fastest_growth})>1,IF(ROUND({needed_growth}-{fastest_growth},"
    "{plan.fine_digits})>0,1,0),0)",
    "warning": f'IF(OR({_LEFT}=0,{{passed}}=1,{{named}}=0),"",IF({{unlikely}}=1,IF({{too_fast}}=1,{{words.warning.both}},'
    '{words.warning.unlikely}),IF({too_fast}=1,{words.warning.too_fast},"")))',
    "verdict": f'IF(NOT(ISNUMBER({{current}})),"",IF({_LEFT}=0,IF({{estimated}}=1,{{words.verdict.unknown}},IF({{met}}=1,'
    "{words.verdict.done},{words.verdict.missed})),IF(AND({met}=1,{estimated}=0),{words.verdict.reached},"
    'IF({warning}<>"",{words.verdict.warned},IF(ISNUMBER({passed_edges}),IF({passed_edges}<={evaluation.expected_to},'
    "{words.verdict.expected},{words.verdict.open}),{words.verdict.open})))))",
    "how": 'IF({estimated}=1,{words.short.estimated},"")',
    "grade": f'IF(ISNUMBER({{level}}),{grade_of("{level}")},"")',
    "sentence": f'IF(OR({_LEFT}=0,NOT(ISNUMBER({{needed_growth}}))),"",IF({{needed_growth}}<=0,{{words.short.not_needed}},'
    "{words.short.needed_in}&({evaluation.as_of}+1)&{words.short.needed_to}&{plan.target_year}&IF({is_rate}=1,"
    "{words.short.needed_points}&ROUND({needed_growth},2)&{words.short.needed_points_end},"
    "{words.short.needed_per_cent}&ROUND({needed_growth},2)&{words.short.needed_per_cent_end})))",
}
_DERIVED = "{assumptions.grades.level@derived}"
_HALF = "IF({{is_rate}}=1,{error}*{error}*{{current}}*{{current}},LN(1+{error})*LN(1+{error}))"


def _from_sheet(own: str, *names: str) -> Formulas:
    return {name: f"{{{own.format(name)}}}" for name in names}


def _misses(years: Sequence[int], sheet: str, key: str) -> Formulas:
    """What history supports as of the year; nothing where a plan's years do not reach."""
    names = ("middle", *(f"miss_{number}" for number, shape in enumerate(_EDGES, 1) if shape))
    found = {}
    for name in names:
        text = supported(years, name, key, sheet)
        found[name] = f'IF(ISNUMBER({text}),{text},"")'
    return found


def evaluated_region(base_year: int, steps: int) -> Formulas:
    """The region's rows, one an indicator."""
    known, years = range(base_year, base_year + steps), range(base_year + 1, base_year + steps + 1)
    fastest = supported(known, "fastest", "REGION", "*.")
    error = of_year(_NOW, years, "{*.region_years.told_error@YEAR}", sheet="*.")
    level = of_year(_NOW, years, "{*.region_years.told_level@YEAR}", sheet="*.")
    milestone = of_year(_NOW, years, "{*.region_years.milestone@YEAR}", "{*.baseline}", "*.")
    return {
        **_from_sheet(
            "*.evaluated_{}", "current", "estimated", "by_history", "printed_current", "reported", "expected",
            "printed_difference", "unreported", "factor", "projection", "printed_projection", "gap",
        ),
        **_from_sheet("*.{}", "target", "baseline", "printed_target", "printed_baseline"),
        **_misses(known, "*.", "REGION"),
        **_JUDGED,
        "printed_gap": "{printed_target}-{*.evaluated_printed_kept}",
        "fastest_growth": f'IF({_LEFT}=0,"",IF(ISNUMBER({fastest}),{fastest},""))',
        "error": f'IF({{*.evaluated_region_reported}}=1,{error},{{*.quantity_error}})',
        "half_square": f"IF(COUNT({{current}},{{error}})>1,{_HALF.format(error='{error}')}+{{*.evaluated_price_square}},0)",
        "level": f"IF({{*.evaluated_region_reported}}=1,{level},MAX({{assumptions.lines.observed_level@*}},{_DERIVED}))",
        "progress": 'IF({target}={baseline},"",({current}-{baseline})/({target}-{baseline})*100)',
        "schedule": f'IF({{target}}={{baseline}},"",({milestone}-{{baseline}})/({{target}}-{{baseline}})*100)',
    }  # fmt: skip


def evaluated_areas(base_year: int, steps: int, *, of_region: bool) -> Formulas:
    """The leagues' rows, one an indicator and league; a league's workbook shows its own alone."""
    known, years = range(base_year, base_year + steps), range(base_year + 1, base_year + steps + 1)
    # What the data say of a figure holds as long as it stands as they gave it.
    same = '""'
    for step, year in reversed(list(enumerate(years, 1))):
        told = f"{{told_{step}}}"
        figure = f"{{years.years.entered_actual@*.{year}}}"
        held = f"IF(COUNT({figure},{told})>1,IF({figure}={told},{{told_VALUE_{step}}},\"\"),\"\")"
        same = f"IF({_NOW}={{*1.region_years.step@{year}}},{held},{same})"
    shown = "*1.evaluated.printed_{}@*2" if of_region else "*1.evaluated_own_printed_{}"
    error, level = (same.replace("VALUE", name) for name in ("error", "level"))
    return {
        **_from_sheet(
            "*1.evaluated.{}@*2", "current", "has_reported", "target", "passed", "by_history", "projection"
        ),
        **{f"printed_{name}": f"{{{shown.format(name)}}}" for name in SHOWN},
        **_from_sheet("*1.leagues.{}@*2", "printed_baseline"),
        **_misses(known, "*1.", "*2"),
        **_JUDGED,
        "printed_target": "{target}",
        "estimated": f"IF(AND({_NOW}>0,{{has_reported}}=0),1,0)",
        "gap": 'IF(COUNT({projection},{target})>1,{target}-{projection},"")',
        "printed_gap": 'IF(COUNT({printed_projection},{target})>1,ROUND({target}-{printed_projection},{plan.digits}),"")',
        "error": f"IF(AND({{has_reported}}=1,ISNUMBER({error})),{error},IF(ISNUMBER({{inputs.leagues.observed_error@*}}),"
        "{inputs.leagues.observed_error@*},0))",
        "half_square": f"IF(ISNUMBER({{current}}),{_HALF.format(error='{error}')}+{{*1.evaluated_price_square}},0)",
        "level": f"IF({{has_reported}}=1,IF(ISNUMBER({level}),{level},{{assumptions.grades.level@reported}}),"
        f"IF(ISNUMBER({{inputs.leagues.observed_level@*}}),MAX({{inputs.leagues.observed_level@*}},{_DERIVED}),\"\"))",
    }  # fmt: skip
