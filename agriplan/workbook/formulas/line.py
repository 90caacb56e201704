"""The region's line of an indicator: gap, level, feasibility, and the checks."""

from collections.abc import Iterable, Mapping

from agriplan.workbook.formulas.filling import (
    Formulas,
    chosen,
    each_from,
    first_number,
    flag,
    graded,
    has_come,
    lies_above,
    needed_growth_formula,
    unless_met_formula,
    where_known,
    within_natural,
)
from agriplan.workbook.formulas.leagues import placed_at
from agriplan.workbook.formulas.likelihood import LIKELIHOOD_OF_REGION
from agriplan.workbook.formulas.paths import grows_by_path
from agriplan.workbook.formulas.printed import PRINTED_LINE, PRINTED_LINE_OF_AMOUNT, PRINTED_LINE_OF_RATE


def _of_leagues(flag: str) -> str:
    """How many rows of this indicator among the leagues' inputs have a flag; each row looks at its own cells only."""
    return f"SUMIF({{inputs.leagues.line:}},{{.id}},{{inputs.leagues.{flag}:}})"


def _known(figure: str) -> str:
    """How many of this indicator's leagues have entered a figure; some engines take no ISNUMBER in a SUMPRODUCT."""
    return f'COUNTIFS({{inputs.leagues.line:}},{{.id}},{{inputs.leagues.{figure}:}},">=0")'


def checks_of_entries(*, has_herd: bool = False, region_tables: Iterable[str] = ()) -> Formulas:
    """How many entries ask to be looked at, on whatever sheet they stand; `region_tables` hold the region's own years.

    Cells for a number that hold a text, an error or a tick; growths out of line; own figures more than threefold off
    what they replace, unit values tenfold; actuals. Where there are herds, theirs too.
    """

    def herds(flag: str) -> str:
        found = f"+SUMIF({{assumptions.herds.indicator:}},{{.herd_name}},{{assumptions.herds.{flag}:}})"
        return found if has_herd else ""

    def years(flag: str) -> str:
        places = {"years.years": "indicator", **{f"published.{table}": "about" for table in region_tables}}
        return "+".join(f"SUMIF({{{each}.{about}:}},{{.short}},{{{each}.{flag}:}})" for each, about in places.items())

    criteria = "+SUMIF({assumptions.criteria.indicator:},{.short},{assumptions.criteria.amiss:})"
    return {
        "check_entries": f"{_of_leagues('amiss')}+{{assumptions.lines.amiss@LINE}}+{{assumptions.amiss}}"
        f"+{years('amiss')}{criteria}{herds('amiss')}",
        "check_range": f"{_of_leagues('outside')}+{{assumptions.lines.outside@LINE}}"
        f"+{{assumptions.lines.unit_value_outside@LINE}}{herds('outside')}",
        "check_own": f"{_of_leagues('far')}+{{assumptions.lines.unit_value_far@LINE}}{herds('far')}",
        "check_actual": f"{years('far')}+{years('unsaid')}",
    }


