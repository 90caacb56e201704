"""Each figure of a table as a reading: which area, indicator, year and value it is, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal

from agriplan.errors import Called, Problem
from agriplan.taking.area_codes import name_areas
from agriplan.taking.blocks import split_tables
from agriplan.taking.cells import TableCell, cut
from agriplan.taking.footnotes import Footnote, limiting
from agriplan.taking.given import TableScope, against_given
from agriplan.taking.grid import Grid
from agriplan.taking.label import Label
from agriplan.taking.labels import read_label, read_title
from agriplan.taking.refusals import (
    FEW,
    UnreadError,
    refuse_commitments,
    refuse_others,
    refuse_titles,
    refuse_unknown,
    why_no_number,
)
from agriplan.taking.sections import refuse_ended
from agriplan.taking.structure import Structure
from agriplan.taking.stubs import Stubs
from agriplan.taking.surroundings import Surroundings
from agriplan.taking.units import times_ours
from agriplan.taking.vocabulary import hidden_words, merged_words
from agriplan.taking.words import Words

State = Literal["found", "doubtful", "unknown"]


@dataclass(frozen=True)
class TakenFigure:
    """One figure of a table. A doubtful one has reasons; an unknown one the reason why it is none of ours."""

    place: str
    text: str
    area: str = ""
    indicator: str = ""
    year: int | None = None
    value: float | None = None
    unit: str = ""
    reasons: tuple[Problem, ...] = ()
    is_known: bool = True
    by_sum: bool = False
    named: str = ""
    """What the table calls the indicator."""
    is_part: bool = False
    """Whether the table calls it a part of what stands above it: 其中."""
    by_own_name: bool = True
    """Whether the table names the indicator as the folder does, and not by a word for the same thing."""
    basis: str = ""
    """What the table says of the basis of its figures."""
    note: str = ""
    """What the table says of this figure alone: ①, *, 初步."""
    beside: str = ""
    """What else is said of it in its row or in a footnote."""

    @property
    def state(self) -> State:
        """Found, doubtful or unknown."""
        if not self.is_known:
            return "unknown"
        return "doubtful" if self.reasons else "found"

    @property
    def table(self) -> str:
        """The name of the table in which it stands."""
        return self.place.rpartition("!")[0]

    @property
    def key(self) -> tuple[str, str, int | None]:
        """Which figure it is."""
        return self.indicator, self.area, self.year

    @property
    def noted(self) -> str:
        """All that is kept beside the figure where it is taken."""
        return "、".join(filter(None, (self.note, self.beside)))

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What a person is to read beside it: what the table notes of it and of its basis, then the doubts."""
        note = "、".join(word for word in self.note.split("、") if word not in (*merged_words(), *hidden_words()))
        noted = (Problem(self.place, "table_noted", {"word": note}),) if note else ()
        told = any(one.values.get("word") == self.basis for one in self.reasons)
        stated = (Problem(self.place, "table_basis_said", {"word": self.basis}),) if self.basis and not told else ()
        return (*noted, *stated, *self.reasons)

    def doubt(self, code: str, **values: object) -> "TakenFigure":
        """The same reading with one more reason to doubt it."""
        return replace(self, reasons=(*self.reasons, Problem(self.place, code, values)))


