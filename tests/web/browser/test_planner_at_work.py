"""What a planner does in a browser, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

MILK = 'input[name="growth.milk.150500"]'
FORAGE = 'input[name="growth.forage_value.150500"]'
OWN = 'input[name="baseline.milk_output.150500.{}"]'
CELLS = "#row-milk td"  # baseline, growth, projection, the region's gap, share, target, needed growth, band, reason


def set_growth(page: Page, value: str, scripted: bool) -> None:
    """Type a growth of milk; without JavaScript the button asks for the new figures."""
    page.fill(MILK, value)
    if not scripted:
        page.locator("#milk button.recount").click()
    expect(page.locator(CELLS).nth(1)).to_have_text(f"{float(value):.2f}")


def save_as(page: Page, name: str) -> None:
    page.fill("#f-name", name)
    page.locator("#strip button[name=save]").click()
    expect(page.locator(".flash")).to_contain_text(name)


def test_a_changed_growth_moves_the_figures_and_the_chart(page: Page, scripted: bool) -> None:
    page.goto("./")
    page.get_by_role("link", name=re.compile("^通辽市")).first.click()
    expect(page.locator("h1")).to_have_text("通辽市")
    before = page.locator(CELLS).nth(2).inner_text(), page.locator("#out-milk svg").inner_html()
    set_growth(page, "8", scripted)
    assert page.locator(CELLS).nth(2).inner_text() != before[0]
    assert page.locator("#out-milk svg").inner_html() != before[1]
    assert page.input_value(MILK) == "8"
    # 35.87 x 1.08^5 = 52.704, printed so that the leagues add up to the region
    expect(page.locator(CELLS).nth(2)).to_have_text("52.71")


@pytest.mark.thorough
def test_the_address_keeps_the_changes(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    if scripted:
        page.reload()
    else:
        page.locator("#others a", has_text="赤峰市").click()
        page.locator("#others a", has_text="通辽市").click()
    expect(page.locator(CELLS).nth(2)).to_have_text("52.71")
    assert page.input_value(MILK) == "8"


@pytest.mark.also_without_javascript
def test_wrong_entries_are_explained_where_they_are_seen(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.fill(MILK, "-300")
    if not scripted:
        page.locator("#milk button.recount").click()
    expect(page.locator(".problems")).to_contain_text("奶类产量 · 增速 · 通辽市")
    expect(page.locator(MILK)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field", has=page.locator(MILK)).locator(".fault")).to_be_visible()
    page.locator(".problems li a").click()
    expect(page.locator(MILK)).to_be_focused()
    assert page.input_value(MILK) == "-300"


@pytest.mark.thorough
def test_a_wrong_entry_leaves_the_last_good_view_and_a_reload_loses_nothing(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    page.fill(FORAGE, "2.5")
    page.fill(MILK, "8x")
    if not scripted:
        page.locator("#milk button.recount").click()
    expect(page.locator(".problems")).to_be_visible()

    def stands() -> None:
        expect(page.locator(CELLS).nth(1)).to_have_text("8.00")
        expect(page.locator("#row-forage_value td").nth(1)).to_have_text("2.50")
        expect(page.locator("#strip")).to_contain_text("未保存的修改（2处）")
        assert page.input_value(MILK) == "8x"

    stands()
    page.reload()
    stands()
    page.locator("#nav a", has_text="数据").click()
    expect(page.locator("#strip")).to_contain_text("未保存的修改（2处）")
    page.go_back()
    page.fill(MILK, "9")
    if not scripted:
        page.locator("#milk button.recount").click()
    expect(page.locator(CELLS).nth(1)).to_have_text("9.00")
    expect(page.locator(".fault")).to_have_count(0)


def test_an_own_figure_waits_for_its_source(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    page.locator("#milk summary", has_text="自报基期值").click()
    page.fill(OWN.format("value"), "36")
    if not scripted:
        page.locator("#milk button.recount").click()
    expect(page.locator(OWN.format("source"))).to_have_attribute("aria-invalid", "true")
    expect(page.locator(OWN.format("source"))).to_be_visible()
    expect(page.locator(CELLS).nth(1)).to_have_text("8.00")
    page.fill(OWN.format("source"), "市统计局")
    if not scripted:
        page.locator("#milk button.recount").click()
    expect(page.locator(CELLS).nth(0)).to_contain_text("36.00")
    expect(page.locator(".fault")).to_have_count(0)


def test_saving_at_once_takes_what_was_typed(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.fill(MILK, "3.9")
    page.fill("#f-name", "")
    page.locator("#strip button[name=save]").click()
    expect(page.locator(".problems")).to_be_visible()
    page.fill("#f-name", f"立即保存{scripted}")
    page.locator(MILK).press("End")
    page.keyboard.type("9")
    page.locator("#strip button[name=save]").click()
    expect(page.locator(".flash")).to_contain_text("已保存")
    assert page.input_value(MILK) == "3.99"
    expect(page.locator(CELLS).nth(1)).to_have_text("3.99")
    if scripted:  # else the browser asks whether it shall send the refused form again
        page.go_back()
        assert page.input_value(MILK) == "3.9"


def in_sight(page: Page, selector: str) -> bool:
    """Whether all of it stands between the upper and the lower edge of the window."""
    box = page.locator(selector).bounding_box()
    assert box
    size = page.viewport_size
    assert size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def test_before_and_after_stay_in_sight_and_each_change_is_undone(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.fill(FORAGE, "2.5")
    set_growth(page, "8", scripted)
    bar, after = page.locator("#bar"), page.locator("#row-milk td").nth(5).inner_text()
    page.locator(FORAGE).scroll_into_view_if_needed()
    assert in_sight(page, "#bar")
    expect(bar.locator(".bar-row > .effects")).to_contain_text(re.compile(rf"奶类产量目标\s+58\.74.*{after}"))
    expect(bar.locator("#changes-list > summary")).to_contain_text("已改2处")
    bar.locator("#changes-list > summary").click()
    bar.get_by_role("button", name="撤销：奶类产量 · 增速 · 通辽市").click()
    expect(page.locator("#bar #changes-list > summary")).to_have_text("已改1处")
    expect(page.locator(MILK)).to_have_value("")
    expect(page.locator(CELLS).nth(1)).to_have_text("2.07")
    assert page.input_value(FORAGE) == "2.5"
    page.locator("#nav a", has_text="数据").click()
    page.locator("#changes-list > summary").click()
    page.get_by_role("link", name="撤销：饲草产值 · 增速 · 通辽市").click()
    expect(page.locator("h1")).to_have_text("数据")
    expect(page.locator("#strip")).to_contain_text("默认方案")
    expect(page.locator("#changes-list")).to_have_count(0)


@pytest.mark.thorough
def test_the_way_back_to_the_default_asks_first(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    page.locator("#changes-list > summary").click()
    page.locator("#changes-list .question summary").click()
    expect(page.locator(CELLS).nth(1)).to_have_text("8.00")
    page.locator("#changes-list [data-reset]").click()
    expect(page.locator(CELLS).nth(1)).to_have_text("2.07")
    assert page.input_value(MILK) == ""


def test_enter_in_a_field_shows_the_figures_and_saves_nothing(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.fill(MILK, "8")
    page.locator(MILK).press("Enter")
    expect(page.locator(CELLS).nth(1)).to_have_text("8.00")
    expect(page.locator(".flash")).to_have_count(0)


def test_an_ended_session_keeps_what_was_typed(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    page.fill("#f-name", f"会后保存{scripted}")
    page.context.clear_cookies()
    page.fill(MILK, "8")
    if scripted:
        expect(page.locator(CELLS).nth(1)).to_have_text("8.00")
        page.context.clear_cookies()
    page.locator("#strip button[name=save]").click()
    page.get_by_role("button", name="按填写的内容继续").click()
    expect(page.locator(".flash")).to_contain_text(f"会后保存{scripted}")
    assert page.input_value(MILK) == "8"


@pytest.mark.thorough
def test_two_scenarios_are_saved_and_compared(page: Page, scripted: bool) -> None:
    names = [f"方案{mark}{'有' if scripted else '无'}脚本" for mark in "甲乙"]
    for name, growth in zip(names, ("6", "9"), strict=True):
        page.goto("league/150500")
        set_growth(page, growth, scripted)
        save_as(page, name)
    page.goto("scenarios")
    if scripted:
        page.locator(".menu summary").first.click()
        page.locator(".menu[open] input").nth(1).focus()
        page.keyboard.press("Escape")
        expect(page.locator(".menu[open]")).to_have_count(0)
        expect(page.locator(".menu summary").first).to_be_focused()
    for name in names:
        page.get_by_label(f"选择“{name}”参加比较").check()
    page.get_by_role("button", name="比较所选方案").click()
    changed = page.locator("table.changes tbody tr")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text("奶类产量 · 增速 · 通辽市")
    expect(page.locator("svg.chart")).to_have_count(1)
    base = page.locator(".order li").first.locator("strong").inner_text()
    page.locator(".order a", has_text="作为基准").click()
    expect(page.locator(".order li").first.locator("strong")).not_to_have_text(base)
    expect(page.locator(".side-more, .side-less").first).to_be_visible()


@pytest.mark.thorough
def test_a_saved_scenario_is_superseded_not_overwritten(page: Page, scripted: bool) -> None:
    name = f"滚动{scripted}"
    page.goto("league/150500")
    set_growth(page, "4", scripted)
    save_as(page, name)
    set_growth(page, "5", scripted)
    save_as(page, name)
    page.goto(f"scenarios/history?name={name}")
    expect(page.locator("tbody tr")).to_have_count(2)


@pytest.mark.thorough
def test_the_pages_switch_to_english_and_back(page: Page, scripted: bool) -> None:
    page.goto("league/150500")
    set_growth(page, "8", scripted)
    page.locator(".switch").click()
    expect(page.locator("h1")).to_have_text("Tongliao")
    expect(page.locator(CELLS).nth(2)).to_have_text("52.71")
    page.locator("#nav a", has_text="Data").click()
    expect(page.locator("h1")).to_have_text("Data")
    page.locator(".switch").click()
    expect(page.locator("h1")).to_have_text("数据")


def test_the_map_takes_another_colour(page: Page, scripted: bool) -> None:
    page.goto("./")
    page.select_option('select[name="measure"]', "needed_growth")
    if not scripted:
        page.get_by_role("button", name="显示").click()
    expect(page).to_have_url(re.compile("measure=needed_growth"))
    expect(page.locator(".map-legend")).to_contain_text("%/年")


def test_limits_of_one_league_move_the_others(page: Page, scripted: bool) -> None:
    page.goto("indicator/milk")
    row = page.locator("#leagues-title ~ .scroll tbody tr", has_text="呼和浩特市")
    page.fill('input[name="allocation.milk.lock.150100"]', "20")
    if not scripted:
        page.locator("button.recount").first.click()
    expect(row.locator("td").last).to_have_text("已锁定")
    expect(row.locator('td[data-label="分解量"]')).to_have_text("20.00")
