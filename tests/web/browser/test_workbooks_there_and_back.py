"""A workbook is downloaded, edited, sent back; its differences are shown before it is saved."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.test_planner_at_work import CELLS, MILK, save_as, set_growth
from tests.web.downloads import first_sheet, named_cells, opened
from tests.workbook.raw_edits import typed

GROWTH = "inputs.leagues.entered_growth"


def downloaded(page: Page, link: str) -> Path:
    with page.expect_download() as waiting:
        page.locator(link).first.click()
    return Path(waiting.value.path())


@pytest.mark.thorough
def test_the_downloaded_workbook_holds_the_growth_and_the_page_s_figures(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    shown = page.locator(CELLS).all_inner_texts()
    workbook = opened(downloaded(page, ".download-line button").read_bytes(), sheet_by_sheet=True)
    entered = [cell.value for row in named_cells(workbook, GROWTH) for cell in row if cell.value not in {None, ""}]
    assert entered == [8]
    sheet = first_sheet(workbook, {"奶类产量": "milk"})["milk"]
    assert {place: shown[place - 1].split()[0] for place in (3, 5, 6, 7)} == {
        place: sheet[place] for place in (3, 5, 6, 7)
    }


@pytest.mark.also_without_javascript
def test_a_download_at_once_takes_what_was_typed_and_the_page_stays(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.fill(MILK, "3.9")
    page.locator(MILK).press("End")
    page.keyboard.type("9")
    with page.expect_download() as waiting:
        page.locator(".download-line button").click()
    assert "未保存的修改（1处）" in waiting.value.suggested_filename
    workbook = opened(Path(waiting.value.path()).read_bytes(), sheet_by_sheet=True)
    entered = [cell.value for row in named_cells(workbook, GROWTH) for cell in row if cell.value not in {None, ""}]
    assert entered == [3.99]
    assert page.input_value(MILK) == "3.99"


@pytest.mark.also_behind_nginx
def test_an_edited_workbook_shows_its_differences_and_is_saved(page: Page, scripted: bool, tmp_path: Path) -> None:
    name = f"回传{'有' if scripted else '无'}脚本"
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    workbook = downloaded(page, ".download-line button").read_bytes()
    (tmp_path / "edited.xlsx").write_bytes(typed(workbook, {(GROWTH, "milk.150500"): 9}))
    page.goto("upload")
    page.set_input_files('input[type="file"]', tmp_path / "edited.xlsx")
    page.get_by_role("button", name="查看改动").click()
    expect(page.locator("table.changes tbody tr")).to_have_count(1)
    expect(page.locator("table.changes tbody tr")).to_contain_text("8%/年")
    expect(page.locator("table.changes tbody tr")).to_contain_text("9%/年")
    # Nothing has worked the formulas out again: the file shows other figures than are read, and a person decides.
    expect(page.locator("section.problems")).to_be_visible()
    expect(page.get_by_role("button", name="存为方案")).to_have_count(0)
    page.locator('form[action*="/upload/accept"] button').click()
    expect(page.locator("table.changes tbody tr")).to_contain_text("9%/年")
    page.locator('form.panel input[name="name"]').fill(name)
    page.get_by_role("button", name="存为方案").click()
    expect(page.locator(".flash")).to_contain_text(name)
    page.goto(page.url.replace("/?", "/league/150500?"))
    expect(page.locator(CELLS).nth(1)).to_have_text("9.00")


def test_the_comparison_of_two_scenarios_is_downloaded(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "7", scripted)
    save_as(page, f"比较{scripted}")
    identity = page.url.partition("scenario=")[2].partition("&")[0]
    page.goto(f"compare?choose=default&choose={identity}")
    workbook = opened(downloaded(page, ".download-line a").read_bytes(), sheet_by_sheet=True)
    texts = (str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value)
    assert any(f"比较{scripted}" in text for text in texts)


def test_a_file_that_is_no_workbook_is_refused_in_words(page: Page, scripted: bool, tmp_path: Path) -> None:
    (tmp_path / "letter.xlsx").write_bytes(b"not a workbook")
    page.goto("upload")
    page.set_input_files('input[type="file"]', tmp_path / "letter.xlsx")
    page.get_by_role("button", name="查看改动").click()
    expect(page.locator(".problems")).to_be_visible()
