"""What is filled in in missing.csv: each thing once, and whatever is wrong with it is told by the row of that file."""

import re
import shutil
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.baselines.csv_table import raw_csv
from agriplan.baselines.folder import read_baselines
from agriplan.baselines.missing import ENTRIES, LINES_FROM, NAME
from agriplan.cli import main
from agriplan.errors import BaselinesError, Problem
from agriplan.places import baselines_folder
from agriplan.rolling.missing_rows import rows_in

KINDS = ("figure", "growth", "target", "quote")
GIVEN = {"figure": "9", "growth": "3", "target": "9000", "quote": "羊绒产量达到9000吨"}
# What a person types in the place of a number, for each of which there is a sentence.
WRONG = ("-500", "9,00", "九千", "9000吨", "9000.123", "1e300", "0.0000000000001")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an indicator more, of which everything is filled in."""
    folder = tmp_path_factory.mktemp("begun") / "plan"
    done = CliRunner().invoke(main, ["init", str(folder), "--add", "cashmere:amount:羊毛产量（吨）"])
    assert done.exit_code == 0, done.output
    table = raw_csv((folder / NAME).read_text(encoding="utf-8"))
    growth = {"value": "3", "low": "1", "high": "5"}
    figures = {line: "900" if row.get("area") == "150000" else "9" for line, row in table.cells().items()}
    filled = {
        line: row | (growth if row["what"] == "growth" else {"value": GIVEN[row["what"]]})
        for line, row in table.cells().items()
    }
    filled |= {line: row | {"value": figures[line]} for line, row in filled.items() if row["what"] == "figure"}
    (folder / NAME).write_text(table.written((), filled), encoding="utf-8")
    read_baselines(folder)
    return folder


@pytest.fixture
def plan(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "plan"))


def rows_of(plan: Path) -> dict[int, dict[str, str]]:
    return raw_csv((plan / NAME).read_text(encoding="utf-8")).cells()


def line_of(plan: Path, what: str) -> int:
    return next(line for line, row in rows_of(plan).items() if row["what"] == what)


def change(plan: Path, line: int, **cells: str) -> None:
    table = raw_csv((plan / NAME).read_text(encoding="utf-8"))
    (plan / NAME).write_text(table.written((), {line: table.cells()[line] | cells}), encoding="utf-8")


def add(plan: Path, name: str, row: Mapping[str, str]) -> int:
    """Add a row to a file; returns its line."""
    table = raw_csv((plan / name).read_text(encoding="utf-8"))
    (plan / name).write_text(table.written([row]), encoding="utf-8")
    return max(table.rows) + 1


def told(plan: Path) -> list[Problem]:
    with pytest.raises(BaselinesError) as caught:
        read_baselines(plan)
    texts = [one.text(lang) for one in caught.value.problems for lang in ("zh", "en")]
    assert not [text for text in texts if re.search(rf"{str(LINES_FROM)[:-3]}\d{{3}}", text)]
    return list(caught.value.problems)


@pytest.mark.parametrize(("what", "value"), [*product(KINDS, ("", "7777"))])
def test_what_is_filled_in_in_two_rows_is_refused_by_both_rows(plan: Path, what: str, value: str):
    first = line_of(plan, what)
    row = rows_of(plan)[first]
    second = add(plan, NAME, row | ({"value": value} if value and what in ("target", "quote") else {}))
    (problem,) = told(plan)
    assert (problem.place, problem.code, problem.values["first"]) == (f"{NAME}:{second}", "given_twice", first)


@pytest.mark.parametrize("what", KINDS)
def test_what_another_file_says_too_is_refused_by_both_places(plan: Path, what: str):
    line = line_of(plan, what)
    row = rows_of(plan)[line]
    if what in ENTRIES:
        text = (plan / "commitments.toml").read_text(encoding="utf-8")
        said = 'quote = "x"' if what == "quote" else "target = 1"
        text = text.replace('id = "cashmere"', f'id = "cashmere"\n{said}')
        (plan / "commitments.toml").write_text(text, encoding="utf-8")
        place = rf"commitments\.toml: commitment\[\d\]\.{what}"
    else:
        name = {"figure": "observed.csv", "growth": "assumptions.csv"}[what]
        place = f"{name}:{add(plan, name, row | {'indicator': row['id'], 'growth': row['value']})}"
    (problem,) = told(plan)
    assert (problem.place, problem.code) == (f"{NAME}:{line}", "given_elsewhere")
    assert re.fullmatch(place, str(problem.values["place"]))


@pytest.mark.parametrize(
    ("what", "typed"),
    [pair for pair in product(("figure", "growth", "target"), WRONG) if pair != ("figure", "9000.123")],
)
def test_a_wrong_value_is_told_by_its_row_of_missing_csv(plan: Path, what: str, typed: str):
    line = line_of(plan, what)
    change(plan, line, value=typed)
    assert {one.place for one in told(plan)} <= {f"{NAME}:{line}: value", f"{NAME}:{line}"}


@pytest.mark.parametrize(
    ("what", "column"), [("figure", "id"), ("figure", "area"), ("growth", "id"), ("growth", "source")]
)
def test_what_a_row_refers_to_is_told_by_a_column_that_it_has(plan: Path, what: str, column: str):
    line = line_of(plan, what)
    change(plan, line, **{column: "nothing"})
    assert f"{NAME}:{line}: {column}" in [one.place for one in told(plan)]


def test_a_row_that_may_stay_empty_leaves_what_commitments_say(plan: Path):
    add(plan, NAME, {"what": "target", "id": "milk", "needed": "no"})
    assert read_baselines(plan).by_id["milk"].target == read_baselines(baselines_folder()).by_id["milk"].target


def test_a_second_row_that_is_empty_takes_nothing_from_the_first(plan: Path):
    row = rows_of(plan)[line_of(plan, "target")]
    add(plan, NAME, row | {"value": "", "needed": "no"})
    assert read_baselines(plan).by_id["cashmere"].target == 9000
    assert {one.what for one in rows_in((plan / NAME).read_text(encoding="utf-8"))} == set(KINDS)


@pytest.mark.parametrize(("said", "status"), [("羊绒产量（吨）", 0), ("羊绒产量", 0), ("羊绒产量（万吨）", 2)])
def test_an_indicator_that_there_is_is_meant_by_its_name_and_in_no_other_unit(tmp_path, said: str, status: int):
    done = CliRunner().invoke(
        main, ["--lang", "zh", "init", str(tmp_path / "plan"), "--add", f"cashmere:amount:{said}"]
    )
    assert done.exit_code == status, done.output
    if status:
        assert "“羊绒产量”也是指标cashmere_output的名称" in done.output
        assert not (tmp_path / "plan").exists()
    else:
        assert 'quantity = "cashmere_output"' in (tmp_path / "plan" / "commitments.toml").read_text("utf-8")
