"""The shipped data, read once for all commands that a process of tests runs within itself.

They cannot change while tests run; any other folder is read as always, and so is this one by whoever asks for it
without the command line.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.commands import session
from agriplan.places import baselines_folder

agriplans_own = session.read_baselines, session.suggestions_for


@cache
def shipped() -> Baselines:
    return agriplans_own[0](baselines_folder())


@cache
def shipped_suggestions() -> pd.DataFrame:
    return agriplans_own[1](shipped())


def read(folder: Path) -> Baselines:
    """The data of a folder."""
    return shipped() if folder == baselines_folder() else agriplans_own[0](folder)


def suggest(data: Baselines) -> pd.DataFrame:
    """The growth suggestions of data."""
    return shipped_suggestions() if data is shipped() else agriplans_own[1](data)


def install() -> None:
    """Have commands do so."""
    session.read_baselines, session.suggestions_for = read, suggest
