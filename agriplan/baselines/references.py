"""Whether what a file of the data folder refers to is there, and what was meant where it is not."""

from collections.abc import Iterable, Iterator, Set

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.records import Assumption, Figure
from agriplan.codes import as_whole
from agriplan.errors import MOST_STUDIED, Problem
from agriplan.nearest_word import did_you_mean


def refers(place: str, word: str, known: Set[str], code: str, contents: FolderContents) -> Iterator[Problem]:
    """A problem where the word is none of the known ones; where nothing is known, that was told elsewhere."""
    if known and word not in known:
        yield Problem(place, code, {"word": word}, _meant_once(place, word, known, contents))


def row_refers(place: str, row: Figure | Assumption, contents: FolderContents) -> Iterator[Problem]:
    """Area, indicator and source of a row are there, and the basis of a figure is one that the plan names."""
    keys = {"area": contents.area_codes, "indicator": contents.indicator_ids, "source": contents.source_ids}
    keys |= {"basis": contents.known_bases} if isinstance(row, Figure) else {}
    for part, known in keys.items():
        if getattr(row, part) not in known:
            yield from refers(f"{place}: {part}", getattr(row, part), known, f"unknown_{part}", contents)


def leagues_exist(place: str, leagues: Iterable[str], contents: FolderContents) -> Iterator[Problem]:
    """The codes are those of leagues."""
    for code in leagues:
        yield from refers(place, code, contents.league_codes, "unknown_area", contents)


def _meant_once(place: str, word: str, known: Set[str], contents: FolderContents) -> str | None:
    """What was meant, sought once for a word; of a file in which nothing is known, for its first words only."""
    found = contents.meanings.setdefault(place.partition(":")[0], {})
    key = word, frozenset(known)
    if key not in found and len(found) < MOST_STUDIED:
        found[key] = meant(word, known, contents)
    return found.get(key)


def meant(word: str, known: Set[str], contents: FolderContents) -> str | None:
    """The known code that has this name, that Excel has made into such a number, or that looks most like it."""
    codes = contents.codes_of(word) & known
    if len(codes) == 1:
        return next(iter(codes))
    if (whole := as_whole(word)) in known:
        return whole
    if near := did_you_mean(word, known):
        return near
    names = {name: code for name, code in contents.names if code in known}
    near = did_you_mean(word, names)
    return names[near] if near else None
