"""Every observed figure with its grade and source, to filter and to take away."""

from collections.abc import Iterable

import pandas as pd
from flask import Response, render_template, request

from agriplan.at_once import do_each
from agriplan.baselines.copies import version_now
from agriplan.baselines.grades import GRADES
from agriplan.report.observed_csv import observed_csv
from agriplan.sentences import say
from agriplan.web.file_response import disposition
from agriplan.web.language import current_language
from agriplan.web.pages.asked import word_asked
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.service import service

MOST_UNFOLDED = 40  # figures of several indicators that are all in sight; of more each indicator is opened by itself


@pages.get("/data")
def data() -> str:
    """Show the figures that the filter lets through."""
    viewed, here, rows = scenario_of_address(), service().baselines, figures_chosen()
    return render_template(
        "data.html",
        viewed=viewed,
        data=here,
        has_changed=version_now(here.folder) != here.version,
        figures=[
            (here.indicators[str(name)], of_one.to_dict("records"))
            for name, of_one in rows.groupby("indicator", sort=False)
        ],
        unfolded=rows["indicator"].nunique() == 1 or len(rows) <= MOST_UNFOLDED,
        count=len(rows),
        total=len(here.observed),
        filters=filters(),
        grades=[grade for grade in GRADES if (here.observed["grade"] == grade).any()],
        bases=sorted(here.observed["basis"].unique()),
        indicators=[one for one in here.indicators.values() if (here.observed["indicator"] == one.indicator).any()],
        sources=here.source_list,
        titles={one.source: one.title(current_language()) for one in here.source_list},
        assumptions=here.assumptions.to_dict("records"),
    )


@pages.get("/data.csv")
def data_csv() -> Response:
    """The same figures as CSV; text that a spreadsheet would take for a formula is marked as text."""
    headers = {"Content-Disposition": disposition(f"{text('data.file')}.csv", f"{say('file.figures', 'en')}.csv")}
    return Response(
        observed_csv(figures_chosen(), service().baselines), content_type="text/csv; charset=utf-8", headers=headers
    )


def figures_chosen() -> pd.DataFrame:
    """The observed figures that the address asks for."""
    rows = service().baselines.observed
    for name, wanted in filters().items():
        if wanted:
            rows = rows[rows[name] == wanted]
    return rows


def filters() -> dict[str, str]:
    """What the address asks for, by column; raises `NotThere` for a word that stands for nothing there."""
    here = service().baselines
    known: dict[str, tuple[str, Iterable[str]]] = {
        "area": ("unknown_area", {*here.areas, *here.observed["area"]}),
        "indicator": ("unknown_indicator", here.indicators),
        "grade": ("unknown_word", GRADES),
        "basis": ("unknown_basis", {*here.header.bases, *here.observed["basis"]}),
        "source": ("unknown_source", [one.source for one in here.source_list]),
    }
    said = {name: request.args.get(name, "") for name in known}
    asked = do_each(
        lambda name: said[name] and word_asked(known[name][0], said[name], known[name][1], f"{name}."), known
    )
    return dict(zip(known, asked, strict=True))
