"""Clients that others' generators make of the document: complete, and every operation can be called with them."""

import importlib
import io
import json
import re
import subprocess
import sys

import httpx
import jsonschema_rs
import pytest
from flask import Flask

LIMITS = {"ge", "gt", "le", "lt", "multiple_of"}


@pytest.fixture(scope="module")
def document(app: Flask) -> dict:
    return app.test_client().get("/api/v1/openapi.json").json


def schemas_in(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from schemas_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from schemas_in(inner)


def test_limits_stand_in_words_that_json_schema_knows_and_no_default_is_an_empty_mapping(document):
    for schema in schemas_in(document):
        assert not {word for word in LIMITS & set(schema) if isinstance(schema[word], int | float)}
        assert schema.get("default") != {}
    growth = document["components"]["schemas"]["Scenario"]["properties"]["growth"]
    assert growth["additionalProperties"]["additionalProperties"]["exclusiveMinimum"] == -100
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def test_every_operation_has_a_tag_that_is_described_and_there_is_a_server(document):
    described = {tag["name"] for tag in document["tags"]}
    used = {tag for methods in document["paths"].values() for one in methods.values() for tag in one["tags"]}
    assert used == described
    assert document["servers"]


@pytest.fixture(scope="module")
def generated(document, tmp_path_factory):
    """The client that openapi-python-client makes without being told anything."""
    folder = tmp_path_factory.mktemp("client")
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    words = ["generate", "--path", str(file), "--output-path", str(folder / "agriplan_client"), "--meta", "none"]
    subprocess.run([sys.executable, "-m", "openapi_python_client", *words], check=True, capture_output=True)
    sys.path.insert(0, str(folder))
    yield folder / "agriplan_client"
    sys.path.remove(str(folder))


@pytest.mark.thorough
def test_a_generated_client_has_every_operation_and_can_call_it(document, generated, app):
    operations = {one["operationId"] for methods in document["paths"].values() for one in methods.values()}
    snake = {name: re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() for name in operations}
    modules = {path.stem: path.parent.name for path in generated.glob("api/*/*.py") if path.stem != "__init__"}
    assert set(modules) == set(snake.values())

    package = importlib.import_module("agriplan_client")
    models = importlib.import_module("agriplan_client.models")
    types = importlib.import_module("agriplan_client.types")
    client = package.Client(base_url="http://localhost")
    client.set_httpx_client(httpx.Client(base_url="http://localhost", transport=httpx.WSGITransport(app=app)))

    def call(operation, **words):
        module = importlib.import_module(f"agriplan_client.api.{modules[operation]}.{operation}")
        return module.sync_detailed(client=client, **words)

    scenario = models.Scenario.from_dict({"name": "通辽提速", "growth": {"milk": {"150500": 8}}})
    saved = call("save_scenario", body=models.SaveRequest(scenario=scenario)).parsed
    named = models.NameRequest(name="通辽提速")
    workbook = call("make_workbook", body=scenario, area=enum_of(models, "MakeWorkbookArea", "通辽市"))
    compared = models.CompareRequest.from_dict({"scenarios": [saved.scenario_id, {}]})
    answers = {
        "make_workbook": workbook,
        "read_workbook": call("read_workbook", body=types.File(payload=io.BytesIO(workbook.content))),
        "get_plan": call("get_plan", scenario=saved.scenario_id),
        "make_plan": call("make_plan", body=scenario),
        "list_scenarios": call("list_scenarios"),
        "get_scenario": call("get_scenario", identity=saved.scenario_id),
        "get_history": call("get_history", name="通辽提速"),
        "archive_scenario": call("archive_scenario", body=named),
        "restore_scenario": call("restore_scenario", body=named),
        "rename_scenario": call("rename_scenario", body=models.RenameRequest(name="通辽提速", new_name="通辽再提速")),
        "compare_scenarios": call("compare_scenarios", body=compared),
        "compare_rules": call("compare_rules", body=scenario),
        "get_comparison_workbook": call("get_comparison_workbook", body=compared),
        "get_evaluation": call("get_evaluation", scenario=saved.scenario_id, as_of=2022),
        "make_evaluation": call("make_evaluation", body=scenario),
        "get_brief": call("get_brief", area=enum_of(models, "GetBriefArea", "通辽市")),
        "make_brief": call("make_brief", body=scenario),
        "get_data": call("get_data"),
        "get_figures": call("get_figures"),
        "get_document": call("get_document"),
        "get_workbook": call("get_workbook", area=enum_of(models, "GetWorkbookArea", "通辽市")),
    }
    wrong = {name: answer.content[:300] for name, answer in answers.items() if answer.status_code >= 300}
    assert not wrong
    assert {*answers, "save_scenario"} == set(snake.values())
    assert answers["read_workbook"].parsed.scenario.name == "通辽提速"
    assert answers["make_plan"].parsed.indicators[0].leagues[0].target > 0


def enum_of(models, name, value):
    return getattr(models, name)(value)


# With every run another generator's client is made of the same document, and limits are looked up in its schemas.
@pytest.mark.thorough
def test_models_that_a_code_generator_makes_keep_limits_and_read_a_plan(document, tmp_path, client, monkeypatch):
    file, models = tmp_path / "openapi.json", tmp_path / "agriplan_models.py"
    file.write_text(json.dumps(document), encoding="utf-8")
    words = ["--input", str(file), "--output", str(models), "--output-model-type", "pydantic_v2.BaseModel"]
    subprocess.run([sys.executable, "-m", "datamodel_code_generator", *words], check=True, capture_output=True)
    monkeypatch.syspath_prepend(tmp_path)
    made = importlib.import_module("agriplan_models")
    plan = made.PlanReport.model_validate_json(client.get("/api/v1/plan").text)
    assert plan.indicators[0].leagues[0].name
    with pytest.raises(ValueError, match="milk"):
        made.Scenario.model_validate({"target": {"milk": -1}})
