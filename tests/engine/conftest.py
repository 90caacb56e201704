"""What several tests of the engine start from."""

import json
from collections.abc import Callable
from functools import lru_cache

import pandas as pd
import pytest

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, canonical_json, parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of

Evaluated = Callable[[dict | Scenario, int], Evaluation]


@pytest.fixture(scope="session")
def evaluated(baselines: Baselines, suggestions: pd.DataFrame) -> Evaluated:
    """Evaluates a scenario as of a year; many tests ask about the same few, which are evaluated once."""

    @lru_cache(maxsize=64)
    def as_written(scenario: str, year: int) -> Evaluation:
        issued = make_plan(parse_scenario(json.loads(scenario)), baselines, suggestions)
        return evaluate(issued, suggestions_as_of(baselines, suggestions, year), year)

    def as_of(scenario: dict | Scenario, year: int) -> Evaluation:
        asked = scenario if isinstance(scenario, Scenario) else parse_scenario(scenario)
        return as_written(canonical_json(asked), year)

    return as_of
