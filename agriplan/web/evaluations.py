"""An evaluation for a page or the API: with the suggestions as of its year, remembered with the plan."""

from agriplan.analysis.evaluation import Evaluation, evaluate, year_of_evaluation
from agriplan.engine.plan import Plan
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.memo import recall


def evaluation_of(plan: Plan, asked: int | None = None) -> Evaluation:
    """The evaluation of a plan as of the year asked for; raises `ScenarioError` for a year outside the plan."""
    year = year_of_evaluation(plan, asked)

    def work_out() -> Evaluation:
        return evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, year), year)

    return recall(plan, (evaluation_of.__qualname__, year), work_out)