@dataclass(frozen=True)
class _Table:
    """One table with what its titles say."""

    structure: Structure
    words: Words
    titles: tuple[Label, ...]
    name: Label
    scope: TableScope
    notes: Sequence[Footnote]

    def read(self, row: int, column: int, cell: TableCell, stubs: Stubs) -> TakenFigure:
        reading = TakenFigure(self.structure.grid.address(row, column), cell.text, note=cell.mark)
        try:
            if self.structure.is_ragged(row):
                raise UnreadError("table_row_ragged")
            return self._understood(reading, cell, stubs)
        except UnreadError as error:
            return replace(reading, is_known=False, reasons=(Problem(reading.place, error.code, error.values),))

    def _understood(self, reading: TakenFigure, cell: TableCell, stubs: Stubs) -> TakenFigure:
        if (number := cell.in_brackets if cell.number is None else cell.number) is None:
            raise UnreadError(why_no_number(cell), word=cut(cell.text, FEW))
        refuse_titles(self.titles)
        labels = [self.structure.read(text) for text in (*stubs.column, *stubs.row)]
        section = [self.structure.read(stubs.section)] if stubs.section else []
        refuse_others(labels + section)
        refuse_commitments(labels + section, self.titles, self.words.baselines)
        refuse_unknown(labels + section)
        reading = self._with_area(reading, [*labels, *section])
        reading = self._with_year(reading, [*labels, *section], stubs)
        said = ([*labels, *section], stubs.last_year, self.titles, self.name)
        for code, values in against_given(self.scope, *said, self.words.baselines):
            reading = reading.doubt(code, **values)
        refuse_ended(labels, section, stubs.ended, [*self.titles, self.name], self.structure.read)
        reading = self._with_indicator(reading, labels, section)
        reading = self._with_value(reading, number, cell.per_cent, labels + section, stubs)
        notes = [note.text for note in self.notes if note.speaks_of(reading.area, reading.year)]
        reading = replace(reading, beside="、".join(filter(None, (stubs.beside_words, *notes))))
        near = Surroundings([*labels, *section], [*self.titles, self.name], cell, stubs, notes)
        for code, values in near.doubts(self.words):
            reading = reading.doubt(code, **values)
        return reading if cell.number is not None else reading.doubt("table_in_brackets", word=cut(cell.text, FEW))

    def _called(self, indicator: str) -> Called:
        one = self.words.baselines.indicators[indicator]
        return Called("", one.name_zh, one.name_en)

    def _with_area(self, reading: TakenFigure, labels: list[Label]) -> TakenFigure:
        named = {label.area for label in labels if label.area}
        if len(named) > 1:
            raise UnreadError("table_two_areas")
        if named:
            return replace(reading, area=named.pop())
        titled = {label.area for label in self.titles if label.area}
        whole = {self.scope.area} if self.scope.area else titled or {self.name.area} - {""}
        region, is_sum = self.words.baselines.region.code, any(label.is_sum for label in labels)
        if is_sum and whole <= {region}:
            return replace(reading, area=region, by_sum=True)
        if len(whole) != 1:
            raise UnreadError("table_two_areas" if is_sum else "table_no_area")
        found = replace(reading, area=next(iter(whole)))
        if not self.scope.area and not titled:
            return found.doubt("table_from_name", word=cut(self.name.text, FEW))
        # A sum of what is no league: of a league's banners.
        return found.doubt("table_sum_of_given" if self.scope.area else "table_sum_of_parts") if is_sum else found

    def _with_year(self, reading: TakenFigure, labels: list[Label], stubs: Stubs) -> TakenFigure:
        named = {label.year for label in labels if label.year}
        if len(named) > 1:
            raise UnreadError("table_two_years")
        if named:
            return replace(reading, year=named.pop())
        if stubs.last_year:
            # Rows of years above rows of areas: in yearbooks the latter are of the last of those years.
            return replace(reading, year=stubs.last_year).doubt("table_last_year", year=stubs.last_year)
        titled = {label.year for label in self.titles if label.year}
        if self.scope.year or len(titled) == 1:
            return replace(reading, year=self.scope.year or titled.pop())
        if self.name.year and not titled:
            return replace(reading, year=self.name.year).doubt("table_from_name", word=cut(self.name.text, FEW))
        raise UnreadError("table_no_year")

    def _with_indicator(self, reading: TakenFigure, labels: list[Label], section: list[Label]) -> TakenFigure:
        near = [*labels, *section]
        core = next((label for label in near if label.core), None)
        said = any(label.sort for label in near)
        titled = [label for label in self.titles if label.core]
        if any(label.other for label in self.titles) and not said:
            other = next(label.text for label in self.titles if label.other)
            raise UnreadError("table_other_figure", word=cut(other, FEW))
        thing = core or (titled[0] if len({label.core for label in titled}) == 1 else None)
        named = reading
        if thing is None and self.name.core and not titled:
            thing, named = self.name, reading.doubt("table_from_name", word=cut(self.name.text, FEW))
        if thing is None:
            raise UnreadError("table_no_indicator")
        named = replace(named, named=cut(thing.text, FEW), is_part=any(label.is_part for label in near))
        if thing.indicator:
            return replace(named, indicator=thing.indicator)
        sort = next((label.sort for label in (thing, *near, *self.titles) if label.sort), "")
        fitting = self.words.indicators(thing.core, sort)
        if len(fitting) != 1:
            raise UnreadError("table_no_indicator")
        found = replace(named, indicator=fitting[0], by_own_name=self.words.is_own_name(thing.core, fitting[0]))
        without = not sort and self.words.indicators(thing.core, "") == fitting and self._has_sort(fitting[0])
        return found.doubt("table_sort_assumed", indicator=self._called(fitting[0])) if without else found

    def _has_sort(self, indicator: str) -> bool:
        return any(self.words.things[name].sort for name, one in self.words.exact.items() if one == indicator)

    def _with_value(
        self, reading: TakenFigure, number: float, per_cent: bool, labels: list[Label], stubs: Stubs
    ) -> TakenFigure:
        indicator = self.words.baselines.indicators[reading.indicator]
        ours_is = Called("", indicator.unit_zh, indicator.unit_en)
        units = [stubs.unit] if stubs.unit else next((list(label.units) for label in labels if label.units), [])
        units = units or next((list(label.units) for label in self.titles if label.units), [])
        if per_cent:
            units = units if any(unit.startswith("%") for unit in units) else ["%"]
        ours = [(unit, times) for unit in units if (times := times_ours(unit, indicator)) is not None]
        reading = replace(reading, unit=ours[0][0] if ours else units[0] if units else "")
        if not units:
            return replace(reading, value=number).doubt("table_no_unit", unit=ours_is)
        if not ours:
            raise UnreadError("table_unit_of_other", word=units[0], unit=ours_is)
        exact = [unit for unit, times in ours if times == 1.0]
        value = float(f"{number * (1.0 if exact else ours[0][1]):.12g}")
        reading = replace(reading, value=value, unit=exact[0] if exact else ours[0][0])
        if not exact:
            return reading.doubt("table_unit_differs", word=ours[0][0], unit=ours_is)
        if len({times for _, times in ours}) > 1:
            return reading.doubt("table_units_several", word=units, unit=ours_is)
        return reading


def read_figures(grid: Grid, words: Words, scope: TableScope = TableScope()) -> list[TakenFigure]:  # noqa: B008 - it is frozen
    """Every figure of a table, each by itself; `checking` then holds them against each other."""
    read = cache(partial(read_label, words=words))  # once for all the figures beside and below a label
    grid = name_areas(grid, {code: area.name_zh for code, area in words.baselines.areas.items()})
    return [reading for part in split_tables(grid, read) for reading in _read_one(Structure(part, read), words, scope)]


def _read_one(structure: Structure, words: Words, scope: TableScope) -> list[TakenFigure]:
    titles = tuple(read_title(text, words) for text in structure.titles)
    notes = limiting(structure.notes, words)
    table = _Table(structure, words, titles, read_title(structure.name, words), scope, notes)
    texts = (cell.text for row in structure.grid.rows for cell in row if cell.is_word)
    stated = [one for text in (structure.name, *structure.titles, *texts) for one in words.bases_of(text)]
    basis = cut("、".join(dict.fromkeys(stated)), FEW)
    return [replace(table.read(*figure), basis=basis) for figure in structure.figures()]
