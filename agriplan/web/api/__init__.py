"""The API under `/api/v1`: its operations, and the document and the page that describe them."""

from importlib import import_module
from pkgutil import iter_modules

from agriplan.web.api.document_page import PAGE
from agriplan.web.api.operations import BLUEPRINT

# An operation is there as soon as its module has been imported: a module more needs no line here.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["BLUEPRINT", "PAGE"]
