"""Where a region stands in the as-of year, and what follows from there, live: scalars that begin with `evaluated_`.

Step by step what `engine/standing.py` and `engine/rebase.py` do: the last year with a figure of the region, what that
leaves to the leagues that did not report, the difference; then the as-of year, the projection and what is missing.
"""

import re

from agriplan.workbook.formulas.filling import Formulas, first_number, flag, printed_alone, shown_alone, where_known
from agriplan.workbook.formulas.printed import SCALE, part_of, quota_of, units_of
from agriplan.workbook.formulas.region_actuals import chain_of_differences, within_ceiling
from agriplan.workbook.formulas.standing import (
    LEFT,
    NOW,
    SHOWN,
    carried_level,
    dearer,
    grown,
    last_of,
    of_year,
    supported,
)


def _stated(*names: str) -> Formulas:
    """Rates are stated, not added."""
    return {f"printed_{name}": printed_alone(f"{{.{name}}}") for name in names}


def _at_year(figure: str) -> str:
    """A figure of the region's year."""
    return f"INDEX({{region_years.{figure}:}},MATCH({{evaluation.as_of}},{{region_years.year:}},0))"


def _at_step(figure: str, step: str) -> str:
    """A figure of the region's year of that step."""
    return f"INDEX({{region_years.{figure}:}},MATCH({step},{{region_years.step:}},0))"


def _at_start(figure: str) -> str:
    """A figure of the last year up to the as-of year that has one of the region."""
    return _at_step(figure, "{.start}")


def _beyond_target(weight: str = "") -> str:
    """By how much the targets of the leagues that are past them exceed their projections, added up."""
    passed = "SUMPRODUCT({evaluated.passed:}"
    printed = f'1-({{evaluated.told_target:}}<>""),{{leagues.printed_target:}}{weight})'
    target = f"{passed},{{evaluated.told_target:}}{weight})+{passed},{printed}"
    return f"{target}-{passed},{{evaluated.projection:}}{weight})"


# Whether the factor is one that figures that were carried on can be meant to take.
_USABLE = flag("AND({.factor}>={evaluation.least_factor},{.factor}<={evaluation.most_factor})")


def evaluated_line(kind: str, base_year: int, steps: int) -> Formulas:
    """The region's figures, without `evaluated_` before their names (`of_region` puts it there)."""
    years = range(base_year + 1, base_year + steps + 1)
    known = range(base_year, base_year + steps)
    found = {**_last_figure(kind, years, known), **_LEFT_TO_SILENT, **_of_the_year(kind), **_ahead(kind)}
    if kind == "value":
        found |= _prices(years, known)
        # Of a product the worse grade; a value that was itself reported owes nothing to the unit value.
        itself = f"AND({{.region_reported}}=1,ISNUMBER({_at_year('stated_value')}))"
        found["level"] = f"IF({itself},{_at_year('told_level')},MAX({found['level']},{{.price_level}}))"
    found |= _rate_line() if kind == "rate" else _rounded_line()
    return of_region(found)


def _last_figure(kind: str, years: range, known: range) -> Formulas:
    """The last year with a figure of the region, that figure, the difference before it and by what it is carried on."""
    said = "{region_years.said@YEAR}" if kind == "value" else "{region_years.stated_actual@YEAR}"
    return {
        "suggested": first_number(supported(known, "suggested", "REGION")),
        "growth": first_number("{assumptions.lines.entered_growth@LINE}", other="{.suggested}"),
        "start": last_of(years, f"ISNUMBER({said})", NOW),
        "total": of_year("{.start}", years, said),
        **chain_of_differences(kind, years),
        "carried_difference": _at_start("difference_before"),
    }


# What the region's last figure leaves to the leagues that did not report then, and what becomes of it.
_LEFT_TO_SILENT: Formulas = {
    "known_sum": "SUMPRODUCT(1-{evaluated.guessed:},{evaluated.carried:})",
    "guessed_sum": "SUMPRODUCT({evaluated.guessed:},{evaluated.carried:})",
    # Who did not report when the region last did, and has not since.
    "silent": "SUMPRODUCT({evaluated.guessed:},({evaluated.later:}=0)*1)",
    "rest": 'IF({.start}>0,{.total}-{.carried_difference}-{.known_sum},"")',
    "factor": 'IF(AND({.start}>0,{.silent}>0),IF({.guessed_sum}>0,{.rest}/{.guessed_sum},""),1)',
    "applied": f"IF(AND({{.start}}>0,{{.silent}}>0,ISNUMBER({{.factor}})),{_USABLE},0)",
    "left_over": "IF(AND({.start}>0,{.silent}>0,{.applied}=0),{.rest}-{.guessed_sum},0)",
}


