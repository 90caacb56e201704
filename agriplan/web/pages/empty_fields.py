"""What counts where a field of a scenario is left empty, as it stands there in grey."""

import math
from collections.abc import Sequence

from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import DEFAULT_MAX_GROWTH, Allocation, Scenario
from agriplan.engine.tables import rows_of_columns
from agriplan.formatting import GROWTH_DECIMALS, print_number
from agriplan.sentences import say
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import text
from agriplan.web.pages.rows import Row


def greys(plan: Plan) -> dict[str, str]:
    """By path, what an empty field means under everything else that the scenario enters.

    A league without a growth of its own takes the one entered for the region, and only then what is suggested.
    """
    found = {"status_margin": f"{Scenario().status_margin:g}"}
    lines = {row["indicator"]: row for row in rows_of_columns(plan.assumed.lines)}
    leagues = rows_of_columns(plan.assumed.leagues)
    for one in plan.baselines.commitments:
        mine = [row for row in leagues if row["indicator"] == one.id]
        found |= _growths(plan, one, mine) | _region_wide(plan, one, lines[one.id])
        found[f"growth.{one.id}.{plan.baselines.region.code}"] = _growth_of_region([*mine, lines[one.id]])
    return found


def _growths(plan: Plan, commitment: Commitment, leagues: Sequence[Row]) -> dict[str, str]:
    entered, region = plan.scenario.growth, plan.baselines.region.code
    found = {}
    for about, column in ((commitment.id, "suggested"), (commitment.herd, "suggested_herd_growth")):
        for row in leagues if about else ():
            value = entered.get(str(about), {}).get(region, row[column])
            found[f"growth.{about}.{row['code']}"] = print_number(value, GROWTH_DECIMALS)
    return found


def _growth_of_region(rows: Sequence[Row]) -> str:
    """One number where leagues and region would take the same; else each takes its own."""
    known = {print_number(row["suggested"], GROWTH_DECIMALS) for row in rows if not math.isnan(row["suggested"])}
    return known.pop() if len(known) == 1 else say("by_default.as_suggested", current_language())


def _region_wide(plan: Plan, commitment: Commitment, line: Row) -> dict[str, str]:
    data, allocation = plan.baselines, f"allocation.{commitment.id}"
    cap = DEFAULT_MAX_GROWTH[commitment.kind]
    found = {
        f"target.{commitment.id}": print_number(commitment.target, data.decimals(commitment)),
        f"{allocation}.max_growth": text("form.none") if cap is None else f"{cap:g}",
        f"{allocation}.reserve": f"{Allocation().reserve:g}",
        f"{allocation}.margin": f"{Allocation().margin:g}",
    }
    if commitment.unit_value:
        decimals = data.indicators[commitment.unit_value].decimals
        figure = data.base_figures[commitment.unit_value, data.region.code]
        found[f"baseline.{commitment.unit_value}.{data.region.code}.value"] = print_number(figure.value, decimals)
        growth = print_number(line["suggested_unit_value_growth"], GROWTH_DECIMALS)
        found[f"unit_value_growth.{commitment.id}"] = growth
    return found
