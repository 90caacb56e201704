"""A plan's inputs many times over, each changed a little, worked out at once: a fraction of what as many plans cost."""

import numpy as np

from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan, scales_of
from agriplan.engine.printed import Scales, round_figures
from agriplan.engine.stages import LEAGUE_INPUTS, LINE_INPUTS, compute
from agriplan.engine.tables import Columns


def stacked_inputs(plan: Plan, times: int) -> tuple[Columns, Columns]:
    """What a plan's lines and leagues are worked out from, so many times one below the other, to be changed."""
    lines, leagues = (
        {name: np.tile(table[name], times) for name in names}
        for table, names in ((plan.assumed.lines, LINE_INPUTS), (plan.assumed.leagues, LEAGUE_INPUTS))
    )
    return lines, leagues


def inputs_under_every_rule(plan: Plan, times: int = 1) -> tuple[Columns, Columns]:
    """The same under the first rule, then under the second and so on; by_shares without shares takes equal ones."""
    lines, leagues = stacked_inputs(plan, times * len(RULES))
    count, width = plan.assumed.shape
    lines["rule"] = np.repeat(np.array(list(RULES), dtype=object), times * count)
    entered, named = (plan.assumed.leagues[name] for name in ("entered_share", "named"))
    total = np.repeat(np.nansum(entered.reshape(count, width), axis=1), width)
    shares = np.where(named & (total == 0), 1.0, entered)
    by_shares = np.repeat(lines["rule"] == "by_shares", width)
    leagues["entered_share"] = np.where(by_shares, np.tile(shares, times * len(RULES)), leagues["entered_share"])
    return lines, leagues


def stacked_leagues(plan: Plan, lines: Columns, leagues: Columns) -> tuple[Columns, Columns]:
    """The leagues' figures of such inputs, exact and printed."""
    times = len(lines["rule"]) // plan.assumed.shape[0]
    outcome = compute(lines, leagues, plan.baselines.span)
    stated = {"source_target": np.tile(plan.assumed.lines["source_target"], times)}
    scales = Scales(*(np.tile(scale, times) for scale in scales_of(plan.baselines)))
    return outcome.leagues, round_figures(stated | outcome.lines, outcome.leagues, scales)[1]
