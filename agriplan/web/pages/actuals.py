"""The page on which the actual figures of an area are entered: every year's, with source, basis, definition, prices."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import render_template
from werkzeug.wrappers import Response as Answer

from agriplan.analysis.entries import source_title
from agriplan.analysis.monitoring import monitor
from agriplan.analysis.uncounted import why_not_counted
from agriplan.at_once import do_all
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Indicator, is_money
from agriplan.engine.actuals import (
    animals_reported,
    counted_actuals,
    entered_actuals,
    observed_after,
    said_as,
    things_reported,
)
from agriplan.engine.scenario import Scenario
from agriplan.formatting import print_number
from agriplan.sentences import Lang, listed
from agriplan.web.evaluations import evaluation_of
from agriplan.web.language import current_language
from agriplan.web.pages.asked import area_asked
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.effects import effects_on_evaluation
from agriplan.web.pages.rows import Row
from agriplan.web.pages.saving import carry_out
from agriplan.web.pages.scenario_in_view import ScenarioInView, scenario_of_form, status_of_form
from agriplan.web.pages.standings import standings_of_indicators
from agriplan.web.service import service


class ReportedThing(NamedTuple):
    """Something of which an area may report figures: an indicator, or an observed quantity, herd or unit value."""

    id: str
    name: str
    unit: str
    in_money: bool
    decimals: int
    known: dict[int, tuple[str, str]]
    """What the data folder says, by year: the figure as it is printed, and its source."""
    for_balances: bool
    """Whether it counts in balances alone."""


@pages.route("/actuals/<code>", methods=["GET", "POST"])
def actuals(code: str) -> tuple[str, int] | Answer:
    """Show the actual figures of the region or a league; a posted form is laid over the scenario first."""
    data = service().baselines
    area, entered = do_all(lambda: area_asked(data, code), scenario_of_form)
    viewed, code = carry_out(entered), area.code
    if not isinstance(viewed, ScenarioInView):
        return viewed
    found = evaluation_of(viewed.plan)
    lang = current_language()
    things = list(reported_things(data, code, lang))
    page = render_template(
        "actuals.html",
        has_form=True,
        effects=effects_on_evaluation(viewed, found, code),
        viewed=viewed,
        plan=viewed.plan,
        data=data,
        area=data.areas[code],
        things=things,
        figures=known_figures(viewed.scenario, data, code, things, lang),
        standings=standings_of_indicators(monitor(viewed.plan), code),
        later_years=data.later_years,
        bases=bases_of(data, lang),
        prices=prices_of(data),
    )
    return page, status_of_form(viewed)


def reported_things(data: Baselines, code: str, lang: Lang) -> Iterator[ReportedThing]:
    """What an area may report, in the order of the commitments; each thing once."""
    actuals = counted_actuals(Scenario(), data)
    seen = set[str]()
    for commitment in data.commitments:
        animals = list(animals_reported(commitment, data, code))
        for thing in (*things_reported(commitment, data, code), *animals):
            name = thing.id if isinstance(thing, Commitment) else thing.indicator
            if name not in seen:
                seen.add(name)
                decimals = thing.decimals if isinstance(thing, Indicator) else data.decimals(thing)
                known = {
                    year: (print_number(one.value, decimals), source_title(data, one.source, lang))
                    for (indicator, area, year), one in actuals.items()
                    if area == code and said_as(data, indicator) == name
                }
                in_money, alone = is_money(thing.unit_zh), thing in animals
                yield ReportedThing(name, thing.name(lang), thing.unit(lang), in_money, decimals, known, alone)


def known_figures(scenario: Scenario, data: Baselines, code: str, things: list[ReportedThing], lang: Lang) -> list[Row]:
    """Every figure of the area after the base year, as it stands in the data or was entered, and whether it counts."""
    names = {thing.id: thing for thing in things}
    # What was entered comes last, and counts for the same thing that the data call by its quantity.
    counted = {(said_as(data, key[0]), *key[1:]): one for key, one in counted_actuals(scenario, data).items()}
    told: list[Row] = []
    after = data.later_years
    for figures in (observed_after(data, after), entered_actuals(scenario, data)):
        for (indicator, area, year), one in figures:
            name = said_as(data, indicator)
            if area == code and name in names:
                reasons = list(why_not_counted(data, one.basis, one.definition, one.price_year, lang))
                if not reasons and counted.get((name, area, year)) != one:
                    reasons = [text("actuals.entered_instead")]
                told.append(
                    {
                        "thing": names[name],
                        "year": year,
                        "value": one.value,
                        "grade": one.grade,
                        "source": source_title(data, one.source, lang),
                        "why_not": listed(reasons, lang),
                    }
                )
    order = list(names)
    return sorted(told, key=lambda row: (order.index(row["thing"].id), row["year"]))


def bases_of(data: Baselines, lang: Lang) -> list[tuple[str, str]]:
    """The bases to choose from, the plan's first: nothing has to be chosen for it."""
    others = sorted(data.header.known_bases - {data.basis})
    return [("", data.basis_name(data.basis, lang)), *((one, data.basis_name(one, lang)) for one in others)]


def prices_of(data: Baselines) -> list[tuple[str, str]]:
    """The years whose prices a value may be in; one of which nothing is said counts as in the base year's."""
    years = data.years
    unsaid = ("", text("actuals.prices_unsaid", year=data.base_year))
    return [unsaid, *((str(year), text("actuals.prices_of", year=year)) for year in years)]
