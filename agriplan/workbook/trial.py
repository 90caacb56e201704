"""Try a template file on everything that can be poured into it, before anybody waits for a workbook."""

from pathlib import Path

from agriplan.baselines import Baselines
from agriplan.comparison import compare
from agriplan.models import Scenario
from agriplan.plan import make_plan
from agriplan.sentences import Lang
from agriplan.suggestions import suggestions_for
from agriplan.workbook.checking import check_template
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.description import Book
from agriplan.workbook.template import Template, read_template


def try_template(path: Path, baselines: Baselines, lang: Lang = "zh") -> Template:
    """Read a template and hold it against the books of a plan; raises `TemplateError` with every problem."""
    template = read_template(path)
    check_template(template, trial_books(template, baselines, lang))
    return template


def trial_books(template: Template, baselines: Baselines, lang: Lang) -> list[Book]:
    """One book of each kind, of the default plan: the region's, a league's and a comparison."""
    plan = make_plan(Scenario(), baselines, suggestions_for(baselines))
    codes = (baselines.region.code, baselines.leagues[0].code)
    books = [describe_book(plan, code, lang, template.words) for code in codes]
    return [*books, describe_comparison(compare([plan, plan]), lang, template.words)]
