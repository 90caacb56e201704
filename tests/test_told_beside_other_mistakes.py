"""A word that refers to nothing is told though something else is wrong in its row or file, and nothing that follows."""

import csv
import re

import pytest
from bad_data import SHIPPED, broken_copy
from click.testing import CliRunner

from agriplan.baselines.csv_table import csv_text
from agriplan.baselines.files import FILES
from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.errors import BaselinesError

NOWHERE = "nowhere_at_all"
# By file the fields that name what another file defines, and what of the same row is left empty.
ROWS = {
    "observed.csv": (["area", "indicator", "basis", "source", "unit"], "grade"),
    "assumptions.csv": (["area", "indicator", "source"], "growth"),
    "places.csv": (["leagues"], "place_en"),
}
ENTRIES = {
    "plan.toml": ["of", "per"],
    "commitments.toml": ["quantity", "unit_value", "herd", "leagues", "supports", "about", "source"],
    "balances.toml": ["source", "of", "per", "about", "stock", "each", "herd", "over"],
}


def told(tmp_path, mistakes):
    with pytest.raises(BaselinesError) as caught:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", mistakes))
    return caught.value.problems


@pytest.mark.parametrize("file", ROWS)
def test_every_word_of_a_row_is_looked_up_beside_an_empty_cell(file, tmp_path):
    fields, emptied = ROWS[file]
    header, first, *rest = csv.reader((SHIPPED / file).read_text(encoding="utf-8").splitlines())
    row = dict(zip(header, first, strict=True)) | dict.fromkeys(fields, NOWHERE) | {emptied: ""}
    if "unit" in fields:  # measured by an indicator that there is
        row |= {"indicator": first[header.index("indicator")]}
        fields = [name for name in fields if name != "indicator"]
    text = csv_text([header, list(row.values()), *rest])
    places = [one.place for one in told(tmp_path, [{"file": file, "whole": text}])]
    assert sorted(places) == sorted(f"{file}:2: {name}" for name in (*fields, emptied))


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, names in ENTRIES.items() for name in names])
def test_every_entry_of_a_file_is_looked_up_beside_a_key_that_is_not_known(file, name, tmp_path):
    text = (SHIPPED / file).read_text(encoding="utf-8")
    found = re.search(rf'(?m)^(?:[^#\n]*[{{ ])?{name} = \[?"(\w+)"', text)
    whole = f"odd = 1\n{text[: found.start(1)]}{NOWHERE}{text[found.end(1) :]}"
    said = told(tmp_path, [{"file": file, "whole": whole}])
    assert [one.code for one in said if one.place == f"{file}: odd"] == ["unknown_key"]
    others = [one for one in said if one.place != f"{file}: odd"]
    assert [one.values["word"] for one in others] == [NOWHERE]
    assert re.search(rf"\b{name}\b", others[0].place)


def test_nothing_is_said_of_who_refers_to_an_id_that_could_not_be_read(tmp_path):
    for number, (file, find, put) in enumerate(
        (
            ("commitments.toml", 'id = "milk"', 'id = "M ilk"'),
            ("commitments.toml", 'id = "forage_value"', 'id = "milk"'),
            ("plan.toml", 'code = "150000"', 'code = "15000"'),
        )
    ):
        (one,) = told(tmp_path / str(number), [{"file": file, "find": find, "put": put}])
        assert one.place.startswith(file)


def test_blanks_around_a_cell_are_passed_over_in_every_column(tmp_path, baselines):
    mistakes = []
    for file in (name for name in FILES if (SHIPPED / name).exists() and name.endswith(".csv")):
        header, *rows = csv.reader((SHIPPED / file).read_text(encoding="utf-8").splitlines())
        spaced = csv_text([header, *([f" {cell}\u3000" if cell else "" for cell in row] for row in rows)])
        mistakes.append({"file": file, "whole": spaced})
    data = read_baselines(broken_copy(SHIPPED, tmp_path / "copy", mistakes))
    for table in ("observed", "sources", "assumptions"):
        assert getattr(data, table).equals(getattr(baselines, table)), table
    assert (data.areas, data.indicators, data.places) == (baselines.areas, baselines.indicators, baselines.places)


@pytest.mark.parametrize("file", ["leagues.csv", "places.csv"])
def test_a_link_that_leads_back_to_itself_is_told_as_one(file, tmp_path):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [{"file": file, "delete": True}])
    (folder / file).symlink_to(file)
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    assert [one.code for one in caught.value.problems if one.place == file] == ["link_in_a_circle"]


def test_what_is_said_of_a_table_is_told_whole_where_nobody_is_there_to_be_asked(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("2021年奶类产量（万吨）,\n盟市,产量\n通辽市,39.1\n", encoding="utf-8")
    words = ["take", str(table), "-o", str(tmp_path / "d"), "--accept"]
    words += ["--basis", "b", "--grade", "g", "--source", ""]
    said = CliRunner().invoke(main, words).stderr
    for option in ("“b”", "“g”", "--source"):
        assert option in said, said
