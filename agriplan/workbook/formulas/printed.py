"""The printed form (列示数), live: totals half up, parts by largest remainder, as `engine/printed.py` rounds them.

A quota is a figure in printing units, rounded to six digits; what is handed out beyond the quotas rounded down goes to
the largest remainders (`part`), of equal ones to the one that stands first.
"""

from collections.abc import Iterable
from typing import NamedTuple

from agriplan.workbook.formulas.filling import Formulas

# What a total may differ by from the sum of its parts is far below half a unit: both are compared as whole units.
_UNITS = "INT(ROUND({total},{{plan.digits}})+{{plan.half}})"


def units_of(total: str) -> str:
    """Printing units of a sum of quotas, half up."""
    return _UNITS.format(total=total)


def quota_of(value: str, scale: str) -> str:
    """A figure in printing units, of which `scale` make one."""
    return f"ROUND({value}*{scale},{{plan.digits}})"


def part_of(quota: str) -> str:
    """What a quota has beyond whole units."""
    return f"ROUND({quota}-INT({quota}),{{plan.digits}})"


def part_where_known(name: str) -> str:
    """The same of a column of figures of which some may be unknown."""
    return f"IF(ISNUMBER({{{name}}}),{part_of(quota_of(f'{{{name}}}', SCALE))},0)"


def ahead_of(part: str, parts: str, order: str, orders: str) -> str:
    """Which parts go before one, 1 or 0 each: those that are larger, and of equal ones those that stand first."""
    return f"({parts}>{part})+({parts}={part})*({orders}<{order})"


def beside(whole: str, ahead: Iterable[str], rest: str) -> str:
    """A single figure among parts: its whole units, and one more if few enough are ahead of it."""
    return f"({whole}+IF({'+'.join(ahead)}<{rest},1,0))"


def by_remainder(figure: str, part: str, ahead: Iterable[str], rest: str) -> str:
    """A figure as it is shown, beside others by largest remainder."""
    return f"{beside(f'ROUND({figure}*{SCALE}-{part},0)', ahead, rest)}/{SCALE}"


SCALE, _COUNTED = "{.own_scale}", "{.counted_scale}"


class _Cells(NamedTuple):
    """How a league's cells of a year, the region's of that year and the league's own are named: `{}` is the column."""

    league_year: str
    year: str
    league: str

    def by_remainder(self, name: str, others: Iterable[str]) -> str:
        """A league's figure of a year among all leagues' and what stands beside them, by largest remainder."""
        part, order = self.league_year.format(f"{name}_part"), self.league_year.format("order")
        larger = ahead_of(part, f"{{league_years.{name}_part:}}", order, "{league_years.order:}")
        ahead = [f"SUMPRODUCT(({{league_years.year:}}={{year}})*({larger}))"]
        ahead += [f"IF({self.year.format(f'{other}_part')}>{part},1,0)" for other in others]
        return by_remainder(self.league_year.format(name), part, ahead, self.year.format(f"{name}_rest"))

    def rounded(self, name: str) -> str:
        """A rate stands alone."""
        return f"ROUND({self.league_year.format(name)},{{.own_decimals}})"

    def projection(self, shown: str) -> str:
        """The printed projection, where there is one."""
        return f'IF(ISNUMBER({self.league_year.format("projection")}),{shown},"")'

    def milestone(self, shown: str) -> str:
        """The printed milestone: in the base year the printed baseline, in the target year the printed target."""
        step, ends = self.year.format("step"), map(self.league.format, ("printed_baseline", "printed_target"))
        shown = "IF({0}=0,{1},IF({0}={{plan.years}},{2},{3}))".format(step, *ends, shown)
        return f'IF(ISNUMBER({self.league_year.format("milestone")}),{shown},"")'


_EACH = _Cells("{{{}}}", "{{region_years.{}@*2}}", "{{leagues.{}@*1}}")
_OF_CODE = _Cells("{{league_years.{}@CODE.*}}", "{{{}}}", "{{leagues.{}@CODE}}")
_BESIDE = ("difference", "unallocated")

# League by year.
PRINTED_LEAGUE_YEARS: Formulas = {
    **{f"{name}_part": part_where_known(name) for name in ("projection", "milestone")},
    "printed_projection": _EACH.projection(_EACH.by_remainder("projection", ["difference"])),
    "printed_milestone": _EACH.milestone(_EACH.by_remainder("milestone", _BESIDE)),
}
PRINTED_LEAGUE_YEARS_OF_RATE: Formulas = {
    "printed_projection": _EACH.projection(_EACH.rounded("projection")),
    "printed_milestone": _EACH.milestone(_EACH.rounded("milestone")),
}
# A league's workbook shows its own milestones alone: the others' are not worked out there.
OWN_PRINTED_MILESTONE = _OF_CODE.milestone(_OF_CODE.by_remainder("milestone", _BESIDE))
OWN_PRINTED_MILESTONE_OF_RATE = _OF_CODE.milestone(_OF_CODE.rounded("milestone"))
# An actual is shown as it was typed; it counts where the league has a projection.
PRINTED_ACTUAL = 'IF(COUNT({actual},{projection})>1,ROUND({actual},{.own_decimals}),"")'


