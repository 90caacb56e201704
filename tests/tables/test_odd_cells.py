"""Cells that hold no plain number: each is counted once, with its own reason, and costs no other cell."""

import csv
import random
import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from agriplan.cli import main
from agriplan.errors import WorkbookError
from agriplan.taking.cells import read_cell
from agriplan.taking.given import TableScope
from agriplan.taking.grid import decode_table, form_text, parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.vocabulary import listed_words
from agriplan.taking.words import Words
from tests.tables.test_tables import TABLES, grids_of
from tests.thoroughness import by_turns, tried

# What bureaus, scanners and typists put where a figure belongs -> the value and state that it comes out with.
UNREAD = (
    *(
        "3 5.9",
        "36。2",
        "37,4",
        "37、4",
        "40.2万吨",
        "40.2 t",
        "40.1万",
        "1.2亿",
        "40.2（不全）",
        "约40",
        "40.2-41.3",
        "4o.2",
    ),
    *("٤٥", "４٥.2"),
    *("未报", "缺", "（缺）", "见注①", "#REF!", "x", "未报（初步）", "【40.2】"),
)
NOTED = {
    "40.2（初步）": 40.2,
    "70.1 e": 70.1,
    "45.1*": 45.1,
    "45.1 p": 45.1,
    "１２.５（初步数）": 12.5,
}
# What may be another number, or is none of the year's last ones: the value is there, and a person looks at it.
LOOKED_AT = {"40.2(快报数)": 40.2, "144000（预计）": 144000.0, "△46.0": 46.0, "▲3.5": 3.5}
IN_BRACKETS = {"(733.8)": 733.8, "（40.2）": 40.2, "(12)": 12.0}
ODD = (*UNREAD, *NOTED, *LOOKED_AT, *IN_BRACKETS)
AREAS = ("通辽市", "包头市", "赤峰市", "兴 安 盟", "锡林郭勒", "呼伦贝尔市", "全区")
YEARS = ("2019年", "2020年", "2021年", "2022年")
THINGS = ("奶类产量", "牛肉产量", "羊肉产量")


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


def years_across(cells):
    return ["各盟市奶类产量", "单位：万吨", "\t".join(("地区", *YEARS)), *lines(AREAS, cells)], (4, YEARS, AREAS)


def leagues_across(cells):
    return ["2022年畜产品产量（万吨）", "\t".join(("指标", *AREAS)), *lines(THINGS, cells)], (3, AREAS, THINGS)


def things_across(cells):
    heads = "\t".join(("盟市", *(f"{thing}(万吨)" for thing in THINGS)))
    return ["2022年", heads, *lines(AREAS, cells)], (3, THINGS, AREAS)


def years_down(cells):
    return ["通辽市畜产品（万吨）", "\t".join(("年份", *THINGS)), *lines(YEARS, cells)], (3, THINGS, YEARS)


LAYOUTS = (years_across, leagues_across, things_across, years_down)


def lines(names, cells):
    return ["\t".join((name, *row)) for name, row in zip(names, cells, strict=False)]


@st.composite
def tables(draw):
    """A table of one of the layouts with odd cells in random places, and the texts by place."""
    layout = draw(st.sampled_from(LAYOUTS))
    _, (first, columns, rows) = layout([])
    texts = [[f"{30 + 4 * number + at}.5" for at in range(len(columns))] for number in range(len(rows))]
    places = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    odd = draw(st.dictionaries(st.sampled_from(places), st.sampled_from(ODD), max_size=len(places) - 1))
    for (row, column), text in odd.items():
        texts[row][column] = text
    placed = {f"表!{'ABCDEFGH'[1 + column]}{first + row}": texts[row][column] for row, column in places}
    return "\n".join(layout(texts)[0]), placed


@settings(max_examples=tried(50, 150), deadline=None)
@given(table=tables())
def test_every_cell_below_heads_of_figures_is_counted_once_and_none_loses_another(table, words):
    text, placed = table
    taken = read_figures(parse_table("表", text), words)
    assert {one.place: one.text for one in taken} == placed
    assert len(taken) == len(placed)
    for one in taken:
        if one.text in UNREAD:
            assert one.state == "unknown"
            assert one.reasons[0].values.get("word") == one.text
            assert (one.reasons[0].code == "digits_of_other_script") == ("٥" in one.text)
        elif one.text in IN_BRACKETS | LOOKED_AT:
            assert (one.state, one.value) == ("doubtful", (IN_BRACKETS | LOOKED_AT)[one.text])
        else:
            assert (one.state, one.value) == ("found", NOTED.get(one.text) or float(one.text)), one.reasons
            assert bool(one.note) == (one.text in NOTED)


