"""How likely a target is: by history alone, and with the growths entered; for a league's row and the region's line.

The two never meet in one cell's band. DEMAND, PASSED and the like are the same steps for both: what the target asks of
a projection, and how many edges between the bands that has passed.
"""

from collections.abc import Mapping, Sequence
from functools import reduce

from agriplan.workbook.formulas.filling import (
    Formulas,
    band_formula,
    chosen,
    fill_in,
    flag,
    printed_alone,
    same_in_print,
    shown_alone,
    where_known,
    with_words,
    within_natural,
)
from agriplan.workbook.formulas.printed import (
    SCALE,
    ahead_of,
    by_remainder,
    part_of_figure,
    part_where_known,
    units_of,
)

_SUGGESTED_UNIT_VALUE = "{assumptions.lines.suggested_unit_value_growth@LINE}"

# The area's own cells: a league's stand in its row, the region's are scalars. A target of nothing asks for nothing, one
# that is the SAME on paper for what the projection gives.
_DEMAND = {
    "ratio": where_known("IF(OF>0,IF(SAME,1,ROUND(TARGET/OF,{plan.digits})),EDGE_5+1)*(TARGET>0)", "OF"),
    "points": where_known("IF(SAME,0,ROUND(TARGET-OF,{plan.digits}))", "OF"),
}
# An edge belongs to the likelier band.
_PASSED = where_known("+".join(f"(EDGE_{number}<ASKED)" for number in range(1, 6)), "ASKED")
_MOVED = {"ratio": "PROJECTION/PROJECTION_BY_HISTORY", "points": "PROJECTION-PROJECTION_BY_HISTORY"}


_ENTERED_BAND = where_known(band_formula("ENTERED_PASSED"), "ENTERED_PASSED")
_RANGE = chosen(
    {
        "ROUND(MOVED-PLAUSIBLE_HIGH,{plan.fine_digits})>0": "{words.range.above}",
        "ROUND(MOVED-PLAUSIBLE_LOW,{plan.fine_digits})<0": "{words.range.below}",
    },
    "{words.range.inside}",
)


def _area(way: str, same_as_history: str) -> Formulas:
    """The steps for an area; words in capitals are its cells."""
    same_as_projection = same_in_print("TARGET", "PRINTED_PROJECTION")
    demand, place = _DEMAND[way], with_words(_RANGE, MOVED=_MOVED[way])
    return {
        "demand": with_words(demand, OF="PROJECTION_BY_HISTORY", SAME=same_as_history),
        "passed": with_words(_PASSED, ASKED="DEMAND"),
        "printed_by_history": printed_alone("PROJECTION_BY_HISTORY"),
        "probability": where_known(band_formula("PASSED"), "PASSED"),
        # As it is shown: with a mark where an assumption stands behind it.
        "likelihood": 'PROBABILITY&IF(PROBABILITY="","",ASSUMED_MARK)',
        "entered": flag(
            "ABS(PROJECTION-PROJECTION_BY_HISTORY)>"
            "{plan.check_tolerance}*MAX(1,ABS(PROJECTION),ABS(PROJECTION_BY_HISTORY))",
            "PROJECTION",
            "PROJECTION_BY_HISTORY",
        ),
        # What is asked of it is no cell: it is asked for here alone.
        "entered_passed": with_words(_PASSED, ASKED=with_words(demand, OF="PROJECTION", SAME=same_as_projection)),
        "entered_band": f'IF(ENTERED=1,{_ENTERED_BAND},"")',
        "range": f'IF(ENTERED=1,{place},"")',
        # Says both itself: a workbook that shows neither alone need not hold them.
        "as_entered": f'IF(ENTERED=1,{{words.short.as_entered}}&{_ENTERED_BAND}&{{words.why.comma}}&{place},"")',
    }


def _with_cells(texts: Formulas, prefix: str = "") -> dict[str, str]:
    names = (
        "projection", "printed_projection", "projection_by_history", "printed_by_history", "demand", "passed",
        "entered", "entered_passed",
        "plausible_low", "plausible_high", "probability", "assumed_mark",
        *(f"edge_{number}" for number in range(1, 6)),
    )  # fmt: skip
    cells = {name.upper(): f"{{{prefix}{name}}}" for name in names}
    # What is asked for is what is handed down.
    return fill_in(texts, **cells, TARGET=f"{{{prefix}printed_target}}")


_SAME_AS_HISTORY = f"AND(ENTERED=0,{same_in_print('TARGET', 'PRINTED_PROJECTION')})"
_OF_LEAGUE = {way: _with_cells(_area(way, _SAME_AS_HISTORY)) for way in _DEMAND}
_OF_REGION = {way: _with_cells(_area(way, same_in_print("TARGET", "PRINTED_BY_HISTORY")), ".") for way in _DEMAND}


