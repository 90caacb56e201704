"""The printed form of years, live: projections and milestones of leagues, differences, what is unallocated, actuals."""

from collections.abc import Iterable
from typing import NamedTuple

from agriplan.workbook.formulas.filling import Formulas, chosen, printed_alone, shown_alone, where_known
from agriplan.workbook.formulas.printed import (
    SCALE,
    ahead_of,
    beside,
    by_remainder,
    part_of,
    part_where_known,
    quota_of,
    units_of,
)


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
        return shown_alone(self.league_year.format(name))

    def projection(self, shown: str) -> str:
        """The printed projection, where there is one."""
        return where_known(shown, self.league_year.format("projection"))

    def milestone(self, shown: str) -> str:
        """The printed milestone: in the base year the printed baseline, in the target year the printed target."""
        step, (base, target) = self.year.format("step"), map(self.league.format, ("printed_baseline", "printed_target"))
        ends = {f"{step}=0": base, f"{step}={{plan.years}}": target}
        return where_known(chosen(ends, shown), self.league_year.format("milestone"))


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
# An actual is shown as it was typed; where it is added up it counts if the league has a projection.
PRINTED_ACTUAL = printed_alone("{actual}")


# A league's workbook has the actuals of the others as constants; its own are added.
OWN_PRINTED_ACTUAL = f"+IF(COUNT({{own_actual}},{{league_years.projection@CODE.*}})>1,{shown_alone('{own_actual}')},0)"


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
    # A figure of the region's own stands alone; any other is what leagues and difference come to.
    "printed_leagues": 'SUMPRODUCT(({league_years.year:}={year})*({league_years.projection:}<>""),'
    "{league_years.printed_actual:})OTHERS",
    "printed_carried_difference": f"IF(ISNUMBER({{measured}}),{shown_alone('{stated_actual}')}-{{printed_leagues}},"
    f"{units_of(f'{{carried_difference}}*{SCALE}')}/{SCALE})",
    "printed_actual": chosen(
        {
            "ISNUMBER({stated_actual})": shown_alone("{stated_actual}"),
            "ISNUMBER({actual})": "{printed_leagues}+{printed_carried_difference}",
        }
    ),
}
PRINTED_REGION_YEARS_OF_RATE: Formulas = {
    "printed_projection": printed_alone("{projection}"),
    "printed_milestone": where_known(f"IF({_LAST},{{.printed_target}},{shown_alone('{milestone}')})", "{milestone}"),
    "printed_unallocated": f"IF({_LAST},{{.printed_unallocated}},{shown_alone('{unallocated}')})",
    "printed_actual": printed_alone("{actual}"),
    "printed_carried_difference": shown_alone("{carried_difference}"),
}
