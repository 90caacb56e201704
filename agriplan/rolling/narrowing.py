"""A begun folder with some of its indicators only: what the files say of the others is left out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from agriplan.baselines.folder import Baselines
from agriplan.baselines.missing import ENTRIES, NAME
from agriplan.errors import Problem, ScenarioError
from agriplan.rolling.missing_rows import as_csv, rows_in
from agriplan.rolling.toml_text import blocks_of, toml_block

_BALANCES, _COMMITMENTS = "balances.toml", "commitments.toml"
# The entry of a block that names commitments: one, or a list that loses those that are left out.
_NAMING = {"commitment": "id", "balance": "about", "fodder": "about", "project": "supports", "statement": "about"}


def only_indicators(texts: Mapping[str, str], old: Baselines, kept: Collection[str]) -> dict[str, str]:
    """The files of a plan with these commitments alone; directions stay, and so does whatever is about nothing else.

    What only criteria are made of may be filled in, but needs not: a criterion that says nothing is left out.
    """
    left = frozenset(old.by_id) - set(kept)
    made = dict(texts)
    for name in (_COMMITMENTS, _BALANCES):
        if name in texts:
            made[name] = "".join(_kept_blocks(texts[name], left))
    if NAME in texts:
        needed = {word for key in kept for word in _rests_on(old, key)}
        observed = needed | {word for one in old.criteria for word in (one.of, one.per) if word}
        rows = [row for row in rows_in(texts[NAME]) if row.id in (kept if row.what in ENTRIES else observed)]
        optional = {"needed": "no"}
        made[NAME] = as_csv(
            row if row.what in ENTRIES or row.id in needed else row.model_copy(update=optional) for row in rows
        )
    return made


def find_commitments(words: Sequence[str], old: Baselines) -> tuple[str, ...]:
    """The commitments of these names: their own, or what is observed of them; raises `ScenarioError` for others."""
    by_part = {part: key for key in old.by_id for part in _rests_on(old, key)} | {key: key for key in old.by_id}
    unknown = [Problem("", "unknown_indicator", {"word": word}) for word in words if word not in by_part]
    if unknown:
        raise ScenarioError(unknown)
    return tuple(by_part[word] for word in words)


def _rests_on(old: Baselines, key: str) -> tuple[str | None, ...]:
    return old.by_id[key].quantity, old.by_id[key].unit_value, old.by_id[key].herd


def _kept_blocks(text: str, left: Collection[str]) -> Iterator[str]:
    """The blocks that are about something else than what is left out."""
    parent = True
    for name, block, entries in blocks_of(text):
        if "." not in name:
            told = _without(name, block, entries, left)
            parent = bool(told)
            yield told
        elif parent:  # what belongs to a table stays or goes with it
            yield block


def _without(name: str, block: str, entries: Mapping[str, Any], left: Collection[str]) -> str:
    key = _NAMING.get(name, "")
    about = entries.get(key)
    named = [about] if isinstance(about, str) else list(about or ())
    kept = [word for word in named if word not in left]
    if kept == named:
        return block
    return f"{toml_block(name, {**entries, key: kept})}\n\n" if kept else ""
