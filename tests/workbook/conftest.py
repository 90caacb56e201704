"""What tests of workbooks share."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import Problem
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.files import load_template, write_workbook
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.held_cells import HeldCells
from tests.workbook.reading_back import scenario_in, told_of

sys.path.insert(0, str(Path(__file__).parent))


@cache
def _data(kept: frozenset[str]) -> Baselines:
    return of_indicators(_data(frozenset()), kept) if kept else read_baselines(baselines_folder())


@cache
def _suggestions() -> pd.DataFrame:
    return suggestions_for(_data(frozenset()))


@pytest.fixture(scope="module")
def baselines(request: pytest.FixtureRequest) -> Baselines:
    """The shipped data; with the indicators alone that a file names as `INDICATORS`, but in full with all."""
    return _data(frozenset() if FULL else frozenset(getattr(request.module, "INDICATORS", ())))


@pytest.fixture(scope="module")
def suggestions() -> pd.DataFrame:
    return _suggestions()


@pytest.fixture(scope="module")
def plan(baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    return make_plan(Scenario(), baselines, suggestions)


@pytest.fixture(scope="module")
def workbook(plan: Plan) -> bytes:
    """A league's workbook in Chinese, to be edited and sent back."""
    return write_workbook(plan, "150500", load_template(None, "zh"), "zh")


@pytest.fixture
def read(baselines: Baselines, suggestions: pd.DataFrame) -> Callable[[bytes | HeldCells], Scenario]:
    """What a workbook that is sent back says."""
    return lambda book: scenario_in(book, baselines, suggestions)


@pytest.fixture
def told(baselines: Baselines, suggestions: pd.DataFrame) -> Callable[[bytes | HeldCells], list[Problem]]:
    """What is told of a workbook that is sent back."""
    return lambda book: told_of(book, baselines, suggestions)
