"""One indicator of several plans held against the first of them: what moved, for whom, and why."""

from collections.abc import Sequence

from markupsafe import Markup

from agriplan.analysis.comparison import has_moved
from agriplan.analysis.titles import titles_of
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.web.charts import Series, bars
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import text
from agriplan.web.pages.rows import Row, decimals_of, line_of, rows_of_leagues
from agriplan.web.pages.why import reasons_apart

# A league has moved where one of them is another figure and printed so: by the printed column, the exact one.
MOVING = {"projection": "projection", "amount_stated": "amount", "target": "target"}


def against_base(plans: Sequence[Plan], commitment: Commitment) -> Row:
    """What the page says about one indicator; `moved` holds the leagues that fare otherwise, most gained first."""
    base, decimals = plans[0], decimals_of(plans[0], commitment)
    apart = [reasons_apart(base, plan, commitment.id) for plan in plans[1:]]
    sides = zip(*(rows_of_leagues(plan, commitment.id) for plan in plans), strict=True)
    rows = [_row(side, [one[side[0]["code"]] for one in apart]) for side in sides]
    moved = [row for row in rows if row["is_moved"]]
    moved.sort(key=lambda row: -row["others"][0]["difference"])
    lines = [line_of(plan, commitment.id) for plan in plans]
    return {
        "commitment": commitment,
        "decimals": decimals,
        "lines": lines,
        "line_moved": any(_line(line) != _line(lines[0]) for line in lines[1:]),
        "moved": moved,
        "unmoved": [row["area"] for row in rows if not row["is_moved"]],
        "sides": [_sides(moved, place, decimals["own"]) for place in range(len(plans) - 1)],
        "charts": _charts(commitment, moved, plans) if moved else {},
    }


def _line(line: Row) -> tuple[object, ...]:
    return (*(line["shown"][name] for name in ("projection", "gap_stated", "target", "reached")), line["feasibility"])


def _row(side: Sequence[Row], apart: Sequence[Row]) -> Row:
    """One league in every plan: the base's figures, and of each other the target, the difference and its reasons."""
    base, *others = side
    return {
        "area": base["area"],
        "base": base,
        "is_moved": any(_by(base, one, name) for one in others for name in MOVING),
        "others": [
            {"row": one, "difference": found["target_printed"], "apart": found}
            for one, found in zip(others, apart, strict=True)
        ],
    }


def _by(base: Row, other: Row, name: str) -> float:
    """By how much a printed figure differs; nothing where the exact one does not: it is only rounded otherwise."""
    if not has_moved(base[MOVING[name]], other[MOVING[name]]):
        return 0.0
    return float(other["shown"][name] - base["shown"][name])


def _sides(moved: Sequence[Row], place: int, decimals: int) -> dict[str, list[Row]]:
    """Who carries more of the gap and who less in one of the other plans, the greatest first.

    And whose projection alone moved, by how much its target does. What is carried is what lies between the printed
    shares, so that all come to what the region's placed gap moves by; `apart` has the same parts of the difference.
    """
    found: dict[str, list[Row]] = {"more": [], "less": [], "trend": []}
    for row in moved:
        base, other = row["base"], row["others"][place]["row"]
        carried, moves = (round(_by(base, other, name), decimals) for name in ("amount_stated", "target"))
        if carried or moves:
            word = "more" if carried > 0 else "less" if carried < 0 else "trend"
            found[word].append({"area": row["area"], "difference": carried or moves})
    return {word: sorted(rows, key=lambda one: -abs(one["difference"])) for word, rows in found.items()}


def _charts(commitment: Commitment, moved: Sequence[Row], plans: Sequence[Plan]) -> dict[int, Markup]:
    """The differences of the leagues' targets, a chart for every other plan that has some, all on one scale."""
    lang = current_language()
    names = titles_of([plan.scenario for plan in plans], lang)
    series = [
        Series(f"compared-{place}", names[place], [row["others"][place - 1]["difference"] for row in moved])
        for place in range(1, len(plans))
    ]
    unit = text("points") if commitment.is_rate else commitment.unit(lang)
    areas = [row["area"].name(lang) for row in moved]
    said = {"name": commitment.name(lang), "base": names[0]}
    return {
        place: bars(text("chart.against", other=one.name, **said), unit, areas, [one], series)
        for place, one in enumerate(series, 1)
        if any(one.values)
    }
