"""A template of the wrong sort, with every command that takes one: a sentence, and nothing is made."""

import re
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.commands import session
from agriplan.places import templates_folder
from agriplan.sentences import catalogue
from agriplan.web import serve, service
from agriplan.workbook import checked_template
from agriplan.workbook.checked_template import read_checked_template
from tests.thoroughness import FULL

TEMPLATES = templates_folder()


def package(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def cut(path: Path, name: str) -> Path:
    data = (TEMPLATES / name).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def broken(path: Path, name: str, part: str) -> Path:
    """A template one of whose parts is no XML."""
    with zipfile.ZipFile(TEMPLATES / name) as old:
        return package(path, **{one: b"<a><b" if one == part else old.read(one) for one in old.namelist()})


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def plain_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.save(path)
    return path


def plain_document(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("简报")
    document.save(str(path))
    return path


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
# What stands under the name; which sentence is said of it where workbooks are asked for, and where a brief is.
KINDS: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "a template of briefs.docx": (
        lambda path: Path(shutil.copy(TEMPLATES / "brief.docx", path)),
        "template_is_document",
        "",
    ),
    "an English one.docx": (
        lambda path: Path(shutil.copy(TEMPLATES / "brief.en.docx", path)),
        "template_is_document",
        "",
    ),
    "a template of workbooks.xlsx": (
        lambda path: Path(shutil.copy(TEMPLATES / "workbook.xlsx", path)),
        "",
        "brief_is_workbook",
    ),
    "a workbook called docx.docx": (
        lambda path: Path(shutil.copy(TEMPLATES / "workbook.xlsx", path)),
        "",
        "brief_is_workbook",
    ),
    "a brief called xlsx.xlsx": (
        lambda path: Path(shutil.copy(TEMPLATES / "brief.docx", path)),
        "template_is_document",
        "",
    ),
    "an empty workbook.xlsx": (plain_workbook, "template_without_tokens", "brief_is_workbook"),
    "a letter.docx": (plain_document, "template_is_document", "brief_without_tokens"),
    "slides.pptx": (
        lambda path: package(path, **{"ppt/presentation.xml": b"<a/>"}),
        "not_a_workbook",
        "brief_not_document",
    ),
    "words.txt": (lambda path: written(path, "说明".encode()), "not_a_workbook", "brief_not_document"),
    "a picture.xlsx": (
        lambda path: written(path, b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
        "not_a_workbook",
        "brief_not_document",
    ),
    "nothing.xlsx": (lambda path: written(path, b""), "file_is_empty", "brief_not_document"),
    "an archive.zip": (lambda path: package(path, **{"a.txt": b"a"}), "not_a_workbook", "brief_not_document"),
    "half a workbook.xlsx": (lambda path: cut(path, "workbook.xlsx"), "not_a_workbook", "brief_not_document"),
    "half a brief.docx": (lambda path: cut(path, "brief.docx"), "not_a_workbook", "brief_not_document"),
    "an old workbook.xls": (lambda path: written(path, OLD), "workbook_encrypted_or_old", "brief_not_document"),
    "an old document.doc": (lambda path: written(path, OLD), "workbook_encrypted_or_old", "brief_not_document"),
    "a broken workbook.xlsx": (
        lambda path: broken(path, "workbook.xlsx", "xl/workbook.xml"),
        "template_unreadable",
        "brief_is_workbook",
    ),
    "a broken brief.docx": (
        lambda path: broken(path, "brief.docx", "word/document.xml"),
        "template_is_document",
        "brief_not_document",
    ),
}
# The words of each command before --template.
COMMANDS = {
    "workbook": ["workbook", "150500", "-o", "made.xlsx"],
    "compare": ["compare", "one.json", "one.json", "-o", "made.xlsx"],
    "check": ["check"],
    "serve": ["serve"],
    "evaluate": ["evaluate", "-o", "made.docx"],
}
# What a Chinese sentence may say in Latin letters: names of programs, endings, commands and tokens.
NAMES = re.compile(r"Excel|Word|\.?xlsx?|\.docx|agriplan \w+|--template|-o\b|\{[^}]*\}+")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "one.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AGRIPLAN_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    monkeypatch.setattr(serve, "listen", lambda *_: None)
    monkeypatch.setattr(serve, "log_as_json", lambda: None)
    return tmp_path


def test_every_command_that_takes_a_template_is_walked() -> None:
    taking = {name for name, one in main.commands.items() if any(param.name == "template" for param in one.params)}
    assert taking == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_template_of_the_wrong_sort_is_told_in_one_language_and_nothing_is_made(command: str, here: Path) -> None:
    """What is no template of workbooks goes round the commands that make or check them, in a language by turns."""
    kinds = [
        (name, make, of_briefs if command == "evaluate" else of_books)
        for name, (make, of_books, of_briefs) in KINDS.items()
    ]
    kinds = [kind for kind in kinds if kind[2]]
    if not FULL and command != "evaluate":
        kinds = kinds[list(COMMANDS).index(command) :: len(COMMANDS) - 1]
    for number, (name, make, code) in enumerate(kinds):
        file = make(here / name)
        both = ("zh", "en") if FULL else (("zh", "en")[number % 2],)
        for lang in both if command != "serve" else ("zh",):  # a service says both
            told = CliRunner().invoke(main, ["--lang", lang, *COMMANDS[command], "--template", str(file)])
            assert (told.exit_code, told.stdout) == (2, ""), (name, told.output, told.exception)
            sentence = max(re.split(r"\{+[^}]*\}+", catalogue()[f"problem.{code}"][lang]), key=len)
            assert sentence in told.stderr, (name, told.stderr)
            lines = [NAMES.sub("", line.replace(str(file), "").replace(name, "")) for line in told.stderr.splitlines()]
            if command != "serve":
                other = "[A-Za-z]{2,}" if lang == "zh" else "[\u4e00-\u9fff]"
                assert [line for line in lines if re.search(other, line)] == [], name
        assert {path.name for path in here.glob("made*")} == set(), name
        file.unlink()


def test_what_is_of_the_right_sort_under_another_name_is_taken(here: Path) -> None:
    for name, (make, _, of_briefs) in KINDS.items():
        if of_briefs:
            continue
        words = ["evaluate", "-o", "made.docx", "--template", str(make(here / name))]
        told = CliRunner().invoke(main, words)
        assert (told.exit_code, told.stderr) == (0, ""), (name, told.output)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_brief_from_the_shipped_template_says_so(here: Path, lang: str) -> None:
    (here / "own").mkdir()
    sentence = catalogue()["problem.brief_shipped"][lang]
    words = ["--lang", lang, "evaluate", "-o", "made.docx"]
    told = CliRunner().invoke(main, [*words, "--template", "own"])
    assert (told.exit_code, told.stderr) == (0, f"own: {sentence}\n")
    workbook = str(TEMPLATES / "workbook.xlsx")
    told = CliRunner().invoke(main, words, env={"AGRIPLAN_TEMPLATES": workbook})
    assert (told.exit_code, told.stderr) == (0, f"workbook.xlsx: {sentence}\n")
    shutil.copy(TEMPLATES / "brief.docx", here / "own" / "brief.docx")
    shutil.copy(TEMPLATES / "brief.en.docx", here / "own" / "brief.en.docx")
    told = CliRunner().invoke(main, [*words, "--template", "own"])
    assert (told.exit_code, told.stderr) == (0, "")
    shutil.copy(TEMPLATES / "workbook.xlsx", here / "own" / "brief.docx")
    shutil.copy(TEMPLATES / "workbook.xlsx", here / "own" / "brief.en.docx")
    told = CliRunner().invoke(main, [*words, "--template", "own"])
    assert told.exit_code == 2
    assert catalogue()["problem.brief_is_workbook"][lang] in told.stderr


# A folder that holds a brief alone leaves workbooks to the shipped templates, which are the same in all of these tests.
SHIPPED = cache(lambda lang: read_checked_template(READ_PLAN(), lang))
READ_PLAN = cache(lambda: session.Session("zh", None).plan_of(None))


@pytest.fixture
def workbooks_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (checked_template, service):
        monkeypatch.setattr(module, "read_checked_template", lambda _plan, lang, _own: SHIPPED(lang))
    monkeypatch.setattr(checked_template, "check_formulas", lambda *_: 1)


@pytest.mark.usefixtures("workbooks_checked_once")
@pytest.mark.parametrize("command", ["check", "serve"])
def test_a_folder_whose_brief_is_of_the_wrong_sort_is_refused_before_a_brief_is_asked_for(
    command: str, here: Path
) -> None:
    own = here / "own"
    own.mkdir()
    for make, code in (
        (lambda path: Path(shutil.copy(TEMPLATES / "workbook.xlsx", path)), "brief_is_workbook"),
        (lambda path: written(path, "说明".encode()), "brief_not_document"),
    ):
        make(own / "brief.docx")
        told = CliRunner().invoke(main, [command, "--template", str(own)])
        assert (told.exit_code, told.stdout) == (2, "")
        assert catalogue()[f"problem.{code}"]["zh"] in told.stderr


@pytest.mark.usefixtures("workbooks_checked_once")
def test_a_check_of_a_folder_looks_at_the_tokens_of_its_brief(here: Path) -> None:
    (here / "own").mkdir()
    document = docx.Document()
    document.add_paragraph("{{ brief.titel }}")
    document.save("own/brief.docx")
    told = CliRunner().invoke(main, ["check", "--template", "own"])
    assert told.exit_code == 2
    assert "模板中第1段的“{{ brief.titel }}”没有对应的值" in told.stderr
    shutil.copy(TEMPLATES / "brief.docx", here / "own" / "brief.docx")
    told = CliRunner().invoke(main, ["check", "--template", "own"])
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize(
    ("lang", "where"),
    [
        ("zh", ["模板中第2段的“{{ brief.titel }}”", "模板中第1个表第1行第2列的“{{ brief.nmae }}”"]),
        ("en", ["of the template, paragraph 2 (", "of the template, table 1, row 1, column 2 ("]),
    ],
)
def test_a_token_that_names_nothing_is_told_with_its_place_in_words(here: Path, lang: str, where: list[str]) -> None:
    for said, words in zip(where, ("paragraph", "cell"), strict=True):
        document = docx.Document()
        document.add_paragraph("{{ brief.title }}")
        if words == "paragraph":
            document.add_paragraph("{{ brief.titel }}")
        else:
            document.add_table(1, 2).cell(0, 1).text = "{{ brief.nmae }}"
        document.save("own.docx")
        told = CliRunner().invoke(main, ["--lang", lang, "evaluate", "-o", "made.docx", "--template", "own.docx"])
        assert told.exit_code == 2
        assert said in told.stderr
        assert not (here / "made.docx").exists()
