"""docs/usability.md: what four data folders cost a bureau by the data manual, counted while it is done.

A step is a command, or a file that is filled in; a value is a cell that is typed.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.places import baselines_folder
from tests.install.documents import fill_cashmere
from tests.install.following import commands, page
from tests.rolling import missing_csv, test_beginning

MANUAL = (baselines_folder() / "README.md").read_text(encoding="utf-8")


AREA_COLUMNS = ("code", "name_zh", "name_en")


@dataclass
class Hand:
    """Somebody who follows the manual in a folder: does what it says, and counts."""

    folder: Path
    steps: int = 0
    values: int = 0

    def types(self, *options: str) -> Path:
        """The command of the manual with these options; returns the folder that it makes."""
        _, init, name, *words = next(
            line for line in commands(MANUAL) if " init " in line and all(one in line for one in options)
        ).split()
        words = [str(self.folder / word) if word.endswith(".csv") else word for word in words]
        told = CliRunner().invoke(main, [init, str(self.folder / name), *words])
        assert told.exit_code == 0, told.output
        self.steps += 1
        return self.folder / name

    def fills(self, file: Path, fill: Callable[[Path], object]) -> None:
        """A file of a name that the manual names."""
        assert f"`{file.name}`" in MANUAL
        before = cells(file) if file.exists() else {}
        fill(file.parent)
        self.steps += 1
        self.values += len(cells(file).items() - before.items())


def cells(file: Path) -> Mapping[tuple[int, str], str]:
    """What stands in a file; of missing.csv the columns that are filled in."""
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    filled = ("value", "low", "high") if file.name == "missing.csv" else AREA_COLUMNS
    return {(line, name): row[name] for line, row in enumerate(rows) for name in filled if row[name]}


def cashmere(hand: Hand) -> Path:
    made = hand.types("--add")
    hand.fills(made / "missing.csv", fill_cashmere)
    return made


def next_period(hand: Hand) -> Path:
    made = hand.types("--base-year")
    hand.fills(made / "missing.csv", missing_csv.fill)
    return made


def another_region(hand: Hand) -> Path:
    hand.fills(hand.folder / "名单.csv", lambda folder: test_beginning.areas_file(folder).rename(folder / "名单.csv"))
    made = hand.types("--region")
    hand.fills(made / "missing.csv", test_beginning.fill)
    return made


def one_indicator(hand: Hand) -> Path:
    return hand.types("--indicator")


JOBS: dict[str, Callable[[Hand], Path]] = {
    "an indicator with a target more (cashmere)": cashmere,
    "the next period, 2025 to 2030": next_period,
    "another region, 24 leagues": another_region,
    "one indicator only": one_indicator,
}
ROW = re.compile(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
TABLE = {job: tuple(map(int, counts)) for job, *counts in ROW.findall(page("docs/usability.md"))}


@pytest.mark.parametrize("job", JOBS)
def test_a_data_folder_takes_at_most_half_of_the_steps_and_values_that_it_took(job: str, tmp_path: Path) -> None:
    hand = Hand(tmp_path)
    made = JOBS[job](hand)
    assert read_baselines(made).commitments
    steps_before, steps, values_before, values = TABLE[job]
    assert (hand.steps, hand.values) == (steps, values)
    assert 2 * steps <= steps_before
    assert 2 * values <= values_before
