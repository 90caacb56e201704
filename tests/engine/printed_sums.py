"""What holds of printed figures in every scenario and plan folder: checked on a finished plan."""

import numpy as np
import pandas as pd

from agriplan.engine.actuals import counted_actuals
from agriplan.engine.plan import Plan, counted_decimals

# Two exact figures that are the same on six digits of a printing unit count as the same.
NOISE = 2e-6
PARTS = ("baseline", "projection", "amount")


def printed_holds(plan: Plan) -> None:
    """Raise AssertionError where a printed table does not add up, or a figure is not its exact one rounded."""
    for (_, line), (_, shown) in zip(plan.lines.iterrows(), plan.printed.lines.iterrows(), strict=True):
        indicator = line["indicator"]
        assert shown["indicator"] == indicator
        commitment = plan.baselines.by_id[indicator]
        own, counted = 10 ** plan.baselines.decimals(commitment), 10 ** counted_decimals(plan.baselines, commitment)
        exact = plan.leagues_of(indicator).reset_index(drop=True)
        printed = plan.printed.leagues[plan.printed.leagues["indicator"] == indicator].reset_index(drop=True)
        _region_holds(line, shown, plan.stated.by_indicator[indicator], own, counted)
        _leagues_hold(line, shown, exact, printed, own, counted)
        _years_hold(plan, line, shown, printed, own)


def _region_holds(line: pd.Series, shown: pd.Series, stated: dict, own: int, counted: int) -> None:
    rounded(line, shown, ("target", "baseline", "projection", "reached", "own_fit", "unallocated"), own)
    for name in ("gap", "surplus", "held_back", "on_top", "placed", "residual"):
        rounded(line, shown, (name,), counted)
        each_rounded(stated[f"{name}_stated"], shown[f"{name}_stated"], own, name)
    same(shown["target"] - shown["reached"], shown["unallocated"], own)
    same(shown["target"] - shown["projection"], shown["gap_stated"], own)
    same(shown["reached"] - shown["projection"], shown["placed_stated"], own)
    parts = shown["held_back_stated"] - shown["on_top_stated"] + shown["residual_stated"] - shown["surplus_stated"]
    same(parts, shown["unallocated"], own)
    for ending, scale in (("", counted), ("_stated", own)):
        missing = shown[f"gap{ending}"] + shown[f"surplus{ending}"]
        same(missing - shown[f"held_back{ending}"] + shown[f"on_top{ending}"], shown[f"to_place{ending}"], scale)
        same(shown[f"placed{ending}"] + shown[f"residual{ending}"], shown[f"to_place{ending}"], scale)
        assert shown[f"to_place{ending}"] >= 0
        assert line["gap"] > 0 or shown[f"to_place{ending}"] == 0


def _leagues_hold(
    line: pd.Series, shown: pd.Series, exact: pd.DataFrame, printed: pd.DataFrame, own: int, counted: int
) -> None:
    same(printed["amount"].sum(), shown["placed"], counted)
    for names, scale in ((("amount", "floor", "ceiling"), counted), (("baseline", "projection"), own)):
        rounded(exact, printed, names, scale)
    known = exact["baseline"].notna()
    assert (printed.loc[known, "amount_stated"] >= 0).all()
    for less, more in (("floor", "amount"), ("amount", "ceiling")):
        assert (printed.loc[known, f"{less}_stated"] <= printed.loc[known, f"{more}_stated"] + NOISE / own).all()
    same(printed["projection"] + printed["amount_stated"], printed["target"], own)
    for one, shares in zip(exact.to_dict("records"), printed["amount_stated"], strict=True):
        _keeps_limits(one, shares, own)
    if line["kind"] == "rate":
        rounded(line, shown, ("reachable",), own)
        return
    same(shown["projection"] + shown["ceilings"], shown["reachable"], own)
    issued = exact["issued"]
    assert issued.tolist() == printed["amount"].tolist()
    for name, whole, difference in (
        ("baseline", "baseline", "difference"),
        ("projection", "projection", "statistical_difference"),
        ("target", "reached", "statistical_difference"),
    ):
        rounded(line, shown, (difference,), own)
        same(printed[name].sum() + shown[difference], shown[whole], own)


def _keeps_limits(exact: dict, shown: float, own: int) -> None:
    """Locks and limits without further decimals are never passed; a floor beats a ceiling, a lock both."""
    least, most = exact["entered_floor"], exact["entered_ceiling"]
    if not np.isnan(exact["entered_lock"]):
        least = most = exact["entered_lock"]
    if whole(least, own):
        assert shown >= least - NOISE / own, exact
    if whole(most, own) and most >= exact["floor"] / exact["size"]:
        assert shown <= most + NOISE / own, exact


