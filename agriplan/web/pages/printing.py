"""What a printed page says beside what stands on the screen: where its figures come from."""

from flask import request

from agriplan.analysis.entries import say_path
from agriplan.engine.plan import Plan
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.scenario_in_view import ScenarioInView


@pages.app_context_processor
def of_the_print() -> dict[str, object]:
    """What the foot of a printed page lists."""
    return {"printed_sources": printed_sources}


def printed_sources(viewed: ScenarioInView) -> list[str]:
    """The titles of the sources of the base-year figures on this page, and what was said of own figures."""
    lang = current_language()
    view = request.view_args or {}
    titles = {one.source: one.title(lang) for one in viewed.plan.baselines.source_list}
    return [
        *(titles[source] for source in _sources(viewed.plan, view.get("code", ""), view.get("indicator", ""))),
        *_own(viewed.plan, view.get("code", "")),
    ]


def _sources(plan: Plan, code: str, indicator: str) -> list[str]:
    """Ids of sources, in the order of the figures: of one league and the region, of one indicator, or of all."""
    data = plan.baselines
    commitments = [one for one in data.commitments if indicator in ("", one.id)]
    wanted = {name for one in commitments for name in (one.quantity, one.herd, one.unit_value) if name}
    rows = data.observed[(data.observed["year"] == data.base_year) & data.observed["indicator"].isin(wanted)]
    if code in data.areas:
        rows = rows[rows["area"].isin([code, data.region.code])]
    return list(dict.fromkeys(rows["source"]))


def _own(plan: Plan, code: str) -> list[str]:
    data, lang = plan.baselines, current_language()
    return [
        f"{say_path(f'baseline.{indicator}.{area}', data, lang)} {own.source}"
        for indicator, by_area in plan.scenario.baseline.items()
        for area, own in by_area.items()
        if not code or area in (code, data.region.code)
    ]
