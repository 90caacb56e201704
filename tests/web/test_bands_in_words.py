"""A band of likelihood is printed as its language writes it, on pages and in workbooks; JSON has its code."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.likelihood import say_band
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.intervals import BANDS
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.evaluation_json import evaluation_json
from agriplan.report.plan_json import to_json
from agriplan.sentences import LANGS, Lang
from agriplan.web.pages.draft import pack
from agriplan.workbook.content.book import describe_book
from tests.web.reading import PAGES

ASKED = {"growth": {"milk": {"150000": 15, "150500": 20}}}


def codes(text: str, lang: Lang) -> set[str]:
    """The codes that stand in a text, where they are not what is printed."""
    return {band for band in BANDS if band != say_band(band, lang) and band in text}


@pytest.fixture(scope="module")
def faster(baselines, suggestions) -> Plan:
    return make_plan(parse_scenario(ASKED), baselines, suggestions)


@pytest.mark.parametrize("lang", LANGS)
def test_pages_print_a_band_as_their_language_writes_it(client: FlaskClient, faster: Plan, lang: Lang) -> None:
    draft, printed = pack(faster.scenario), [say_band(band, lang) for band in BANDS]
    for address in PAGES:
        told = client.get(f"{address}{'&' if '?' in address else '?'}draft={draft}&lang={lang}").text
        text = html.unescape(re.sub(r"<[^>]+>", "", told)).replace("\N{NO-BREAK SPACE}", " ")
        assert codes(text, lang) == set(), address
        if address in ("/", "/league/150500", "/indicator/milk", "/evaluation?as_of=2022"):
            assert any(band in text for band in printed), address


@pytest.mark.parametrize("lang", LANGS)
def test_workbooks_print_a_band_as_their_language_writes_it(faster: Plan, lang: Lang) -> None:
    book = describe_book(faster, "150500", lang)
    columns = [
        each for sheet in book.sheets.values() for table in sheet.tables.values() for each in table.columns.items()
    ]
    bands = {value for name, column in columns for value in column.values if name == "likelihood" and value}
    assert codes(" ".join(str(value) for _, column in columns for value in column.values), lang) == set()
    assert all(value.startswith(tuple(say_band(band, lang) for band in BANDS)) for value in bands)
    assert bands


def test_json_has_codes_and_its_sentences_what_is_printed(faster: Plan) -> None:
    suggestions = suggestions_as_of(faster.baselines, faster.suggestions, 2022)
    for written in (to_json(faster), evaluation_json(evaluate(faster, suggestions, 2022))):
        assert '"band": "<5 %"' in written
        said = " ".join(re.findall(r'"(?:zh|\w+_zh)": "(.*)"', written))
        assert "可能性为" in said
        assert codes(said, "zh") == set()
