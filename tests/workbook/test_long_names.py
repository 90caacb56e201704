"""A league's name of several words stands whole on every sheet, and only its own rows are taller."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook
from test_hygiene import TEMPLATES
from test_labels import labels_of

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.xlsx.writer import render

INDICATORS = {"milk"}
RENAMED = "152200"
LONG = {"zh": "海西蒙古族藏族自治州某某某", "en": "Tibetan and Mongol Prefecture"}


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_long_name_of_a_league_wraps_where_it_would_be_cut(
    baselines: Baselines, suggestions: pd.DataFrame, lang: Lang
) -> None:
    leagues = tuple(
        one.model_copy(update={f"name_{lang}": LONG[lang]}) if one.code == RENAMED else one for one in baselines.leagues
    )
    plan = make_plan(Scenario(), replace(baselines, leagues=leagues), suggestions)
    template = read_template(TEMPLATES[lang])
    book = load_workbook(BytesIO(render(template, describe_book(plan, "150000", lang, template.words))), data_only=True)
    named = [label for label in labels_of(book) if label.text == LONG[lang]]
    assert len(named) >= 8
    assert [label.place for label in named if not label.fits] == []
    short = next(
        each
        for each in labels_of(book)
        if each.text == baselines.areas["150500"].name(lang) and each.place[:2] in ("年度", "Ye")
    )
    assert not short.wraps


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_title_that_a_long_name_makes_wider_than_its_sheet_stands_whole(
    baselines: Baselines, suggestions: pd.DataFrame, lang: Lang
) -> None:
    long = LONG[lang] * 3 if lang == "zh" else f"{LONG[lang]} of the Far West behind the Mountains"
    leagues = tuple(
        one.model_copy(update={f"name_{lang}": long}) if one.code == RENAMED else one for one in baselines.leagues
    )
    plan = make_plan(Scenario(), replace(baselines, leagues=leagues), suggestions)
    template = read_template(TEMPLATES[lang])
    book = load_workbook(BytesIO(render(template, describe_book(plan, RENAMED, lang, template.words))), data_only=True)
    titles = [label for label in labels_of(book) if label.place.endswith("!A1")]
    assert len(titles) == len(book.worksheets) - sum(sheet.title.startswith("agriplan.") for sheet in book.worksheets)
    assert [(label.place, label.wraps, label.room, label.height) for label in titles if not label.fits] == []
    assert any(label.wraps for label in titles)


@pytest.mark.parametrize("lang", TEMPLATES)
def test_a_title_names_its_region_once(baselines: Baselines, suggestions: pd.DataFrame, lang: Lang) -> None:
    plan = make_plan(Scenario(), baselines, suggestions)
    template = read_template(TEMPLATES[lang])
    layout = lay_out(template, describe_book(plan, "150000", lang, template.words))
    titles = [cell[3] for sheet in layout.sheets for cell in sheet.cells if cell[:2] == (0, 0)]
    named = [str(title).count(baselines.region.name(lang)) for title in titles]
    assert max(named) == 1
