"""What several tests of the engine start from."""

from collections.abc import Callable

import pandas as pd
import pytest

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.web.bounded_cache import BoundedCache

Evaluated = Callable[[dict | Scenario, int], Evaluation]


@pytest.fixture(scope="session")
def evaluated(baselines: Baselines, suggestions: pd.DataFrame) -> Evaluated:
    """Evaluates a scenario as of a year; the latest are remembered: they are asked for in both languages."""
    made = BoundedCache[tuple[str, int], Evaluation](most=60)

    def as_of(scenario: dict | Scenario, year: int) -> Evaluation:
        asked = scenario if isinstance(scenario, Scenario) else parse_scenario(scenario)

        def make() -> Evaluation:
            issued = make_plan(asked, baselines, suggestions)
            return evaluate(issued, suggestions_as_of(baselines, suggestions, year), year)

        return made.get_or_make((asked.model_dump_json(), year), make)

    return as_of
