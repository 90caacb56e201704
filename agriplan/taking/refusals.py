"""Figures that are none of ours: what a label or title says that makes them so."""

from collections.abc import Iterable

from agriplan.taking.cells import cut
from agriplan.taking.labels import Label

FEW = 40  # characters of a text that are shown where one says what is the matter with it


class UnreadError(Exception):
    """A figure that is none of ours, and why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def refuse_titles(titles: Iterable[Label]) -> None:
    """Figures below a title of a part of a year, or of what was planned, are none of ours."""
    for title in titles:
        if title.part or title.planned:
            raise UnreadError("table_part_of_year" if title.part else "table_other_figure", word=cut(title.text, FEW))


def refuse_others(labels: Iterable[Label]) -> None:
    """A figure under a label that speaks of another figure is none of ours."""
    for label in labels:
        if label.part or label.other:
            raise UnreadError("table_part_of_year" if label.part else "table_other_figure", word=cut(label.text, FEW))


def refuse_unknown(labels: Iterable[Label]) -> None:
    """A figure under a label that nobody understands is none of ours."""
    for label in labels:
        if label.rest:
            raise UnreadError("table_label_unknown", word=cut(label.text, FEW))
