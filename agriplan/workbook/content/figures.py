"""Base-year figures and growth assumptions by league: the tables `leagues` and `herds` of the sheets of inputs."""

from agriplan.baselines.commitments import Commitment, without_brackets
from agriplan.engine.scenario import LIMITS
from agriplan.workbook.content.context import BookContext, level_of
from agriplan.workbook.content.entries import by_column
from agriplan.workbook.content.input_cells import LIMIT, NOTE, POSITIVE, SOURCE, Accepts, amount, growth, input_cell
from agriplan.workbook.description import Input, Table
from agriplan.workbook.formulas.assumed import ASSUMED_HERDS, ASSUMED_LEAGUES
from agriplan.workbook.formulas.filling import fill_in

_CHAIN = ("own_value", "own_value_source", "own_value_note")
_OWN = ("own", "own_source", "own_note")
_FIGURES = ("observed", "observed_level", "observed_grade", "tier", "suggested", "low", "high")


def league_table(context: BookContext) -> Table:
    """One row an indicator and league: own figure, growth, limits and share."""
    rows: dict[str, dict[str, object]] = {}
    inputs: dict[str, dict[str, Input]] = {}
    for commitment in context.data.commitments:
        for league in context.data.leagues:
            key, row = f"{commitment.id}.{league.code}", context.read.league_rows[commitment.id, league.code]
            inputs[key] = _league_inputs(commitment, league.code)
            rows[key] = {
                "indicator": context.short_names[commitment.id],
                "league": league.name(context.lang),
                "unit": context.data.indicators[commitment.quantity].unit(context.lang),
                "line": commitment.id,
                "is_rate": commitment.is_rate,
                "named": row["named"],
                "row_own": int(league.code == context.area.code),
                **_data(context, commitment.quantity, league.code),
                "observed_error": context.observed(commitment.quantity, league.code).relative_error,
                "past_growth": row["past_growth"],
            }
    return context.table(rows, ASSUMED_LEAGUES, by_column(inputs, *_CHAIN))


def herd_label(context: BookContext, herd: str) -> str:
    """What a herd is called beside its cells, and where checks look for its rows."""
    return without_brackets(context.data.indicators[herd].name(context.lang))


def herd_table(context: BookContext) -> Table:
    """One row a herd and area, the region's growth first; one empty row where no rate is weighted by a herd."""
    data, region = context.data, context.data.region.code
    rows: dict[str, dict[str, object]] = {}
    inputs: dict[str, dict[str, Input]] = {}
    for herd in dict.fromkeys(commitment.herd for commitment in data.commitments if commitment.herd):
        for code, area in data.areas.items():
            key = f"{herd}.{code}"
            rows[key] = {
                "indicator": herd_label(context, herd),
                "league": area.name(context.lang),
                "unit": data.indicators[herd].unit(context.lang),
                "row_own": int(code == context.area.code and not context.is_region),
                "shared_growth": context.shared_growth(herd) if code == region else None,
                **_data(context, herd, code),
            }
            own = _own(herd, code, POSITIVE) if code != region else {}
            inputs[key] = {**own, "entered_growth": input_cell(("growth", herd, code), growth("amount"))}
    names = ("indicator", "league", "unit", "row_own", "shared_growth", *_FIGURES)
    if not rows:  # a table without rows has no place for what formulas name
        rows[f"none.{region}"] = dict.fromkeys(names)
    texts = fill_in(ASSUMED_HERDS, REGION=region)
    entered = by_column(inputs, *_OWN, "entered_growth")
    return context.table(rows, texts, entered, *names)


def _data(context: BookContext, indicator: str, code: str) -> dict[str, object]:
    """What the data say of an area: the observed figure and the suggested growth."""
    observed = context.observed(indicator, code)
    suggestion = context.suggested.get((indicator, code), {})
    values = (
        observed.value,
        level_of(observed.grade),
        context.word(f"grade.{observed.grade}") if observed.grade else "",
        context.word(f"tier.{suggestion['tier']}") if suggestion else "",
        *(suggestion.get(name) for name in ("growth", "low", "high")),
    )
    return dict(zip(_FIGURES, values, strict=True))


def _own(indicator: str, code: str, accepts: Accepts) -> dict[str, Input]:
    path = ("baseline", indicator, code)
    return {
        "own": input_cell((*path, "value"), accepts),
        "own_source": input_cell((*path, "source"), SOURCE),
        "own_note": input_cell((*path, "note"), NOTE),
    }


def _league_inputs(commitment: Commitment, code: str) -> dict[str, Input]:
    path = ("allocation", commitment.id)
    limits = {f"entered_{limit}": input_cell((*path, limit, code), LIMIT) for limit in LIMITS}
    limits |= {f"{limit}_level": input_cell((*path, limit, code, "target"), amount(commitment)) for limit in LIMITS}
    limits["limits_why"] = input_cell(("limits_why", commitment.id, code), SOURCE)
    limits["entered_share"] = input_cell((*path, "shares", code), LIMIT)
    # A league may state the value of a chain itself; its quantity follows.
    chain = zip(_CHAIN, _own(commitment.id, code, LIMIT).values(), strict=True) if commitment.unit_value else ()
    return {
        **_own(commitment.quantity, code, amount(commitment)),
        **dict(chain),
        "entered_growth": input_cell(("growth", commitment.id, code), growth(commitment.kind)),
        **(limits if code in commitment.leagues else {}),
    }
