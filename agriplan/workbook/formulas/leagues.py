"""A league's row: limits, rule, the steps of the solver, amount, target and reason."""

from collections.abc import Mapping

from agriplan.engine.scenario import LIMITS
from agriplan.workbook.formulas.doubts import DOUBTS_OF_LIMITS
from agriplan.workbook.formulas.filling import (
    Formulas,
    chosen,
    first_number,
    graded,
    has_come,
    needed_growth_formula,
    unless_met_formula,
    where_known,
)
from agriplan.workbook.formulas.likelihood import LIKELIHOOD_OF_LEAGUE
from agriplan.workbook.formulas.printed import (
    PRINTED_LEAGUE_FORMULAS,
    PRINTED_LEAGUES_OF_AMOUNT,
    PRINTED_LEAGUES_OF_RATE,
)
from agriplan.workbook.formulas.rules import by_rule


def _limit_as_amount(limit: str) -> str:
    """A limit is an amount, else what leads to a level; an amount counts where both stand."""
    amount, level = (f"{{inputs.leagues.{name}@LINE.*}}" for name in (f"entered_{limit}", f"{limit}_level"))
    return first_number(amount, other=where_known(f"MAX(0,{level}-{{projection}})", level, "{projection}"))


# The least of the growth cap and the entered ceiling; without either there is no ceiling but what is to be placed.
_LEAST = chosen(
    {
        "ISNUMBER({entered_ceiling})": "IF(ISNUMBER({cap}),MIN(MAX(0,{cap}),{entered_ceiling}*{size}),"
        "{entered_ceiling}*{size})",
        "ISNUMBER({cap})": "MAX(0,{cap})",
    },
    "{.to_place}",
)


def placed_at(level: str, table: str = "") -> str:
    """What all leagues take at a level: each its floor, its weight's share, or its ceiling.

    `table` begins the names of their columns where no league's row asks.
    """
    enters, full, floor, weight, offset, upper = (
        f"{{{table}{column}:}}" for column in ("enters", "full", "floor", "weight", "offset", "upper")
    )
    return (
        f"SUMPRODUCT(({level}<{enters})*{floor}+({level}>={enters})*({level}<{full})*({level}*{weight}-{offset})"
        f"+({level}>={full})*{upper})"
    )


def _needed_growth(kind: str) -> str:
    growth = needed_growth_formula("{baseline}", "{target}", "{plan.years}", kind)
    return where_known(unless_met_formula(has_come("{printed_baseline}", "{printed_target}"), growth), "{target}")