# What the floors take, and what the ceilings leave, beyond noise.
_EXCEEDS, _FALLS_SHORT = "{.floors}-{.to_place}>{.noise}", "{.to_place}-{.ceilings}>{.noise}"
LINE: Formulas = {
    "largest_share": 'IF(COUNT({leagues.share_of_total:})>0,MAX({leagues.share_of_total:}),"")',
    **PRINTED_LINE,
    **each_from("{{assumptions.lines.{}@LINE}}", "target", "growth", "unit_value", "unit_value_growth"),
    # Of a sum that holds leagues' own figures no better than reported.
    "level_of_sum": "IF(ISNUMBER({assumptions.lines.observed_level@LINE}),MAX({assumptions.lines.observed_level@LINE},"
    f'IF({_known("own")}+{_known("own_value")}>0,{{assumptions.grades.level@reported}},0)),"")',
    "level_of_grade": where_known("MAX({.level_of_sum},{assumptions.lines.unit_value_level@LINE})", "{.level_of_sum}"),
    "grade": graded("{.level_of_grade}"),
    "baseline": "{region_years.projection@START}",
    "statistical_difference": "{region_years.difference@END}",
    "divisor": "{region_years.divisor@END}",
    "projection": "{region_years.projection@END}",
    "counted": "{region_years.counted@END}",
    "gap": "{.target}*{.divisor}-{.counted}",
    "surplus": "MAX(0,-{.gap})",
    "reserve": first_number("{assumptions.lines.reserve@LINE}", other="0"),
    "margin": first_number("{assumptions.lines.margin@LINE}", other="0"),
    "held_back": "MAX(0,{.gap})*({.reserve}/100)",
    "on_top": "MAX(0,{.gap})*(1-{.reserve}/100)*({.margin}/100)",
    "to_place": "MAX(0,{.gap})*(1-{.reserve}/100)*(1+{.margin}/100)",
    "rule": 'IF({assumptions.lines.rule@LINE}="",{words.rule.by_baseline},{assumptions.lines.rule@LINE})',
    "path": 'IF({assumptions.lines.path@LINE}="",{words.path.USUAL},{assumptions.lines.path@LINE})',
    "grows": grows_by_path(),
    "max_growth": "{assumptions.lines.max_growth@LINE}",
    "noise": "{plan.tolerance}*({.to_place}+SUM({leagues.upper:})+SUM({leagues.offset_size:}))",
    "last": "IF(COUNT({leagues.entry_reached:},{leagues.full_reached:})=0,MIN({leagues.enters:},{leagues.full:}),"
    "MAX({leagues.entry_reached:},{leagues.full_reached:}))",
    "at_last": placed_at("{.last}", "leagues."),
    "slope": "SUMPRODUCT(({leagues.enters:}<={.last})*({leagues.full:}>{.last})*{leagues.weight:})",
    "level": "IF({.to_place}-{.at_last}<={.noise},{.last},IF({.slope}=0,{.last},{.last}+({.to_place}-{.at_last})/"
    "{.slope}))",
    "floors": "SUM({leagues.floor:})",
    "ceilings": "SUM({leagues.most:})",
    "feasibility": chosen(
        {_EXCEEDS: "{words.feasibility.floors_exceed}", _FALLS_SHORT: "{words.feasibility.ceilings_short}"},
        "{words.feasibility.enough}",
    ),
    "placed": chosen({_EXCEEDS: "{.floors}", _FALLS_SHORT: "{.ceilings}"}, "{.to_place}"),
    "residual": "{.to_place}-{.placed}",
    "reachable": "({.counted}+{.ceilings})/{.divisor}",
    "reached": "({.counted}+{.placed})/{.divisor}",
    "unallocated": "{.target}-{.reached}",
    "gap_within_error": flag("ABS({.gap})<{.relative_error}*{.baseline}*{.divisor}", "{.relative_error}"),
    "gap_note": f"IF({lies_above('{.printed_target}', '{.printed_baseline}')},"
    'IF({.gap_within_error}=1,{words.short.gap_within_error},""),{words.short.target_below_today})',
    "remark": '{.gap_note}&IF(AND({.gap_note}<>"",{.as_entered}<>""),{words.short.semicolon},"")&{.as_entered}',
    "gap_stated": "{.gap}/{.divisor}",
    "to_place_stated": "{.to_place}/{.divisor}",
    "named_count": "SUM({leagues.named:})",
    "placed_stated": "{.placed}/{.divisor}",
    # Checks: each a difference that should vanish, with the bound within which it does.
    "goal": "IF({.gap}>0,{.target}*{.divisor},{.counted})",
    "check_sum": "SUMPRODUCT({leagues.target:},{leagues.size:})+{.statistical_difference}"
    "+{.held_back}-{.on_top}+{.residual}-{.goal}",
    "check_sum_bound": "{plan.check_tolerance}*MAX(1,ABS({.goal}))",
    "check_placed": "SUM({leagues.amount:})-{.placed}",
    "check_placed_bound": "{plan.check_tolerance}*MAX(1,{.to_place},SUM({leagues.offset_size:}))",
    "check_limits": "SUMPRODUCT(({leagues.amount:}<{leagues.floor:}-{.noise})+("
    "{leagues.amount:}>{leagues.most:}+{.noise}))",
    "check_milestones": "{region_years.milestone@END}-{.target}",
    "check_milestones_bound": "{plan.check_tolerance}*MAX(1,ABS({.target}))",
    "check_region": where_known("{.baseline}-{.published}", "{.published}"),
    "check_region_bound": where_known("{.relative_error}*{.published}", "{.published}", "{.relative_error}", other="0"),
    "check_feasible": "{.residual}",
    "check_feasible_bound": "{.noise}",
    "check_sources": _of_leagues("unsourced"),
    **checks_of_entries(),
    "check_order": "SUM({leagues.limits_crossed:})+SUM({leagues.level_passed:})+SUM({leagues.limit_above_cap:})"
    f"+{_of_leagues('why_alone')}",
    "check_lock": "SUM({leagues.limit_too_much:})",
    "check_terms": "{assumptions.lines.target_far@LINE}+{assumptions.lines.parts_of_one@LINE}"
    "+{assumptions.lines.cap_far@LINE}+{assumptions.margin_odd}",
}
LINE_CHECKS = (
    *("sum", "placed", "issued", "printed", "limits", "milestones", "region", "feasible", "sources"),
    *("entries", "range", "order", "own", "lock", "terms", "actual"),
)

