"""The OpenAPI 3.1 document, made from the declared operations and their models."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import request
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema

from agriplan import __version__
from agriplan.sentences import Lang, say
from agriplan.web.api.narrowing import Json, narrow, narrow_parameter
from agriplan.web.api.operations import JSON, OPERATIONS, Operation, Query, operation
from agriplan.web.problems import PROBLEM_TYPE, status_title
from agriplan.web.service import service

SCHEMAS = "#/components/schemas/"
BINARY = {"type": "string", "format": "binary"}
# Any operation may be asked in a way that it does not know; what a body adds is only there where one is sent.
ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
WITH_BODY = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
# Limits that stand behind a check of our own come out under pydantic's names, which no generator reads.
LIMITS_IN_JSON_SCHEMA = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


class ToldProblem(BaseModel):
    """One thing that is wrong: where, a code for programs, a sentence for people, what was probably meant."""

    model_config = ConfigDict(extra="forbid")

    place: str
    code: str
    detail: str
    suggestion: str | None


class ProblemDocument(BaseModel):
    """What is answered instead, with everything that is wrong at once (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    detail: str
    problems: list[ToldProblem]
    scenario: dict[str, Any] | None = None
    """Only where a workbook is in doubt: the scenario that it gives."""


class OpenApi(BaseModel):
    """An OpenAPI document."""

    openapi: str
    info: dict[str, Any]
    servers: list[dict[str, str]]
    tags: list[dict[str, str]]
    paths: dict[str, Any]
    components: dict[str, Any]


@operation("GET", "/openapi.json", OpenApi)
def get_document(query: Query) -> OpenApi:
    """This document."""
    return OpenApi(**describe(query.lang))


def describe(lang: Lang) -> Json:
    """The whole document, in that language."""
    return {
        "openapi": "3.1.0",
        "info": {"title": say("api.title", lang), "description": say("api.about", lang), "version": __version__},
        "servers": [{"url": request.script_root or "/"}],
        "tags": [{"name": tag, "description": say(f"api.tag.{tag}", lang)} for tag in tags()],
        "paths": _paths(lang),
        "components": {"schemas": narrow(_schemas(), service().baselines)},
    }


def _models() -> Iterable[type[BaseModel]]:
    for declared in OPERATIONS:
        for kind in (declared.gives, declared.body):
            if isinstance(kind, type):
                yield kind
    yield ProblemDocument


def _schemas() -> Json:
    models = dict.fromkeys(_models())
    _, document = models_json_schema([(model, "validation") for model in models], ref_template=SCHEMAS + "{model}")
    schemas: Json = in_json_schema(document["$defs"])
    return schemas


def _paths(lang: Lang) -> Json:
    paths: Json = {}
    for declared in OPERATIONS:
        paths.setdefault("/api/v1" + declared.path, {})[declared.method.lower()] = _operation(declared, lang)
    return paths


def tag_of(path: str) -> str:
    """What an operation is about: the first part of its path.

    >>> tag_of("/scenarios/{identity}"), tag_of("/data.csv")
    ('scenarios', 'data')
    """
    return path.split("/")[1].partition(".")[0]


def tags() -> list[str]:
    """What there are operations about, in their order."""
    return list(dict.fromkeys(tag_of(declared.path) for declared in OPERATIONS))


def _operation(declared: Operation, lang: Lang) -> Json:
    described: Json = {
        "operationId": declared.name,
        "tags": [tag_of(declared.path)],
        "summary": say(f"api.{declared.name}", lang),
        "parameters": [*_path_parameters(declared), *_query_parameters(declared)],
        "responses": _responses(declared, lang),
    }
    if declared.body is not None:
        described["requestBody"] = {"required": True, "content": _contents(declared.body)}
    return described


def _content(kind: type[BaseModel] | str) -> Json:
    if isinstance(kind, str):
        media = kind.partition(";")[0]
        return {media: {"schema": {"type": "string"} if media.startswith("text/") else BINARY}}
    return {JSON: {"schema": {"$ref": SCHEMAS + kind.__name__}}}


def _contents(kinds: type[BaseModel] | tuple[str, ...]) -> Json:
    return {
        media: shape
        for kind in (kinds if isinstance(kinds, tuple) else (kinds,))
        for media, shape in _content(kind).items()
    }


def _path_parameters(declared: Operation) -> list[Json]:
    names = [part[1:-1] for part in declared.path.split("/") if part.startswith("{")]
    schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]


def _query_parameters(declared: Operation) -> list[Json]:
    schema = in_json_schema(declared.query.model_json_schema(ref_template=SCHEMAS + "{model}"))
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": entry.pop("description", ""),
            "schema": narrow_parameter(name, _without_null(entry), service().baselines),
        }
        for name, entry in schema["properties"].items()
    ]


def _without_null(schema: Json) -> Json:
    """An address cannot say null: what is not there is not asked for."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind.get("type") != "null"]
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "title"}}
    if len(kinds) == 1:
        rest.pop("default", None)
        return {**rest, **kinds[0]}
    return rest


def _responses(declared: Operation, lang: Lang) -> Json:
    fine = {"description": say("api.fine", lang), "content": _contents(declared.gives)}
    responses: Json = {str(int(declared.status)): fine}
    if declared.conditional:
        responses["304"] = {"description": say("api.unchanged", lang)}
    problems = {*ALWAYS, *declared.problems, *(WITH_BODY if declared.body is not None else ())}
    for status in sorted(problems):
        described = {PROBLEM_TYPE: {"schema": {"$ref": SCHEMAS + ProblemDocument.__name__}}}
        responses[str(int(status))] = {"description": status_title(status, lang), "content": described}
    return responses


def in_json_schema(schema: Any) -> Any:
    """What pydantic says, in JSON Schema's words; an empty mapping as default goes: what may be left out says so.

    >>> in_json_schema({"type": "object", "default": {}, "additionalProperties": {"type": "number", "ge": 0, "lt": 9}})
    {'type': 'object', 'additionalProperties': {'type': 'number', 'minimum': 0, 'exclusiveMaximum': 9}}
    """
    if isinstance(schema, list):
        return [in_json_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        LIMITS_IN_JSON_SCHEMA.get(word, word): in_json_schema(said)
        for word, said in schema.items()
        if not (word == "default" and said == {})
    }
