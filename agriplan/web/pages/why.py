"""What the pages say of why: a share and its parts, and why a league's target differs between two plans."""

from collections.abc import Sequence

from agriplan.analysis.claims import Tried, claims_tried_by_rule, depends, nearby_claims, tried_claims
from agriplan.analysis.explanation import DIFFERENCES, difference_explained, explained
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.tables import rows_of_columns
from agriplan.web.pages.rows import Row, league_of

# The reasons of a share that is bound by no limit, in the words in which a claim is told.
WORD_OF_REASON = {
    "proportional": "rule",
    "at_ceiling": "rule",  # all there is to place, and nothing that anybody set
    "nothing_to_allocate": "nothing_to_place",
    "all_held_back": "nothing_to_place",
}


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

    `said` holds growth, printed target and what decides the share, by rising growth, with the growth that the plan
    uses among them; `why` is what decides under all of them, "rule" or a limit or reason, "mixed" where that differs.
    """
    claims = nearby_claims(plan, code)
    tried = tried_claims(plan, code, claims)
    found = {}
    for indicator in claims[0]:
        targets, deciders = tried[indicator]
        words = [WORD_OF_REASON.get(decider, decider) for decider in deciders]
        found[indicator] = {
            "said": sorted(zip((one[indicator] for one in claims), targets, words, strict=True)),
            "depends": depends(targets, plan.baselines.decimals(plan.baselines.by_id[indicator])),
            "why": why_of_claims(words),
        }
    return found


def why_of_claims(words: Sequence[str]) -> str:
    """What decides a league's share whatever it says of itself: "rule", a limit or a reason, else "mixed".

    >>> why_of_claims(["rule"] * 3), why_of_claims(["lock"] * 3), why_of_claims(["rule", "max_growth"])
    ('rule', 'lock', 'mixed')
    """
    return words[0] if len(set(words)) == 1 else "mixed"


def rules_for(plan: Plan, plans: dict[str, Plan], code: str, shared: Sequence[Commitment]) -> dict[str, Row]:
    """By indicator, a league under every rule: its target, what sets it apart from the rule in force, its claims."""
    claims = nearby_claims(plan, code)
    tried = claims_tried_by_rule(plan, code, claims)
    return {
        one.id: {
            "said": [said[one.id] for said in claims if one.id in said],
            "rows": [
                {"rule": rule} | _under(plan, made, one, code, tried[one.id][rule]) for rule, made in plans.items()
            ],
        }
        for one in shared
        if code in one.leagues
    }


def _under(plan: Plan, made: Plan, commitment: Commitment, code: str, tried: Tried) -> Row:
    """One league under one rule: its row, why its target is not that of the rule in force, its targets by claim.

    `by_rule` tells whether the rule alone decides its share under all of the claims, and no limit.
    """
    return {
        "row": league_of(made, commitment.id, code),
        "apart": reasons_apart(plan, made, commitment.id)[code],
        "targets": tried.targets,
        "depends": depends(tried.targets, plan.baselines.decimals(commitment)),
        "by_rule": {WORD_OF_REASON.get(decider) for decider in tried.deciders} == {"rule"},
    }
