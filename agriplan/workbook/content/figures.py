"""Base-year figures and growth assumptions by league: the tables `leagues` and `herds` of the sheet of inputs."""

from agriplan.baselines.commitments import Commitment
from agriplan.engine.scenario import LIMITS
from agriplan.workbook import formulas
from agriplan.workbook.content.asking import LIMIT, NOTE, POSITIVE, SOURCE, Accepts, amount, ask, growth
from agriplan.workbook.content.entries import by_column
from agriplan.workbook.content.making import Making, level_of
from agriplan.workbook.description import Input, Table

_CHAIN = ("own_value", "own_value_source", "own_value_note")
_FIGURES = ("observed", "observed_level", "observed_grade", "tier", "suggested", "low", "high")


def league_table(making: Making) -> Table:
    """One row an indicator and league: own figure, growth, limits and share."""
    rows: dict[str, dict[str, object]] = {}
    inputs: dict[str, dict[str, Input]] = {}
    for commitment in making.data.commitments:
        for league in making.data.leagues:
            key, row = f"{commitment.id}.{league.code}", making.read.league_rows[commitment.id, league.code]
            inputs[key] = _league_inputs(commitment, league.code)
            rows[key] = {
                "indicator": commitment.name(making.lang),
                "league": league.name(making.lang),
                "unit": making.data.indicators[commitment.quantity].unit(making.lang),
                "line": commitment.id,
                "named": row["named"],
                "row_own": int(league.code == making.area.code),
                **_data(making, commitment.quantity, league.code),
                "observed_error": making.observed(commitment.quantity, league.code).relative_error,
                "past_growth": row["past_growth"],
            }
    return making.table(rows, formulas.ASSUMED_LEAGUES, by_column(inputs, *_CHAIN))


def herd_table(making: Making) -> Table:
    """One row a herd and area, the region's growth first; empty where no rate is weighted by a herd."""
    data, region = making.data, making.data.region.code
    rows: dict[str, dict[str, object]] = {}
    inputs: dict[str, dict[str, Input]] = {}
    for herd in dict.fromkeys(commitment.herd for commitment in data.commitments if commitment.herd):
        for code, area in data.areas.items():
            key = f"{herd}.{code}"
            rows[key] = {
                "indicator": data.indicators[herd].name(making.lang),
                "league": area.name(making.lang),
                "unit": data.indicators[herd].unit(making.lang),
                "row_own": int(code == making.area.code and not making.is_region),
                **_data(making, herd, code),
            }
            own = _own(herd, code, POSITIVE) if code != region else {}
            inputs[key] = {**own, "entered_growth": ask(("growth", herd, code), growth("amount"))}
    texts = formulas.fill_in(formulas.ASSUMED_HERDS, REGION=region)
    return making.table(rows, texts, by_column(inputs), "indicator", "league", "unit", "row_own", *_FIGURES)


def _data(making: Making, indicator: str, code: str) -> dict[str, object]:
    """What the data say of an area: the observed figure and the suggested growth."""
    observed = making.observed(indicator, code)
    suggestion = making.suggested.get((indicator, code), {})
    values = (
        observed.value,
        level_of(observed.grade),
        making.word(f"grade.{observed.grade}") if observed.grade else "",
        making.word(f"tier.{suggestion['tier']}") if suggestion else "",
        *(suggestion.get(name) for name in ("growth", "low", "high")),
    )
    return dict(zip(_FIGURES, values, strict=True))


def _own(indicator: str, code: str, accepts: Accepts) -> dict[str, Input]:
    path = ("baseline", indicator, code)
    return {
        "own": ask((*path, "value"), accepts),
        "own_source": ask((*path, "source"), SOURCE),
        "own_note": ask((*path, "note"), NOTE),
    }


def _league_inputs(commitment: Commitment, code: str) -> dict[str, Input]:
    path = ("allocation", commitment.id)
    limits = {f"entered_{limit}": ask((*path, limit, code), LIMIT) for limit in LIMITS}
    limits |= {f"{limit}_level": ask((*path, limit, code, "target"), amount(commitment)) for limit in LIMITS}
    limits["limits_why"] = ask(("limits_why", commitment.id, code), SOURCE)
    limits["entered_share"] = ask((*path, "shares", code), LIMIT)
    # A league may state the value of a chain itself; its quantity follows.
    chain = zip(_CHAIN, _own(commitment.id, code, LIMIT).values(), strict=True) if commitment.unit_value else ()
    return {
        **_own(commitment.quantity, code, amount(commitment)),
        **dict(chain),
        "entered_growth": ask(("growth", commitment.id, code), growth(commitment.kind)),
        **(limits if code in commitment.leagues else {}),
    }
