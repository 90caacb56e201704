"""The pages that planners use, and what several of them share.

A module that has addresses adds them to the blueprint when it is imported, so all are; whatever has none is used by one
that has.
"""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

from agriplan.web.pages.blueprint import pages

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

BLUEPRINTS: tuple[Blueprint, ...] = (pages,)

__all__ = ["BLUEPRINTS"]
