"""A workbook that was written once, with places for the values that follow from a scenario.

Parts are cut into segments that are deflated on their own, up to a full flush, and so can be joined. A compiled
workbook holds each segment as it is with one set of values, its reference, and where in it something follows from them:
filling compares, and only the segments that show another value are put together and deflated again. The bytes follow
from the values alone; filling keeps nothing.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
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

    def refer(self, values: Sequence[Value], numbers: Mapping[str, int]) -> tuple["Segment", Sequence[int], bytes]:
        """The segment, and of what it says with these values the ends and the text."""
        texts = [self.pieces[0]]
        for show, piece in zip(self.shows, self.pieces[1:], strict=True):
            if show[0] == FORMULA:
                kind, value = formula_shown(values[show[1]])
                texts += (kind, show[2], value, piece)
            else:
                texts += ("", "", written(show, values, numbers), piece)
        ends = array("I", accumulate(map(len, texts[:-1])))
        cells = array("I", [show[1] for show in self.shows if show[0] in _CELLS])
        others = [show for show in self.shows if show[0] not in _CELLS]
        segment = Segment("".join(show[0] for show in self.shows), cells, others, self.last)
        return segment, ends, "".join(texts).encode()


class _Filling(NamedTuple):
    """What all stretches are filled with: the values, those that differ, the numbers of shared texts, and how figures
    are written, most of which stand in many cells.
    """

    values: Sequence[Value]
    differing: set[int]
    numbers: Mapping[str, int]
    figures: dict[float, str]


# Nearly all places are those of cells: of them the number of the value says all.
_CELLS = frozenset((INPUT, FORMULA))


@dataclass(frozen=True)
class Segment:
    """What goes where in a stretch of a part; `last` of its part.

    `kinds` has a letter for each place. `cells` are the numbers of the values of those that are cells, `others` what
    goes into the rest.
    """

    kinds: str
    cells: Sequence[int]
    others: Sequence[Show]
    last: bool

    def shows_any(self, numbers: set[int]) -> bool:
        """Whether it shows any of these values."""
        if not numbers.isdisjoint(self.cells):
            return True
        return any(number in numbers for show in self.others for number in numbers_in(show))

    def filled(self, reference: bytes, ends: Sequence[int], filling: _Filling) -> bytes:
        """The reference, whose places end there, with other values in those that differ."""
        values, differing, numbers, figures = filling
        text, at = reference.decode(), 0
        texts: list[str] = []
        add = texts.append
        cells, others, places = iter(self.cells), iter(self.others), iter(ends)
        for kind, begin, formula, shown, end in zip(self.kinds, places, places, places, places, strict=True):
            if kind == FORMULA:
                if (number := next(cells)) not in differing:
                    continue
                value = values[number]
                if value.__class__ is float and begin == formula:
                    add(text[at:shown])
                    add(figures.get(value) or figures.setdefault(value, formula_number(value)))
                else:
                    what, figure = formula_shown(value)
                    texts += (text[at:begin], what, text[formula:shown], figure)
            elif kind == INPUT:
                if (number := next(cells)) not in differing:
                    continue
                texts += (text[at:begin], constant_shown(values[number], numbers))
            else:
                show = next(others)
                if differing.isdisjoint(numbers_in(show)):
                    continue
                texts += (text[at:begin], written(show, values, numbers))
            at = end
        add(text[at:])
        return "".join(texts).encode()

    def constants(self) -> Iterable[int]:
        """The values that stand in cells without a formula."""
        kinds = (kind for kind in self.kinds if kind in _CELLS)
        yield from (number for kind, number in zip(kinds, self.cells, strict=True) if kind == INPUT)
        yield from (show[1] for show in self.others if show[0] == BESIDE)


class Segments(list[Segment]):
    """The segments of a workbook."""

    @cached_property
    def constants(self) -> Counter[int]:
        """The values that stand in cells without a formula, in their order, and in how many."""
        counted = Counter(number for each in self for number in each.constants())
        return Counter({number: counted[number] for number in sorted(counted)})


@dataclass(frozen=True)
class Reference:
    """Values, and what each segment says with them.

    `ends` are four places in a segment's text for each of its places: where it begins, where the type that it says
    ends, where its formula ends, and where it ends.
    """

    values: Sequence[Value]
    segments: Sequence[Deflated]
    ends: Sequence[Sequence[int]]


@dataclass(frozen=True, eq=False)
class Compiled:
    """The parts of a workbook as numbers of segments, its shared texts, and the texts that name values.

    `phrases` are texts and numbers of values; each is a value itself, after those of the book. `pictures` are parts of
    the file, too.
    """

    parts: Mapping[str, Sequence[int]]
    segments: Segments
    texts: SharedTexts
    phrases: Sequence[Sequence[str | int]]
    reference: Reference
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def fill(self, values: Sequence[Value], properties: Mapping[str, str]) -> bytes:
        """The bytes of the workbook with these values."""
        every = with_phrases(values, self.phrases)
        constants = self.segments.constants
        numbers = self.texts.numbers(every, constants)
        changed = self._changed(every, numbers)
        own = {name: packed(name, text.encode()) for name, text in property_parts(properties).items()}
        own[SHARED] = self.texts.member(numbers, every, constants)
        parts = [own[name] if name in own else self._member(name, changed) for name in self.parts]
        return zipped([*parts, *self._packed_pictures])

    def _changed(self, values: Sequence[Value], numbers: Mapping[str, int]) -> dict[int, Deflated]:
        """What those segments say that do not say what they say with the reference."""
        filling, changed = _Filling(values, self._differing(values), numbers, {}), {}
        stretches = zip(self.segments, self.reference.segments, self.reference.ends, strict=True)
        for number, (segment, before, ends) in enumerate(stretches):
            if segment.shows_any(filling.differing):
                reference = inflated(before)
                raw = segment.filled(reference, ends, filling)
                if raw != reference:
                    changed[number] = deflated(raw, last=segment.last)
        return changed

    def _differing(self, values: Sequence[Value]) -> set[int]:
        """The numbers of the values that are others, and of texts that may be numbered otherwise among all texts."""
        pairs = enumerate(zip(values, self.reference.values, strict=True))
        differing = {number for number, (new, old) in pairs if new != old or new.__class__ is not old.__class__}
        fixed = self.texts.fixed
        texts = ((number, values[number]) for number in self.segments.constants)
        return differing | {
            number for number, value in texts if value.__class__ is str and value and value not in fixed
        }

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
) -> tuple[Segments, Reference]:
    """Every stretch as a segment, with these values."""
    every = with_phrases(values, phrases)
    constants = {show[1] for each in stretches for show in each.shows if show[0] in (INPUT, BESIDE)}
    numbers = texts.numbers(every, sorted(constants))
    segments, reference, ends = Segments(), [], []
    for each in stretches:
        segment, ends_of, raw = each.refer(every, numbers)
        segments.append(segment)
        ends.append(ends_of)
        # One that shows values has the same bytes, whether they are the reference's or were filled in.
        reference.append(deflated(raw, last=segment.last, kept=not segment.kinds))
    return segments, Reference(every, reference, ends)


def _said(value: Value) -> str:
    return "" if value is None else str(value)
