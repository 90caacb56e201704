"""A bar of the tornado ends where the input stands at the end that is printed beside it."""

from decimal import Decimal

import numpy as np
import pytest

from agriplan.analysis.sensitivity import tornado
from agriplan.baselines.commitments import short_names
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import MINUS, print_number
from agriplan.workbook.content.by_rule import told_by_rule
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.files import load_template


@pytest.mark.parametrize("entered", [15, -3.5, 0])
def test_a_growth_entered_for_the_region_moves_neither_the_ends_nor_what_they_give(
    entered, plan, baselines, suggestions
):
    growth = {commitment.id: {baselines.region.code: entered} for commitment in baselines.commitments}
    other = make_plan(parse_scenario({"growth": growth}), baselines, suggestions)
    as_suggested, as_entered = (
        tornado(each).set_index(["indicator", "input"]).xs("growth", level="input") for each in (plan, other)
    )
    for commitment in baselines.commitments:
        first, second = as_suggested.loc[commitment.id], as_entered.loc[commitment.id]
        assert tuple(second[["from", "to"]]) == tuple(first[["from", "to"]])
        for end in ("from", "to"):
            at_end = {commitment.id: {baselines.region.code: float(first[end])}}
            there = make_plan(parse_scenario({"growth": at_end}), baselines, suggestions)
            reached = there.by_indicator[commitment.id]["projection"]
            assert second[{"from": "low", "to": "high"}[end]] == pytest.approx(reached, rel=1e-9)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_printed_swings_and_spreads_are_what_lies_between_the_printed_ends(plan, lang):
    data = plan.baselines
    told = told_by_rule(BookContext(plan, data.region, load_template(None, lang).words, lang))
    decimals = {short_names(data.commitments, lang)[one.id]: data.decimals(one) for one in data.commitments}
    moves = told["tornado"]
    rows = list(zip(*(moves[name] for name in ("indicator", "low", "high", "swing")), strict=True))
    rows = [row for row in rows if row[1] is not None]
    assert len(rows) == len(tornado(plan))
    for indicator, low, high, swing in rows:
        assert shown(swing, decimals[indicator]) == abs(
            shown(high, decimals[indicator]) - shown(low, decimals[indicator])
        ), indicator
    ends = list(zip(*(told["rules"][name] for name in ("least", "greatest", "spread")), strict=True))
    placed = [row for row in ends if not np.isnan(row).all()]  # where nothing is placed there are no parts
    assert len(placed) > 20
    for least, greatest, spread in placed:
        assert shown(spread, 1) == shown(greatest, 1) - shown(least, 1)


def shown(value: float, decimals: int) -> Decimal:
    """A figure as it is printed."""
    return Decimal(print_number(value, decimals).replace(",", "").replace(MINUS, "-"))
