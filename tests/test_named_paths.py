"""Every path that a command takes, missing, of another kind or unreadable: a sentence that names it, never "later"."""

import os
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.commands import output, session
from agriplan.errors import Problem, SettingsError
from agriplan.report.brief import document
from agriplan.sentences import catalogue
from agriplan.store import open_store
from agriplan.web import serve

# What stands under the name, and what of the name is said.
KINDS = {
    "missing": "missing",
    "folder": "folder",  # empty
    "words": "words.txt",
    "below": "words.txt/below",
    "long": "长" * 120,
    "loop": "loop",  # a link to itself
    "unreadable": "/proc/self/mem",  # as a file that may not be read, to root too
}
# With every run those that people come upon, with AGRIPLAN_DOORS=full all of them.
TRIED = list(KINDS) if os.environ.get("AGRIPLAN_DOORS") == "full" else ["missing", "folder", "words", "unreadable"]
FINE = ""  # nothing is wrong with it: it is read, or made
# Which sentence is said of each kind of what; "" stands for all others.
MISSING = dict.fromkeys(("missing", "below"), "file_missing")
SCENARIO = {"": "no_scenario_file", "words": "not_json"} | MISSING
DATA = {"": "no_folder", "folder": "no_data_files", "long": "path_unusable"}
AREAS = {"": "no_areas_file", "words": "missing_column"} | MISSING
BOOK = {"": "no_workbook_file", "words": "file_is_text"} | MISSING
TABLE = {"": "table_unreadable", "words": "table_nothing"} | MISSING
TEMPLATE = {"": "template_missing", "words": "not_a_workbook", "folder": FINE, "long": "path_unusable"}
BRIEF = {"": "template_missing", "words": "brief_not_document", "unreadable": "brief_not_document"} | {
    "folder": FINE,
    "long": "path_unusable",
}
FILE = {"": "cannot_write", "words": "wrong_ending", "missing": FINE}
BOOKS = {"": "cannot_write", "words": "wrong_ending", "long": "path_unusable", "missing": FINE, "folder": FINE}
FOLDER = {"": "cannot_write", "words": "no_folder_name", "unreadable": "no_folder_name", "long": "path_unusable"}
FOLDER |= {"missing": FINE, "folder": FINE}
NEW = {"": "backup_there", "folder": "backup_no_file", "below": "backup_no_folder", "long": "path_unusable"}
NEW |= {"missing": FINE}
COPY = {"": "backup_other_file", "long": "path_unusable"} | dict.fromkeys(
    ("missing", "below", "loop"), "backup_missing"
)
STORE = {"": "store_other_file", "below": "store_no_folder", "long": "path_unusable"}
STORE |= dict.fromkeys(("missing", "loop"), "store_empty")
MADE = STORE | {"missing": FINE, "loop": "store_not_opened"}  # whoever serves or restores may begin one
# What a parameter takes, for all commands or for one.
TAKEN = {
    "baselines": DATA,
    "init source": DATA,
    "file": SCENARIO,
    "compare files": SCENARIO,
    "init areas": AREAS,
    "read file": BOOK,
    "take files": TABLE,
    "template": TEMPLATE,
    "evaluate template": BRIEF,
    "output": FILE,
    "workbook output": BOOKS,
    "init folder": FOLDER,
    "take output": FOLDER,
    "roll output": FOLDER,
    "template output": FOLDER,
    "backup file": NEW,
    "restore file": COPY,
    "database": STORE,
    "serve database": MADE,
    "restore database": MADE,
}
# The words that stand beside it.
BESIDE = {
    "workbook": ["150500"],
    "compare": ["default.json", "default.json"],
    "compare files": ["default.json"],
    "compare template": ["default.json", "default.json", "-o", "a.xlsx"],
    "evaluate template": ["-o", "a.docx"],
    "roll": ["--target-year", "2030"],
    "take": ["table.csv"],
    "take files": [],
    "take output": ["table.csv", "--accept", "--basis", "local", "--grade", "official", "--source", "x"],
    "read": ["default.json"],
    "read file": [],
    "init": ["new"],
    "init folder": [],
    "backup": ["copy.sqlite3"],
    "backup file": [],
    "restore": ["store.sqlite3"],
    "restore file": [],
    "link": ["通辽"],
    "template": ["-o", "new"],
    "template output": [],
}


