"""What a file holds that openpyxl saved: it has no results of formulas, which is the one doubt that is expected.

A file of ours is read here and now; how a file is read in a process of its own, `test_opening.py` tells.
"""

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario
from agriplan.errors import Problem
from agriplan.workbook.readback.inputs import Readback, read_opened
from tests.workbook.held_cells import HeldCells
from tests.workbook.raw_edits import opened

EXPECTED = {"workbook_never_calculated"}


def read_here(book: bytes | HeldCells, baselines: Baselines, suggestions: pd.DataFrame) -> Readback:
    """What a file gives, or cells that were typed over in memory."""
    if isinstance(book, HeldCells):
        return book.read(baselines, suggestions)
    return read_opened(opened(book), baselines, suggestions)


def scenario_in(book: bytes | HeldCells, baselines: Baselines, suggestions: pd.DataFrame) -> Scenario:
    """The scenario of a file in which nothing else is in doubt."""
    result = read_here(book, baselines, suggestions)
    assert {problem.code for problem in result.doubts} <= EXPECTED, [problem.text("en") for problem in result.doubts]
    return result.scenario


def told_of(book: bytes | HeldCells, baselines: Baselines, suggestions: pd.DataFrame) -> list[Problem]:
    """Everything else that is in doubt."""
    return [one for one in read_here(book, baselines, suggestions).doubts if one.code not in EXPECTED]


def doubts_in(book: bytes | HeldCells, baselines: Baselines, suggestions: pd.DataFrame) -> dict[str, Problem]:
    """Everything else that is in doubt, by code."""
    return {problem.code: problem for problem in told_of(book, baselines, suggestions)}
