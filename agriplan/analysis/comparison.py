"""What differs between scenarios, and what that moved; and the same scenario under every rule."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from agriplan.analysis.entries import key_of, order_of_entries
from agriplan.analysis.stacked import inputs_under_every_rule, stacked_leagues
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.columns import STATED
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Allocation, Scenario, canonical_json
from agriplan.engine.tables import Flags
from agriplan.memo import memoized
from agriplan.rounding import COMPARE_DIGITS, SAME_VALUE, Floats, printed_difference, round_half_up

MEASURES_OF_REGION = ("reached", "gap", "unallocated")  # measures that leagues have not
SHARE_DECIMALS = 1  # with which leagues' parts are printed, in per cent
OF_ITSELF = {"name", "note", "based_on"}  # of a scenario: what it says of itself, and not of the plan


@dataclass(frozen=True)
class Comparison:
    """Two to five plans side by side; the first is what the others are compared with.

    `changes` has one row an entry of the scenarios that is not the same in all: `path` and one column a plan (None:
    the default). `moved` has one row an indicator and area: `indicator`, `code` (the region's too), `measure` (target,
    amount, projection; for the region reached, gap and unallocated too), one column a plan, and `spread`, the greatest
    less the least; sorted by the size of the spread as a part of the indicator's target. `printed` holds the same rows
    as they are shown.
    """

    plans: tuple[Plan, ...]
    changes: pd.DataFrame
    moved: pd.DataFrame
    printed: pd.DataFrame

    @property
    def seen_to_move(self) -> pd.DataFrame:
        """The rows of `printed` whose figures differ, not only by rounding."""
        size = self.moved[list(range(len(self.plans)))].abs().max(axis=1)
        return self.printed[(self.printed["spread"] > 0) & (self.moved["spread"] > _noise(size))]


def has_moved(before: float, after: float) -> bool:
    """Whether an exact figure is another in the other plan, beyond what sums in another order come to.

    >>> has_moved(40.505, 40.505 + 1e-13), has_moved(40.505, 40.504)
    (False, True)
    """
    return bool(have_moved(np.asarray(before), np.asarray(after)))


def have_moved(before: Floats, after: Floats) -> Flags:
    """Which of exact figures are others in the other plan."""
    moved: Flags = np.abs(after - before) > _noise(np.maximum(np.abs(before), np.abs(after)))
    return moved


def _noise(size: npt.ArrayLike) -> Floats:
    """How far figures of that size may lie apart and still be the same."""
    return np.asarray(SAME_VALUE * np.maximum(1.0, size))


def compare(plans: Sequence[Plan]) -> Comparison:
    """Compare two or more plans made from the same data."""
    return Comparison(tuple(plans), _changes(plans), *_moved(plans))


def _changes(plans: Sequence[Plan]) -> pd.DataFrame:
    entries = [entries_of(plan.scenario) for plan in plans]
    paths = sorted({path for entry in entries for path in entry}, key=order_of_entries(plans[0].baselines))
    rows = ((path, [entry.get(path) for entry in entries]) for path in paths)
    differing = [[path, *values] for path, values in rows if any(value != values[0] for value in values[1:])]
    return pd.DataFrame(differing, columns=["path", *range(len(plans))], dtype=object)


def printed_gap(line: Mapping[str, Any]) -> float:
    """What a printed line of the region leaves to be shared out, below 0 what it has to spare.

    >>> printed_gap({"gap_stated": 0.0, "surplus_stated": 12.5})
    -12.5
    """
    gap, surplus = float(line[f"gap{STATED}"]), float(line[f"surplus{STATED}"])
    return gap or -surplus


def entries_of(scenario: Scenario) -> dict[str, Any]:
    """What a scenario enters, by path; what it is called and why is no entry.

    >>> entries_of(Scenario(name="faster", growth={"milk": {"150500": 8}}))
    {'growth.milk.150500': 8.0}
    """
    entered = json.loads(canonical_json(scenario)).items()
    return dict(_entries({part: said for part, said in entered if part not in OF_ITSELF}))


def changes_by_key(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """What a scenario enters, by path, as one change each: a figure and what is said of it are one.

    >>> own = {"value": 36.5, "source": "通辽市统计局"}
    >>> changes_by_key(Scenario(baseline={"milk_output": {"150500": own}}, target={"milk": 900})).keys()
    dict_keys(['baseline.milk_output.150500', 'target.milk'])
    """
    found: dict[str, dict[str, Any]] = {}
    for path, value in entries_of(scenario).items():
        found.setdefault(key_of(path), {})[path] = value
    return found


def _entries(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield path, value
        return
    for key, inner in value.items():
        yield from _entries(inner, f"{path}.{key}" if path else key)


def _moved(plans: Sequence[Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    exact = _side_by_side([_measures(plan) for plan in plans])
    printed = _side_by_side([_printed_measures(plan) for plan in plans])
    # What is between two printed figures has no more digits than they have.
    printed["spread"] = round_half_up(printed["spread"], COMPARE_DIGITS)
    scale = exact["indicator"].map({name: line["target"] for name, line in plans[0].by_indicator.items()})
    order = (-(exact["spread"].fillna(-1.0) / scale)).argsort(kind="stable")
    return exact.iloc[order].reset_index(drop=True), printed.iloc[order].reset_index(drop=True)


def _side_by_side(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    moved = tables[0][["indicator", "code", "measure"]].copy()
    for number, table in enumerate(tables):
        moved[number] = table["value"]
    numbers = moved[list(range(len(tables)))]
    moved["spread"] = numbers.max(axis=1) - numbers.min(axis=1)
    return moved


def _measures(plan: Plan) -> pd.DataFrame:
    """Target, amount and projection of every area, in the indicator's unit (what is shared of rates in points).

    The region's target is its commitment; what its leagues' targets come to stands under its own name, beside the gap
    and what is unallocated (a surplus is negative).
    """
    leagues = plan.leagues.assign(amount=plan.leagues["amount"] / plan.leagues["size"])
    divisor = plan.lines["divisor"]
    lines = plan.lines.assign(amount=plan.lines["placed"] / divisor, gap=plan.lines["gap"] / divisor)
    return _long(plan, lines, leagues)


def _printed_measures(plan: Plan) -> pd.DataFrame:
    lines, leagues = plan.printed.lines, plan.printed.leagues
    lines = lines.assign(amount=lines["placed_stated"], gap=lines["gap_stated"])
    return _long(plan, lines, leagues.assign(amount=leagues["amount_stated"]))


def _long(plan: Plan, lines: pd.DataFrame, leagues: pd.DataFrame) -> pd.DataFrame:
    region = plan.baselines.region.code
    names = ["target", *MEASURES_OF_REGION, "amount", "projection"]
    alone = leagues.assign(**dict.fromkeys(MEASURES_OF_REGION, np.nan))
    both = pd.concat([lines.assign(code=region), alone])[["indicator", "code", *names]]
    long = both.melt(id_vars=["indicator", "code"], var_name="measure")
    return long[~long["measure"].isin(MEASURES_OF_REGION) | (long["code"] == region)].reset_index(drop=True)


def under_every_rule(scenario: Scenario, baselines: Baselines, plan_of: Callable[[Scenario], Plan]) -> dict[str, Plan]:
    """The plan of the same scenario under each rule; by_shares without shares takes equal ones."""
    plans = {}
    for rule in RULES:
        allocation = {
            commitment.id: _with_rule(
                scenario.allocation.get(commitment.id, Allocation()), rule, commitment.id, baselines
            )
            for commitment in baselines.commitments
        }
        plans[rule] = plan_of(scenario.model_copy(update={"allocation": allocation}))
    return plans


def _with_rule(allocation: Allocation, rule: str, indicator: str, baselines: Baselines) -> Allocation:
    shares = allocation.shares
    if rule == "by_shares" and not any(shares.values()):
        shares = dict.fromkeys(baselines.by_id[indicator].leagues, 1.0)
    return allocation.model_copy(update={"rule": rule, "shares": shares})


def rule_table(plans: dict[str, Plan]) -> pd.DataFrame:
    """Amounts of every named league under every rule, with the least and greatest share.

    One row an indicator and named league: `indicator`, `code`, a column a rule (amount, counted), one of how that is
    printed in the indicator's unit (`printed_` before the rule's name) and one of what part of what is placed it is, in
    per cent (`share_`); of these the `least`, the `greatest` and the `spread` between both as they are printed.
    """
    first = next(iter(plans.values()))
    exact = {rule: plan.columns["leagues"]["amount"] for rule, plan in plans.items()}
    printed = {rule: plan.printed.columns["leagues"]["amount_stated"] for rule, plan in plans.items()}
    return _rule_table(first, exact, printed)


@memoized
def own_rule_table(plan: Plan) -> pd.DataFrame:
    """`rule_table` of a plan's scenario `under_every_rule`, worked out at once and without the plans themselves."""
    exact, printed = stacked_leagues(plan, *inputs_under_every_rule(plan))
    amounts = (exact["amount"], printed["amount_stated"])
    return _rule_table(plan, *(dict(zip(RULES, column.reshape(len(RULES), -1), strict=True)) for column in amounts))


