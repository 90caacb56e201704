"""What pydantic says of a model in words that JSON Schema knows, so that other programs' generators know it too."""

from typing import Any

# Limits that stand behind a check of our own come out under pydantic's names, which no generator reads.
LIMITS_IN_JSON_SCHEMA = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


def in_json_schema(schema: Any) -> Any:
    """The same schema in JSON Schema's words; an empty mapping as default goes, since what may be left out says so.

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
