"""The eight allocation rules on random problems: what holds whatever the leagues, the limits and the amount are."""

import numpy as np
import pytest
import quadprog
from hypothesis import given, settings

from agriplan.engine.allocation import RULES, allocate, feasibility_of
from tests.engine.problems import exact_amounts, problems, reach, solve, terms_of, tolerance
from tests.thoroughness import tried

EXAMPLES = tried(70, 1000)
OUTSIDE = tried(40, 200)

every_rule = pytest.mark.parametrize("rule", RULES)


def expected_total(rule, problem):
    least, most = (limits.sum() for limits in reach(rule, problem))
    return min(max(problem.amount, least), most)


@every_rule
@settings(max_examples=EXAMPLES)
@given(problem=problems())
def test_amounts_fit_the_total_and_the_limits_and_follow_neither_order_nor_unit(rule, problem):
    order = np.random.default_rng(len(problem.columns["one"])).permutation(len(problem.columns["one"]))
    more = problem._replace(amount=problem.amount * 1.07)
    variants = (problem, problem.ordered(order), more, problem.scaled(1000.0), problem.scaled(1 / 3))
    amounts, reordered, grown, large, small = solve(rule, *variants).amounts
    least, most = reach(rule, problem)
    slack = tolerance(rule, problem)
    assert (amounts >= least).all()
    assert (amounts <= most).all()
    assert abs(amounts.sum() - expected_total(rule, problem)) <= slack
    assert np.abs(amounts[order] - reordered).max() <= slack
    assert (grown >= amounts - slack).all()
    assert np.abs(large / 1000.0 - amounts).max() <= slack
    assert np.abs(small * 3 - amounts).max() <= slack


@every_rule
@settings(max_examples=OUTSIDE)
@given(problem=problems())
def test_no_outside_solver_finds_a_better_objective_or_other_amounts(rule, problem):
    weight, offset = terms_of(rule, problem)
    least, most = reach(rule, problem)
    free = weight > 0
    total = expected_total(rule, problem) - least[~free].sum()
    if not free.any():
        return
    ours = solve(rule, problem).amounts[0][free]
    theirs, room = outside_optimum(weight[free], offset[free], least[free], most[free], total)

    def objective(x):
        return ((x + offset[free]) ** 2 / (2 * weight[free])).sum()

    unit = max(total, np.abs(offset).sum(), least.sum(), 1e-6)
    # What the other one may go beyond its limits is worth so much to it.
    worth = room * (np.abs(theirs + offset[free]) / weight[free]).sum()
    near = 1e-6 * max(objective(theirs), objective(np.full(free.sum(), unit)))
    assert objective(ours) <= objective(theirs) + near + worth
    # An objective as curved as this one leaves the other's amounts so far from the best, for what it is worth to it.
    assert np.abs(ours - theirs).max() <= 1e-4 * unit + np.sqrt(2 * weight[free].max() * worth)


def outside_optimum(weight, offset, least, most, total):
    """Minimise sum (x + o)^2 / 2w by a dual active-set method, in y = x / root(w): its matrix is then the identity.

    Returns the amounts, and how far each may lie beyond its limits.
    """
    unit = max(total, np.abs(most).max(), np.abs(offset).max(), 1e-12)
    root = np.sqrt(weight / weight.max())
    # A hair of room around each limit: the method takes a locked league's two equal limits for a contradiction.
    room = 1e-9
    count = len(weight)
    limits = np.hstack([root[:, None], np.eye(count), -np.eye(count)])
    bounds = np.concatenate([[total / unit], (least / unit - room) / root, -(most / unit + room) / root])
    return quadprog.solve_qp(np.eye(count), -offset / unit / root, limits, bounds, meq=1)[0] * root * unit, room * unit


@every_rule
@settings(max_examples=tried(30, 60))
@given(problem=problems())
def test_amounts_are_those_of_exact_rational_arithmetic(rule, problem):
    exact = np.array(exact_amounts(rule, problem))
    assert np.abs(solve(rule, problem).amounts[0] - exact).max() <= tolerance(rule, problem)


@every_rule
@settings(max_examples=OUTSIDE)
@given(problem=problems())
def test_feasibility_says_which_limits_stand_in_the_way(rule, problem):
    least, most = (limits.sum() for limits in reach(rule, problem))
    exceed, short = feasibility_of(np.array([problem.amount]), solve(rule, problem))
    noise = tolerance(rule, problem)
    assert not (exceed[0] and short[0])
    if least - problem.amount > noise:
        assert exceed[0]
    elif problem.amount - most > noise:
        assert short[0]
    elif least + noise < problem.amount < most - noise:
        assert not exceed[0]
        assert not short[0]


def test_leagues_without_weight_stay_at_their_floor():
    solution = allocate(
        np.array([10.0]), np.array([[0.0, 1.0]]), np.zeros((1, 2)), np.array([[2.0, 0.0]]), np.array([[9.0, 99.0]])
    )
    assert solution.amounts.tolist() == [[2.0, 8.0]]


def test_many_lines_at_once_are_the_same_as_one_at_a_time():
    rng = np.random.default_rng(5)
    shape = (1000, 12)
    weight, offset, floor = rng.uniform(0, 9, shape), rng.uniform(-5, 5, shape), rng.uniform(0, 1, shape)
    ceiling = floor + rng.uniform(0, 5, shape)
    amount = floor.sum(axis=1) + rng.random(1000) * (ceiling - floor).sum(axis=1)
    together = allocate(amount, weight, offset, floor, ceiling).amounts
    alone = [
        allocate(amount[i : i + 1], weight[i : i + 1], offset[i : i + 1], floor[i : i + 1], ceiling[i : i + 1]).amounts
        for i in range(0, 1000, 37)
    ]
    assert np.array_equal(together[::37], np.concatenate(alone))
