"""A workbook that was written once, with places for the values that follow from a scenario.

Parts are cut into segments that are deflated on their own, up to a full flush, and so can be joined. A compiled
workbook holds each segment as it is with one set of values, its reference: filling compares, and only the segments that
show another value are put together and deflated again. The bytes follow from the values alone; filling keeps nothing.
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agriplan.workbook.description import Value
from agriplan.workbook.xlsx.properties import property_parts
from agriplan.workbook.xlsx.shared_texts import SHARED, SharedTexts
from agriplan.workbook.xlsx.shows import CONSTANTS, Show, numbers_in, written
from agriplan.workbook.xlsx.zipped import ZipMember, deflated, zipped


@dataclass(frozen=True)
class Segment:
    """A stretch of a part: pieces, and what goes behind each but the last; `last` of its part."""

    pieces: Sequence[str]
    shows: Sequence[Show]
    last: bool

    def filled(self, values: Sequence[Value], numbers: Mapping[str, int]) -> bytes:
        """The pieces with what goes between them."""
        texts = [""] * (2 * len(self.shows) + 1)
        texts[::2] = self.pieces
        texts[1::2] = [written(show, values, numbers) for show in self.shows]
        return "".join(texts).encode()


@dataclass(frozen=True)
class Reference:
    """Values, what each segment says with them, and how that is deflated."""

    values: Sequence[Value]
    raw: Sequence[bytes]
    streams: Sequence[bytes]


@dataclass(frozen=True, eq=False)
class Compiled:
    """The parts of a workbook as numbers of segments, its shared texts, and the texts that name values.

    `phrases` are texts and numbers of values; each is a value itself, after those of the book. `pictures` are parts of
    the file, too.
    """

    parts: Mapping[str, Sequence[int]]
    segments: Sequence[Segment]
    texts: SharedTexts
    phrases: Sequence[Sequence[str | int]]
    reference: Reference
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def fill(self, values: Sequence[Value], properties: Mapping[str, str]) -> bytes:
        """The bytes of the workbook with these values."""
        every = with_phrases(values, self.phrases)
        numbers = self.texts.numbers(every, self.constants)
        changed = self._changed(every, numbers)
        own = {name: _member(name, [text.encode()]) for name, text in property_parts(properties).items()}
        own[SHARED] = self.texts.member(numbers, every, self.constants)
        parts = [own[name] if name in own else self._member(name, changed) for name in self.parts]
        return zipped([*parts, *self._packed_pictures])

    def _changed(self, values: Sequence[Value], numbers: Mapping[str, int]) -> dict[int, bytes]:
        """What those segments say that do not say what they say with the reference."""
        dirty = {segment for number in self._differing(values) for segment in self._showing[number]}
        filled = {number: self.segments[number].filled(values, numbers) for number in sorted(dirty)}
        return {number: raw for number, raw in filled.items() if raw != self.reference.raw[number]}

    def _differing(self, values: Sequence[Value]) -> set[int]:
        """The numbers of the values that are others, and of texts that may be numbered otherwise among all texts."""
        pairs = enumerate(zip(values, self.reference.values, strict=True))
        differing = {number for number, (new, old) in pairs if new != old or new.__class__ is not old.__class__}
        fixed = self.texts.fixed
        texts = ((number, values[number]) for number in self.constants)
        return differing | {
            number for number, value in texts if value.__class__ is str and value and value not in fixed
        }

    def _member(self, name: str, changed: Mapping[int, bytes]) -> ZipMember:
        raws, streams = [], []
        for number in self.parts[name]:
            raw = changed.get(number)
            raws.append(self.reference.raw[number] if raw is None else raw)
            last = self.segments[number].last
            streams.append(self.reference.streams[number] if raw is None else deflated(raw, last=last))
        return _member(name, raws, streams)

    @cached_property
    def _packed_pictures(self) -> list[ZipMember]:
        """Pictures as they are; they are the same with all values."""
        return [_member(name, [data]) for name, data in self.pictures.items()]

    @cached_property
    def _showing(self) -> list[tuple[int, ...]]:
        """For each value the segments that show it; most are shown by one, and share what says so."""
        found: list[tuple[int, ...]] = [()] * len(self.reference.values)
        for number, segment in enumerate(self.segments):
            alone = (number,)
            for show in segment.shows:
                for each in numbers_in(show):
                    found[each] = found[each] + alone if found[each] else alone
        for number, phrase in enumerate(self.phrases, len(found) - len(self.phrases)):
            for part in phrase:
                if isinstance(part, int):
                    found[part] += found[number]
        return found

    @cached_property
    def constants(self) -> Counter[int]:
        """The values that stand in cells without a formula, in their order, and in how many."""
        shows = (show[1] for each in self.segments for show in each.shows if show[0] in CONSTANTS)
        counted = Counter(shows)
        return Counter({number: counted[number] for number in sorted(counted)})


def with_phrases(values: Sequence[Value], phrases: Sequence[Sequence[str | int]]) -> list[Value]:
    """The values of a book, and after them the texts that name some of them."""
    said = ["".join(part if isinstance(part, str) else _said(values[part]) for part in phrase) for phrase in phrases]
    return [*values, *said]


def refer(
    segments: Sequence[Segment], texts: SharedTexts, phrases: Sequence[Sequence[str | int]], values: Sequence[Value]
) -> Reference:
    """Every segment with these values."""
    every = with_phrases(values, phrases)
    shown = sorted({show[1] for each in segments for show in each.shows if show[0] in CONSTANTS})
    numbers = texts.numbers(every, shown)
    raw = [segment.filled(every, numbers) for segment in segments]
    streams = [deflated(each, last=segment.last) for each, segment in zip(raw, segments, strict=True)]
    return Reference(every, raw, streams)


def _member(name: str, raws: Sequence[bytes], streams: Sequence[bytes] | None = None) -> ZipMember:
    crc, size = 0, 0
    for raw in raws:
        crc, size = zlib.crc32(raw, crc), size + len(raw)
    return ZipMember(name, crc, size, streams or [deflated(raw, last=True) for raw in raws])


def _said(value: Value) -> str:
    return "" if value is None else str(value)
