"""Saying who one is: a name that is typed, or a link that was handed out."""

from flask import flash, redirect, render_template, request, session
from werkzeug.wrappers import Response as Answer

from agriplan.errors import AgriplanError, NotAllowed, Problem
from agriplan.store.entries import MOST_PERSON_CHARACTERS, clean_person
from agriplan.web.identity import BY_LINK, BY_NAME, who
from agriplan.web.pages.addresses import to
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.problems import status_of
from agriplan.web.service import service
from agriplan.web.tokens import hash_of


@pages.app_context_processor
def known_person() -> dict[str, object]:
    """What the foot of a page says of who saves."""
    return {"recorded_as": lambda: getattr(who(), "name", ""), "identity": service().settings.identity}


@pages.get("/who")
def name() -> str:
    """Ask for a name."""
    return _asked(session.get(BY_NAME, ""))


def _asked(given: str, problems: tuple[Problem, ...] = ()) -> str:
    most = MOST_PERSON_CHARACTERS
    return render_template("who.html", viewed=scenario_of_address(), problems=problems, given=given, most=most)


@pages.post("/who")
def keep_name() -> Answer | tuple[str, int]:
    """Keep the name in this browser's session; an empty one is forgotten."""
    typed = request.form.get("who", "").strip()
    try:
        session[BY_NAME] = clean_person(typed, "") if typed else ""
    except AgriplanError as error:
        return _asked(typed, error.problems), status_of(error)
    scenario_of_address()
    flash(text("who.kept", name=session[BY_NAME] or text("foot.nobody")))
    return redirect(to("overview"), 303)


@pages.get("/enter/<token>")
def enter(token: str) -> Answer:
    """Follow a link that was handed out: this browser speaks for its area from now on."""
    if service().store.area_of_link(hash_of(token)) is None:
        raise NotAllowed([Problem("", "link_unknown")])
    session[BY_LINK] = hash_of(token)
    session.permanent = True
    scenario_of_address()
    return redirect(to("overview"), 303)
