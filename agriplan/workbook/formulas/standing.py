"""Where an indicator's leagues stand in the as-of year (评估时点), live: the rules of `engine/standing.py`.

The year is an input, so that a figure of a year is found by asking year by year (`of_year`). What is carried on is
carried in one step, since growth is the same in every year. `evaluated` is the table of the leagues; what begins with
`evaluated_` is the region's (`standing_of_region`). Quantities stand without their unit value.
"""

from collections.abc import Iterable, Sequence

from agriplan.workbook.formulas.filling import (
    Formulas,
    chosen,
    first_number,
    flag,
    reached_in_print,
    shown_alone,
    where_known,
    within_natural,
)
from agriplan.workbook.formulas.printed import SCALE, ahead_of, beside, part_where_known

# The league's figures that are shown.
SHOWN = ("current", "projection")


def _step(year: int) -> str:
    return f"{{region_years.step@{year}}}"


def of_year(which: str, years: Iterable[int], figure: str, none: str = '""') -> str:
    """The figure of one of the years, by its step; `figure` holds YEAR.

    >>> of_year("{x}", [2021], "{said@*.YEAR}")
    'IF({x}={region_years.step@2021},{said@*.2021},"")'
    """
    return chosen({f"{which}={_step(year)}": figure.replace("YEAR", str(year)) for year in sorted(years)}, none)


def last_of(years: Iterable[int], known: str, upto: str, beyond: str = "") -> str:
    """The step of the last year up to one (and beyond another) of which something is known; 0 where nothing is."""
    asked = []
    for year in years:
        step = _step(year)
        within = f"{step}<={upto}" + (f",{step}>{beyond}" if beyond else "")
        asked.append(f"IF(AND({within},{known.replace('YEAR', str(year))}),{step},0)")
    return f"MAX(0,{','.join(asked)})"


START, NOW, LEFT = "{.evaluated_start}", "{evaluation.step}", "{evaluation.left}"
# Quantities stand without their unit value; a rate counts where it has a herd.
_BASES = dict.fromkeys(("amount", "value"), "{inputs.leagues.quantity@LINE.*}") | {"rate": "{leagues.baseline@*}"}


def grown(growth: str, years: str) -> str:
    """How many times as much a growth makes of something in so many years."""
    return f"(1+{growth}/100)^({years})"


def dearer(kind: str, growth: str) -> str:
    """What a value has become by the target year with its unit value; nothing for what is no value."""
    return f"*{grown(growth, LEFT)}" if kind == "value" else ""


def carried_level(level: str, step: str) -> str:
    """The grade of a figure that was carried on, by its level: no better than derived, but in the base year its own.

    >>> carried_level("{observed}", "{step}")
    'IF(AND({step}=0,ISNUMBER({observed})),{observed},MAX({observed},{assumptions.grades.level@derived}))'
    """
    derived = "{assumptions.grades.level@derived}"
    return f"IF(AND({step}=0,ISNUMBER({level})),{level},MAX({level},{derived}))"


def _carried(kind: str, figure: str, years: str, growth: str = "{growth}") -> str:
    """A league's figure so many years on; a rate moves by points and stays between 0 and its ceiling."""
    if kind == "rate":
        return within_natural(f"{figure}+{growth}*({years})")
    return f"{figure}*{grown(growth, years)}"


def supported(years: Sequence[int], figure: str, key: str) -> str:
    """What history supports as of one of `years`, the base year first; `key` is the row's without the year."""
    first, *later = years
    place = f"{{supported.{figure}@{key}.YEAR}}"
    return of_year("{evaluation.used_step}", later, place, place.replace("YEAR", str(first)))


def _said(kind: str, *, of_region: bool) -> tuple[str, str]:
    """Whether a league's figure of a year is known, and the figure; what is a value stands in a column as quantity.

    A league's workbook has its own figures beside the region's, and the others' as they were.
    """
    if kind == "value":
        return "ISNUMBER({league_years.said@*.YEAR})", "{league_years.said@*.YEAR}"
    others, own = "{league_years.actual@*.YEAR}", "{region_years.own_actual@YEAR}"
    if of_region:
        return f"ISNUMBER({others})", others
    return (
        f"ISNUMBER({others})+{{leagues.row_own@*}}*ISNUMBER({own})>0",
        f"IF({{leagues.row_own@*}}=1,{own},{others})",
    )


