"""What a person says of a whole table, and the words of the table that say another thing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from agriplan.baselines.folder import Baselines
from agriplan.errors import Called
from agriplan.taking.cells import cut
from agriplan.taking.label import Label
from agriplan.taking.refusals import FEW


class TableScope(NamedTuple):
    """The area and year of a whole table, for where it does not say them itself; empty: nothing."""

    area: str = ""
    year: int | None = None


def other_area_said(given: str, labels: Sequence[Label], titles: Sequence[Label], name: Label, region: str) -> str:
    """The words of a table for another area than the given one; nothing where it names none, or that one.

    What stands beside a figure goes before titles, and these before the name of file or sheet. Leagues may stand in the
    rows of a table of the region.
    """
    beside = next((one for one in labels if one.area), None)
    if not given or (beside and given in (beside.area, region)):
        return ""
    return beside.text if beside else _otherwise(given, _areas_in(titles) or _areas_in([name]))


def other_year_said(
    given: int | None, labels: Sequence[Label], above: int | None, titles: Sequence[Label], name: Label
) -> str:
    """The words of a table for another year than the given one; `above` is the last of the years in rows above."""
    beside = next(((one.text, one.year) for one in labels if one.year), (str(above), above))
    if given is None or given == beside[1]:
        return ""
    return beside[0] if beside[1] else _otherwise(given, _years_in(titles) or _years_in([name]))


def _areas_in(titles: Iterable[Label]) -> list[tuple[str, frozenset[object]]]:
    return [(title.text, frozenset(title.areas)) for title in titles if title.areas]


def _years_in(titles: Iterable[Label]) -> list[tuple[str, frozenset[object]]]:
    return [(title.text, frozenset(title.years)) for title in titles if title.years]


def _otherwise(given: object, naming: list[tuple[str, frozenset[object]]]) -> str:
    """The first of the texts that name areas or years, where the given one is not among them."""
    return naming[0][0] if naming and not any(given in said for _, said in naming) else ""


def against_given(
    scope: TableScope,
    labels: Sequence[Label],
    above: int | None,
    titles: Sequence[Label],
    name: Label,
    baselines: Baselines,
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """A doubt where the table says another area or year than the one given for all of it."""
    (area, year), region = scope, baselines.region.code
    if word := other_area_said(area, labels, titles, name, region):
        one = baselines.areas[area]
        yield "table_other_area", {"word": cut(word, FEW), "area": Called("", one.name_zh, one.name_en)}
    if other := other_year_said(year, labels, above, titles, name):
        yield "table_other_year", {"word": cut(other, FEW), "year": year}
