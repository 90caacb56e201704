"""Which files a plan folder holds, what each is made of, and in which order their mistakes are told."""

from agriplan.baselines.balances import Balances
from agriplan.baselines.commitments import Commitments
from agriplan.baselines.missing import NAME, Missing
from agriplan.baselines.records import Area, Assumption, Figure, Indicator, Place, PlanHeader, Record, Source
from agriplan.errors import Problem

# Each file before those that refer to what stands in it.
FILES: dict[str, type[Record]] = {
    "plan.toml": PlanHeader,
    "leagues.csv": Area,
    "indicators.csv": Indicator,
    "sources.csv": Source,
    "places.csv": Place,
    "commitments.toml": Commitments,
    "balances.toml": Balances,
    "observed.csv": Figure,
    "assumptions.csv": Assumption,
    NAME: Missing,
}
# A plan whose commitments name no places, that has no balances, or that lacks nothing, does without these.
OPTIONAL = frozenset({"places.csv", "balances.toml", NAME})
# No plan does without a row of these: their heads alone are what was left of a file.
WITH_ROWS = frozenset({"leagues.csv", "indicators.csv", "sources.csv"})


def turn_of_file(problem: Problem) -> int:
    """Where a problem is told among others: with its file, behind those that its file refers to.

    >>> turn_of_file(Problem("leagues.csv:4: code", "")) < turn_of_file(Problem("commitments.toml: period", ""))
    True
    """
    name = problem.place.partition(":")[0]
    return list(FILES).index(name) if name in FILES else len(FILES)
