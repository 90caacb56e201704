"""Base-year figures and growth assumptions by league: the tables `leagues` and `herds` of the sheet of inputs."""

from collections.abc import Mapping, Sequence

from agriplan.baselines.commitments import Commitment
from agriplan.engine.base_figures import known_figure, states_chain_value
from agriplan.engine.scenario import LIMITS, Allocation, Level
from agriplan.workbook import formulas
from agriplan.workbook.content.asking import LIMIT, NOTE, SOURCE, amount, ask, growth
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.making import Making, level_of
from agriplan.workbook.content.reading import Row
from agriplan.workbook.description import Input, Table


def league_table(making: Making) -> Table:
    """One row an indicator and league: own figure, growth, limits and share."""
    rows: dict[str, dict[str, object]] = {}
    inputs: dict[str, dict[str, Input]] = {}
    for commitment in making.data.commitments:
        for league in making.data.leagues:
            row = making.read.league_rows[commitment.id, league.code]
            key = f"{commitment.id}.{league.code}"
            rows[key] = _league(making, commitment, row)
            for column, entry in _league_inputs(commitment, league.code).items():
                inputs.setdefault(column, {})[key] = entry
    return make_table(rows, _columns(list(rows.values())), formulas.ASSUMED_LEAGUES, inputs)


def herd_table(making: Making) -> Table:
    """One row a herd and area, the region's growth first; empty where no rate is weighted by a herd."""
    herds = dict.fromkeys(commitment.herd for commitment in making.data.commitments if commitment.herd)
    rows: dict[str, dict[str, object]] = {}
    inputs: dict[str, dict[str, Input]] = {}
    for herd in herds:
        for code, area in making.data.areas.items():
            key = f"{herd}.{code}"
            rows[key] = {
                "indicator": making.data.indicators[herd].name(making.lang),
                "league": area.name(making.lang),
                "unit": making.data.indicators[herd].unit(making.lang),
                **_figure(making, herd, code, "herd"),
                **_growth(making, herd, herd, code),
            }
            asked = {"entered_growth": ask(("growth", herd, code), growth("amount"))}
            if code != making.data.region.code:
                asked |= _own(herd, code, LIMIT)
            for column, entry in asked.items():
                inputs.setdefault(column, {})[key] = entry
    names = [*_figure(making, "", "", "herd"), *_growth(making, "", "", "")]
    columns = _columns(list(rows.values())) or {name: [] for name in ("indicator", "league", "unit", *names)}
    filled = formulas.fill_in(formulas.ASSUMED_HERDS, REGION=making.data.region.code)
    return make_table(rows, columns, filled, inputs)


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


def _league(making: Making, commitment: Commitment, row: Row) -> dict[str, object]:
    code = str(row["code"])
    allocation = making.scenario.allocation.get(commitment.id, Allocation())
    return {
        "indicator": commitment.name(making.lang),
        "league": making.data.areas[code].name(making.lang),
        "unit": making.data.indicators[commitment.quantity].unit(making.lang),
        "line": commitment.id,
        "named": row["named"],
        **_figure(making, commitment.quantity, code, "quantity"),
        "observed_error": making.observed(commitment.quantity, code).relative_error,
        "error": known_figure(making.scenario, making.data, commitment.quantity, code).relative_error,
        **_growth(making, commitment.id, commitment.quantity, code),
        **_chain_value(making, commitment, code),
        "past_growth": row["past_growth"],
        **_limits(making, commitment, code),
        "entered_share": allocation.shares.get(code),
    }


def _limits(making: Making, commitment: Commitment, code: str) -> dict[str, object]:
    """Limits as entered: each an amount or a level, with their reason."""
    allocation = making.scenario.allocation.get(commitment.id, Allocation())
    found: dict[str, object] = {"limits_why": making.scenario.limits_why.get(commitment.id, {}).get(code)}
    for limit in LIMITS:
        given = getattr(allocation, limit).get(code)
        is_level = isinstance(given, Level)
        found |= {f"entered_{limit}": None if is_level else given, f"{limit}_level": given.target if is_level else None}
    return found


def _figure(making: Making, indicator: str, code: str, used: str) -> dict[str, object]:
    """The observed figure, the planner's own one and the one used."""
    observed = making.observed(indicator, code)
    own = making.scenario.baseline.get(indicator, {}).get(code)
    known = known_figure(making.scenario, making.data, indicator, code)
    return {
        "observed": observed.value,
        "observed_level": level_of(observed.grade),
        "observed_grade": making.word(f"grade.{observed.grade}") if observed.grade else "",
        "own": own.value if own else None,
        "own_source": own.source if own else None,
        "own_note": own.note if own else None,
        used: known.value,
        "level": level_of(known.grade),
        "grade": making.word(f"grade.{known.grade}") if known.grade else "",
    }


def _chain_value(making: Making, commitment: Commitment, code: str) -> dict[str, object]:
    """The league's own value of a chain, where it stated one."""
    stated = states_chain_value(making.scenario, commitment, code)
    own = making.scenario.baseline[commitment.id][code] if stated else None
    return {
        "own_value": own.value if own else None,
        "own_value_source": own.source if own else None,
        "own_value_note": own.note if own else None,
    }


def _growth(making: Making, key: str, indicator: str, code: str) -> dict[str, object]:
    """The suggestion for an area, the planner's own growth and the one used."""
    entered = making.scenario.growth.get(key, {})
    suggestion = making.suggested.get((indicator, code), {})
    region = making.data.region.code
    return {
        "tier": making.word(f"tier.{suggestion['tier']}") if suggestion else "",
        **{name: suggestion.get("growth" if name == "suggested" else name) for name in ("suggested", "low", "high")},
        "entered_growth": entered.get(code),
        "growth": entered.get(code, entered.get(region, suggestion.get("growth"))),
    }


def _own(indicator: str, code: str, accepts: object) -> dict[str, Input]:
    path = ("baseline", indicator, code)
    return {
        "own": ask((*path, "value"), accepts),  # type: ignore[arg-type]
        "own_source": ask((*path, "source"), SOURCE),
        "own_note": ask((*path, "note"), NOTE),
    }


def _league_inputs(commitment: Commitment, code: str) -> dict[str, Input]:
    inputs = {"entered_growth": ask(("growth", commitment.id, code), growth(commitment.kind))}
    inputs |= _own(commitment.quantity, code, amount(commitment))
    if commitment.unit_value:
        stated = _own(commitment.id, code, LIMIT)
        inputs |= {column.replace("own", "own_value", 1): entry for column, entry in stated.items()}
    if code in commitment.leagues:
        path = ("allocation", commitment.id)
        inputs |= {f"entered_{limit}": ask((*path, limit, code), LIMIT) for limit in LIMITS}
        inputs |= {f"{limit}_level": ask((*path, limit, code, "target"), amount(commitment)) for limit in LIMITS}
        inputs["limits_why"] = ask(("limits_why", commitment.id, code), SOURCE)
        inputs["entered_share"] = ask((*path, "shares", code), LIMIT)
    return inputs
