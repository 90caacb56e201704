"""What else a template's file is made of: what is neither carried, nor named elsewhere, nor without any effect.

The lists say what is known to be looked after; whatever is on none of them is named, also what no list has heard of.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from agriplan.errors import Called, Problem
from agriplan.sentences import catalogue
from agriplan.workbook.package import Package
from agriplan.workbook.template.pictures import book_part, relations

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Of a sheet: read into its page and cells, or named where it is read.
_LOOKED_AFTER = """
    dimension sheetPr sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells dataValidations
    conditionalFormatting hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks drawing
    legacyDrawing legacyDrawingHF picture oleObjects controls tableParts extLst AlternateContent
"""
# Nothing of it is seen or printed: how phonetic signs would look, which errors are not marked, what is watched.
_UNSEEN = "sheetCalcPr phoneticPr ignoredErrors cellWatches smartTags webPublishItems customProperties"
_IN_EXTENSIONS = "conditionalFormattings sparklineGroups dataValidations ignoredErrors mx"
_OF_A_BOOK = """
    fileVersion workbookPr bookViews sheets definedNames calcPr fileRecoveryPr extLst AlternateContent revisionPtr
    workbookProtection pivotCaches oleSize smartTagPr smartTagTypes webPublishing functionGroups
"""
# What a part may lead to, beside what is read; a cell whose value lies in another part is named itself.
_FROM_A_SHEET = """
    hyperlink drawing vmlDrawing comments image printerSettings table customProperty
    oleObject package ctrlProp control pivotTable slicer
"""
_FROM_A_BOOK = """
    worksheet theme styles sharedStrings calcChain sheetMetadata person customXml pivotCacheDefinition usernames
    rdRichValue rdRichValueStructure rdRichValueTypes richValueRel rdSupportingPropertyBag
    rdSupportingPropertyBagStructure rdArray
"""
_FROM_A_FILE = "officeDocument core-properties extended-properties custom-properties thumbnail customXml metadata"
_ON_A_PAGE: "dict[str, Callable[[Worksheet], object]]" = {
    "other_headers": lambda sheet: sheet.HeaderFooter.differentFirst or sheet.HeaderFooter.differentOddEven,
    "vertical_centre": lambda sheet: sheet.print_options.verticalCentered,
    "printed_headings": lambda sheet: sheet.print_options.headings,
    "printed_gridlines": lambda sheet: sheet.print_options.gridLines,
    "no_headings": lambda sheet: sheet.sheet_view.showRowColHeaders is False,
    "no_zeros": lambda sheet: sheet.sheet_view.showZeros is False,
    "right_to_left": lambda sheet: sheet.sheet_view.rightToLeft,
    "black_and_white": lambda sheet: sheet.page_setup.blackAndWhite,
    "first_page_number": lambda sheet: sheet.page_setup.useFirstPageNumber,
    "filtered": lambda sheet: sheet.auto_filter.filterColumn,
    "page_order": lambda sheet: sheet.page_setup.pageOrder == "overThenDown",
}
_OF_THE_WHOLE = {
    "locked_structure": re.compile(rb'<workbookProtection\b[^>]*\block(?:Structure|Windows)="(?:1|true)"'),
    "own_names": re.compile(rb'<definedName\b[^>]*\bname="(?!_xlnm)'),
}
# A comment is drawn as a note; other things that are drawn the old way are controls and signature lines.
_NO_NOTE = re.compile(rb'ObjectType="(?!Note")|<o:signatureline\b')


def others_on_a_sheet(package: Package, sheet: "Worksheet", part: str) -> Iterator[Problem]:
    """A caution for everything of a sheet that nobody looks after."""
    yield from (_caution(sheet.title, name) for name, has in _ON_A_PAGE.items() if has(sheet))
    names = list(dict.fromkeys(_names(package, part)))
    for name in names:
        if name not in (*_LOOKED_AFTER.split(), *_UNSEEN.split()) and not name.startswith("extLst."):
            yield _caution(sheet.title, name)
    inner = [name.partition(".")[2] for name in names if name.startswith("extLst.")]
    yield from (_caution(sheet.title, name) for name in inner if name not in _IN_EXTENSIONS.split())
    if "dataValidations" in inner:
        yield Problem(sheet.title, "template_left_validation")
    leads = relations(package, part).values()
    yield from (_caution(sheet.title, kind) for kind in _unknown((lead.kind for lead in leads), _FROM_A_SHEET))
    drawn = package.read({lead.target for lead in leads if lead.kind == "vmlDrawing"})
    if any(_NO_NOTE.search(data) for data in drawn.values()):
        yield Problem(sheet.title, "template_left_object")


def others_in_the_file(package: Package, name: str) -> Iterator[Problem]:
    """A caution for everything of the workbook and its file that nobody looks after."""
    book = book_part(package)
    for part, known in {"": _FROM_A_FILE, book: _FROM_A_BOOK}.items():
        kinds = (lead.kind for lead in relations(package, part).values())
        yield from (_caution(name, kind) for kind in _unknown(kinds, known))
    text = package.read([book]).get(book, b"")
    yield from (_caution(name, each) for each, marks in _OF_THE_WHOLE.items() if marks.search(text))
    yield from (
        _caution(name, one)
        for one in dict.fromkeys(_names(package, book))
        if one.partition(".")[0] not in _OF_A_BOOK.split()
    )


def _names(package: Package, part: str) -> Iterator[str]:
    """What a part holds, by name; what is within its extensions as `extLst.NAME`."""
    root = package.root(part)
    for each in () if root is None else root:
        name = each.tag.rpartition("}")[2]
        yield from (
            (f"{name}.{one.tag.rpartition('}')[2]}" for ext in each for one in ext) if name == "extLst" else (name,)
        )


def _unknown(kinds: Iterator[str], known: str) -> Iterator[str]:
    return (kind for kind in dict.fromkeys(kinds) if kind not in known.split())


def _caution(place: str, name: str) -> Problem:
    """The thing by what people call it, as far as it is known."""
    called = catalogue().get(f"left.{name}", {"zh": name, "en": name})
    what = Called("" if f"left.{name}" in catalogue() else name, called["zh"], called["en"])
    return Problem(place, "template_left_other", {"what": what})
