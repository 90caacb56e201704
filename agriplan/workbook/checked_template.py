"""A template that is known to fit, before the first workbook is asked for."""

from collections.abc import Iterator
from pathlib import Path

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan
from agriplan.sentences import Lang
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.template_check import check_template
from agriplan.workbook.template.reading import Template


def fitting_template(plan: Plan, lang: Lang, path: Path | None = None) -> Template:
    """Read a template (None: the shipped one of that language) and check it against every sort of workbook.

    Raises `TemplateError` with everything that is wrong in it.
    """
    template = load_template(path, lang)
    check_template(template, list(_every_sort(plan, template, lang)))
    return template


def _every_sort(plan: Plan, template: Template, lang: Lang) -> Iterator[Book]:
    """The region's workbook, a league's and a comparison; the leagues' differ in figures only."""
    for area in (plan.baselines.region, plan.baselines.leagues[0]):
        yield describe_book(plan, area.code, lang, template.words)
    yield describe_comparison(compare([plan, plan]), lang, template.words)
