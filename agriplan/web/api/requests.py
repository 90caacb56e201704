"""What is sent to the API, read and checked before anything is done with it."""

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from agriplan.engine.scenario import Scenario, load_json
from agriplan.engine.usable_part import tell_at_once
from agriplan.errors import Problem, ScenarioError
from agriplan.parsing import problems_of
from agriplan.web.service import service

M = TypeVar("M", bound=BaseModel)
JSON_TYPES = ("application/json",)


def read_query(model: type[M]) -> M:
    """The part of the address after the question mark; raises `ScenarioError` for what is unknown or stands twice."""
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if twice:
        raise ScenarioError(Problem(name, "key_twice", {"word": name}) for name in twice)
    return validate(model, request.args.to_dict())


def read_body(kind: type[BaseModel] | tuple[str, ...]) -> Any:
    """The body as a model, or as bytes of a media type; raises 415 for another type, 413 for too much."""
    if isinstance(kind, tuple):
        require_type(kind)
        return request.get_data(cache=False)
    require_type(JSON_TYPES)
    request.max_content_length = service().settings.most_json_bytes
    data = read_json(request.get_data(cache=False))
    try:
        found = validate(kind, data)
    except ScenarioError as error:
        raise (tell_at_once(error, data, service().plan) if kind is Scenario else error) from None
    for scenario in _scenarios_in(found):
        service().refuse_unknown_names(scenario)
    return found


def _scenarios_in(body: BaseModel) -> Iterator[Scenario]:
    """The scenarios that a body is, or holds."""
    if isinstance(body, Scenario):
        yield body
        return
    for name in type(body).model_fields:
        value = getattr(body, name)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Scenario))


def require_type(accepted: Collection[str]) -> None:
    """Raise 415 for another content type: only these cannot be sent by a form of another site."""
    if request.mimetype not in accepted:
        raise refused(UnsupportedMediaType(), Problem("Content-Type", "content_type", {"known": ", ".join(accepted)}))


def read_json(text: bytes) -> object:
    """The JSON of a body; raises 400 where it is none."""
    try:
        return load_json(text)
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
