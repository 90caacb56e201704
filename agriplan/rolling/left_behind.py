"""What a scenario says that the next period's folder does not hold: what was decided of this one, some figures."""

from collections.abc import Iterator

import pandas as pd

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import key_of, order_of_entries, say_steps
from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario
from agriplan.rolling.entered_figures import figures_entered
from agriplan.sentences import COMMAS, Lang, say

# What a folder keeps of a figure; the quick report's is kept nowhere.
_NOT_KEPT = "preliminary"


def entries_left_behind(old: Baselines, scenario: Scenario, suggestions: pd.DataFrame) -> list[str]:
    """The paths of the entries that `roll` does not carry, in the plan's order; the scenario's own note first."""
    carried = figures_entered(old, scenario, suggestions).paths
    of_itself = [name for name in ("name", "note") if getattr(scenario, name)]
    left = {
        path if path.endswith(f".{_NOT_KEPT}") and key_of(path) in carried else key_of(path)
        for path in entries_of(scenario)
        if key_of(path) not in carried or path.endswith(f".{_NOT_KEPT}")
    }
    return [*of_itself, *sorted(left, key=order_of_entries(old))]


def say_left_behind(old: Baselines, scenario: Scenario, suggestions: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """A line for what stays behind of each thing, with the areas and years of which it says something."""
    things: dict[str, list[str]] = {}
    for path in entries_left_behind(old, scenario, suggestions):
        thing, *where = say_steps(path, old, lang)
        things.setdefault(thing, []).append(" ".join(where))
    for thing, places in things.items():
        said = COMMAS[lang].join(filter(None, places))
        yield say("roll.left_places", lang, thing=thing, places=said) if said else say("roll.left", lang, thing=thing)
