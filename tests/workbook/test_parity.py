"""The live workbook never shows a number that the engine would not."""

from itertools import product
from pathlib import Path

import pytest

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import Lang
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.sheets import Layout, lay_out
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.recalculation import (
    GNUMERIC,
    OFFICE,
    differences,
    differences_by_ironcalc,
    recalculate,
    recalculate_by_gnumeric,
    with_wrong_values,
)

# The full set (every scenario, every area, both languages) is `make parity`; this one has every rule and every status,
# for IronCalc, which is quick. Of the slower judges each tries one: LibreOffice a league's, as it follows edits of the
# region's as well (`test_edited_parity.py`), Gnumeric the region's. LibreOffice's has the indicators that its scenario
# enters something for, one of each kind (a quantity, a value, a rate).
ONE_OF = {"LibreOffice": slice(4, 5), "Gnumeric": slice(1, 2)}
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}
QUICK: list[tuple[str, str, Lang]] = [
    ("default", "150500", "zh"),
    ("other_rules", "150000", "zh"),
    ("ceilings_that_bind", "150500", "en"),
    ("ceilings_too_low", "150100", "zh"),
    ("surplus_with_locks", "150500", "zh"),
    ("floors_above_the_gap", "150500", "zh"),
]


def _cases(areas: list[str]) -> list[tuple[str, str, Lang]]:
    langs: tuple[Lang, ...] = ("zh", "en")
    return list(product(SCENARIOS, areas, langs)) if FULL else QUICK


@pytest.fixture(scope="module")
def written(baselines, suggestions, tmp_path_factory) -> list[tuple[Layout, Path]]:
    """Workbooks in which every stored value is wrong."""
    folder = tmp_path_factory.mktemp("parity")
    plans = {
        name: make_plan(parse_scenario(scenario), _data(name, baselines), suggestions)
        for name, scenario in SCENARIOS.items()
    }
    found = []
    for name, code, lang in _cases(list(baselines.areas)):
        layout, data = _made(plans[name], code, lang)
        path = folder / f"{name}-{code}-{lang}.xlsx"
        path.write_bytes(with_wrong_values(data))
        found.append((layout, path))
    return found


def _data(name: str, baselines: Baselines) -> Baselines:
    return of_indicators(baselines, KINDS) if name == "surplus_with_locks" and not FULL else baselines


def _made(plan: Plan, code: str, lang: Lang) -> tuple[Layout, bytes]:
    template = load_template(None, lang)
    book = describe_book(plan, code, lang, template.words)
    return lay_out(template, book), render(template, book)


@pytest.mark.parametrize(
    ("judge", "recalculated"),
    [
        pytest.param(
            judge, recalculated, marks=pytest.mark.skipif(program is None, reason=f"{judge} is not installed"), id=judge
        )
        for judge, program, recalculated in (
            ("LibreOffice", OFFICE, recalculate),
            ("Gnumeric", GNUMERIC, recalculate_by_gnumeric),
        )
    ],
)
def test_every_formula_cell_recalculates_to_what_the_engine_computed(judge, recalculated, written, tmp_path):
    cells, books = 0, written if FULL else written[ONE_OF[judge]]
    for (layout, _), path in zip(books, recalculated([path for _, path in books], tmp_path / "done"), strict=True):
        cells += _agreeing(path.stem, *differences(layout, path))
    assert cells > 5000 * len(books) > 0
    print(f"{judge}: {cells} formula cells in {len(books)} workbooks")


def test_ironcalc_works_every_formula_cell_out_to_what_the_engine_computed(written):
    cells = sum(_agreeing(path.stem, *differences_by_ironcalc(layout, path)) for layout, path in written)
    print(f"IronCalc: {cells} formula cells in {len(written)} workbooks")


def _agreeing(name: str, count: int, found: list[str]) -> int:
    assert count > 5000, name
    assert not found, f"{name}: {len(found)} of {count}: {found[:5]}"
    return count


def test_wrong_stored_values_show_that_parity_comes_from_recalculation(written):
    layout, path = written[0]
    count, found = differences(layout, path)
    assert len(found) == count
