"""A hundred command lines, right and wrong: exit status 0 or 2, sentences on stderr, nothing half written."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from rich.cells import cell_len

from agriplan.analysis import evaluation
from agriplan.cli import main
from agriplan.commands import output, session
from agriplan.commands.options import YEAR
from agriplan.parsing import FIRST_YEAR, LAST_YEAR
from agriplan.report import tidy
from agriplan.store import open_store
from agriplan.workbook import checked_template
from agriplan.workbook.files import find_template
from agriplan.workbook.readback import inputs
from tests.commands_run import has_chinese
from tests.thoroughness import FULL, by_turns, tried

ROOT = Path(__file__).parents[1]
LINES = tomllib.loads((Path(__file__).parent / "typed" / "command_lines.toml").read_text(encoding="utf-8"))["line"]
FILES = {
    "default.json": "{}",
    "faster.json": '{"growth": {"milk": {"150500": 8}}}',
    "broken.json": '{"target": {"milc": 1}}',
    "late.json": '{"as_of": 2031}',
    "words.txt": "填报说明",
    "whole.json": '{"fingerprint": "d2e14b411f732bcb", "scenario": {}, "indicators": []}',
    "table.csv": "2021年奶类产量（万吨）,\n盟市,产量\n通辽市,39.1\n赤峰市,48.4\n",
}


@pytest.fixture(scope="module")
def edited():
    """A workbook as it was made."""
    made = session.Session("zh", None)
    return output.write_workbook(made.plan_of(None), "150500", output.load_template(None, "zh"), "zh")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store where one scenario was saved and archived, in one file."""
    file = tmp_path_factory.mktemp("store") / "kept.sqlite3"
    with open_store(f"sqlite:///{file}") as store:
        store.save("通辽提速", "{}")
        store.archive("通辽提速")
    return file.read_bytes()


@pytest.fixture
def here(tmp_path, monkeypatch, edited, kept):
    """The folder that the lines speak of; what lines have in common is made once, workbooks say only whose they are."""
    tmp_path = tmp_path / "here"
    tmp_path.mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "edited.xlsx").write_bytes(edited)
    (tmp_path / "kept.sqlite3").write_bytes(kept)
    for name in ("folder", "one.xlsx"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path.parent / "store.sqlite3").write_bytes(kept)
    monkeypatch.setenv("AGRIPLAN_DATABASE", f"sqlite:///{tmp_path.parent}/store.sqlite3")
    for name in ("read_baselines", "suggestions_for", "make_plan"):
        monkeypatch.setattr(session, name, MADE[name])
    for module, name in ((inputs, "read_back"), (tidy, "tidy"), (evaluation, "evaluate")):
        monkeypatch.setattr(module, name, MADE[name])
    monkeypatch.setattr(checked_template, "read_checked_template", MADE["read_checked_template"])
    monkeypatch.setattr(checked_template, "check_formulas", lambda *_: 1)
    monkeypatch.setattr(output, "write_workbook", lambda _plan, code, *_: code.encode())
    monkeypatch.setattr(output, "write_pack", lambda *_: b"pack")
    monkeypatch.setattr(output, "write_comparison", lambda *_: b"comparison")
    return tmp_path


def once(make, key=lambda *given: given):
    """What makes the same of the same, and remembers it; what was refused is tried again."""
    made = {}

    def remember(*given):
        known = key(*given)
        if known not in made:
            made[known] = make(*given), given  # what was given stays, and with it the identities that are known
        return made[known][0]

    return remember


MADE = {
    "read_baselines": once(session.read_baselines),
    "suggestions_for": once(session.suggestions_for, id),
    "make_plan": once(session.make_plan, lambda scenario, *data: (scenario.model_dump_json(), *map(id, data))),
    "read_back": once(inputs.read_back, lambda sent, *data: (sent, *map(id, data))),
    "tidy": once(tidy.tidy, lambda plan, chosen: (id(plan), chosen)),
    "evaluate": once(evaluation.evaluate, lambda plan, _, year: (id(plan), year)),
    "read_checked_template": once(
        checked_template.read_checked_template,
        lambda plan, lang, own=None: (id(plan), lang, find_template(own, lang).version),
    ),
}


