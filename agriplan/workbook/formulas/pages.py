"""Sheets that only show what stands elsewhere: first page, overview, meeting, checks and the tidy sheet."""

from collections.abc import Iterable, Mapping

from agriplan.workbook.formulas.filling import Formulas, chosen, each_from, first_number, flag, where_known

_WITHIN_BOUND = "IF(ABS({value})<={bound},{words.light.fine},{words.light.look})"
CHECK: Formulas = {
    # A cell that was emptied is no nought.
    "value": "IF(ISBLANK({*1.*2}),{words.light.look},{*1.*2})",
    "bound": "{*1.*2_bound}",
    # What cannot be worked out is not fine: an error, a text, a bound that is no number. Empty: nothing to check.
    "light": chosen(
        {
            "ISERROR({value})": "{words.light.look}",
            "AND(ISNUMBER({value}),ISNUMBER({bound}))": _WITHIN_BOUND,
            '{value}=""': "{words.light.fine}",
        },
        "{words.light.look}",
    ),
}


def columns_in_error(columns: Iterable[str]) -> str:
    """How many of these columns, or scalars, hold an error; a text adds nothing to a sum, an error spoils it.

    >>> columns_in_error(["region.verdict", "elapsed"])
    'IF(ISERROR(SUM({region.verdict:})),1,0)+IF(ISERROR({.elapsed}),1,0)'
    """
    named = [f"SUM({{{column}:}})" if "." in column else f"{{.{column}}}" for column in columns]
    return "+".join(flag(f"ISERROR({each})") for each in named)


# Every light must be there and fine: one that is an error, or was deleted with its sheet, is not counted.
OVERALL_LIGHT = "IF(COUNTIF({checks.light:},{words.light.fine})>={.count},{words.light.fine},{words.light.look})"
LIGHT_OF_FIRST_PAGE = "IF(ISERROR({checks.light}),{words.light.look},{checks.light})"

_TAKES = "{words.why.by}&{rule}&{words.why.takes}&FIXED({share_of_total},1)&{words.why.part}"
_WHY = chosen(
    {
        "{reason}={words.reason.not_named}": "{words.why.not_named}",
        "{reason}={words.reason.nothing_to_allocate}": "{words.why.surplus}",
        "{reason}={words.reason.all_held_back}": "{words.why.all_held_back}",
    },
    f'{_TAKES}&IF({{reason}}={{words.reason.proportional}},"",{{words.why.comma}}&{{reason}})',
)
FIRST_PAGE: Formulas = {
    **{
        f"{part}_share": f'IF(AND(ISNUMBER({{{part}}}),{{target}}>0),{{{part}}}/{{target}}*100,"")'
        for part in ("baseline", "projection")
    },
    "region_baseline": "{*.printed_baseline}",
    "region_projection": "{*.printed_projection}",
    "region_target": "{*.printed_target}",
    "region_gap": "{*.printed_gap_stated}",
    "region_reached": "{*.printed_reached}",
    **each_from("{{*.{}}}", "feasibility", "rule"),
}
_OWN_ROW = "{{*.leagues.{}@CODE}}"
FIRST_PAGE_OF_LEAGUE: Formulas = {
    "remark": 'IF(ISNUMBER({baseline}),{*.gap_note}&IF(AND({*.gap_note}<>"",{*.leagues.as_entered@CODE}<>""),'
    '{words.short.semicolon},"")&{*.leagues.as_entered@CODE},"")',
    "baseline": "{*.leagues.printed_baseline@CODE}",
    **each_from(_OWN_ROW, "grade", "growth"),
    "projection": "{*.leagues.printed_projection@CODE}",
    "amount": where_known(
        "{*.leagues.printed_target@CODE}-{*.leagues.printed_projection@CODE}", "{*.leagues.printed_target@CODE}"
    ),
    "issued": first_number("{*.leagues.issued@CODE}"),
    "target": "{*.leagues.printed_target@CODE}",
    **each_from(_OWN_ROW, "needed_growth", "probability", "likelihood", "reason", "share_of_total"),
    "explanation": f"IF(ISNUMBER({{baseline}}),{_WHY},{{words.why.no_base}})",
}
FIRST_PAGE_OF_REGION: Formulas = {
    "remark": "{*.remark}",
    "baseline": "{*.printed_baseline}",
    "grade": "{*.grade}",
    "growth": "{*.trend_growth}",
    "projection": "{*.printed_projection}",
    "amount": "{*.printed_placed_stated}",
    "issued": first_number("{*.issued_total}"),
    "target": "{*.printed_target}",
    **each_from("{{*.{}}}", "needed_growth", "probability", "likelihood"),
    "reason": "{*.feasibility}",
    # All of what is placed is the region's.
    "share_of_total": "IF({*.placed}>0,100,0)",
    "explanation": chosen(
        {
            "{feasibility}={words.feasibility.ceilings_short}": "{words.why.ceilings_short}",
            "{feasibility}={words.feasibility.floors_exceed}": "{words.why.floors_exceed}",
            "{region_gap}<=0": "{words.why.surplus}",
            "{*.to_place}<=0": "{words.why.all_held_back}",
            "{*.reserve}+{*.margin}>0": "{words.why.rest_placed}",
        },
        "{words.why.placed}",
    ),
}