_OWN_FIT = "{.published}*(1+{.suggested}/100)^{plan.years}"
_SUGGESTED_UNIT_VALUE = "{assumptions.lines.suggested_unit_value_growth@LINE}"
_OBSERVED = "{assumptions.lines.observed@LINE}"
_AHEAD, _FROM_BASE = (("{.baseline}", f"{{.{end}}}", "{plan.years}") for end in ("projection", "target"))
_MET = has_come("{.printed_baseline}", "{.printed_target}")
_LINE_GROWS: Formulas = {
    "factor": where_known("(1+{.growth}/100)*(1+{.unit_value_growth}/100)", "{.growth}"),
    "own_fit": where_known(_OWN_FIT, "{.published}", "{.suggested}"),
    "trend_growth": needed_growth_formula(*_AHEAD, "amount"),
    "needed_growth": unless_met_formula(_MET, needed_growth_formula(*_FROM_BASE, "amount")),
}
_BY_KIND: Mapping[str, Formulas] = {
    "amount": {**_LINE_GROWS, **PRINTED_LINE_OF_AMOUNT, "published": first_number(_OBSERVED)},
    "value": {
        **_LINE_GROWS,
        **PRINTED_LINE_OF_AMOUNT,
        "published": where_known(f"{_OBSERVED}*{{.unit_value}}", _OBSERVED, "{.unit_value}"),
        "difference": "{.observed_difference}*{.unit_value}",
        # What a person entered is no part of the region's own trend.
        "own_fit": where_known(
            f"{_OWN_FIT}*(1+{_SUGGESTED_UNIT_VALUE}/100)^{{plan.years}}",
            "{.published}",
            "{.suggested}",
            _SUGGESTED_UNIT_VALUE,
        ),
    },
    "rate": {
        **PRINTED_LINE_OF_RATE,
        "published": first_number(_OBSERVED),
        "own_fit": where_known(
            within_natural("{.published}+{.suggested}*{plan.years}"), "{.published}", "{.suggested}"
        ),
        "trend_growth": needed_growth_formula(*_AHEAD, "rate"),
        "needed_growth": unless_met_formula(_MET, needed_growth_formula(*_FROM_BASE, "rate")),
    },
}
LINE_BY_KIND: Mapping[str, Formulas] = {
    kind: {**texts, **LIKELIHOOD_OF_REGION[kind]} for kind, texts in _BY_KIND.items()
}


def grade_share(grade: str) -> str:
    """What part of the leagues' base-year figures is of a grade, in per cent; BASES is their column."""
    return f"IF(SUM(BASES)>0,SUMIF({{leagues.grade:}},{{words.grade.{grade}}},BASES)/SUM(BASES)*100,0)"
