import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.forecast import kept, suggestions
from agriplan.forecast.backtest import backtest, backtest_run
from agriplan.forecast.growth import GrowthKind
from agriplan.forecast.kept import read_kept_table, series_key
from agriplan.forecast.methods import SeriesValues
from agriplan.forecast.suggestions import backtest_for, region_backtest, suggestions_as_of, suggestions_for
from agriplan.forecast.tiers import suggest_growth
from tests.projection.regions import FIRST, REGION, figures, plan_of, shipped

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


def plan_with_gaps(last: float = 107) -> Baselines:
    return plan_of(figures(REGION, [100, 102, 104, last]), figures(FIRST, [10, 11, 11.5, 12, 12.2, 13]))


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The last values of the series that were fitted, in order."""
    fitted: list[float] = []
    fit = suggestions.fit_growth

    def counted(history: SeriesValues, horizon: int, kind: GrowthKind) -> float:
        fitted.append(float(history[-1]))
        return fit(history, horizon, kind)

    monkeypatch.setattr(suggestions, "fit_growth", counted)
    return fitted


@pytest.fixture
def other_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Makes the package another release."""

    def upgrade() -> None:
        monkeypatch.setattr(kept, "__version__", "99.0")
        kept.engine_version.cache_clear()

    yield upgrade
    monkeypatch.undo()
    kept.engine_version.cache_clear()


def test_the_shipped_suggestions_are_those_of_the_shipped_data(baselines: Baselines, fitted: pd.DataFrame) -> None:
    shipped = read_kept_table(baselines.folder / "suggestions.csv", "suggestions")
    assert shipped is not None, "fitted by another engine: python -m agriplan.forecast.suggestions baselines"
    at_base = shipped[shipped["as_of"] == baselines.base_year].reset_index(drop=True)
    assert_frame_equal(at_base[list(fitted)], fitted, check_dtype=False)
    assert_frame_equal(suggestions_for(baselines, Path("nowhere")), fitted)


def test_the_suggestions_of_every_later_year_ship_with_the_data(baselines: Baselines, fitted: pd.DataFrame) -> None:
    shipped = read_kept_table(baselines.folder / "suggestions.csv", "suggestions")
    assert shipped is not None
    years = baselines.years[:-1]
    assert sorted(set(shipped["as_of"])) == list(years)
    for year in years:
        looked_up = suggestions_as_of(baselines, fitted, year, Path("nowhere"))
        rows = shipped[shipped["as_of"] == year].reset_index(drop=True)
        assert_frame_equal(rows[list(looked_up)], looked_up, check_dtype=False)


def test_the_shipped_backtest_is_that_of_the_shipped_data(baselines: Baselines) -> None:
    table = backtest(baselines)
    shipped = read_kept_table(baselines.folder / "backtest.csv", "backtest")
    assert shipped is not None, "tried by another engine: python -m agriplan.forecast.suggestions baselines"
    assert_frame_equal(shipped[list(table)], table, check_dtype=False, atol=2e-3)
    assert_frame_equal(backtest_for(baselines, Path("nowhere")), table, atol=2e-3)


@pytest.mark.parametrize("name", ["suggestions", "backtest"])
def test_shipped_tables_say_which_data_and_which_engine_they_are_of(name: str, baselines: Baselines) -> None:
    first_line, _, rows = (baselines.folder / f"{name}.csv").read_text(encoding="utf-8").partition("\n")
    made = f"engine {kept.engine_version(name)} rows {hashlib.sha256(rows.encode()).hexdigest()[:16]}"
    assert first_line == f"# data {baselines.version} {made}"


def test_a_process_that_finds_the_suggestions_does_not_load_statsmodels(baselines: Baselines) -> None:
    subprocess.run([sys.executable, "-c", LOOK_UP, str(baselines.folder)], check=True, cwd=baselines.folder.parent)


def test_data_are_fitted_once_and_then_looked_up(tmp_path: Path, fits: list[float]) -> None:
    plan = plan_with_gaps()
    first, second = suggestions_for(plan, tmp_path / "cache"), suggestions_for(plan, tmp_path / "cache")
    assert_frame_equal(first, second)
    assert fits == [107, 13]


def test_an_edited_figure_fits_the_series_that_it_stands_in_and_no_other(tmp_path: Path, fits: list[float]) -> None:
    suggestions_for(plan_with_gaps(), tmp_path)
    edited = replace(plan_with_gaps(109), version="1" * 64)
    assert_frame_equal(suggestions_for(edited, tmp_path), suggest_growth(edited))
    assert fits == [107, 13, 109]


def test_an_edited_figure_tries_the_past_of_its_own_series_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def counted(run: SeriesValues, kind: GrowthKind) -> Iterator[tuple[object, ...]]:
        tried.append(float(run[-1]))
        return backtest_run(run, kind)

    monkeypatch.setattr(suggestions, "backtest_run", counted)
    backtest_for(plan_with_gaps(), tmp_path)
    assert_frame_equal(backtest_for(plan_with_gaps(109), tmp_path), backtest(plan_with_gaps(109)))
    assert tried == [107, 13, 109]


