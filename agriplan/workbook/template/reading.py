"""Read a workbook template: what stands where, how it looks, which words it uses. All problems come at once."""

import hashlib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from agriplan.bounded_reading import MOST_TEMPLATE, FileTooLargeError, NoPlainFileError, read_bounded
from agriplan.errors import Problem, TemplateError, WorkbookError
from agriplan.office import kind_of_parts
from agriplan.sentences import Lang
from agriplan.workbook.garbage_collection import without_collection
from agriplan.workbook.names import OWN_NAMES
from agriplan.workbook.package import DAMAGE, look_into
from agriplan.workbook.template.bounds import beyond_bounds
from agriplan.workbook.template.cell_formats import Key, legend_of, theme_colours
from agriplan.workbook.template.language import language_of
from agriplan.workbook.template.left_behind import left_behind
from agriplan.workbook.template.pictures import read_pictures
from agriplan.workbook.template.sheet import TemplateSheet, read_sheet
from agriplan.workbook.template.tokens import worded_token

if TYPE_CHECKING:  # see `cell_formats`
    from openpyxl.workbook import Workbook

# Everything that openpyxl and the parsers of XML raise about a file that they do not understand.
UNREADABLE = (*DAMAGE, LookupError, ArithmeticError, TypeError, AttributeError, AssertionError, SyntaxError)
# As much of their words is told.
MOST_WHY = 200


@dataclass(frozen=True)
class Template:
    """The house style and wording of a workbook.

    `words` and `legends` are the legends: what a word of a code is, and what it looks like. `version` names the file's
    content, for fingerprints.
    """

    sheets: tuple[TemplateSheet, ...]
    words: Mapping[str, str]
    legends: Mapping[str, Key]
    theme: str | None
    version: str
    cautions: tuple[Problem, ...] = field(default=(), repr=False)
    """What the file holds and no workbook will."""
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    """What cannot be understood in it; a plan may find more that does not fit (`template_check`)."""

    @cached_property
    def language(self) -> Lang:
        """The language that it is written in, and its workbooks."""
        return language_of(self.words.values())

    def read(self) -> "Template":
        """A template that was read gives itself."""
        return self


def parse_template(path: Path) -> Template:
    """Read a template file with what is wrong in its cells; raises `TemplateError` where there is nothing to read.

    What only a plan can tell (whether a token names something) is checked by `template_check.check_template`.
    """
    try:
        data = read_bounded(path, MOST_TEMPLATE)
    except NoPlainFileError:
        raise TemplateError([Problem(str(path), "no_plain_file")]) from None
    except FileTooLargeError as error:
        raise TemplateError([Problem(str(path), "file_too_large", {"most": error.most})]) from None
    except OSError:
        raise TemplateError([Problem(str(path), "template_missing")]) from None
    name = path.name if path.is_file() else str(path)  # a device is known by its whole path only
    try:
        return _read(name, data)
    except WorkbookError as error:
        raise TemplateError(error.within(name).problems) from None
    except UNREADABLE as error:
        raise TemplateError([Problem(name, "template_unreadable")]) from error


@without_collection()
def _read(name: str, data: bytes) -> Template:
    from agriplan.workbook.template.merged_ranges import load_workbook

    package = look_into(data)
    if (kind := kind_of_parts(list(package.parts))) != "workbook":
        raise WorkbookError([Problem("", "template_is_document" if kind == "document" else "not_a_workbook")])
    if beyond := list(beyond_bounds(package)):
        raise WorkbookError(beyond)
    try:
        with warnings.catch_warnings():  # what openpyxl leaves out is told in our own words
            warnings.simplefilter("ignore")
            book = load_workbook(data)
    except IndexError:  # openpyxl, of a cell whose style is not among the styles
        raise TemplateError([Problem(name, "template_without_styles")]) from None
    pictures, cautions = read_pictures(package)
    theme = cast("bytes | None", book.loaded_theme)
    colours = theme_colours(theme)
    problems: list[Problem] = []
    sheets = tuple(
        read_sheet(sheet, colours, number, pictures.get(sheet.title, ()), problems, cautions)
        for number, sheet in enumerate(book.worksheets, 1)
    )
    problems += _twice(sheets)
    words, legends = _legends(sheets)
    if not words and any(known.startswith(OWN_NAMES) for known in _names_in(book)):
        raise TemplateError([Problem(name, "template_is_finished")])
    return Template(
        sheets=sheets,
        words=words,
        legends=legends,
        theme=theme.decode("utf-8") if theme else None,
        version=hashlib.sha256(data).hexdigest(),
        cautions=(*cautions, *left_behind(package, book, name)),
        problems=tuple(problems),
    )


def _names_in(book: "Workbook") -> Iterator[str]:
    """The names of cells, of the file or of a sheet of it."""
    for each in (book, *book.worksheets):
        yield from each.defined_names


def _twice(sheets: tuple[TemplateSheet, ...]) -> list[Problem]:
    """Two sheets for one subject would give two homes to one cell."""
    first: dict[str, str] = {}
    problems = []
    for sheet in sheets:
        if first.setdefault(sheet.subject, sheet.title) != sheet.title:
            values = {"word": sheet.subject, "first": first[sheet.subject]}
            problems.append(Problem(sheet.title, "template_sheet_twice", values))
    return problems


def _legends(sheets: tuple[TemplateSheet, ...]) -> tuple[dict[str, str], dict[str, Key]]:
    words: dict[str, str] = {}
    legends: dict[str, Key] = {}
    for sheet in sheets:
        for spot in sheet.spots:
            worded = worded_token(spot.text)
            if worded and not worded.name.startswith("link.") and worded.name not in words:
                words[worded.name] = worded.text
                legends[worded.name] = legend_of(spot.look)
    return words, legends
