"""In every list of a data folder a thing stands once: the place of the second says where the first is."""

import re

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.errors import BaselinesError

TABLES = re.compile(r"(?ms)^\[\[(\w+)\]\]\n.*?(?=^\[|\Z)")
NAMES = ("plan.toml", "commitments.toml", "balances.toml")
TOML = {name: (SHIPPED / name).read_text(encoding="utf-8") for name in NAMES}
# The first block of every list whose entries have ids.
WITH_IDS = {
    f"{name} {block[1]}": (name, block[0])
    for name, text in TOML.items()
    for block in reversed([*TABLES.finditer(text)])
    if re.search(r"(?m)^id = ", block[0])
}
# The first list of words of every sort: leagues, belts, supports, about.
OF_WORDS = {
    f"{block[1]} {found[1]}": (name, block[0], block[0].replace(found[0], f"{found[0]}, {found[2]}"))
    for name, text in TOML.items()
    for block in reversed([*TABLES.finditer(text)])
    for found in re.finditer(r'(?m)^(\w+) = \[("[^"]+")', block[0])
}


def places_told(tmp_path, file, old, new):
    text = (SHIPPED / file).read_text(encoding="utf-8")
    folder = broken_copy(SHIPPED, tmp_path / "copy", [{"file": file, "whole": text.replace(old, new, 1)}])
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    return [one.place for one in caught.value.problems]


def test_every_sort_of_list_is_tried():
    assert len(WITH_IDS) == 5
    assert {"commitment leagues", "commitment belts", "direction leagues", "project supports", "project leagues"} <= {
        *OF_WORDS
    }


@pytest.mark.parametrize("name", WITH_IDS)
def test_no_two_entries_of_a_list_have_one_id(name, tmp_path):
    file, block = WITH_IDS[name]
    sort = name.partition(" ")[2]
    again = TOML[file].replace(block, f"{block}\n{block}", 1)
    assert f"{file}: {sort}[2].id" in places_told(tmp_path, file, TOML[file], again)


@pytest.mark.parametrize("name", OF_WORDS)
def test_no_list_names_a_thing_twice(name, tmp_path):
    file, block, doubled = OF_WORDS[name]
    (place,) = places_told(tmp_path, file, block, doubled)
    sort, part = name.split()
    assert re.fullmatch(rf"{re.escape(file)}: {sort}\[\d+\]\.{part}(\[2\])?", place)


def test_no_place_holds_a_league_twice(tmp_path):
    assert places_told(tmp_path, "places.csv", "150500 ", "150500 150500 ") == ["places.csv:4: leagues[2]"]


def test_no_fodder_is_counted_twice(tmp_path):
    stored = re.search(r"(?<=stored = \[)\s*\{.*?\},", TOML["balances.toml"])[0]
    assert places_told(tmp_path, "balances.toml", stored, stored * 2) == ["balances.toml: fodder.stored[2]"]
