"""The sheets of inputs (假设, 盟市填报): growth, targets, limits, own figures, criteria, beside what holds without."""

from dataclasses import replace

from agriplan.baselines.commitments import Commitment, without_brackets
from agriplan.baselines.grades import GRADES
from agriplan.engine.scenario import DEFAULT_MAX_GROWTH, DEFAULT_PATH, DEFAULT_RULE, LIMITS, Scenario
from agriplan.forecast.intervals import BANDS
from agriplan.parsing import SMALLEST
from agriplan.typed_numbers import SIGNS_OF_NO_FIGURE as SIGNS
from agriplan.workbook.content.context import BookContext, level_of
from agriplan.workbook.content.entries import by_column, make_cells, make_table
from agriplan.workbook.content.input_cells import (
    LIMIT,
    NOTE,
    POSITIVE,
    SHARE,
    SOURCE,
    Accepts,
    amount,
    choose,
    entered_at,
    growth,
    input_cell,
)
from agriplan.workbook.description import Cell, Input, Sheet, Table
from agriplan.workbook.formulas.assumed import ASSUMED_HERDS, ASSUMED_LEAGUES, ASSUMED_LINES, MARGIN_USED
from agriplan.workbook.formulas.criteria import ASSUMED_CRITERIA
from agriplan.workbook.formulas.doubts import DOUBTS_OF_MARGIN
from agriplan.workbook.formulas.filling import fill_in


def describe_assumptions(context: BookContext) -> Sheet:
    """The sheet `assumptions`."""
    usual = Scenario().status_margin
    margin = Input(("status_margin",), "number", 0.0, 100.0, default=usual)
    first, last = context.data.base_year, context.data.target_year
    as_of = Input(("as_of",), "number", first, last, default=first, among=range(first, last + 1))
    scalars = {
        **make_cells({}, DOUBTS_OF_MARGIN),
        "as_of": Cell(entered_at(context.entries, as_of, context.word), input=as_of, keep=True),
        "usual_as_of": Cell(first),
        "status_margin": Cell(entered_at(context.entries, margin, context.word), input=margin, keep=True),
        "usual_status_margin": Cell(usual),
        **make_cells({}, MARGIN_USED),
    }
    tables = {
        "lines": _lines(context),
        "herds": herd_table(context),
        "criteria": _criteria(context),
        "grades": make_table(
            GRADES, {"level": [level_of(grade) for grade in GRADES], "word": context.in_words("grade", GRADES)}
        ),
        # The likeliest band first: the fewer edges a target has passed, the likelier it is.
        "bands": make_table(
            map(str, range(len(BANDS))), {"passed": range(len(BANDS)), "word": context.in_words("band", BANDS[::-1])}
        ),
        "signs": make_table([str(place) for place in range(len(SIGNS))], {"sign": SIGNS}),
    }
    return Sheet("assumptions", "assumptions", scalars, tables)


def describe_inputs(context: BookContext) -> Sheet:
    """The sheet `inputs`: a row for every indicator and league, apart so that its headings can stay in sight."""
    return Sheet("inputs", "inputs", {}, {"leagues": league_table(context)})


def _lines(context: BookContext) -> Table:
    commitments = context.data.commitments
    rows = {commitment.id: _line(context, commitment) | _unit_value(context, commitment) for commitment in commitments}
    cells = {commitment.id: _inputs_of(context, commitment) for commitment in commitments}
    inputs = by_column(cells, *_UNIT_VALUE)
    table = context.table(rows, ASSUMED_LINES, inputs)
    plain = frozenset(commitment.id for commitment in commitments if not commitment.unit_value)
    columns = {
        name: replace(column, without=plain) if "unit_value" in name else column
        for name, column in table.columns.items()
    }
    return Table(table.keys, columns)


