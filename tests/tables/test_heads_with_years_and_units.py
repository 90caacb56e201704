"""Heads of tables: every indicator by its name, with its year and unit wherever they stand; days; odd units."""

import io
from datetime import date

import openpyxl
import pytest

from agriplan.taking.grid import form_text, parse_table
from agriplan.taking.label import Label
from agriplan.taking.labels import read_label
from agriplan.taking.reading import read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.words import Words
from tests.commands_run import run

# How a head says year and unit beside the name.
CHINESE = (
    "{name}",
    "{name}（{unit}）",
    "{year}年{name}",
    "{year}年{name}（{unit}）",
    "{year} {name}",
    "{name}{year}年",
    "{name}（{year}年）",
    "{name}（{unit}）{year}年",
    "{name}{year}年（{unit}）",
    "{year}年末{name}，{unit}",
    "{year}年{name} {unit}",
)
ENGLISH = (
    "{name}",
    "{name} ({unit})",
    "{year} {name}",
    "{name}, {year}",
    "{name} {year} ({unit})",
    "{year} {name}, {unit}",
)


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


def heads(one):
    for names, unit, ways in ((one.name_zh, one.unit_zh, CHINESE), (one.name_en, one.unit_en, ENGLISH)):
        for way in ways:
            yield way, way.format(name=names, unit=unit, year=2021)


def test_every_indicator_is_known_by_its_name_with_a_year_and_unit_on_any_side(words):
    lost = []
    for key, one in words.baselines.indicators.items():
        for way, head in heads(one):
            label = read_label(head, words)
            said = (label.indicator or next(iter(words.indicators(label.core, label.sort)), ""), label.rest)
            if said != (key, "") or (label.year == 2021) != ("{year}" in way) or bool(label.units) != ("{unit}" in way):
                lost.append((head, said, label.year, label.units))
    assert not lost


def test_every_indicator_is_taken_below_its_name_with_a_year_and_unit(words):
    for key, one in words.baselines.indicators.items():
        text = f"盟市\t2021年{one.name_zh}（{one.unit_zh}）\n通辽市\t12.5"
        (taken,) = read_figures(parse_table("表", text), words)
        assert (taken.key, taken.value) == ((key, "150500", 2021), 12.5), taken.reasons


def test_a_name_whose_brackets_say_the_unit_is_known_by_that_unit_alone(words):
    assert read_label("2021年牲畜存栏（万羊单位）", words).indicator == "livestock_units"
    assert [
        read_label(f"2021年{head}", words).indicator for head in ("牲畜存栏（万头）", "牲畜存栏", "青贮产量（万吨）")
    ] == [""] * 3
    title = "2021年各盟市牲畜存栏（折羊单位）\n单位：万羊单位\n地区\t数值\n通辽市\t930"
    (taken,) = read_figures(parse_table("表", title), words)
    assert (taken.indicator, taken.state) == ("livestock_units", "found")


UNITS = {
    "奶类产量(10000吨)": ("found", 40.1),
    "奶类产量(10,000吨)": ("found", 40.1),
    "奶类产量 万吨": ("found", 40.1),
    "奶类产量 吨": ("doubtful", 0.00401),
    "奶类产量（万顿）": ("table_bracket_unknown", None),
    "奶类产量（20000吨）": ("table_bracket_unknown", None),
    "Milk output 10,000 t": ("found", 40.1),
}


@pytest.mark.parametrize("head", UNITS)
def test_a_unit_with_digits_or_without_brackets_is_read_and_of_another_word_it_is_said(head, words):
    (taken,) = read_figures(parse_table("表", f"2021\n盟市\t{head}\n通辽市\t40.1"), words)
    said = taken.reasons[0].code if taken.state == "unknown" else taken.state
    assert (said, taken.value) == (UNITS[head][0], pytest.approx(UNITS[head][1]) if UNITS[head][1] else None)


def test_the_year_of_a_day_at_either_end_of_it_is_read_and_any_other_day_is_called_one(words):
    def year(text):
        label = read_label(text, words)
        return label.year, label.first_day, label.day

    assert year("2021-12-31") == year("2021/12/31 0:00") == year("2021年12月31日") == (2021, False, False)
    assert year("2021-01-01") == (2021, True, False)
    assert year("2021-06-30") == (None, False, True)
    assert read_label("2021-06-30", words) == Label("2021-06-30", day=True, rest="2021-06-30")


def dated(*formats):
    book = openpyxl.Workbook()
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2023, 6, 30))
    for row in (("奶类产量（万吨）",), ("盟市", *days), ("通辽市", 40.1, 41.2, 42.3), ("赤峰市", 57.4, 58.1, 59.5)):
        book.active.append(row)
    for cell, form in zip("BCD", formats, strict=True):
        book.active[f"{cell}2"].number_format = form
    sent = io.BytesIO()
    book.save(sent)
    return sent.getvalue()


YEARS = {
    'yyyy"年"': [("found", 2021), ("found", 2022), ("found", 2023)],
    "yyyy": [("found", 2021), ("found", 2022), ("found", 2023)],
    "yyyy-mm-dd": [("found", 2021), ("doubtful", 2022), ("unknown", None)],
}


@pytest.mark.parametrize("form", YEARS)
def test_a_day_in_the_heads_of_a_workbook_is_the_year_that_it_shows_or_ends_on_the_page_as_well(form, words):
    (grid,) = read_file("表.xlsx", dated(form, form, form))
    for each in (grid, parse_table(grid.name, form_text(grid))):
        taken = read_figures(each, words)
        assert [(one.state, one.year) for one in taken] == YEARS[form] * 2
        assert {one.reasons[0].code for one in taken if one.reasons} <= {"table_first_day", "table_date"}


def test_a_column_of_days_dates_the_figures_of_a_text(words):
    text = "日期,地区,指标,数值,单位\n2021-12-31,通辽市,奶类产量,40.1,万吨\n2021/6/30,赤峰市,奶类产量,57.4,万吨"
    taken = read_figures(parse_table("表.csv", text), words)
    assert [(one.year, one.value) for one in taken] == [(2021, 40.1), (None, None)]
    assert [one.reasons[0].code for one in taken if one.reasons] == ["table_date"]


@pytest.mark.parametrize(
    ("unit", "typed", "shown"),
    [("万公斤", "62.3", "0.0623"), ("吨", "150.5", "0.01505"), ("吨", "40.1", "0.00401"), ("吨", "401000", "40.10")],
)
def test_a_converted_figure_is_shown_with_the_digits_that_the_table_gave(unit: str, typed: str, shown: str, tmp_path):
    table = tmp_path / "表.csv"
    table.write_text(f"地区,2021年牛奶产量（{unit}）\n通辽市,{typed}\n", encoding="utf-8")
    assert f" {shown} " in run("take", table).stdout
