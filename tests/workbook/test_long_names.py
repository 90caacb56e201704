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
