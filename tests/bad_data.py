"""Copies of a data folder with mistakes in them: each `bad/<mistake>/mistake.toml` says which and what is then said."""

import shutil
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parents[1] / "baselines"
FOLDER = Path(__file__).parent / "bad"


def mistakes() -> dict[str, dict[str, Any]]:
    """Every mistake by its name."""
    files = sorted(FOLDER.glob("*/mistake.toml"))
    return {file.parent.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def broken_copy(source: Path, target: Path, made: Iterable[Mapping[str, Any]]) -> Path:
    """Copy a data folder and make the mistakes in it; a text to be replaced must stand in its file exactly once."""
    shutil.copytree(source, target)
    for mistake in made:
        file = target / mistake["file"]
        if mistake.get("delete"):
            file.unlink()
            continue
        text = mistake.get("whole", file.read_text(encoding="utf-8")) + mistake.get("append", "")
        if "find" in mistake:
            assert text.count(mistake["find"]) == 1, mistake["find"]
            text = text.replace(mistake["find"], mistake["put"])
        for old, new in mistake.get("every", {}).items():
            text = text.replace(old, new)
        file.write_bytes(text.encode(mistake.get("encoding", "utf-8")))
    return target
