"""Growth says in what it is told, a share of nothing looks as the gap's does, and a row's figures stand on one line."""

import re

import pytest
from test_hygiene import TEMPLATES

from agriplan.workbook.files import read_template
from agriplan.workbook.template.sheet import TemplateSheet

GROWTH = re.compile(
    r"\{(?:\w+\.)*(?:(?:suggested_|entered_)?(?:unit_value_)?growth|needed_growth|past_growth|needed_later|"
    r"fastest_growth|suggested|needed_\d)\}"
)
# A head of its own, or a note on the sheet.
SAID = {
    "zh": re.compile(r"%/年|%或点|% 或点|\{growth_unit\}"),
    "en": re.compile(r"per cent a year|per cent, rates in points|% or points|% a year|\{growth_unit\}"),
}


def texts(sheet: TemplateSheet) -> list[str]:
    return [spot.text for spot in sheet.spots if isinstance(spot.text, str)]


@pytest.mark.parametrize("lang", TEMPLATES)
def test_every_sheet_with_a_growth_says_per_cent_or_points(lang: str) -> None:
    growing = [sheet for sheet in read_template(TEMPLATES[lang]).sheets if any(map(GROWTH.fullmatch, texts(sheet)))]
    assert len(growing) >= 8
    assert [sheet.title for sheet in growing if not any(map(SAID[lang].search, texts(sheet)))] == []


@pytest.mark.parametrize("lang", TEMPLATES)
def test_nought_is_printed_as_a_figure_on_every_sheet_and_a_dash_says_that_there_is_none(lang: str) -> None:
    formats = {
        f"{sheet.title}!{spot.row + 1}:{spot.col + 1}": str(dict(spot.look).get("num_format")).split(";")
        for sheet in read_template(TEMPLATES[lang]).sheets
        for spot in sheet.spots
    }
    figures = {place: parts for place, parts in formats.items() if "0.0" in parts[0]}
    assert len(figures) > 300
    assert {place: parts for place, parts in figures.items() if "–" in "".join(parts[2:])} == {}


@pytest.mark.parametrize("lang", TEMPLATES)
def test_the_chart_of_growths_names_no_past_in_its_title_which_a_league_has_not(lang: str) -> None:
    charts = [chart for sheet in read_template(TEMPLATES[lang]).sheets for chart in sheet.charts]
    titles = [chart.title for chart in charts if chart.name == "growth"]
    assert titles
    assert not any(word in title for title in titles for word in ("历史", "past"))


@pytest.mark.parametrize("lang", TEMPLATES)
def test_numbers_and_texts_of_a_change_stand_on_one_line(lang: str) -> None:
    """At the top of a row digits stand higher than Chinese letters, whose font is taller."""
    spots = [spot for sheet in read_template(TEMPLATES[lang]).sheets for spot in sheet.spots]
    changes = [spot for spot in spots if isinstance(spot.text, str) and re.fullmatch(r"\{list\.\w+\}", spot.text)]
    assert len(changes) >= 8
    assert {dict(spot.look).get("valign") for spot in changes} == {"vcenter"}
