"""The entries that scenarios differ in, each once: a figure and what is said of it (source, note) are one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from agriplan.analysis.comparison import Comparison, changes_by_key
from agriplan.analysis.entries import key_of, say_entries
from agriplan.analysis.values_in_force import holds_alike, say_default
from agriplan.sentences import Lang


class ChangedEntry(NamedTuple):
    """An entry that is not the same in all scenarios; all that each enters there, by path (nothing: the default)."""

    key: str
    entered: tuple[Mapping[str, Any], ...]

    def said(self, comparison: Comparison, lang: Lang) -> list[str]:
        """What holds in each scenario, in words."""
        return [
            say_entries(entered, plan.baselines, lang) if entered else say_default(self.key, plan, lang)
            for entered, plan in zip(self.entered, comparison.plans, strict=True)
        ]


def changed_entries(comparison: Comparison) -> list[ChangedEntry]:
    """What a planner is told of as changed: every entry from which anything may follow."""
    keys = dict.fromkeys(key_of(path) for path in comparison.changes["path"])
    entered = [changes_by_key(plan.scenario) for plan in comparison.plans]
    return [
        ChangedEntry(key, tuple(one.get(key, {}) for one in entered))
        for key in keys
        if not holds_alike(key, comparison.plans)
    ]
