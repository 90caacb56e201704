"""The answers of the pages as a planner asks for them: in the table itself, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

CEILING = 'input[name="allocation.milk.ceiling.150100"]'
LOCK = 'input[name="allocation.milk.lock.150500"]'
HOHHOT = ".allocation tbody tr:has-text('呼和浩特市')"


def recount(page: Page, scripted: bool) -> None:
    if not scripted:
        page.locator("button.recount").first.click()


def test_a_limit_is_typed_into_the_table_and_the_cursor_stays(page: Page, scripted: bool) -> None:
    page.goto("indicator/milk")
    page.locator(CEILING).fill("30")
    recount(page, scripted)
    expect(page.locator(HOHHOT)).to_contain_text("达到上限")
    if scripted:
        expect(page.locator(CEILING)).to_be_focused()
    page.locator(LOCK).fill("20")
    recount(page, scripted)
    expect(page.locator("#bar")).to_contain_text("已改2处")
    assert page.input_value(CEILING) == "30"
    assert page.input_value(LOCK) == "20"
    page.locator("#changes-list > summary").click()
    page.get_by_role("button", name=re.compile("呼和浩特市")).click()
    expect(page.locator("#bar")).to_contain_text("已改1处")
    expect(page.locator(CEILING)).to_have_value("")
    assert page.input_value(LOCK) == "20"


@pytest.mark.thorough
def test_a_wrong_limit_in_the_table_is_told_there(page: Page, scripted: bool) -> None:
    page.goto("indicator/milk")
    page.locator(CEILING).fill("三十")
    recount(page, scripted)
    expect(page.locator(CEILING)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"{HOHHOT} + .told .fault")).to_be_visible()
    assert page.input_value(CEILING) == "三十"
    page.locator(CEILING).fill("30")
    recount(page, scripted)
    expect(page.locator(HOHHOT)).to_contain_text("达到上限")
    expect(page.locator(".fault")).to_have_count(0)


@pytest.mark.also_without_javascript
def test_what_if_is_asked_and_answered_in_place(page: Page, scripted: bool) -> None:
    page.goto("indicator/milk")
    page.locator('select[name="short"]').select_option(label="呼和浩特市")
    page.locator('input[name="done"]').fill("80")
    if not scripted:
        page.get_by_role("button", name="查看结果").click()
    expect(page.locator("#what-if-said")).to_contain_text("呼和浩特市完成目标")
    page.locator(CEILING).fill("30")
    recount(page, scripted)
    expect(page.locator(HOHHOT)).to_contain_text("达到上限")
    expect(page.locator("#what-if-said")).to_contain_text("159.37万吨的80%")
    if scripted:
        page.reload()
        expect(page.locator("#what-if-said")).to_contain_text("159.37万吨的80%")


def test_why_more_than_under_the_other_rule_is_two_clicks_away(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.locator("#why-milk > summary").click()
    page.locator("#why-milk a").click()
    expect(page.locator("tr.own th", has_text="通辽市").first).to_be_visible()
    expect(page.locator("#milk-under ~ .scroll tr", has_text="均摊法")).to_contain_text(re.compile(r"权重 \+[\d.]+"))
