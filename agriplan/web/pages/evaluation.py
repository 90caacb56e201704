"""The evaluation page: what was reached as of a year, what is left, and the board of leagues by indicators."""

from flask import Response, abort, render_template, request
from werkzeug.exceptions import NotFound

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_words import evaluation_notes, headline, thresholds
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import scenario_id
from agriplan.errors import ScenarioError
from agriplan.web.brief_files import brief_file
from agriplan.web.evaluations import evaluation_of
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.scenario_in_view import in_view, scenario_of_address, start


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


@pages.get("/brief/<area>")
def brief(area: str) -> Response:
    """The brief of an area (`region`, a code or a name) as of the year that the address asks for."""
    scenario = in_view(*start(request.args))
    year = _year(request.args.get("as_of", ""))
    return brief_file(scenario_id(scenario), lambda: scenario, area, year, current_language())


def _year(text: str) -> int | None:
    if not (text == "" or (text.isascii() and text.isdigit() and len(text) == len("2025"))):
        abort(404)
    return int(text) if text else None


def _evaluation(plan: Plan, text: str) -> Evaluation:
    try:
        return evaluation_of(plan, _year(text))
    except ScenarioError as error:
        missing = NotFound()
        missing.problems = error.problems  # type: ignore[attr-defined]
        raise missing from None
