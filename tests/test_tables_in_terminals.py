"""Tables of the command line in a terminal: within its width, every figure whole, in both languages."""

import re
from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from rich.cells import cell_len

from agriplan.analysis.evaluation import evaluate
from agriplan.engine.plan import Plan
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report import evaluation_table, terminal, terminal_table
from agriplan.report.evaluation_table import list_evaluation
from agriplan.report.terminal import list_plan
from agriplan.sentences import LANGS, Lang
from tests.thoroughness import by_turns

NUMBER = re.compile(r"-?\d[\d,.]*\d")


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch, suggestions: pd.DataFrame) -> Callable[[Plan, Lang, int], Iterator[str]]:
    """The tables of a plan and of an evaluation, without their titles, in a terminal of so many cells."""

    def told(plan: Plan, lang: Lang, width: int) -> Iterator[str]:
        made: list[str] = []

        def noting(*table: object, **others: int) -> str:
            made.append(terminal_table.print_table(*table, **others))  # type: ignore[arg-type]
            return made[-1]

        with monkeypatch.context() as patched:
            patched.setattr(terminal_table, "room", lambda: width)
            for module in (terminal, evaluation_table):
                patched.setattr(module, "print_table", noting)
            year = plan.baselines.base_year + 2
            evaluation = evaluate(plan, suggestions_as_of(plan.baselines, suggestions, year), year)
            assert [*list_plan(plan, lang), *list_evaluation(evaluation, lang)]
        return (table.partition("\n")[2] for table in made)

    return told


@pytest.mark.parametrize(("lang", "width"), by_turns(LANGS, [80, 100, 140]))
def test_a_table_fits_its_terminal_and_cuts_no_figure(
    plan: Plan, tables: Callable[[Plan, Lang, int], Iterator[str]], lang: Lang, width: int
) -> None:
    wide = [*tables(plan, lang, terminal_table.TABLE_WIDTH)]
    assert max(cell_len(line) for table in wide for line in table.splitlines()) > 80
    for whole, table in zip(wide, tables(plan, lang, width), strict=True):
        assert max(map(cell_len, table.splitlines())) <= width
        assert set(NUMBER.findall(whole)) <= set(NUMBER.findall(table))


def test_a_file_has_a_row_in_a_line() -> None:
    assert terminal_table.room() == terminal_table.TABLE_WIDTH  # nobody reads what tests print
    table = terminal_table.print_table("plan", ["indicator", "note"], [["milk", "long " * 50]])
    assert len(table.splitlines()) == 3


def test_every_head_of_a_table_begins_with_a_capital_in_english(tables, plan: Plan) -> None:
    """Whichever sentences its heads come from."""
    for table in tables(plan, "en", terminal_table.TABLE_WIDTH):
        head = table.splitlines()[0]
        words = [word.strip() for word in re.split(r" {2,}", head.strip())]
        assert all(word[:1] == word[:1].upper() for word in words), head
