"""Footnotes that speak of some of a table's figures: those are doubtful, and keep the words where they are taken."""

import csv
import io

import pytest
from openpyxl import Workbook

from agriplan.taking.accepting import Provenance, accept
from agriplan.taking.grid import parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.words import Words

TABLE = "各盟市牛肉产量（万吨）\n盟市,2022年,2023年\n锡林郭勒盟,13.9,14.1\n通辽市,15.2,16.1\n"
# A footnote, and which figures it makes doubtful: all of a year or an area, or all there are.
DOUBTED = {
    "注：2023年为快报数。": {13.9: False, 14.1: True, 15.2: False, 16.1: True},
    "注：2022年为年报数；2023年为初步数。": {13.9: False, 14.1: True, 15.2: False, 16.1: True},
    "说明：2022—2023年为快报数": dict.fromkeys((13.9, 14.1, 15.2, 16.1), True),
    "注：本表为快报数。": dict.fromkeys((13.9, 14.1, 15.2, 16.1), True),
    "注：锡林郭勒盟含二连浩特市。": {13.9: True, 14.1: True, 15.2: False, 16.1: False},
    "Note: 2023 is a flash estimate.": {13.9: False, 14.1: True, 15.2: False, 16.1: True},
    "资料来源：统计年鉴2023": dict.fromkeys((13.9, 14.1, 15.2, 16.1), False),
    "注：2023年起单位为万吨。": dict.fromkeys((13.9, 14.1, 15.2, 16.1), False),
}


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


def in_workbook(text):
    book, file = Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(text)):
        book.active.append([float(one) if one.replace(".", "").isdecimal() else one for one in row])
    book.save(file)
    return read_file("表.xlsx", file.getvalue())


@pytest.mark.parametrize("note", DOUBTED)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_footnote_makes_the_figures_doubtful_that_it_speaks_of(kind, note, words):
    grids = [parse_table("表.csv", TABLE + note)] if kind == "csv" else in_workbook(TABLE + note)
    taken = [one for grid in grids for one in read_figures(grid, words)]
    assert {one.value: one.state == "doubtful" for one in taken} == DOUBTED[note]
    assert all(one.state == "found" or "table_footnote" in [reason.code for reason in one.reasons] for one in taken)


def test_a_footnote_is_of_the_table_above_it_and_not_of_the_next_one(words):
    text = f"{TABLE}注：2023年为快报数。\n{TABLE.replace('牛肉', '羊肉').replace('1', '2')}"
    taken = read_figures(parse_table("表.csv", text), words)
    assert [one.indicator for one in taken if one.state == "doubtful"] == ["beef_output"] * 2


def test_what_limits_a_figure_is_kept_in_its_note(words, baselines):
    text = "盟市,指标,年份,数值,单位,备注\n锡盟,牛肉产量,2022,13.9,万吨,含二连浩特\n注：2022年为快报数。"
    taken = read_figures(parse_table("表.csv", text), words)
    texts = {name: (baselines.folder / name).read_text(encoding="utf-8") for name in ("observed.csv", "sources.csv")}
    said = Provenance(baselines.basis, "reported", "区统计局")
    rows = csv.DictReader(io.StringIO(accept(taken, said, baselines, texts).texts["observed.csv"]))
    (row,) = [one for one in rows if one["source"].startswith("table")]
    assert row["note_zh"] == "表.csv!D2（含二连浩特、注：2022年为快报数）"
