"""What the data know and the models cannot: which indicators, leagues, years and criteria a scenario may name."""

from typing import Any

from agriplan.baselines.folder import Baselines

Json = dict[str, Any]


def narrow(schemas: Json, baselines: Baselines) -> Json:
    """Put the words of the data into the schemas of `Scenario` and `Allocation`, which are changed in place."""
    commitments = list(baselines.by_id)
    herds = sorted({one.herd for one in baselines.commitments if one.herd})
    observed = {word for one in baselines.commitments for word in (one.quantity, one.unit_value, one.herd) if word}
    leagues = baselines.league_codes
    years = [str(year) for year in baselines.later_years]
    values = [one.id for one in baselines.commitments if one.kind == "value"]
    criteria = [criterion.id for criterion in baselines.criteria]
    for field, words in {
        "growth": ([*commitments, *herds], list(baselines.areas)),
        "unit_value_growth": (values,),
        "baseline": (sorted({*observed, *values}), list(baselines.areas)),
        "target": (commitments,),
        "allocation": (commitments,),
        "path": (commitments,),
        "actual": (sorted({*commitments, *observed}), list(baselines.areas), years),
    }.items():
        _name_keys(schemas["Scenario"]["properties"][field], *words)
    for field in ("floor", "ceiling", "lock", "shares"):
        _name_keys(schemas["Allocation"]["properties"][field], leagues)
    _name_keys(schemas["Allocation"]["properties"]["criteria"]["anyOf"][0], criteria)
    return schemas


def narrow_parameter(name: str, schema: Json, baselines: Baselines) -> Json:
    """Put the words of the data into what may be asked for in the address."""
    areas = [name for area in baselines.areas.values() for name in (area.code, area.name_zh, area.name_en)]
    words = {"area": ["region", *schema.get("examples", []), *areas], "indicator": list(baselines.indicators)}
    return {"type": "string", "enum": words[name]} if name in words else schema


def _name_keys(schema: Json, *words: list[str]) -> None:
    """Say which keys a mapping takes, and those of the mappings within it."""
    for known in words:
        schema.pop("patternProperties", None)
        schema["propertyNames"] = {"enum": known}
        inner = schema.get("additionalProperties")
        schema = inner if isinstance(inner, dict) else {}
