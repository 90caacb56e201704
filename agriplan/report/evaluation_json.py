"""An evaluation as JSON and CSV: the figures are the columns of its data dictionary, with full precision."""

import json
from typing import Any

import pandas as pd
from pydantic import create_model

from agriplan.analysis.balances_as_of import balances_as_of, fodder_as_of
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_words import evaluation_notes, headline, say_verdict, thresholds
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.baselines.commitments import Commitment
from agriplan.engine.evaluation_columns import EVALUATION, EVALUATION_YEARS
from agriplan.engine.scenario import canonical_json
from agriplan.report.balance_schema import BalanceAsOf, FodderAsOf
from agriplan.report.bilingual import Told, in_both_languages
from agriplan.report.column_fields import ROW_KEYS, fields_by_column
from agriplan.report.csv_export import to_csv
from agriplan.report.frozen_model import FrozenModel
from agriplan.report.null import row_or_null
from agriplan.report.year_lines import sharing_note
from agriplan.sentences import say

# A word of the region's row and what it is called, beside each other.
WORDED = ("rule", "path", "feasibility")


EvaluationFigures = create_model(
    "EvaluationFigures", __base__=FrozenModel, **fields_by_column(EVALUATION, whole=int | None)
)
EvaluationYear = create_model(
    "EvaluationYear", __base__=FrozenModel, **fields_by_column(EVALUATION_YEARS, whole=int | None)
)


class AreaEvaluation(FrozenModel):
    """An indicator in the region or a league, and its years from the as-of year to the target year.

    `verdict` is done, missed, unknown, reached, expected, open, warned or not_judged.
    """

    code: str
    name: str
    name_en: str
    verdict_zh: str
    figures: EvaluationFigures
    years: list[EvaluationYear]
    balances: list[BalanceAsOf]
    fodder: FodderAsOf | None
    notes: list[Told]


class IndicatorEvaluation(FrozenModel):
    """An indicator: how its gap is shared, the look back up to the as-of year, the region, and its leagues."""

    id: str
    name: str
    name_en: str
    unit: str
    rule_zh: str
    path_zh: str
    feasibility_zh: str
    sharing: list[Told]
    hindsight: list[Told]
    region: AreaEvaluation
    leagues: list[AreaEvaluation]


class EvaluationReport(FrozenModel):
    """A whole evaluation; the headline counts the indicators by verdict."""

    fingerprint: str
    data_version: str
    scenario: dict[str, Any]
    as_of: int
    base_year: int
    target_year: int
    headline: Told
    thresholds: Told
    indicators: list[IndicatorEvaluation]


def evaluation_report(evaluation: Evaluation) -> EvaluationReport:
    """Say an evaluation as a report."""
    issued = evaluation.issued
    return EvaluationReport(
        fingerprint=issued.fingerprint,
        data_version=issued.baselines.version,
        scenario=json.loads(canonical_json(issued.scenario)),
        as_of=evaluation.as_of,
        base_year=issued.baselines.base_year,
        target_year=issued.baselines.target_year,
        headline=in_both_languages([headline(evaluation)])[0],
        thresholds=in_both_languages([thresholds(evaluation)])[0],
        indicators=[_indicator(evaluation, commitment) for commitment in issued.baselines.commitments],
    )


def evaluation_json(evaluation: Evaluation) -> str:
    """The report as indented JSON text."""
    data = evaluation_report(evaluation).model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def evaluation_csv(evaluation: Evaluation) -> str:
    """One row an indicator, area and year as CSV, with the names of indicators and areas beside their codes
    and the indicator's unit; growths are in per cent or points a year, parts of a whole in per cent.

    What is said once of an indicator and area stands in the row of the as-of year, and is empty in later ones.
    """
    data = evaluation.issued.baselines
    once = evaluation.rows.assign(year=evaluation.as_of)
    rows = evaluation.years.merge(once, how="left", on=[*ROW_KEYS, "year"], validate="1:1")
    whole = [column.name for column in (*EVALUATION, *EVALUATION_YEARS) if column.sort == "whole"]
    later = [column.name for column in EVALUATION_YEARS if column.name not in (*ROW_KEYS, "year")]
    names = {
        "indicator_zh": [data.by_id[one].name_zh for one in rows["indicator"]],
        "area_zh": [data.areas[code].name_zh for code in rows["code"]],
        "unit": [data.by_id[one].unit_zh for one in rows["indicator"]],
        "as_of": [evaluation.as_of] * len(rows),
    }
    ordered = rows.astype(dict.fromkeys(whole, "Int64"))[["year", *(one.name for one in EVALUATION), *later]]
    return to_csv(pd.concat([pd.DataFrame(names), ordered], axis=1))


def _indicator(evaluation: Evaluation, commitment: Commitment) -> IndicatorEvaluation:
    data, region = evaluation.issued.baselines, evaluation.region(commitment.id)
    return IndicatorEvaluation(
        id=commitment.id,
        name=commitment.name_zh,
        name_en=commitment.name_en,
        unit=commitment.unit_zh,
        **{f"{name}_zh": say(f"{name}.{region[name]}", "zh") if region[name] else "" for name in WORDED},
        sharing=in_both_languages(note for note in [sharing_note(evaluation, commitment)] if note),
        hindsight=in_both_languages(hindsight_notes(evaluation.issued, commitment, evaluation.as_of)),
        region=_area(evaluation, commitment, data.region.code),
        leagues=[_area(evaluation, commitment, league.code) for league in data.leagues],
    )


def _area(evaluation: Evaluation, commitment: Commitment, code: str) -> AreaEvaluation:
    row, area = evaluation.by_key[commitment.id, code], evaluation.issued.baselines.areas[code]
    return AreaEvaluation(
        code=code,
        name=area.name_zh,
        name_en=area.name_en,
        verdict_zh=say_verdict(row, evaluation.issued.baselines, "zh"),
        figures=EvaluationFigures(**row_or_null(row, ROW_KEYS)),
        years=[EvaluationYear(**row_or_null(year, ROW_KEYS)) for year in evaluation.years_of(commitment.id, code)],
        **_balances(evaluation, commitment.id, code),
        notes=in_both_languages(evaluation_notes(evaluation, commitment, code)),
    )


def _balances(evaluation: Evaluation, indicator: str, code: str) -> dict[str, Any]:
    """What the issued target takes in animals, yields and fodder."""
    fed = fodder_as_of(evaluation, indicator, code)
    return {
        "balances": [
            BalanceAsOf(**row_or_null(vars(one.figures)), year=one.year, stock_year=one.stock_year)
            for one in balances_as_of(evaluation, indicator, code)
        ],
        "fodder": FodderAsOf(**row_or_null(vars(fed.figures)), year=fed.year) if fed else None,
    }
