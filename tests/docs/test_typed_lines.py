"""README.md and the pages on tables, evaluation, the brief and the store: every line typed there does what it says.

The lines run one after the other in one folder, as somebody types them who has what the page speaks of, and in this
process, since what they need was read already; `tests/install` follows the other pages from outside.
"""

import re
import shlex
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl import Workbook

from agriplan.cli import main
from agriplan.commands import output
from agriplan.settings import read_settings
from agriplan.web import serve, service
from agriplan.web.app import create_app
from agriplan.workbook import checked_template
from tests.install.documents import MADE, TABLE, has_files, shortened
from tests.install.following import FENCE, commands, commands_in_sentences, page
from tests.test_command_lines import once

CSV = "2020年牛奶产量（万吨）,\n盟市,产量\n通辽市,36.1\n"


class Typist:
    """Somebody who types in a folder; addresses of other machines and folders stand for this one's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.typed: list[str] = []

    def types(self, line: str, sent: str = "", fails: bool = False) -> str:
        """Do what the line says; returns what is said."""
        self.typed.append(line)
        here = line.replace("/srv/", f"{self.folder}/").replace("db.example", "127.0.0.1:1")
        here = re.sub(r"\bURL\b", f"sqlite:///{self.folder}/agriplan/plans.sqlite3", here)
        told = CliRunner().invoke(main, shlex.split(here)[1:], input=sent.encode())
        assert told.exit_code == (2 if fails else 0), (line, told.output, told.exception)
        return told.output

    def has_typed_all_of(self, name: str) -> None:
        """Nothing of the page was passed over but what only names an option."""
        lines = [*commands(page(name)), *commands_in_sentences(page(name))]
        assert [line for line in lines if line not in self.typed and not re.search(r" --\w+$", line)] == []


@pytest.fixture
def typist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_workbooks: None) -> Typist:
    monkeypatch.chdir(tmp_path)
    for name in ("agriplan", "backup"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("AGRIPLAN_DATABASE", f"sqlite:///{tmp_path}/agriplan/plans.sqlite3")
    # A service is begun as it would be, up to where it would wait for requests.
    monkeypatch.setattr(serve, "listen", lambda *_: None)
    monkeypatch.setattr(serve, "log_as_json", lambda: None)
    monkeypatch.setattr(serve, "supervise", lambda *_: True)
    return Typist(tmp_path)


@pytest.fixture
def no_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages ask the service for no workbook: its templates need not be read and checked."""
    monkeypatch.setattr(service, "read_templates", lambda *_: {})


@pytest.fixture
def client(tmp_path: Path, no_workbooks: None) -> FlaskClient:
    return create_app(read_settings(database=f"sqlite:///{tmp_path / 'other.sqlite3'}")).test_client()


def asked(name: str) -> list[str]:
    """The addresses that a page asks for."""
    lines = [line for _, body in FENCE.findall(page(name)) for line in body.splitlines()]
    return [line.split()[1] for line in lines if line.startswith("GET ")]


def test_a_table_is_looked_at_taken_and_taken_back(typist: Typist) -> None:
    look, accept, doubtful, undo, piped = commands(page("docs/tables.md"))
    book = Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save("年鉴2-1.xlsx")
    Path("公报.csv").write_text(CSV, encoding="utf-8")
    assert "通辽市" in typist.types(look)
    assert not Path("我的规划").exists()
    typist.types(accept)
    first = Path("我的规划/observed.csv").read_text(encoding="utf-8")
    assert "通辽统计年鉴2023" in Path("我的规划/sources.csv").read_text(encoding="utf-8")
    assert re.search(r"150500,milk_output,2021,39\.1,.*local,secondary", first)
    typist.types(doubtful)
    typist.types(undo)
    assert "36.1" in typist.types(piped, CSV)
    typist.types("agriplan roll --target-year 2030 -o 十五五")
    assert Path("十五五/missing.csv").exists()
    typist.has_typed_all_of("docs/tables.md")


def test_an_evaluation_is_told_as_words_figures_and_a_brief(typist: Typist, client: FlaskClient) -> None:
    scenario = re.search(r"```json\n(.*?)```", page("docs/evaluation.md"), re.DOTALL)
    assert scenario
    Path("方案.json").write_text(scenario[1], encoding="utf-8")
    words, figures = commands(page("docs/evaluation.md"))
    assert "5项指标" in typist.types(words)
    assert '"as_of": 2022' in typist.types(figures)
    (brief,) = commands(page("docs/brief.md"))
    typist.types(brief)
    assert Path("简报.docx").read_bytes().startswith(b"PK")
    for name in ("docs/evaluation.md", "docs/brief.md"):
        typist.has_typed_all_of(name)
        assert [address for address in asked(name) if client.get(address).status_code != 200] == []
        assert asked(name)


def test_every_line_of_the_readme_is_typed(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    """One workbook is drawn and stands for all; tests/install draws it in a process, in full every one.

    Templates are read and checked for a folder of one indicator in tests/rolling/test_four_folders.py.
    """
    monkeypatch.setattr(output, "write_workbook", once(output.write_workbook, lambda *_: ()))
    monkeypatch.setattr(output, "write_comparison", lambda *_: b"comparison")
    monkeypatch.setattr(checked_template, "check_formulas", lambda *_: 1)
    monkeypatch.setattr(checked_template, "read_checked_template", lambda *_: SimpleNamespace(cautions=()))
    has_files(typist.folder)
    for line in shortened([*commands(page("README.md")), *commands_in_sentences(page("README.md"))]):
        typist.types(line)
    assert {path.name for path in typist.folder.iterdir()} >= MADE
    assert len(list(Path("out").glob("*.xlsx"))) == 1


def test_a_store_is_begun_copied_put_back_and_cleared(typist: Typist) -> None:
    text = page("docs/storage.md")
    file, server, backup, restore = commands(text)
    typist.types(file)
    assert "127.0.0.1" in typist.types(server, fails=True)  # understood, and nobody answers there
    assert "保存记录" in typist.types(backup)
    statement = re.search(r'^sqlite3 agriplan\.sqlite3 "(.+)"$', text, re.MULTILINE)
    assert statement
    store = sqlite3.connect("agriplan/plans.sqlite3")
    store.execute(statement[1])
    store.close()
    Path("agriplan/plans.sqlite3").unlink()
    assert "没有需要恢复的" in typist.types(restore)
    assert "方案 0 个" in typist.types("agriplan prune --days 90")
    typist.has_typed_all_of("docs/storage.md")
