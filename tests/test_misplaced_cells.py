"""Cells under other heads than their own, told once: behind a lost or full-width comma, or where heads were swapped."""

import csv
from itertools import combinations, product

import pytest

from agriplan.baselines.csv_table import csv_text
from agriplan.baselines.files import FILES
from agriplan.baselines.folder import read_baselines
from agriplan.baselines.read_files import known_words, read_csv_tables
from agriplan.baselines.records import PlanHeader
from agriplan.baselines.rows import read_cells, read_rows, read_text
from agriplan.baselines.toml_file import read_toml
from agriplan.errors import BaselinesError
from agriplan.rolling.beginning import read_areas
from tests.bad_data import SHIPPED, broken_copy
from tests.thoroughness import tried

NAMES = [name for name in FILES if name.endswith(".csv") and (SHIPPED / name).exists()]
# What is put where a row holds nothing, so that a comma parts two cells.
FILLED = {
    "also": "某地",
    "note_zh": "据年报",
    "note_en": "by report",
    "upper": "99999",
    "date": "2020-01",
    "title_en": "Some title",
    "publisher_zh": "某局",
    "publisher_en": "Some office",
    "used_for": "observed",
    "address": "a.cn/b.htm",
}
# Two free texts: where one ends and the other begins is not to be seen, and a comma may stand in either.
TWO_TEXTS = {("note_zh", "note_en")}
# The last cells of a row, of which the second may be empty: where it is, and no comma is seen, the first holds a wrong
# word or number, which is told instead.
LAST_TWO = {("order", "also"), ("decimals", "upper"), ("source", "note_zh")}
# Lists without digits or dots in both: an address may go on with any word.
ADDRESS = {("address", "used_for")}
# Heads below which things of one sort stand: titles and those who published them, in either language.
ALIKE = {("title_zh", "publisher_zh"), ("title_en", "publisher_en")}


def rows_of(name):
    with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def known():
    """The words of every file's columns that other files define."""
    problems = []
    texts = {name: read_text(SHIPPED / name, FILES, problems) for name in (*NAMES, "plan.toml")}
    header = read_toml("plan.toml", texts["plan.toml"], PlanHeader, problems)
    cells = read_csv_tables(texts, header, problems)
    assert not problems
    return {name: known_words(name, cells, header) for name in NAMES}


def told_of(name, rows, known):
    problems = []
    read_rows(name, read_cells(name, csv_text(rows), FILES[name], problems, known[name]), FILES[name], problems)
    return problems


def told_of_folder(name, rows, tmp_path):
    try:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [{"file": name, "whole": csv_text(rows)}]))
    except BaselinesError as error:
        return list(error.problems)
    return []


def with_comma_lost(name, number, at, sign, is_filled_up):
    """The rows of a file with two cells of one as one, and that cell."""
    heads, *rows = rows_of(name)
    row = list(rows[number])
    for place in (at, at + 1):
        row[place] = row[place] or FILLED[heads[place]]
    merged = f"{row[at]}{sign}{row[at + 1]}"
    rows[number] = [*row[:at], merged, *row[at + 2 :], *([""] if is_filled_up else [])]
    return [heads, *rows], merged


def lost_commas():
    for name in NAMES:
        pairs = range(len(rows_of(name)[0]) - 1)
        yield from product([name], (0, -1)[: tried(1, 2)], pairs, ("", "，"), (False, True))


def is_told(told, name, number, at, sign, is_filled_up, merged):
    pair = tuple(rows_of(name)[0][at : at + 2])
    if pair in TWO_TEXTS:
        return len(told) <= 1
    if not sign and (pair in ADDRESS or (is_filled_up and pair in LAST_TWO)):
        return len(told) == 1
    return [(one.code, one.values.get("word")) for one in told] == [("comma_lost", merged)]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", NAMES)
def test_a_comma_that_is_lost_or_full_width_is_named_in_one_sentence(name, known):
    for case in (case for case in lost_commas() if case[0] == name):
        rows, merged = with_comma_lost(*case)
        told = told_of(name, rows, known)
        pair = tuple(rows[0][case[2] : case[2] + 2])
        if told or pair != ("source", "note_zh"):  # else a source that the whole folder does not know
            assert is_told(told, *case, merged), (case, [one.text("zh") for one in told])


@pytest.mark.parametrize("case", [("leagues.csv", 1, 0, "，", True), ("sources.csv", 1, 0, "", False)])
def test_nothing_is_told_of_what_refers_to_a_row_behind_a_lost_comma(case, tmp_path):
    rows, merged = with_comma_lost(*case)
    assert is_told(told_of_folder(case[0], rows, tmp_path), *case, merged)


@pytest.mark.thorough
@pytest.mark.parametrize("case", list(lost_commas()))
def test_nothing_in_the_folder_is_told_beside_a_lost_comma(case, tmp_path):
    rows, merged = with_comma_lost(*case)
    told = told_of_folder(case[0], rows, tmp_path)
    assert is_told(told, *case, merged), [one.text("zh") for one in told]


