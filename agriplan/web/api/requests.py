"""What is sent to the API, read and checked before anything is done with it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar, get_args

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from agriplan.engine.scenario import Scenario
from agriplan.engine.scenario_text import SaidTwiceError, load_json
from agriplan.engine.usable_part import wrong_in_meaning
from agriplan.errors import Problem, ScenarioError, StoreError, StoreMissing
from agriplan.parsing import FieldPath, dotted, problems_of
from agriplan.store.entries import clean_name
from agriplan.web.api.meanings import wrong_words
from agriplan.web.service import service

M = TypeVar("M", bound=BaseModel)
JSON_TYPES = ("application/json",)
# How a body is packed on its way; only as it is.
CODING, UNCODED = "Content-Encoding", "identity"
# As many scenarios of a body are looked into as can be compared.
MOST_JUDGED = 5


def read_query(model: type[M]) -> M:
    """The part of the address after the question mark; raises `ScenarioError` for what is unknown or stands twice."""
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    problems = [Problem(name, "key_twice", {"word": name}) for name in twice]
    sent, found = request.args.to_dict(), None
    try:
        found = validate(model, sent)
    except ScenarioError as error:
        problems += (one for one in error.problems if one.place not in twice)
    problems += wrong_words(model, sent, {one.place for one in problems})
    if problems or found is None:
        raise ScenarioError(problems)
    return found


def read_body(kind: type[BaseModel] | tuple[str, ...]) -> Any:
    """The body as a model, or as bytes of a media type; raises 415 for another type or a packed one, 413 for more."""
    require_type(kind if isinstance(kind, tuple) else JSON_TYPES)
    if isinstance(kind, tuple):
        return request.get_data(cache=False)
    request.max_content_length = service().settings.most_json_bytes
    data, problems = _read_json(request.get_data(cache=False))
    twice, found = bool(problems), None
    try:
        found = validate(kind, data)
    except ScenarioError as error:
        problems += error.problems
    if problems or not isinstance(found, Scenario):
        problems += [one for one in _told_besides(kind, data, problems) if one not in problems]
    if problems:
        problems += _missing_scenarios(kind, data, {one.place for one in problems})
    if twice:
        raise refused(BadRequest(), *problems)
    if problems:
        raise ScenarioError(problems)
    if isinstance(found, Scenario):
        service().refuse_unknown_names(found)  # its plan is made by whoever needs it
    return found


def _told_besides(kind: type[BaseModel], data: object, told: Sequence[Problem]) -> Iterator[Problem]:
    """What is wrong with the meaning of a body's scenarios, and with the names that it gives, each at its place.

    A name whose form is `told` of is not looked at again.
    """
    places = [problem.place for problem in told]
    for path, part in islice(_scenarios_in(kind, data), MOST_JUDGED):
        head = f"{dotted(path)}." if path else ""
        own = [place.removeprefix(head) for place in places if place.startswith(head)]
        for problem in wrong_in_meaning(part, service().plan, own):
            yield replace(problem, place=f"{head}{problem.place}".rstrip("."))
    for path in getattr(kind, "NAMES", ()):
        name: Any = data
        for step in path:
            name = name.get(step, "") if isinstance(name, dict) else None
        try:
            clean_name(name if isinstance(name, str) else "-")
        except StoreError as error:
            where = dotted(path)
            yield from (replace(problem, place=where) for problem in error.problems if where not in places)


def _missing_scenarios(kind: type[BaseModel], data: object, told: Collection[str]) -> Iterator[Problem]:
    """Which saved scenarios there are not: asked of the store only where something else is wrong already."""
    words = (one for one in _scenarios_in(kind, data, str) if dotted(one[0]) not in told)
    for path, word in islice(words, MOST_JUDGED):
        try:
            service().scenario(word)
        except StoreMissing as error:
            yield from (replace(problem, place=dotted(path)) for problem in error.problems)


def _scenarios_in(kind: type[BaseModel], data: object, sort: type = dict) -> Iterator[tuple[FieldPath, Any]]:
    """The JSON of the scenarios that a body is, or holds, each with where it stands; else their ids (`str`)."""
    if kind is Scenario:
        yield from [((), data)] if sort is dict else []
        return
    sent: dict[str, Any] = data if isinstance(data, dict) else {}
    for name, field in kind.model_fields.items():
        if _is_about(Scenario, field.annotation):
            value = sent.get(name)
            parts = enumerate(value) if isinstance(value, list) else [(None, value)]
            yield from (((name,) if at is None else (name, at), one) for at, one in parts if isinstance(one, sort))


def _is_about(model: type[BaseModel], annotation: object) -> bool:
    """Whether a field takes such a model, alone, in a list or beside something else.

    >>> _is_about(Scenario, list[str | Scenario]), _is_about(Scenario, list[str])
    (True, False)
    """
    return annotation is model or any(_is_about(model, part) for part in get_args(annotation))


def require_type(accepted: Collection[str]) -> None:
    """Raise 415 for another content type, as only these cannot be sent by a form of another site; for a packed body."""
    wrong = []
    if request.mimetype not in accepted:
        wrong.append(Problem("Content-Type", "content_type", {"known": list(accepted)}))
    coding = request.headers.get(CODING, "").strip()
    if coding and coding.casefold() != UNCODED:
        wrong.append(Problem(CODING, "content_coding", {"word": coding}))
    if wrong:
        raise refused(UnsupportedMediaType(), *wrong)


def _read_json(text: bytes) -> tuple[object, list[Problem]]:
    """The JSON of a body, and what is said twice in it; raises 400 where it is none."""
    try:
        return load_json(text), []
    except SaidTwiceError as error:
        return error.data, [*error.problems]
    except ScenarioError as error:
        raise refused(BadRequest(), *error.problems) from None


def refused(error: BadRequest | UnsupportedMediaType, *problems: Problem) -> BadRequest | UnsupportedMediaType:
    """The HTTP error with the problems that its answer is to tell."""
    error.problems = problems  # type: ignore[union-attr]
    return error


def validate(model: type[M], data: object) -> M:
    """Make the model; raises `ScenarioError` with everything that is wrong."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ScenarioError(problems_of(error, model)) from None
