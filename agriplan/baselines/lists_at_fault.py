"""What is mistyped where it is listed, a code or a unit: told there, once, and not at everything that refers to it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import islice

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.csv_table import CsvTable
from agriplan.errors import MOST_STUDIED, Problem
from agriplan.nearest_word import did_you_mean
from agriplan.sentences import LANGS

# The tables that list codes, with their columns, by the sentence about a code that is not there.
_LISTS = {
    "unknown_area": ("leagues.csv", "code"),
    "unknown_indicator": ("indicators.csv", "indicator"),
    "unknown_source": ("sources.csv", "source"),
    "unknown_place": ("places.csv", "place_zh"),
}
# A plan may list sources that nothing refers to: one of those is meant only where it looks like what is missing.
_MAY_LIE_IDLE = frozenset({"unknown_source"})
_COMMITMENT = "unknown_commitment"
_OF_COMMITMENTS = re.compile(r"\.(?:about|supports)$|^missing\.csv.*: id$")
# Where leagues are named, and never the region.
_LEAGUES_ALONE = re.compile(r"\bleagues(?:\[\d+\])?$")
_QUOTED = re.compile(r"""["']([^"'\n]*)["']""")
# Where one place alone refers to a code, that place is as likely to be wrong as the list.
_FEWEST = 2


@dataclass(frozen=True)
class _Listed:
    """A code where it is listed."""

    place: str
    word: str
    is_repeated: bool = False
    times: int = 1
    """How often it stands alone for being listed."""


def blame_lists(
    problems: list[Problem],
    contents: FolderContents,
    cells: Mapping[str, CsvTable],
    texts: Mapping[str, str | None],
) -> list[Problem]:
    """The problems, with one where a code is listed in the place of those about all that refers to what it should be.

    A list is at fault where several places refer to a code that it lacks, and it has one that nothing refers to, or
    that stands twice: one that looks like it, or the only one.
    """
    asked = Counter((sort, str(one.values["word"])) for one in problems if (sort := _sort(one)))
    problems = list(_units_told_there(problems, contents))
    told = {one.place for one in problems}
    for sort in sorted({sort for sort, _ in asked}):
        often = ((word, count) for (of, word), count in asked.items() if of == sort and count >= _FEWEST)
        lacking = dict(islice(often, MOST_STUDIED))
        if not lacking:
            continue
        written = _written(cells, texts)
        spare = {
            one.word: one
            for one in _listed(sort, contents, cells, _of_the_region(problems, contents))
            if one.is_repeated or one.place in told or written[one.word] <= one.times
        }
        twice = [one.word for one in spare.values() if one.is_repeated and sort == _COMMITMENT]
        sure = twice if len(twice) == 1 else [*spare] if sort not in _MAY_LIE_IDLE else []
        for word, count in lacking.items():
            near = sure[0] if len(sure) == len(lacking) == 1 else did_you_mean(word, spare)
            if near is not None:
                problems = list(_told_there(problems, spare.pop(near), sort, word, count))
    return problems


def _units_told_there(problems: list[Problem], contents: FolderContents) -> Iterator[Problem]:
    """The problems, with one for a unit of indicators.csv with which nothing agrees that is in that unit.

    That are the figures of the indicator, or, in the other language, the commitments of it: two places at least.
    """
    units: dict[str, dict[str, str]] = {}
    for line, figure in contents.figures.items():
        units.setdefault(figure.indicator, {})[f"observed.csv:{line}: unit"] = figure.unit
    used: dict[tuple[int, str], dict[str, str]] = {}
    for at, indicator in contents.indicators.items():
        used[at, "unit_zh"] = {**units.get(indicator.indicator, {})}
        for number, one in enumerate(contents.commitments, 1):
            if one.quantity == indicator.indicator and one.kind != "value":
                for lang in LANGS:
                    place = f"commitments.toml: commitment[{number}].unit_{lang}"
                    used.setdefault((at, f"unit_{lang}"), {})[place] = one.unit(lang)
    settled: set[str] = set()
    for (at, column), users in used.items():
        words, listed = set(users.values()), contents.indicators[at].unit(column.removeprefix("unit_"))
        if len(users) >= _FEWEST and len(words) == 1 and listed not in words:
            (word,) = words
            values: dict[str, object] = {"word": listed, "count": len(users), "other": word}
            yield Problem(f"indicators.csv:{at}: {column}", "unit_of_nothing", values, word)
            settled |= {contents.given.placed(Problem(place, "wrong_unit")).place for place in users}
    yield from (one for one in problems if one.code != "wrong_unit" or one.place not in settled)


def _sort(problem: Problem) -> str:
    """What a problem says is not there, by the sentence that says it; commitments and directions are not indicators."""
    if not problem.code.startswith("unknown_") or problem.code not in {*_LISTS, "unknown_basis"}:
        return ""
    return _COMMITMENT if _OF_COMMITMENTS.search(problem.place) else problem.code


def _told_there(problems: list[Problem], listed: _Listed, sort: str, word: str, count: int) -> Iterator[Problem]:
    # A name that cannot be seen is told as that.
    is_unfit = any((one.place, one.code) == (listed.place, "unfit_name") for one in problems)
    if not listed.is_repeated and not is_unfit:
        values: dict[str, object] = {"word": listed.word, "count": count, "other": word}
        yield Problem(listed.place, "listed_for_nothing", values, word)
    for one in problems:
        is_there = listed.place == one.place or listed.place.startswith(f"{one.place}:")
        if one.code in ("repeated", "repeated_entry") and listed.is_repeated and is_there:
            yield replace(one, suggestion=word)
        elif one.code == "region_is_a_league" and listed.is_repeated and one.values["word"] == listed.word:
            yield replace(one, place=listed.place, suggestion=word)
        elif (is_unfit or one.place != listed.place) and (_sort(one), one.values.get("word")) != (sort, word):
            yield one


def _of_the_region(problems: list[Problem], contents: FolderContents) -> Set[str]:
    """The region's code, where a league is listed by it: the league's own is missing from a list of leagues."""
    asks = any(_sort(one) == "unknown_area" and _LEAGUES_ALONE.search(one.place) for one in problems)
    return {contents.header.region.code} if contents.header and asks else set()


def _listed(
    sort: str, contents: FolderContents, cells: Mapping[str, CsvTable], of_others: Set[str]
) -> Iterator[_Listed]:
    """All codes of a sort that are listed somewhere, with their places; leagues.csv may not have those `of_others`."""
    if sort in _LISTS:
        file, column = _LISTS[sort]
        seen = set(of_others) if sort == "unknown_area" else set()
        for line, row in cells[file].rows.items():
            if word := row.get(column, "").strip():
                yield _Listed(f"{file}:{line}: {column}", word, word in seen)
                seen.add(word)
    header, stated = contents.header, contents.stated
    if sort == "unknown_area" and header and header.region.code not in contents.league_codes:
        yield _Listed("plan.toml: region.code", header.region.code)
    if sort == "unknown_basis" and header:
        yield from (_Listed(f"plan.toml: bases.{name}", name, times=0) for name in header.bases)
    if sort == _COMMITMENT and stated:
        lists = {"commitment": [one.id for one in stated.commitment], "direction": [one.id for one in stated.direction]}
        yield from (
            _Listed(f"commitments.toml: {name}[{number}].id", each, each in ids[: number - 1])
            for name, ids in lists.items()
            for number, each in enumerate(ids, 1)
        )


def _written(cells: Mapping[str, CsvTable], texts: Mapping[str, str | None]) -> Counter[str]:
    """How often each word stands alone: in a cell, between the codes of a place, or in quotation marks."""
    rows = [row for table in cells.values() for row in table.rows.values()]
    found = Counter(cell.strip() for row in rows for name, cell in row.items() if name != "leagues")
    found.update(code for row in rows for code in row.get("leagues", "").split())
    for name, text in texts.items():
        if text and name.endswith(".toml"):
            found.update(_QUOTED.findall(text))
    return found
