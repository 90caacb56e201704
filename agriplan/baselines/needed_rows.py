"""Rows of the base year that are needed: what the region has of every commitment, and the herd of every rate."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import product

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.missing import LINES_FROM, NAME
from agriplan.baselines.records import Figure
from agriplan.errors import MOST_STUDIED, Called, Problem

_FILE = "observed.csv"
# Of area, indicator and year a row shares so many with the one that is sought where it may be it, mistyped.
_ALIKE = 2


def region_has_figures(
    contents: FolderContents, texts: Mapping[str, str | None], told: Collection[Problem]
) -> Iterator[Problem]:
    """The region's quantities of the base year, which nobody can enter elsewhere, are there.

    Rows in which something is wrong, as `told`, and those that are still to be filled may be the ones that lack.
    """
    header = contents.header
    if header is None or header.region.code in contents.league_codes or _is_unread(contents, told):
        return
    if not contents.figures and not contents.to_fill:
        yield Problem(_FILE, "only_heads")
    if header.basis not in contents.used_bases:
        return
    region, year = header.region.code, header.base_year
    quantities = (row.quantity for row in contents.commitments if row.quantity in contents.indicator_ids)
    wanted = {(region, name): None for name in quantities}
    lacking = _lacking(wanted, contents, texts, told)
    basis = _name(header.basis, contents)
    if len(lacking) == len(wanted) > 1:
        yield Problem("plan.toml: base_year", "unused_year", {"year": year, "basis": basis})
        return
    for _, name in lacking:
        values = {"area": _name(region, contents), "indicator": _name(name, contents), "year": year, "basis": basis}
        yield Problem(f"{_FILE}: {name}, {region}, {year}", "missing_row", values)


def named_leagues_lack(
    contents: FolderContents, texts: Mapping[str, str | None], told: Collection[Problem]
) -> Iterator[Problem]:
    """What a plan without entries lacks: figures of named leagues, and the region's unit values.

    A scenario may have them. Where nearly nothing is there, that has been `told` otherwise.
    """
    header = contents.header
    if header is None or header.region.code in contents.league_codes or _is_unread(contents, told):
        return
    wanted = {
        (area, name): None
        for one in contents.commitments
        for area, name in [(header.region.code, one.unit_value), *product(one.leagues, (one.quantity, one.herd))]
        if name in contents.indicator_ids and area in contents.area_codes
    }
    lacking = _lacking(wanted, contents, texts, told)
    for area, name in lacking if len(lacking) < len(wanted) else ():
        place, thing = _called(area, contents), _called(name, contents)
        values: dict[str, object] = {"area_zh": place.zh, "area_en": place.en, "zh": thing.zh, "en": thing.en}
        place_in_file = f"{_FILE}: {name}, {area}, {header.base_year}"
        yield Problem(place_in_file, "missing_figure", values | {"year": header.base_year})


def _lacking(
    wanted: Iterable[tuple[str, str]],
    contents: FolderContents,
    texts: Mapping[str, str | None],
    told: Collection[Problem],
) -> list[tuple[str, str]]:
    """Of these areas and indicators those without a figure of the base year, nor a doubtful row that may be it."""
    header = contents.header
    year = str(header.base_year) if header else ""
    known = {(row.area, row.indicator) for row in contents.figures.values() if is_of_base_year(row, contents)}
    doubtful = list(_rows_in_doubt(contents, texts, told))
    words = contents.area_codes | contents.indicator_ids
    return [
        (area, name)
        for area, name in wanted
        if (area, name) not in known and not any(_may_be((area, name, year), row, words) for row in doubtful)
    ]


def _called(code: str, contents: FolderContents) -> Called:
    """What a code means; itself where nothing says."""
    called = contents.called(code)
    return called if isinstance(called, Called) else Called(code, code, code)


def _name(code: str, contents: FolderContents) -> Called:
    """What the code means, where the place of the problem has the code itself."""
    return replace(_called(code, contents), code="")


def is_of_base_year(row: Figure, contents: FolderContents) -> bool:
    """Whether a figure is one that plans start from."""
    header = contents.header
    return header is not None and row.year == header.base_year and row.basis == header.basis


def _may_be(sought: tuple[str, str, str], row: str, words: Set[str]) -> bool:
    """Whether a row may be that of an area, indicator and year with a slip in it; not where it has others' `words`."""
    return sum(key in row for key in sought) >= _ALIKE and words.isdisjoint({*row.split(",")}.difference(sought))


def is_needed(row: Figure, contents: FolderContents) -> bool:
    """Whether a plan asks for a figure: of the region or, of what is shared out, of a league that is named."""
    header = contents.header
    if header is None or not is_of_base_year(row, contents):
        return False
    if row.area == header.region.code:
        return any(row.indicator in (one.quantity, one.unit_value) for one in contents.commitments)
    return any(row.indicator in (one.quantity, one.herd) for one in contents.commitments if row.area in one.leagues)


def rates_have_their_herd(contents: FolderContents) -> Iterator[Problem]:
    """A rate without a herd to weight it counts nowhere; of a league that is named it is told as what a plan lacks."""
    region = contents.header.region.code if contents.header else ""
    now = {line: row for line, row in contents.figures.items() if is_of_base_year(row, contents)}
    for one in contents.commitments:
        if one.herd is not None:
            elsewhere = {region, *one.leagues, *(row.area for row in now.values() if row.indicator == one.herd)}
            for line, row in now.items():
                if row.indicator == one.quantity and row.area not in elsewhere:
                    values = {"area": contents.called(row.area), "herd": contents.called(one.herd)}
                    yield Problem(f"{_FILE}:{line}", "caution_rate_alone", values)


def _is_unread(contents: FolderContents, told: Collection[Problem]) -> bool:
    """Whether no row of the figures, or of those to be filled in, could be read, or too many not: that is told."""
    if sum(one.place.startswith(f"{_FILE}:") for one in told) > MOST_STUDIED:
        return True
    files = {one.place.partition(":")[0] for one in told}
    filled = [*contents.to_fill, *(line for line in contents.figures if line >= LINES_FROM)]
    return (_FILE in files and not any(line < LINES_FROM for line in contents.figures)) or (
        NAME in files and not filled
    )


def _rows_in_doubt(
    contents: FolderContents, texts: Mapping[str, str | None], told: Collection[Problem]
) -> Iterator[str]:
    """The text of rows with mistakes, with what was probably meant, and what is still to be filled in."""
    lines = {file: (texts.get(file) or "").splitlines() for file in (_FILE, NAME)}
    meant: dict[tuple[str, str], list[str]] = {}
    for problem in told:
        file, _, rest = problem.place.partition(":")
        if file in lines and (line := rest.partition(":")[0]).isdigit():
            meant.setdefault((file, line), []).append(problem.suggestion or "")
    for (file, line), words in meant.items():
        yield from (" ".join([row, *words]) for row in lines[file][int(line) - 1 : int(line)])
    yield from (f"{row.area},{row.id},{row.year}" for row in contents.to_fill.values() if not row.is_filled)
