"""What stands twice in a data folder and may stand once only."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from agriplan.baselines.balances import Measured
from agriplan.baselines.commitments import Commitment, Direction
from agriplan.baselines.contents import FolderContents
from agriplan.baselines.missing import ENTRIES, LINES_FROM, NAME
from agriplan.baselines.records import Area, Criterion, Record
from agriplan.errors import TOLD_APART, Problem

_R = TypeVar("_R", bound=Record)


def keys_are_unique(contents: FolderContents) -> Iterator[Problem]:
    """What a file is asked for by stands in it once, and so do the names under which workbooks and sheets are saved."""
    basis = contents.header.basis if contents.header else ""
    yield from codes_twice("leagues.csv", contents.leagues)
    yield from _repeated("indicators.csv", contents.indicators, lambda row: row.indicator)
    yield from _repeated("sources.csv", contents.sources, lambda row: row.source)
    yield from _repeated("places.csv", contents.places, lambda row: row.place_zh)
    yield from _given_twice("assumptions.csv", contents.assumptions, contents, lambda row: (row.indicator, row.area))
    # One figure an area, indicator and year on each basis.
    yield from _given_twice(
        "observed.csv",
        contents.figures,
        contents,
        lambda row: (row.area, row.indicator, row.year, "" if row.basis == basis else row.basis),
    )
    yield from _entries_twice(contents)
    for place, words in _lists(contents):
        yield from _repeated_entries(place, words)


def _lists(contents: FolderContents) -> Iterator[tuple[str, Sequence[str]]]:
    """Every list in which a word may stand once only, with the place of its entries, in which `{}` is their number."""
    for place, rows in _lists_with_ids(contents).items():
        yield f"{place}[{{}}].id", [row.id for row in rows]
    # The workbook names a sheet after them, and sheet names do not tell capitals apart.
    yield "commitments.toml: commitment[{}].name_zh", [row.name_zh.casefold() for row in contents.commitments]
    yield "commitments.toml: commitment[{}].short_en", [row.short_en.casefold() for row in contents.commitments]
    if contents.stated is None:
        return
    # What leagues a commitment names is told by their names (`league_twice`).
    parts = {"commitment": ("belts",), "direction": ("leagues",), "project": ("supports", "leagues")}
    for name, lists in (parts | {"statement": ("about",)}).items():
        for number, row in enumerate(getattr(contents.stated, name), 1):
            for part in lists:
                yield f"commitments.toml: {name}[{number}].{part}[{{}}]", getattr(row, part)
    yield from ((f"places.csv:{line}: leagues[{{}}]", one.codes) for line, one in contents.places.items())
    if fodder := contents.balances.fodder:
        yield "balances.toml: fodder.stored[{}]", [f"{one.of}, {one.year}" for one in fodder.stored]


def _lists_with_ids(contents: FolderContents) -> dict[str, Sequence[Criterion | Commitment | Direction | Measured]]:
    return {
        "plan.toml: criterion": contents.header.criterion if contents.header else (),
        "commitments.toml: commitment": contents.commitments,
        "commitments.toml: direction": contents.stated.direction if contents.stated else (),
        "balances.toml: coefficient": contents.balances.coefficient,
        "balances.toml: yield": contents.balances.yields,
    }


def _repeated_entries(place: str, words: Sequence[str]) -> Iterator[Problem]:
    stood: dict[str, int] = {}
    for number, word in enumerate(words, 1):
        if (first := stood.setdefault(word, number)) < number:
            yield Problem(place.format(number), "repeated_entry", {"word": word, "first": first})


def codes_twice(name: str, areas: Mapping[int, Area]) -> Iterator[Problem]:
    """Areas of one code, by their rows."""
    yield from _repeated(name, areas, lambda row: row.code)


def _repeated(name: str, rows: Mapping[int, _R], key: Callable[[_R], object]) -> Iterator[Problem]:
    again = list(_again(rows, key))
    yield from _same_rows(name, rows, again)
    for line, row, first in again:
        yield Problem(f"{name}:{line}", "repeated", {"word": key(row), "first": first})


def _given_twice(
    name: str, rows: Mapping[int, _R], contents: FolderContents, key: Callable[[_R], tuple[object, ...]]
) -> Iterator[Problem]:
    again = list(_again(rows, key))
    yield from _same_rows(name, rows, again)
    for line, row, first in again:
        word = tuple(contents.called(part) for part in key(row) if part)
        here, there = ((NAME, at - LINES_FROM) if at > LINES_FROM else (name, at) for at in (line, first))
        if here[0] == there[0]:
            yield Problem(f"{name}:{line}", "given_twice", {"word": word, "first": there[1]})
        else:
            yield Problem(f"{name}:{line}", "given_elsewhere", {"word": word, "place": ":".join(map(str, there))})


def _entries_twice(contents: FolderContents) -> Iterator[Problem]:
    """What missing.csv gives for a commitment is given in one row, and not in commitments.toml too."""
    filled = {line: row for line, row in contents.to_fill.items() if row.what in ENTRIES and row.is_filled}
    yield from _given_twice(NAME, filled, contents, lambda row: (row.id, row.what))
    for line, place in contents.given.beside.items():
        row = contents.to_fill[line]
        yield Problem(
            f"{NAME}:{line}", "given_elsewhere", {"word": (contents.called(row.id), row.what), "place": place}
        )


def _same_rows(name: str, rows: Mapping[int, _R], again: list[tuple[int, _R, int]]) -> Iterator[Problem]:
    """Rows that stand there once more to the letter, as of a table that was pasted twice: many are told once.

    They are taken out of those that repeat a key.
    """
    alike = [one for one in again if one[0] <= LINES_FROM and one[1] == rows[one[2]]]
    if len(alike) > TOLD_APART:
        lines = {line for line, _, _ in alike}
        again[:] = [one for one in again if one[0] not in lines]
        line, _, first = alike[0]
        yield Problem(f"{name}:{line}", "rows_repeat", {"count": len(alike), "last": alike[-1][0], "first": first})


def _again(rows: Mapping[int, _R], key: Callable[[_R], object]) -> Iterator[tuple[int, _R, int]]:
    """Every row whose key stood before, with the line where it stood first."""
    first: dict[object, int] = {}
    for line, row in rows.items():
        if key(row) in first:
            yield line, row, first[key(row)]
        first.setdefault(key(row), line)
