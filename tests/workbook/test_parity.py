"""The live workbook never shows a number that the engine would not."""

from itertools import product
from pathlib import Path

import pytest

from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.sentences import Lang
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.sheets import Layout, lay_out
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import FULL
from tests.workbook.parity_cases import SCENARIOS
from tests.workbook.recalculation import OFFICE, differences, recalculate, with_wrong_values

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

# The full set (every scenario, every area, both languages) is `make parity`; this one has every rule and every status.
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
def recalculated(baselines, suggestions, tmp_path_factory) -> list[tuple[str, Layout, Path]]:
    folder = tmp_path_factory.mktemp("parity")
    plans = {name: make_plan(parse_scenario(scenario), baselines, suggestions) for name, scenario in SCENARIOS.items()}
    laid, files = [], []
    for name, code, lang in _cases(list(baselines.areas)):
        layout, data = _made(plans[name], code, lang)
        files.append(folder / f"{name}-{code}-{lang}.xlsx")
        files[-1].write_bytes(with_wrong_values(data))
        laid.append((files[-1].stem, layout))
    done = recalculate(files, folder / "done")
    return [(name, layout, path) for (name, layout), path in zip(laid, done, strict=True)]


def _made(plan: Plan, code: str, lang: Lang) -> tuple[Layout, bytes]:
    template = load_template(None, lang)
    book = describe_book(plan, code, lang, template.words)
    return lay_out(template, book), render(template, book)


def test_every_formula_cell_recalculates_to_what_the_engine_computed(recalculated):
    cells = 0
    for name, layout, path in recalculated:
        count, found = differences(layout, path)
        cells += count
        assert count > 5000, name
        assert not found, f"{name}: {len(found)} of {count}: {found[:5]}"
    print(f"parity: {cells} formula cells in {len(recalculated)} workbooks")


def test_wrong_stored_values_show_that_parity_comes_from_recalculation(baselines, suggestions, tmp_path):
    layout, data = _made(make_plan(Scenario(), baselines, suggestions), "150500", "zh")
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(with_wrong_values(data))
    count, found = differences(layout, path)
    assert len(found) == count