def evaluated_leagues(kind: str, base_year: int, steps: int, *, of_region: bool) -> Formulas:
    """The columns of the table `evaluated` in the region's workbook or a league's."""
    years = range(base_year + 1, base_year + steps + 1)
    known = range(base_year, base_year + steps)
    reported, said = _said(kind, of_region=of_region)
    start = _carried(kind, f"({of_year('{since}', years, said, _BASES[kind])})", f"{START}-{{since}}")
    # A figure that was carried on takes its part of what the region's figure leaves.
    moved = "{carried}+{.evaluated_points}" if kind == "rate" else "{carried}*{.evaluated_factor}"
    settled = f"IF(AND({{guessed}}=1,{{.evaluated_applied}}=1),{moved},{{carried}})"
    told_or_planned = first_number("{told_target}", other="{leagues.printed_target@*}")
    later = _carried(kind, f"({of_year('{later}', years, said, settled)})", f"{NOW}-MAX({START},{{later}})")
    quantity = "quantity" if kind == "value" else "current"
    ahead = _carried(kind, "{current}", LEFT) + dearer(kind, "{.evaluated_unit_value_growth}")
    by_history = _carried(kind, "{current}", LEFT, "{suggested}")
    by_history += dearer(kind, "{.evaluated_suggested_unit_value_growth}")
    found = {
        "suggested": first_number(supported(known, "suggested", "*")),
        "growth": first_number(
            "{inputs.leagues.entered_growth@LINE.*}", "{assumptions.lines.entered_growth@LINE}", other="{suggested}"
        ),
        "since": last_of(years, reported, START),
        "carried": where_known(start, _BASES[kind], "{growth}"),
        "guessed": flag(f"AND(ISNUMBER({{carried}}),OR({{since}}<{START},{{since}}=0))"),
        "later": last_of(years, reported, NOW, START),
        quantity: where_known(later, "{carried}"),
        "passed": f"IF(AND({{leagues.named@*}}=1,MAX({{since}},{{later}})={NOW},{NOW}>0,ISNUMBER({{current}})),"
        f"{reached_in_print(shown_alone('{current}'), told_or_planned)},0)",
        "projection": where_known(ahead, "{current}"),
        "by_history": where_known(by_history, "{current}", "{suggested}"),
    }
    if kind == "value":
        found["current"] = where_known("{quantity}*{.evaluated_price}", "{quantity}")
    if kind == "rate":
        return {**found, **_rate_leagues(years, known)}
    # What was reported is rounded by itself, and no remainder of others goes to it.
    now_known = f"AND({NOW}>0,MAX({{since}},{{later}})={NOW})"
    return {
        **found,
        "current_part": f"IF({now_known},0,{part_where_known('current')})",
        "current_units": where_known(shown_alone(f"{{current}}*{SCALE}-{{current_part}}", "0"), "{current}", other="0"),
        # Leagues that keep their targets come before all others, as whole units: `evaluated_kept_rest` is theirs.
        "projection_part": f"{part_where_known('projection')}+{{passed}}*(1-{{.evaluated_lends}})",
    }


def _rate_leagues(years: range, known: range) -> Formulas:
    """What only a rate has: herds, which weigh it."""
    herd, base = "{league_years.known_herd@*.YEAR}", "{leagues.herd_base@*}"
    entered = (f"{{assumptions.herds.entered_growth@HERD.{whose}}}" for whose in ("*", "REGION"))
    herd_growth = first_number(*entered, supported(known, "suggested_herd", "*"))
    return {
        "herd_then": of_year(START, years, herd, base),
        "herd_now": of_year(NOW, years, herd, base),
        "herd_growth": herd_growth,
        "herd_suggested": first_number(supported(known, "suggested_herd", "*")),
        "counts": where_known("1", "{carried}", "{herd_then}", other="0"),
        "guessed": flag(f"AND({{counts}}=1,OR({{since}}<{START},{{since}}=0))"),
        "moved": 'IF({guessed}=1,{carried}+{.evaluated_points},"")',
        "weighs": where_known("1", "{current}", "{herd_now}", other="0"),
        "herd": f'IF({{weighs}}=1,{{herd_now}}*{grown("{herd_growth}", LEFT)},"")',
        "herd_by_history": f"IF(AND({{weighs}}=1,ISNUMBER({{herd_suggested}})),{{herd_now}}*"
        f'{grown("{herd_suggested}", LEFT)},"")',
    }


def shown_leagues(kind: str, key: str = "") -> Formulas:
    """Leagues' figures as they are shown, by largest remainder to the region's; `key` is whose, where it is one alone.

    Rates are stated, not added. As of the target year the projection is what was reached.
    """
    of_league = (f"{{{{evaluated.{{}}@{key}}}}}" if key else "{{{}}}").format
    order = f"{{leagues.order@{key or '*'}}}"
    reached = "{.evaluated_own_printed_current}" if key else "{printed_current}"
    found = {}
    for name in SHOWN:
        figure, part = of_league(name), of_league(f"{name}_part")
        whole = of_league("current_units") if name == "current" else f"ROUND({figure}*{SCALE}-{part},0)"
        larger = ahead_of(part, f"{{evaluated.{name}_part:}}", order, "{leagues.order:}")
        ahead = [f"SUMPRODUCT({larger})", f"IF({{.evaluated_{name}_part}}>{part},1,0)"]
        rest = f"{{.evaluated_{name}_rest}}"
        if name == "projection":
            rest = f"IF({part}<1,{rest}-{{.evaluated_kept_rest}},{{.evaluated_kept_rest}})"
            shown = f"IF({LEFT}=0,{reached},{beside(f'{whole}+INT({part})', ahead, rest)}/{SCALE})"
        else:
            shown = f"{beside(whole, ahead, rest)}/{SCALE}"
        if kind == "rate":
            shown = shown_alone(figure)
        found[f"printed_{name}"] = where_known(shown, figure)
    return found


def quantities_of_region(base_year: int, steps: int) -> Formulas:
    """What the region's figures of values are as quantities."""
    years = range(base_year + 1, base_year + steps + 1)
    return {
        "price": of_year("{step}", years, "{.evaluated_unit_value_YEAR}", "{.unit_value}"),
        "said": f"IF(ISNUMBER({{stated_value}}),{{stated_value}}/{{price}},{first_number('{stated_quantity}')})",
    }
