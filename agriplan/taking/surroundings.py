"""What stands around a figure that a person is to look at before it is taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agriplan.taking.cells import TableCell, cut
from agriplan.taking.label import Label
from agriplan.taking.refusals import FEW
from agriplan.taking.stubs import Stubs
from agriplan.taking.vocabulary import hidden_words, merged_words
from agriplan.taking.words import Words

Doubt = tuple[str, Mapping[str, object]]


@dataclass(frozen=True)
class Surroundings:
    """A figure's cell, the labels of its row, column and section, titles, file name, footnotes, what else is near."""

    labels: Sequence[Label]
    titles: Sequence[Label]
    cell: TableCell
    stubs: Stubs
    notes: Sequence[str]

    def doubts(self, words: Words) -> Iterator[Doubt]:
        """Which sentences say what is to be looked at, each with its words."""
        stated = next((one.expected for one in (*self.labels, *self.titles) if one.expected), "")
        if expected := stated or words.expected_in(self.cell.mark):
            yield "table_expected", {"word": expected}
        for label in self.labels:
            yield from _of_label(label)
        yield from _of_cell(self.cell)
        yield from _of_row(self.stubs)
        for note in self.notes:
            yield "table_footnote", {"word": cut(note, FEW)}


def _of_cell(cell: TableCell) -> Iterator[Doubt]:
    for code, marks in (("table_merged", merged_words()), ("table_hidden", hidden_words())):
        if any(word in cell.mark for word in marks):
            yield code, {"word": cut(cell.text, FEW)}
    if cell.before:
        yield "table_sign_before", {"word": cut(cell.text, FEW)}


def _of_row(stubs: Stubs) -> Iterator[Doubt]:
    if stubs.below_words:
        yield "table_below_words", {"word": cut(stubs.below_words, FEW)}
    if stubs.beside_words:
        yield "table_words_beside", {"word": cut(stubs.beside_words, FEW)}
    if stubs.of_another:
        yield "table_names_apart", {}


def _of_label(label: Label) -> Iterator[Doubt]:
    if label.includes:
        yield "table_includes", {"word": cut(label.includes, FEW)}
    if label.short_year:
        yield "table_short_year", {"word": cut(label.text, FEW)}
    if label.first_day:
        yield "table_first_day", {"word": cut(label.text, FEW), "year": label.year}
