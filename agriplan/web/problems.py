"""Everything that can go wrong with a request: problem+json (RFC 9457) on the API, a page elsewhere."""

import json
from dataclasses import replace
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from agriplan.analysis.entries import say_place
from agriplan.baselines.folder import Baselines
from agriplan.errors import (
    AgriplanError,
    Busy,
    NotAllowed,
    NotThere,
    Problem,
    StoreConflict,
    StoreFull,
    StoreMissing,
    StoreUnavailable,
    TooMany,
)
from agriplan.sentences import Lang, catalogue, say
from agriplan.web.bounds import too_large
from agriplan.web.language import current_language
from agriplan.web.observing import REQUEST_ID
from agriplan.web.service import service

PROBLEM_TYPE = "application/problem+json"
# A person reads no further; what is longer was made to be long.
MOST_PROBLEM_CHARACTERS = 1000
NOT_FOUND, CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
UNAVAILABLE, FULL = HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE
OF_THIS_SITE = {"same-origin", "none"}
# The first that fits counts; whatever else a person can put right is 422.
STATUS_OF: tuple[tuple[type[AgriplanError], HTTPStatus], ...] = (
    (StoreMissing, NOT_FOUND),
    (NotThere, NOT_FOUND),
    (StoreConflict, CONFLICT),
    (StoreFull, FULL),
    (StoreUnavailable, UNAVAILABLE),
    (Busy, UNAVAILABLE),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (AgriplanError, HTTPStatus.UNPROCESSABLE_ENTITY),
)


def status_of(error: AgriplanError) -> HTTPStatus:
    """The status that stands for an error."""
    return next(status for kind, status in STATUS_OF if isinstance(error, kind))


def on_the_api() -> bool:
    """Whether this request is for the API."""
    return request.path.startswith("/api/")


def status_title(status: int, lang: Lang) -> str:
    """What a status means, in a few words."""
    code = f"answer.{status}"
    return say(code, lang) if code in catalogue() else HTTPStatus(status).phrase


def problem_body(status: int, problems: tuple[Problem, ...], lang: Lang) -> dict[str, object]:
    """The problem document: a title, and each problem with its place, sentence and suggestion."""
    told = [tell(problem, lang) for problem in problems]
    title = status_title(status, lang)
    detail = "\n".join(str(one["detail"]) for one in told) or title
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "problems": told}


def tell(problem: Problem, lang: Lang) -> dict[str, object]:
    """A problem as the API says it, bounded."""
    return {
        "place": problem.place[:MOST_PROBLEM_CHARACTERS],
        "code": problem.code,
        "detail": problem.text(lang)[:MOST_PROBLEM_CHARACTERS],
        "suggestion": problem.suggestion,
    }


def answer(status: int, problems: tuple[Problem, ...] = ()) -> Response:
    """The answer for something that went wrong, in the form and language of the request."""
    lang = current_language()
    if on_the_api():
        body = problem_body(status, problems, lang)
        return Response(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)
    data = service().baselines
    told = tuple(replace(one, place=_place_on_a_page(one.place, data, lang)) for one in problems)
    body = problem_body(status, told, lang)
    request_id = request.environ.get(REQUEST_ID, "")
    return Response(render_template("error.html", lang=lang, request_id=request_id, **body), status=status)


def _place_on_a_page(place: str, data: Baselines, lang: Lang) -> str:
    """A place in words; none for a part of the address, which the sentence names itself."""
    asked = request.args.to_dict() | (request.view_args or {})
    return "" if place in {*asked, *map(str, asked.values())} else say_place(place, data, lang)


def answer_problems(error: AgriplanError) -> Response:
    """Answer what a person can put right."""
    given = answer(status_of(error), error.problems)
    if isinstance(error, Busy | TooMany):
        given.headers["Retry-After"] = str(error.problems[0].values["seconds"])
    return given


def answer_http(error: HTTPException) -> Response:
    """Answer a request that does not fit (404, 405, 413, 415 and the like), keeping the headers that say what would."""
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return Response(error.get_response().get_data(), error.code, error.get_headers())
    problems = getattr(error, "problems", ())
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        problems = problems or (too_large(service().settings),)
    given = answer(error.code, problems)
    for name, value in error.get_headers():
        if name.casefold() in {"allow", "retry-after", "location"}:
            given.headers[name] = value
    return given


def answer_stale_form(error: CSRFError) -> Response:
    """Answer a form whose token is missing or of a session that has ended: what was entered, and a button that works.

    Nothing was done. A form that another site has sent is not offered again.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OF_THIS_SITE or on_the_api():
        return answer(error.code, (Problem("", "stale_form"),))
    entered = [(name, said) for name, said in request.form.items(multi=True) if name != "csrf_token"]
    page = render_template("stale.html", entered=entered, address=request.full_path.rstrip("?"), files=request.files)
    return Response(page, status=error.code)


def answer_crash(error: InternalServerError) -> Response:
    """Answer a fault of ours; the log has the rest."""
    request_id = request.environ.get(REQUEST_ID, "")
    current_app.logger.debug("request %s answered with 500", request_id, exc_info=error.original_exception)
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR)


def answer_errors(app: Flask) -> None:
    """Let every error of the application be answered here."""
    app.register_error_handler(AgriplanError, answer_problems)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(CSRFError, answer_stale_form)
    app.register_error_handler(InternalServerError, answer_crash)