# A league's workbook has the actuals of the others as constants; its own are added.
OWN_PRINTED_ACTUAL = "+IF(COUNT({own_actual},{league_years.projection@CODE.*})>1,ROUND({own_actual},{.own_decimals}),0)"


def _of_year(column: str) -> str:
    return f"SUMIF({{league_years.year:}},{{year}},{{league_years.{column}:}})"


def _beside_leagues(name: str, of: str, *ahead: str) -> str:
    """Difference or unallocated of a year beside projections or milestones: after leagues with as large a remainder."""
    larger = f"SUMPRODUCT(({{league_years.year:}}={{year}})*({{league_years.{of}_part:}}>={{{name}_part}}))"
    return f"{beside(f'INT({{{name}_quota}})', [larger, *ahead], f'{{{of}_rest}}')}/{SCALE}"


_LAST = "{step}={plan.years}"
PRINTED_REGION_YEARS: Formulas = {
    **{f"{name}_parts": _of_year(f"{name}_part") for name in ("projection", "milestone")},
    # What the leagues' quotas come to without their parts: a whole number, but for the noise of adding.
    **{f"{name}_whole": f"ROUND({_of_year(name)}*{SCALE}-{{{name}_parts}},0)" for name in ("projection", "milestone")},
    **{f"{name}_quota": quota_of(f"{{{name}}}", SCALE) for name in ("difference", "unallocated")},
    **{f"{name}_part": part_of(f"{{{name}_quota}}") for name in ("difference", "unallocated")},
    "projection_units": units_of("{projection_whole}+{projection_parts}+{difference_quota}"),
    "milestone_units": units_of("{milestone_whole}+{milestone_parts}+{difference_quota}+{unallocated_quota}"),
    "projection_rest": "{projection_units}-{projection_whole}-INT({difference_quota})",
    "milestone_rest": "{milestone_units}-{milestone_whole}-INT({difference_quota})-INT({unallocated_quota})",
    "printed_projection": f"{{projection_units}}/{SCALE}",
    "printed_difference": _beside_leagues("difference", "projection"),
    "printed_milestone": f"IF({_LAST},{{.printed_target}},{{milestone_units}}/{SCALE})",
    "printed_difference_due": f"IF({_LAST},{{.printed_statistical_difference}},"
    f"{_beside_leagues('difference', 'milestone', 'IF({unallocated_part}>{difference_part},1,0)')})",
    "printed_unallocated": f"IF({_LAST},{{.printed_unallocated}},"
    f"{_beside_leagues('unallocated', 'milestone', 'IF({difference_part}>={unallocated_part},1,0)')})",
    # A figure of the region's own stands alone; else its actual is what the leagues' and the difference come to.
    "printed_actual": "IF(ISNUMBER({stated_actual}),ROUND({stated_actual},{.own_decimals}),IF(ISNUMBER({actual}),"
    'SUMPRODUCT(({league_years.year:}={year})*({league_years.projection:}<>""),{league_years.printed_actual:})OTHERS'
    '+{printed_difference},""))',
}
PRINTED_REGION_YEARS_OF_RATE: Formulas = {
    "printed_projection": 'IF(ISNUMBER({projection}),ROUND({projection},{.own_decimals}),"")',
    "printed_milestone": f"IF(ISNUMBER({{milestone}}),IF({_LAST},{{.printed_target}},"
    'ROUND({milestone},{.own_decimals})),"")',
    "printed_unallocated": f"IF({_LAST},{{.printed_unallocated}},ROUND({{unallocated}},{{.own_decimals}}))",
    "printed_actual": 'IF(ISNUMBER({actual}),ROUND({actual},{.own_decimals}),"")',
}


def _limit(name: str, function: str) -> str:
    """A limit never stands on the wrong side of the amount, and where it binds it is the amount."""
    return (
        f"IF({quota_of(f'{{{name}}}', _COUNTED)}={{quota}},{{printed_amount}},"
        f"{function}(ROUND({{{name}}},{{.counted_decimals}}),{{printed_amount}}))"
    )


