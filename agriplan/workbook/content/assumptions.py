"""The sheet of inputs (假设): growth, targets, limits, own figures, criteria, each beside what holds without it."""

from collections.abc import Mapping
from dataclasses import replace

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import GRADES
from agriplan.engine.scenario import DEFAULT_MAX_GROWTH, DEFAULT_PATH, DEFAULT_RULE, Allocation, Scenario
from agriplan.forecast.intervals import BANDS
from agriplan.workbook import formulas
from agriplan.workbook.content.asking import LIMIT, NOTE, SHARE, SOURCE, amount, ask, choose, growth
from agriplan.workbook.content.entries import make_table
from agriplan.workbook.content.figures import herd_table, league_table
from agriplan.workbook.content.making import Making, level_of
from agriplan.workbook.description import Cell, Input, Sheet, Table


def describe_assumptions(making: Making) -> Sheet:
    """The sheet `assumptions`."""
    scenario = making.scenario
    margin = Input(("status_margin",), "number", 0.0, 100.0, default=Scenario().status_margin)
    scalars = {
        "status_margin": Cell(scenario.status_margin, input=margin, keep=True),
        "usual_status_margin": Cell(Scenario().status_margin),
        "status_margin_used": Cell(
            scenario.status_margin, "IF(ISNUMBER({.status_margin}),{.status_margin},{.usual_status_margin})"
        ),
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
    rows = [_line(making, commitment) for commitment in making.data.commitments]
    keys = [commitment.id for commitment in making.data.commitments]
    values = {name: [row[name] for row in rows] for name in rows[0]}
    table = make_table(keys, values, formulas.ASSUMED_LINES, _line_inputs(making))
    plain = frozenset(commitment.id for commitment in making.data.commitments if not commitment.unit_value)
    columns = {
        name: replace(column, without=plain) if "unit_value" in name else column
        for name, column in table.columns.items()
    }
    return Table(table.keys, columns)


def _line(making: Making, commitment: Commitment) -> dict[str, object]:
    data, scenario = making.data, making.scenario
    line = making.read.lines[commitment.id]
    region = data.region.code
    allocation = scenario.allocation.get(commitment.id, Allocation())
    quantity = making.observed(commitment.quantity, region)
    usual = DEFAULT_MAX_GROWTH[commitment.kind]
    return {
        "name": commitment.name(making.lang),
        "unit": commitment.unit(making.lang),
        "kind": making.word(f"kind.{commitment.kind}"),
        "commitment": commitment.target,
        "entered_target": scenario.target.get(commitment.id),
        "target": line["target"],
        "observed": quantity.value,
        "observed_level": level_of(quantity.grade),
        "suggested": line["suggested"],
        "low": line["low"],
        "high": line["high"],
        "tier": making.word(f"tier.{line['tier']}"),
        "entered_growth": scenario.growth.get(commitment.id, {}).get(region),
        "growth": line["growth"],
        "rule": making.word(f"rule.{line['rule']}"),
        "usual_max_growth": usual,
        "entered_max_growth": making.word("cap.none") if allocation.max_growth == "none" else allocation.max_growth,
        "max_growth": line["max_growth"],
        "reserve": line["reserve"],
        "margin": line["margin"],
        "path": making.word(f"path.{line['path']}"),
        "criteria_mode": making.word(f"criteria.{'entropy' if allocation.criteria == 'entropy' else 'entered'}"),
        **_unit_value(making, commitment),
    }


def _unit_value(making: Making, commitment: Commitment) -> dict[str, object]:
    region, name = making.data.region.code, commitment.unit_value
    line = making.read.lines[commitment.id]
    own = making.scenario.baseline.get(name or "", {}).get(region)
    observed = making.observed(name, region)
    suggestion = making.suggested.get((name or "", region), {"growth": 0.0})
    # One unit of an indicator without a unit value is worth one unit, and that is no estimate.
    level = level_of("reported" if own else observed.grade) if name else level_of("official")
    return {
        "observed_unit_value": observed.value if name else None,
        "observed_unit_value_level": level_of(observed.grade) if name else level_of("official"),
        "unit_value_error": (0.0 if observed.grade == "" else observed.relative_error) if name else 0.0,
        "unit_value_unit": making.data.indicators[name].unit(making.lang) if name else None,
        "own_unit_value": own.value if own else None,
        "own_unit_value_source": own.source if own else None,
        "own_unit_value_note": own.note if own else None,
        "unit_value": line["unit_value"],
        "unit_value_level": level,
        "unit_value_grade": making.word(f"grade.{GRADES[int(level) - 1]}") if name and level == level else "",
        "suggested_unit_value_growth": suggestion["growth"],
        "low_unit_value_growth": suggestion.get("low"),
        "high_unit_value_growth": suggestion.get("high"),
        "entered_unit_value_growth": making.scenario.unit_value_growth.get(commitment.id),
        "unit_value_growth": line["unit_value_growth"],
    }


def _line_inputs(making: Making) -> dict[str, Mapping[str, Input]]:
    found: dict[str, dict[str, Input]] = {}
    for commitment in making.data.commitments:
        for column, entry in _inputs_of(making, commitment).items():
            found.setdefault(column, {})[commitment.id] = entry
    return dict(found)


def _inputs_of(making: Making, commitment: Commitment) -> dict[str, Input]:
    name, region = commitment.id, making.data.region.code
    rule = making.word(f"rule.{DEFAULT_RULE}")
    usual_path = making.word(f"path.{DEFAULT_PATH[commitment.kind]}")
    allocation = ("allocation", name)
    inputs = {
        "entered_target": ask(("target", name), amount(commitment, least=1e-9)),
        "entered_growth": ask(("growth", name, region), growth(commitment.kind)),
        "rule": choose(making, (*allocation, "rule"), "rule", rule),
        "entered_max_growth": ask(
            (*allocation, "max_growth"), growth(commitment.kind), choices=(making.word("cap.none"),)
        ),
        "reserve": ask((*allocation, "reserve"), SHARE, default=0.0),
        "margin": ask((*allocation, "margin"), SHARE, default=0.0),
        "path": choose(making, ("path", name), "path", usual_path),
        "criteria_mode": choose(making, (*allocation, "criteria"), "criteria", making.word("criteria.entered")),
    }
    if commitment.unit_value:
        own = ("baseline", commitment.unit_value, region)
        inputs |= {
            "own_unit_value": ask((*own, "value"), LIMIT),
            "own_unit_value_source": ask((*own, "source"), SOURCE),
            "own_unit_value_note": ask((*own, "note"), NOTE),
            "entered_unit_value_growth": ask(("unit_value_growth", name), growth("amount")),
        }
    return inputs


def _criteria(making: Making) -> Table:
    keys: list[str] = []
    names = ("indicator", "criterion", "entered_weight", "equal", "entropy", "weight")
    values: dict[str, list[object]] = {name: [] for name in names}
    inputs = {}
    for commitment in making.data.commitments:
        for criterion in making.data.criteria:
            key = f"{commitment.id}.{criterion.id}"
            row = making.criterion_row(commitment.id, criterion.id)
            keys.append(key)
            values["indicator"].append(commitment.name(making.lang))
            values["criterion"].append(criterion.name(making.lang))
            values["entered_weight"].append(making.entered_weight(commitment.id, criterion.id))
            for name in ("equal", "entropy", "weight"):
                values[name].append(row[name])
            inputs[key] = ask(("allocation", commitment.id, "criteria", criterion.id), LIMIT)
    return make_table(keys, values, formulas.ASSUMED_CRITERIA, {"entered_weight": inputs})
