"""The first page: how far the region is from each commitment, and which league carries what."""

import math
from dataclasses import dataclass

from flask import render_template, request

from agriplan.analysis.monitoring import monitor
from agriplan.at_once import do_all
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.web.pages.asked import commitment_asked, word_asked
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.likelihood import band_of
from agriplan.web.pages.rows import Row, decimals_of, line_of, notes_of, rows_of_leagues
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.pages.tiles import lay_tiles, steps
from agriplan.web.service import service

# What the map can show, with the column of the league table that holds it and how its decimals are called.
MEASURES = {
    "amount": ("amount_stated", "own"),
    "target": ("target", "own"),
    "baseline": ("baseline", "own"),
    "needed_growth": ("needed_growth", "growth"),
}


@dataclass(frozen=True)
class Bar:
    """A commitment's progress as parts of a bar's width, in per cent."""

    baseline: float
    trend: float
    target: float


@pages.get("/")
def overview() -> str:
    """Show the commitments, the map and the downloads."""
    data, asked = service().baselines, request.args.get("indicator", "")
    viewed, commitment, measure = do_all(
        scenario_of_address,
        lambda: commitment_asked(data, asked) if asked else data.commitments[0],
        lambda: word_asked("unknown_word", request.args.get("measure", "") or "amount", MEASURES, "page.measure."),
    )
    plan = viewed.plan
    column, decimals = MEASURES[measure]
    rows = rows_of_leagues(plan, commitment.id)
    known = [row | row["shown"] for row in rows]
    values = [row[column] if row["named"] or measure != "amount" else math.nan for row in known]
    return render_template(
        "overview.html",
        viewed=viewed,
        plan=plan,
        reported=monitor(plan),
        areas=[data.region, *data.leagues],
        summaries=[summary(plan, one) for one in data.commitments],
        commitment=commitment,
        measure=measure,
        measures=list(MEASURES),
        rows=rows,
        tiles=lay_tiles(data.leagues, values),
        edges=steps(values),
        decimals=decimals_of(plan, commitment)[decimals],
    )


def summary(plan: Plan, commitment: Commitment) -> Row:
    """Everything that the first page says about one commitment."""
    line = line_of(plan, commitment.id)
    return {
        "commitment": commitment,
        "line": line,
        "bar": bar(line["baseline"], line["projection"], line["target"], commitment.ceiling),
        "notes": notes_of(plan, commitment.id),
        "band": band_of(plan, commitment, plan.baselines.region.code),
        "decimals": decimals_of(plan, commitment),
    }


def bar(baseline: float, trend: float, target: float, ceiling: float | None) -> Bar:
    """Place three values on one bar that ends a little beyond the greatest of them (a rate: at its ceiling)."""
    end = ceiling or 1.08 * max(baseline, trend, target)
    return Bar(*(round(100.0 * min(value, end) / end, 2) for value in (baseline, trend, target)))
