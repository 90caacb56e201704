"""Sentences as JSON, in both languages."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from agriplan.analysis.note import Note


class Told(BaseModel):
    """A sentence of the plan, in both languages."""

    model_config = ConfigDict(frozen=True)

    code: str
    zh: str
    en: str


def in_both_languages(notes: Iterable[Note]) -> list[Told]:
    """Notes as they stand in JSON."""
    return [Told(code=note.code, zh=note.text("zh"), en=note.text("en")) for note in notes]
