"""A book becomes the bytes of an xlsx file: its shape is laid out and written once, then its values fill the places."""

from collections.abc import Iterator, Sequence

from agriplan.workbook.description import Book, Value
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.template.reading import Template
from agriplan.workbook.varying import values_of, with_slots
from agriplan.workbook.xlsx.compiled import Compiled, Stretch, refer
from agriplan.workbook.xlsx.parts import write_parts
from agriplan.workbook.xlsx.shows import Cut, Numbers, Show


def render(template: Template, book: Book) -> bytes:
    """Lay out a book and write it; the same template and book give the same bytes."""
    return compile_workbook(template, book).fill(values_of(book), book.properties)


def compile_workbook(template: Template, book: Book, values: Sequence[Value] | None = None) -> Compiled:
    """Lay out the shape of a book and write it once; `values` are what its places hold at first (its own)."""
    shape, values = with_slots(book), values_of(book) if values is None else values
    parts = write_parts(lay_out(template, shape), template, Numbers(len(values)))
    stretches: list[Stretch] = []
    numbers = {}
    for name, text in parts.texts.items():
        cut = list(_stretches(text, parts.cuts.get(name, ())))
        numbers[name] = range(len(stretches), len(stretches) + len(cut))
        stretches += cut
    phrases = [[each if isinstance(each, str) else each.number for each in phrase.parts] for phrase in parts.phrases]
    places, reference = refer(stretches, parts.shared, phrases, values)
    return Compiled(numbers, places, parts.shared, phrases, reference, parts.pictures)


def _stretches(text: str, cuts: Sequence[Cut]) -> Iterator[Stretch]:
    """Cut a part at its places, and where a stretch ends."""
    pieces: list[str] = []
    shows: list[Show] = []
    begun = 0
    for place, show in cuts:
        pieces.append(text[begun:place])
        begun = place
        if show is None:
            yield Stretch(pieces, shows, last=False)
            pieces, shows = [], []
        else:
            shows.append(show)
    yield Stretch([*pieces, text[begun:]], shows, last=True)
