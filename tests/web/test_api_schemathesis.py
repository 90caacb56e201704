"""Two thousand requests made up from the document: no fault of ours, no answer that the document does not know."""

from collections import Counter

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CASES = 2000
SCENARIO_PATHS = {"/api/v1/plan", "/api/v1/workbook"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def saved(app: Flask) -> str:
    """A scenario that is there to be asked for."""
    answer = app.test_client().post("/api/v1/scenarios", json={"scenario": {"name": "起草", "target": {"milk": 900}}})
    return answer.json["scenario_id"]


@pytest.fixture(scope="module")
def cases(app: Flask, saved: str) -> st.SearchStrategy[schemathesis.Case]:
    """Requests that fit the document and requests that break it, for every operation, of known scenarios too."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    made = [
        operation.as_strategy(generation_mode=mode)
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]
    known = [
        *(one.as_strategy(path_parameters={"identity": saved}) for one in operations if "{identity}" in one.path),
        *(one.as_strategy(query={"scenario": saved}) for one in operations if one.path in SCENARIO_PATHS and one.method == "get"),
    ]
    return st.one_of(made + known)


def test_made_up_requests_find_no_fault_and_no_undocumented_answer(cases):
    answers: Counter[int] = Counter()

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: schemathesis.Case) -> None:
        response = case.call()
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    ask()
    print(f"{answers.total()} cases: {dict(answers)}")
    assert answers.total() >= CASES
    assert answers[200] > CASES // 10
    assert answers[422] > CASES // 10