def _line(context: BookContext, commitment: Commitment) -> dict[str, object]:
    line = context.read.lines[commitment.id]
    quantity = context.observed(commitment.quantity, context.data.region.code)
    return {
        "name": context.short_names[commitment.id],
        "unit": commitment.unit(context.lang),
        "kind": context.word(f"kind.{commitment.kind}"),
        "source_target": commitment.target,
        "observed": quantity.value,
        "observed_level": level_of(quantity.grade),
        "suggested": line["suggested"],
        "usual_growth": context.shared_growth(commitment.quantity),
        "low": line["low"],
        "high": line["high"],
        "tier": context.word(f"tier.{line['tier']}"),
        "usual_max_growth": DEFAULT_MAX_GROWTH[commitment.kind],
    }


def _unit_value(context: BookContext, commitment: Commitment) -> dict[str, object]:
    region, name = context.data.region.code, commitment.unit_value
    observed = context.observed(name, region)
    suggestion = context.suggested.get((name or "", region))
    return {
        "observed_unit_value": observed.value if name else None,
        # One unit of an indicator without a unit value is worth one unit, and that is no estimate.
        "observed_unit_value_level": level_of(observed.grade if name else "official"),
        "unit_value_error": observed.relative_error if name and observed.grade else 0.0,
        "unit_value_unit": context.data.indicators[name].unit(context.lang) if name else None,
        "suggested_unit_value_growth": suggestion.growth if suggestion else 0.0,
        "low_unit_value_growth": suggestion and suggestion.low,
        "high_unit_value_growth": suggestion and suggestion.high,
    }


def _inputs_of(context: BookContext, commitment: Commitment) -> dict[str, Input]:
    name, region, word = commitment.id, context.data.region.code, context.word
    allocation = ("allocation", name)
    own = ("baseline", commitment.unit_value or "", region)
    entries = (
        input_cell((*own, "value"), POSITIVE),
        input_cell((*own, "source"), SOURCE),
        input_cell((*own, "note"), NOTE),
        input_cell(("unit_value_growth", name), growth("amount")),
    )
    return {
        "entered_target": input_cell(("target", name), amount(commitment, least=SMALLEST)),
        "entered_growth": input_cell(("growth", name, region), growth(commitment.kind)),
        "rule": choose(word, (*allocation, "rule"), "rule", DEFAULT_RULE),
        "entered_max_growth": input_cell(
            (*allocation, "max_growth"), growth(commitment.kind), choices=(word("cap.none"),)
        ),
        "reserve": input_cell((*allocation, "reserve"), SHARE, default=0.0),
        "margin": input_cell((*allocation, "margin"), SHARE, default=0.0),
        "path": choose(word, ("path", name), "path", DEFAULT_PATH[commitment.kind]),
        "criteria_mode": choose(word, (*allocation, "criteria"), "criteria", "entered"),
        **(dict(zip(_UNIT_VALUE, entries, strict=True)) if commitment.unit_value else {}),
    }


_UNIT_VALUE = ("own_unit_value", "own_unit_value_source", "own_unit_value_note", "entered_unit_value_growth")


def _criteria(context: BookContext) -> Table:
    rows, inputs = {}, {}
    for commitment in context.data.commitments:
        for criterion in context.data.criteria:
            key = f"{commitment.id}.{criterion.id}"
            rows[key] = {"indicator": context.short_names[commitment.id], "criterion": criterion.name(context.lang)}
            inputs[key] = input_cell(("allocation", commitment.id, "criteria", criterion.id), LIMIT)
    return context.table(rows, ASSUMED_CRITERIA, {"entered_weight": inputs}, "indicator", "criterion")


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
    suggestion = context.suggested.get((indicator, code))
    values = (
        observed.value,
        level_of(observed.grade),
        context.word(f"grade.{observed.grade}") if observed.grade else "",
        context.word(f"tier.{suggestion.tier}") if suggestion else "",
        *((suggestion.growth, suggestion.low, suggestion.high) if suggestion else (None, None, None)),
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
