"""Criteria of the rule by_criteria: each league's share in each of them, and their weights.

A criterion that is the same for every league, or nothing for all, tells nobody apart and is left out. Entropy weights
are Shannon's: a criterion in which the leagues differ more carries more, but none more than half.
"""

from typing import NamedTuple

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Criterion
from agriplan.engine.base_figures import known_figure, worse_grade
from agriplan.engine.scenario import DEFAULT_ALLOCATION, Allocation, Scenario
from agriplan.engine.tables import Columns
from agriplan.rounding import Floats

# Counts of projects differ far more than sizes or rates do: without a bound one criterion decides nearly alone.
ENTROPY_CAP = 0.5
# Equal shares leave a few units in the last place instead of an entropy of exactly one.
SAME_SCORE = 1e-12


class Criteria(NamedTuple):
    """Weighted sums of shares, shape (lines * leagues,), and the table behind them (see `columns.CRITERIA`)."""

    scores: Floats
    table: Columns


def weigh_criteria(scenario: Scenario, baselines: Baselines) -> Criteria:
    """Score every league for every commitment; leagues that are not named score 0."""
    parts = [_weigh(commitment, scenario, baselines) for commitment in baselines.commitments]
    joined = {name: np.concatenate([part.table[name] for part in parts]) for name in parts[0].table}
    return Criteria(np.concatenate([part.scores for part in parts]), joined)


def _weigh(commitment: Commitment, scenario: Scenario, baselines: Baselines) -> Criteria:
    leagues = baselines.league_codes
    named = np.array([code in commitment.leagues for code in leagues])
    values = np.array(
        [[_value(one, commitment, code, scenario, baselines) for code in leagues] for one in baselines.criteria]
    )
    values = values.reshape(len(baselines.criteria), len(leagues))
    shares = shares_of(np.where(named, np.nan_to_num(values), 0.0))
    entropy = entropy_weights(shares[:, named])
    equal = equal_weights(shares[:, named])
    weights = _weights(scenario.allocation.get(commitment.id, DEFAULT_ALLOCATION), baselines, equal, entropy)
    repeat = len(leagues)
    grades = [_grade(one, commitment, code, scenario, baselines) for one in baselines.criteria for code in leagues]
    table: Columns = {
        "indicator": np.repeat(commitment.id, values.size),
        "code": np.tile(leagues, len(baselines.criteria)),
        "criterion": np.repeat([one.id for one in baselines.criteria], repeat),
        "value": values.ravel(),
        "share": shares.ravel(),
        "weight": np.repeat(weights, repeat),
        "equal": np.repeat(equal, repeat),
        "entropy": np.repeat(entropy, repeat),
        "left_out": np.repeat(equal == 0, repeat),
        "product": (weights[:, np.newaxis] * shares).ravel(),
        "grade": np.array(grades, dtype=object),
    }
    return Criteria(weights @ shares, table)


def shares_of(values: Floats) -> Floats:
    """Each row's parts of its sum; a row without any value has no shares.

    >>> shares_of(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    total = values.sum(axis=1, keepdims=True)
    shares: Floats = np.where(total > 0, values / np.where(total > 0, total, 1.0), 0.0)
    return shares


def spreads(shares: Floats) -> Floats:
    """How much the leagues differ in each criterion: 1 less the entropy of their shares, 0 where they do not.

    >>> spreads(np.array([[0.5, 0.5], [0.0, 1.0], [0.0, 0.0]])).tolist()
    [0.0, 1.0, 0.0]
    """
    leagues = max(shares.shape[1], 2)
    logs = np.log(np.where(shares > 0, shares, 1.0))
    spread = np.where(shares.sum(axis=1) > 0, 1.0 + (shares * logs).sum(axis=1) / np.log(leagues), 0.0)
    return np.where(np.abs(spread) < SAME_SCORE, 0.0, spread)


def equal_weights(shares: Floats) -> Floats:
    """Equal weights for the criteria that tell leagues apart; shape (criteria,).

    Where none does, for those that say anything: every league then scores the same.

    >>> equal_weights(np.array([[0.25, 0.75], [0.0, 0.0], [0.5, 0.5], [0.4, 0.6]])).tolist()
    [0.5, 0.0, 0.0, 0.5]
    >>> equal_weights(np.array([[0.5, 0.5], [0.0, 0.0]])).tolist()
    [1.0, 0.0]
    """
    differ = spreads(shares) > 0
    telling = (differ if differ.any() else shares.sum(axis=1) > 0).astype(float)
    weights: Floats = telling / telling.sum() if telling.any() else telling
    return weights


def entropy_weights(shares: Floats) -> Floats:
    """Weights by 1 - entropy of each criterion's shares, none above `ENTROPY_CAP`, the rest in proportion.

    A criterion that alone tells the leagues apart carries everything.

    >>> entropy_weights(np.array([[0.5, 0.5], [0.0, 1.0]])).tolist()
    [0.0, 1.0]
    >>> entropy_weights(np.array([[0.4, 0.6], [0.0, 1.0], [0.4, 0.6]])).round(12).tolist()
    [0.25, 0.5, 0.25]
    """
    spread = spreads(shares)
    weights: Floats = spread / spread.sum() if spread.sum() > 0 else equal_weights(shares)
    most = weights.max(initial=0.0)
    if not ENTROPY_CAP < most < 1:
        return weights
    return np.where(weights == most, ENTROPY_CAP, weights / (1 - most) * (1 - ENTROPY_CAP))


def _weights(allocation: Allocation, baselines: Baselines, equal: Floats, entropy: Floats) -> Floats:
    if allocation.criteria == "entropy":
        return entropy
    entered = np.array([allocation.criteria.get(one.id, 0.0) for one in baselines.criteria], dtype=float)
    # A planner's weight for a criterion that is left out would move nobody's share: it is spread over the others.
    entered = np.where(equal > 0, entered, 0.0)
    return entered / entered.sum() if entered.sum() > 0 else equal


def criterion_indicator(criterion: Criterion, commitment: Commitment) -> str:
    """Which observed indicator a criterion other than `projects` is made from."""
    return criterion.of if criterion.of != "baseline" else commitment.quantity


def _value(criterion: Criterion, commitment: Commitment, code: str, scenario: Scenario, baselines: Baselines) -> float:
    if criterion.of == "projects":
        # Projects of other commitments say nothing about this one; one more than their number, so that none is nothing.
        supporting = (project for project in baselines.projects if commitment.id in project.supports)
        return 1.0 + sum(code in project.leagues for project in supporting)
    indicator = criterion_indicator(criterion, commitment)
    value = known_figure(scenario, baselines, indicator, code).value
    per = known_figure(scenario, baselines, criterion.per, code).value if criterion.per else 1.0
    return value / per if per > 0 else np.nan


def _grade(criterion: Criterion, commitment: Commitment, code: str, scenario: Scenario, baselines: Baselines) -> str:
    if criterion.of == "projects":
        return "official"
    indicator = criterion_indicator(criterion, commitment)
    grade = known_figure(scenario, baselines, indicator, code).grade
    return worse_grade(grade, known_figure(scenario, baselines, criterion.per, code).grade) if criterion.per else grade
