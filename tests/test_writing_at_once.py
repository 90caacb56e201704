"""Commands that change one data folder at the same time follow each other, or one of them says why it does nothing."""

import csv
import multiprocessing
import shutil
from pathlib import Path

import pytest

from agriplan.commands import held_folder, taking
from agriplan.commands.folders import BEFORE, change_folder
from agriplan.places import baselines_folder
from tests.commands_run import contents, run

if "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("this system has no fork", allow_module_level=True)
FORK = multiprocessing.get_context("fork")
TABLES = {
    "p1.csv": "地区,2021年牛奶产量（万吨）\n通辽市,40.1\n",
    "p2.csv": "地区,2022年牛奶产量（万吨）\n通辽市,42.1\n",
}
SAID = ("--accept", "--basis", "local", "--grade", "secondary", "--source")


@pytest.fixture
def tables(tmp_path: Path) -> list[Path]:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in TABLES]


def taken_at_once(tables: list[Path], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What each of two programs says that have both read the data before either writes."""
    both, check, said = FORK.Barrier(2), taking.check_taken, FORK.SimpleQueue()
    waited = list[bool]()

    def check_together(*words):
        checked = check(*words)
        if not waited:
            waited.append(True)
            both.wait(60)
        return checked

    monkeypatch.setattr(taking, "check_taken", check_together)

    def take(table: Path) -> None:
        result = run("take", table, "-o", folder, *SAID, f"{table.stem}统计表")
        said.put((result.exit_code, result.output))

    programs = [FORK.Process(target=take, args=(table,)) for table in tables]
    for one in programs:
        one.start()
    told = [said.get() for _ in programs]
    for one in programs:
        one.join()
    return told


@pytest.mark.parametrize("is_there", [True, False])
def test_two_takings_at_once_both_arrive(is_there: bool, tables: list[Path], tmp_path: Path, monkeypatch):
    folder = tmp_path / "plan"
    if is_there:
        shutil.copytree(baselines_folder(), folder)
    told = taken_at_once(tables, folder, monkeypatch)
    assert [code for code, _ in told] == [0, 0], told
    rows = list(csv.DictReader((folder / "observed.csv").read_text(encoding="utf-8-sig").splitlines()))
    written = {row["source"] for row in rows if row["value"] in ("40.1", "42.1") and row["area"] == "150500"}
    assert len(written) == 2
    assert run("check", "--baselines", folder).exit_code == 0
    assert {path.name for path in folder.iterdir() if path.name.startswith(".")} == {BEFORE}


@pytest.mark.parametrize("command", ["take", "undo", "init", "roll"])
def test_a_command_that_waits_in_vain_says_so_and_writes_nothing(
    command: str, tables: list[Path], tmp_path: Path, monkeypatch
):
    monkeypatch.setattr(held_folder, "WAIT", 0.0)
    folder = tmp_path / "plan"
    shutil.copytree(baselines_folder(), folder)
    change_folder(folder, folder, {"README.md": ""})
    words = {
        "take": ("take", tables[1], "-o", folder, *SAID, "乙"),
        "undo": ("take", "--undo", "-o", folder),
        "init": ("init", tmp_path / "new"),
        "roll": ("roll", "--target-year", "2030", "-o", tmp_path / "new"),
    }[command]
    before = contents(folder)
    with held_folder.held_folder(folder if command in ("take", "undo") else tmp_path / "new"):
        result = run(*words)
        assert (result.exit_code, "正在写这个文件夹" in result.output) == (2, True), result.output
        assert command != "take" or run("take", tables[1], "-o", folder).exit_code == 0
    assert contents(folder) == before
    assert not (tmp_path / "new").exists()


def test_nothing_holds_a_folder_once_a_program_is_killed(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(held_folder, "WAIT", 0.0)
    holding = FORK.Event()

    def hold() -> None:
        with held_folder.held_folder(tmp_path):
            holding.set()
            FORK.Event().wait()

    program = FORK.Process(target=hold)
    program.start()
    holding.wait(60)
    program.kill()
    program.join()
    with held_folder.held_folder(tmp_path):
        assert list(tmp_path.iterdir()) == []