def taken() -> list[tuple[str, click.Parameter]]:
    """Every parameter that is a path or a database."""
    return [
        (name, param)
        for name, command in sorted(main.commands.items())
        for param in command.params
        if isinstance(param.type, click.Path) or param.name == "database"
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "store.sqlite3"
    with open_store(f"sqlite:///{file}") as opened:
        opened.save("甲", "{}")
    return file


@pytest.fixture
def here(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the names are of."""
    (tmp_path / "default.json").write_text("{}", encoding="utf-8")
    (tmp_path / "words.txt").write_text("words", encoding="utf-8")
    (tmp_path / "table.csv").write_text("2021年奶类产量（万吨）,\n盟市,产量\n通辽市,39.1\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    shutil.copy(store, tmp_path)
    monkeypatch.setenv("AGRIPLAN_DATABASE", f"sqlite:///{tmp_path / store.name}")
    monkeypatch.setattr(serve, "listen", lambda *_: None)  # no service that is named here gets so far
    monkeypatch.setattr(serve, "log_as_json", lambda: None)
    return tmp_path


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be written costs more than to see that it cannot be."""
    monkeypatch.setattr(output, "write_workbook", lambda *_: b"workbook")
    monkeypatch.setattr(output, "write_comparison", lambda *_: b"comparison")
    monkeypatch.setattr(document, "write_brief", lambda *_: b"brief")
    monkeypatch.setattr(session.Session, "plan_as", lambda *_: b"plan")


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("name", "param"), taken(), ids=lambda one: one if isinstance(one, str) else one.opts[-1])
def test_a_path_that_cannot_be_used_is_named_with_what_is_wrong_and_later_is_no_advice(name, param, here, request):
    if param.name == "output":
        request.getfixturevalue("quickly")
    key = f"{name} {param.name}"
    codes = TAKEN.get(key) or TAKEN[param.name]
    words = [
        name,
        *BESIDE.get(key, BESIDE.get(name, [])),
        *(param.opts[-1:] if isinstance(param, click.Option) else ()),
    ]
    for kind in TRIED:
        path = KINDS[kind]
        if (code := codes.get(kind, codes[""])) == FINE:
            continue
        address = f"sqlite:///{here / path}" if param.name == "database" else path
        told = CliRunner().invoke(main, [*words, address])
        assert (told.exit_code, told.stdout) == (2, ""), (kind, told.output, told.exception)
        assert Path(path).name in told.stderr, kind
        chinese, english = catalogue()[f"problem.{code}"].values()
        assert max(re.split(r"\{\w+\}", chinese), key=len) in told.stderr, (kind, told.stderr)
        assert "稍后" not in told.stderr
        assert "later" not in english


@pytest.mark.parametrize(
    ("option", "typed"), [("--host", "192.0.2.1"), ("--host", "nowhere.invalid"), ("--port", "81")]
)
def test_a_mistake_in_an_option_is_told_by_the_option(option, typed, monkeypatch, tmp_path):
    refused = "AGRIPLAN_HOST" if option == "--host" else "AGRIPLAN_PORT"

    def refuse(_: object) -> None:
        raise SettingsError([Problem(refused, "host_unknown", {"host": typed})])

    monkeypatch.setattr(serve, "run", refuse)
    monkeypatch.setenv("AGRIPLAN_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    assert CliRunner().invoke(main, ["serve", option, typed]).stderr.startswith(f"{option}: ")
    monkeypatch.setenv(refused, "127.0.0.1" if option == "--host" else "8000")
    assert CliRunner().invoke(main, ["serve"]).stderr.startswith(f"{refused}: ")
