"""Blueprints in files of the user's own cache folder: a first workbook then need not be laid out and written.

A file holds data only: parts as they are, places, numbers, and the text of functions, as JSON beside deflated
streams and plain numbers. It is used where the same engine and writer made it for the same data, template, area and
language: its name has all of that, and stands in it. What is broken, too big, called otherwise or not the user's own is
passed over; a folder that cannot be written only costs time.
"""

import hashlib
import json
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pandas as pd
from platformdirs import user_cache_path

from agriplan.baselines.folder import Baselines
from agriplan.kept_files import clear_away, is_own, mark_used, replace_file
from agriplan.workbook.blueprint import Blueprint
from agriplan.workbook.content.told import InputCells
from agriplan.workbook.description import Entry, Input
from agriplan.workbook.evaluate.program import Program
from agriplan.workbook.evaluate.values import ErrorValue
from agriplan.workbook.garbage_collection import without_collection
from agriplan.workbook.package import DAMAGE
from agriplan.workbook.xlsx.compiled import Compiled, FilledPlaces, Reference, Segment
from agriplan.workbook.xlsx.single_parts import SharedTexts
from agriplan.workbook.xlsx.zipped import Deflated, is_whole

# As much as one file holds at most, and as many as are kept, whoever made them: two data folders, or installations,
# each with a region and a dozen leagues in two languages, and some more.
MOST_BYTES, MOST_FILES = 6 * 2**20, 60


class KeptBlueprints:
    """The kept blueprints of one data folder and the suggestions made from it."""

    def __init__(self, baselines: Baselines, suggestions: pd.DataFrame, folder: Path | None = None) -> None:
        """`folder` is where files are kept; None: the user's own."""
        self._folder = folder or user_cache_path("agriplan", appauthor=False)
        told = json.dumps(suggestions.to_dict("list"), default=str)
        self._data = f"{baselines.version} {baselines.base_year} {baselines.target_year} {told}"

    def path(self, *asked: str) -> Path:
        """Where the blueprint of a template, area and language is kept."""
        key = hashlib.sha256(" ".join([self._data, *asked]).encode()).hexdigest()[:24]
        return self._folder / f"workbook-{_engine()}-{key}.zip"

    def holds(self, path: Path) -> bool:
        """Whether a file is there that nobody else could have written; what is in it is not looked at."""
        with suppress(OSError):
            return is_own(path, MOST_BYTES)
        return False

    def find(self, path: Path) -> Blueprint | None:
        """The blueprint in a file, where there is one that can be used."""
        with suppress(*DAMAGE, LookupError, TypeError):
            if is_own(path, MOST_BYTES):
                found = _unpacked(path.read_bytes(), path.name)
                mark_used(path)
                return found
        return None

    def keep(self, path: Path, blueprint: Blueprint) -> bool:
        """Put a blueprint there whole or not at all, and clear away those of too many that were used longest ago.

        Returns whether it is there now.
        """
        data = _packed(blueprint, path.name)
        if len(data) > MOST_BYTES:
            return False
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)
            clear_away(self._folder, "workbook", ".zip", MOST_FILES)
            return True
        return False


@cache
def _engine() -> str:
    """Changes with the writer, with what deflates, and with any module or sentence of the package (size and time)."""
    folder = Path(str(files("agriplan")))
    parts = sorted(each for ending in ("py", "toml") for each in folder.rglob(f"*.{ending}"))
    stamps = [f"{each.name} {each.stat().st_size} {each.stat().st_mtime_ns}" for each in parts]
    versions = map(version, ("agriplan", "xlsxwriter", "zlib-ng"))
    text = "\n".join([*versions, sys.byteorder, *stamps])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@without_collection()
