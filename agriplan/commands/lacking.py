"""What a plan without entries lacks, told by the rows that its data folder lacks, not by fields of a form."""

from collections.abc import Iterable
from dataclasses import replace

from agriplan.baselines.folder import Baselines
from agriplan.errors import Problem


def lacking_rows(problems: Iterable[Problem], data: Baselines) -> list[Problem]:
    """What a plan without entries lacks, by the rows that its folder lacks: file, indicator, area and year.

    Others stay as they are.
    """
    return [_lacking_row(problem, data) for problem in problems]


def _lacking_row(problem: Problem, data: Baselines) -> Problem:
    family, _, rest = problem.place.partition(".")
    name, _, area = rest.partition(".")
    if problem.code == "missing_figure" and family == "baseline":
        return replace(problem, place=f"observed.csv: {name}, {area}, {data.base_year}")
    if problem.code != "missing_growth":
        return problem
    about = data.by_id.get(name)
    if about is not None:
        name = (about.unit_value or name) if family == "unit_value_growth" else about.quantity
    return replace(problem, place=f"assumptions.csv: {name}, {area}")
