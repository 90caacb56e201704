"""What stands in a workbook beside a growth says in what it is told, and a share of nothing looks as the gap's does."""

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
    "zh": re.compile(r"%/年|%或点|% 或点"),
    "en": re.compile(r"per cent a year|per cent, rates in points|% or points|% a year"),
}
SHARES = re.compile(r"\{(?:indicators|leagues)\.share_of_total\}|\{(?:by_rule|rules)\.(?:least|greatest|spread)\}")


def texts(sheet: TemplateSheet) -> list[str]:
    return [spot.text for spot in sheet.spots if isinstance(spot.text, str)]


@pytest.mark.parametrize("lang", TEMPLATES)
def test_every_sheet_with_a_growth_says_per_cent_or_points(lang: str) -> None:
    growing = [sheet for sheet in read_template(TEMPLATES[lang]).sheets if any(map(GROWTH.fullmatch, texts(sheet)))]
    assert len(growing) >= 8
    assert [sheet.title for sheet in growing if not any(map(SAID[lang].search, texts(sheet)))] == []


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_share_of_nothing_is_a_dash_as_the_amount_beside_it(lang: str) -> None:
    looks = [
        (sheet.title, spot.text, dict(spot.look).get("num_format"))
        for sheet in read_template(TEMPLATES[lang]).sheets
        for spot in sheet.spots
        if isinstance(spot.text, str) and SHARES.fullmatch(spot.text)
    ]
    assert len(looks) >= 7
    assert [one for one in looks if not str(one[2]).endswith('"–"')] == []


@pytest.mark.parametrize("lang", TEMPLATES)
def test_the_chart_of_growths_names_no_past_in_its_title_which_a_league_has_not(lang: str) -> None:
    charts = [chart for sheet in read_template(TEMPLATES[lang]).sheets for chart in sheet.charts]
    titles = [chart.title for chart in charts if chart.name == "growth"]
    assert titles
    assert not any(word in title for title in titles for word in ("历史", "past"))
