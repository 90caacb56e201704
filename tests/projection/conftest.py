import pandas as pd
import pytest

from agriplan.baselines.folder import Baselines
from agriplan.forecast.tiers import suggest_growth
from tests.projection.regions import shipped


@pytest.fixture(scope="session")
def baselines() -> Baselines:
    return shipped()


@pytest.fixture(scope="session")
def fitted(baselines: Baselines) -> pd.DataFrame:
    """The shipped data, fitted anew."""
    return suggest_growth(baselines)
