"""A table says the same in whatever order its columns stand, and its rows where none rests on the one above."""

import random
from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest

from agriplan.taking.grid import from_rows, parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.words import Words
from tests.tables.test_tables import grids_of
from tests.thoroughness import tried

LONG = """地区,指标,数值,年份,单位
通辽市,奶类产量,40.1,2021,万吨
通辽市,羊肉产量,7.2,2022,万吨
赤峰市,奶牛存栏,12.5,2021,万头
包头市,奶类产量,未报,2021,万吨
兴安盟,牛存栏,172.4,2020,万头"""
TABLES = {
    "a figure a row": LONG,
    "a figure a row with remarks": "\n".join(
        f"{line},{remark}" for line, remark in zip(LONG.splitlines(), ("备注", "", "见附表", "", "", ""), strict=True)
    ),
    "things across": "盟市,2021年奶类产量（万吨）,2021年羊肉产量（万吨）\n通辽市,40.1,7.2\n包头市,41.5,缺",
    "years across": "奶类产量（万吨）\n地区,2020年,2021年\n通辽市,38.1,40.1\n赤峰市,55.4,57.4",
    "leagues across": "2021年（万吨）\n指标,通辽市,赤峰市\n奶类产量,40.1,57.4\n羊肉产量,7.2,8.4",
    "years beside leagues": "地区,年份,奶类产量（万吨）\n通辽市,2020,38.1\n通辽市,2021,40.1\n赤峰市,2021,57.4",
    "leagues beside things": "盟市,指标,2020年（万吨）,2021年（万吨）\n通辽市,奶类产量,38.1,40.1\n赤峰市,羊肉产量,8,8",
}
# Whole tables of one row of heads whose rows stand each by itself.
FILES = ("beef_production", "in_tonnes", "leagues_across", "long_format")


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


def grid_of(name):
    return grids_of(name)[0] if name in FILES else parse_table("表.csv", TABLES[name])


def heads_at(grid):
    return next(number for number, row in enumerate(grid.rows) if sum(bool(cell.text) for cell in row) > 1)


def figures(grid, words):
    """What is read and how often, of what is not read its text; and how sure all is, but for names that stand apart."""
    taken = read_figures(grid, words)
    apart = [[reason for reason in one.reasons if reason.code != "table_names_apart"] for one in taken]
    states = Counter(replace(one, reasons=tuple(kept)).state for one, kept in zip(taken, apart, strict=True))
    return Counter((*one.key, one.value) if one.is_known else (one.text,) for one in taken), states


@pytest.mark.parametrize("name", [*TABLES, *FILES])
def test_columns_and_rows_in_another_order_say_the_same(name, words):
    chance, grid = random.Random(name), grid_of(name)
    first = heads_at(grid)
    whole, states = figures(grid, words)
    assert any(len(each) == 4 for each in whole)
    for _ in range(tried(6, 60)):
        order = chance.sample(range(len(grid.rows[0])), len(grid.rows[0]))
        rows = (grid.rows[first], *chance.sample(grid.rows[first + 1 :], len(grid.rows) - first - 1))
        turned = from_rows(grid.name, [*grid.rows[:first], *([row[at] for at in order] for row in rows)])
        assert figures(turned, words) == (whole, states), [head.text for head in (rows[0][at] for at in order)]


def test_every_order_of_a_figure_a_row_is_read_without_a_doubt(words):
    rows = [line.split(",") for line in LONG.splitlines()]
    for order in permutations(range(5)):
        text = "\n".join(",".join(row[at] for at in order) for row in rows)
        states = Counter(one.state for one in read_figures(parse_table("表.csv", text), words))
        assert states == {"found": 4, "unknown": 1}, order


SIDE_BY_SIDE = {
    "names left of figures": ("地区,2021年奶类产量（万吨）,地区,2021年奶类产量（万吨）", "通辽市,40.1,赤峰市,57.4"),
    "names right of figures": ("2021年奶类产量（万吨）,地区,2021年奶类产量（万吨）,地区", "40.1,通辽市,57.4,赤峰市"),
}


@pytest.mark.parametrize("name", SIDE_BY_SIDE)
def test_two_tables_side_by_side_keep_their_names_apart(name, words):
    taken = read_figures(parse_table("表.csv", "\n".join(SIDE_BY_SIDE[name])), words)
    assert {(one.area, one.value, one.state) for one in taken} == {("150500", 40.1, "found"), ("150400", 57.4, "found")}


def test_two_tables_side_by_side_keep_their_units(words):
    text = "2021年\n地区,指标,单位,数值,地区,指标,单位,数值\n通辽市,奶类产量,万吨,40.1,赤峰市,奶类产量,吨,574000"
    assert {(one.area, one.value) for one in read_figures(parse_table("表.csv", text), words)} == {
        ("150500", 40.1),
        ("150400", 57.4),
    }


def test_names_between_figures_that_may_be_of_another_table_are_doubted(words):
    text = "指标,2020年（万吨）,地区,2021年（万吨）\n奶类产量,38.1,通辽市,40.1"
    taken = read_figures(parse_table("表.csv", text), words)
    assert [(one.value, [reason.code for reason in one.reasons]) for one in taken] == [
        (38.1, ["table_names_apart"]),
        (40.1, ["table_names_apart"]),
    ]


# What stands right of a figure in its row -> the state of the figure and the reason.
BESIDE = {
    "旗县,科尔沁区": ("unknown", "table_banner"),
    "季度,一季度": ("unknown", "table_part_of_year"),
    "备注,来自年报": ("found", ""),
    "备注,快报数": ("doubtful", "table_words_beside"),
    "备注,含二连浩特": ("doubtful", "table_words_beside"),
    "说明,不含农垦": ("doubtful", "table_words_beside"),
    "注,包括二连浩特": ("doubtful", "table_words_beside"),
    "Remarks,excluding state farms": ("doubtful", "table_words_beside"),
    "数据性质,快报": ("doubtful", "table_words_beside"),
    "口径说明,规模以上": ("doubtful", "table_words_beside"),
    "资料来源,统计局": ("found", ""),
    "Region,Tongliao": ("found", ""),
    "Item,Output of milk and more": ("found", ""),
}


@pytest.mark.parametrize("beside", BESIDE)
def test_what_stands_right_of_a_figure_counts_where_it_may_limit_it(beside, words):
    head, word = beside.split(",")
    text = f"盟市,2021年奶类产量（万吨）,{head}\n通辽市,40.1,{word}"
    for one in read_figures(parse_table("表.csv", text), words):
        assert (one.state, one.reasons[0].code if one.reasons else "") == BESIDE[beside]


def test_a_number_like_a_year_heads_no_table_below(words):
    text = f"{LONG}\n鄂尔多斯市,牛存栏,2000,2020,万头\n乌海市,牛存栏,1.2,2020,万头"
    assert Counter(one.state for one in read_figures(parse_table("表.csv", text), words))["found"] == 6


def test_figures_without_a_head_left_of_names_are_none(words):
    text = "2021年奶类产量（万吨）\n,盟市,产量\n1,通辽市,40.1\n2,赤峰市,57.4"
    taken = read_figures(parse_table("表.csv", text), words)
    assert {one.value for one in taken if one.is_known} == {40.1, 57.4}
