"""A change of a plan folder that is killed or fails at any step can be undone, or is not begun; so can undoing."""

import json
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from killed_at_steps import killed_at_steps

from agriplan.cli import main
from agriplan.commands import folders
from agriplan.commands.folders import BEFORE, change_folder, make_folder, undo_change
from agriplan.errors import OutputError
from agriplan.places import baselines_folder
from tests.thoroughness import tried

FIRST, OLD, NEW = (
    {name: f"{time} {name}" for name in ("sources.csv", "observed.csv", "missing.csv")} for time in "abc"
)


@pytest.fixture(autouse=True)
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files say is no matter here."""
    monkeypatch.setattr(folders, "_checked", lambda *_: None)
    monkeypatch.setattr(folders, "read_baselines", lambda *_: None)


def contents(folder: Path) -> dict[str, str]:
    """The files of the folder; a draft that a kill left is hidden, and none of them."""
    return {path.name: path.read_text() for path in folder.glob("[!.]*.csv")}


def begun(folder: Path) -> Path:
    """A folder that was changed once already."""
    make_folder(folder, {"plan.toml": b"", **{name: text.encode() for name, text in FIRST.items()}})
    change_folder(folder, folder, OLD)
    return folder


def begin_with(top: Path, made: list[Path], prepare: Callable[[Path], object], step: Callable[[Path], object]):
    numbers = count()

    def begin() -> Callable[[], object]:
        made.append(begun(top / str(next(numbers))))
        prepare(made[-1])
        return lambda: step(made[-1])

    return begin


def test_a_change_killed_at_any_step_is_undone_or_was_not_begun(tmp_path: Path):
    made: list[Path] = []
    begin = begin_with(tmp_path, made, lambda _: None, lambda folder: change_folder(folder, folder, NEW))
    seen = set()
    for step in killed_at_steps(begin, every=tried(11, 1)):
        found = contents(made[-1])
        assert all(text in (OLD[name], NEW[name]) for name, text in found.items()), step
        undo_change(made[-1])
        # Where nothing was kept of this change yet, it is the one before that is undone.
        undone = contents(made[-1])
        assert undone in (OLD, FIRST), step
        assert undone == OLD or found == OLD, step
        seen.add((found == OLD, found == NEW, undone == OLD))
    assert (False, False, True) in seen  # between two files, too
    assert contents(made[-1]) == NEW


def test_undoing_that_is_killed_at_any_step_is_undone_by_the_next_try(tmp_path: Path):
    made: list[Path] = []
    begin = begin_with(tmp_path, made, lambda folder: change_folder(folder, folder, NEW), undo_change)
    mixed = False
    for step in killed_at_steps(begin, every=tried(11, 1)):
        found = contents(made[-1])
        mixed |= found not in (OLD, NEW)
        if (made[-1] / BEFORE / "after.json").exists():
            undo_change(made[-1])
        else:  # it was done, but for clearing away
            with pytest.raises(OutputError, match="nothing in this folder to undo"):
                undo_change(made[-1])
            assert found == OLD, step
        assert contents(made[-1]) == OLD, step
    assert mixed
    assert contents(made[-1]) == OLD


def test_a_new_folder_is_made_with_what_undoes_its_change_or_not_at_all(tmp_path: Path):
    made: list[Path] = []
    old = begun(tmp_path / "old")
    numbers = count()

    def begin() -> Callable[[], object]:
        made.append(tmp_path / f"new {next(numbers)}")
        return lambda: change_folder(old, made[-1], NEW)

    for step in killed_at_steps(begin, every=tried(11, 1)):
        if made[-1].exists():
            undo_change(made[-1])
            assert contents(made[-1]) == OLD, step
    assert contents(made[-1]) == NEW
    assert any(one.exists() for one in made[:-1]) or len(made) > 5


@pytest.mark.parametrize("failing", list(NEW))
def test_where_one_file_cannot_be_written_none_stays_changed(failing: str, tmp_path: Path, monkeypatch):
    folder, write = begun(tmp_path / "plan"), folders.write_whole

    def refuse(path: Path, data: bytes) -> Path:
        if path == folder / failing and data == NEW[failing].encode():
            raise OutputError([])
        return write(path, data)

    monkeypatch.setattr(folders, "write_whole", refuse)
    with pytest.raises(OutputError):
        change_folder(folder, folder, NEW)
    assert contents(folder) == OLD


@pytest.mark.parametrize("changed", [None, "d"])
def test_what_was_changed_or_taken_away_since_is_not_brought_back(changed: str | None, tmp_path: Path):
    folder = begun(tmp_path / "plan")
    (folder / "observed.csv").unlink() if changed is None else (folder / "observed.csv").write_text(changed)
    with pytest.raises(OutputError) as told:
        undo_change(folder)
    assert told.value.problems[0].code == "take_unlike_before"


def test_what_an_earlier_version_kept_is_brought_back(tmp_path: Path):
    folder = begun(tmp_path / "plan")
    for file in (folder / BEFORE).iterdir():
        file.rename(file.with_name(file.name.partition("-")[2] or file.name))
    assert {one.name for one in (folder / BEFORE).iterdir()} == {*OLD, "after.json"}
    assert set(json.loads((folder / BEFORE / "after.json").read_text())) == set(OLD)
    undo_change(folder)
    assert contents(folder) == FIRST
    assert not (folder / BEFORE).exists()


def test_a_take_that_was_stopped_between_its_files_can_be_undone_or_taken_again(tmp_path: Path, monkeypatch):
    monkeypatch.undo()
    folder = Path(shutil.copytree(baselines_folder(), tmp_path / "plan"))
    table = Path(__file__).parent / "tables" / "years_across.txt"
    said = ("--accept", "--basis", "local", "--grade", "secondary", "--source", "通辽市统计年鉴")
    words = [str(one) for one in ("take", table, "-o", folder, *said)]
    before = {name: (folder / name).read_bytes() for name in ("sources.csv", "observed.csv")}
    assert CliRunner().invoke(main, words).exit_code == 0
    after = {name: (folder / name).read_bytes() for name in before}
    (folder / "observed.csv").write_bytes(before["observed.csv"])  # as a kill between the two leaves it
    kept = Path(shutil.copytree(folder, tmp_path / "kept"))
    assert CliRunner().invoke(main, ["take", "--undo", "-o", str(folder)]).exit_code == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert CliRunner().invoke(main, [word.replace(str(folder), str(kept)) for word in words]).exit_code == 0
    assert {name: (kept / name).read_bytes() for name in before} == after
