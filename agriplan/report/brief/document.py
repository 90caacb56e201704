"""A brief as a Word file: the template filled in a sandbox, charts as native Word charts, the same bytes every time."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from agriplan.analysis.evaluation import Evaluation
from agriplan.bounded_reading import MOST_TEMPLATE, FileTooLargeError, read_bounded
from agriplan.errors import Called, Problem, TemplateError
from agriplan.office import kind_of
from agriplan.places import template_file
from agriplan.report.brief.charts import BarChart, chart_part, chart_run
from agriplan.report.brief.columns import align_heads, fit_columns
from agriplan.report.brief.words import brief_values
from agriplan.sentences import LANGS, Lang, say

BRIEF_TEMPLATES: dict[Lang, str] = {"zh": "brief.docx", "en": "brief.en.docx"}
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
# Files inside carry one date, so that the same inputs give the same bytes.
DATE = (1980, 1, 1, 0, 0, 0)
FIRST_DRAWING = 900  # ids of drawings: above those that Word gives
# What XML has no place for: Word would not open a file with it, however it is written.
_FOREIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Everything that python-docx and the parser of XML raise about a file that they do not understand.
_DAMAGED = (
    OpcError,
    PythonDocxError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    SyntaxError,
    EOFError,
)
_TOKEN = re.compile(r"\{[{%].*?[%}]\}")


def brief_template(own: Path | None, lang: Lang) -> Path:
    """The template of a brief: a Word file of one's own, that of a folder, else the shipped one.

    A template of workbooks, as the service may have, leaves the shipped one; raises `TemplateError` for what is neither
    of workbooks nor of briefs, or is not there.
    """
    if own is None or own.is_dir():
        path = template_file(own, BRIEF_TEMPLATES[lang])
        if (kind := kind_of(path)) != "document":
            raise TemplateError([Problem(str(path), _WRONG.get(kind, "brief_not_document"))])
        return path
    if not own.is_file():
        raise TemplateError([Problem(str(own), "no_plain_file" if own.is_fifo() else "template_missing")])
    kind = kind_of(own)
    if kind not in ("document", "workbook"):
        raise TemplateError([Problem(str(own), "brief_not_document")])
    return own if kind == "document" else template_file(None, BRIEF_TEMPLATES[lang])


_WRONG: dict[str | None, str] = {"workbook": "brief_is_workbook"}


def check_brief_template(own: Path | None, lang: Lang, *, typed: bool) -> list[Problem]:
    """A caution where the shipped template is used instead of one's own.

    Raises `TemplateError` where a template of workbooks was typed for a brief.
    """
    path = brief_template(own, lang)
    if own is None or path != brief_template(None, lang):
        return []
    if typed and own.is_file():
        raise TemplateError([Problem(own.name, "brief_is_workbook")])
    return [Problem(own.name, "brief_shipped")]


def brief_version(lang: Lang, own: Path | None = None) -> str:
    """Names the template and the package that fills it: other ones, other bytes."""
    text = _held(brief_template(own, lang))
    return f"{version('docxtpl')} {hashlib.sha256(text).hexdigest()}"


def write_brief(evaluation: Evaluation, code: str, lang: Lang, own: Path | None = None) -> bytes:
    """The brief of an area; raises `TemplateError` where the template asks for what there is not, with its place."""
    path = brief_template(own, lang)
    values = without_foreign(brief_values(evaluation, code, lang))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template = _opened(path)
    values = {
        name: _place_chart(template, value, number) if isinstance(value, BarChart) else value
        for number, (name, value) in enumerate(values.items(), FIRST_DRAWING)
    }
    try:
        if not template.get_undeclared_template_variables(environment):
            raise TemplateError([Problem(path.name, "brief_without_tokens")])
        template.render({"brief": values}, jinja_env=environment, autoescape=True)
        hold_drawings(template.docx)
        fit_columns(template.docx)
        align_heads(template.docx)
    except (JinjaError, AttributeError, TypeError) as error:
        raise TemplateError(list(_why(path, str(error)))) from None
    raw = io.BytesIO()
    template.save(raw)
    return _dated(raw.getvalue())


def _held(path: Path) -> bytes:
    try:
        return read_bounded(path, MOST_TEMPLATE)
    except FileTooLargeError as error:
        raise TemplateError([Problem(str(path), "file_too_large", {"most": error.most})]) from None


def _opened(path: Path) -> DocxTemplate:
    try:
        template = DocxTemplate(io.BytesIO(_held(path)))
        template.init_docx()
    except (*_DAMAGED, zipfile.BadZipFile):
        raise TemplateError([Problem(str(path), "brief_not_document")]) from None
    return template


def without_foreign(value: Any) -> Any:
    r"""The same values, every text in them without characters that a Word file cannot hold.

    >>> without_foreign({"name": "甲\x01乙", "rows": [{"cells": ("1\ufffe", 2)}]})
    {'name': '甲乙', 'rows': [{'cells': ('1', 2)}]}
    """
    if isinstance(value, str):
        return _FOREIGN.sub("", value)
    if isinstance(value, dict):
        return {name: without_foreign(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        cleaned = [without_foreign(one) for one in value]
        if isinstance(value, list):
            return cleaned
        return type(value)(*cleaned) if hasattr(value, "_fields") else tuple(cleaned)
    return value


def _place_chart(template: DocxTemplate, chart: BarChart, number: int) -> Markup:
    package = template.docx.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, chart_part(chart), package)
    return Markup(chart_run(chart, template.docx.part.relate_to(part, RELATIONSHIP_TYPE.CHART), number))  # noqa: S704


def hold_drawings(document: Any) -> None:
    """Put a drawing that follows a heading into the heading's own paragraph, on a line below it.

    LibreOffice leaves a heading at the foot of a page where the next paragraph is a drawing that no longer fits there,
    though they are to be kept together; a paragraph it does not part.
    """
    for heading, below in pairwise(document.paragraphs):
        is_next = heading._p.getnext() is below._p
        if is_next and heading.style.name.startswith("Heading") and below._p.findall(f".//{qn('w:drawing')}"):
            heading.add_run().add_break()
            heading._p.extend(below._p.findall(qn("w:r")))
            heading.paragraph_format.keep_together = True
            heading.paragraph_format.keep_with_next = False  # what it is kept with stands in it
            below._p.getparent().remove(below._p)


def _why(path: Path, message: str) -> Iterator[Problem]:
    """Every place of the template with a word of the message in a token; the message itself where there is none."""
    words = re.findall(r"'([^']+)'", message)
    found = False
    for place, text in _texts(path):
        for token in _TOKEN.findall(text):
            if any(re.search(rf"\b{re.escape(word)}\b", token) for word in words[-1:]):
                found = True
                yield Problem(path.name, "brief_token", {"where": place, "word": token, "why": message})
    if not found:
        told = {"where": _place("somewhere"), "word": words, "why": message}
        yield Problem(path.name, "brief_token", told)


def _place(what: str, **numbers: int) -> Called:
    return Called("", *(say(f"brief.place.{what}", lang, **numbers) for lang in LANGS))


def _texts(path: Path) -> Iterator[tuple[Called, str]]:
    """The paragraphs and cells of a template, each with where it stands."""
    document: Any = DocxTemplate(path).get_docx()
    for number, paragraph in enumerate(document.paragraphs, 1):
        yield _place("paragraph", number=number), paragraph.text
    for number, table in enumerate(document.tables, 1):
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells.cells, 1):
                yield _place("cell", number=number, row=row, column=column), cell.text
    for number, section in enumerate(document.sections, 1):
        for paragraph in (*section.header.paragraphs, *section.footer.paragraphs):
            yield _place("margin", number=number), paragraph.text


def _dated(raw: bytes) -> bytes:
    """The same package, its files in order and with one date."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            new.writestr(zipfile.ZipInfo(name, DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
