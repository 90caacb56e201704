"""The sheet of inputs (假设): growth, targets, limits, own figures, criteria, each beside what holds without it."""

from dataclasses import replace

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import GRADES
from agriplan.engine.scenario import DEFAULT_MAX_GROWTH, DEFAULT_PATH, DEFAULT_RULE, Scenario
from agriplan.forecast.intervals import BANDS
from agriplan.workbook import formulas
from agriplan.workbook.content.asking import LIMIT, NOTE, POSITIVE, SHARE, SOURCE, amount, ask, choose, entered, growth
from agriplan.workbook.content.entries import by_column, make_table
from agriplan.workbook.content.figures import herd_table, league_table
from agriplan.workbook.content.making import Making, level_of
from agriplan.workbook.description import LEAST, Cell, Input, Sheet, Table


def describe_assumptions(making: Making) -> Sheet:
    """The sheet `assumptions`."""
    usual = Scenario().status_margin
    margin = Input(("status_margin",), "number", 0.0, 100.0, default=usual)
    scalars = {
        "status_margin": Cell(entered(making.entries, margin, making.word), input=margin, keep=True),
        "usual_status_margin": Cell(usual),
        "status_margin_used": Cell(None, "IF(ISNUMBER({.status_margin}),{.status_margin},{.usual_status_margin})"),
    }
    tables = {
        "lines": _lines(making),
        "leagues": league_table(making),
        "herds": herd_table(making),
        "criteria": _criteria(making),
        "grades": make_table(
            GRADES, {"level": [level_of(grade) for grade in GRADES], "word": making.in_words("grade", GRADES)}
        ),
        # The likeliest band first: the fewer edges a target has passed, the likelier it is.
        "bands": make_table(
            [str(place) for place in range(len(BANDS))], {"passed": range(len(BANDS)), "word": BANDS[::-1]}
        ),
    }
    return Sheet("assumptions", "assumptions", scalars, tables)


def _lines(making: Making) -> Table:
    commitments = making.data.commitments
    rows = {commitment.id: _line(making, commitment) | _unit_value(making, commitment) for commitment in commitments}
    cells = {commitment.id: _inputs_of(making, commitment) for commitment in commitments}
    inputs = by_column(cells, *_UNIT_VALUE)
    table = making.table(rows, formulas.ASSUMED_LINES, inputs)
    plain = frozenset(commitment.id for commitment in commitments if not commitment.unit_value)
    columns = {
        name: replace(column, without=plain) if "unit_value" in name else column
        for name, column in table.columns.items()
    }
    return Table(table.keys, columns)


def _line(making: Making, commitment: Commitment) -> dict[str, object]:
    line = making.read.lines[commitment.id]
    quantity = making.observed(commitment.quantity, making.data.region.code)
    return {
        "name": commitment.name(making.lang),
        "unit": commitment.unit(making.lang),
        "kind": making.word(f"kind.{commitment.kind}"),
        "source_target": commitment.target,
        "observed": quantity.value,
        "observed_level": level_of(quantity.grade),
        "suggested": line["suggested"],
        "low": line["low"],
        "high": line["high"],
        "tier": making.word(f"tier.{line['tier']}"),
        "usual_max_growth": DEFAULT_MAX_GROWTH[commitment.kind],
    }


def _unit_value(making: Making, commitment: Commitment) -> dict[str, object]:
    region, name = making.data.region.code, commitment.unit_value
    observed = making.observed(name, region)
    suggestion = making.suggested.get((name or "", region), {"growth": 0.0})
    return {
        "observed_unit_value": observed.value if name else None,
        # One unit of an indicator without a unit value is worth one unit, and that is no estimate.
        "observed_unit_value_level": level_of(observed.grade if name else "official"),
        "unit_value_error": observed.relative_error if name and observed.grade else 0.0,
        "unit_value_unit": making.data.indicators[name].unit(making.lang) if name else None,
        "suggested_unit_value_growth": suggestion["growth"],
        "low_unit_value_growth": suggestion.get("low"),
        "high_unit_value_growth": suggestion.get("high"),
    }


def _inputs_of(making: Making, commitment: Commitment) -> dict[str, Input]:
    name, region, word = commitment.id, making.data.region.code, making.word
    allocation = ("allocation", name)
    own = ("baseline", commitment.unit_value or "", region)
    entries = (
        ask((*own, "value"), POSITIVE),
        ask((*own, "source"), SOURCE),
        ask((*own, "note"), NOTE),
        ask(("unit_value_growth", name), growth("amount")),
    )
    return {
        "entered_target": ask(("target", name), amount(commitment, least=LEAST)),
        "entered_growth": ask(("growth", name, region), growth(commitment.kind)),
        "rule": choose(word, (*allocation, "rule"), "rule", DEFAULT_RULE),
        "entered_max_growth": ask((*allocation, "max_growth"), growth(commitment.kind), choices=(word("cap.none"),)),
        "reserve": ask((*allocation, "reserve"), SHARE, default=0.0),
        "margin": ask((*allocation, "margin"), SHARE, default=0.0),
        "path": choose(word, ("path", name), "path", DEFAULT_PATH[commitment.kind]),
        "criteria_mode": choose(word, (*allocation, "criteria"), "criteria", "entered"),
        **(dict(zip(_UNIT_VALUE, entries, strict=True)) if commitment.unit_value else {}),
    }


_UNIT_VALUE = ("own_unit_value", "own_unit_value_source", "own_unit_value_note", "entered_unit_value_growth")


def _criteria(making: Making) -> Table:
    rows, inputs = {}, {}
    for commitment in making.data.commitments:
        for criterion in making.data.criteria:
            key = f"{commitment.id}.{criterion.id}"
            rows[key] = {"indicator": commitment.name(making.lang), "criterion": criterion.name(making.lang)}
            inputs[key] = ask(("allocation", commitment.id, "criteria", criterion.id), LIMIT)
    return making.table(rows, formulas.ASSUMED_CRITERIA, {"entered_weight": inputs}, "indicator", "criterion")
