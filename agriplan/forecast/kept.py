"""Results that take seconds to work out are kept in files, row by row under the series that they were made from.

They are looked for in the data folder itself (shipped data ship with theirs), then in the user's cache folder, and used
only where the same engine made them and nobody has changed them since. What is found nowhere is made and kept in the
latter, in a file for each engine; those used last stay. One edited figure therefore costs one fit, and an upgrade never
meets an old result. A folder that cannot be written only costs time.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pandas as pd
from platformdirs import user_cache_path

from agriplan import __version__
from agriplan.forecast.methods import SeriesValues
from agriplan.kept_files import clear_away, is_own, mark_used, replace_file

KeptRows = list[tuple[object, ...]]
SERIES = "series"
"""The column that says which series a row was made from, empty where it was not fitted."""

TEXT_COLUMNS = (SERIES, "indicator", "code", "tier", "how", "basis", "method", "sentence")

MADE_BY = {
    "suggestions": ("growth.py", "methods.py"),
    "backtest": ("growth.py", "methods.py", "backtest.py"),
}
"""The modules that results of a name follow from, beside the series: with any other text of theirs, they may be others.
What follows from a fit without any statsmodels (tiers, ranges) is never kept but worked out each time."""

MOST_KEPT_ROWS = 20_000
"""What a file in the cache folder holds at most: some hundred series; the oldest go first."""

MOST_KEPT_BYTES = MOST_KEPT_ROWS * 500
"""Far more than so many rows take."""

MOST_KEPT_FILES = 4
"""As many engines' files of a name stay: of installations beside each other, and of the one before an upgrade."""


@lru_cache(maxsize=8)
def engine_version(name: str) -> str:
    """Changes when the package or a module behind the results of that name does."""
    folder = files("agriplan").joinpath("forecast")
    texts = [folder.joinpath(module).read_bytes().replace(b"\r", b"") for module in MADE_BY[name]]
    return hashlib.sha256(b"\n".join([__version__.encode(), *texts])).hexdigest()[:16]


def series_key(series: SeriesValues, *asked: object) -> str:
    """What results are kept under: the values of the series and what else was asked.

    >>> series_key([1.0, 2.0], 5, "amount") == series_key([1.0, 2.0], 4, "amount")
    False
    """
    text = " ".join([*(repr(float(value)) for value in series), *map(str, asked)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Kept:
    """Results of one name, by series; `columns` are the names of a row's values."""

    def __init__(self, name: str, columns: Sequence[str], folder: Path, cache_folder: Path | None = None) -> None:
        """Read what is there, in the data folder and in the cache folder (None: the user's own)."""
        self.name, self.columns = name, list(columns)
        self.cache_folder = cache_folder or user_cache_path("agriplan", appauthor=False)
        self.cached = self.cache_folder / f"{name}-{engine_version(name)}.csv"
        self.made: dict[str, KeptRows] = {}
        self.found = self._read_cached() | self._read(folder / f"{name}.csv")

    def rows(self, key: str, make: Callable[[], KeptRows]) -> KeptRows:
        """The rows under that key, made where they were not kept."""
        if key not in self.found:
            self.found[key] = self.made[key] = make()
        return self.found[key]

    def save(self) -> None:
        """Keep what was made beside what is there, and clear away what was used longest ago of too many files."""
        with suppress(OSError):
            if self.made:
                rows = [(key, *row) for key, kept in (self._read_cached() | self.made).items() for row in kept]
                table = pd.DataFrame(rows[-MOST_KEPT_ROWS:], columns=[SERIES, *self.columns])
                write_table(self.cached, table, self.name)
            mark_used(self.cached)
            clear_away(self.cache_folder, self.name, ".csv", MOST_KEPT_FILES)

    def _read_cached(self) -> dict[str, KeptRows]:
        with suppress(OSError):
            if is_own(self.cached, MOST_KEPT_BYTES):
                return self._read(self.cached)
        return {}

    def _read(self, path: Path) -> dict[str, KeptRows]:
        table = read_kept_table(path, self.name)
        if table is None or not {SERIES, *self.columns} <= set(table.columns):
            return {}
        kept: dict[str, KeptRows] = {}
        for key, *row in table[[SERIES, *self.columns]].drop_duplicates().itertuples(index=False):
            if key:
                kept.setdefault(str(key), []).append(tuple(row))
        return kept


def read_kept_table(path: Path, name: str) -> pd.DataFrame | None:
    """The table in the file, or None where there is none, another engine made it, or it is not as it was written."""
    try:
        stamp, _, body = path.read_text(encoding="utf-8").partition("\n")
        if not stamp.strip().endswith(_made(name, body)):
            return None
        table = pd.read_csv(StringIO(body), dtype=str, keep_default_na=False)
        return table.assign(
            **{name: pd.to_numeric(table[name]) for name in table.columns.difference(list(TEXT_COLUMNS))}
        )
    except (OSError, ValueError):
        return None


def write_table(path: Path, table: pd.DataFrame, name: str, version: str = "any") -> None:
    """Write a table of that name whole or not at all; its first line has hashes of data, engine and the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = table.to_csv(index=False, lineterminator="\n")
    replace_file(path, f"# data {version} {_made(name, body)}\n{body}".encode(), mode=0o644)


def _made(name: str, body: str) -> str:
    """How the first line of a table ends that this engine made with that body."""
    return f"engine {engine_version(name)} rows {hashlib.sha256(body.encode()).hexdigest()[:16]}"
