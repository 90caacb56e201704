"""The command line: what cannot be used is told in a sentence, and a result is written whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agriplan.commands import output
from agriplan.commands.console import BAD_INPUT
from agriplan.commands.output import write_whole
from agriplan.errors import OutputError
from tests.commands_run import has_chinese, run
from tests.thoroughness import FULL

ROOT = Path(__file__).parents[1]


def refused(*words):
    """What is said, once in each language, about words that cannot be used."""
    said = [run("--lang", lang, *words) for lang in ("zh", "en")]
    assert all(result.exit_code == BAD_INPUT and not result.stdout for result in said), said
    return said[0].stderr, said[1].stderr


UNUSABLE = {
    "nothing": b"",
    "no object": b"[]",
    "half a text": b'{"name": "a',
    "another encoding": '{"name": "方案"}'.encode("gb18030"),
    "half a surrogate pair": b'{"name": "\\ud800"}',
    "deep nesting": b"[" * 100_000,
    "a number of 5,000 digits": b'{"target": {"milk": ' + b"9" * 5000 + b"}}",
    "not a number": b'{"growth": {"milk": {"150500": NaN}}}',
    "infinite": b'{"target": {"milk": 1e999}}',
    "true for a number": b'{"target": {"milk": true}}',
    "a key twice": b'{"target": {"milk": 1}, "target": {"milk": 2}}',
    "a word for a cap": b'{"allocation": {"milk": {"max_growth": "non"}}}',
    "an indicator of no name": b'{"target": {"": 1}}',
}


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE)
def test_a_scenario_that_cannot_be_used_is_told_with_its_file_in_both_languages(tmp_path, content):
    file = tmp_path / "plan.json"
    file.write_bytes(content)
    ways = [("plan", "--scenario", file), ("compare", file, file)]
    turn = [*UNUSABLE.values()].index(content) % 2
    for chinese, english in (refused(*way) for way in (ways if FULL else [ways[turn]])):
        assert chinese.startswith("plan.json: ")
        assert has_chinese(chinese)
        assert english.startswith("plan.json: ")
        assert not has_chinese(english)
        assert "pydantic" not in english
        assert "function-" not in english


def test_every_scenario_of_a_comparison_is_told_what_is_wrong_with_it(tmp_path):
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    first.write_text('{"target": {"milc": 1}}')
    second.write_text('{"status_margin": -1}')
    chinese, _ = refused("compare", first, second)
    assert [line.split(":")[0] for line in chinese.splitlines()] == ["one.json", "two.json"]


def test_a_word_that_is_nearly_right_is_told_apart_from_a_number(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text('{"allocation": {"milk": {"max_growth": "non", "criteria": {"scale": -1}}}}')
    _, english = refused("plan", "--scenario", file)
    assert english.splitlines() == [
        'plan.json: allocation.milk.max_growth: "non" is not one of none; did you mean "none"?',
        "plan.json: allocation.milk.criteria.scale: -1 is out of range: it must be at least 0",
    ]


def test_a_year_outside_the_plan_is_told_by_the_option_that_it_was_typed_with():
    chinese, english = refused("evaluate", "--as-of", "2019")
    assert chinese.startswith("--as-of: ")
    assert english.startswith("--as-of: ")
    assert "as_of" not in chinese + english


def test_a_scenario_saved_with_a_byte_order_mark_or_by_powershell_is_read(tmp_path):
    file = tmp_path / "plan.json"
    for encoding in ("utf-8-sig", "utf-16"):
        file.write_bytes('{"name": "通辽提速"}'.encode(encoding))
        assert json.loads(run("plan", "--scenario", file, "--json").stdout)["scenario"] == {"name": "通辽提速"}


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--scenario", "."),
        ("plan", "--scenario", "missing.json"),
        ("compare", "missing.json"),
        ("compare", ".", "."),
        ("read", "."),
        ("read", "missing.xlsx"),
        ("read", "README.md"),
        ("workbook", "nowhere"),
        ("check", "--baselines", "missing"),
        ("check", "--template", "missing.xlsx"),
        ("backtest", "--baselines", "README.md"),
    ],
)
def test_what_is_missing_or_of_another_sort_is_told_in_both_languages(words, monkeypatch):
    monkeypatch.chdir(ROOT)
    chinese, english = refused(*words)
    assert has_chinese(chinese)
    assert english
    assert not has_chinese(english)


@pytest.mark.parametrize("words", [("plna",), ("plan", "--jsn"), ("compare",), ("workbook",), ("plan", "too", "many")])
def test_a_command_written_wrong_gets_a_chinese_sentence_too(words):
    result = run(*words)
    assert result.exit_code == BAD_INPUT
    assert "命令写法有误" in result.stderr
    assert "命令写法有误" not in run("--lang", "en", *words).stderr


def test_a_place_that_cannot_be_written_to_is_told(tmp_path, quickly_made):
    file = tmp_path / "plan"
    file.write_text("{}")
    for words in (
        ("workbook", "通辽", "-o", file / "a.xlsx"),
        ("workbook", "all", "-o", file),
        ("compare", file, file, "-o", tmp_path),
        ("compare", file, file, "-o", file / "a.xlsx"),
    ):
        chinese, english = refused(*words)
        assert str(words[-1]) in chinese
        assert "cannot be written" in english
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_disk_that_fills_up_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    path = write_whole(tmp_path / "new folder" / "a.xlsx", b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.os, "fdopen", full)
    with pytest.raises(OutputError):
        write_whole(path, b"new")
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [("a.xlsx", b"old")]


def test_whoever_stops_the_program_keeps_the_old_file(tmp_path, monkeypatch):
    path = write_whole(tmp_path / "a.xlsx", b"old")

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [("a.xlsx", b"old")]


def test_a_written_file_may_be_read_like_any_other_new_file(tmp_path):
    usual, ours = tmp_path / "usual", tmp_path / "ours"
    usual.write_bytes(b"")
    assert write_whole(ours, b"").stat().st_mode == usual.stat().st_mode


@pytest.fixture
def quickly_made(monkeypatch):
    """Workbooks that say only whose they are: this is about where they go."""
    monkeypatch.setattr(output, "write_workbook", lambda _plan, code, *_: code.encode())
    monkeypatch.setattr(output, "write_pack", lambda *_: b"pack")


def test_all_workbooks_go_into_a_folder_or_into_one_pack(tmp_path, quickly_made):
    told = run("workbook", "all", "-o", tmp_path / "out").stdout.splitlines()
    assert {Path(path).name for path in told} == {path.name for path in (tmp_path / "out").iterdir()}
    assert len(told) == 13
    assert run("workbook", "all", "-o", tmp_path / "all.zip").stdout.splitlines() == [str(tmp_path / "all.zip")]
    assert (tmp_path / "all.zip").read_bytes() == b"pack"


def test_one_workbook_goes_to_a_file_or_under_its_name_into_a_folder(tmp_path, quickly_made):
    run("workbook", "Tongliao", "-o", tmp_path / "a.xlsx")
    run("workbook", "通辽", "-o", tmp_path, "--lang", "en")
    run("workbook", "region", "-o", tmp_path / "new")
    files = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.xlsx")}
    assert files == {"a.xlsx": "150500", "Tongliao.xlsx": "150500", "new/内蒙古自治区.xlsx": "150000"}


def program(*words, **changes):
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | changes
    command = [sys.executable, "-m", "agriplan", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT)


def test_a_reader_who_has_seen_enough_ends_the_program_quietly():
    process = program("plan", "--csv")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


@pytest.mark.parametrize("form", ["--csv", pytest.param("--json", marks=pytest.mark.thorough)])
def test_a_file_is_utf8_where_the_terminal_is_not(form):
    out, problems = program("plan", form, PYTHONIOENCODING="gbk", PYTHONUTF8="0").communicate()
    assert "呼和浩特市" in out.decode("utf-8")
    assert problems == b""
