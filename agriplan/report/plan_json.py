"""A plan as JSON: the stable shape of `agriplan plan --json` and of the API, with full precision."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from pydantic import BaseModel

from agriplan.analysis.balances import balances_of, fodder_of
from agriplan.analysis.caution import Caution
from agriplan.analysis.cautions import cautions_of
from agriplan.analysis.hindsight import hindsight_notes, hindsight_table, hindsights, printed_hindsight
from agriplan.analysis.likelihood import as_entered, by_history
from agriplan.analysis.note import Note
from agriplan.analysis.notes import take_notes
from agriplan.analysis.outlook import EDGES, look_back, outlook_by_key
from agriplan.analysis.sensitivity import ENDS, tornado
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.grades import GRADES
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import canonical_json
from agriplan.engine.tables import rows_of_columns
from agriplan.report.balance_schema import BalanceReport, FodderReport
from agriplan.report.bilingual import in_both_languages
from agriplan.report.chosen import EVERYTHING, Chosen
from agriplan.report.column_fields import ROW_KEYS
from agriplan.report.likelihood_schema import AsEntered, ByHistory, Likelihood, PastRunReport
from agriplan.report.null import or_null, row_or_null
from agriplan.report.schema import (
    CautionReport,
    CriterionReport,
    CriterionShare,
    HindsightFigure,
    HindsightReport,
    IndicatorReport,
    InputReport,
    LeagueReport,
    PlanReport,
    YearReport,
)
from agriplan.sentences import say

# Yearly figures of an indicator and area, as fields of its report.
Years = dict[tuple[str, str], dict[str, Any]]
_YEAR_KEYS = (*ROW_KEYS, "year")
BY_HISTORY_FIGURES = ("projection_by_history", "printed_by_history", "plausible_low", "plausible_high")


def report(plan: Plan) -> PlanReport:
    """Say a plan as a report."""
    notes, years = take_notes(plan), _years(plan)
    return PlanReport(
        fingerprint=plan.fingerprint,
        data_version=plan.baselines.version,
        scenario=plan.scenario,
        base_year=plan.baselines.base_year,
        target_year=plan.baselines.target_year,
        cautions=report_cautions(cautions_of(plan)),
        indicators=[_indicator(plan, commitment, notes, years) for commitment in plan.baselines.commitments],
    )


def report_cautions(cautions: Iterable[Caution]) -> list[CautionReport]:
    """What asks to be looked at again, in both languages."""
    return [CautionReport(place=one.place, code=one.code, zh=one.text("zh"), en=one.text("en")) for one in cautions]


def to_json(plan: Plan, chosen: Chosen = EVERYTHING) -> str:
    """The report as indented JSON text; the scenario in its canonical form, without defaults.

    Of the indicators and leagues only those that are asked for; the region's line stands over its leagues.
    """
    data = report(plan).model_dump(mode="json")
    data["indicators"] = [
        one | {"leagues": [league for league in one["leagues"] if chosen.has(one["id"], league["code"])]}
        for one in data["indicators"]
        if chosen.has(one["id"])
    ]
    data["scenario"] = json.loads(canonical_json(plan.scenario))
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def _indicator(plan: Plan, commitment: Commitment, notes: Sequence[Note], years: Years) -> IndicatorReport:
    line, leagues = plan.stated.by_indicator[commitment.id], plan.stated.league_rows(commitment.id)
    rows = zip(leagues, plan.printed.league_rows(commitment.id), strict=True)
    return IndicatorReport(
        **_fields(IndicatorReport, line),
        id=commitment.id,
        name=commitment.name_zh,
        name_en=commitment.name_en,
        unit=commitment.unit_zh,
        league_grades=league_grades(plan.leagues_of(commitment.id)),
        **years[commitment.id, plan.baselines.region.code],
        feasible=line["feasibility"] == "enough",
        feasibility_zh=say(f"feasibility.{line['feasibility']}", "zh"),
        likelihood=_likelihood(plan, commitment.id, plan.baselines.region.code),
        **_balances(plan, commitment.id, plan.baselines.region.code),
        past=[PastRunReport.model_validate(row_or_null(row)) for row in _past(plan, commitment.id)],
        hindsight=_hindsight(plan, commitment),
        printed=row_or_null(plan.printed.by_indicator[commitment.id], _YEAR_KEYS),
        criteria=_criteria(plan, commitment.id),
        inputs=_inputs(plan, commitment.id),
        notes=in_both_languages(note for note in notes if note.indicator == commitment.id),
        leagues=[_league(plan, row, shown, years) for row, shown in rows],
    )


def _league(plan: Plan, row: Mapping[str, Any], shown: Mapping[str, Any], years: Years) -> LeagueReport:
    area = plan.baselines.areas[row["code"]]
    return LeagueReport(
        **_fields(LeagueReport, row),
        name=area.name_zh,
        name_en=area.name_en,
        reason_zh=say(f"reason.{row['reason']}", "zh"),
        likelihood=_likelihood(plan, row["indicator"], row["code"]),
        **_balances(plan, row["indicator"], row["code"]),
        printed=row_or_null(shown, _YEAR_KEYS),
        criteria=[CriterionShare.model_validate(one) for one in plan.criteria_of(row["indicator"], row["code"])],
        **years[row["indicator"], row["code"]],
    )


def _inputs(plan: Plan, indicator: str) -> list[InputReport]:
    table = tornado(plan)
    mine = table.loc[table["indicator"] == indicator, ["input", *ENDS]].rename(columns=ENDS)
    return [InputReport.model_validate(row) for row in mine.to_dict("records")]


def _likelihood(plan: Plan, indicator: str, code: str) -> Likelihood:
    row = outlook_by_key(plan)[indicator, code]
    commitment = plan.baselines.by_id[indicator]
    history, entered = by_history(plan, commitment, code), as_entered(plan, commitment, code)
    told = ByHistory(
        band=row["band"] or None,
        assumed=row["assumed"],
        unit_value_assumed=row["unit_value_assumed"],
        **{name: or_null(row[name]) for name in (*BY_HISTORY_FIGURES, *EDGES)},
        zh=history.text("zh"),
        en=history.text("en"),
    )
    if entered is None:
        return Likelihood(by_history=told, as_entered=None)
    words = {"zh": entered.text("zh"), "en": entered.text("en")}
    return Likelihood(by_history=told, as_entered=AsEntered(band=row["entered_band"], range=row["range"], **words))


def _balances(plan: Plan, indicator: str, code: str) -> dict[str, Any]:
    """What the target takes in animals, yields and fodder."""
    fodder = fodder_of(plan, indicator, code)
    return {
        "balances": [BalanceReport(**row_or_null(vars(one))) for one in balances_of(plan, indicator, code)],
        "fodder": FodderReport(**row_or_null(vars(fodder))) if fodder else None,
    }


def _criteria(plan: Plan, indicator: str) -> list[CriterionReport]:
    names = {one.id: one for one in plan.baselines.criteria}
    return [
        CriterionReport(
            id=row["criterion"],
            name=names[row["criterion"]].name_zh,
            name_en=names[row["criterion"]].name_en,
            **{column: row[column] for column in ("weight", "equal", "entropy", "left_out")},
        )
        for row in plan.criteria_of(indicator, plan.baselines.leagues[0].code)
    ]


def _hindsight(plan: Plan, commitment: Commitment) -> HindsightReport:
    """Every figure that came beside the projection of its year."""
    table = hindsight_table(plan, commitment.id)
    found = hindsights(plan, commitment)
    shown = printed_hindsight(table, plan.baselines.decimals(commitment)).to_dict("records")
    return HindsightReport(
        known=len(found),
        held=sum(one.inside for one in found),
        figures=[
            HindsightFigure.model_validate(row_or_null(row) | {"printed": row_or_null(printed, _YEAR_KEYS)})
            for row, printed in zip(table.to_dict("records"), shown, strict=True)
        ],
        notes=in_both_languages(hindsight_notes(plan, commitment)),
    )


def _past(plan: Plan, indicator: str) -> list[dict[Any, Any]]:
    table = look_back(plan)
    return table[table["indicator"] == indicator].drop(columns="indicator").to_dict("records")


def _years(plan: Plan) -> Years:
    """The yearly figures by indicator and area: every year's, and the paths after the base year."""
    found: Years = {}
    exact, printed = (rows_of_columns(tables.columns["years"]) for tables in (plan, plan.printed))
    for row, shown in zip(exact, printed, strict=True):
        year = row_or_null(row, _YEAR_KEYS)
        fields = found.setdefault((row["indicator"], row["code"]), {"years": [], "projection": {}, "milestones": {}})
        said = say(f"status.{row['status']}", "zh")
        fields["years"].append(
            YearReport(year=int(row["year"]), status_zh=said, printed=row_or_null(shown, _YEAR_KEYS), **year)
        )
        if row["year"] > plan.baselines.base_year:
            fields["projection"][str(row["year"])] = year["projection"]
            fields["milestones"][str(row["year"])] = year["milestone"]
    return found


def league_grades(leagues: pd.DataFrame) -> dict[str, float]:
    """Which part of the leagues' total rests on figures of each grade (rates: of the herd); only grades that occur.

    >>> rows = {"grade": ["official", "assumed"], "baseline": [1.0, 3.0], "herd_base": [None, None]}
    >>> league_grades(pd.DataFrame(rows))
    {'official': 0.25, 'assumed': 0.75}
    """
    size = leagues["baseline"].where(leagues["herd_base"].isna(), leagues["herd_base"]).astype(float)
    by_grade = size.groupby(leagues["grade"]).sum()
    total = float(size.sum())
    return {grade: float(by_grade[grade]) / total for grade in GRADES if grade in by_grade and total > 0}


def _fields(model: type[BaseModel], row: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a model that are columns of the row; numbers as floats, NaN as null."""
    ours = {"projection", "unit", "milestones", "years", "printed"}
    return {name: or_null(row[name]) for name in model.model_fields if name in row and name not in ours}