@pytest.mark.parametrize(
    "row",
    [
        "150300，乌海市,Wuhai,city,11,",
        "150300乌海市,Wuhai,city,11",
        "150300,乌海市，Wuhai,city,11,",
        "150300,乌海市，Wuhai,city,11,,",
        "150300,乌海市Wuhai,city,11,",
        "150300,乌海市Wuhai,city,11,,",
        "150300,乌海市,Wuhai，city,11,",
        "150300,乌海市,Wuhaicity,11,,",
        "150300,乌海市,Wuhai,city，11,",
        "150300,乌海市,Wuhai,city11",
        "150300，乌海市，Wuhai，city，11,,,,,",
        "150300，乌海市，Wuhai，city，11",
    ],
)
def test_a_league_without_other_names_behind_a_lost_comma_is_told(row, known):
    rows = [next(csv.reader([row])) if "乌海市" in one else one for one in rows_of("leagues.csv")]
    told = told_of("leagues.csv", rows, known)
    assert [one.code for one in told] == ["comma_lost"], [one.text("zh") for one in told]
    assert told[0].values["word"] in next(csv.reader([row]))


@pytest.mark.parametrize("row", ["150300,乌海市,Wuhai,city,11", "150300,乌海市,Wuhai,city"])
def test_a_row_without_its_last_cells_lacks_no_comma(row, known):
    rows = [row.split(",") if "乌海市" in one else one for one in rows_of("leagues.csv")]
    assert told_of("leagues.csv", rows, known) == []


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", NAMES)
def test_two_heads_in_each_others_place_are_named_in_one_sentence(name, known):
    heads, *rows = rows_of(name)
    for one, other in combinations(heads, 2):
        turned = [{one: other, other: one}.get(head, head) for head in heads]
        told = [(each.code, {*each.values.values()}) for each in told_of(name, [turned, *rows], known)]
        assert told == ([] if (one, other) in ALIKE else [("heads_swapped", {one, other})]), (one, other)


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_the_folder_is_told_beside_two_swapped_heads(name, tmp_path):
    heads, *rows = rows_of(name)
    for number, (one, other) in enumerate(pair for pair in combinations(heads, 2) if pair not in ALIKE):
        turned = [{one: other, other: one}.get(head, head) for head in heads]
        told = told_of_folder(name, [turned, *rows], tmp_path / str(number))
        assert [each.code for each in told] == ["heads_swapped"], (one, other)
        assert {told[0].values["word"], told[0].values["other"]} == {one, other}


REGION = "990000,某省,Some Province\n990100,甲市,Jia\n990200,乙市,Yi\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"code,name_zh,name_en\n{REGION}".replace("990000,某省,", "990000，某省，"), "comma_lost"),
        (f"code,name_zh,name_en\n{REGION}".replace("甲市,", "甲市"), "comma_lost"),
        (f"name_zh,code,name_en\n{REGION}", "heads_swapped"),
        (f"code,name_en,name_zh\n{REGION}", "heads_swapped"),
        (f"code,name_zh,name_en\n{REGION}".replace(",", ";"), "csv_other_sign"),
        (f"code,name_zh,name_en\n{REGION}".replace(",", "，"), "csv_other_sign"),
        (f"sep=,\ncode,name_zh,name_en\n{REGION}", "csv_sep_line"),
        (f"code,name_zh,name_en\n{REGION}\0", "csv_nul"),
        (f'code,name_zh,name_en\n{REGION}"', "not_csv"),
    ],
)
def test_a_list_of_areas_is_read_as_the_files_of_a_folder_are(text, code):
    with pytest.raises(BaselinesError) as refused:
        read_areas(text.encode(), "list.csv")
    assert [one.code for one in refused.value.problems] == [code]


@pytest.mark.parametrize(
    "text", [f"code,name_zh,name_en,memo\n{REGION}\x1a", f"code,name_zh,name_en\r\n{REGION}\x1a\r\n"]
)
def test_further_columns_and_the_mark_of_an_end_are_passed_over_in_a_list_of_areas(text):
    assert [one.name_zh for one in read_areas(text.encode(), "list.csv")] == ["某省", "甲市", "乙市"]


@pytest.mark.parametrize("name", ["observed.csv", "leagues.csv"])
def test_the_mark_of_an_end_is_passed_over_and_characters_that_are_not_seen_are_named(name, tmp_path):
    for number, end in enumerate(("\x1a", "\x1a\n", "\n\x1a")):
        read_baselines(broken_copy(SHIPPED, tmp_path / str(number), [{"file": name, "append": end}]))
    with pytest.raises(BaselinesError) as refused:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [{"file": name, "append": "\0\0\0"}]))
    assert [one.code for one in refused.value.problems if one.place.startswith(name)] == ["csv_nul"]