PRINTED_LEAGUE_FORMULAS: Formulas = {
    "quota": quota_of("{amount}", _COUNTED),
    "part": part_of("{quota}"),
    "printed_amount": beside(
        "INT({quota})",
        [f"SUMPRODUCT({ahead_of('{part}', '{part:}', '{order}', '{order:}')})"],
        "{.placed_units}-{.placed_whole}",
    )
    + f"/{_COUNTED}",
    "printed_floor": _limit("floor", "MIN"),
    "printed_ceiling": _limit("ceiling", "MAX"),
    "printed_baseline": "{league_years.printed_projection@*.START}",
    "printed_projection": "{league_years.printed_projection@*.END}",
    "printed_amount_stated": 'IF(ISNUMBER({printed_target}),{printed_target}-{printed_projection},"")',
}
PRINTED_LEAGUES_OF_AMOUNT: Formulas = {
    "issued": "{printed_amount}",
    "printed_target": 'IF(ISNUMBER({printed_projection}),{printed_projection}+{printed_amount},"")',
}
PRINTED_LEAGUES_OF_RATE: Formulas = {
    "counted_quota": f"IF(ISNUMBER({{counted}}),{quota_of('{counted}', _COUNTED)},0)",
    "printed_target": 'IF(ISNUMBER({target}),ROUND({target},{.own_decimals}),"")',
}

_PARTS = ("held", "top", "residual")


def _handed_out(part: str) -> str:
    """Of held back, on top and residual, in this order, what one of them comes to in units."""
    place = _PARTS.index(part)
    ahead = [
        f"IF({{.{other}_part}}{'>=' if number < place else '>'}{{.{part}_part}},1,0)"
        for number, other in enumerate(_PARTS)
        if number != place
    ]
    return beside(f"INT({{.{part}_quota}})", ahead, "{.parts_rest}")


PRINTED_LINE: Formulas = {
    "printed_target": "ROUND({.target},{.own_decimals})",
    "printed_baseline": "{region_years.printed_projection@START}",
    "printed_projection": "{region_years.printed_projection@END}",
    "printed_difference": "{region_years.printed_difference@START}",
    "printed_statistical_difference": "{region_years.printed_difference@END}",
    "projection_units": units_of("{.counted_quotas}"),
    "placed_whole": "ROUND(SUM({leagues.quota:})-SUM({leagues.part:}),0)",
    "placed_units": f"{units_of('{.counted_quotas}+SUM({leagues.quota:})')}-{{.projection_units}}",
    "held_quota": quota_of("{.held_back}", _COUNTED),
    "top_quota": quota_of("-{.on_top}", _COUNTED),
    "residual_quota": quota_of("{.residual}", _COUNTED),
    **{f"{part}_part": part_of(f"{{.{part}_quota}}") for part in _PARTS},
    "target_units": units_of(
        "{.counted_quotas}+SUM({leagues.quota:})+{.held_quota}+{.top_quota}+{.residual_quota}"
        f"-{quota_of('{.surplus}', _COUNTED)}"
    ),
    "gap_units": "{.target_units}-{.projection_units}",
    # In a surplus nothing is held back or put on top: the surplus is the gap with the other sign.
    "parts_rest": "{.gap_units}-{.placed_units}+MAX(0,-{.gap_units})-INT({.held_quota})-INT({.top_quota})"
    "-INT({.residual_quota})",
    "printed_gap": f"{{.gap_units}}/{_COUNTED}",
    "printed_surplus": f"MAX(0,-{{.gap_units}})/{_COUNTED}",
    "printed_held_back": f"{_handed_out('held')}/{_COUNTED}",
    "printed_on_top": f"-{_handed_out('top')}/{_COUNTED}",
    "printed_residual": f"{_handed_out('residual')}/{_COUNTED}",
    "printed_placed": f"{{.placed_units}}/{_COUNTED}",
    "printed_to_place": "{.printed_placed}+{.printed_residual}",
    "printed_floors": "SUM({leagues.printed_floor:})",
    "ceiling_total": "SUM({leagues.printed_ceiling:})",
    "printed_unallocated": "{.printed_target}-{.printed_reached}",
    "printed_gap_stated": "{.printed_target}-{.printed_projection}",
    "printed_placed_stated": "{.printed_reached}-{.printed_projection}",
    "printed_reachable": "IF({.feasibility}={words.feasibility.ceilings_short},{.printed_reached},"
    "ROUND({.reachable},{.own_decimals}))",
    # What is shown adds up: leagues, difference and what is unallocated make the target.
    "check_printed": "SUM({leagues.printed_target:})+{.printed_statistical_difference}+{.printed_unallocated}"
    "-{.printed_target}",
}
PRINTED_LINE_OF_AMOUNT: Formulas = {
    "counted_quotas": "{region_years.projection_whole@END}+{region_years.projection_parts@END}"
    "+{region_years.difference_quota@END}",
    "printed_reached": "{.printed_projection}+{.printed_placed}",
    "issued_total": "SUM({leagues.issued:})",
    "check_issued": "{.issued_total}-{.printed_placed}",
}
PRINTED_LINE_OF_RATE: Formulas = {
    "counted_quotas": "SUM({leagues.counted_quota:})",
    "printed_reached": units_of(f"{quota_of('{.projection}', SCALE)}+{quota_of('{.placed}/{.divisor}', SCALE)}")
    + f"/{SCALE}",
    # Rates are stated, not added: what their leagues come to is a mean.
    "check_printed": "{.printed_reached}+{.printed_unallocated}-{.printed_target}",
}
