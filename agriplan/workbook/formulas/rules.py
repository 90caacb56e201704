"""The rules as formulas: weight and offset of a named league, one entry for each of `allocation.RULES`, in its order.

`BASE_WEIGHT` is what the base-year value counts as, `COUNTED` the projection, both in the unit that adds up; `SCORE` is
the league's by its criteria.
"""

from collections.abc import Mapping
from typing import NamedTuple

from agriplan.workbook.formulas.filling import chosen


class TermFormulas(NamedTuple):
    """Weight and offset of a league's row."""

    weight: str
    offset: str = "0"


RULE_TERMS: Mapping[str, TermFormulas] = {
    "by_baseline": TermFormulas("BASE_WEIGHT"),
    "by_projection": TermFormulas("COUNTED"),
    "equal_growth": TermFormulas("BASE_WEIGHT", "COUNTED"),
    "by_headroom": TermFormulas("{ceiling}-{floor}", "-{floor}"),
    "equal_amounts": TermFormulas("1"),
    "equal_slack": TermFormulas("1", "-{ceiling}"),
    "by_criteria": TermFormulas("SCORE"),
    "by_shares": TermFormulas("{entered_share}"),
}


def by_rule(term: str, terms: Mapping[str, TermFormulas] = RULE_TERMS) -> str:
    """One of the terms of whatever rule is chosen; the commonest text stands for all rules that are not asked for.

    >>> by_rule("offset", {"by_baseline": TermFormulas("BASE_WEIGHT"), "equal_slack": TermFormulas("1", "-{ceiling}")})
    'IF({named}=1,IF({.rule}={words.rule.equal_slack},-{ceiling},0),0)'
    """
    rules: dict[str, list[str]] = {}
    for rule, each in terms.items():
        rules.setdefault(getattr(each, term), []).append(f"{{.rule}}={{words.rule.{rule}}}")
    others = max(rules, key=lambda text: len(rules[text]))
    asked = {
        conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})": text
        for text, conditions in rules.items()
        if text != others
    }
    return f"IF({{named}}=1,{chosen(asked, others)},0)"
