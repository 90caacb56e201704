"""A workbook that was written once, with places for the values that follow from a scenario.

Parts are cut into segments that are deflated on their own, up to a full flush, and so can be joined. A compiled
workbook holds each segment as it is with one set of values, its reference, and where in it something follows from them:
filling compares, and only the segments that show another value are put together and deflated again. The bytes follow
from the values alone; filling keeps nothing.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, compress, count, starmap
from operator import ne
from typing import NamedTuple

from agriplan.workbook.description import Value
from agriplan.workbook.xlsx.shows import (
    BESIDE,
    FORMULA,
    INPUT,
    Show,
    constant_shown,
    formula_shown,
    numbers_in,
    written,
)
from agriplan.workbook.xlsx.single_parts import SHARED, SharedTexts, property_parts
from agriplan.workbook.xlsx.texts import formula_number
from agriplan.workbook.xlsx.zipped import Deflated, ZipMember, deflated, inflated, joined, packed, zipped


@dataclass(frozen=True)
class Stretch:
    """A stretch of a part as it was written: pieces, and what goes behind each but the last; `last` of its part."""

    pieces: Sequence[str]
    shows: Sequence[Show]
    last: bool

    def refer(self, values: Sequence[Value], numbers: Mapping[str, int]) -> tuple[Sequence[int], bytes]:
        """What it says with these values: the ends of its places, and the text."""
        texts = [self.pieces[0]]
        for show, piece in zip(self.shows, self.pieces[1:], strict=True):
            if show[0] == FORMULA:
                kind, value = formula_shown(values[show[1]])
                texts += (kind, show[2], value, piece)
            else:
                texts += ("", "", written(show, values, numbers), piece)
        raw = [text.encode() for text in texts]
        return array("I", accumulate(map(len, raw[:-1]))), b"".join(raw)


class _Filling(NamedTuple):
    """What all stretches are filled with: the values, the numbers of all that differs, what goes into places that are
    no cells, the numbers of shared texts, and how figures are written, most of which stand in many cells.
    """

    values: Sequence[Value]
    differing: set[int]
    shows: Sequence[Show]
    numbers: Mapping[str, int]
    figures: dict[float, bytes]


# Nearly all places are those of cells: of them the number of the value says all.
_CELLS = frozenset((INPUT, FORMULA))


@dataclass(frozen=True)
class Segment:
    """What goes where in a stretch of a part; `last` of its part.

    `kinds` has a letter for each place, and `numbers` a number: in a cell that of its value, elsewhere that of what
    goes there, which is counted on from the values.
    """

    kinds: str
    numbers: Sequence[int]
    last: bool

    def filled(self, reference: bytes, ends: Sequence[int], filling: _Filling) -> bytes:
        """The reference, whose places end there, with other values in those that differ."""
        values, differing, shows, numbers, figures = filling
        texts: list[bytes] = []
        add, at, places = texts.append, 0, iter(ends)
        every = zip(self.kinds, self.numbers, places, places, places, places, strict=True)
        for kind, number, begin, formula, shown, end in compress(every, map(differing.__contains__, self.numbers)):
            if kind == FORMULA:
                value = values[number]
                if value.__class__ is float and begin == formula:
                    add(reference[at:shown])
                    add(figures.get(value) or figures.setdefault(value, formula_number(value).encode()))
                else:
                    what, figure = formula_shown(value)
                    texts += (reference[at:begin], what.encode(), reference[formula:shown], figure.encode())
            elif kind == INPUT:
                texts += (reference[at:begin], constant_shown(values[number], numbers).encode())
            else:
                texts += (reference[at:begin], written(shows[number - len(values)], values, numbers).encode())
            at = end
        add(reference[at:])
        return b"".join(texts)


@dataclass(frozen=True)
class FilledPlaces:
    """What goes where in all stretches: their segments, and what goes into places that are no cells."""

    segments: Sequence[Segment]
    shows: Sequence[Show]

    @cached_property
    def constants(self) -> Counter[int]:
        """The values that stand in cells without a formula, in their order, and in how many."""
        counted = Counter(show[1] for show in self.shows if show[0] == BESIDE)
        for each in self.segments:
            counted.update(number for kind, number in zip(each.kinds, each.numbers, strict=True) if kind == INPUT)
        return Counter({number: counted[number] for number in sorted(counted)})

    @cached_property
    def followed(self) -> Sequence[Sequence[int]]:
        """The values that each of the shows follows from."""
        return [tuple(numbers_in(show)) for show in self.shows]


@dataclass(frozen=True)
class Reference:
    """Values, and what each segment says with them.

    `ends` are four counts of bytes for each place of a segment: where it begins, where the type that it says ends,
    where its formula ends, and where it ends.
    """

    values: Sequence[Value]
    segments: Sequence[Deflated]
    ends: Sequence[Sequence[int]]

    @cached_property
    def truths(self) -> Sequence[int]:
        """The numbers of the values that are true or false, or are equal to one and may be numbers."""
        return array("I", [number for number, value in enumerate(self.values) if value in (True, False)])


@dataclass(frozen=True, eq=False)
class Compiled:
    """The parts of a workbook as numbers of segments, its shared texts, and the texts that name values.

    `phrases` are texts and numbers of values; each is a value itself, after those of the book. `pictures` are parts of
    the file, too.
    """

    parts: Mapping[str, Sequence[int]]
    places: FilledPlaces
    texts: SharedTexts
    phrases: Sequence[Sequence[str | int]]
    reference: Reference
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def fill(self, values: Sequence[Value], properties: Mapping[str, str]) -> bytes:
        """The bytes of the workbook with these values."""
        every = with_phrases(values, self.phrases)
        numbers = self.texts.numbers(every, self.places.constants)
        changed = self._changed(every, numbers)
        own = {name: packed(name, text.encode()) for name, text in property_parts(properties).items()}
        own[SHARED] = self.texts.member(numbers, every, self.places.constants)
        parts = [own[name] if name in own else self._member(name, changed) for name in self.parts]
        return zipped([*parts, *self._packed_pictures])

    def _changed(self, values: Sequence[Value], numbers: Mapping[str, int]) -> dict[int, Deflated]:
        """What those segments say that do not say what they say with the reference."""
        filling, changed = _Filling(values, self._differing(values), self.places.shows, numbers, {}), {}
        stretches = zip(self.places.segments, self.reference.segments, self.reference.ends, strict=True)
        for number, (segment, before, ends) in enumerate(stretches):
            if not filling.differing.isdisjoint(segment.numbers):
                reference = inflated(before)
                raw = segment.filled(reference, ends, filling)
                if raw != reference:
                    changed[number] = deflated(raw, last=segment.last)
        return changed

    def _differing(self, values: Sequence[Value]) -> set[int]:
        """The numbers of the values that are others, of texts that may be numbered otherwise among all texts, and of
        what follows from any of them.
        """
        before, fixed = self.reference.values, self.texts.fixed
        differing = set(compress(count(), starmap(ne, zip(values, before, strict=True))))
        differing.update(
            number for number in self.reference.truths if values[number].__class__ is not before[number].__class__
        )
        texts = ((number, values[number]) for number in self.places.constants)
        differing.update(number for number, text in texts if text.__class__ is str and text and text not in fixed)
        following = (
            number for number, named in enumerate(self.places.followed, len(values)) if not differing.isdisjoint(named)
        )
        return differing | set(following)

    def _member(self, name: str, changed: Mapping[int, Deflated]) -> ZipMember:
        return joined(name, [changed.get(number, self.reference.segments[number]) for number in self.parts[name]])

    @cached_property
    def _packed_pictures(self) -> list[ZipMember]:
        """Pictures as they are; they are the same with all values."""
        return [packed(name, data) for name, data in self.pictures.items()]


def with_phrases(values: Sequence[Value], phrases: Sequence[Sequence[str | int]]) -> list[Value]:
    """The values of a book, and after them the texts that name some of them."""
    said = ["".join(part if isinstance(part, str) else _said(values[part]) for part in phrase) for phrase in phrases]
    return [*values, *said]


def refer(
    stretches: Sequence[Stretch], texts: SharedTexts, phrases: Sequence[Sequence[str | int]], values: Sequence[Value]
) -> tuple[FilledPlaces, Reference]:
    """What goes where in every stretch, and what it says with these values."""
    every = with_phrases(values, phrases)
    constants = {show[1] for each in stretches for show in each.shows if show[0] in (INPUT, BESIDE)}
    numbers = texts.numbers(every, sorted(constants))
    segments: list[Segment] = []
    shows: list[Show] = []
    reference, ends = [], []
    for each in stretches:
        kinds, of_each = "".join(show[0] for show in each.shows), array("I")
        for show in each.shows:
            if show[0] in _CELLS:
                of_each.append(show[1])
            else:
                of_each.append(len(every) + len(shows))
                shows.append(show)
        segments.append(Segment(kinds, of_each, each.last))
        ends_of, raw = each.refer(every, numbers)
        ends.append(ends_of)
        # One that shows values has the same bytes, whether they are the reference's or were filled in.
        reference.append(deflated(raw, last=each.last, kept=not kinds))
    return FilledPlaces(segments, shows), Reference(every, reference, ends)


def _said(value: Value) -> str:
    return "" if value is None else str(value)
