"""The evaluation page: what was reached as of a year, what is left, and the board of leagues by indicators."""

from flask import abort, render_template, request

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_words import evaluation_notes, headline, thresholds
from agriplan.engine.plan import Plan
from agriplan.errors import ScenarioError
from agriplan.web.evaluations import evaluation_of
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.scenario_in_view import scenario_of_address


@pages.get("/evaluation")
def evaluation() -> str:
    """Show where the plan stands as of the year that the address asks for."""
    asked = scenario_of_address()
    data, region = asked.plan.baselines, asked.plan.baselines.region.code
    found = _evaluation(asked.plan, request.args.get("as_of", ""))
    return render_template(
        "evaluation.html",
        asked=asked,
        plan=asked.plan,
        data=data,
        evaluation=found,
        headline=headline(found),
        thresholds=thresholds(found),
        years=range(data.base_year, data.target_year + 1),
        regional=[(one, found.region(one.id), list(evaluation_notes(found, one, region))) for one in data.commitments],
    )


def _evaluation(plan: Plan, year: str) -> Evaluation:
    if not (year == "" or (year.isascii() and year.isdigit() and len(year) == len("2025"))):
        abort(404)
    try:
        return evaluation_of(plan, int(year) if year else None)
    except ScenarioError:
        abort(404)