def _of_the_year(kind: str) -> Formulas:
    """Where the region stands in the as-of year: its own figure of that year, else its leagues' and the difference."""
    quantity = "quantity" if kind == "value" else "current"
    priced, as_quantity = ("*{.price}", "/{.price}") if kind == "value" else ("", "")
    since = "" if kind == "rate" else f"*{{.grows_by}}^({NOW}-{{.start}})"
    return {
        "difference": f"{_at_year('carried_difference')}{as_quantity}+{{.left_over}}{since}",
        "region_reported": flag(f"AND({{.start}}>0,{{.start}}={NOW})"),
        # What is carried on is known as well as the last figure of the region's own.
        "error": f"IF({{.start}}=0,{{.quantity_error}},{_at_start('told_error')})",
        "last_level": f"IF({{.start}}=0,{{.level_of_sum}},{_at_start('told_level')})",
        "level": carried_level("{.last_level}", f"{NOW}-{{.start}}"),
        "milestone": _at_year("milestone"),
        "quantity": f"IF({{.region_reported}}=1,{{.total}},SUM({{evaluated.{quantity}:}})+{{.difference}})",
        "current": f"{{.quantity}}{priced}",
        "current_difference": f"{{.difference}}{priced}",
        "unreported": f"{{.left_over}}{priced}",
        "reported": f"IF({NOW}>0,SUMPRODUCT((({{evaluated.since:}}={NOW})+({{evaluated.later:}}={NOW}))*"
        '({evaluated.current:}<>"")),0)',
        "expected": "COUNT({evaluated.current:})",
    }


def _ahead(kind: str) -> Formulas:
    """The projection from there, what is missing, and where leagues keep their targets and by history alone."""
    return {
        "projection_difference": "IF({.difference}=0,0,{.current_difference}*"
        f"{grown('{.growth}', LEFT)}{dearer(kind, '{.unit_value_growth}')})",
        "projection": f"IF({LEFT}=0,{{.current}},SUM({{evaluated.projection:}})+{{.projection_difference}})",
        "gap": "{.target}-{.projection}",
        # A league past its target keeps it, unless it lends what is beyond: so the projection from which is shared.
        "settled_more": f"IF(OR({LEFT}=0,{{.evaluated_lends}}=1),0,{_beyond_target()})",
        "settled": "{.projection}+{.settled_more}",
        "by_history": "IF(OR(COUNT({evaluated.by_history:})<COUNT({evaluated.current:}),AND({.difference}<>0,"
        'NOT(ISNUMBER({.suggested})))),"",SUM({evaluated.by_history:})+IF({.difference}=0,0,{.current_difference}*'
        f"{grown('{.suggested}', LEFT)}{dearer(kind, '{.suggested_unit_value_growth}')}))",
    }


_PLANNED_GROWTH = "{assumptions.lines.unit_value_growth@LINE}"


def _prices(years: range, known: range) -> Formulas:
    """The unit value of every year: reported, else carried on from the year before by the plan's own growth."""
    growth = "{assumptions.lines.entered_unit_value_growth@LINE}"
    found = {
        "suggested_unit_value_growth": first_number(supported(known, "suggested_unit_value", "REGION")),
        "unit_value_growth": first_number(growth, other="{.suggested_unit_value_growth}"),
    }
    before = "{.unit_value}"
    for year in years:
        told = f"{{region_years.stated_unit_value@{year}}}"
        found[f"unit_value_{year}"] = first_number(told, other=f"{before}*(1+{_PLANNED_GROWTH}/100)")
        before = f"{{.unit_value_{year}}}"
    since, told = "{.price_since}", "ISNUMBER({region_years.stated_unit_value@YEAR})"
    miss = f"LN(1+{first_number(_of_price('error'), other='0')})"
    return found | {
        "price": _at_year("price"),
        "price_since": last_of(years, told, NOW),
        "price_square": f"{miss}*{miss}",
        "price_level": carried_level(_of_price("level"), f"{NOW}-{since}"),
    }


def _of_price(what: str) -> str:
    """Error or level of the last unit value that is known up to the as-of year."""
    told = _at_step(f"told_unit_value_{what}", "{.price_since}")
    return f"IF({{.price_since}}=0,{{assumptions.lines.unit_value_{what}@LINE}},{told})"


