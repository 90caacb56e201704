"""Years: trend, milestones and actuals, each league's and the region's."""

from collections.abc import Mapping

from agriplan.workbook.formulas.doubts import DOUBTS_OF_YEARS
from agriplan.workbook.formulas.filling import (
    Formulas,
    each_from,
    fill_in,
    first_number,
    printed_alone,
    where_known,
    where_way_begins,
    within_natural,
)
from agriplan.workbook.formulas.paths import part_by_path
from agriplan.workbook.formulas.printed_years import (
    OWN_PRINTED_ACTUAL,
    OWN_PRINTED_MILESTONE,
    OWN_PRINTED_MILESTONE_OF_RATE,
    PRINTED_LEAGUE_YEARS,
    PRINTED_LEAGUE_YEARS_OF_RATE,
    PRINTED_REGION_YEARS,
    PRINTED_REGION_YEARS_OF_RATE,
)
from agriplan.workbook.formulas.region_actuals import (
    CARRIED_DIFFERENCE,
    CARRIED_DIFFERENCE_OF_RATE,
    FROM_LEAGUES_OF_RATE,
    difference_before,
)

_QUANTITY_YEARS: Formulas = {
    "projection": where_known(
        "{leagues.baseline@*1}*{leagues.factor@*1}^{region_years.step@*2}", "{leagues.factor@*1}"
    ),
}
_MILESTONE = (
    "IF(ISNUMBER({leagues.target@*1}),IF(AND({.grows}=1,{leagues.baseline@*1}>0,{region_years.part@*2}>0),"
    "{leagues.baseline@*1}*({leagues.target@*1}/{leagues.baseline@*1})^{region_years.part@*2},"
    '{leagues.baseline@*1}+({leagues.target@*1}-{leagues.baseline@*1})*{region_years.part@*2}),"")'
)
LEAGUE_YEARS_BY_KIND: Mapping[str, Formulas] = {
    "amount": {**_QUANTITY_YEARS, **PRINTED_LEAGUE_YEARS, "milestone": _MILESTONE},
    "value": {**_QUANTITY_YEARS, **PRINTED_LEAGUE_YEARS, "milestone": _MILESTONE},
    "rate": {
        "projection": where_known(
            within_natural("{leagues.baseline@*1}+{leagues.growth@*1}*{region_years.step@*2}"),
            "{leagues.baseline@*1}",
            "{leagues.growth@*1}",
        ),
        "herd": where_known(
            "{leagues.herd_base@*1}*{leagues.herd_factor@*1}^{region_years.step@*2}", "{leagues.herd_factor@*1}"
        ),
        # What weighs actual rates: reported, else carried on from the last that was.
        "known_herd": where_known(
            "{told_herd}*{leagues.herd_factor@*1}^({year}-{told_year})",
            "{told_herd}",
            "{leagues.herd_factor@*1}",
            other="{herd}",
        ),
        "milestone": _MILESTONE,
        **PRINTED_LEAGUE_YEARS_OF_RATE,
    },
}

# A workbook has cells for the actuals that it shows: `entry` is the key of the row, empty where it shows none.
_ENTERED = "INDEX({years.years.entered_actual:},MATCH({entry},{years.years.key:},0))"
ENTERED_ACTUAL = f'IF({{entry}}="","",{first_number(_ENTERED)})'


def value_entered(told_quantity: str, told_actual: str, price: str) -> str:
    """A value's cell; one that still is what the scenario said may show a quantity, which follows the unit value."""
    told = f"AND(ISNUMBER({told_quantity}),{ENTERED_ACTUAL}={told_actual})"
    return f"IF({told},{told_quantity}*{price},{ENTERED_ACTUAL})"


def values_of_leagues(*, of_region: bool) -> Formulas:
    """Leagues' figures of values, and what they are as quantities.

    In a league's workbook its own stands on the region's line; the others' are as they were told, by their quantities
    where that is what is known of them.
    """
    price = "{region_years.price@*2}"
    told = f"IF(ISNUMBER({{told_quantity}}),{{told_quantity}}*{price},{first_number('{others_actual}')})"
    in_league = f"IF({{leagues.row_own@*1}}=1,{{region_years.own_actual@*2}},{told})"
    return {
        "actual": value_entered("{told_quantity}", "{told_actual}", price) if of_region else in_league,
        "said": where_known(f"{{actual}}/{price}", "{actual}"),
    }


