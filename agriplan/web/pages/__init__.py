"""The pages that planners use. Every module is one page; importing it adds its addresses to the blueprint."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

from agriplan.web.pages.blueprint import pages

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

BLUEPRINTS: tuple[Blueprint, ...] = (pages,)

__all__ = ["BLUEPRINTS"]
