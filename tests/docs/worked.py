"""Worked examples in Markdown: written once as formulas in the words of `columns`, printed with the engine's figures.

A comment `<!-- worked … -->` holds the formulas, the `text` block below it what they come to. In a formula a figure of
the default plan is called by its table and keys: `{line.milk.gap}`, `{league.milk.150500.amount}`,
`{year.milk.150500.2023.milestone}`, `{criterion.milk.150500.scale.share}`, `{outlook.milk.150000.edge_5}`,
`{input.milk.growth.swing}`, `{observed.milk_output.150000.2020}`; behind a suggestion stand its columns
(`{suggested.milk_output.150000.low}`), the forecasts of the methods (`{fit.milk_output.150000.theta}`), the
swings behind its range (`{swing.milk_output.150000.older}`) and the misses at a probability
(`{miss.milk_output.150000.10}`). `shown.` before a line, league, year or sum takes the printed figure, and
`→` leads to it. `{sum.milk.baseline*herd}` is a sum over the indicator's leagues,
`{named.milk.weight}` one over its named leagues, `{mean.milk.growth}` a mean. `own.` before them takes the plan of
the page's own scenario, `:4` prints four decimals. Two spaces end the formula, the rest of its line is prose.

`python tests/docs/worked.py PAGE` prints the figures anew after the data have changed.
"""

import re
import sys
from math import exp, isclose, sqrt
from pathlib import Path

from agriplan.analysis.outlook import look_ahead
from agriplan.analysis.sensitivity import tornado
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_json
from agriplan.forecast.intervals import PROBABILITIES, both_swings, calibration, used_swing, yearly_swing
from agriplan.forecast.methods import forecast_members
from agriplan.forecast.suggestions import suggestions_for
from agriplan.forecast.swing import history_misses, older_swing
from agriplan.formatting import print_number
from agriplan.places import baselines_folder

BLOCK = re.compile(r"(<!-- worked\n(?P<formulas>.*?)-->\n+```text\n)(?P<printed>.*?)(```)", re.DOTALL)
FIGURE = re.compile(r"\{(?P<path>[^}:]+)(:(?P<decimals>\d))?\}")
SIGNS = str.maketrans("×−÷", "*-/")


class Figures:
    """Looks figures up in the default plan and in the plan of the page's own scenario."""

    def __init__(self, default: Plan, own: Plan) -> None:
        self.plans = {"default": default, "own": own}

    def __getitem__(self, path: str) -> float:
        words = path.split(".")
        plan = self.plans["own" if words[0] == "own" else "default"]
        words = words[1:] if words[0] == "own" else words
        tables = plan.printed if words[0] == "shown" else plan
        table, *keys = words[1:] if words[0] == "shown" else words
        return float(getattr(self, f"_{table}")(tables, *keys))

    def _line(self, plan: Plan, indicator: str, column: str) -> float:
        return plan.by_indicator[indicator][column]

    def _league(self, plan: Plan, indicator: str, code: str, column: str) -> float:
        return plan.leagues_of(indicator).set_index("code").loc[code, column]

    def _year(self, plan: Plan, indicator: str, code: str, year: str, column: str) -> float:
        return plan.years_of(indicator, code).set_index("year").loc[int(year), column]

    def _criterion(self, plan: Plan, indicator: str, code: str, criterion: str, column: str) -> float:
        rows = plan.criteria.set_index(["indicator", "code", "criterion"])
        return rows.loc[(indicator, code, criterion), column]

    def _outlook(self, plan: Plan, indicator: str, code: str, column: str) -> float:
        return look_ahead(plan).set_index(["indicator", "code"]).loc[(indicator, code), column]

    def _input(self, plan: Plan, indicator: str, name: str, column: str) -> float:
        return tornado(plan).set_index(["indicator", "input"]).loc[(indicator, name), column]

    def _sum(self, plan: Plan, indicator: str, columns: str) -> float:
        return plan.leagues_of(indicator).eval(columns).sum()

    def _named(self, plan: Plan, indicator: str, columns: str) -> float:
        return plan.leagues_of(indicator).query("named").eval(columns).sum()

    def _mean(self, plan: Plan, indicator: str, column: str) -> float:
        return plan.leagues_of(indicator)[column].mean()

    def _observed(self, plan: Plan, indicator: str, area: str, year: str) -> float:
        rows = plan.baselines.observed.set_index(["indicator", "area", "year", "basis"])
        return rows.loc[(indicator, area, int(year), plan.baselines.basis), "value"]

    def _fit(self, plan: Plan, indicator: str, area: str, method: str) -> float:
        horizon = plan.baselines.span
        return forecast_members(plan.baselines.history(indicator, area), horizon)[method][-1]

    def _suggested(self, plan: Plan, indicator: str, area: str, column: str) -> float:
        return plan.suggestions.set_index(["indicator", "code"]).loc[(indicator, area), column]

    def _swing(self, plan: Plan, indicator: str, area: str, which: str) -> float:
        history, typical = plan.baselines.history(indicator, area), calibration().typical_swing
        own, older = yearly_swing(history, "amount"), older_swing(plan.baselines, indicator, area, "amount")
        used = used_swing(own, len(history), typical)
        return {"own": own, "typical": typical, "used": used, "older": older, "both": both_swings(used, older)}[which]

    def _miss(self, plan: Plan, indicator: str, area: str, per_cent: str) -> float:
        misses = history_misses(plan.baselines, indicator, area, plan.baselines.span, "amount")
        return dict(zip(PROBABILITIES, misses, strict=True))[float(per_cent) / 100]


def formulas_of(page: str) -> list[str]:
    """Every formula of a page."""
    return [line for block in BLOCK.finditer(page) for line in block["formulas"].strip().splitlines()]


def print_formula(formula: str, figures: Figures) -> str:
    """Put the printed figures into a formula."""
    return FIGURE.sub(lambda match: print_number(figures[match["path"]], int(match["decimals"] or 2)), formula)


def holds(formula: str, figures: Figures) -> bool:
    """Whether an equation, a comparison with `>` or a rounding (`→`) is true of the figures; a lone figure is."""
    text = FIGURE.sub(lambda match: f"({figures[match['path']]!r})", formula.partition("  ")[0])
    if " → " in text:
        exact, printed = map(work_out, text.split(" → "))
        return abs(exact - printed) < 1e-2
    if " > " in text:
        greater, less = map(work_out, text.split(" > "))
        return greater > less
    sides = [work_out(side) for side in text.split(" = ")]
    return all(isclose(side, sides[0], rel_tol=1e-9, abs_tol=1e-9) for side in sides)


def work_out(side: str) -> float:
    """The value of one side."""
    text = side.translate(SIGNS).replace("^", "**")
    return float(eval(text, {"sqrt": sqrt, "min": min, "max": max, "exp": exp, "round": round}))


def print_page(page: str, figures: Figures) -> str:
    """The page with every block printed from its formulas."""

    def printed(block: re.Match[str]) -> str:
        lines = [print_formula(formula, figures) for formula in block["formulas"].strip().splitlines()]
        return f"{block[1]}{chr(10).join(lines)}\n{block[4]}"

    return BLOCK.sub(printed, page)


def figures_for(page: str) -> Figures:
    """The figures of the shipped data, under the default scenario and under the page's own one."""
    baselines = read_baselines(baselines_folder())
    suggestions = suggestions_for(baselines)
    own = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    scenarios = (Scenario(), parse_json(own[1]) if own else Scenario())
    return Figures(*(make_plan(scenario, baselines, suggestions) for scenario in scenarios))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        text = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(print_page(text, figures_for(text)), encoding="utf-8")
