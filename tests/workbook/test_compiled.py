"""A workbook that is written once and filled says in every part what XlsxWriter's own calls give for the same cells."""

from io import BytesIO
from typing import Any
from unittest import mock
from zipfile import ZipFile

import pandas as pd
import pytest

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.sentences import LANGS, Lang
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.sheets import Layout, lay_out
from agriplan.workbook.template.reading import Template
from agriplan.workbook.varying import values_of
from agriplan.workbook.xlsx import writer
from agriplan.workbook.xlsx.compiled import Compiled
from agriplan.workbook.xlsx.writer import compile_workbook, render
from benchmarks.workbook import stock_parts, written_out
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators

# A template names the scenario in a sentence, in the footer and in what the file says of itself.
MARKS = "<b> & 'x' \"y\" _x0041_ &Z"


def scenarios(data: Baselines) -> dict[str, dict[str, Any]]:
    """One changed growth; every line changed; texts that mean something elsewhere; and nothing that could be filled."""
    first, league = data.commitments[0], data.leagues[4].code
    every = {each.id: dict.fromkeys(data.areas, 1.5) for each in data.commitments}
    limits = {each.id: {"rule": "equal_growth", "reserve": 7.5, "max_growth": "none"} for each in data.commitments}
    figure = data.base_figures[first.quantity, league].value
    return {
        "one growth": {"growth": {first.id: {league: 8.0}}},
        "every line": {"growth": every, "allocation": limits, "status_margin": 3.5},
        "texts": {
            "name": MARKS,
            "note": "很长的说明。" * 60 + MARKS,
            "baseline": {first.quantity: {league: {"value": figure, "source": MARKS, "note": "a\nb\n" * 9}}},
        },
        "ceilings too low": {
            "allocation": {
                each.id: {"rule": "by_criteria", "criteria": "entropy", "ceiling": dict.fromkeys(each.leagues, 0.0)}
                for each in data.commitments
            },
            "actual": {first.id: {league: {str(data.base_year + 1): figure}}},
        },
    }


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _around(ours: str, theirs: str) -> tuple[str, str]:
    """Both texts where they begin to differ."""
    at = next((place for place, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0)
    return ours[max(at - 90, 0) : at + 90], theirs[max(at - 90, 0) : at + 90]


def compiled_written_out(template: Template, book: Book) -> Compiled:
    """Compiled with every formula written out: XlsxWriter's own calls do not know shared ones."""

    def plainly(style: Template, shape: Book) -> Layout:
        return written_out(lay_out(style, shape))

    with mock.patch.object(writer, "lay_out", plainly):
        return compile_workbook(template, book)


EVERY = ("one growth", "every line", "texts", "ceilings too low")
# With every run each scenario once but one that is part of another, and by turns an indicator of each kind: a quantity,
# a value, a rate.
KINDS = {"150000": {"milk"}, "150500": {"beef_cattle_value", "improved_breed_rate"}}
FILES: list[tuple[str, Lang, tuple[str, ...]]] = [
    ("150000", "zh", EVERY[2:3]),
    ("150500", "en", (EVERY[1], EVERY[3])),
]
if FULL:
    FILES = [(area, lang, EVERY) for area in KINDS for lang in LANGS]


@pytest.mark.parametrize(("area", "lang", "names"), FILES)
def test_every_part_of_a_filled_workbook_is_what_xlsxwriters_own_calls_give(
    baselines: Baselines, suggestions: pd.DataFrame, area: str, lang: Lang, names: tuple[str, ...]
) -> None:
    data = baselines if FULL else of_indicators(baselines, KINDS[area])
    template = load_template(None, lang)
    first = describe_book(make_plan(Scenario(), data, suggestions), area, lang, template.words)
    compiled = compiled_written_out(template, first)
    for name in names:
        raw = scenarios(data)[name]
        book = describe_book(make_plan(parse_scenario(raw), data, suggestions), area, lang, template.words)
        filled = parts(compiled.fill(values_of(book), book.properties))
        stock = stock_parts(template, book, compiled)
        assert list(filled) == list(stock), name
        different = [part for part in stock if filled[part] != stock[part]]
        assert not different, (name, {part: _around(filled[part], stock[part]) for part in different})


def test_what_is_filled_follows_from_the_values_and_not_from_those_that_it_was_compiled_with(
    baselines: Baselines, suggestions: pd.DataFrame
) -> None:
    data = baselines if FULL else of_indicators(baselines, {"milk"})
    template = load_template(None, "zh")
    books = [
        describe_book(make_plan(parse_scenario(raw), data, suggestions), "150500", "zh", template.words)
        for raw in list(scenarios(data).values())[1:3]
    ]
    first, second = (compile_workbook(template, book) for book in books)
    for book in books:
        own = render(template, book)
        assert first.fill(values_of(book), book.properties) == own
        assert second.fill(values_of(book), book.properties) == own
