"""The OpenAPI document as a page, for people: every description in their language."""

import re
from typing import Any

from flask import Blueprint, render_template

from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.engine.columns import TABLES
from agriplan.sentences import Lang, catalogue, say
from agriplan.web.api.describing import describe
from agriplan.web.api.narrowing import Json
from agriplan.web.language import current_language

PAGE = Blueprint("api_page", __name__, url_prefix="/api")


@PAGE.get("/docs")
def page() -> str:
    """The document as a page."""
    lang = current_language()
    words = {word: say(f"api.{word}", lang) for word in ("parameter", "body", "answers", "schemas", "required")}
    return render_template("api.html", document=_for_people(describe(lang), lang), lang=lang, words=words)


def _for_people(document: Json, lang: Lang) -> Json:
    """The document with every description in that language; programs are given those of the models as they stand.

    Fields that are columns are described as the data dictionary does.
    """
    codes = [code for code in catalogue() if code.startswith("api.of.")]
    said = {say(code, "en"): say(code, lang) for code in codes}
    schemas = document["components"]["schemas"]
    columns = {
        name: {
            field: {"description": getattr(column, lang)} | entry
            for field, entry in schema.get("properties", {}).items()
            for column in _columns_of(schema)
            if column.name == field
        }
        for name, schema in schemas.items()
    }
    described = {
        name: schema | {"properties": schema.get("properties", {}) | columns[name]} for name, schema in schemas.items()
    }
    people: Json = _told(document | {"components": {"schemas": described}}, said)
    return people


def _columns_of(schema: Json) -> tuple[ColumnDeclaration, ...]:
    """The columns that a model says its fields are."""
    named = re.search(r"`columns\.([A-Z]+)`", schema.get("description", ""))
    return TABLES[named[1].lower()] if named else ()


def _told(part: Any, said: dict[str, str]) -> Any:
    """A part of the document with its descriptions put in other words."""
    if isinstance(part, list):
        return [_told(one, said) for one in part]
    if not isinstance(part, dict):
        return part
    told = {key: _told(value, said) for key, value in part.items()}
    description = told.get("description")
    return told | {"description": said.get(description, description)} if isinstance(description, str) else told