@pytest.mark.parametrize("text", ["41\n500", "41\r\n500", "41\t500", "41\u2028500", "4\u200b1"])
def test_two_figures_in_one_cell_are_a_figure_that_is_not_read(text):
    cell = read_cell(text)
    assert (cell.number, cell.is_figure) == (None, True)


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("share", "name"), by_turns([0.1, 0.4, 0.8], TABLES))
def test_odd_cells_in_a_published_table_cost_no_other_cell(share, name, words):
    chance = random.Random(f"{name} {share}")
    for grid in grids_of(name):
        whole = {one.place: one for one in read_figures(grid, words)}
        odd = {place: chance.choice(ODD) for place in whole if chance.random() < share}
        rows = [list(row) for row in grid.rows]
        for place, text in odd.items():
            column, row = re.fullmatch(r"([A-Z])(\d+)", place.rpartition("!")[2]).groups()
            rows[int(row) - 1][ord(column) - ord("A")] = read_cell(text)
        taken = {one.place: one for one in read_figures(replace(grid, rows=tuple(map(tuple, rows))), words)}
        assert set(taken) == set(whole)
        for place in whole.keys() - odd.keys():
            assert (taken[place].state, taken[place].key, taken[place].value) == (
                whole[place].state,
                whole[place].key,
                whole[place].value,
            )
        assert not [one for place, one in taken.items() if place in odd and one.text in UNREAD and one.is_known]


def test_a_row_of_odd_cells_alone_is_counted_too(words):
    text = "地区,2021年奶类产量(万吨),2022年奶类产量(万吨)\n通辽市,未报,(40.2)\n包头市,36。2,3 5.9\n赤峰市,45.1*,46\n"
    taken = read_figures(parse_table("表.csv", text), words)
    assert [one.state for one in taken] == ["unknown", "doubtful", "unknown", "unknown", "found", "found"]