# What a target asks of the projection by history as of a year: of a ratio its logarithm, which what is missed adds to.
ASKED_AS_OF = where_known(
    chosen(
        {
            "AND({is_rate}=0,{printed_target}<=0)": "-{evaluation.wide}",
            "SAME": "0",
            "{is_rate}=1": "ROUND({printed_target}-{by_history},{plan.digits})",
            "{by_history}>0": "ROUND(LN({printed_target}/{by_history}),{plan.digits})",
        },
        "{evaluation.wide}",
    ),
    *("{by_history}", "{printed_target}"),
)
# Whether that is the same on paper: of the region by itself, of a league where no entry moves its projection.
SAME_OF_REGION = same_in_print("{printed_target}", shown_alone("{by_history}", "{*.own_decimals}"))
SAME_OF_LEAGUE = (
    f"AND(ROUND({{projection}}-{{by_history}},{{plan.fine_digits}})=0,"
    f"{same_in_print('{printed_target}', '{printed_projection}')})"
)


def _grown(figure: str, growth: str) -> str:
    """What a growth makes of a figure by the target year."""
    return f"{figure}*(1+{growth}/100)^{{plan.years}}"


def _difference(growths: Sequence[str]) -> str:
    """The statistical difference grows as the region does, a value's by its quantity and its unit value."""
    return f"IF({{.difference}}=0,0,{where_known(reduce(_grown, growths, '{.difference}'), *growths)})"


_LEAGUE_GROWS = _grown("{baseline}", "{suggested}")
# Shown as `analysis/printed_history.py` does, whatever was entered: the region half up, others by largest remainder.
_SUM = "SUM({leagues.projection_by_history:},{.history_difference})"
_SUM_OF_PARTS = "SUM({leagues.history_part:},{.history_part})"
_ADDED_LEAGUES = _with_cells(
    {
        **_OF_LEAGUE["ratio"],
        "history_part": part_where_known("projection_by_history"),
        "printed_by_history": where_known(
            by_remainder(
                "PROJECTION_BY_HISTORY",
                "{history_part}",
                [
                    f"SUMPRODUCT({ahead_of('{history_part}', '{history_part:}', '{order}', '{order:}')})",
                    "IF({.history_part}>{history_part},1,0)",
                ],
                "{.history_rest}",
            ),
            "PROJECTION_BY_HISTORY",
        ),
    },
)
_ADDED_REGION = _with_cells(
    {
        **_OF_REGION["ratio"],
        # What is not known of one league is not known of the region.
        "projection_by_history": "IF(OR(COUNT({leagues.projection_by_history:})<COUNT({leagues.baseline:}),"
        f'NOT(ISNUMBER({{.history_difference}}))),"",{_SUM})',
        # The difference stands behind the leagues; one that is not known counts as nothing, as a cell without a number.
        "history_part": part_of_figure("SUM({.history_difference})"),
        "history_whole": f"ROUND({_SUM}*{SCALE}-{_SUM_OF_PARTS},0)",
        "history_rest": units_of(_SUM_OF_PARTS),
        "printed_by_history": where_known(f"({{.history_whole}}+{{.history_rest}})/{SCALE}", "PROJECTION_BY_HISTORY"),
    },
    ".",
)

LIKELIHOOD_OF_LEAGUE: Mapping[str, Formulas] = {
    "amount": {
        **_ADDED_LEAGUES,
        "projection_by_history": where_known(_LEAGUE_GROWS, "{baseline}", "{suggested}"),
    },
    "value": {
        **_ADDED_LEAGUES,
        "projection_by_history": f"IF(AND(COUNT({{baseline}},{{suggested}})>1,ISNUMBER({_SUGGESTED_UNIT_VALUE})),"
        f'{_grown(_LEAGUE_GROWS, _SUGGESTED_UNIT_VALUE)},"")',
    },
    "rate": {
        **_OF_LEAGUE["points"],
        "projection_by_history": where_known(
            within_natural("{baseline}+{suggested}*{plan.years}"), "{baseline}", "{suggested}"
        ),
        "herd_by_history": "IF(AND(COUNT({baseline},{herd_base})>1,ISNUMBER({assumptions.herds.suggested@HERD.*})),"
        f'{_grown("{herd_base}", "{assumptions.herds.suggested@HERD.*}")},"")',
        "counted_by_history": where_known(
            "{projection_by_history}*{herd_by_history}", "{projection_by_history}", "{herd_by_history}"
        ),
    },
}
LIKELIHOOD_OF_REGION: Mapping[str, Formulas] = {
    "amount": {
        **_ADDED_REGION,
        "history_difference": _difference(["{.suggested}"]),
    },
    "value": {
        **_ADDED_REGION,
        "history_difference": _difference(["{.suggested}", _SUGGESTED_UNIT_VALUE]),
    },
    "rate": {
        **_OF_REGION["points"],
        "projection_by_history": "IF(OR(COUNT({leagues.counted_by_history:})<COUNT({leagues.baseline:}),"
        'SUM({leagues.herd_by_history:})=0),"",SUM({leagues.counted_by_history:})/SUM({leagues.herd_by_history:}))',
    },
}
