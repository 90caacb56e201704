"""What the cells on likelihood hold: by history alone, and with the growths entered."""

from collections.abc import Mapping, Sequence

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.forecast.attainment import demand
from agriplan.forecast.growth import growth_kind
from agriplan.workbook.content.making import Making

EDGES = tuple(f"edge_{number}" for number in range(1, 6))
Figures = Mapping[str, object]


def likelihood_of_region(making: Making, commitment: Commitment) -> dict[str, object]:
    """The scalars of the region's line."""
    return _area(making, commitment, making.data.region.code, making.read.lines[commitment.id])


def likelihood_of_leagues(making: Making, commitment: Commitment) -> dict[str, Sequence[object]]:
    """The columns of the leagues' rows."""
    rows = [making.read.league_rows[commitment.id, league.code] for league in making.data.leagues]
    found = [_area(making, commitment, str(row["code"]), row) for row in rows]
    columns: dict[str, Sequence[object]] = {name: [one[name] for one in found] for name in found[0]}
    if commitment.herd:
        columns |= _herds(making, commitment, rows, columns["projection_by_history"])
    return columns


def _area(making: Making, commitment: Commitment, code: str, figures: Figures) -> dict[str, object]:
    row = making.outlook[commitment.id, code]
    by_history, projection = float(row["projection_by_history"]), float(figures["projection"])  # type: ignore[arg-type]
    asked, entered_asked = (_asked(row, commitment, figures, of) for of in (by_history, projection))
    entered = bool(row["entered"])
    moved = projection - by_history if commitment.kind == "rate" else projection / by_history if entered else np.nan
    return {
        **{edge: row[edge] for edge in EDGES},
        **{name: row[name] for name in ("projection_by_history", "plausible_low", "plausible_high", "entered_band")},
        "demand": asked,
        "passed": _passed(row, asked),
        "probability": row["band"],
        "entered": entered,
        "entered_demand": entered_asked,
        "entered_passed": _passed(row, entered_asked),
        "moved": moved if entered else np.nan,
        "range": making.word(f"range.{row['range']}") if entered else "",
        "as_entered": as_entered_in_short(making, commitment, code),
    }


def as_entered_in_short(making: Making, commitment: Commitment, code: str) -> str:
    """The band with the growths entered and how they stand to the plausible range; nothing where none was entered."""
    row = making.outlook[commitment.id, code]
    if not row["entered"]:
        return ""
    parts = (making.word("short.as_entered"), row["entered_band"], making.word("why.comma"))
    return "".join((*parts, making.word(f"range.{row['range']}")))


def remark(making: Making, commitment: Commitment, code: str) -> str:
    """What stands beside an area's figures: the gap within its error, and what the growths entered would give."""
    line = making.read.lines[commitment.id]
    told = [making.word("short.gap_within_error") if line["gap_within_error"] else ""]
    told.append(as_entered_in_short(making, commitment, code))
    return making.word("short.semicolon").join(one for one in told if one)


def _asked(row: Figures, commitment: Commitment, figures: Figures, projection: float) -> float:
    """What the target asks beyond a projection; from nothing as much as the hardest edge: a cell holds no infinity."""
    if np.isnan(projection):
        return float("nan")
    asked = float(demand(figures["target"], projection, growth_kind(commitment.kind)))  # type: ignore[arg-type]
    return float(row["edge_5"]) if np.isinf(asked) else asked  # type: ignore[arg-type]


def _passed(row: Figures, asked: float) -> float:
    return float("nan") if np.isnan(asked) else float(sum(row[edge] <= asked for edge in EDGES))  # type: ignore[operator]


def _herds(
    making: Making, commitment: Commitment, rows: Sequence[Figures], by_history: Sequence[object]
) -> dict[str, Sequence[object]]:
    """The target year's herds by suggested growth, and what is counted by them."""
    growth = [making.suggested[commitment.herd or "", str(row["code"])]["growth"] for row in rows]
    known = np.array([row["baseline"] for row in rows], dtype=float)
    base = np.where(np.isnan(known), np.nan, np.array([row["herd"] for row in rows], dtype=float))
    herd = base * (1.0 + np.array(growth, dtype=float) / 100.0) ** making.steps
    counted = np.array(by_history, dtype=float) * herd
    return {"herd_by_history": herd.tolist(), "counted_by_history": counted.tolist()}