def test_what_a_table_notes_of_a_figure_is_shown_and_written_with_it(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("地区,2022年奶类产量(万吨)\n通辽市,40.2（初步）\n包头市,41.5*\n", encoding="utf-8")
    said = ("--accept", "--basis", "local", "--grade", "secondary", "--source", "统计公报")
    done = CliRunner().invoke(main, ["take", str(table), "-o", str(tmp_path / "plan"), *said])
    assert "表上注有“初步”" in done.output
    with (tmp_path / "plan" / "observed.csv").open(encoding="utf-8") as file:
        notes = [row["note_zh"] for row in csv.DictReader(file)]
    assert {"a.csv!B2（初步）", "a.csv!B3（*）"} <= set(notes)


def test_a_figure_that_is_not_nothing_is_not_shown_as_nothing(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("地区,2022年奶类产量(吨)\n通辽市,45.6\n包头市,0\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["take", str(table)]).output
    assert [line.split()[5] for line in shown.splitlines() if line.startswith("a.csv!")] == ["0.00456", "0.00"]


def test_heads_of_another_table_below_are_heads_all_the_same(words):
    text = "2021年奶类产量(万吨)\n地区\t产量\n通辽市\t37.1\n包头市\t(40.2)\n地区\t2022年羊肉产量(万吨)\n通辽市\t7.2"
    taken = read_figures(parse_table("表", text), words)
    assert [one.key for one in taken][-1] == ("mutton_output", "150500", 2022)
    assert len(taken) == 3


@pytest.mark.parametrize("text", ["70-75", "1-2", "965‰", "50．4万", "7 0 5"])
def test_digits_that_nobody_can_read_in_a_leagues_row_head_no_table(text, words):
    table = f"地区\t2022年奶类产量(万吨)\n包头市\t41.5\n呼伦贝尔市\t{text}\n通辽市\t37.1\n赤峰市\t45.0"
    taken = read_figures(parse_table("表", table), words)
    assert [one.state for one in taken] == ["found", "unknown", "found", "found"]


def merged_workbook(*merged, change=lambda book: None):
    """Three leagues by two years, with a figure in each of these merged ranges."""
    book = openpyxl.Workbook()
    for row in [
        ("奶类产量（万吨）",),
        ("地区", "2021年", "2022年"),
        ("通辽市", 37.1, 39.2),
        ("赤峰市", 45.0, 47.0),
        ("包头市", 41.5, 43),
    ]:
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    for each in merged:
        book.active.merge_cells(each)
    change(book)
    sent = BytesIO()
    book.save(sent)
    return sent.getvalue()


@pytest.mark.parametrize(
    ("merged", "doubtful", "found"), [("B3:B4", "B3", 5), ("B3:C3", "B3", 5), ("C4:C5", "C4", 5), ("A1:B1", "", 6)]
)
def test_a_figure_in_a_merged_cell_is_doubtful_on_the_page_as_well(merged, doubtful, found, words):
    (grid,) = read_file("表.xlsx", merged_workbook(merged) if doubtful else merged_workbook())
    for each in (grid, replace(parse_table(grid.name, form_text(grid)), name=grid.name)):
        taken = read_figures(each, words)
        assert len(taken) == found
        told = {one.place.rpartition("!")[2]: [reason.code for reason in one.remarks] for one in taken if one.remarks}
        assert told == ({doubtful: ["table_merged"]} if doubtful else {})


def hide_row(book):
    book.active.row_dimensions[4].hidden = True


def hide_columns(book):
    book.active.column_dimensions.group("C", "E", hidden=True)
    book.active["C3"] = "39.2（初步）"


def hide_sheet(book):
    book.create_sheet("说明")
    book.active.sheet_state = "veryHidden"
    book.active = 1


HIDDEN = {hide_row: "B4 C4", hide_columns: "C3 C4 C5", hide_sheet: "B3 B4 B5 C3 C4 C5"}


@pytest.mark.parametrize("change", HIDDEN)
def test_a_figure_that_is_hidden_is_doubtful_on_the_page_as_well(change, words):
    (grid,) = read_file("表.xlsx", merged_workbook("C4:C5", change=change))
    for each in (grid, replace(parse_table(grid.name, form_text(grid)), name=grid.name)):
        told = {
            one.place.rpartition("!")[2]: [reason.code for reason in one.remarks]
            for one in read_figures(each, words)
            if one.remarks
        }
        hidden = HIDDEN[change].split()
        assert {place for place, codes in told.items() if "table_hidden" in codes} == {*hidden} - {"C5"}
        assert [place for place, codes in told.items() if "table_merged" in codes] == ["C4"]
        assert ("table_noted" in told.get("C3", ())) == (change is hide_columns)


def test_a_number_with_a_unit_or_a_word_for_thousands_behind_it_is_told_as_such(words):
    for text in ("40.1万", "40.1万吨", "401000吨", "40.1 t", "40.1萬噸", "40.1 万"):
        for unit in ("吨", "万吨"):
            (one,) = read_figures(parse_table("表", f"盟市\t2021年奶类产量（{unit}）\n通辽市\t{text}"), words)
            assert [(reason.code, reason.values["word"]) for reason in one.reasons] == [
                ("table_number_with_unit", text)
            ]


FORMULAS = {
    "one of two figures": ((("盟市", "2021年奶类产量（万吨）"), ("通辽市", "=40+0.1"), ("赤峰市", 57.4)), "B2"),
    "a whole column": ((("盟市", "2021年奶类产量（万吨）", "2021年羊肉产量（万吨）"), ("通辽市", "=1", 7.2)), "B2"),
    "all figures": ((("盟市", "2021年奶类产量（万吨）"), ("通辽市", "=40+0.1"), ("赤峰市", "=1")), "B2 B3"),
    "names": ((("盟市", "2021年奶类产量（万吨）"), ("=A5", 40.1), ("=A6", 57.4)), "B2 B3"),
    "years of rows": ((("盟市", "年份", "奶类产量（万吨）"), ("通辽市", "=A9", 40.1), ("赤峰市", 2021, 57.4)), "C2"),
    "the year of a column": ((("2021年奶类产量（万吨）",), ("盟市", "=A9", "2020年"), ("通辽市", 40.1, 38.1)), "B3"),
    "figures left of names": ((("2021年奶类产量（万吨）", "盟市"), ("=1", "通辽市"), ("=2", "赤峰市")), "A2 A3"),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_what_rests_on_a_formula_without_a_value_is_told_and_nothing_else_lost_on_the_page_as_well(name, words):
    rows, without = FORMULAS[name]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sent = BytesIO()
    book.save(sent)
    (grid,) = read_file("表.xlsx", sent.getvalue())
    for each in (grid, parse_table(grid.name, form_text(grid))):
        taken = read_figures(each, words)
        told = {one.place.rpartition("!")[2]: [reason.code for reason in one.reasons] for one in taken if one.reasons}
        assert told == {place: ["table_unvalued"] for place in without.split()}
        assert all(one.is_known for one in taken if not one.reasons)


SIMPLIFIED = "盟市,2021年奶类产量（万吨）\n通辽市,40.1\n"
TRADITIONAL = "盟市,2021年奶類產量（萬噸）\n通遼市,40.1\n"
ENCODED = {"utf-8-sig": SIMPLIFIED, "gb18030": SIMPLIFIED, "utf-16": SIMPLIFIED, "cp950": TRADITIONAL}


@pytest.mark.parametrize("encoding", ENCODED)
def test_a_text_in_any_encoding_of_offices_is_quoted_as_it_was_written_and_read(encoding, words):
    grid = decode_table("表.csv", ENCODED[encoding].encode(encoding))
    lines = ENCODED[encoding].splitlines()
    assert [[cell.text for cell in row] for row in grid.rows[:2]] == [line.split(",") for line in lines]
    (one,) = read_figures(grid, words)
    assert (one.key, one.value, one.state) == (("milk_output", "150500", 2021), 40.1, "found")


def test_every_area_and_indicator_is_known_in_traditional_characters(words):
    written = str.maketrans({pair[1]: pair[0] for pair in listed_words("traditional")})
    for key, one in words.baselines.indicators.items():
        head = f"2021年{one.name_zh}（{one.unit_zh}）".translate(written)
        names = [each.name_zh.translate(written) for each in words.baselines.areas.values()]
        assert not any(
            character in "".join((head, *names)) for character in "产类万吨头只区辽伦贝尔锡乌兰兴内额马骆驼猪绒单"
        )
        taken = read_figures(
            parse_table("表", "\n".join((f"盟市\t{head}", *(f"{name}\t12.5" for name in names)))), words
        )
        assert {(each.indicator, each.year, each.value) for each in taken} == {(key, 2021, 12.5)}
        assert {each.area for each in taken} == set(words.baselines.areas)


PARTED = {
    "full-width commas": "地区，牛奶产量（万吨）\n通辽市，40.1",
    "semicolons": "地区;牛奶产量（万吨）\n通辽市;40.1",
    "full-width semicolons": "地区；牛奶产量（万吨）\n通辽市；40.1",
    "semicolons and commas of decimals": "地区;牛奶产量（万吨）\n赤峰市;40,2\n包头市;3,1\n通辽市;40.1",
    "semicolons within cells": "地区,牛奶产量（万吨）,注\n赤峰市,x,a;b\n包头市,x,a;b\n通辽市,40.1,a;b",
    "full-width commas within cells": "地区,牛奶产量（万吨）,注\n赤峰市,x,a，b\n包头市,x,a，b\n通辽市,40.1,a，b",
    "a line that says commas": "sep=,\n地区,牛奶产量（万吨）\n通辽市,40.1",
    "a line that says semicolons": "sep=;\n地区;牛奶产量（万吨）\n通辽市;40.1",
    "a line that says tabs": "sep=\t\n地区\t牛奶产量（万吨）\n通辽市\t40.1",
}


@pytest.mark.parametrize("name", ["表.csv", "stdin"])
@pytest.mark.parametrize("parted", PARTED)
def test_a_table_is_read_whatever_sign_stands_between_its_cells(parted, name, baselines):
    text = f"2021年牛奶产量\n{PARTED[parted]}" if not PARTED[parted].startswith("sep") else PARTED[parted]
    one = read_figures(parse_table(name, text), Words(baselines), TableScope(year=2021))[-1]
    assert (one.key, one.value, one.state) == (("milk_output", "150500", 2021), 40.1, "found")
    assert one.place.endswith(f"!B{len(text.splitlines())}")


def test_where_either_of_two_signs_may_stand_between_cells_that_is_told():
    with pytest.raises(WorkbookError) as refused:
        parse_table("表.csv", "地区;牛奶,产量（万吨）\n通辽市;40,1")
    assert [one.code for one in refused.value.problems] == ["table_signs_unclear"]
