"""A template is refused with everything that is wrong in it: what cannot be read hides nothing that does not fit."""

from pathlib import Path

import pytest
from bad_data import SHIPPED as BASELINES
from bad_data import broken_copy
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from agriplan.cli import main
from agriplan.engine.plan import Plan
from agriplan.errors import TemplateError
from agriplan.sentences import Lang
from agriplan.workbook.checked_template import read_checked_template
from agriplan.workbook.files import load_template, write_workbook
from tests.workbook.filling_in import loaded
from tests.workbook.restyling import ENGLISH, SHIPPED, Edit, sheet_of

# What is wrong in a template hangs on no kind of indicator; two of them would be called alike.
INDICATORS = {"milk", "beef_cattle_value"}

FILES: dict[Lang, Path] = {"zh": SHIPPED, "en": ENGLISH}


def spoilt(folder: Path, edit: Edit, source: Path = SHIPPED) -> Path:
    """A template of one's own, the shipped one after an edit."""
    book = loaded(source.read_bytes())
    edit(book)
    folder.mkdir(exist_ok=True)
    book.save(folder / source.name)
    return folder / source.name


def told(plan: Plan, path: Path, lang: Lang = "zh") -> list[tuple[str, str]]:
    with pytest.raises(TemplateError) as caught:
        read_checked_template(plan, lang, path)
    return sorted((one.place, one.code) for one in caught.value.problems)


def with_slips(book: Workbook) -> None:
    """Slips of every sort: a name that is none, two that name nothing, a live one in a text, a chart without room."""
    cover = book.create_sheet("封皮", 0)
    cover["A1"] = "{首页.light}"
    cover["A2"] = "截至目前：{plan.light}"
    cover["A3"] = "{plan.nothnig}"
    years = sheet_of(book, "years")
    years["R1"], years["S1"], years["T1"] = "{years.milestoen}", "{Years.milestone}", "{chart.years: 图}"
    double = book.copy_worksheet(years)
    double.title = "年度2"


def test_what_cannot_be_read_hides_nothing_that_does_not_fit(plan: Plan, tmp_path: Path) -> None:
    found = told(plan, spoilt(tmp_path, with_slips))
    assert {
        ("封皮!A1", "template_malformed"),
        ("封皮!A2", "template_live_in_text"),
        ("封皮!A3", "template_unknown"),
        ("年度!R1", "template_unknown"),
        ("年度!S1", "template_malformed"),
        ("年度!T1", "template_chart_unmerged"),
        ("年度2", "template_sheet_twice"),
    } <= set(found)
    assert len(found) == len(set(found))


def test_both_languages_templates_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    def slip(book: Workbook) -> None:
        book.create_sheet("own", 0)["A1"] = "{plan.}"

    for source in FILES.values():
        spoilt(tmp_path / "own", with_slips if source == SHIPPED else slip, source)
    said = CliRunner().invoke(main, ["check", "--template", str(tmp_path / "own")])
    assert said.exit_code == 2
    assert all(place in said.stderr for place in ("封皮!A1", "年度!R1", "own!A1"))


TAKEN = {
    "an indicator's sheet": ("奶类产量", None, "奶类产量"),
    "one that is left out": ("agriplan.edits", "edits", "agriplan.edits"),
    "the same in capitals": ("Agriplan.EDITS", "edits", "Agriplan.EDITS"),
}


@pytest.mark.parametrize(
    ("title", "left_out", "place"),
    [
        pytest.param(*each, id=name, marks=[pytest.mark.thorough] if name == "the same in capitals" else [])
        for name, each in TAKEN.items()
    ],
)
def test_a_sheet_of_ones_own_called_as_one_that_is_made_is_to_be_renamed(
    title: str, left_out: str | None, place: str, plan: Plan, tmp_path: Path
) -> None:
    def edit(book: Workbook) -> None:
        if left_out:
            book.remove(sheet_of(book, left_out))
        book.create_sheet(title, 0)["A1"] = "说明"

    path = spoilt(tmp_path, edit)
    assert told(plan, path) == [(place, "template_title_taken")]
    with pytest.raises(TemplateError) as caught:
        read_checked_template(plan, "zh", path)
    assert "请给这张工作表改名" in caught.value.text("zh")


def test_indicators_sheets_that_would_be_called_alike_are_told(plan: Plan, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet_of(book, "indicator").title = "{plan.area}"

    assert told(plan, spoilt(tmp_path, edit)) == [("{plan.area}", "template_title_taken")]


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
def test_a_finished_workbook_is_no_template_and_that_is_said(lang: Lang, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "通辽市.xlsx"
    path.write_bytes(write_workbook(plan, "150500", load_template(None, lang), lang))
    for own in FILES:
        assert told(plan, path, own) == [("通辽市.xlsx", "template_is_finished")]


def test_an_indicator_whose_name_no_sheet_can_have_gets_one_that_it_can(tmp_path: Path) -> None:
    folder, made = tmp_path / "plan", tmp_path / "made.xlsx"
    change = {"file": "commitments.toml", "find": 'name_zh = "奶类产量"', "put": 'name_zh = "奶/肉：产量[试行]?"'}
    broken_copy(BASELINES, folder, [change])
    said = CliRunner().invoke(main, ["workbook", "通辽市", "--baselines", str(folder), "-o", str(made)])
    assert said.exit_code == 0, said.output
    assert "奶／肉：产量［试行］？" in load_workbook(made, read_only=True).sheetnames
