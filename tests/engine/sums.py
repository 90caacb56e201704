"""What adds up, in every scenario and plan folder: checked on a finished plan."""

import numpy as np

from agriplan.engine.plan import Plan

# Amounts add up to what is placed within this part of the larger of the amount and the offsets.
SUMS = 1e-9


def sums_hold(plan: Plan) -> None:
    """Raise AssertionError where a total of the plan is not the sum of its parts."""
    for line in plan.lines.to_dict("records"):
        leagues = plan.leagues_of(line["indicator"])
        scale = max(line["to_place"], leagues["offset"].abs().sum(), 1.0)
        assert abs(leagues["amount"].sum() - line["placed"]) <= SUMS * scale
        assert abs(line["to_place"] - line["placed"] - line["residual"]) <= SUMS * scale
        targets = np.nansum(leagues["target"] * leagues["size"]) + line["statistical_difference"]
        assert abs(line["reached"] + line["unallocated"] - line["target"]) <= SUMS * max(abs(line["target"]), 1.0)
        if line["held_back"] == line["on_top"] == line["residual"] == line["surplus"] == 0:
            assert (line["reached"], line["unallocated"]) == (line["target"], 0)
        whole = targets + line["held_back"] - line["on_top"] + line["residual"]
        due = line["target"] * line["divisor"] if line["gap"] > 0 else line["projection"] * line["divisor"]
        assert abs(whole - due) <= SUMS * max(scale, due), line["indicator"]
        _years_hold(plan, line)


def _years_hold(plan: Plan, line: dict) -> None:
    years = plan.years[plan.years["indicator"] == line["indicator"]]
    region = years[years["code"] == plan.baselines.region.code]
    leagues = years[years["code"] != plan.baselines.region.code]
    is_rate = line["kind"] == "rate"
    # To the last digit, not nearly: the last milestone is the commitment, and a league's its target.
    assert region["milestone"].iloc[-1] == line["target"]
    ends = leagues[leagues["year"] == plan.baselines.target_year].set_index("code")["milestone"]
    targets = plan.leagues_of(line["indicator"]).set_index("code")["target"]
    assert ends.equals(targets)
    for step, year in enumerate(region["year"]):
        now = leagues[leagues["year"] == year]
        weight = now["herd"] if is_rate else now["projection"] * 0 + 1
        herd = weight[now["projection"].notna()].sum() if is_rate else 1.0
        growth = (1 + line["growth"] / 100) * (1 + line["unit_value_growth"] / 100)
        difference = line["difference"] * growth**step if line["difference"] else 0.0
        for column in ("projection", "milestone"):
            total = (np.nansum(now[column] * weight) + difference) / herd
            total += region["unallocated"].iloc[step] if column == "milestone" else 0.0
            assert abs(region[column].iloc[step] - total) <= SUMS * max(abs(total), 1.0), (line["indicator"], year)
