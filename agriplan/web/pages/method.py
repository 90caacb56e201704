"""How everything is worked out, in words."""

from flask import render_template

from agriplan.baselines.records import GRADES
from agriplan.engine.allocation import RULES
from agriplan.web.pages.asked import ask
from agriplan.web.pages.blueprint import pages

SECTIONS = ("projection", "gap", "allocation", "feasible", "rounding", "milestones", "probability", "limits")


@pages.get("/method")
def method() -> str:
    """Explain the arithmetic."""
    asked = ask()
    return render_template(
        "method.html", asked=asked, plan=asked.plan, sections=SECTIONS, rules=list(RULES), grades=GRADES
    )
