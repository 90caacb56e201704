"""What balances rest on: figures of animals and yields, each with its grade and sources."""

from typing import NamedTuple

from agriplan.baselines.balances import Balance, Fodder
from agriplan.baselines.folder import Baselines
from agriplan.engine.base_figures import worse_grade
from agriplan.engine.plan import Plan
from agriplan.memo import memoized


class Quantified(NamedTuple):
    """A figure that a balance rests on, with its grade and source (an id of the data; computed ones have several)."""

    value: float
    grade: str
    sources: tuple[str, ...]


def following(value: float, *of: Quantified) -> Quantified:
    """A figure that follows from others, with the worst of their grades and all their sources."""
    sources = tuple(source for one in of for source in one.sources)
    return Quantified(value, worse_grade(*(one.grade for one in of)), sources)


def positive(figure: Quantified | None) -> Quantified | None:
    """The figure, and none where it is 0: from no animals, and from such as give nothing, no other number follows."""
    return figure if figure and figure.value > 0 else None


def own_figure(plan: Plan, indicator: str, code: str) -> Quantified | None:
    """What a league says of itself in the scenario."""
    figure = plan.scenario.baseline.get(indicator, {}).get(code)
    return Quantified(figure.value, "reported", (figure.source,)) if figure else None


def herd_of(plan: Plan, indicator: str, code: str) -> Quantified | None:
    """The base year's herd: what a league says of itself, else the data's; the region's moves with what leagues say."""
    data = plan.baselines
    if code != data.region.code:
        return own_figure(plan, indicator, code) or positive(base_figure(data, indicator, code))
    known = base_figure(data, indicator, code)
    if known is None:
        return None
    for league in data.leagues:
        if own := own_figure(plan, indicator, league.code):
            of_data = base_figure(data, indicator, league.code)
            known = following(known.value + own.value - (of_data.value if of_data else 0.0), known, own)
    return positive(known)


class KnownSides(NamedTuple):
    """What is known of an area's animals, and of what each gives."""

    stock: Quantified | None
    each: Quantified | None


def known_sides(plan: Plan, balance: Balance, code: str) -> KnownSides:
    """The two sides of a balance as far as they are known: what a league says of itself, else the data's figures."""
    data = plan.baselines
    if code == data.region.code:
        return KnownSides(
            positive(observed_figure(data, balance.stock, balance.stock_year)), positive(each_of(data, balance))
        )
    of = ((balance.stock, balance.stock_year), (balance.each, balance.each_year or data.base_year))
    return KnownSides(
        *(own_figure(plan, one, code) or positive(observed_figure(data, one, year, code)) for one, year in of)
    )


def base_figure(data: Baselines, indicator: str, code: str) -> Quantified | None:
    """The data's figure of the base year."""
    figure = data.base_figures.get((indicator, code))
    return Quantified(figure.value, figure.grade, (figure.source,)) if figure else None


@memoized
def observed_figure(data: Baselines, indicator: str, year: int, code: str | None = None) -> Quantified | None:
    """The figure of an area, the region where none is named, on the plan's basis."""
    rows, area = data.observed, code or data.region.code
    rows = rows[(rows["indicator"] == indicator) & (rows["area"] == area) & (rows["year"] == year)]
    rows = rows[rows["basis"] == data.basis]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Quantified(float(row["value"]), str(row["grade"]), (str(row["source"]),))


def each_of(data: Baselines, balance: Balance) -> Quantified | None:
    """What each of a balance's animals gives in the region: a computed yield, or an observed figure.

    Where the animals are known of the base year and this is of another, the base year's own quantity over its animals.
    """
    if not _is_of_base_year(data, balance) and (found := _each_in_base_year(data, balance)):
        return found
    if balance.each in data.yields:
        made = next(one for one in data.balances.yields if one.id == balance.each)
        parts = [observed_figure(data, made.of, made.of_year), observed_figure(data, made.per, made.per_year)]
        sources = tuple(source for part in parts if part for source in part.sources)
        return Quantified(data.yields[balance.each].value, data.yields[balance.each].grade, sources)
    return observed_figure(data, balance.each, balance.each_year or data.base_year)


def _is_of_base_year(data: Baselines, balance: Balance) -> bool:
    years = {balance.each_year or data.base_year}
    if made := next((one for one in data.balances.yields if one.id == balance.each), None):
        years = {made.of_year, made.per_year}
    return years == {data.base_year}


def _each_in_base_year(data: Baselines, balance: Balance) -> Quantified | None:
    quantity = base_figure(data, data.by_id[balance.about].quantity, data.region.code)
    stock = observed_figure(data, balance.stock, balance.stock_year) if balance.stock_year == data.base_year else None
    if quantity is None or stock is None or stock.value <= 0:
        return None
    return following(quantity.value / (stock.value * balance.factor), quantity, stock)


def stored_parts(data: Baselines, fodder: Fodder) -> tuple[list[float], list[str], list[str]]:
    """What is stored of the fodder by name, part by part, in standard hay; all their sources and grades."""
    coefficients = {one.id: one for one in data.balances.coefficient}
    parts, sources, grades = [], [], []
    for one in fodder.stored:
        figure = observed_figure(data, one.of, one.year)
        if figure is not None:
            over = coefficients[one.over] if one.over else None
            parts.append(figure.value / (over.value if over else 1.0))
            sources += [*figure.sources, *([over.source] if over else [])]
            grades += [figure.grade, *([over.grade] if over else [])]
    return parts, sources, grades
