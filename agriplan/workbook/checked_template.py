"""A template that is known to fit, before the first workbook is asked for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan
from agriplan.errors import Problem, TemplateError
from agriplan.sentences import Lang
from agriplan.workbook.agreement import Difference, compare_with_engine
from agriplan.workbook.content.book import describe_book, describe_unevaluated
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.evaluate.book import program_of
from agriplan.workbook.files import find_template, parsed_template, template_path
from agriplan.workbook.layout.template_check import check_template
from agriplan.workbook.template.reading import MOST_WHY, UNREADABLE, Template
from agriplan.workbook.xlsx.writer import render


@dataclass(frozen=True)
class CheckedTemplateFile:
    """A template of one's own that is checked where it is read: kept shapes were drawn from one that fitted."""

    own: Path | None
    lang: Lang
    plan: Plan

    @property
    def version(self) -> str:
        """The hash of the file."""
        return find_template(self.own, self.lang).version

    def read(self) -> Template:
        """The template itself; raises `TemplateError` with everything that is wrong in it."""
        return read_checked_template(self.plan, self.lang, self.own)


def read_checked_template(plan: Plan, lang: Lang, own: Path | None = None) -> Template:
    """Read the template of a language (`template_path`) and check it against every sort of workbook.

    Raises `TemplateError` with everything that is wrong in it.
    """
    template = parsed_template(own, lang)
    if not template.words:
        raise TemplateError([Problem(template_path(own, lang).name, "template_without_tokens")])
    if template.language != lang:
        raise TemplateError([Problem(template_path(own, lang).name, "template_other_language")])
    left_out = check_template(template, list(_every_sort(plan, template, lang)))
    if template_path(own, lang) != template_path(None, lang):  # the shipped one is known to be drawn
        _draw_one(template, plan, lang, template_path(own, lang).name)
    return replace(template, cautions=(*template.cautions, *left_out))


def _draw_one(template: Template, plan: Plan, lang: Lang, name: str) -> None:
    """Write a league's workbook, so that whatever it fails at is said before anybody asks for it."""
    try:
        render(template, describe_book(plan, plan.baselines.leagues[0].code, lang, template.words))
    except (*UNREADABLE, XlsxWriterException) as error:
        why = " ".join(str(error).split())[:MOST_WHY] or type(error).__name__
        raise TemplateError([Problem(name, "template_not_drawn", {"why": why})]) from error


def check_formulas(plan: Plan, template: Template, lang: Lang, beyond: Collection[str] = ()) -> int:
    """Evaluate the formulas of the region's and of a league's workbook and hold them against the plan.

    Returns how many cells were compared; raises `TemplateError` where they differ. Another region, other rules or a
    template with one word for two things are so proved without a spreadsheet program. Of indicators `beyond` what a
    number holds with its decimals, formula and plan may round apart: nothing is said of their cells.
    """
    cells, problems = 0, []
    for area in (plan.baselines.region, plan.baselines.leagues[0]):
        book = describe_unevaluated(plan, area.code, lang, template.words)
        program = program_of(book)
        found = dict(zip(program.order, program.evaluate(program.given(book)), strict=True))
        agreement = compare_with_engine(plan, book, found)
        told = [each for each in agreement.differences if _indicator_of(each, book, plan) not in beyond]
        cells += agreement.cells - len(agreement.differences) + len(told)
        problems += [
            Problem(each.place, "formula_differs", {"engine": each.engine, "formula": each.formula})
            for each in told[:MOST_DIFFERENCES]
        ]
    if problems:
        raise TemplateError(problems)
    return cells


def _indicator_of(difference: Difference, book: Book, plan: Plan) -> str:
    """The indicator that a cell is about: its sheet's, its row's, or that of the columns that are numbered after it."""
    sheet, table, column = difference.entry
    if table is None or sheet in plan.baselines.by_id:
        return sheet
    number = column.rpartition("_")[2]
    if sheet == "overview" and number.isdecimal():
        return plan.baselines.commitments[int(number) - 1].id
    return book.sheets[sheet].tables[table].keys[difference.row].partition(".")[0]


# As many cells are named in one workbook; what is wrong is wrong in a whole column.
MOST_DIFFERENCES = 10


def _every_sort(plan: Plan, template: Template, lang: Lang) -> Iterator[Book]:
    """The region's workbook, a league's and a comparison; the leagues' differ in figures only.

    Whether a template fits depends on what there is, not on what formulas come to: those are worked out in `_draw_one`
    and `check_formulas`.
    """
    for area in (plan.baselines.region, plan.baselines.leagues[0]):
        yield describe_unevaluated(plan, area.code, lang, template.words)
    yield describe_comparison(compare([plan, plan]), lang, template.words)
