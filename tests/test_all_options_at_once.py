"""Every command tells at once all that is wrong with what was typed: no option hides behind another one."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.commands.folders import make_folder
from agriplan.store import open_store

# Of each command: what is typed, every part of it wrong in another way, and where each is told.
AREA, FILE = "“某地”", "none.json: "
LINES = {
    "plan": ("--area 某地 --indicator foo --scenario none.json", [AREA, "“foo”", FILE]),
    "export": ("--area 某地 --scenario none.json -o x.xlsx", [AREA, FILE, "x.xlsx: "]),
    "workbook": (
        "某地 --scenario none.json -o x.pdf --template none.xlsx", [AREA, FILE, "x.pdf: ", "none.xlsx: "],
    ),
    "compare": (
        "bad.json none.json --area 某地 -o x.pdf --template none.xlsx",
        [AREA, FILE, "bad.json: target.milc", "x.pdf: ", "none.xlsx: "],
    ),
    "evaluate": (
        "--as-of 1999 --area 某地 --scenario none.json -o x.pdf --template none.docx",
        ["--as-of: ", AREA, FILE, "x.pdf: ", "none.docx: "],
    ),
    "roll": ("--target-year 2020 --scenario none.json -o full", ["--target-year: ", FILE, "full: "]),
    "init": (
        "full --indicator foo --add x:y:z --base-year 2030 --target-year 2020 --region none.csv",
        ["full: ", "“foo”", "--add x:y:z: ", "--target-year: ", "none.csv: "],
    ),
    "take": (
        "none.csv spoilt.xlsx --area 某地 --basis foo --grade bar --date xx",
        ["none.csv: ", "spoilt.xlsx: ", AREA, "“foo”", "“bar”", "“xx”"],
    ),
    "backtest": ("--area 某地 --indicator foo", [AREA, "“foo”"]),
    "check": ("--baselines none --template none.xlsx", ["none: ", "none.xlsx: "]),
    "read": ("none.xlsx --baselines none", ["none: ", "none.xlsx: "]),
    "backup": ("full --database sqlite:///none.sqlite3", ["full: ", "none.sqlite3: "]),
    "restore": ("none --database sqlite:///none/a.sqlite3", ["none: ", "a.sqlite3: "]),
    "link": ("某地 --database sqlite:///none.sqlite3", [AREA, "none.sqlite3: "]),
}  # fmt: skip
FURTHER = {
    "compare": ("bad.json --indicator foo", ["“foo”", "bad.json: ", "2 至 5"]),
    "evaluate": ("--as-of 去年 --area 通辽 --template none.docx", ["--as-of: ", "--area: ", "--template: "]),
    "plan": ("--scenario none.json --baselines none", [FILE, "none: "]),
}
# What takes one thing that can be wrong beside its own words.
ALONE = {"template", "prune", "serve"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("full").mkdir()
    Path("full", "a.txt").write_text("a", encoding="utf-8")
    Path("bad.json").write_text('{"target": {"milc": 1}}', encoding="utf-8")
    Path("spoilt.xlsx").write_bytes(bytes(range(256)))
    return tmp_path


def test_every_command_that_takes_two_things_is_tried():
    assert LINES.keys() | ALONE == main.commands.keys()


@pytest.mark.parametrize(("name", "line"), [*LINES.items(), *FURTHER.items()], ids=lambda one: str(one)[:20])
def test_what_is_wrong_with_an_option_hides_nothing_of_another(name: str, line: tuple[str, list[str]], here: Path):
    words, told = line
    before = sorted(here.rglob("*"))
    result = CliRunner().invoke(main, [name, *words.split()])
    assert (result.exit_code, result.stdout) == (2, "")
    for sentence in told:
        assert sum(sentence in one for one in result.stderr.splitlines()) == 1, (sentence, result.stderr)
    assert len(result.stderr.splitlines()) == len(told), result.stderr
    assert sorted(here.rglob("*")) == before


def test_a_right_backup_and_folder_are_made_as_ever(here: Path):
    with open_store("sqlite:///a.sqlite3") as store:
        store.save("甲", "{}")
    assert CliRunner().invoke(main, ["backup", "b.sqlite3", "--database", "sqlite:///a.sqlite3"]).exit_code == 0
    assert CliRunner().invoke(main, ["restore", "b.sqlite3", "--database", "sqlite:///c.sqlite3"]).exit_code == 0
    make_folder(here / "new", {"a.txt": b"a"}, check=False)
    assert (here / "new" / "a.txt").read_bytes() == b"a"