def inside(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line["words"]) + " <" * ("stdin" in line))
def test_a_command_line_does_what_it_says_or_says_what_is_wrong(line, here):
    before = inside(here)
    sent = (here / line["stdin"]).read_bytes() if "stdin" in line else b""
    result = CliRunner().invoke(main, line["words"], input=sent)
    said = result.stdout_bytes.decode("utf-8", errors="replace")
    assert result.exit_code == (2 if "err" in line else 0), result.output
    assert line.get("out", "") in said
    assert line.get("err", "") in result.stderr
    assert "Traceback" not in result.output
    assert inside(here) - before == set(line.get("writes", ()))
    if "err" in line:
        assert bool(said) == ("out" in line)
        assert has_chinese(result.stderr) or "out" in line


WRONG = [line for line in LINES if line.get("err")]


# Every sentence there is is judged in both languages elsewhere: here a third of the lines with every run.
@pytest.mark.parametrize("line", WRONG[:: tried(3, 1)], ids=lambda line: " ".join(line["words"]))
def test_what_is_wrong_is_told_in_english_where_that_is_asked_for(line, here):
    if "--lang" in line["words"][:1] or line["words"][0] == "serve":  # what cannot start says so in both languages
        return
    sent = (here / line["stdin"]).read_bytes() if "stdin" in line else b""
    told = CliRunner().invoke(main, ["--lang", "en", *line["words"]], input=sent).stderr
    for word in line["words"]:
        told = told.replace(word, "")
    assert told
    assert not has_chinese(told)


def commands():
    return {name: main.commands[name] for name in sorted(main.commands)} | {"": main}


def test_a_year_on_the_command_line_is_one_that_a_figure_may_have():
    assert (YEAR.min, YEAR.max) == (FIRST_YEAR, LAST_YEAR)


@pytest.mark.parametrize("name", commands())
def test_help_is_whole_in_one_language(name):
    for lang in ("zh", "en"):
        told = CliRunner().invoke(main, ["--lang", lang, *([name] if name else []), "--help"]).stdout
        body = "\n".join(line for line in told.splitlines() if "sqlite3" not in line)
        if lang == "en":
            assert not has_chinese(body)
        else:
            left = re.sub(r"(?m)^\s+\S+(, \S+)*( [A-Z][A-Z ]*| \[[^\]]*\])?|^用法.*", "", body)
            assert not re.search(r"\b(the|this|and|of|show|file)\b", left), left
        assert " / " not in body
        headings = re.findall(r"(?m)^\S+([:：])$", body)
        assert set(headings) == {"：" if lang == "zh" else ":"}


@pytest.mark.parametrize("name", commands())
def test_what_help_explains_stands_in_one_column_of_the_terminal_and_within_its_lines(name):
    """A Chinese letter takes two cells there."""
    for lang in ("zh", "en"):
        told = CliRunner().invoke(main, ["--lang", lang, *([name] if name else []), "--help"]).stdout
        assert max(map(cell_len, told.splitlines())) <= 80
        for part in re.split(r"(?m)^\S+[:：]$", told)[1:]:
            starts = re.findall(r"(?m)^(  \S.*?  +|   +)\S", part)
            assert len(set(map(cell_len, starts))) == 1, part


@pytest.mark.parametrize("name", commands())
def test_an_option_that_takes_a_year_says_so(name):
    options = [one for one in commands()[name].params if isinstance(one, click.Option)]
    years = [one for one in options if one.type is YEAR or one.name.endswith(("year", "as_of"))]
    assert {one.metavar for one in years} <= {"YEAR"}


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_explained_in_both_languages(name):
    command = commands()[name]
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    for text in (command.help, *(one.help for one in options)):
        chinese, bar, english = text.partition(" / ")
        assert bar, (name, text)
        assert has_chinese(chinese) or re.fullmatch(r"[\w（）]+", chinese), text
        assert not has_chinese(english)


def completed(words, begun):
    completion = ShellComplete(main, {}, "agriplan", "_AGRIPLAN_COMPLETE")
    return {item.value for item in completion.get_completions(words, begun)}


