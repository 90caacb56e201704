"""An evaluation as JSON and CSV: the figures are the columns of its data dictionary, with full precision."""

import json
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict, create_model

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_words import evaluation_notes, headline, thresholds
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.baselines.commitments import Commitment
from agriplan.engine.evaluation_columns import EVALUATION
from agriplan.engine.scenario import canonical_json
from agriplan.report.csv_export import to_csv
from agriplan.report.told import Told, in_both_languages
from agriplan.sentences import say

# What a column of each sort holds; a number without meaning is null.
SORTS: dict[str, Any] = {"number": float | None, "whole": int | None, "text": str, "flag": bool}
# Columns that say which row this is.
EVALUATION_KEYS = ("indicator", "code")

_FIELDS: Mapping[str, Any] = {
    column.name: (SORTS[column.sort], ...) for column in EVALUATION if column.name not in EVALUATION_KEYS
}
EvaluationFigures = create_model("EvaluationFigures", __config__=ConfigDict(frozen=True), **_FIELDS)


class AreaEvaluation(BaseModel):
    """An indicator in the region or a league."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    name_en: str
    verdict_zh: str
    figures: EvaluationFigures
    notes: list[Told]


class IndicatorEvaluation(BaseModel):
    """An indicator: the look back up to the as-of year, the region, and its leagues."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    name_en: str
    unit: str
    hindsight: list[Told]
    region: AreaEvaluation
    leagues: list[AreaEvaluation]


class EvaluationReport(BaseModel):
    """A whole evaluation; the headline counts the indicators by verdict."""

    model_config = ConfigDict(frozen=True)

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
    """The rows as CSV, with the names of indicators and areas beside their codes."""
    data = evaluation.issued.baselines
    rows = evaluation.rows.astype({column.name: "Int64" for column in EVALUATION if column.sort == "whole"})
    names = {
        "indicator_zh": [data.by_id[one].name_zh for one in rows["indicator"]],
        "area_zh": [data.areas[code].name_zh for code in rows["code"]],
        "as_of": [evaluation.as_of] * len(rows),
    }
    return to_csv(pd.concat([pd.DataFrame(names), rows], axis=1))


def _indicator(evaluation: Evaluation, commitment: Commitment) -> IndicatorEvaluation:
    data = evaluation.issued.baselines
    return IndicatorEvaluation(
        id=commitment.id,
        name=commitment.name_zh,
        name_en=commitment.name_en,
        unit=commitment.unit_zh,
        hindsight=in_both_languages(hindsight_notes(evaluation.issued, commitment, evaluation.as_of)),
        region=_area(evaluation, commitment, data.region.code),
        leagues=[_area(evaluation, commitment, league.code) for league in data.leagues],
    )


def _area(evaluation: Evaluation, commitment: Commitment, code: str) -> AreaEvaluation:
    row, area = evaluation.by_key[commitment.id, code], evaluation.issued.baselines.areas[code]
    figures = {name: _plain(value) for name, value in row.items() if name not in EVALUATION_KEYS}
    return AreaEvaluation(
        code=code,
        name=area.name_zh,
        name_en=area.name_en,
        verdict_zh=say(f"verdict.{row['verdict']}"),
        figures=EvaluationFigures(**figures),
        notes=in_both_languages(evaluation_notes(evaluation, commitment, code)),
    )


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
