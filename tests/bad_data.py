"""Copies of a data folder with mistakes in them: each `bad/<mistake>/mistake.toml` says which and what is then said."""

import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parents[1] / "baselines"
FOLDER = Path(__file__).parent / "bad"


def mistakes() -> dict[str, dict[str, Any]]:
    """Every mistake by its name."""
    files = sorted(FOLDER.glob("*/mistake.toml"))
    return {file.parent.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def _parts(mistake: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """What a mistake does to each file: to its own and, where it takes two, to those under `also`."""
    return (mistake, *mistake.get("also", ()))


def broken_copy(source: Path, target: Path, made: Iterable[Mapping[str, Any]]) -> Path:
    """Copy a data folder and make the mistakes in it; a text to be replaced must stand in its file exactly once."""
    shutil.copytree(source, target)
    for mistake in (part for each in made for part in _parts(each)):
        file = target / mistake["file"]
        if mistake.get("delete"):
            file.unlink()
            continue
        text = mistake["whole"] if "whole" in mistake else file.read_text(encoding="utf-8")
        text += mistake.get("append", "")
        if "find" in mistake:
            times = text.count(mistake["find"])
            assert times == 1, f"{mistake['file']}: “{mistake['find']}” stands there {times} times, to be replaced once"
            text = text.replace(mistake["find"], mistake["put"])
        for old, new in mistake.get("every", {}).items():
            text = text.replace(old, new)
        file.write_bytes(text.encode(mistake.get("encoding", "utf-8")))
    return target


def in_each_others_way(source: Path, made: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Mistakes that are made one after the other and of which one replaces what a later one looks for, a line each."""
    finding = [(name, part) for name, each in made.items() for part in _parts(each) if "find" in part]
    for number, (name, mistake) in enumerate(finding):
        text = (source / mistake["file"]).read_text(encoding="utf-8")
        for other, each in islice(finding, number):
            if each["file"] == mistake["file"]:
                left = text.replace(each["find"], each["put"]).count(mistake["find"])
                if left != 1:
                    stands = f"“{mistake['find']}” stands {left} times in {mistake['file']}"
                    yield f"tests/bad/{name}: {stands} once {other} has replaced its own: look for other text"
