"""What every test of the engine starts from: the shipped data, their growth suggestions and the default plan."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from agriplan.baselines import Baselines, read_baselines
from agriplan.models import Scenario
from agriplan.plan import Plan, make_plan
from agriplan.suggestions import suggestions_for

ROOT = Path(__file__).parents[1]

# The same examples on every machine and every day: a failure that a change did not cause never blocks it.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def baselines() -> Baselines:
    return read_baselines(ROOT / "baselines")


@pytest.fixture(scope="session")
def suggestions(baselines: Baselines) -> pd.DataFrame:
    return suggestions_for(baselines)


@pytest.fixture(scope="session")
def plan(baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    return make_plan(Scenario(), baselines, suggestions)
