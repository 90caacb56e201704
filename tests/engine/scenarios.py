"""Random scenarios for any plan folder: every part of a scenario, each used about half of the time."""

from typing import Any

import numpy as np
import pandas as pd

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.milestones import PATHS
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario


def plan_of(entered: dict[str, Any], baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    return make_plan(parse_scenario(entered), baselines, suggestions)


def random_scenario(seed: int, baselines: Baselines) -> Scenario:
    rng = np.random.default_rng(seed)
    parts: dict[str, dict] = {part: {} for part in ("growth", "target", "allocation", "path", "baseline", "actual")}
    parts["unit_value_growth"] = {}
    for commitment in baselines.commitments:
        for part, make in PARTS.items():
            if rng.random() < 0.5:
                parts[part] |= make(rng, commitment, baselines)
    return parse_scenario(parts)


def _growth(rng: np.random.Generator, commitment: Commitment, baselines: Baselines) -> dict:
    spread = 0.5 if commitment.is_rate else 6.0
    codes = [baselines.region.code, *_some(rng, baselines.league_codes)]
    return {commitment.id: {code: round(rng.normal(1.0, spread), 2) for code in codes}}


def _unit_value_growth(rng: np.random.Generator, commitment: Commitment, _: Baselines) -> dict:
    return {commitment.id: round(rng.uniform(-2, 3), 2)} if commitment.unit_value else {}


def _target(rng: np.random.Generator, commitment: Commitment, _: Baselines) -> dict:
    if commitment.is_rate:
        return {commitment.id: round(rng.uniform(0.9, 1.0) * commitment.ceiling, 2)}
    return {commitment.id: round(commitment.target * rng.uniform(0.7, 1.8), commitment.issue_decimals)}


def _path(rng: np.random.Generator, commitment: Commitment, _: Baselines) -> dict:
    return {commitment.id: str(rng.choice(list(PATHS)))}


def _baseline(rng: np.random.Generator, commitment: Commitment, baselines: Baselines) -> dict:
    known = {code: baselines.base_figures[commitment.quantity, code].value for code in commitment.leagues}
    own = {code: round(known[code] * rng.uniform(0.8, 1.0), 3) for code in _some(rng, list(known))}
    return {commitment.quantity: {code: {"value": value, "source": "本盟市统计局"} for code, value in own.items()}}


def _actual(rng: np.random.Generator, commitment: Commitment, baselines: Baselines) -> dict:
    known = {code: baselines.base_figures[commitment.quantity, code].value for code in commitment.leagues}
    years = baselines.later_years
    return {
        commitment.id: {
            code: {str(year): round(known[code] * rng.uniform(0.9, 1.0), 3) for year in _some(rng, list(years))}
            for code in _some(rng, list(known))
        }
    }


def _allocation(rng: np.random.Generator, commitment: Commitment, baselines: Baselines) -> dict:
    whole = 3.0 if commitment.is_rate else commitment.target / 30.0
    leagues = list(commitment.leagues)

    def limits() -> dict[str, float]:
        return {code: round(rng.uniform(0, whole), 2) for code in _some(rng, leagues, 0.25)}

    criteria = {criterion.id: round(rng.uniform(0.1, 1), 2) for criterion in baselines.criteria}
    return {
        commitment.id: {
            "rule": str(rng.choice(list(RULES))),
            "max_growth": [None, "none", 1.0, 8.0, 15.0, 20.0][rng.integers(6)],
            "reserve": round(rng.uniform(0, 20), 1) * float(rng.random() < 0.3),
            "margin": round(rng.uniform(0, 10), 1) * float(rng.random() < 0.3),
            "floor": limits(),
            "ceiling": limits(),
            "lock": limits(),
            "shares": {code: round(rng.uniform(0, 3), 1) for code in leagues} | {leagues[0]: 1.0},
            "criteria": [{}, "entropy", criteria][rng.integers(3)],
        }
    }


def _some(rng: np.random.Generator, words: list, share: float = 0.4) -> list:
    return [word for word in words if rng.random() < share]


PARTS = {
    "growth": _growth,
    "unit_value_growth": _unit_value_growth,
    "target": _target,
    "path": _path,
    "baseline": _baseline,
    "actual": _actual,
    "allocation": _allocation,
}


def random_evaluation(seed: int, baselines: Baselines) -> Scenario:
    """A random scenario with figures of the years after the base year in every form that they may have, and a year."""
    rng = np.random.default_rng(seed)
    asked: dict[str, Any] = random_scenario(seed, baselines).model_dump(mode="json", exclude_defaults=True)
    for commitment in baselines.commitments:
        for indicator, areas in _reported(rng, commitment, baselines).items():
            for code, years in areas.items():
                asked.setdefault("actual", {}).setdefault(indicator, {}).setdefault(code, {}).update(years)
                # One thing is said once: an amount by its own name or by that of its quantity.
                other = commitment.quantity if indicator == commitment.id else commitment.id
                is_said = indicator in (commitment.id, commitment.quantity) and indicator != other
                if is_said and commitment.unit_value is None:
                    for year in years:
                        asked["actual"].get(other, {}).get(code, {}).pop(year, None)
        if rng.random() < 0.5:
            asked.setdefault("passed", {})[commitment.id] = "lend"
        if rng.random() < 0.2:
            issued = asked.setdefault("issued", {"number": "下达 1 号", "targets": {}})
            issued["targets"][commitment.id] = {commitment.leagues[0]: round(commitment.target / 10.0, 1)}
    return parse_scenario(asked | {"as_of": int(rng.integers(baselines.base_year, baselines.target_year + 1))})


def _reported(rng: np.random.Generator, commitment: Commitment, baselines: Baselines) -> dict[str, dict[str, dict]]:
    """Figures of a commitment, of its quantity, unit value and herd, of the region and of few or most leagues."""
    found: dict[str, dict[str, dict]] = {}
    region = baselines.region.code
    often = {region: 0.3} | {league.code: rng.choice([0.0, 0.1, 0.9]) for league in baselines.leagues}
    for year in baselines.later_years:
        for code, chance in often.items():
            figure = baselines.base_figures.get((commitment.quantity, code))
            if figure and rng.random() < chance:
                most = commitment.ceiling or 100.0
                quantity = figure.value * rng.uniform(0.9, 1.4)
                value = min(most, figure.value + rng.uniform(-1, 3)) if commitment.is_rate else quantity
                name = commitment.id if rng.random() < 0.5 else commitment.quantity
                if commitment.unit_value and name == commitment.id:
                    value *= baselines.base_figures[commitment.unit_value, region].value
                found.setdefault(name, {}).setdefault(code, {})[str(year)] = round(float(value), 2)
        for name, codes in ((commitment.unit_value, [region]), (commitment.herd, [*often][1:])):
            for code in codes:
                if name and (name, code) in baselines.base_figures and rng.random() < 0.2:
                    value = baselines.base_figures[name, code].value * rng.uniform(0.9, 1.1)
                    found.setdefault(name, {}).setdefault(code, {})[str(year)] = round(float(value), 3)
    return found


def random_rates(seed: int, baselines: Baselines) -> Scenario:
    """A random evaluation in which rates have a statistical difference, with leagues anywhere up to their ceiling.

    Floors, margin and growth are such that much is placed; no limit leads a league beyond its ceiling.
    """
    rng = np.random.default_rng(seed)
    asked: dict[str, Any] = random_scenario(seed, baselines).model_dump(mode="json", exclude_defaults=True)
    year = int(rng.integers(baselines.base_year + 1, baselines.target_year))
    for commitment in baselines.commitments:
        if not commitment.is_rate:
            continue
        most, codes = commitment.ceiling or 100.0, baselines.league_codes
        low, high = [(0.0, 0.1), (0.3, 0.9), (0.8, 1.0), (0.97, 1.0)][rng.integers(4)]

        def drawn(low: float = low, high: float = high, most: float = most) -> float:
            return round(float(rng.uniform(low, high)) * most, 2)

        said = {code: {str(year): drawn()} for code in codes if rng.random() < [0.3, 1.0][seed % 2]}
        if rng.random() < 0.5:  # the difference is carried on to a year that all leagues have reported
            said = {code: said.get(code, {}) | {str(year + 1): drawn()} for code in codes}
        region = drawn(*[(0.0, 0.1), (0.5, 0.9), (0.95, 1.0)][rng.integers(3)])
        asked.setdefault("actual", {})[commitment.id] = said | {baselines.region.code: {str(year): region}}
        asked.get("baseline", {}).pop(commitment.quantity, None)
        growth = {code: round(float(rng.normal(0.3, 1.0)), 2) for code in [baselines.region.code, *_some(rng, codes)]}
        herds = {code: round(float(rng.normal(0.0, 4.0)), 2) for code in _some(rng, codes)}
        asked.setdefault("growth", {}).update({commitment.id: growth, str(commitment.herd): herds})
        floors = {code: {"target": drawn()} for code in _some(rng, list(commitment.leagues), 0.3)}
        locks = {code: {"target": drawn()} for code in _some(rng, list(commitment.leagues), 0.2)}
        part = asked.setdefault("allocation", {}).setdefault(commitment.id, {})
        part |= {"floor": floors, "lock": locks, "ceiling": {}, "margin": round(float(rng.uniform(0, 30)), 1)}
        asked.setdefault("target", {})[commitment.id] = round(max(0.5, drawn(0.3, 1.0)), 1)
        asked.setdefault("passed", {})[commitment.id] = ["keep", "lend"][rng.integers(2)]
    return parse_scenario(asked | {"as_of": int(rng.integers(year, baselines.target_year + 1))})
