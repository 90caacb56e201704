"""Requests made up by schemathesis from the OpenAPI document, those that fit it and those that break it."""

from collections import Counter

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from agriplan.web.file_response import WORKBOOK

schemathesis.serializer.alias(WORKBOOK, "application/octet-stream")
SCENARIO_PATHS = {"/api/v1/plan", "/api/v1/workbook"}
TAKES_SCENARIO = ("/plan", "/scenarios", "/compare", "/compare/workbook", "/compare/rules", "/workbook")
PATIENCE_SECONDS = 120  # a pack on a busy machine
AMOUNTS = ["milk", "meat_sheep_value", "beef_cattle_value", "forage_value"]
AREAS = ["150000", "150100", "150500", "152500"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def scenarios() -> st.SearchStrategy[dict[str, object]]:
    """Scenarios that planners could send; the document alone seldom makes one that agrees with the data."""
    growth = st.dictionaries(st.sampled_from(AMOUNTS), st.dictionaries(st.sampled_from(AREAS), st.floats(-20, 40)))
    rule = st.sampled_from(["by_baseline", "by_headroom", "equal_growth", "equal_slack", "by_criteria"])
    allocation = st.fixed_dictionaries(
        {"rule": rule, "reserve": st.floats(0, 100), "margin": st.floats(0, 100)},
        optional={"max_growth": st.one_of(st.floats(-50, 90), st.just("none"), st.none())},
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "name": st.text("通辽提速一二三", min_size=1, max_size=5),
            "growth": growth,
            # In hundredths: as fine as targets are issued.
            "target": st.dictionaries(st.sampled_from(AMOUNTS), st.integers(10, 10**7).map(lambda whole: whole / 100)),
            "allocation": st.dictionaries(st.sampled_from(AMOUNTS), allocation),
        },
    )


def body_of(path: str, scenario: dict[str, object]) -> object:
    """The scenario in the form that the operation takes."""
    if path.endswith("/scenarios"):
        return {"scenario": {"name": "草案"} | scenario}
    return {"scenarios": [scenario, {}]} if path.endswith(("/compare", "/compare/workbook")) else scenario


@st.composite
def sensible(draw: st.DrawFn, operation: schemathesis.APIOperation) -> schemathesis.Case:
    """A request with such a scenario."""
    case = draw(operation.as_strategy(query={"lang": draw(st.sampled_from(["zh", "en"]))}))
    case.body = body_of(operation.path, draw(scenarios()))
    return case


def sent_back(operation: schemathesis.APIOperation, workbook: bytes) -> st.SearchStrategy[schemathesis.Case]:
    """A workbook of ours, whole or with a byte changed or its end lost."""

    @st.composite
    def changed(draw: st.DrawFn) -> schemathesis.Case:  # its arguments would be printed: a workbook is too long
        place = draw(st.integers(0, len(workbook) - 1))
        case = draw(operation.as_strategy(query={"lang": "zh"}))
        ends = (workbook[place:], b"", b"\x7f" + workbook[place + 1 :])
        case.body = workbook[:place] + ends[draw(st.integers(0, len(ends) - 1))]
        return case

    return changed()


def known_cases(schema: schemathesis.BaseSchema, saved: str, workbook: bytes) -> st.SearchStrategy[schemathesis.Case]:
    """Requests that fit the document and requests that break it, for every operation, of known scenarios too."""
    operations = [found.ok() for found in schema.get_all_operations()]
    made = [
        operation.as_strategy(generation_mode=mode)
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]
    known = [
        *(sensible(one) for one in operations if one.path.endswith(TAKES_SCENARIO) and one.method == "post"),
        *(sent_back(one, workbook) for one in operations if one.path.endswith("/readback")),
        *(one.as_strategy(path_parameters={"identity": saved}) for one in operations if "{identity}" in one.path),
        *(
            one.as_strategy(query={"scenario": saved})
            for one in operations
            if one.path in SCENARIO_PATHS and one.method == "get"
        ),
    ]
    return st.one_of(made + known)


def try_cases(
    cases: st.SearchStrategy[schemathesis.Case], count: int, *, over_http: bool = False
) -> tuple[Counter[int], list[str]]:
    """Send so many; the statuses, and what was wrong, which is raised where nothing is sent over the network."""
    answers: Counter[int] = Counter()
    wrong: list[str] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: schemathesis.Case) -> None:
        response = case.call(timeout=PATIENCE_SECONDS) if over_http else case.call()
        answers[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            if not over_http:
                raise
            wrong.append(f"{case.method} {case.path}: {failures.exceptions[0]}"[:600])

    ask()
    return answers, wrong
