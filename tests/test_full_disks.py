"""A disk that is full before a result is whole: every command ends with 2 and a sentence, however Python writes."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import FileIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from agriplan.cli import main
from agriplan.store import open_store
from agriplan.web.log import LineWriter

resource = pytest.importorskip("resource", reason="Windows has no limits of a file's size")
# Files may grow so far, as a disk lets them: a part of what is written is taken, and the rest refused.
ROOM, LEFT = 1_000_000, 100
LINES = {
    "plan": ["plan"],
    "plan as JSON": ["plan", "--json"],
    "plan as CSV": ["plan", "--csv"],
    "export": ["export"],
    "evaluate": ["evaluate", "--json"],
    "brief": ["evaluate", "-o", "-"],
    "backtest": ["backtest", "--json"],
    "compare": ["compare", "a.json", "b.json", "--json"],
    "backup": ["backup", "-", "--database", "sqlite:///store.sqlite3"],
    "help": ["plan", "--help"],
}


@contextmanager
def little_room() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def nearly_full(file: Path) -> FileIO:
    raw = FileIO(file, "w")
    raw.truncate(ROOM - LEFT)
    raw.seek(ROOM - LEFT)
    return raw


@pytest.mark.one_in(2)
@pytest.mark.parametrize("words", LINES.values(), ids=LINES)
def test_a_result_that_is_cut_short_is_told_where_python_does_not_buffer(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for name in ("a.json", "b.json"):
        Path(name).write_text("{}", encoding="utf-8")
    if "backup" in words:
        with open_store("sqlite:///store.sqlite3") as store:
            store.save("甲", "{}")
    unbuffered = TextIOWrapper(nearly_full(tmp_path / "stdout"), encoding="utf-8", write_through=True)  # type: ignore[type-var]
    monkeypatch.setattr(sys, "stdout", unbuffered)
    monkeypatch.setattr(sys, "stderr", StringIO())
    with closing(unbuffered), little_room(), pytest.raises(SystemExit) as ended:
        main(words, prog_name="agriplan")
    assert ended.value.code == 2
    assert "磁盘已满" in sys.stderr.getvalue()
    assert Path("stdout").stat().st_size == ROOM


@pytest.mark.parametrize("room", [40_000, 20_000])  # less than an empty store takes, or the index of its log
def test_a_backup_that_has_no_room_is_told_so(room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOM", room)
    address, copy = f"sqlite:///{tmp_path / 'store.sqlite3'}", tmp_path / "copy.sqlite3"
    with open_store(address) as store:
        store.save("甲", "{}")
    monkeypatch.setattr(sys, "stderr", StringIO())
    with little_room(), pytest.raises(SystemExit) as ended:
        main(["backup", str(copy), "--database", address], prog_name="agriplan")
    assert ended.value.code == 2
    (told,) = sys.stderr.getvalue().splitlines()
    assert told.startswith(f"{copy}: 无法写入" if room == 40_000 else "磁盘已满")
    assert "磁盘已满" in told
    assert "稍后" not in told
    assert not copy.exists()


def test_a_line_of_the_log_that_is_taken_in_parts_is_written_whole(monkeypatch: pytest.MonkeyPatch):
    written = bytearray()

    def take_some(_: int, line: bytes) -> int:
        written.extend(line[:5])
        return min(5, len(line))

    monkeypatch.setattr(os, "write", take_some)
    lines = LineWriter(1)
    lines.write(b'{"event": "served"}\n')
    lines.flush()
    assert bytes(written) == b'{"event": "served"}\n'
