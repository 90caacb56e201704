"""An indicator's page: the region's line, every league's share with its reason, and the limits that a planner sets."""

from flask import render_template
from werkzeug.wrappers import Response as Answer

from agriplan.analysis.backtest_table import say_losses
from agriplan.analysis.balance_words import balance_notes
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.analysis.monitoring import monitor
from agriplan.analysis.note import Note
from agriplan.analysis.sensitivity import tornado
from agriplan.at_once import do_all
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import DEFAULT_PATH
from agriplan.forecast.suggestions import region_backtest
from agriplan.report.plan_json import league_grades
from agriplan.report.units import unit_of_end
from agriplan.sentences import LANGS
from agriplan.web.language import current_language
from agriplan.web.pages.asked import commitment_asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.drawings import path_chart, path_points, shares_chart, targets_chart
from agriplan.web.pages.effects import effects_on_indicator
from agriplan.web.pages.empty_fields import greys
from agriplan.web.pages.league import PATH_NAMES, RULE_NAMES
from agriplan.web.pages.overview import summary
from agriplan.web.pages.rows import Row, records, rows_of_leagues, rows_of_years
from agriplan.web.pages.saving import carry_out
from agriplan.web.pages.scenario_in_view import ScenarioInView, scenario_of_form, status_of_form
from agriplan.web.pages.standings import standings_of_leagues
from agriplan.web.pages.what_if import what_if
from agriplan.web.pages.why import shares_explained
from agriplan.web.service import service


@pages.route("/indicator/<indicator>", methods=["GET", "POST"])
def indicator(indicator: str) -> tuple[str, int] | Answer:
    """Show an indicator under the scenario asked for; a posted form is laid over it first."""
    commitment, entered = do_all(lambda: commitment_asked(service().baselines, indicator), scenario_of_form)
    viewed, indicator = carry_out(entered), commitment.id
    if not isinstance(viewed, ScenarioInView):
        return viewed
    plan = viewed.plan
    data = plan.baselines
    region = data.region.code
    asked_if = what_if(plan, commitment)
    reported = next(one for one in monitor(plan) if one.commitment is commitment)
    points = path_points(plan, commitment, region)
    page = render_template(
        "indicator.html",
        has_form=True,
        asked_if=asked_if,
        asked_besides=asked_if.query,
        effects=effects_on_indicator(viewed, indicator),
        viewed=viewed,
        plan=plan,
        commitment=commitment,
        statements=data.statements_about(indicator),
        hindsight=list(hindsight_notes(plan, commitment)),
        balances=list(balance_notes(plan, commitment, region)),
        league_balances=_balances_of_leagues(plan, commitment),
        losses=say_losses(region_backtest(data), data, commitment.quantity, current_language()),
        one=summary(plan, commitment),
        reported=reported,
        standings=standings_of_leagues(reported, data),
        explained=shares_explained(plan, commitment),
        rows=rows_of_leagues(plan, indicator),
        years=rows_of_years(plan, indicator, region),
        grades=league_grades(plan.leagues_of(indicator)),
        path=path_chart(plan, commitment, region, points),
        looks=list(points),
        shares=shares_chart(plan, commitment),
        targets=targets_chart(plan, commitment),
        moves=_moves(plan, commitment),
        weights=plan.criteria_of(indicator, data.leagues[0].code),
        later_years=data.later_years,
        rules=RULE_NAMES,
        paths=PATH_NAMES,
        grey=greys(plan),
        default_path=DEFAULT_PATH,
    )
    return page, status_of_form(viewed)


def _balances_of_leagues(plan: Plan, commitment: Commitment) -> list[Note]:
    """What the leagues' balances say; their sources are the region's, which are told once."""
    notes = (note for league in plan.baselines.leagues for note in balance_notes(plan, commitment, league.code))
    return [note for note in notes if note.code != "sources"]


def _moves(plan: Plan, commitment: Commitment) -> list[Row]:
    """What moves the region's projection, each with the unit of its ends."""
    at = LANGS.index(current_language())
    return [
        row | {"unit": unit_of_end(row["input"], "low", commitment)[at]}
        for row in records(tornado(plan))
        if row["indicator"] == commitment.id
    ]
