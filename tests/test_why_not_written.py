"""What a command cannot write: a sentence says where and why, the status is 2, and nothing half written is left."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agriplan.commands import output
from agriplan.store import open_store
from tests.commands_run import run

resource = pytest.importorskip("resource", reason="Windows has no limits of a file's size")

# Every command that writes, with the ending of what it writes ("": a folder).
WRITES = {
    "workbook": (["workbook", "150500", "-o"], ".xlsx"),
    "export": (["export", "-o"], ".csv"),
    "export to SQLite": (["export", "--sqlite", "-o"], ".sqlite3"),
    "export to Parquet": (["export", "--parquet", "-o"], ".parquet"),
    "compare": (["compare", "a.json", "a.json", "-o"], ".xlsx"),
    "brief": (["evaluate", "-o"], ".docx"),
    "backup": (["backup", "--database", "sqlite:///store.sqlite3"], ".sqlite3"),
    "init": (["init"], ""),
    "template": (["template", "-o"], ""),
    "roll": (["roll", "--target-year", "2030", "-o"], ""),
    "take": (["take", "t.csv", "--accept", "--basis", "local", "--grade", "official", "--source", "x", "-o"], ""),
}
TABLE = "2021年牛肉产量\t\n地区\t产量（万吨）\n通辽市\t15.2\n"


@contextmanager
def no_room() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(autouse=True)
def _begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text("{}", encoding="utf-8")
    Path("t.csv").write_text(TABLE, encoding="utf-8")
    Path("file").touch()
    with open_store("sqlite:///store.sqlite3") as store:
        store.save("甲", "{}")


def told_by(words: list[str], place: str) -> str:
    """The sentence of a command that cannot write to a place."""
    ended = (
        run("--lang", "en", words[0], place, *words[1:]) if words[0] == "backup" else run("--lang", "en", *words, place)
    )
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert isinstance(ended.exception, SystemExit)
    return ended.stderr.splitlines()[-1]


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("words", "ending"), WRITES.values(), ids=WRITES)
def test_a_full_disk_is_told_as_that_by_every_command_that_writes(words: list[str], ending: str):
    with no_room():
        told = told_by(words, f"out{ending}")
    assert "the disk is full" in told
    assert "permission" not in told
    assert [path for path in Path().rglob("out*") if path.is_file()] == []


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("words", "ending"), WRITES.values(), ids=WRITES)
def test_a_file_where_the_path_has_a_folder_is_told(words: list[str], ending: str):
    told = told_by(words, f"file/out{ending}")
    assert told.startswith("file/out")
    assert "a part of the path is a file and no folder" in told or "there is no folder file" in told
    assert Path("file").read_bytes() == b""


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("words", "ending"), [one for one in WRITES.values() if one[1] and one[0][0] != "workbook"])
def test_a_folder_in_the_place_of_a_file_is_told(words: list[str], ending: str):
    Path(f"out{ending}").mkdir()
    told = told_by(words, f"out{ending}")
    assert "a folder of that name is there" in told or "a folder, a device or a pipe" in told
    assert list(Path(f"out{ending}").iterdir()) == []


def test_what_cannot_be_written_leaves_no_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(output, "replace_file", full)
    top = tmp_path / "top"
    (top / "there").mkdir(parents=True)
    for name in ("new/within", "there/new", "there"):
        told = run("template", "-o", top / name)
        assert (told.exit_code, "磁盘已满" in told.stderr) == (2, True), told.output
    assert list(top.rglob("*")) == [top / "there"]
