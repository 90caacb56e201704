"""A template that is known to fit, before the first workbook is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan
from agriplan.errors import Problem, TemplateError
from agriplan.sentences import Lang
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.evaluate.program import compile_book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.template_check import check_template
from agriplan.workbook.template.reading import Template


def read_checked_template(plan: Plan, lang: Lang, path: Path | None = None) -> Template:
    """Read a template (None: the shipped one of that language) and check it against every sort of workbook.

    Raises `TemplateError` with everything that is wrong in it.
    """
    template = load_template(path, lang)
    left_out = check_template(template, list(_every_sort(plan, template, lang)))
    return replace(template, cautions=(*template.cautions, *left_out))


def check_formulas(plan: Plan, template: Template, lang: Lang) -> int:
    """Evaluate the formulas of the region's and of a league's workbook and hold them against the plan.

    Returns how many cells were compared; raises `TemplateError` where they differ. Another region, other rules or a
    template with one word for two things are so proved without a spreadsheet program.
    """
    cells, problems = 0, []
    for area in (plan.baselines.region, plan.baselines.leagues[0]):
        book = describe_book(plan, area.code, lang, template.words)
        program = compile_book(book)
        found = dict(zip(program.order, program.evaluate(program.given(book)), strict=True))
        agreement = compare_with_engine(plan, book, found)
        cells += agreement.cells
        problems += [
            Problem(each.place, "formula_differs", {"engine": each.engine, "formula": each.formula})
            for each in agreement.differences[:MOST_DIFFERENCES]
        ]
    if problems:
        raise TemplateError(problems)
    return cells


# As many cells are named in one workbook; what is wrong is wrong in a whole column.
MOST_DIFFERENCES = 10


def _every_sort(plan: Plan, template: Template, lang: Lang) -> Iterator[Book]:
    """The region's workbook, a league's and a comparison; the leagues' differ in figures only."""
    for area in (plan.baselines.region, plan.baselines.leagues[0]):
        yield describe_book(plan, area.code, lang, template.words)
    yield describe_comparison(compare([plan, plan]), lang, template.words)
