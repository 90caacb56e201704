"""The files of a data folder as they were parsed, before anybody knows whether they agree."""

from dataclasses import dataclass
from functools import cached_property

from agriplan.baselines.balances import Balances
from agriplan.baselines.commitments import Commitment, Commitments
from agriplan.baselines.records import Area, Assumption, Figure, Indicator, Place, PlanHeader, Source


@dataclass(frozen=True)
class FolderContents:
    """The parsed files; rows are keyed by their line. What could not be parsed is missing and already reported.

    `league_codes`, `indicator_ids`, `source_ids` and `place_names` hold the keys of unparsed rows too: one slip in a
    row must not make every figure that refers to it look wrong. They are empty where a file could not be read at all.
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

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments, none where the file could not be parsed."""
        return self.stated.commitment if self.stated else ()

    @cached_property
    def area_codes(self) -> frozenset[str]:
        """Codes of the region and the leagues; empty where either is not known."""
        return self.league_codes | {self.header.region.code} if self.header and self.league_codes else frozenset()
