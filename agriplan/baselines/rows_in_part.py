"""What refers to nothing in rows and files that have other mistakes: told beside those, without what only follows."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from agriplan.baselines.balances import Balances
from agriplan.baselines.commitments import Commitments
from agriplan.baselines.consistency import REFERENCE_CHECKS
from agriplan.baselines.contents import FolderContents
from agriplan.baselines.read_in_part import STAND_IN
from agriplan.baselines.records import Assumption, Figure, Place, PlanHeader
from agriplan.errors import Problem

# Each is wrong whatever else stands in its row; a unit only beside an indicator that could be read.
_OF_ONE_WORD = frozenset(
    ("unknown_area", "unknown_indicator", "unknown_source", "unknown_basis", "unknown_place", "separate_by_spaces")
)
_OF_UNIT = "wrong_unit"
# Where what is referred to is listed in a TOML file: while that is in doubt nothing is said of who refers to it.
_LISTED = {
    "unknown_area": re.compile(r"plan\.toml: region"),
    "unknown_basis": re.compile(r"plan\.toml: bas[ei]s"),
    "unknown_indicator": re.compile(
        r"(commitments\.toml: (commitment|direction)|balances\.toml: (coefficient|yield))\[\d+\](\.id)?$"
    ),
}


@dataclass(frozen=True)
class InPart:
    """The rows and files of a data folder in which something is wrong, with something else in its place."""

    header: list[PlanHeader] = field(default_factory=list)
    stated: list[Commitments] = field(default_factory=list)
    balances: list[Balances] = field(default_factory=list)
    figures: dict[int, Figure] = field(default_factory=dict)
    assumptions: dict[int, Assumption] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def beside(self, contents: FolderContents) -> FolderContents:
        """The contents with these too."""
        return replace(
            contents,
            header=contents.header or next(iter(self.header), None),
            stated=contents.stated or next(iter(self.stated), None),
            balances=next(iter(self.balances), contents.balances),
            figures=contents.figures | self.figures | contents.given.figures_in_part,
            assumptions=contents.assumptions | self.assumptions | contents.given.assumptions_in_part,
            places=contents.places | self.places,
        )

    def find(self, contents: FolderContents, told: Collection[Problem]) -> Iterator[Problem]:
        """What refers to nothing there, where nothing is told yet; none that comes of what is told."""
        if not told:
            return
        places = {one.place for one in told}
        doubted = {code for code, listed in _LISTED.items() if any(map(listed.match, places))}
        whole = self.beside(contents)
        for check in REFERENCE_CHECKS:
            for problem in map(contents.given.placed, check(whole)):
                if problem.code in doubted or problem.values.get("word") == STAND_IN or _is_told(problem.place, places):
                    continue
                if problem.code in _OF_ONE_WORD or (problem.code == _OF_UNIT and _is_of_row(problem, places)):
                    yield problem


def _is_told(place: str, told: Collection[str]) -> bool:
    """Whether something is told of that place, or of one around it."""
    around = (place[: step.start()] for step in re.finditer(r"[.\[]", place))
    return place in told or any(one in told for one in around)


def _is_of_row(problem: Problem, told: Collection[str]) -> bool:
    row, _, column = problem.place.rpartition(": ")
    return column == "unit" and f"{row}: indicator" not in told and f"{row}: id" not in told
