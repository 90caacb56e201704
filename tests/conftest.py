"""What tests start from (shipped data, suggestions, default plan), and how they are run: quick parts first."""

import gc
import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in agriplan/__init__.py, which pandas would be too early for

import pandas as pd
import pytest
import quick_formulas
import quick_merges
import quick_shipped_data
from hypothesis import HealthCheck, settings

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.garbage_collection import without_collection
from tests.thoroughness import FULL

ROOT = Path(__file__).parents[1]

# Workbooks are made of hundreds of thousands of small objects: looking for rings among them a seventh of the time.
gc.set_threshold(50_000, 10, 20)
quick_merges.install()
quick_formulas.install()
quick_shipped_data.install()

# The same examples on every machine and every day: a failure that a change did not cause never blocks it.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("repeatable")

# Parts in the order in which one process runs them; a part that is not listed comes with the quick ones.
LAST = ("engine", "projection", "store", "workbook", "web", "install")
# Several processes begin with what takes longest, so that none of them is left with it while the others have ended.
LONGEST = ("install", "web", "workbook", "", "rolling", "store", "projection", "engine")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no rings while thousands of tests are listed: all of that stays."""
    with without_collection(lasting=True):
        return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is tried in full only; put the parts in order, within which the order stays."""
    further = [] if FULL else list(_further(items))
    if further:
        config.hook.pytest_deselected(items=further)
        left_out = set(further)
        items[:] = [item for item in items if item not in left_out]
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _rank(item.path, (*LONGEST, None)))
    else:
        items.sort(key=lambda item: _rank(item.path, (None, *LAST)))


def pytest_report_header() -> str:
    """Say that something is left out: several processes would each know how many, and none tells."""
    return "" if FULL else "left out: what is marked `thorough` or `one_in`, which `make parity` and `make soak` try"


def _further(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """What is tried in full only: whole tests, and of those marked `one_in(n)` the cases between every nth."""
    seen = Counter[tuple[Path, str]]()
    for item in items:
        if item.get_closest_marker("thorough"):
            yield item
        elif share := item.get_closest_marker("one_in"):
            test = item.path, getattr(item, "originalname", item.name)
            if seen[test] % share.args[0]:
                yield item
            seen[test] += 1


def _rank(path: Path, order: tuple[str | None, ...]) -> int:
    folders = path.relative_to(ROOT / "tests").parent.parts
    part = folders[0] if folders else ""
    return order.index(part if part in order else None)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: a fifth of the time is spent waiting for browsers and servers."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where something was skipped although AGRIPLAN_NO_SKIPS forbids it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("AGRIPLAN_NO_SKIPS"):
        reporter.write_line(f"\nAGRIPLAN_NO_SKIPS: {len(skipped)} skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def baselines() -> Baselines:
    return read_baselines(ROOT / "baselines")


@pytest.fixture(scope="session")
def suggestions(baselines: Baselines) -> pd.DataFrame:
    return suggestions_for(baselines)


@pytest.fixture(scope="session")
def plan(baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    return make_plan(Scenario(), baselines, suggestions)
