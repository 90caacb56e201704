"""The worked examples of docs/projection.md are the engine's own figures."""

from pathlib import Path

import pytest
from docs.worked import Figures, figures_for, formulas_of, holds, print_page

PAGE = (Path(__file__).parents[2] / "docs" / "projection.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(PAGE)


@pytest.mark.parametrize("formula", formulas_of(PAGE))
def test_worked_example_is_true_of_the_fits(formula: str, figures: Figures):
    assert holds(formula, figures)


def test_worked_examples_are_printed_with_the_figures_of_the_fits(figures: Figures):
    assert print_page(PAGE, figures) == PAGE
