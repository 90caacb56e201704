"""Figures that are none of ours: what a label or title says that makes them so."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from agriplan.baselines.folder import Baselines
from agriplan.errors import Called
from agriplan.taking.cells import TableCell, cut, is_unvalued
from agriplan.taking.label import Label
from agriplan.taking.label_years import day_in
from agriplan.taking.units import has_unit

FEW = 40  # characters of a text that are shown where one says what is the matter with it
# What banners, counties, cities and districts are called: 开鲁县, 科尔沁区, 锡林浩特市.
_BELOW_LEAGUES = re.compile(r"[\u3400-\u9fff]{1,9}[旗县市区]")


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
            raise UnreadError(_why_unknown(label), word=cut(label.text, FEW))


def refuse_commitments(labels: Sequence[Label], titles: Sequence[Label], baselines: Baselines) -> None:
    """A commitment that is worked out of two figures is known, and told so, but is no figure to be taken."""
    above = () if any(label.core for label in labels) else titles
    told = next((label for label in (*labels, *above) if label.commitment), None)
    if told is not None:
        one = baselines.by_id[told.commitment]
        of = {"quantity": one.quantity, "unit_value": one.unit_value or one.quantity}
        called = {name: baselines.indicators[word] for name, word in of.items()}
        parts = {name: Called("", part.name_zh, part.name_en) for name, part in called.items()}
        raise UnreadError("table_commitment", word=Called("", one.name_zh, one.name_en), **parts)


def _why_unknown(label: Label) -> str:
    if is_unvalued(label.text):
        return "table_unvalued"
    if label.day:
        return "table_date"
    if is_banner(label):
        return "table_banner"
    return "table_bracket_unknown" if label.core or label.indicator else "table_label_unknown"


def is_banner(label: Label) -> bool:
    """Whether a label that is not understood is what banners, counties, cities and districts are called."""
    return _BELOW_LEAGUES.fullmatch(label.rest) is not None


def why_no_number(cell: TableCell) -> str:
    """Which sentence says why no number is read in a cell: it holds none, no clear one, or digits of another script.

    >>> from agriplan.taking.cells import read_cell
    >>> [why_no_number(read_cell(text)) for text in ("未报", "3 5.9", "٤٥")]
    ['table_no_number', 'table_number_unclear', 'digits_of_other_script']
    """
    if cell.is_unvalued:
        return "table_unvalued"
    if day_in(cell.text):
        return "table_date"
    digits = re.findall(r"\d", unicodedata.normalize("NFKC", cell.text)) if cell.is_figure else []
    if all(map(str.isascii, digits)):
        if cell.is_figure and has_unit(cell.text):
            return "table_number_with_unit"
        return "table_number_unclear" if digits else "table_no_number"
    return "digits_of_other_script"
