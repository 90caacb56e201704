"""Sentences as JSON, in both languages."""

from collections.abc import Iterable

from agriplan.analysis.note import Note
from agriplan.report.frozen_model import FrozenModel


class Told(FrozenModel):
    """A sentence of the plan, in both languages."""

    code: str
    zh: str
    en: str


def in_both_languages(notes: Iterable[Note]) -> list[Told]:
    """Notes as they stand in JSON."""
    return [Told(code=note.code, zh=note.text("zh"), en=note.text("en")) for note in notes]
