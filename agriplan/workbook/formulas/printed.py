"""The printed form (列示数), live: totals half up, parts by largest remainder, as `engine/printed.py` rounds them.

A quota is a figure in printing units, rounded to six digits; what is handed out beyond the quotas rounded down goes to
the largest remainders (`part`), of equal ones to the one that stands first.
"""

from collections.abc import Iterable

from agriplan.workbook.formulas.filling import Formulas, printed_alone, shown_alone, where_known


def units_of(total: str) -> str:
    """Printing units of a sum of quotas, half up.

    What a total may differ by from the sum of its parts is far below half a unit: both are compared as whole units.
    """
    return f"INT(ROUND({total},{{plan.digits}})+{{plan.half}})"


def quota_of(value: str, scale: str) -> str:
    """A figure in printing units, of which `scale` make one."""
    return f"ROUND({value}*{scale},{{plan.digits}})"


def part_of(quota: str) -> str:
    """What a quota has beyond whole units."""
    return f"ROUND({quota}-INT({quota}),{{plan.digits}})"


def part_of_figure(value: str) -> str:
    """The same of a figure: shorter than that of its quota, since hundreds of cells hold it."""
    return f"ROUND({value}*{SCALE}-INT({quota_of(value, SCALE)}),{{plan.digits}})"


def part_where_known(name: str) -> str:
    """The same of a column of figures of which some may be unknown."""
    return where_known(part_of_figure(f"{{{name}}}"), f"{{{name}}}", other="0")


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


def _limit(name: str, function: str) -> str:
    """A limit never stands on the wrong side of the amount, and where it binds it is the amount."""
    return (
        f"IF({quota_of(f'{{{name}}}', _COUNTED)}={{quota}},{{printed_amount}},"
        f"{function}({shown_alone(f'{{{name}}}', '{.counted_decimals}')},{{printed_amount}}))"
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
    "printed_amount_stated": where_known("{printed_target}-{printed_projection}", "{printed_target}"),
}
PRINTED_LEAGUES_OF_AMOUNT: Formulas = {
    "issued": "{printed_amount}",
    "printed_target": where_known("{printed_projection}+{printed_amount}", "{printed_projection}"),
}
PRINTED_LEAGUES_OF_RATE: Formulas = {
    "counted_quota": where_known(quota_of("{counted}", _COUNTED), "{counted}", other="0"),
    "printed_target": printed_alone("{target}"),
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
    "printed_target": shown_alone("{.target}"),
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
    # What is shown adds up: leagues, difference and what is unallocated make the target.
    "check_printed": "SUM({leagues.printed_target:})+{.printed_statistical_difference}+{.printed_unallocated}"
    "-{.printed_target}",
}
PRINTED_LINE_OF_AMOUNT: Formulas = {
    "counted_quotas": "{region_years.projection_whole@END}+{region_years.projection_parts@END}"
    "+{region_years.difference_quota@END}",
    "printed_reached": "{.printed_projection}+{.printed_placed}",
    # Who has no weight stays at its floor.
    "printed_reachable": "{.printed_projection}+SUM({leagues.printed_ceiling:})"
    "-SUMIF({leagues.weight:},0,{leagues.printed_ceiling:})+SUMIF({leagues.weight:},0,{leagues.printed_floor:})",
    "issued_total": "SUM({leagues.issued:})",
    "check_issued": "{.issued_total}-{.printed_placed}",
}
PRINTED_LINE_OF_RATE: Formulas = {
    "counted_quotas": "SUM({leagues.counted_quota:})",
    "printed_reached": units_of(f"{quota_of('{.projection}', SCALE)}+{quota_of('{.placed}/{.divisor}', SCALE)}")
    + f"/{SCALE}",
    "printed_reachable": "IF({.feasibility}={words.feasibility.ceilings_short},{.printed_reached},"
    f"{shown_alone('{.reachable}')})",
    # Rates are stated, not added: what their leagues come to is a mean.
    "check_printed": "{.printed_reached}+{.printed_unallocated}-{.printed_target}",
}
