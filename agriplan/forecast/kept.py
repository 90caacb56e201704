"""Tables that cost seconds to make are kept in a file under the hash of the data that they were made from.

They are looked for in the data folder itself (shipped data ship with theirs), then in the user's cache folder; a table
found nowhere is made and kept in the latter. A folder that cannot be written only costs time.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pandas as pd
from platformdirs import user_cache_path

from agriplan import __version__
from agriplan.baselines.folder import Baselines

Maker = Callable[[Baselines], pd.DataFrame]
STAMP = "# data "
NUMBERS = ("growth", "low", "high", "mape", "mase")
TEXT = ("indicator", "code", "tier", "how", "basis", "method", "sentence")


def remembered(name: str, make: Maker, baselines: Baselines, cache_folder: Path | None = None) -> pd.DataFrame:
    """The table `make(baselines)`, from a file wherever one was made from the same data."""
    folder = cache_folder or user_cache_path("agriplan", appauthor=False)
    cached = folder / f"{name}-{engine_version()}-{baselines.version[:16]}.csv"
    for path in (baselines.folder / f"{name}.csv", cached):
        found = read_table(path, baselines.version)
        if found is not None:
            return found
    table = make(baselines)
    with suppress(OSError):
        write_table(cached, table, baselines.version)
    return table


def engine_version() -> str:
    """Changes when the package or its calibration does, so that an old cache is never taken for a new result."""
    stored = files("agriplan").joinpath("forecast/calibration.json").read_bytes()
    return hashlib.sha256(__version__.encode() + stored).hexdigest()[:8]


def read_table(path: Path, version: str) -> pd.DataFrame | None:
    """The table in the file, or None where there is none, it is of other data, or it cannot be read."""
    try:
        stamp, _, body = path.read_text(encoding="utf-8").partition("\n")
        if stamp.strip() != STAMP + version:
            return None
        types = dict.fromkeys(TEXT, str)
        return pd.read_csv(StringIO(body), dtype=types, keep_default_na=False, na_values={n: [""] for n in NUMBERS})
    except (OSError, ValueError):
        return None


def write_table(path: Path, table: pd.DataFrame, version: str) -> None:
    """Write the table whole or not at all, with the data's hash in its first line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = STAMP + version + "\n" + table.to_csv(index=False, lineterminator="\n")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