def largest_shares(plan: Plan) -> pd.DataFrame:
    """The largest part of what is placed that any league takes, per cent: a row an indicator, a column a rule.

    `least` and `greatest` are the ends of these over the rules.
    """
    shares = own_rule_table(plan).groupby("indicator")[[f"share_{rule}" for rule in RULES]].max()
    shares = shares.set_axis(list(RULES), axis="columns")
    return shares.assign(least=shares.min(axis=1), greatest=shares.max(axis=1))


def _rule_table(plan: Plan, amounts: dict[str, Floats], printed: dict[str, Floats]) -> pd.DataFrame:
    leagues = plan.columns["leagues"]
    named = leagues["named"]
    found = np.column_stack([values[named] for values in amounts.values()])
    indicators, of = np.unique(leagues["indicator"][named], return_inverse=True)
    totals = np.zeros((len(indicators), len(amounts)))
    np.add.at(totals, of, found)
    # A rule that places nothing gives no shares; where none places anything there is no least one either.
    shares = found / np.where(totals > 0, totals, np.nan)[of] * 100.0
    columns = {name: leagues[name][named] for name in ("indicator", "code")}
    columns |= dict(zip(amounts, found.T, strict=True))
    columns |= {f"printed_{rule}": values[named] for rule, values in printed.items()}
    columns |= {f"share_{rule}": values for rule, values in zip(amounts, shares.T, strict=True)}
    ends = {"least": np.fmin.reduce(shares, axis=1), "greatest": np.fmax.reduce(shares, axis=1)}
    spread = printed_difference(ends["greatest"], ends["least"], SHARE_DECIMALS)
    return pd.DataFrame({**columns, **ends, "spread": spread})