def _rate_line() -> Formulas:
    herd = "{evaluated.herd_then:}"

    def mean(rate: str, size: str, flag: str = "weighs") -> str:
        counts, weight = f"{{evaluated.{flag}:}}", f"{{evaluated.{size}:}}"
        return f"SUMPRODUCT({counts},{{evaluated.{rate}:}},{weight})/SUMPRODUCT({counts},{weight})"

    of_rates = {
        "per": f"SUMPRODUCT({{evaluated.counts:}},{herd})",
        "known_sum": f"SUMPRODUCT({{evaluated.counts:}}-{{evaluated.guessed:}},{{evaluated.carried:}},{herd})",
        "guessed_sum": f"SUMPRODUCT({{evaluated.guessed:}},{{evaluated.carried:}},{herd})",
        "rest": 'IF({.start}>0,({.total}-{.carried_difference})*{.per}-{.known_sum},"")',
        "left_over": "IF(AND({.start}>0,{.silent}>0,{.applied}=0),({.rest}-{.guessed_sum})/{.per},0)",
        "applied": f"IF(AND({{.start}}>0,{{.silent}}>0,{{.fits}}=1,ISNUMBER({{.factor}})),{_USABLE},0)",
        "points": "IF(AND({.start}>0,{.silent}>0),({.rest}-{.guessed_sum})/"
        f"SUMPRODUCT({{evaluated.guessed:}},{herd}),0)",
        "fits": "IF(MIN({evaluated.moved:})<0,0,IF(ISNUMBER({.natural_ceiling}),IF(MAX({evaluated.moved:})>"
        "{.natural_ceiling},0,1),1))",
        "current_mean": mean("current", "herd_now"),
        "known_difference": f"{_at_year('carried_difference')}+{{.left_over}}",
        "difference": within_ceiling("{.known_difference}", "{.current_mean}"),
        "quantity": "IF({.region_reported}=1,{.total},{.current_mean}+{.difference})",
        "projection_mean": f'IF({LEFT}=0,"",{mean("projection", "herd")})',
        "projection_difference": f"IF({LEFT}=0,{{.difference}},"
        f"{within_ceiling('{.difference}', '{.projection_mean}')})",
        "projection": f"IF({LEFT}=0,{{.current}},{{.projection_mean}}+{{.projection_difference}})",
        # Where leagues keep their targets, the difference has its bounds beside these.
        "settled_mean": f"IF(OR({LEFT}=0,{{.evaluated_lends}}=1),{{.projection_mean}},{{.projection_mean}}+"
        f"({_beyond_target(',{evaluated.herd:}')})/SUMPRODUCT({{evaluated.weighs:}},{{evaluated.herd:}}))",
        "settled_more": f"IF(OR({LEFT}=0,{{.evaluated_lends}}=1),0,{{.settled_mean}}+"
        f"{within_ceiling('{.difference}', '{.settled_mean}')}-{{.projection}})",
        "history_mean": "IF(COUNT({evaluated.by_history:},{evaluated.herd_by_history:})<2*COUNT({evaluated.current:}),"
        f'"",{mean("by_history", "herd_by_history")})',
        "by_history": where_known(
            f"{{.history_mean}}+{within_ceiling('{.difference}', '{.history_mean}')}", "{.history_mean}"
        ),
        "printed_difference": shown_alone("{.current_difference}"),
    }
    return of_rates | dict(_stated(*SHOWN, "settled"))


# Whole units of the leagues' figures: of reported ones all, of others without what is left over.
_WHOLE_UNITS = "SUM({evaluated.current_units:})"


def _rounded_line() -> Formulas:
    """The region's figures as they are shown, and what the largest remainders of its leagues are made from."""
    found: dict[str, str] = {}
    for name in SHOWN:
        quota, parts = f"{{.{name}_difference_quota}}", f"SUM({{evaluated.{name}_part:}})"
        units = f"ROUND(SUM({{evaluated.{name}:}})*{SCALE}-{parts},0)"
        whole = _WHOLE_UNITS if name == "current" else units
        found |= {
            f"{name}_difference_quota": quota_of(f"{{.{name}_difference}}", SCALE),
            f"{name}_part": part_of(quota),
            f"{name}_units": units_of(f"{whole}+{parts}+{quota}"),
            f"{name}_rest": f"{{.{name}_units}}-{whole}-INT({quota})",
            f"printed_{name}": f"{{.{name}_units}}/{SCALE}",
        }
    handed = "SUMPRODUCT(({evaluated.current_part:}>0)*1)+IF({.current_part}>0,1,0)"
    # A reported figure stands by itself; what no rounding of the others reaches is the difference's.
    found["current_units"] = (
        f"IF({{.region_reported}}=1,{shown_alone(f'{{.current}}*{SCALE}', '0')},{found['current_units']})"
    )
    found["current_rest"] = f"MAX(0,MIN({found['current_rest']},{handed}))"
    ahead = "SUMPRODUCT(({evaluated.current_part:}>={.current_part})*1)"
    of_difference = f"{{.current_units}}-{_WHOLE_UNITS}-{{.current_rest}}+IF({ahead}<{{.current_rest}},1,0)"
    found["printed_difference"] = f"({of_difference})/{SCALE}"
    found["printed_projection"] = f"IF({LEFT}=0,{{.printed_current}},{found['printed_projection']})"
    settled = units_of(quota_of("{.settled}", SCALE))
    found["printed_settled"] = f"IF({{.settled_more}}=0,{{.printed_projection}},{settled}/{SCALE})"
    # Of the units that are handed out, those of leagues past their targets: what they keep is what totals differ by.
    parts = "SUMPRODUCT(({evaluated.projection_part:}>=1)*({evaluated.projection_part:}-1))"
    kept = f"{{.projection_units}}-{settled}+ROUND({{.settled_more}}*{SCALE}+{parts},0)"
    found["kept_rest"] = f"IF({{.settled_more}}=0,0,{kept})"
    return found


def of_region(texts: Formulas) -> dict[str, str]:
    """Put `evaluated_` before every scalar that these texts define, where it is defined and where it is named."""
    own = re.compile(r"\{\.(" + "|".join(texts) + r")\}")
    return {f"evaluated_{name}": own.sub(r"{.evaluated_\1}", text) for name, text in texts.items()}
