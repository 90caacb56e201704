"""A page that answers while one types stays the page it was: as many controls after many answers as before."""

import pytest
from playwright.sync_api import Page, expect

from tests.thoroughness import tried

# Every page with a form that sends itself, and the field that is changed: its value is one of two in turn.
LIVE_PAGES = {
    "league/150500": ("growth.milk.150500", ("3", "4")),
    "indicator/milk": ("growth.milk.150000", ("3", "4")),
    "indicator/improved_breed_rate?short=150500&done=80": ("done", ("70", "60")),
    "actuals/150400": ("actual.milk.150400.2021", ("65", "66")),
    "actuals/150000": ("actual.milk.150000.2021", ("650", "651")),
    "evaluation": ("as_of", ("2022", "2021")),
    "./": ("measure", ("needed_growth", "amount")),
    "data": ("indicator", ("milk_output", "beef_output")),
}
UPDATES = tried(3, 10)
CONTROLS = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary, form')]
    .filter((one) => !one.closest('#bar, #strip')).map((one) => `${one.tagName} ${one.id || one.name}`)"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place) }"""


@pytest.fixture
def scripted() -> bool:
    return True


# With every run the page with the most controls, whose form is sent.
FURTHER = LIVE_PAGES.keys() - {"league/150500"}


@pytest.mark.parametrize(
    "address", [pytest.param(one, marks=pytest.mark.thorough) if one in FURTHER else one for one in LIVE_PAGES]
)
def test_a_live_page_has_the_same_controls_after_many_answers(page: Page, address: str) -> None:
    name, values = LIVE_PAGES[address]
    page.goto(address)
    field = page.locator(f'main [name="{name}"]:not([type=hidden])')
    fill = field.select_option if field.evaluate("(field) => field.tagName") == "SELECT" else field.fill
    controls = []
    for number in range(UPDATES):
        page.evaluate("document.getElementById('nav').dataset.old = ''")
        fill(values[number % 2])
        expect(page.locator("#nav[data-old]")).to_have_count(0)
        controls.append(page.evaluate(CONTROLS))
    expect(field).to_have_value(values[(UPDATES - 1) % 2])
    assert page.evaluate(TWICE) == []
    assert controls[-1] == controls[1]
