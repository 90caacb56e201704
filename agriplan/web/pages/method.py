"""How everything is worked out, in words."""

from flask import render_template

from agriplan.baselines.grades import GRADES
from agriplan.engine.allocation import RULES
from agriplan.web.pages.blueprint import pages
from agriplan.web.pages.scenario_in_view import scenario_of_address

SECTIONS = ("projection", "gap", "allocation", "feasible", "rounding", "milestones", "probability", "limits")


@pages.get("/method")
def method() -> str:
    """Explain the arithmetic."""
    asked = scenario_of_address()
    return render_template(
        "method.html", asked=asked, plan=asked.plan, sections=SECTIONS, rules=list(RULES), grades=GRADES
    )
