"""The files of a data folder as they were parsed, before anybody knows whether they agree."""

import unicodedata
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property

from agriplan.baselines.balances import Balances
from agriplan.baselines.commitments import Commitment, Commitments
from agriplan.baselines.missing import Completion, Missing
from agriplan.baselines.records import Area, Assumption, Figure, Indicator, Named, Place, PlanHeader, Source, fold_name
from agriplan.errors import Called
from agriplan.formatting import unit_called


@dataclass(frozen=True)
class FolderContents:
    """The parsed files; rows are keyed by their line. What could not be parsed is missing and already reported.

    `league_codes`, `indicator_ids`, `source_ids` and `place_names` hold the keys of unparsed rows too: one slip in a
    row must not make every figure that refers to it look wrong. They are empty where a file could not be read at all
    or holds no row.
    """

    header: PlanHeader | None
    stated: Commitments | None
    balances: Balances
    leagues: dict[int, Area]
    indicators: dict[int, Indicator]
    figures: dict[int, Figure]
    sources: dict[int, Source]
    assumptions: dict[int, Assumption]
    places: dict[int, Place]
    league_codes: frozenset[str]
    indicator_ids: frozenset[str]
    source_ids: frozenset[str]
    place_names: frozenset[str]
    to_fill: dict[int, Missing] = field(default_factory=dict)
    """The rows of missing.csv."""
    given: Completion = field(default_factory=Completion)
    """What those rows give."""

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments, none where the file could not be parsed."""
        return self.stated.commitment if self.stated else ()

    def called(self, code: object) -> object:
        """What a file knows by this code, with its names; any other word as it stands."""
        return self._names.get(str(code), code)

    def unit_called(self, code: str) -> Called:
        """The unit behind a figure of an indicator; none where the file does not list it."""
        row = next((row for row in self.indicators.values() if row.indicator == code), None)
        return unit_called(row) if row else Called("", "", "")

    def codes_of(self, name: str) -> set[str]:
        """The codes of everything that is called so in either language, in letters of whatever width and case."""
        return self._codes_by_name.get(_folded(name), set()) | self._codes_by_area.get(fold_name(name), set())

    @cached_property
    def _codes_by_name(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, code in self.names:
            found.setdefault(_folded(name), set()).add(code)
        return found

    @cached_property
    def _codes_by_area(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for area in self._areas:
            for name in area.names:
                found.setdefault(fold_name(name), set()).add(area.code)
        return found

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every name in either language, with the code of what it is called."""
        things = [*self._things, *((row.source, row.title_zh, row.title_en) for row in self.sources.values())]
        return tuple((name, code) for code, *both in things for name in both if name)

    @cached_property
    def meanings(self) -> dict[str, dict[tuple[str, Set[str]], str | None]]:
        """What was probably meant by words that are not known, by file, word and what it may be."""
        return {}

    @cached_property
    def _areas(self) -> list[Area]:
        return [*reversed(self.leagues.values()), *([self.header.region] if self.header else ())]

    @cached_property
    def _things(self) -> list[tuple[str, str, str]]:
        """Code and both names of what the files name; of two of one code the later is the better known."""
        header, stated = self.header, self.stated
        named: list[tuple[str, Named]] = [(one.id, one) for one in (*self.balances.coefficient, *self.balances.yields)]
        named += [(area.code, area) for area in self._areas]
        named += [(row.indicator, row) for row in self.indicators.values()]
        named += list(header.bases.items()) if header else []
        named += [(one.id, one) for one in self.commitments]
        named += [(one.id, one) for one in stated.direction] if stated else []
        things = [(code, thing.name_zh, thing.name_en) for code, thing in named]
        return things + [(row.place_zh, row.place_zh, row.place_en) for row in self.places.values()]

    @cached_property
    def _names(self) -> dict[str, Called]:
        return {code: Called(code, chinese, english) for code, chinese, english in self._things}

    @property
    def used_bases(self) -> frozenset[str]:
        """The bases of the figures."""
        return frozenset(row.basis for row in self.figures.values())

    @cached_property
    def known_bases(self) -> frozenset[str]:
        """The bases that a figure may be on; empty where the plan's own is wrong and names no other: told elsewhere."""
        if self.header is None or not (self.header.bases or self.header.basis in self.used_bases):
            return frozenset()
        return self.header.known_bases

    @cached_property
    def area_codes(self) -> frozenset[str]:
        """Codes of the region and the leagues; empty where either is not known."""
        return self.league_codes | {self.header.region.code} if self.header and self.league_codes else frozenset()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
