"""The data behind every plan: each figure with its basis, grade, error and source."""

from typing import Annotated, TypeVar

import pandas as pd
from flask import Response
from pydantic import BaseModel, Field

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import Area, Assumption, Figure, Indicator, Source
from agriplan.report.observed_csv import observed_csv
from agriplan.sentences import say
from agriplan.web.api.operations import CSV, Query, operation
from agriplan.web.file_response import answer_file, etag_of
from agriplan.web.service import service
from agriplan.web.workbook_files import area_code

_R = TypeVar("_R", bound=BaseModel)


class FiguresQuery(Query):
    """Which figures; without a word all of them."""

    area: Annotated[str, Field(max_length=60)] | None = None
    """Code, Chinese or English name of an area."""
    indicator: Annotated[str, Field(max_length=60)] | None = None
    """Id of an observed indicator."""


class DataReport(BaseModel):
    """The data, and the version that names exactly these."""

    version: str
    region: Area
    leagues: list[Area]
    base_year: int
    target_year: int
    basis: str
    indicators: list[Indicator]
    commitments: list[Commitment]
    figures: list[Figure]
    assumptions: list[Assumption]
    sources: list[Source]


@operation("GET", "/data", DataReport, query=FiguresQuery)
def get_data(query: FiguresQuery) -> DataReport:
    """Areas, indicators, commitments, figures, shipped assumptions and sources."""
    data = service().baselines
    return DataReport(
        version=data.version,
        region=data.region,
        leagues=list(data.leagues),
        base_year=data.base_year,
        target_year=data.target_year,
        basis=data.basis,
        indicators=list(data.indicators.values()),
        commitments=list(data.commitments),
        figures=_records(Figure, chosen_figures(query)),
        assumptions=_records(Assumption, data.assumptions),
        sources=_records(Source, data.sources),
    )


@operation("GET", "/data.csv", (CSV,), query=FiguresQuery, conditional=True)
def get_figures(query: FiguresQuery) -> Response:
    """The figures as CSV, for a spreadsheet."""
    here = service()
    etag = etag_of("data.csv", here.baselines.version, query.model_dump_json())
    return answer_file(
        etag,
        here.made,
        here.heavy,
        lambda: observed_csv(chosen_figures(query), here.baselines).encode(),
        CSV,
        lambda: (f"{say('file.figures', query.lang)}.csv", f"{say('file.figures', 'en')}.csv"),
    )


def chosen_figures(query: FiguresQuery) -> pd.DataFrame:
    """The observed figures that were asked for."""
    data = service().baselines
    rows = data.observed
    if query.area is not None:
        rows = rows[rows["area"] == area_code(data, query.area)]
    return rows if query.indicator is None else rows[rows["indicator"] == query.indicator]


def _records(model: type[_R], rows: pd.DataFrame) -> list[_R]:
    return [model.model_validate(row) for row in rows.to_dict("records")]
