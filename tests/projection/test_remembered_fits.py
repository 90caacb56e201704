import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from agriplan.baselines.folder import Baselines
from agriplan.forecast import suggestions
from agriplan.forecast.backtest import backtest
from agriplan.forecast.kept import write_table
from agriplan.forecast.suggestions import backtest_for, suggestions_for
from tests.projection.regions import FIRST, REGION, figures, plan_of

LOOK_UP = """
import sys
from pathlib import Path
from agriplan.forecast.attainment import attainment_points
from agriplan.baselines.folder import read_baselines
from agriplan.forecast.suggestions import backtest_for, suggestions_for
baselines = read_baselines(Path(sys.argv[1]))
table = suggestions_for(baselines)
assert len(backtest_for(baselines)) and len(table)
for commitment in baselines.commitments:
    attainment_points(baselines, table, commitment, baselines.region.code)
sys.exit(any(name.startswith("statsmodels") for name in sys.modules))
"""


def plan_with_gaps() -> Baselines:
    return plan_of(figures(REGION, [100, 102, 104, 107]), figures(FIRST, [10]))


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data versions that were fitted, in order."""
    fitted: list[str] = []
    fit = suggestions.suggest_growth

    def counted(baselines: Baselines) -> pd.DataFrame:
        fitted.append(baselines.version)
        return fit(baselines)

    monkeypatch.setattr(suggestions, "suggest_growth", counted)
    return fitted


def test_the_shipped_suggestions_are_those_of_the_shipped_data(baselines: Baselines, fitted: pd.DataFrame) -> None:
    first_line = (baselines.folder / "suggestions.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert first_line == f"# data {baselines.version}"
    assert_frame_equal(suggestions_for(baselines, Path("nowhere")), fitted)


def test_the_shipped_backtest_is_that_of_the_shipped_data(baselines: Baselines) -> None:
    assert_frame_equal(backtest_for(baselines, Path("nowhere")), backtest(baselines), atol=2e-3)


def test_a_process_that_finds_the_suggestions_does_not_load_statsmodels(baselines: Baselines) -> None:
    subprocess.run([sys.executable, "-c", LOOK_UP, str(baselines.folder)], check=True, cwd=baselines.folder.parent)


def test_data_are_fitted_once_and_then_looked_up(tmp_path: Path, fits: list[str]) -> None:
    plan = plan_with_gaps()
    first, second = suggestions_for(plan, tmp_path / "cache"), suggestions_for(plan, tmp_path / "cache")
    assert_frame_equal(first, second)
    assert fits == [plan.version]


def test_changed_data_are_fitted_anew(tmp_path: Path, fits: list[str]) -> None:
    plan = plan_with_gaps()
    suggestions_for(plan, tmp_path)
    suggestions_for(replace(plan, version="1" * 64), tmp_path)
    assert fits == ["0" * 64, "1" * 64]


def test_suggestions_of_other_data_in_the_folder_are_not_taken(tmp_path: Path, fits: list[str]) -> None:
    plan = replace(plan_with_gaps(), folder=tmp_path)
    write_table(tmp_path / "suggestions.csv", pd.DataFrame({"growth": [99.0]}), "2" * 64)
    assert 99.0 not in suggestions_for(plan, tmp_path / "cache")["growth"].tolist()
    assert fits == [plan.version]


def test_a_broken_cache_is_fitted_over(tmp_path: Path, fits: list[str]) -> None:
    plan = plan_with_gaps()
    whole = suggestions_for(plan, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"\xff\xfe not a table")
    assert_frame_equal(suggestions_for(plan, tmp_path), whole)
    assert len(fits) == 2


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert not suggestions_for(plan_with_gaps(), blocked / "cache").empty
    assert list(tmp_path.iterdir()) == [blocked]
