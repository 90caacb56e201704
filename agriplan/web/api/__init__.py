"""The API under `/api/v1`: its operations, and the document and the page that describe them."""

from agriplan.web.api import comparisons, evaluations, figures, plans, readback, scenarios, workbooks
from agriplan.web.api.document_page import PAGE
from agriplan.web.api.operations import BLUEPRINT

__all__ = ["BLUEPRINT", "PAGE", "comparisons", "evaluations", "figures", "plans", "readback", "scenarios", "workbooks"]
