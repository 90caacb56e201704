"""The files of a data folder as they were parsed, before anybody knows whether they agree."""

from dataclasses import dataclass
from functools import cached_property

from agriplan.baselines.balances import Balances
from agriplan.baselines.commitments import Commitment, Commitments
from agriplan.baselines.records import Area, Assumption, Figure, Indicator, Named, Place, PlanHeader, Source
from agriplan.errors import Called


@dataclass(frozen=True)
class FolderContents:
    """The parsed files; rows are keyed by their line. What could not be parsed is missing and already reported.

    `league_codes`, `indicator_ids`, `source_ids` and `place_names` hold the keys of unparsed rows too: one slip in a
    row must not make every figure that refers to it look wrong. They are empty where a file could not be read at all;
    `place_names`, whose file a plan may do without, is then None.
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
    place_names: frozenset[str] | None

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments, none where the file could not be parsed."""
        return self.stated.commitment if self.stated else ()

    def called(self, code: object) -> object:
        """What a file knows by this code, with its names; any other word as it stands."""
        return self._names.get(str(code), code)

    @cached_property
    def _names(self) -> dict[str, Called]:
        header, stated = self.header, self.stated
        named = {row.code: row for row in reversed(self.leagues.values())} | (
            {header.region.code: header.region} if header else {}
        )
        found = {code: Called(code, area.name_zh, area.name_en) for code, area in named.items()}
        things: list[tuple[str, Named]] = [(row.indicator, row) for row in self.indicators.values()]
        things += [(code, basis) for code, basis in header.bases.items()] if header else []
        things += [(one.id, one) for one in self.commitments]
        things += [(one.id, one) for one in stated.direction] if stated else []
        found |= {code: Called(code, thing.name_zh, thing.name_en) for code, thing in things}
        return found | {row.place_zh: Called(row.place_zh, row.place_zh, row.place_en) for row in self.places.values()}

    @cached_property
    def area_codes(self) -> frozenset[str]:
        """Codes of the region and the leagues; empty where either is not known."""
        return self.league_codes | {self.header.region.code} if self.header and self.league_codes else frozenset()