def test_the_folders_own_fits_serve_what_was_not_edited(tmp_path: Path, fits: list[float]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(shipped().folder, folder)
    observed = folder / "observed.csv"
    text = observed.read_text(encoding="utf-8")
    assert ",611.5," in text
    observed.write_text(text.replace(",611.5,", ",612.5,", 1), encoding="utf-8")
    suggestions_for(read_baselines(folder), tmp_path / "cache")
    assert fits == [612.5]


def test_fits_of_another_engine_are_not_taken(
    tmp_path: Path, fits: list[float], other_engine: Callable[[], None]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(shipped().folder, folder)
    other_engine()
    suggestions_for(read_baselines(folder), tmp_path / "cache")
    assert len(fits) == 3  # milk, mutton, beef of the region: all that is fitted


def test_another_module_behind_the_fits_is_another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = set()
    for modules in (("growth.py",), ("growth.py", "methods.py"), ("growth.py", "methods.py", "tiers.py")):
        monkeypatch.setitem(kept.MADE_BY, "suggestions", modules)
        kept.engine_version.cache_clear()
        stamps.add(kept.engine_version("suggestions"))
    kept.engine_version.cache_clear()
    assert len(stamps) == 3


def test_installations_of_two_engines_leave_each_other_their_fits(
    tmp_path: Path, fits: list[float], other_engine: Callable[[], None]
) -> None:
    suggestions_for(plan_with_gaps(), tmp_path)
    (first,) = tmp_path.iterdir()
    (tmp_path / "notes.csv").write_text("not ours")
    other_engine()
    suggestions_for(plan_with_gaps(), tmp_path)
    assert fits == [107, 13] * 2
    assert len(list(tmp_path.iterdir())) == 3
    assert first.exists()


def test_fits_that_were_used_longest_ago_are_cleared_away_also_where_nothing_has_to_be_fitted(tmp_path: Path) -> None:
    for name in ("suggestions", "backtest"):
        for number in range(kept.MOST_KEPT_FILES + 1):
            path = tmp_path / f"{name}-{number}.csv"
            path.write_text("# data 39b2d42cfdfe7b15\n")
            os.utime(path, (1e9 + number,) * 2)
        (tmp_path / f"{name}-ab12.part").write_text("half")
        os.utime(tmp_path / f"{name}-ab12.part", (1e9,) * 2)
    suggestions_for(shipped(), tmp_path)
    backtest_for(shipped(), tmp_path)
    left = {
        f"{name}-{number}.csv" for name in ("suggestions", "backtest") for number in range(1, kept.MOST_KEPT_FILES + 1)
    }
    assert {path.name for path in tmp_path.iterdir()} == left


def test_the_cache_holds_so_many_rows_and_drops_the_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT_ROWS", 2)
    for last in (105, 106, 107):
        suggestions_for(plan_of(figures(REGION, [100, 102, 104, last])), tmp_path)
    (path,) = tmp_path.iterdir()
    table = read_kept_table(path, "suggestions")
    assert table is not None
    assert table["series"].tolist() == [series_key([100, 102, 104, last], 5, "amount") for last in (106, 107)]


def test_a_broken_cache_is_fitted_over(tmp_path: Path, fits: list[float]) -> None:
    plan = plan_with_gaps()
    whole = suggestions_for(plan, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"\xff\xfe not a table")
    assert_frame_equal(suggestions_for(plan, tmp_path), whole)
    assert len(fits) == 4


@pytest.mark.parametrize("other", ["92.5", "inf", "1e300", ""])
def test_a_kept_growth_that_somebody_changed_is_fitted_anew(tmp_path: Path, fits: list[float], other: str) -> None:
    plan = plan_with_gaps()
    whole = suggestions_for(plan, tmp_path)
    (path,) = tmp_path.iterdir()
    stamp, head, first, *rest = path.read_text(encoding="utf-8").splitlines()
    values = first.split(",")
    values[head.split(",").index("growth")] = other
    path.write_text("\n".join([stamp, head, ",".join(values), *rest, ""]), encoding="utf-8")
    assert_frame_equal(suggestions_for(plan, tmp_path), whole)
    assert len(fits) == 4


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no such permissions here")
def test_kept_fits_that_others_could_have_written_are_made_anew(tmp_path: Path, fits: list[float]) -> None:
    plan = plan_with_gaps()
    whole = suggestions_for(plan, tmp_path)
    (path,) = tmp_path.iterdir()
    path.chmod(0o666)
    assert_frame_equal(suggestions_for(plan, tmp_path), whole)
    assert len(fits) == 4


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert not suggestions_for(plan_with_gaps(), blocked / "cache").empty
    assert list(tmp_path.iterdir()) == [blocked]


def test_the_regions_backtest_is_worked_out_once_for_the_same_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_with_gaps()
    monkeypatch.setattr(kept, "user_cache_path", lambda *_, **__: tmp_path)
    first = region_backtest(plan)
    assert set(first["code"]) == {REGION}
    assert region_backtest(plan) is first
    assert not replace(plan, version="1" * 64).memo
