"""How the period ended, and the next period's folder to take away."""

from dataclasses import replace

from flask import Response, render_template

from agriplan.baselines.copies import pack_folder, texts_as_read
from agriplan.baselines.missing import NAME
from agriplan.errors import AgriplanError, BaselinesError, Problem
from agriplan.rolling.left_behind import say_left_behind
from agriplan.rolling.next_period import roll
from agriplan.rolling.outcome import outcomes
from agriplan.rolling.period import say_years
from agriplan.web.file_response import PACK, disposition
from agriplan.web.language import current_language
from agriplan.web.pages.asked import year_typed
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.problems import status_of
from agriplan.web.service import service


@pages.get("/roll")
def roll_page() -> str:
    """Show each commitment's outcome, and ask for the next target year."""
    return shown_outcome(())


@pages.post("/roll")
def roll_folder() -> Response | tuple[str, int]:
    """The next period's folder as a zip."""
    try:
        year = year_typed("target_year", text("roll.year"))
        if year is None:
            raise BaselinesError([Problem(text("roll.year"), "missing")])
        return next_folder(year)
    except AgriplanError as error:
        called = {"target_year": text("roll.year")}
        told = tuple(replace(one, place=called.get(one.place, one.place)) for one in error.problems)
        return shown_outcome(told), status_of(error)


def next_folder(target_year: int) -> Response:
    """The files of the next period for the scenario in view; raises `BaselinesError` where the year is not later."""
    here, viewed = service(), scenario_of_address()
    made = roll(here.baselines, texts_as_read(here.baselines), viewed.scenario, here.suggestions, target_year)
    name = f"{here.baselines.target_year}-{target_year}"
    headers = {"Content-Disposition": disposition(f"{text('roll.folder', name=name)}.zip", f"{name}.zip")}
    packed = pack_folder(name, {file: body.encode() for file, body in made.items()})
    return Response(packed, content_type=PACK, headers=headers)


def shown_outcome(problems: tuple[Problem, ...]) -> str:
    """The page, with what is wrong with the year that was asked for."""
    viewed, data = scenario_of_address(), service().baselines
    return render_template(
        "roll.html",
        viewed=viewed,
        data=data,
        problems=problems,
        results=outcomes(viewed.plan),
        next_year=data.target_year + data.span,
        file=NAME,
        years=say_years(data.base_year + 1, data.target_year, current_language()),
        left=list(say_left_behind(data, viewed.scenario, service().suggestions, current_language())),
    )
