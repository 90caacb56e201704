"""The pages that planners use. Every module is one page; importing it adds its addresses to the blueprint."""

from flask import Blueprint

from agriplan.web.pages import (
    actuals,
    administration,
    compare,
    data,
    downloads,
    evaluation,
    fields_of_pages,
    indicator,
    league,
    method,
    overview,
    printing,
    roll,
    rules,
    scenarios,
    tables,
    upload,
    who,
)
from agriplan.web.pages.blueprint import pages

BLUEPRINTS: tuple[Blueprint, ...] = (pages,)

__all__ = [
    "BLUEPRINTS",
    "actuals",
    "administration",
    "compare",
    "data",
    "downloads",
    "evaluation",
    "fields_of_pages",
    "indicator",
    "league",
    "method",
    "overview",
    "printing",
    "roll",
    "rules",
    "scenarios",
    "tables",
    "upload",
    "who",
]
