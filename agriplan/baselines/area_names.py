"""Names of areas and indicators: whether each means one of them, and which was meant by a word that means none."""

from collections.abc import Iterable, Iterator, Mapping

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.records import Area, fold_name
from agriplan.errors import Called, Problem
from agriplan.nearest_word import did_you_mean


def no_such_area(word: str, areas: Iterable[Area], place: str = "") -> Problem:
    """That none of these areas goes by the word, with the one that was probably meant."""
    return Problem(place, "unknown_area", {"word": word}, did_you_mean(word, words_for_areas(areas)))


def words_for_areas(areas: Iterable[Area]) -> list[str]:
    """What areas are asked for by: their codes and their names in both languages."""
    return [name for one in areas for name in (one.code, one.name_zh, one.name_en)]


def names_mean_one_area(contents: FolderContents) -> Iterator[Problem]:
    """Whatever name a league goes by, it is that of no other area: a table that says it means one of them."""
    region = contents.header.region if contents.header else None
    yield from shared_names("leagues.csv", contents.leagues, region)


def shared_names(file: str, areas: Mapping[int, Area], region: Area | None = None) -> Iterator[Problem]:
    """A problem for each name of an area that another one before it, or the region, goes by; areas by their rows."""
    owners: dict[str, Area] = {fold_name(name): region for name in region.names} if region else {}
    for line, area in areas.items():
        for name in area.names:
            other = owners.setdefault(fold_name(name), area)
            if other.code != area.code:
                whose = Called(other.code, other.name_zh, other.name_en)
                yield Problem(f"{file}:{line}", "name_of_another", {"word": name, "other": whose})


def names_mean_one_indicator(contents: FolderContents) -> Iterator[Problem]:
    """A table that names an indicator means one of them, and so does whoever reads its name."""
    owners: dict[str, str] = {}
    for line, row in contents.indicators.items():
        for name in (row.name_zh, row.name_en):
            owner = owners.setdefault(fold_name(name), row.indicator)
            if owner != row.indicator:
                yield Problem(f"indicators.csv:{line}", "name_of_another_indicator", {"word": name, "other": owner})
