"""Tables of pages: what a cell is, however its contents are laid out, and what a column says it holds."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from agriplan import web
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang, say
from agriplan.web.pages.draft import pack
from tests.web.reading import send

WEB = Path(web.__file__).parent
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def test_no_class_of_a_cell_makes_it_anything_but_a_cell() -> None:
    """A cell that is a flex box is as high as its contents, and its line of the row is not where the others' are."""
    sheet = re.sub(r"/\*.*?\*/", "", (WEB / "static/style.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    boxes = {
        name
        for selectors, look in _RULE.findall(sheet)
        if re.search(r"display: *(?:inline-)?(?:flex|grid|block)", look)
        for name in re.findall(r"(?:^|,)\s*\.([\w-]+)\s*(?=,|$)", selectors.strip())
    }
    assert "actions" in boxes
    templates = "".join(one.read_text(encoding="utf-8") for one in (WEB / "templates").glob("*.html"))
    cells = {
        name for names in re.findall(r'<t[dh][^>]* class="([^"]*)"', templates) for name in re.findall(r"[\w-]+", names)
    }
    assert cells & boxes == set()


@pytest.mark.parametrize(("lang", "said"), [("zh", "与生成时相差"), ("en", "Change since made")])
def test_what_a_workbook_moved_is_said_against_what_it_was_made_with(
    client: FlaskClient, lang: Lang, said: str
) -> None:
    faster = pack(Scenario(growth={"milk": {"150500": 8.0}}))
    page = send(client, f"/upload/accept?lang={lang}", made=pack(Scenario()), read=faster).text
    moved = page[page.index('id="moved-title"') :]
    assert f">{said}</th>" in moved
    assert f'data-label="{said}"' in moved
    assert say("page.compare.difference", lang) not in re.findall(r">([^<]+)</th>", moved)


def test_where_rows_are_cards_no_box_of_a_table_cuts_one_off() -> None:
    sheet = (WEB / "static/style.css").read_text(encoding="utf-8")
    narrow = re.search(r"@media screen and \(max-width: (\d+)px\) \{ \.scroll\.tall \{ max-height: none; \} \}", sheet)
    assert narrow
    assert int(narrow[1]) >= 760


def test_a_name_without_blanks_may_break_where_a_choice_of_scenarios_lists_it() -> None:
    sheet = (WEB / "static/style.css").read_text(encoding="utf-8")
    assert re.search(r"\.checks label[^{}]*\{[^{}]*overflow-wrap: anywhere", sheet)