def _packed(blueprint: Blueprint, name: str) -> bytes:
    compiled, number = blueprint.compiled, _EntryNumbers()
    stretches = [*compiled.reference.segments, compiled.texts.items]
    numbers = [*(each.numbers for each in compiled.places.segments), *compiled.reference.ends]
    said = {
        "name": name,
        "area": blueprint.area,
        "lang": blueprint.lang,
        "words": dict(blueprint.words),
        "cells": _said_of_cells(blueprint.input_cells, number),
        "constants": [(number(entry), given) for entry, given in blueprint.constants.items()],
        "order": [(number(entry), rows) for entry, rows in blueprint.order],
        "program": _said_of_program(blueprint.program, number),
        "compiled": _said_of_compiled(compiled),
        "stretches": [[each.crc, each.size, len(each.stream)] for each in stretches],
        "pictures": list(compiled.pictures),
        "entries": list(number.given),  # by now all that are named above
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        archive.writestr("blueprint.json", json.dumps(said, ensure_ascii=False, separators=(",", ":")))
        archive.writestr("streams", b"".join(each.stream for each in stretches))
        archive.writestr("numbers", b"".join(bytes(array("I", part)) for part in numbers))
        for picture, data in compiled.pictures.items():
            archive.writestr(picture, data)
    return buffer.getvalue()


@without_collection()
def _unpacked(data: bytes, name: str) -> Blueprint:
    with ZipFile(BytesIO(data)) as archive:
        said: dict[str, Any] = json.loads(archive.read("blueprint.json"))
        if said["name"] != name:  # it is of something else
            raise ValueError(name)
        stretches = _stretches(said["stretches"], archive.read("streams"))
        numbers = archive.read("numbers")
        pictures = {name: archive.read(name) for name in said["pictures"]}
    entries: list[Any] = list(map(_interned, said["entries"]))
    return Blueprint(
        area=said["area"],
        lang=said["lang"],
        words=said["words"],
        input_cells=_cells(said["cells"], entries),
        constants={entries[entry]: given for entry, given in said["constants"]},
        order=[(entries[entry], rows) for entry, rows in said["order"]],
        program=_program(said["program"], entries),
        compiled=_compiled(said["compiled"], stretches, numbers, pictures),
    )


class _EntryNumbers:
    """The number by which a file knows each entry: the order in which they are first named."""

    def __init__(self) -> None:
        self.given: dict[Entry, int] = {}

    def __call__(self, entry: Entry) -> int:
        return self.given.setdefault(entry, len(self.given))


def _said_of_cells(cells: InputCells, number: _EntryNumbers) -> dict[str, Any]:
    return {
        "inputs": [
            [path, number(entry), row, cell.kind, cell.default] for path, (entry, row, cell) in cells.inputs.items()
        ],
        "blank": [(number(entry), blank) for entry, blank in cells.blank.items()],
        "copies": [(number(copy), number(entry)) for copy, entry in cells.copies.items()],
    }


def _cells(said: dict[str, Any], entries: list[Any]) -> InputCells:
    inputs = ((_interned(path), *each) for path, *each in said["inputs"])
    return InputCells(
        {path: (entries[at], row, Input(path, kind, default=default)) for path, at, row, kind, default in inputs},
        {entries[entry]: blank for entry, blank in said["blank"]},
        {entries[copy]: entries[entry] for copy, entry in said["copies"]},
    )


def _said_of_program(program: Program, number: _EntryNumbers) -> dict[str, Any]:
    sources = list(dict.fromkeys(source for source, _ in program.sources))
    turns = {source: turn for turn, source in enumerate(sources)}
    return {
        "given": list(map(number, program.given_entries)),
        "live": list(map(number, program.order)),
        "kinds": program.kinds,
        "sources": sources,
        "steps": [[turns[source], places] for source, places in program.sources],
    }


def _program(said: dict[str, Any], entries: list[Any]) -> Program:
    return Program(
        given_entries=[entries[each] for each in said["given"]],
        order=[entries[each] for each in said["live"]],
        kinds=said["kinds"],
        sources=[(said["sources"][turn], places) for turn, places in said["steps"]],
    )


def _said_of_compiled(compiled: Compiled) -> dict[str, Any]:
    return {
        "parts": [[name, list(segments)] for name, segments in compiled.parts.items()],
        "segments": [[each.kinds, each.last] for each in compiled.places.segments],
        "shows": compiled.places.shows,
        "texts": list(compiled.texts.fixed),
        "cells": compiled.texts.cells,
        "phrases": compiled.phrases,
        "reference": [value.code if isinstance(value, ErrorValue) else value for value in compiled.reference.values],
    }


def _compiled(said: dict[str, Any], stretches: list[Deflated], numbers: bytes, pictures: dict[str, bytes]) -> Compiled:
    """The last of the stretches is that of the texts, all others are the reference's."""
    segments, ends = _segments(said["segments"], numbers)
    *of_reference, items = stretches
    texts = SharedTexts({text: number for number, text in enumerate(said["texts"])}, said["cells"], items)
    reference = Reference(said["reference"], of_reference, ends)
    return Compiled(
        dict(said["parts"]), FilledPlaces(segments, said["shows"]), texts, said["phrases"], reference, pictures
    )


def _stretches(said: list[list[int]], joined: bytes) -> list[Deflated]:
    """Deflated streams that stand one behind the other; raises `ValueError` where one is not whole."""
    found, begun = [], 0
    for crc, size, length in said:
        found.append(Deflated(crc, size, joined[begun : begun + length]))
        begun += length
    if not all(map(is_whole, found)):  # 3 ms of 30, 27 November 2026; filling would meet it when it is too late
        raise ValueError("streams")
    return found


def _segments(said: list[Any], numbers: bytes) -> tuple[list[Segment], list[Sequence[int]]]:
    """Segments and the ends of their places, their numbers from a file that holds nothing else."""
    lengths = [len(kinds) for kinds, _ in said] + [4 * len(kinds) for kinds, _ in said]
    every, at = array("I"), 0
    parts: list[Sequence[int]] = []
    every.frombytes(numbers)
    for length in lengths:
        parts.append(every[at : at + length])
        at += length
    segments = [Segment(kinds, own, last) for (kinds, last), own in zip(said, parts, strict=False)]
    return segments, parts[len(said) :]


def _interned(names: list[str | None]) -> tuple[Any, ...]:
    """Names of entries and paths: few words, which stand in many."""
    return tuple(name and sys.intern(name) for name in names)