# The region's actual is known once every league with a projection has reported. Only rates are weighted: HERDS, PER,
# OWN and WHOLE stand for what they weigh.
_EACH = '({league_years.year:}={year})*({league_years.projection:}<>"")'
_OWN = "COUNT({own_actual},{league_years.projection@CODE.*})>1"
_SUMMED = 'IF(AND({step}>0,{unreported}=0,{divisor}>0),{reported}/WHOLE,"")'
# The region's own figure, where one was published, counts before what the leagues and the difference add up to.
_ACTUAL = first_number("{stated_actual}", other=where_known("{summed}+{carried_difference}", "{summed}"))
# A value without a figure of its own is quantity times unit value; a unit value that is not reported is carried on.
STATED_VALUE: Formulas = {
    "stated_actual": first_number(
        "{stated_value}", other=where_known("{stated_quantity}*{price}", "{stated_quantity}")
    ),
}
REGION_ACTUALS: Formulas = {
    "unreported": f'SUMPRODUCT({_EACH}*(1-({{league_years.actual:}}<>"")))',
    "reported": f"SUMPRODUCT({_EACH},{{league_years.actual:}}HERDS)PER",
    "summed": _SUMMED,
    "actual": _ACTUAL,
    **CARRIED_DIFFERENCE,
    # Beside a figure of the region's own: by the difference that was known before.
    "from_leagues": where_known("{summed}+{difference_before}TIMES", "{summed}"),
}
# In a league's workbook the others' actuals are as they were when it was made; its own are added.
REGION_ACTUALS_OF_LEAGUE: Formulas = {
    "own_actual": ENTERED_ACTUAL,
    "unreported": f"{REGION_ACTUALS['unreported']}-IF({_OWN},1,0)",
    "reported": f"{REGION_ACTUALS['reported']}+IF({_OWN},{{own_actual}}*OWN,0)",
    "summed": _SUMMED,
    "actual": _ACTUAL,
    **CARRIED_DIFFERENCE,
}
# Of a value all of them are live: some follow their quantities.
REGION_ACTUALS_OF_VALUE_OF_LEAGUE: Formulas = {
    "own_actual": value_entered("{league_years.told_quantity@CODE.*}", "{league_years.told_actual@CODE.*}", "{price}"),
    **{name: text for name, text in REGION_ACTUALS.items() if name != "from_leagues"},
}
# HERDS, PER, OWN and WHOLE of rates, and of others; TIMES the unit value of a value, and BY what is divided by it.
_WEIGHED = {
    "HERDS": ",{league_years.known_herd:}",
    "PER": "/100",
    "OWN": "{league_years.known_herd@CODE.*}/100",
    "WHOLE": f"SUMPRODUCT({_EACH},{{league_years.known_herd:}})*100",
    "TIMES": "",
    "BY": "",
}
_UNWEIGHED = _WEIGHED | {"HERDS": "", "PER": "", "OWN": "{leagues.size@CODE}", "WHOLE": "{divisor}"}
_PRICED = _UNWEIGHED | {"TIMES": "*{price}", "BY": "/{price}"}
_WEIGHTS = {"amount": _UNWEIGHED, "value": _PRICED, "rate": _WEIGHED}
# A value of the past, at the base year's unit value.
HISTORY_OF_VALUE: Formulas = {"value": "{observed}*{.unit_value}"}
_ALWAYS: Formulas = {
    "part": part_by_path(),
    "target": "{.target}",
    # The way to the commitment less the way to what is reached; nothing grows from nothing or to less than nothing.
    "unallocated": "IF(AND({.grows}=1,{.baseline}>0,{.reached}>=0,{part}>0),{.baseline}*(({.target}/{.baseline})^"
    "{part}-({.reached}/{.baseline})^{part}),{.unallocated}*{part})",
}
_QUANTITIES: Formulas = {
    **_ALWAYS,
    **PRINTED_REGION_YEARS,
    "difference": "IF({.difference}=0,0,{.difference}*{.factor}^{step})",
    "counted": "SUMIF({league_years.year:},{year},{league_years.projection:})+{difference}",
    "projection": "{counted}",
    "milestone": "SUMIF({league_years.year:},{year},{league_years.milestone:})+{difference}+{unallocated}",
    **{
        end: where_known(
            f"{{.baseline}}*((1+{{.{end}}}/100)*(1+{{assumptions.lines.suggested_unit_value_growth@LINE}}/100))^{{step}}",
            f"{{.{end}}}",
        )
        for end in ("low", "high")
    },
}
REGION_YEARS_BY_KIND: Mapping[str, Formulas] = {
    "amount": _QUANTITIES,
    "value": _QUANTITIES,
    "rate": {
        **_ALWAYS,
        **PRINTED_REGION_YEARS_OF_RATE,
        "divisor": f"SUMPRODUCT({_EACH},{{league_years.herd:}})/100",
        "herd": "{divisor}*100",
        "counted": "SUMPRODUCT(({league_years.year:}={year})*1,{league_years.projection:},{league_years.herd:})/100",
        "projection": 'IF({divisor}>0,{counted}/{divisor},"")',
        "milestone": "IF({divisor}>0,SUMPRODUCT(({league_years.year:}={year})*1,{league_years.milestone:},"
        '{league_years.herd:})/({divisor}*100)+{unallocated},"")',
        **{
            end: where_known(within_natural(f"{{.baseline}}+{{.{end}}}*{{step}}"), f"{{.{end}}}")
            for end in ("low", "high")
        },
    },
}


