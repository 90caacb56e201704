"""What a plan is of: its region and leagues, its years, its basis."""

from dataclasses import dataclass
from functools import cached_property

from agriplan.baselines.records import Area, Criterion, PlanHeader


@dataclass(frozen=True, eq=False)
class Outline:
    """The file plan.toml and the leagues, as everybody asks for them."""

    header: PlanHeader
    leagues: tuple[Area, ...]

    @property
    def region(self) -> Area:
        """The whole that the leagues are parts of."""
        return self.header.region

    @property
    def base_year(self) -> int:
        """The year that growth starts from."""
        return self.header.base_year

    @property
    def target_year(self) -> int:
        """The year in which the commitments are due."""
        return self.header.target_year

    @property
    def span(self) -> int:
        """How many years lie from the base year to the target year."""
        return self.target_year - self.base_year

    @property
    def years(self) -> range:
        """The base year and every later one to the target year."""
        return range(self.base_year, self.target_year + 1)

    @property
    def later_years(self) -> range:
        """The years after the base year, to the target year."""
        return self.years[1:]

    @property
    def basis(self) -> str:
        """The basis (口径) of baselines and growth suggestions."""
        return self.header.basis

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the rule by_criteria."""
        return self.header.criterion

    @property
    def league_codes(self) -> list[str]:
        """The codes of the leagues, in their order."""
        return [league.code for league in self.leagues]

    @cached_property
    def areas(self) -> dict[str, Area]:
        """The region and the leagues, by code."""
        return {area.code: area for area in (self.region, *self.leagues)}
