"""Scenarios side by side: what a comparison works out from the figures that stand beside it."""

from agriplan.rounding import COMPARE_DIGITS
from agriplan.workbook.formulas.filling import Formulas


def _rounded(figure: str) -> str:
    """What printed figures come to, without what binary adds: what is nothing is 0."""
    return f"ROUND({figure},{COMPARE_DIGITS})"


# A scenario's line of an indicator.
COMPARED_LINE: Formulas = {"gap": _rounded("{target}-{projection}"), "unallocated": _rounded("{target}-{reached}")}


def spread_of(name: str, count: int) -> str:
    """The greatest less the least of so many columns.

    >>> spread_of("plan", 2)
    'IF(COUNT({plan_1},{plan_2})>0,ROUND(MAX({plan_1},{plan_2})-MIN({plan_1},{plan_2}),9),"")'
    """
    each = ",".join(f"{{{name}_{number}}}" for number in range(1, count + 1))
    return f'IF(COUNT({each})>0,{_rounded(f"MAX({each})-MIN({each})")},"")'


def spread_columns(count: int) -> Formulas:
    """How far targets and shares lie apart."""
    return {f"{name}_spread": spread_of(name, count) for name in ("target", "amount")}


def compared_totals(count: int) -> Formulas:
    """What leagues' targets and the statistical difference come to, and what is placed, as the lines above say."""
    sources = {"target": "reached", "amount": "placed"}
    texts = {
        f"{name}_{number}": f"{{lines.{source}@{number}}}"
        for name, source in sources.items()
        for number in range(1, count + 1)
    }
    return {**texts, **spread_columns(count)}


def compared_difference(count: int, *, adds_up: bool) -> Formulas:
    """What is in the region's figure and in no league's; rates do not add up."""
    if not adds_up:
        return {}
    texts = {
        f"target_{number}": _rounded(f"{{region.target_{number}@region}}-SUM({{leagues.target_{number}:}})")
        for number in range(1, count + 1)
    }
    return {**texts, "target_spread": spread_of("target", count)}
