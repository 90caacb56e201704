"""What a running service holds: data, suggestions, store, and what it remembers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd
from flask import current_app

from agriplan.analysis.comparison import under_every_rule
from agriplan.analysis.notes import take_notes
from agriplan.at_once import do_all
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_json, scenario_id
from agriplan.engine.scenario_checks import names_are_known
from agriplan.errors import Problem, TemplateError
from agriplan.forecast.suggestions import fit_every_year, region_backtest, suggestions_for
from agriplan.places import baselines_folder
from agriplan.report.brief.document import brief_template
from agriplan.sentences import LANGS, Lang
from agriplan.settings import Settings
from agriplan.store import Limits, Store, open_store
from agriplan.web.bounded_cache import BoundedCache
from agriplan.web.bulkhead import Bulkhead
from agriplan.web.file_response import FinishedFile, size_of
from agriplan.web.limits import RateLimit
from agriplan.web.shared_memory import SharedMemory, Wish
from agriplan.web.users import Who, read_users
from agriplan.workbook.blueprints import TemplateSource, blueprints_of
from agriplan.workbook.checked_template import read_checked_template
from agriplan.workbook.files import find_template, load_template, template_path

EXTENSION_NAME = "agriplan"  # where Flask keeps it among its extensions


@dataclass(frozen=True, eq=False)
class Service:
    """Read once at the start and then only read; the store and the memories look after their own locks."""

    settings: Settings
    baselines: Baselines
    suggestions: pd.DataFrame
    store: Store
    templates: Mapping[Lang, TemplateSource]
    plans: BoundedCache[str, Plan]
    made: BoundedCache[str, FinishedFile]
    heavy: Bulkhead
    users: Mapping[str, Who]
    saves: RateLimit
    packs: RateLimit
    take_data: Wish | None  # where there is a supervisor to grant it

    def plan(self, scenario: Scenario) -> Plan:
        """The plan of a scenario; raises `ScenarioError`."""
        self.refuse_unknown_names(scenario)
        return self.plans.get_or_make(
            scenario_id(scenario), lambda: make_plan(scenario, self.baselines, self.suggestions)
        )

    def plans_by_rule(self, scenario: Scenario) -> dict[str, Plan]:
        """The plan of the same scenario under each rule; raises `ScenarioError`."""
        return under_every_rule(scenario, self.baselines, self.plan)

    def refuse_unknown_names(self, scenario: Scenario) -> None:
        """Raise `ScenarioError` where a scenario names what there is not.

        Its id leaves out what is empty; under an unknown name that is wrong all the same, and must not be taken for a
        plan, or an answer, that is remembered.
        """
        if not names_are_known(scenario, self.baselines):
            make_plan(scenario, self.baselines, self.suggestions)  # tells everything that is wrong

    def scenario(self, identity: str | None) -> Scenario:
        """The saved scenario of that id, without one the default; raises `StoreMissing`."""
        return Scenario() if identity is None else parse_json(self.store.get(identity))


def open_service(settings: Settings, memory: SharedMemory | None = None) -> Service:
    """Read the data and open the store; raises an `AgriplanError` with all that is wrong with either.

    People and templates are looked at beside them as far as that goes without data, and again once these are there.

    Processes of one service count what clients ask for in the same `memory`, and ask their supervisor through it.
    """
    limits = Limits(
        settings.most_scenarios, settings.most_revisions, settings.most_json_bytes, settings.most_database_bytes
    )
    own = settings.templates
    _, _, store, baselines = do_all(
        lambda: read_users(settings, None),
        lambda: [load_template(own, lang) for lang in LANGS if own],
        lambda: open_store(settings.database, limits),
        lambda: read_baselines(settings.baselines or baselines_folder()),
    )
    suggestions = suggestions_for(baselines)
    fit_every_year(baselines, suggestions)
    region_backtest(baselines)  # every workbook shows both: worked out here, never inside somebody's first download
    users, templates = do_all(
        lambda: read_users(settings, baselines.areas),
        lambda: read_templates(make_plan(Scenario(), baselines, suggestions), settings.templates),
    )
    supervised, memory = memory is not None, memory or SharedMemory()
    opened = Service(
        settings=settings,
        baselines=baselines,
        suggestions=suggestions,
        store=store,
        templates=templates,
        plans=BoundedCache(settings.cached_plans),
        made=BoundedCache(settings.cached_bytes, size_of),
        heavy=Bulkhead(settings.threads),
        users=users,
        saves=RateLimit(settings.saves_per_minute, memory.saves),
        packs=RateLimit(settings.packs_per_minute, memory.packs),
        take_data=memory.take_data if supervised else None,
    )
    take_notes(opened.plan(Scenario()))  # what every page of the default plan says, before the first is asked for
    return opened


def read_templates(plan: Plan, own: Path | None) -> Mapping[Lang, TemplateSource]:
    """The workbook templates by language; raises `TemplateError` with everything that keeps them from being used."""
    found, problems = dict[Lang, TemplateSource](), list[Problem]()
    for lang in LANGS:
        try:
            found[lang] = _template_to_fill(plan, lang, own)
            brief_template(own, lang)  # a file of another sort is told at the start, not to whoever asks for a brief
        except TemplateError as error:
            problems += (one for one in error.problems if one not in problems)
    if problems:
        raise TemplateError(problems)
    return found


def _template_to_fill(plan: Plan, lang: Lang, own: Path | None) -> TemplateSource:
    """A shipped template that this data's workbooks were drawn from fits: it is read where one has to be drawn anew."""
    shipped = find_template(None, lang)
    is_shipped = template_path(own, lang) == shipped.path
    if is_shipped and blueprints_of(plan).were_drawn(plan.baselines, shipped, lang):
        return shipped
    return read_checked_template(plan, lang, own)


def service() -> Service:
    """The service of the application that answers this request."""
    return cast("Service", current_app.extensions[EXTENSION_NAME])
