"""How the period ended, and what the next one starts from: one line a commitment."""

from dataclasses import dataclass

from agriplan.baselines.commitments import Commitment
from agriplan.engine.actual_values import grade_of_actual
from agriplan.engine.actuals import counted_actuals
from agriplan.engine.plan import Plan
from agriplan.formatting import print_number
from agriplan.report.terminal_table import print_table
from agriplan.rolling.period import say_years
from agriplan.rounding import per_cent_reached
from agriplan.sentences import Lang, say


@dataclass(frozen=True)
class PeriodResult:
    """A commitment at the end of its period, in printed figures: what is decided on is what was handed down.

    `actual` is None where the region's figure is not known yet.
    """

    commitment: Commitment
    base: float
    target: float
    actual: float | None
    grade: str
    latest: tuple[int, float] | None
    """The last year of which the region's figure is known, and the figure; None where none is after the base year."""
    leagues: int
    """How many leagues have a figure of the target year."""

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None where that is not known."""
        return None if self.actual is None else self.actual >= self.target

    @property
    def verdict(self) -> str:
        """Reached, missed, or not known yet."""
        return "unknown" if self.reached is None else "reached" if self.reached else "missed"

    @property
    def completion(self) -> float | None:
        """The actual by the target, in per cent; None where a target is so small that it is printed as 0."""
        if self.actual is None or self.target == 0.0:
            return None
        return float(per_cent_reached(100.0 * self.actual / self.target, self.actual >= self.target))

    @property
    def short(self) -> float | None:
        """What is missing from the target; negative where it was passed."""
        return None if self.actual is None else self.target - self.actual


def outcomes(plan: Plan) -> list[PeriodResult]:
    """One for each commitment, measured against the target in force; figures as they are printed everywhere."""
    data, region = plan.baselines, plan.baselines.region.code
    actuals = counted_actuals(plan.scenario, data)
    table = plan.printed.years
    known = table[table["actual"].notna()]
    found = []
    for commitment in data.commitments:
        line = plan.printed.by_indicator[commitment.id]
        own = known[known["indicator"] == commitment.id]
        years = dict(zip(*(own.loc[own["code"] == region, name].tolist() for name in ("year", "actual")), strict=True))
        latest = max(years, default=None)
        found.append(
            PeriodResult(
                commitment,
                line["baseline"],
                line["target"],
                years.get(data.target_year),
                grade_of_actual(commitment, region, data.target_year, actuals, plan.scenario, data),
                None if latest is None else (int(latest), years[latest]),
                int(((own["year"] == data.target_year) & (own["code"] != region)).sum()),
            )
        )
    return found


def list_outcomes(found: list[PeriodResult], plan: Plan, lang: Lang) -> str:
    """The outcomes as a table for a terminal."""
    data = plan.baselines
    header = [
        say("page.col.indicator", lang),
        say("page.col.unit", lang),
        say("roll.base", lang, year=data.base_year),
        say("roll.target", lang, year=data.target_year),
        say("roll.actual", lang, year=data.target_year),
        say("roll.verdict", lang),
        say("roll.leagues", lang),
    ]
    rows = []
    for one in found:
        decimals = data.decimals(one.commitment)
        numbers = [
            "" if value is None else print_number(value, decimals) for value in (one.base, one.target, one.actual)
        ]
        names = [one.commitment.name(lang), one.commitment.unit(lang)]
        rows.append([*names, *numbers, say(f"roll.{one.verdict}", lang), f"{one.leagues}/{len(data.leagues)}"])
    title = say("roll.title", lang, years=say_years(data.base_year + 1, data.target_year, lang))
    return print_table(title, header, rows, texts=2)
