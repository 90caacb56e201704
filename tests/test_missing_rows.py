"""Any row of the base year away from a data folder: one sentence says which, or everything works without it."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.errors import BaselinesError
from agriplan.places import baselines_folder
from tests.thoroughness import FULL

DATA = read_baselines(baselines_folder())
OBSERVED = (baselines_folder() / "observed.csv").read_text(encoding="utf-8").splitlines(keepends=True)


def _rows():
    """Lines of the base year on the plan's basis: their numbers, and which area and indicator they are of."""
    for at, (area, indicator, year, _, _, basis, *_) in enumerate(csv.reader(OBSERVED)):
        if (year, basis) == (str(DATA.base_year), DATA.basis):
            yield at, area, indicator


def _kind(area, indicator):
    """What a row is to the plan: of the region or of a league, named or not, and how commitments use its indicator."""
    uses = {
        (one.kind, part, area == DATA.region.code or area in one.leagues)
        for one in DATA.commitments
        for part in ("quantity", "herd", "unit_value")
        if getattr(one, part) == indicator
    }
    return area == DATA.region.code, tuple(sorted(uses))


ROWS = {f"{area}-{indicator}": (at, area, indicator) for at, area, indicator in _rows()}
ONE_OF_A_KIND = {_kind(area, indicator): name for name, (_, area, indicator) in reversed(ROWS.items())}


def without(at, target):
    folder = Path(shutil.copytree(baselines_folder(), target))
    (folder / "observed.csv").write_text("".join(OBSERVED[:at] + OBSERVED[at + 1 :]), encoding="utf-8")
    return folder


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ROWS if FULL else sorted(ONE_OF_A_KIND.values()))
def test_a_plan_without_a_row_is_refused_in_one_sentence_or_works(name, tmp_path):
    at, area, indicator = ROWS[name]
    folder = without(at, tmp_path / "copy")
    asked = ("check", "evaluate", "workbook") if FULL else ("plan", "evaluate")
    for command in asked:
        more = {"evaluate": ["--as-of", "2022"], "workbook": ["region", "-o", str(tmp_path / "book.xlsx")]}
        done = CliRunner().invoke(main, ["--baselines", str(folder), command, *more.get(command, [])])
        if done.exit_code:
            assert done.exit_code == 2, done.exception
            assert done.stderr.startswith(f"observed.csv: {indicator}, {area}, 2020: ")
            assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", [name for name in ROWS if name.startswith("150000")])
def test_a_folder_without_a_quantity_of_the_region_is_refused_when_it_is_read(name, tmp_path, baselines):
    at, area, indicator = ROWS[name]
    folder = without(at, tmp_path / "copy")
    if any(one.quantity == indicator for one in baselines.commitments):
        with pytest.raises(BaselinesError) as caught:
            read_baselines(folder)
        assert [one.place for one in caught.value.problems] == [f"observed.csv: {indicator}, {area}, 2020"]
    else:
        read_baselines(folder)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("150000,milk_output,2020,611.5", "150000,milk_output,2020,x"),
        ("150000,milk_output,2020,611.5", "150000,milk_output,2020年,611.5"),
        ("150000,milk_output,2020,611.5", "15000,milk_output,2020,611.5"),
        ("150000,milk_output,2020,611.5", "150000,milk_outptu,2020,611.5"),
        ("150000,milk_output,2020,611.5", "150000,milk_output,2020,61,1.5"),
    ],
)
def test_a_row_of_the_region_with_a_slip_is_not_missing_too(right, wrong, tmp_path):
    folder = without(0, tmp_path / "copy")
    (folder / "observed.csv").write_text("".join(OBSERVED).replace(right, wrong), encoding="utf-8")
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    assert {one.place.partition(": ")[0] for one in caught.value.problems} == {"observed.csv:192"}