def formulas_of_region(kind: str, years: range, *, of_region: bool) -> dict[str, str]:
    """The region's years in its own workbook or in a league's, which adds what it is told to what it was made with.

    `years` are those after the base year.
    """
    rate = kind == "rate"
    in_league = REGION_ACTUALS_OF_VALUE_OF_LEAGUE if kind == "value" else REGION_ACTUALS_OF_LEAGUE
    texts = {**REGION_YEARS_BY_KIND[kind], **(REGION_ACTUALS if of_region else in_league)}
    texts["difference_before"] = difference_before("{step}", years)
    if rate:
        texts.update(CARRIED_DIFFERENCE_OF_RATE)
    if rate and of_region:
        texts["from_leagues"] = FROM_LEAGUES_OF_RATE
    if not of_region:
        texts["own_printed_milestone"] = OWN_PRINTED_MILESTONE_OF_RATE if rate else OWN_PRINTED_MILESTONE
    return fill_in(texts, OTHERS="" if of_region or kind == "value" else OWN_PRINTED_ACTUAL, **_WEIGHTS[kind])


YEAR_FORMULAS: Formulas = {
    **each_from(
        "{{*1.league_years.{}@*2.*3}}",
        *("projection", "milestone", "printed_projection", "printed_milestone", "actual"),
    ),
    "base": where_way_begins("{*1.leagues.printed_baseline@*2}", "{*1.leagues.baseline@*2}", "{*1.leagues.target@*2}"),
    "target": "{*1.leagues.printed_target@*2}",
    "printed_target": "{*1.leagues.printed_target@*2}",
    **DOUBTS_OF_YEARS,
    "printed_actual": printed_alone("{actual}", "{*1.own_decimals}"),
}
# Where a league's workbook has these of its own.
OWN_YEARS: Formulas = {
    "printed_milestone": "{*1.region_years.own_printed_milestone@*3}",
    "actual": "{*1.region_years.own_actual@*3}",
}
YEARS_OF_REGION: Formulas = {
    **each_from("{{*1.region_years.{}@*2}}", "projection", "milestone"),
    "base": where_way_begins("{*1.printed_baseline}", "{*1.baseline}", "{target}"),
    **each_from("{{*1.{}}}", "target", "printed_target"),
    **each_from(
        "{{*1.region_years.{}@*2}}",
        *("actual", "printed_projection", "printed_milestone", "printed_difference_due", "printed_unallocated"),
        "printed_actual",
    ),
}
