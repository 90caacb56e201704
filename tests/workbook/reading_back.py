"""What a file holds that openpyxl saved: it has no results of formulas, which is the one doubt that is expected."""

from agriplan.errors import Problem
from agriplan.workbook.readback.inputs import read_back

EXPECTED = {"workbook_never_calculated"}


def scenario_in(data, baselines, suggestions):
    """The scenario of a file in which nothing else is in doubt."""
    result = read_back(data, baselines, suggestions)
    assert {problem.code for problem in result.doubts} <= EXPECTED, [problem.text("en") for problem in result.doubts]
    return result.scenario


def doubts_in(data, baselines, suggestions) -> dict[str, Problem]:
    """Everything else that is in doubt, by code."""
    result = read_back(data, baselines, suggestions)
    return {problem.code: problem for problem in result.doubts if problem.code not in EXPECTED}