OVERVIEW: Formulas = {
    "baseline": "{LINE.leagues.printed_baseline@*}",
    "projection": "{LINE.leagues.printed_projection@*}",
    "amount": "{LINE.leagues.printed_amount_stated@*}",
    "issued": first_number("{LINE.leagues.issued@*}"),
    "target": "{LINE.leagues.printed_target@*}",
    "needed": "{LINE.leagues.needed_growth@*}",
    "reason": "{LINE.leagues.reason@*}",
}
# Below the leagues: the statistical difference, what both come to, what is unallocated, and the commitment; `is_…`
# says which of them a row is.
OVERVIEW_ROWS = ("difference", "reached", "unallocated", "target")


def _row(**figures: str) -> str:
    """One figure by the row it stands in; nothing in the others."""
    return chosen({f"{{is_{name}}}=1": f"{{LINE.{figure}}}" for name, figure in figures.items()})


OVERVIEW_TOTAL: Formulas = {
    "baseline": _row(difference="printed_difference", reached="printed_baseline"),
    "projection": _row(difference="printed_statistical_difference", reached="printed_projection"),
    "amount": _row(reached="printed_placed_stated"),
    "issued": 'IF(AND({is_reached}=1,ISNUMBER({LINE.issued_total})),{LINE.issued_total},"")',
    "target": _row(
        difference="printed_statistical_difference",
        reached="printed_reached",
        unallocated="printed_unallocated",
        target="printed_target",
    ),
    "needed": _row(target="needed_growth"),
    "reason": _row(target="feasibility"),
}

# Two pages for a meeting: how far the area is on the way to its target, and what part of the gap is its own.
MEETING_SHARES: Formulas = {
    **each_from("{{plan.indicators.{}@*}}", "baseline_share", "projection_share"),
    "target_share": where_known("100", "{baseline_share}"),
}


def _label(why: str) -> str:
    """What a row of shares is called; without a share, with the reason."""
    return f"IF({{share}}>0,{{name}},{{name}}&{{words.short.semicolon}}&{why})"


OWN_LABEL = _label("{plan.indicators.reason@*}")
LABEL_OF_REGION = _label(
    "IF({plan.indicators.region_gap@*}<=0,{words.reason.nothing_to_allocate},{words.reason.all_held_back})"
)
OWN_SHARE = "{plan.indicators.share_of_total@*}"
LARGEST_SHARE = "{*.largest_share}"


Results = Mapping[str, Formulas]
_GRADE, _TARGET, _PROJECTION = (f"{{*1.leagues.{name}@*2}}" for name in ("grade", "target", "projection"))
RESULTS_OF_LEAGUES: Results = {
    **{
        name: {"value": f"{{*1.leagues.{name}@*2}}", "printed": f"{{*1.leagues.printed_{name}@*2}}", "grade": _GRADE}
        for name in ("baseline", "projection", "target")
    },
    "amount": {
        "value": where_known(f"{_TARGET}-{_PROJECTION}", _TARGET, _PROJECTION),
        "printed": "{*1.leagues.printed_amount_stated@*2}",
        "grade": _GRADE,
    },
}
# The region's own, from the line of each indicator.
_OF_LINE = {
    "baseline": ("baseline", "printed_baseline"),
    "projection": ("projection", "printed_projection"),
    "target": ("target", "printed_target"),
    "gap": ("gap_stated", "printed_gap_stated"),
    "amount": ("placed_stated", "printed_placed_stated"),
    "reached": ("reached", "printed_reached"),
}
RESULTS_OF_REGION: Results = {
    name: {"value": f"{{*.{exact}}}", "printed": f"{{*.{printed}}}", "grade": "{*.grade}"}
    for name, (exact, printed) in _OF_LINE.items()
}


def _by_year(years: str) -> Results:
    """Figures of a year on the way have no grade of their own."""
    return {
        name: {"value": f"{{{years.format(name)}}}", "printed": f"{{{years.format(f'printed_{name}')}}}"}
        for name in ("milestone", "actual")
    }


# By year, of the region and of a league.
RESULTS_BY_YEAR: Mapping[bool, Results] = {
    True: _by_year("years.region.{}@*1.*3"),
    False: _by_year("years.years.{}@*"),
}
