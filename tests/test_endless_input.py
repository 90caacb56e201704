"""What is handed in is taken no further than its bound: an endless stream or file ends with 2 and a sentence."""

import os
import signal
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from agriplan.baselines.files import FILES
from agriplan.bounded_reading import MOST_JSON, MOST_TEMPLATE, MOST_UPLOAD
from agriplan.cli import main
from agriplan.places import baselines_folder

# Words of each command that reads a file, by the parameter that names it: `{}` is the file.
DOORS = {
    ("plan", "file"): ["plan", "--scenario", "{}"],
    ("workbook", "file"): ["workbook", "150500", "-o", "a.xlsx", "--scenario", "{}"],
    ("workbook", "template"): ["workbook", "150500", "-o", "a.xlsx", "--template", "{}"],
    ("read", "file"): ["read", "{}"],
    ("check", "template"): ["check", "--template", "{}"],
    ("restore", "file"): ["restore", "--database", "sqlite:///a.sqlite3", "{}"],
    ("compare", "files"): ["compare", "{}", "b.json"],
    ("compare", "template"): ["compare", "b.json", "b.json", "-o", "a.xlsx", "--template", "{}"],
    ("evaluate", "file"): ["evaluate", "--scenario", "{}"],
    ("evaluate", "template"): ["evaluate", "-o", "a.docx", "--template", "{}"],
    ("export", "file"): ["export", "--csv", "-o", "a.csv", "--scenario", "{}"],
    ("take", "files"): ["take", "{}"],
    ("roll", "file"): ["roll", "--target-year", "2030", "-o", "a", "--scenario", "{}"],
    ("init", "areas"): ["init", "a", "--region", "{}"],
}
# Parameters that name a data folder, or what is written; the server reads as `check` does.
FOLDERS = {"baselines", "source"}
WRITTEN = {("backup", "file"), ("init", "folder"), ("serve", "template")}
OF_STREAMS = [key for key in DOORS if key[1] != "template"]


class Endless(RawIOBase):
    """Zeros without end; who takes more than any door allows is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self.taken += len(into)
        assert self.taken <= 2 * MOST_TEMPLATE, "more is taken than any door allows"
        into[:] = bytes(len(into))
        return len(into)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("b.json").write_text("{}", encoding="utf-8")


def large(path: Path) -> None:
    """A file of nothing but zeros that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(3 * MOST_TEMPLATE)


def tell(words: list[str], stream: Any = b"") -> str:
    result = CliRunner().invoke(main, words, input=stream)
    assert result.exit_code == 2, (result.exception, result.stdout)
    assert "Traceback" not in result.stderr
    return result.stderr


def test_every_command_that_reads_a_file_is_walked():
    named = {
        (name, param.name)
        for name, command in main.commands.items()
        for param in command.params
        if isinstance(param.type, click.Path) and param.name not in {*FOLDERS, "output"}
    }
    assert named - WRITTEN == set(DOORS)


@pytest.mark.parametrize("door", OF_STREAMS, ids=" ".join)
def test_standard_input_without_end_is_taken_to_its_bound(door):
    stream = Endless()
    said = tell([word.format("-") for word in DOORS[door]], BufferedReader(stream))
    assert said.startswith("stdin: ")
    assert "不予读取" in said or door[0] == "restore"  # which tells by the first piece that it is no copy
    assert stream.taken <= MOST_UPLOAD + MOST_JSON


@pytest.mark.parametrize("door", DOORS, ids=" ".join)
def test_a_file_beyond_its_bound_is_told_and_not_read(door):
    large(Path("large"))
    said = tell([word.format("large") for word in DOORS[door]])
    assert "large: " in said
    # A copy of the store and a Word file are known by their ends, without being read.
    assert "不予读取" in said or door in {("restore", "file"), ("evaluate", "template")}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_data_folder_beyond_its_bound_is_told_and_not_read(name):
    Path("d").mkdir()
    for file in baselines_folder().iterdir():
        if file.name in FILES:
            Path("d", file.name).write_bytes(file.read_bytes())
    large(Path("d", name))
    assert f"{name}: 文件超过 4 MB，不予读取" in tell(["check", "--baselines", "d"])


@pytest.fixture
def patience():
    """Whoever waits at a pipe for what nobody writes is called away."""

    def called_away(*_: object) -> None:
        raise TimeoutError("it waits for ever")

    before = signal.signal(signal.SIGALRM, called_away)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("door", DOORS, ids=" ".join)
def test_a_pipe_where_a_file_belongs_is_told_and_not_waited_for(door, patience):
    os.mkfifo("pipe")
    said = tell([word.format("pipe") for word in DOORS[door]])
    assert "pipe: 这是管道，不是文件" in said or door == ("restore", "file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipes_in_a_data_folder_or_for_a_database_are_told_and_not_waited_for(patience):
    Path("d").mkdir()
    for name in FILES:
        os.mkfifo(Path("d", name))
    said = tell(["check", "--baselines", "d"])
    assert all(f"{name}: 这是管道，不是文件" in said for name in FILES)
    assert "/d/plan.toml: " in tell(["prune", "--database", "sqlite:///d/plan.toml"])


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no names for streams")
def test_a_stream_that_a_shell_names_is_read_as_ever(patience):
    out, into = os.pipe()
    os.write(into, b'{"growth": {"milk": {"150500": 99.5}}}')
    os.close(into)
    told = CliRunner().invoke(main, ["compare", "b.json", f"/dev/fd/{out}"])
    os.close(out)
    assert (told.exit_code, "99.5" in told.stdout) == (0, True), told.output
