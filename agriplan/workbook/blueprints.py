"""The blueprints of a data folder: as many as are in use, and behind them those that are kept in files."""

from threading import Lock
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import ScenarioError
from agriplan.memo import recall
from agriplan.sentences import Lang
from agriplan.workbook.blueprint import Blueprint, OtherShapeError, draw
from agriplan.workbook.common_parts import with_common_parts
from agriplan.workbook.evaluate.program import NoTwinError
from agriplan.workbook.kept_blueprints import KeptBlueprints

if TYPE_CHECKING:  # see `blueprint`
    from agriplan.workbook.template.reading import Template


class TemplateSource(Protocol):
    """A template that is known by its version before it is read."""

    @property
    def version(self) -> str:
        """The hash of the file."""

    def read(self) -> "Template":
        """The template itself."""


class Blueprints:
    """The blueprints of one data folder by template, area and language: at most one for each area is held at once."""

    def __init__(self, baselines: Baselines, suggestions: pd.DataFrame) -> None:
        """Begin with none."""
        # Held, since they are known by what they are and not by what they say.
        self._suggestions = suggestions
        self._most = len(baselines.areas)
        # What was made from a folder's data, or is seen from a later year, still has that folder's version.
        self._kept = KeptBlueprints(baselines, suggestions) if baselines.as_read else None
        self._known: dict[tuple[str, str, str], Blueprint] = {}
        self._one_at_a_time = Lock()  # of those who look at what is held; nobody draws or reads a file meanwhile

    def workbook(self, plan: Plan, area: str, template: TemplateSource, lang: Lang) -> bytes:
        """The bytes of an area's workbook; one of another shape than most is drawn for itself."""
        blueprint = self._find(plan, area, template, lang)
        try:
            return blueprint.workbook(plan)
        except (OtherShapeError, NoTwinError):
            return draw(plan, area, template.read(), lang).workbook(plan)

    def keep(self, plan: Plan, area: str, template: TemplateSource, lang: Lang) -> None:
        """Draw what no file has yet, for whoever will ask for it."""
        path = self._kept.path(template.version, area, lang) if self._kept else None
        default = _default(plan)
        if self._kept and path and default and not path.exists():
            self._kept.keep(path, draw(default, area, template.read(), lang))

    def were_drawn(self, data: Baselines, template: TemplateSource, lang: Lang) -> bool:
        """Whether files have the region's blueprint and a league's, which no template gives that does not fit."""
        if (kept := self._kept) is None:
            return False
        held = (kept.holds(kept.path(template.version, code, lang)) for code in data.areas)
        return next(held) and any(held)

    def _find(self, plan: Plan, area: str, template: TemplateSource, lang: Lang) -> Blueprint:
        key = (template.version, area, lang)
        with self._one_at_a_time:
            found = self._known.pop(key, None)
        found = found or self._from_file(area, template, lang)
        if found is None:
            found, is_kept = self._drawn(plan, area, template, lang)
            if is_kept:  # from the next time on it is read, which takes a fraction of the memory of one just drawn
                return found
        with self._one_at_a_time:
            self._known[key] = found
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return found

    def _from_file(self, area: str, template: TemplateSource, lang: Lang) -> Blueprint | None:
        found = self._kept.find(self._kept.path(template.version, area, lang)) if self._kept else None
        for other in self._held() if found else ():
            if found and other.order == found.order:
                return with_common_parts(found, other)
        return found

    def _held(self) -> list[Blueprint]:
        with self._one_at_a_time:
            return [*self._known.values()]

    def _drawn(self, plan: Plan, area: str, template: TemplateSource, lang: Lang) -> tuple[Blueprint, bool]:
        """A new blueprint, and whether it is in a file now."""
        default = _default(plan)
        found = draw(default or plan, area, template.read(), lang)
        kept = self._kept if default else None
        return found, bool(kept and kept.keep(kept.path(template.version, area, lang), found))


def blueprints_of(plan: Plan) -> Blueprints:
    """The blueprints that a plan's workbooks are made by; they hang on its data."""
    return recall(
        plan.baselines, ("blueprints", id(plan.suggestions)), lambda: Blueprints(plan.baselines, plan.suggestions)
    )


def _default(plan: Plan) -> Plan | None:
    """What a blueprint is drawn from, so that nothing that a person entered is kept; None where data need entries."""
    if plan.scenario == Scenario():
        return plan
    try:
        return make_plan(Scenario(), plan.baselines, plan.suggestions)
    except ScenarioError:
        return None
