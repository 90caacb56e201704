"""Many requests made up from the document: no fault of ours, no answer that the document does not know."""

import schemathesis
from flask import Flask

from tests.thoroughness import tried
from tests.web.made_up_cases import known_cases, try_cases

CASES = tried(12, 1000)


def test_made_up_requests_find_no_fault_and_no_undocumented_answer(app: Flask):
    client = app.test_client()
    sent = {"scenario": {"name": "起草", "target": {"milk": 900}}}
    saved = client.post("/api/v1/scenarios", json=sent).json["scenario_id"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    cases = known_cases(schema, saved, client.get("/api/v1/workbook?area=150500").data)
    answers, _ = try_cases(cases, CASES)
    print(f"{answers.total()} cases: {dict(answers)}")
    assert answers.total() >= CASES
    assert answers[200] > CASES // 10
    assert answers[422] > CASES // 10
