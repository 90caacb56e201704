"""One scenario under every rule: what each rule does, what it gives each league, and why a league fares otherwise."""

import pandas as pd
from flask import render_template, request

from agriplan.analysis.comparison import rule_table
from agriplan.analysis.same_rules import same_rules, say_same_rules
from agriplan.at_once import do_all
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.sentences import say
from agriplan.web.language import current_language
from agriplan.web.pages.asked import league_asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.rows import Row, decimals_of, records
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.pages.why import rules_for
from agriplan.web.service import service


@pages.get("/compare/rules", endpoint="compare_rules")
def rules() -> str:
    """The scenario in the address under all eight rules, seen from one league."""
    here = service()
    data, asked = here.baselines, request.args.get("league", "")
    viewed, area = do_all(scenario_of_address, lambda: league_asked(data, asked) if asked else data.leagues[0])
    plan = viewed.plan
    plans = here.plans_by_rule(viewed.scenario)
    table = rule_table(plans)
    shared = [one for one in data.commitments if plan.by_indicator[one.id]["to_place"] > 0]
    mine = rules_for(plan, plans, area.code, shared)
    return render_template(
        "rules.html",
        viewed=viewed,
        plan=plan,
        area=area,
        parts_of_plan=[rules_part(plan, table, one) for one in data.commitments],
        rules=list(plans),
        shared=mine,
        claims={rule: what_claims_do(mine, rule, data.by_id) for rule in plans},
    )


def what_claims_do(mine: dict[str, Row], rule: str, commitments: dict[str, Commitment]) -> dict[str, list[str]]:
    """What a league's own claim does under a rule, each with the names of the indicators in which it does that.

    It "moves" the league's target or that "stays"; with "_limited" where a limit decides under one of the claims at
    least. A limit may itself be the rule's doing (who is left at the floor by it), so that it excuses no answer. Where
    targets that stay are printed differently by their last digit alone, the name says so.
    """
    lang = current_language()
    found: dict[str, list[str]] = {}
    for word in ("moves", "stays"):
        found |= {word: [], f"{word}_limited": []}
    for indicator, under in mine.items():
        (row,) = (row for row in under["rows"] if row["rule"] == rule)
        word = "moves" if row["depends"] else "stays"
        name = commitments[indicator].name(lang)
        rounded = not row["depends"] and len(set(row["targets"])) > 1
        told = say("page.rules.claim_rounded", lang, name=name) if rounded else name
        found[word if row["by_rule"] else f"{word}_limited"].append(told)
    return found


def rules_part(plan: Plan, table: pd.DataFrame, commitment: Commitment) -> Row:
    """One indicator under every rule, amounts of rates in points; and which rules give the same, and why."""
    lang = current_language()
    rows = records(table[table["indicator"] == commitment.id])
    return {
        "commitment": commitment,
        "rows": [row | {"area": plan.baselines.areas[row["code"]]} for row in rows],
        "line": plan.by_indicator[commitment.id],
        "decimals": decimals_of(plan, commitment),
        "same": [say_same_rules(plan, commitment.id, group, lang) for group in same_rules(table, commitment.id)],
    }
