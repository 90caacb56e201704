"""One rule says which template a workbook is made with, wherever it is asked for; no workbook mixes two languages."""

import json
import shutil
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from test_any_number_of_indicators import folder_with

from agriplan.cli import main
from agriplan.engine.plan import Plan
from agriplan.errors import TemplateError
from agriplan.sentences import Lang, say
from agriplan.web.service import read_templates
from agriplan.workbook.checked_template import CheckedTemplateFile, read_checked_template
from agriplan.workbook.files import TEMPLATES, find_template, read_template, template_path
from agriplan.workbook.template.language import language_in
from tests.workbook.filling_in import loaded
from tests.workbook.restyling import ENGLISH, SHIPPED, sheet_of

MARK = "农牧厅"
# Which template is taken hangs on no indicator.
INDICATORS = {"milk"}


def marked(path: Path, source: Path) -> Path:
    """A template with a mark on its first page."""
    book = loaded(source.read_bytes())
    sheet_of(book, "plan").title = MARK
    book.save(path)
    return path


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path | None]:
    """Where an office may have its templates."""
    folder = tmp_path_factory.mktemp("own")
    both, chinese, empty = folder / "both", folder / "chinese", folder / "empty"
    for each in (both, chinese, empty):
        each.mkdir()
    one = marked(both / TEMPLATES["zh"], SHIPPED)
    other = marked(both / TEMPLATES["en"], ENGLISH)
    shutil.copy(one, chinese / TEMPLATES["zh"])
    return {
        "nowhere": None,
        "a file in Chinese": Path(shutil.copy(one, folder / "ours.xlsx")),
        "a file in English": Path(shutil.copy(other, folder / "theirs.xlsx")),
        "a folder with both": both,
        "a folder with one": chinese,
        "a folder with none": empty,
    }


# The languages in which an own template is filled.
OWN: dict[str, set[Lang]] = {
    "nowhere": set(),
    "a file in Chinese": {"zh"},
    "a file in English": {"en"},
    "a folder with both": {"zh", "en"},
    "a folder with one": {"zh"},
    "a folder with none": set(),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("where", OWN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_own_template_is_for_its_language_and_the_shipped_one_for_the_other(
    where: str, lang: Lang, places: dict[str, Path | None]
) -> None:
    path = template_path(places[where], lang)
    assert (path == template_path(None, lang)) == (lang not in OWN[where])
    assert read_template(path).language == language_in(path) == lang


# With every run where both may differ: nothing of one's own, and one of two languages.
@pytest.mark.parametrize(
    "where",
    [one if one in ("nowhere", "a folder with one") else pytest.param(one, marks=pytest.mark.thorough) for one in OWN],
)
def test_command_line_and_service_take_the_same_template(
    where: str, places: dict[str, Path | None], plan: Plan
) -> None:
    own = places[where]
    served = read_templates(plan, own)
    for lang, template in served.items():
        asked = CheckedTemplateFile(own, lang, plan).version if own else find_template(None, lang).version
        assert template.version == asked
        assert (MARK in [sheet.title for sheet in template.read().sheets]) == (lang in OWN[where])


@cache
def one_indicator() -> str:
    """A data folder with one indicator, of which workbooks are made in less than half of the time."""
    return str(folder_with(1, Path(mkdtemp()) / "data"))


def run(*words: str, **environment: str) -> tuple[int, bytes, str]:
    usual = {"AGRIPLAN_TEMPLATES": "", "AGRIPLAN_BASELINES": one_indicator()}
    told = CliRunner().invoke(main, words, env=usual | environment)
    return told.exit_code, told.stdout_bytes, told.stderr


def made(*words: str, **environment: str) -> tuple[Lang, bool, str]:
    """The language of a workbook from the command line, whether it is made with the own template, and what was said."""
    code, data, said = run("workbook", "150500", "-o", "-", *words, **environment)
    assert code == 0, said
    names = load_workbook(BytesIO(data), read_only=True).sheetnames
    lang: Lang = "zh" if {"假设", "盟市填报"} & set(names) else "en"
    return lang, MARK in names, said


def test_a_template_that_is_typed_says_the_language_and_one_of_the_environment_does_not(
    places: dict[str, Path | None],
) -> None:
    theirs, ours = str(places["a file in English"]), str(places["a file in Chinese"])
    assert made("--template", theirs) == ("en", True, "")
    assert made(AGRIPLAN_TEMPLATES=ours) == ("zh", True, "")
    lang, own, said = made(AGRIPLAN_TEMPLATES=theirs)
    assert (lang, own) == ("zh", False)
    assert said == f"theirs.xlsx: {say('problem.template_zh_shipped', 'zh')}\n"
    code, _, said = run("workbook", "150500", "-o", "-", "--template", ours, "--lang", "en")
    assert (code, said) == (2, f"ours.xlsx: {say('problem.template_other_language', 'zh')}\n")


def test_a_template_in_the_other_languages_place_is_refused(
    places: dict[str, Path | None], plan: Plan, tmp_path: Path
) -> None:
    shutil.copy(places["a file in Chinese"] or "", tmp_path / TEMPLATES["en"])
    with pytest.raises(TemplateError, match="the other language"):
        read_checked_template(plan, "en", tmp_path)


def test_a_check_of_a_folder_looks_at_both_and_says_what_is_missing(places: dict[str, Path | None]) -> None:
    code, data, _ = run("check", "--json", "--template", str(places["a folder with one"]))
    told = json.loads(data)
    assert code == 0
    assert told["errors"] == []
    assert [one["code"] for one in told["cautions"] if "shipped" in one["code"]] == ["template_en_shipped"]


@pytest.mark.parametrize("door", ["workbook", "compare"])
def test_a_template_that_does_not_fit_is_refused_before_anything_is_made(door: str, tmp_path: Path) -> None:
    book = loaded(SHIPPED.read_bytes())
    sheet_of(book, "years")["R1"] = "{years.nonsense}"
    path = tmp_path / "own.xlsx"
    book.save(path)
    (tmp_path / "one.json").write_text("{}")
    words = {
        "workbook": ["workbook", "150500"],
        "compare": ["compare", str(tmp_path / "one.json"), str(tmp_path / "one.json")],
    }
    code, _, said = run(*words[door], "--template", str(path), "-o", str(tmp_path / "made.xlsx"))
    assert code == 2
    assert said.startswith("年度!R1: 没有名为 {years.nonsense} 的内容")
    assert not (tmp_path / "made.xlsx").exists()


@pytest.mark.parametrize("command", ["workbook", "compare", "check", "evaluate", "serve"])
def test_every_command_that_makes_something_from_a_template_takes_one(command: str) -> None:
    option = next(each for each in main.commands[command].params if each.name == "template")
    assert option.envvar == "AGRIPLAN_TEMPLATES"
