"""A league's page: its five targets with their reasons, the form of assumptions, and the download."""

from typing import get_args

from flask import render_template
from werkzeug.wrappers import Response as Answer

from agriplan.analysis.balance_words import balance_notes
from agriplan.analysis.monitoring import monitor
from agriplan.at_once import do_all
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Indicator
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import DEFAULT_PATH, PathName
from agriplan.web.language import current_language
from agriplan.web.pages.asked import league_asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.drawings import path_chart, path_points
from agriplan.web.pages.effects import effects_on_league
from agriplan.web.pages.empty_fields import greys
from agriplan.web.pages.likelihood import band_of
from agriplan.web.pages.rows import Row, decimals_of, league_of, line_of, notes_of, rows_of_years
from agriplan.web.pages.saving import carry_out
from agriplan.web.pages.scenario_in_view import ScenarioInView, scenario_of_form, status_of_form
from agriplan.web.pages.standings import standings_of_indicators
from agriplan.web.pages.why import claimed, why_share
from agriplan.web.service import service

RULE_NAMES = tuple(RULES)
PATH_NAMES = get_args(PathName)


@pages.route("/league/<code>", methods=["GET", "POST"])
def league(code: str) -> tuple[str, int] | Answer:
    """Show a league under the scenario asked for; a posted form is laid over it first."""
    area, entered = do_all(lambda: league_asked(service().baselines, code), scenario_of_form)
    viewed, code = carry_out(entered), area.code
    if not isinstance(viewed, ScenarioInView):
        return viewed
    data, reported = viewed.plan.baselines, monitor(viewed.plan)
    page = render_template(
        "league.html",
        has_form=True,
        effects=effects_on_league(viewed, code),
        viewed=viewed,
        plan=viewed.plan,
        area=area,
        parts_of_plan=[part(viewed.plan, one, code) for one in data.commitments],
        directions=[one for one in data.directions if code in one.leagues],
        projects=[one for one in data.projects if code in one.leagues],
        rules=RULE_NAMES,
        paths=PATH_NAMES,
        grey=greys(viewed.plan),
        default_path=DEFAULT_PATH,
        standings=standings_of_indicators(reported, code),
        has_reported=any(code in one.by_area for one in reported),
        claims=claimed(viewed.plan, code),
        later_years=data.later_years,
    )
    return page, status_of_form(viewed)


def animals_of(data: Baselines, commitment: Commitment) -> list[Indicator]:
    """What a league may say of itself for the balances of a commitment: its animals, and what each of them gives."""
    return [data.indicators[word] for word in data.balances.observed_about(commitment.id)]


def part(plan: Plan, commitment: Commitment, code: str) -> Row:
    """Everything that the page says about one commitment in this league."""
    row = league_of(plan, commitment.id, code)
    known = row["baseline"] == row["baseline"]  # NaN where the league has no figure
    points = path_points(plan, commitment, code) if known else {}
    return {
        "commitment": commitment,
        "row": row,
        "known": known,
        "line": line_of(plan, commitment.id),
        "balances": list(balance_notes(plan, commitment, code)),
        "animals": animals_of(plan.baselines, commitment),
        "years": rows_of_years(plan, commitment.id, code),
        "chart": path_chart(plan, commitment, code, points) if known else None,
        "looks": list(points),
        "notes": notes_of(plan, commitment.id),
        "band": band_of(plan, commitment, code),
        "why": why_share(plan, commitment, code),
        "decimals": decimals_of(plan, commitment),
        "belts": [
            place.name(current_language()) for place in plan.baselines.belts_of(commitment) if code in place.codes
        ],
    }