def test_commands_areas_and_indicators_are_completed():
    assert completed([], "wor") == {"workbook"}
    assert completed(["workbook"], "通") == {"通辽市"}
    assert {"Hohhot", "Hinggan", "Hulunbuir"} <= completed(["workbook"], "h")
    assert completed(["workbook"], "al") >= {"all"}
    assert completed(["plan", "--area"], "Tong") == {"Tongliao"}
    assert completed(["plan", "--indicator"], "mi") == {"milk"}
    assert "--indicator" in completed(["plan"], "--in")


def test_the_line_of_the_readme_makes_a_shell_complete(tmp_path):
    line = re.search(r'eval "\$\((_AGRIPLAN_COMPLETE=bash_source) agriplan\)"', (ROOT / "README.md").read_text("utf-8"))
    name, _, value = line[1].partition("=")
    (tmp_path / "agriplan").write_text("from agriplan.cli import main\nmain(prog_name='agriplan')\n")
    made = subprocess.run(
        [sys.executable, str(tmp_path / "agriplan")],
        env={**os.environ, "PYTHONPATH": str(ROOT), name: value},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "complete -o nosort -F _agriplan_completion agriplan" in made.stdout


def test_a_table_is_never_cut_however_long_a_name_is(here):
    name = "很长的方案名称" * 8
    (here / "long.json").write_text(json.dumps({"name": name, "target": {"milk": 900}}), encoding="utf-8")
    told = CliRunner().invoke(main, ["compare", "default.json", "long.json"]).stdout
    assert "…" not in told
    assert any(name in line and line.startswith("改动项") for line in told.splitlines()), told


def test_what_is_said_goes_through_the_one_place_that_knows_closed_and_full_streams():
    modules = [ROOT / "agriplan" / "cli.py", *(ROOT / "agriplan" / "commands").glob("*.py")]
    saying = {
        path.name for path in modules if re.search(r"click\.(echo|secho|version_option)\b", path.read_text("utf-8"))
    }
    assert saying == {"console.py"}


# What only a process of its own shows: the shell line, its exit status, and what it says on stdout or stderr.
PROCESSES = {
    "stdout closed": ("$A plan >&-", 2, "标准输出已关闭"),
    "stdout closed, as JSON": ("$A plan --json >&-", 2, "标准输出已关闭"),
    "stderr closed": ("$A plan --area 通辽 2>&-", 0, "通辽市"),
    "stdin closed": ("$A plan --scenario - <&-", 2, "stdin"),
    "disk full": ("$A plan > /dev/full", 2, "无法写入"),
    "a device as a file": ("$A export --area 通辽 -o /dev/stdout | head -c 9 && test -L /dev/stdout", 0, "area"),
    "a device for a workbook": ("$A workbook 通辽 -o /dev/full", 2, "无法写入"),
    "a full disk for templates": (
        "$A template -o mine > /dev/full; s=$?; ls mine; rm -r mine; exit $s",
        2,
        "workbook.xlsx",
    ),
    "Chinese characters of another code": ("PYTHONUTF8=0 PYTHONIOENCODING=gb18030 $A --lang en plan --area x", 2, "x"),
    "a locale without Chinese, a file, and a link that stays one": (
        "ln -s a.csv 通辽.csv && PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 LC_ALL=C $A export --area 通辽 -o 通辽.csv"
        " && test -L 通辽.csv && grep -q area a.csv && ls && rm *.csv",
        0,
        "通辽.csv",
    ),
    "a figure goes on from pipe to pipe": (
        "$A workbook 通辽 -o - | $A read - | $A compare - - --json; exit ${PIPESTATUS[2]}",
        2,
        "stdin",
    ),
    "disk full, a database": ("$A export --sqlite > /dev/full", 2, "无法写入"),
    "disk full, a file": ("$A export -o /dev/full/x.csv", 2, "无法写入"),
    "disk full, the version": ("$A --version > /dev/full", 2, "无法写入"),
    "disk full, help": ("$A --help > /dev/full", 2, "无法写入"),
    "disk full, help of a command": ("$A --lang en plan --help > /dev/full", 2, "cannot be written"),
    "disk full, words for a shell": ("_AGRIPLAN_COMPLETE=bash_source eval $N > /dev/full", 2, "无法写入"),
    "stdout closed, the version": ("$A --lang en --version >&-", 2, "stdout is closed"),
    "stdout closed, help": ("$A --help >&-", 2, "标准输出已关闭"),
    "stdout closed, help of a command": ("$A serve -h >&-", 2, "标准输出已关闭"),
    "a slip, stderr full": ("$A plna 2> /dev/full", 2, ""),
    "a wrong word, stderr full": ("$A plan --area x 2> /dev/full", 2, ""),
    "a slip, stderr closed": ("$A plna 2>&-", 2, ""),
    "help that nobody reads on": ("$A --help | head -c 3; exit ${PIPESTATUS[0]}", 0, "用"),
    "a reader that has seen enough": ("$A export | head -c 7; exit ${PIPESTATUS[0]}", 0, "area"),
    "a locale without Chinese": ("PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 LC_ALL=POSIX $A plan --area 通辽", 0, "通辽市"),
    "Latin-1": ("PYTHONIOENCODING=latin-1 $A plan --area 通辽", 0, "通辽市"),
    "no home": ("env -i PYTHONPATH=$PYTHONPATH $A plan --area 150500", 0, "通辽市"),
    "a home that is none": ("HOME=/dev/null $A plan --area 150500", 0, "通辽市"),
    "a template that is not there": ("$A workbook 通辽 --template missing.xlsx -o a.xlsx", 2, "missing.xlsx"),
    "from pipe to pipe": ("echo '{}' | $A plan --scenario - --json | $A plan --scenario -", 2, "stdin"),
}
# Further examples of surroundings that another line has, for what is said in another way.
FURTHER = {
    *("stdout closed", "a device for a workbook", "disk full, a database", "disk full, help of a command"),
    "disk full, a file",  # a file as a folder, as among the lines
    *("stdout closed, help of a command", "a wrong word, stderr full", "a locale without Chinese"),
    *("a home that is none", "a template that is not there", "a figure goes on from pipe to pipe"),
    *("disk full, help", "stdout closed, the version", "a slip, stderr closed", "disk full", "Latin-1"),
    *("disk full, words for a shell", "a reader that has seen enough", "stdout closed, help", "no home"),
    *("disk full, the version", "help that nobody reads on"),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", [name for name in PROCESSES if FULL or name not in FURTHER])
def test_a_process_in_odd_surroundings_ends_with_0_or_2_and_a_sentence(name, tmp_path):
    line, status, said = PROCESSES[name]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "A": f"{sys.executable} -m agriplan"}
    surroundings["N"] = f"{sys.executable} -c 'from agriplan.cli import main; main(prog_name=\"agriplan\")'"
    surroundings.pop("PYTHONUTF8", None)
    result = subprocess.run(["bash", "-c", line], env=surroundings, cwd=tmp_path, capture_output=True, check=False)
    told = (result.stdout + result.stderr).decode("utf-8", errors="replace")
    assert result.returncode == status, told
    assert said in told
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    assert list(tmp_path.iterdir()) == []


def start(folder, *words, script=None):
    return subprocess.Popen(
        [sys.executable, *([script] if script else ["-m", "agriplan"]), *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Tests that run in the background have SIGINT ignored, which a process would take over.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )


SAYS_WHEN_IT_LISTENS = """
from agriplan import __main__ as command

class Stops(command.Stops):
    def __init__(self):
        super().__init__()
        print("listening", flush=True)

command.Stops = Stops
command.start_command_line()
"""


# A moment of loading each, behind the one at which the program begins to listen.
@pytest.mark.parametrize(("lang", "moment"), by_turns(["zh", "en"], [0.05, 0.3, 0.7]))
def test_whoever_stops_a_command_while_it_loads_is_told_and_it_ends_with_2(moment, lang, tmp_path):
    (tmp_path / "says.py").write_text(SAYS_WHEN_IT_LISTENS)
    process = start(tmp_path, "--lang", lang, "workbook", "all", "-o", "out", script="says.py")
    assert process.stdout.readline() == "listening\n"
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()  # a quick machine has written some files by the last moment
    told = {"zh": "已按要求停止", "en": "stopped as asked"}[lang]
    assert process.returncode == 2, said
    assert said.strip().startswith(told)
    assert "Abort" not in said


def test_only_what_hears_a_stop_is_loaded_before_it_is_heard(tmp_path):
    (tmp_path / "loads.py").write_text(
        "import gc, os, signal, sys, time\nknown = {*sys.modules}\nimport agriplan.__main__\n"
        "print(*sorted({*sys.modules} - known))\n"
    )
    loaded, _ = start(tmp_path, script="loads.py").communicate()
    assert loaded.split() == ["agriplan", "agriplan.__main__", "agriplan.stopping"]


def test_a_stop_within_code_made_from_a_text_does_not_end_the_process_by_the_signal(tmp_path):
    (tmp_path / "stops.py").write_text(
        "import os, signal, sys\nfrom agriplan.stopping import Stops\nstops = Stops()\nstops.listen()\n"
        "try:\n    exec('os.kill(os.getpid(), signal.SIGINT)')\nexcept KeyboardInterrupt:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n    sys.exit(2)\n"
    )
    process = start(tmp_path, script="stops.py")
    process.communicate()
    assert process.returncode == 2


@pytest.mark.parametrize("moment", ["install(number, handler)\n    {}", "{}\n    install(number, handler)"])
def test_a_stop_as_soon_as_it_is_heard_is_told(tmp_path, moment):
    (tmp_path / "soon.py").write_text(
        "import os, signal, sys\nfrom agriplan.__main__ import start_command_line\ninstall = signal.signal\n"
        "def at_once(number, handler):\n    signal.signal = install\n    "
        + moment.format("os.kill(os.getpid(), signal.SIGINT)")
        + "\nsignal.signal = at_once\nsys.argv = ['agriplan', '--version']\nstart_command_line()\n"
    )
    process = start(tmp_path, script="soon.py")
    _, said = process.communicate()
    assert process.returncode == 2, said
    assert re.fullmatch(r"已按要求停止.*\n", said)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the system what a process listens for")
def test_a_stop_behind_the_end_changes_nothing(tmp_path):
    (tmp_path / "ends.py").write_text(
        "import atexit, os, signal, sys\n"
        "from agriplan.__main__ import start_command_line\n"
        "class Late:\n    def __del__(self):\n        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.late = Late()\natexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
        "sys.argv = ['agriplan', '--version']\nstart_command_line()\n"
    )
    process = start(tmp_path, script="ends.py")
    shown, said = process.communicate()
    assert (process.returncode, said) == (0, ""), said
    assert "version" in shown


def test_a_command_that_has_ended_is_not_looked_through_for_garbage(tmp_path):
    (tmp_path / "ends.py").write_text(
        "import atexit, gc, sys\nfrom agriplan.__main__ import start_command_line\n"
        "atexit.register(lambda: print(len(gc.get_objects()) < gc.get_freeze_count()))\n"
        "sys.argv = ['agriplan', '--version']\nstart_command_line()\n"
    )
    shown, _ = start(tmp_path, script="ends.py").communicate()
    assert shown.splitlines()[1:] == ["True"]


def test_whoever_stops_the_pack_is_told_what_is_written_and_all_of_it_is_whole(tmp_path):
    process = start(tmp_path, "workbook", "all", "-o", "out")
    first = process.stdout.readline().strip()
    process.send_signal(signal.SIGINT)
    more, said = process.communicate()
    written = [first, *more.splitlines()]
    assert process.returncode == 2
    assert f"13 个文件中已写好 {len(written)} 个" in said
    assert {path.name for path in (tmp_path / "out").iterdir()} == {Path(path).name for path in written}
    assert "Traceback" not in said


@pytest.mark.parametrize(("lang", "before"), [("en", "stands before the command"), ("zh", "写在命令之前")])
def test_a_language_asked_for_behind_a_command_that_takes_none_is_told_in_it_and_where_it_stands(lang, before):
    for words in (["plan", "--lang", lang], ["compare", "a.json", "b.json", f"--lang={lang}"]):
        result = CliRunner().invoke(main, words, prog_name="agriplan")
        assert result.exit_code == 2
        assert before in result.stderr
        assert f"agriplan --lang {lang} {words[0]} …" in result.stderr
        assert has_chinese(result.stderr) == (lang == "zh")
