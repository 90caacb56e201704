"""What workbooks have in common is drawn after the start, by a process that ends with the service."""

import os
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from server_process import ServerProcess

from agriplan import places
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.settings import Settings
from agriplan.web import drawing_ahead, service
from agriplan.workbook.blueprints import Blueprints
from agriplan.workbook.files import find_template
from agriplan.workbook.template.reading import Template


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("agriplan.workbook.kept_blueprints.user_cache_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(drawing_ahead, "MOST_FILES", 1)
    return tmp_path


def test_a_first_workbook_finds_what_was_drawn_ahead(kept: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch):
    drawing_ahead.keep_blueprints(None, None, os.getppid())
    assert len(list(kept.iterdir())) == 1
    drawn_at = {each: each.stat().st_mtime_ns for each in kept.iterdir()}
    drawing_ahead.keep_blueprints(None, None, os.getppid())
    assert {each: each.stat().st_mtime_ns for each in kept.iterdir()} == drawn_at
    monkeypatch.setattr("agriplan.workbook.blueprints.draw", lambda *_: pytest.fail("drawn once more"))
    first = next(iter(plan.baselines.areas))
    assert Blueprints(plan.baselines, plan.suggestions).workbook(plan, first, find_template(None, "zh"), "zh")


def test_a_shipped_template_that_the_region_and_a_league_were_drawn_from_is_not_read_at_the_start(
    kept: Path, plan: Plan, suggestions: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
):
    data = read_baselines(places.baselines_folder())  # read anew, as by a start
    anew = make_plan(plan.scenario, data, suggestions)
    drawn, shipped = Blueprints(data, suggestions), find_template(None, "zh")

    read = service.read_checked_template(anew, "zh", None)
    monkeypatch.setattr(service, "read_checked_template", lambda *_: read)

    def is_read(own: Path | None = None) -> list[bool]:
        return [isinstance(each, Template) for each in service.read_templates(anew, own).values()]

    drawn.keep(anew, data.region.code, shipped, "zh")
    assert is_read() == [True, True]
    drawn.keep(anew, data.leagues[3].code, shipped, "zh")
    assert is_read() == [False, True]
    assert is_read(shipped.path.parent) == [False, True]
    (own := kept / "workbook.xlsx").write_bytes(shipped.path.read_bytes())
    assert is_read(own) == [True, True]
    for each in kept.glob("*.zip"):
        each.chmod(0o666)
    assert is_read() == [True, True]


def test_where_the_service_is_gone_nothing_more_is_drawn(kept: Path):
    drawing_ahead.keep_blueprints(None, None, os.getppid() + 1)
    assert not list(kept.iterdir())


def test_nothing_is_started_where_it_is_switched_off():
    assert drawing_ahead.start_drawing(Settings(draw_ahead=False)) is None


def drawing_for(server: int) -> list[str]:
    """The processes that draw for a server, by their command lines."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # one that has just ended
            words = each.read_bytes().decode().split("\0")
            found += [" ".join(words)] if drawing_ahead.__name__ in words and str(server) in words else []
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks at the processes of Linux")
def test_the_process_ends_with_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with ServerProcess(tmp_path, f"sqlite:///{tmp_path}/plans.sqlite3", workers=1, draw_ahead=True) as server:
        assert len(drawing_for(server.process.pid)) == 1
        assert server.stop() == 0
        assert not drawing_for(server.process.pid)