def _years_hold(plan: Plan, line: pd.Series, shown: pd.Series, printed: pd.DataFrame, own: int) -> None:
    region, every = plan.baselines.region.code, plan.years["indicator"] == line["indicator"]
    exact, ours = plan.years[every].reset_index(drop=True), plan.printed.years[every].reset_index(drop=True)
    assert ours[["indicator", "code", "year"]].equals(exact[["indicator", "code", "year"]])
    each_rounded(exact["projection"], ours["projection"], own, "projection")
    typed = (exact["code"] != region) | (line["kind"] == "rate")
    each_rounded(exact.loc[typed, "actual"], ours.loc[typed, "actual"], own, "actual")
    between = exact["year"] < plan.baselines.target_year
    for name in ("milestone", "unallocated"):
        each_rounded(exact.loc[between, name], ours.loc[between, name], own, name)
    each_rounded(exact["difference"], ours["difference"], own, "difference")
    if line["kind"] == "rate":  # in points, and no more of it than the natural ceiling leaves
        points = exact["difference"] / exact["herd"] * 100.0
        assert (ours["difference_due"].abs() - points.abs() <= 0.5 / own + NOISE)[ours["code"] == region].all()
    else:
        each_rounded(exact["difference"], ours["difference_due"], own, "difference_due")
    # What the leagues leave of a figure of the region's own is what they leave of it in print.
    summed = (exact["code"] == region) & ~exact["year"].isin(_stated(plan, line["indicator"]))
    each_rounded(exact.loc[summed, "carried_difference"], ours.loc[summed, "carried_difference"], own, "carried")
    whole = ours[ours["code"] == region].set_index("year")
    leagues = ours[ours["code"] != region]
    same(whole["milestone"].iloc[0], shown["baseline"], own)
    same(whole["milestone"].iloc[-1], shown["target"], own)
    last = leagues[leagues["year"] == plan.baselines.target_year]["milestone"]
    assert np.array_equal(last.to_numpy(), printed["target"].to_numpy(), equal_nan=True)
    first = leagues[leagues["year"] == plan.baselines.base_year]["milestone"]
    assert np.array_equal(first.to_numpy(), printed["baseline"].to_numpy(), equal_nan=True)
    if line["kind"] == "rate":
        rounded(line, shown, ("reachable",), own)
        return
    same(shown["projection"] + shown["ceilings"], shown["reachable"], own)
    # A figure of the region's own is what was published: nothing adds up to it before all leagues have reported.
    stated = _stated(plan, line["indicator"])
    for year, rows in leagues.groupby("year"):
        total = whole.loc[year]
        same(rows["projection"].sum() + total["difference"], total["projection"], own)
        same(rows["milestone"].sum() + total["difference_due"] + total["unallocated"], total["milestone"], own)
        reported = rows.loc[rows["projection"].notna(), "actual"]
        if np.isnan(total["actual"]) or (int(year) in stated and reported.isna().any()):
            continue
        same(reported.sum() + total["carried_difference"], total["actual"], own)
    alone = (exact["code"] == region) & exact["year"].isin(stated)
    each_rounded(exact.loc[alone, "actual"], ours.loc[alone, "actual"], own, "actual")
    _no_steps_back(exact, ours, plan, own)


def _stated(plan: Plan, indicator: str) -> list[int]:
    """The years of which the region has a figure of its own."""
    names = {indicator, plan.baselines.by_id[indicator].quantity}
    actuals = counted_actuals(plan.scenario, plan.baselines)
    return [year for one, code, year in actuals if one in names and code == plan.baselines.region.code]


def _no_steps_back(exact: pd.DataFrame, ours: pd.DataFrame, plan: Plan, own: int) -> None:
    """A printed milestone steps back by one unit at most, and only where the exact step is smaller than a unit."""
    for code, rows in exact.groupby("code"):
        steps = np.diff(rows["milestone"]) * own
        shown = np.diff(ours[ours["code"] == code]["milestone"]) * own
        # The target year's figure is a sum of two printed ones, each rounded by itself: two units there.
        room = np.where(np.arange(len(steps)) == len(steps) - 1, 2.0, 1.0)
        back = (steps > 0) & (shown < -NOISE)
        assert not (back & (steps >= room)).any(), (code, steps, shown)
        assert (shown[back] >= -room[back] - NOISE).all(), (code, steps, shown)


def whole(value: float, scale: int) -> bool:
    """Whether a figure needs no rounding."""
    return not np.isnan(value) and abs(value * scale - round(value * scale)) < NOISE


def rounded(exact: pd.Series | pd.DataFrame, printed: pd.Series | pd.DataFrame, names: tuple, scale: int) -> None:
    for name in names:
        each_rounded(exact[name], printed[name], scale, name)


def each_rounded(exact: object, printed: object, scale: int, name: str) -> None:
    """Every printed figure is a whole number of units, next to its exact one, and its exact one where that is whole."""
    given, shown = (np.atleast_1d(np.asarray(values, dtype=float)) * scale for values in (exact, printed))
    assert (np.isnan(given) == np.isnan(shown)).all(), name
    given, shown = given[~np.isnan(given)], shown[~np.isnan(shown)]
    assert (np.abs(shown - np.round(shown)) < NOISE).all(), (name, shown)
    low, high = np.floor(given + NOISE), np.ceil(given - NOISE)
    assert ((shown > low - NOISE) & (shown < high + NOISE)).all(), (name, given, shown)


def same(one: object, other: object, scale: int) -> None:
    ours, theirs = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    assert ((np.isnan(ours) & np.isnan(theirs)) | (np.abs(ours - theirs) * scale < NOISE)).all(), (one, other)
