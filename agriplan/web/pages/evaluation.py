"""The evaluation page: what was reached as of a year, what is left, and the board of leagues by indicators."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as Answer

from agriplan.analysis.evaluation import last_reported_year
from agriplan.analysis.evaluation_words import evaluation_notes, headline, say_verdict, thresholds
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.analysis.unit_words import units_of_growth, word_of_total
from agriplan.at_once import do_all
from agriplan.baselines.commitments import short_names
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import counted_actuals
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import NotThere, Problem
from agriplan.parsing import year_in
from agriplan.report.tasks import nothing_to_share, task_rows
from agriplan.report.year_lines import area_lines, league_blocks, sharing_note, years_ahead
from agriplan.web.brief_files import brief_file
from agriplan.web.evaluations import evaluation_of
from agriplan.web.language import current_language
from agriplan.web.pages.asked import area_asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.effects import effects_on_evaluation
from agriplan.web.pages.saving import carry_out
from agriplan.web.pages.scenario_in_view import ScenarioInView, in_view, scenario_of_form, start, status_of_form
from agriplan.web.service import service


@pages.route("/evaluation", methods=["GET", "POST"])
def evaluation() -> tuple[str, int] | Answer:
    """Show where the plan stands as of the year that is asked for; a posted form is laid over the scenario first."""
    asked = request.args.get("as_of", "") if request.method == "GET" else ""
    entered, year = do_all(scenario_of_form, lambda: _year(asked))
    viewed = carry_out(entered)
    if not isinstance(viewed, ScenarioInView):
        return viewed
    data, region = viewed.plan.baselines, viewed.plan.baselines.region.code
    in_form, base_year = viewed.fields.get("as_of", ""), str(data.base_year)
    found, lang = evaluation_of(viewed.plan, year), current_language()
    chosen_year, years = asked or in_form, data.years
    page = render_template(
        "evaluation.html",
        has_form=True,
        units_of_growth=units_of_growth(data.commitments, lang),
        effects=effects_on_evaluation(viewed, found, region),
        viewed=viewed,
        plan=viewed.plan,
        data=data,
        evaluation=found,
        headline=headline(found),
        verdict_of=lambda row: say_verdict(row, data, lang),
        word_of_total=lambda one: word_of_total(one, lang),
        thresholds=thresholds(found),
        chosen_year=chosen_year,
        known_years=known_years(viewed.scenario, data),
        last_reported=last_reported_year(viewed.scenario, data),
        years_to_choose=[(year, year) for year in map(str, years) if year != base_year or year == chosen_year],
        tasks=list(task_rows(found, lang)),
        unshared=nothing_to_share(found, lang),
        years=years_ahead(found),
        short=short_names(data.commitments, lang),
        yearly=[
            (one, area_lines(found, one, region, lang), sharing_note(found, one), list(league_blocks(found, one, lang)))
            for one in data.commitments
        ],
        targets=_targets(viewed.plan),
        looked_back=[(one, list(hindsight_notes(viewed.plan, one, found.as_of))) for one in data.commitments],
        regional=[(one, found.region(one.id), list(evaluation_notes(found, one, region))) for one in data.commitments],
    )
    return page, status_of_form(viewed)


def known_years(scenario: Scenario, data: Baselines) -> list[tuple[int, list[str]]]:
    """The years that there are actual figures of, each with the short names of what they are of."""
    counted, short = counted_actuals(scenario, data), short_names(data.commitments, current_language())
    found: dict[int, list[str]] = {}
    for year in sorted({year for _, _, year in counted}):
        of_year = {indicator for indicator, _, one in counted if one == year}
        found[year] = [short[one.id] for one in data.commitments if of_year & {one.id, one.quantity}]
    return [(year, names) for year, names in found.items() if names]


def _targets(plan: Plan) -> dict[tuple[str, str], float]:
    """The targets that count as handed down where none are entered: those of the plan, as printed."""
    return {
        (one.id, code): float(plan.printed.league_row(one.id, code)["target"])
        for one in plan.baselines.commitments
        for code in one.leagues
    }


@pages.get("/brief/<area>")
def brief(area: str) -> Response:
    """The brief of an area (`region`, a code or a name) as of the year that the address asks for."""
    data = service().baselines
    scenario, year, code = do_all(
        lambda: in_view(*start(request.args)),
        lambda: _year(request.args.get("as_of", "")),
        lambda: area_asked(data, area).code,
    )
    return brief_file(scenario_id(scenario), lambda: scenario, code, year, current_language())


def _year(text: str) -> int | None:
    data = service().baselines
    year = year_in(text)
    if text and year not in (data.base_year, *data.later_years):
        ends = {"first": data.base_year, "last": data.target_year}
        raise NotThere([Problem("", "as_of_outside_plan", {"word": text, **ends})])
    return year
