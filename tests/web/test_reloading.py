"""A data folder that is edited while the service runs: taken over once it is sound, where that is asked for."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from server_process import ServerProcess

from agriplan.baselines.copies import version_now
from agriplan.places import baselines_folder
from agriplan.web import reloading
from agriplan.web.reloading import FolderWatch

OLD, NEW, NEWER = (f"150500,milk_output,2020,{value}," for value in ("35.87", "36.87", "37.87"))


@pytest.fixture
def folder(tmp_path):
    own = tmp_path / "data"
    shutil.copytree(baselines_folder(), own)
    return own


@pytest.fixture(scope="module")
def server_of_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerProcess, Path]]:
    """A server that takes over what is edited, and its folder: each test of it edits on."""
    place = tmp_path_factory.mktemp("reloading")
    shutil.copytree(baselines_folder(), place / "data")
    settings = {"baselines": place / "data", "reload": True, "workers": 1, "graceful_seconds": 30}
    with ServerProcess(place, f"sqlite:///{place / 'store.sqlite3'}", **settings) as server:
        yield server, place / "data"
        assert server.stop() == 0


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "observed.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def baseline_of(server: ServerProcess) -> float:
    connection = server.connect()
    connection.request("GET", "/api/v1/plan")
    milk = json.loads(connection.getresponse().read())["indicators"][0]
    connection.close()
    return next(league["baseline"] for league in milk["leagues"] if league["code"] == "150500")


def next_change(server: ServerProcess) -> dict[str, object]:
    while (line := server.next_line())["event"] != "data_changed":
        pass
    return line


def test_a_sound_change_is_taken_over_and_one_that_is_not_keeps_the_old_data(server_of_folder):
    server, folder = server_of_folder
    assert baseline_of(server) == 35.87
    edit(folder, OLD, "150500,milk_outputt,2020,35.87,")
    told = next_change(server)
    assert told["taken"] is False
    assert "milk_outputt" in " ".join(told["why"])
    assert baseline_of(server) == 35.87
    edit(folder, "150500,milk_outputt,2020,35.87,", NEW)
    assert next_change(server)["taken"] is True
    wait_for(36.87, server, 60)


@pytest.mark.thorough
def test_while_old_processes_wait_for_a_slow_reader_new_ones_answer(server_of_folder):
    server, folder = server_of_folder
    before = baseline_of(server)
    slow = server.connect()
    slow.putrequest("POST", "/api/v1/plan")
    slow.putheader("Content-Type", "application/json")
    slow.putheader("Content-Length", "2")
    slow.endheaders(b"{")  # the rest never comes
    time.sleep(0.5)
    edit(folder, f"150500,milk_output,2020,{before},", NEWER)
    assert next_change(server)["taken"] is True
    wait_for(37.87, server, 10)
    slow.close()


def wait_for(value: float, server: ServerProcess, seconds: float) -> None:
    end = time.monotonic() + seconds
    while baseline_of(server) != value:
        assert time.monotonic() < end
        time.sleep(0.2)


def looked(watch: FolderWatch, monkeypatch, times: int = 3) -> list[object]:
    monkeypatch.setattr(reloading, "FOLDER_SECONDS", 0.0)
    return [watch.look() for _ in range(times)]


def test_without_being_asked_the_service_only_says_that_the_folder_has_changed(folder, monkeypatch):
    lines = []
    monkeypatch.setattr(reloading, "write_line", lines.append)
    watch = FolderWatch(folder, version_now(folder), None)
    assert looked(watch, monkeypatch) == [None] * 3
    edit(folder, OLD, NEW)
    assert looked(watch, monkeypatch) == [None] * 3
    assert [(line["event"], line["taken"]) for line in lines] == [("data_changed", False)]


def test_a_folder_that_is_still_being_written_is_left_until_it_rests(folder, monkeypatch):
    taken = []
    monkeypatch.setattr(reloading, "write_line", lambda _: None)
    watch = FolderWatch(folder, version_now(folder), lambda: taken.append(version_now(folder)))
    monkeypatch.setattr(reloading, "FOLDER_SECONDS", 0.0)
    for number in range(3):
        (folder / "plan.toml").write_text((folder / "plan.toml").read_text("utf-8") + f"# {number}\n", encoding="utf-8")
        watch.look()
        assert taken == []
    watch.look()
    assert taken == [version_now(folder)]


def test_the_page_of_data_says_that_the_folder_has_changed(make_app, folder):
    client = make_app(baselines=folder).test_client()
    assert "数据文件夹已改动" not in client.get("/data").text
    edit(folder, OLD, NEW)
    assert "数据文件夹已改动" in client.get("/data").text
    assert "The data folder has changed" in client.get("/data?lang=en").text
