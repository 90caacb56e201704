"""How the tests are run: the quick parts first, and nothing skipped where nothing may be."""

import os
from pathlib import Path

import pytest

# Parts in the order in which they are run; a part that is not listed comes with the quick ones.
LAST = ("engine", "projection", "store", "workbook", "web", "install")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the parts in order; within a part the order stays."""
    items.sort(key=lambda item: _rank(item.path))


def _rank(path: Path) -> int:
    return max((LAST.index(part) + 1 for part in path.parts if part in LAST), default=0)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where something was skipped although AGRIPLAN_NO_SKIPS forbids it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("AGRIPLAN_NO_SKIPS"):
        reporter.write_line(f"\nAGRIPLAN_NO_SKIPS: {len(skipped)} skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
