"""An operation of the API, declared once: from it come the route, the checks of what is sent and the document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict

from agriplan.errors import Problem, ScenarioError
from agriplan.sentences import Lang
from agriplan.web.api.meanings import wrong_names
from agriplan.web.api.requests import read_body, read_query

BLUEPRINT = Blueprint("api", __name__, url_prefix="/api/v1")
JSON = "application/json"
CSV = "text/csv; charset=utf-8"
# What programs send that have no name for a file's type; no form of another site can.
ANY_FILE = "application/octet-stream"
ID_CHARACTERS = 64  # a SHA-256 in hex


class Query(BaseModel):
    """What may be asked for in the address."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    lang: Lang = "zh"
    """Language of workbooks and problems."""


@dataclass(frozen=True)
class Operation:
    """One operation: `gives` is a model for JSON, else media types; `problems` the statuses it may answer with."""

    name: str
    method: str
    path: str
    gives: type[BaseModel] | tuple[str, ...]
    status: HTTPStatus
    query: type[Query]
    body: type[BaseModel] | tuple[str, ...] | None
    problems: tuple[HTTPStatus, ...]
    conditional: bool


OPERATIONS: list[Operation] = []
Handler = Callable[..., BaseModel | Response]


def operation(
    method: str,
    path: str,
    gives: type[BaseModel] | tuple[str, ...],
    *,
    query: type[Query] = Query,
    body: type[BaseModel] | tuple[str, ...] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    problems: tuple[HTTPStatus, ...] = (),
    conditional: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare an operation: its function gets the parts of the path, `query` and, if there is one, `body`.

    A `body` that is a model is JSON, one of media types comes as bytes. `conditional` operations answer 304.
    """

    def declare(function: Handler) -> Handler:
        name = function.__name__
        declared = Operation(name, method, path, gives, status, query, body, problems, conditional)
        OPERATIONS.append(declared)
        # What has another length is no id, so that `/scenarios/rename` says which methods it takes.
        route = path.replace("{identity}", f"<string(length={ID_CHARACTERS}):identity>")
        BLUEPRINT.add_url_rule(
            route, name, _view(declared, function), methods=[method], provide_automatic_options=False
        )
        return function

    return declare


def _view(declared: Operation, function: Handler) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        answer = function(**path, **_given(declared, path))
        return answer if isinstance(answer, Response) else json_answer(answer, declared.status)

    return view


def _given(declared: Operation, path: Mapping[str, str]) -> dict[str, Any]:
    """What address and body hold; raises `ScenarioError` with everything that is wrong in either, or in the path."""
    reads: dict[str, Callable[[], Any]] = {"query": partial(read_query, declared.query)}
    if declared.body is not None:
        reads["body"] = partial(read_body, declared.body)
    given, problems = {}, list[Problem]()
    for name, read in reads.items():
        try:
            given[name] = read()
        except ScenarioError as error:
            problems += error.problems
    if problems:
        asked = request.args.to_dict() if "scenario" in declared.query.model_fields else {}
        raise ScenarioError([*problems, *wrong_names({**asked, **path}, {one.place for one in problems})])
    return given


def json_answer(model: BaseModel, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A model as JSON."""
    return Response(model.model_dump_json() + "\n", status=status, content_type=JSON)