_LEVEL, _ERROR = (f"{{inputs.leagues.{name}@LINE.*}}" for name in ("level", "error"))
_PRICE_LEVEL, _PRICE_ERROR = (f"{{assumptions.lines.unit_value_{name}@LINE}}" for name in ("level", "error"))
_NOTHING_PLACED = "IF({.gap}>0,{words.reason.all_held_back},{words.reason.nothing_to_allocate})"
LEAGUE_FORMULAS: Formulas = {
    **PRINTED_LEAGUE_FORMULAS,
    **DOUBTS_OF_LIMITS,
    "relative_error": f"IF(AND(ISNUMBER({_ERROR}),ISNUMBER({_PRICE_ERROR})),"
    f'SQRT({_ERROR}*{_ERROR}+{_PRICE_ERROR}*{_PRICE_ERROR}),"")',
    "level": f"IF(ISNUMBER({{inputs.leagues.own_value@LINE.*}}),{_LEVEL},"
    f"{where_known(f'MAX({_LEVEL},{_PRICE_LEVEL})', _LEVEL, _PRICE_LEVEL)})",
    "grade": graded("{level}"),
    "growth": "{inputs.leagues.growth@LINE.*}",
    "projection": "{league_years.projection@*.END}",
    **{f"entered_{limit}": _limit_as_amount(limit) for limit in LIMITS},
    "entered_share": f'IF({{named}}=1,{first_number("{inputs.leagues.entered_share@LINE.*}", other="0")},"")',
    "cap": "IF(AND({named}=1,COUNT({capped},{.natural_ceiling})>0),(MIN({capped},{.natural_ceiling})-{projection})*"
    '{size},"")',
    "floor": "IF({named}=1,IF(ISNUMBER({entered_lock}),{entered_lock}*{size},IF(ISNUMBER({entered_floor}),"
    "MAX(0,{entered_floor}*{size}),0)),0)",
    "ceiling": f"IF({{named}}=1,IF(ISNUMBER({{entered_lock}}),{{entered_lock}}*{{size}},MAX({{floor}},{_LEAST})),0)",
    "weight": by_rule("weight"),
    "offset": by_rule("offset"),
    "offset_size": "ABS({offset})",
    "upper": "IF({weight}>0,MAX({floor},MIN({ceiling},{.to_place})),{floor})",
    "most": "IF({weight}>0,MAX({floor},{ceiling}),{floor})",
    "enters": "IF({weight}>0,({floor}+{offset})/{weight},0)",
    "full": "IF({weight}>0,({upper}+{offset})/{weight},0)",
    **{
        f"{name}_reached": f'IF({placed_at(level)}<={{.to_place}}+{{.noise}},{level},"")'
        for name, level in (("entry", "{enters}"), ("full", "{full}"))
    },
    "amount": "IF({weight}>0,MIN({upper},MAX({floor},{.level}*{weight}-{offset})),{floor})",
    "amount_stated": where_known("{amount}/{size}", "{size}"),
    "target": where_known("{projection}+{amount}/{size}", "{projection}"),
    "share_of_total": "IF({.placed}>0,{amount}/{.placed}*100,0)",
    "reason": chosen(
        {
            "{named}=0": "{words.reason.not_named}",
            "ISNUMBER({entered_lock})": "{words.reason.locked}",
            "AND({.to_place}<=0,{amount}<=0)": _NOTHING_PLACED,
            "{weight}<=0": "{words.reason.no_weight}",
            "AND({amount}>={ceiling}-{.noise},OR({floor}<=0,{ceiling}>{floor}))": "{words.reason.at_ceiling}",
            "{amount}<={floor}+{.noise}": "{words.reason.at_floor}",
        },
        "{words.reason.proportional}",
    ),
}

_QUANTITY = "{inputs.leagues.quantity@LINE.*}"
_WITH_ISSUE: Formulas = {
    **PRINTED_LEAGUES_OF_AMOUNT,
    "needed_growth": _needed_growth("amount"),
    "capped": 'IF(AND({named}=1,ISNUMBER({.max_growth})),{baseline}*(1+{.max_growth}/100)^{plan.years},"")',
}
_BY_KIND: Mapping[str, Formulas] = {
    "amount": {
        "baseline": _QUANTITY,
        "factor": where_known("1+{growth}/100", "{baseline}", "{growth}"),
        **_WITH_ISSUE,
    },
    "value": {
        "baseline": where_known(f"{_QUANTITY}*{{.unit_value}}", _QUANTITY, "{.unit_value}"),
        "factor": where_known("(1+{growth}/100)*(1+{.unit_value_growth}/100)", "{baseline}", "{growth}"),
        "unit_value_growth": "{.unit_value_growth}",
        **_WITH_ISSUE,
    },
    "rate": {
        # A rate without a herd to weight it counts nowhere: nothing is shown of it.
        "baseline": where_known(_QUANTITY, _QUANTITY, "{herd_base}"),
        **{name: where_known(LEAGUE_FORMULAS[name], "{baseline}") for name in ("relative_error", "level")},
        "herd_base": "{assumptions.herds.herd@HERD.*}",
        "herd_growth": "{assumptions.herds.growth@HERD.*}",
        "herd": "{league_years.herd@*.END}",
        "size": where_known("{herd}/100", "{herd}"),
        "counted": where_known("{projection}*{size}", "{projection}", "{size}"),
        "herd_factor": where_known("1+{herd_growth}/100", "{herd_base}", "{herd_growth}"),
        "capped": 'IF(AND({named}=1,ISNUMBER({.max_growth})),{baseline}+{.max_growth}*{plan.years},"")',
        "needed_growth": _needed_growth("rate"),
        **PRINTED_LEAGUES_OF_RATE,
        "baseline_counted": where_known("{baseline}*{herd_base}/100", "{baseline}", "{herd_base}"),
    },
}
LEAGUES_BY_KIND: Mapping[str, Formulas] = {kind: {**_BY_KIND[kind], **LIKELIHOOD_OF_LEAGUE[kind]} for kind in _BY_KIND}
