"""Random scenarios for any plan folder: every part of a scenario, each used about half of the time."""

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.milestones import PATHS
from agriplan.engine.scenario import Scenario, parse_scenario


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
    spread = 0.5 if commitment.kind == "rate" else 6.0
    codes = [baselines.region.code, *_some(rng, [league.code for league in baselines.leagues])]
    return {commitment.id: {code: round(rng.normal(1.0, spread), 2) for code in codes}}


def _unit_value_growth(rng: np.random.Generator, commitment: Commitment, _: Baselines) -> dict:
    return {commitment.id: round(rng.uniform(-2, 3), 2)} if commitment.unit_value else {}


def _target(rng: np.random.Generator, commitment: Commitment, _: Baselines) -> dict:
    if commitment.kind == "rate":
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
    years = range(baselines.base_year + 1, baselines.target_year + 1)
    return {
        commitment.id: {
            code: {str(year): round(known[code] * rng.uniform(0.9, 1.0), 3) for year in _some(rng, list(years))}
            for code in _some(rng, list(known))
        }
    }


def _allocation(rng: np.random.Generator, commitment: Commitment, baselines: Baselines) -> dict:
    whole = 3.0 if commitment.kind == "rate" else commitment.target / 30.0
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
