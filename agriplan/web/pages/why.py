"""What the pages say of why: a share and its parts, and why a league's target differs between two plans."""

from collections.abc import Sequence

from agriplan.analysis.claims import depends, nearby_claims, targets_by_claim, targets_by_rule_and_claim
from agriplan.analysis.explanation import DIFFERENCES, difference_explained, explained
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.tables import rows_of_columns
from agriplan.web.pages.rows import Row, league_of


def shares_explained(plan: Plan, commitment: Commitment) -> list[Row]:
    """The parts of every named league's share, with its `area`, its limits and who else was bound (`freed`)."""
    rows = [
        row | {"area": plan.baselines.areas[row["code"]]} for row in rows_of_columns(explained(plan, commitment.id))
    ]
    named = set(commitment.leagues)
    bound = [row for row in rows if row["own_limits_printed"]]
    total = sum(row["weight"] for row in rows if row["code"] in named)
    return [
        row | {"freed": [one for one in bound if one["code"] != row["code"]], "weights": total}
        for row in rows
        if row["code"] in named
    ]


def why_share(plan: Plan, commitment: Commitment, code: str) -> Row | None:
    """The parts of one league's share; nothing for a league that is not named."""
    return next((row for row in shares_explained(plan, commitment) if row["code"] == code), None)


def reasons_apart(before: Plan, after: Plan, indicator: str) -> dict[str, Row]:
    """By league, why its target differs: the printed parts that are not nothing (`parts`), and what they come to."""
    rows = rows_of_columns(difference_explained(before, after, indicator))
    return {row["code"]: row | {"parts": _parts(row)} for row in rows}


def _parts(row: Row) -> list[tuple[str, float]]:
    return [(name, row[f"{name}_printed"]) for name in DIFFERENCES if row[f"{name}_printed"]]


def claimed(plan: Plan, code: str) -> dict[str, Row]:
    """By indicator, the target that a league would have if it said a little less or more of its own growth.

    `said` holds pairs of growth and printed target by rising growth, with the growth that the plan uses among them.
    """
    claims = nearby_claims(plan, code)
    targets = targets_by_claim(plan, code, claims)
    return {
        indicator: {
            "said": sorted(dict(zip((one[indicator] for one in claims), targets[indicator], strict=True)).items()),
            "depends": depends(targets[indicator], plan.baselines.decimals(plan.baselines.by_id[indicator])),
        }
        for indicator in claims[0]
    }


def rules_for(plan: Plan, plans: dict[str, Plan], code: str, shared: Sequence[Commitment]) -> dict[str, Row]:
    """By indicator, a league under every rule: its target, what sets it apart from the rule in force, its claims."""
    claims = nearby_claims(plan, code)
    targets = targets_by_rule_and_claim(plan, code, claims)
    return {
        one.id: {
            "said": [said[one.id] for said in claims if one.id in said],
            "rows": [
                {"rule": rule} | _under(plan, made, one, code, targets[one.id][rule]) for rule, made in plans.items()
            ],
        }
        for one in shared
        if code in one.leagues
    }


def _under(plan: Plan, made: Plan, commitment: Commitment, code: str, targets: list[float]) -> Row:
    """One league under one rule: its row, why its target is not that of the rule in force, its targets by claim."""
    return {
        "row": league_of(made, commitment.id, code),
        "apart": reasons_apart(plan, made, commitment.id)[code],
        "targets": targets,
        "depends": depends(targets, plan.baselines.decimals(commitment)),
    }
