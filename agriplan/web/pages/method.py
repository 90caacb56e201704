"""How everything is worked out, in words."""

from flask import render_template

from agriplan.analysis.backtest_table import say_losses
from agriplan.baselines.grades import GRADES
from agriplan.engine.allocation import RULES
from agriplan.forecast.suggestions import region_backtest
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.scenario_in_view import scenario_of_address
from agriplan.web.service import service

SECTIONS = ("projection", "gap", "allocation", "feasible", "rounding", "milestones", "probability", "limits")


@pages.get("/method")
def method() -> str:
    """Explain the arithmetic."""
    viewed, data, lang = scenario_of_address(), service().baselines, current_language()
    table = region_backtest(data)
    return render_template(
        "method.html",
        viewed=viewed,
        plan=viewed.plan,
        sections=SECTIONS,
        rules=list(RULES),
        grades=GRADES,
        losses=[(one, told) for one in data.commitments if (told := say_losses(table, data, one.quantity, lang))],
    )
