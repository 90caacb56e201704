"""What is said of a table's figures is said in names and in one language, codes stay where files keep them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from agriplan.baselines.grades import GRADES
from agriplan.errors import BaselinesError
from agriplan.places import baselines_folder
from agriplan.sentences import LANGS, catalogue
from agriplan.taking.accepting import Provenance, accept
from agriplan.taking.checking import check_readings
from agriplan.taking.given import TableScope
from agriplan.taking.grid import parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.words import Words
from tests.tables.test_traps import TRAPS

HERE = Path(__file__).parent
# Tables that meet what no other does.
MORE = {
    "a league above its region": "2023年奶牛存栏（万头）\n地区\t存栏\n全区\t100\n通辽市\t110",
    "a footnote": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7\n注：2022年为快报数。",
    "a sort that is not said": "2022年\n单位：万吨\n地区\t羊肉\t奶类\n通辽市\t7.2\t(42.6)",
    "no unit": "2022年羊肉产量\n地区\t产量\n通辽市\t7.2",
    "another unit": "2022年羊肉产量\n地区\t产量（吨）\n通辽市\t72000",
    "several units": "2022年牛存栏\n单位：万头、头\n地区\t存栏\n通辽市\t174.5",
    "a unit of another thing": "2022年羊肉产量\n地区\t产量（亿元）\n通辽市\t7.2",
    "a commitment": "2022年\n地区\t肉羊全产业链产值（亿元）\n通辽市\t72.5",
    "a rate": "2022年\n地区\t畜禽良种化率（%）\n通辽市\t120",
    "years above areas": "羊肉产量（万吨）\n年份\t产量\n2020\t6.5\n2021\t6.8\n通辽市\t7.2",
    "another basis": "2022年羊肉产量（修订前口径）\n地区\t产量（万吨）\n通辽市\t7.2",
    "a sum": "2022年羊肉产量\n地区\t产量（万吨）\n合计\t7.2\n通辽市\t7.2",
    "two years": "地区\t2021年羊肉产量（万吨）\n通辽市2022年\t7.2",
    "two values": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7.2\n通辽市\t7.3",
    "no number": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7.2\n包头市\t未报",
    "more than the region": "2022年奶牛存栏\n单位：万头\n地区\t奶牛\n呼和浩特市\t420000",
    "most of the region": "2022年奶牛存栏\n单位：万头\n地区\t奶牛\n呼和浩特市\t110",
    "a unit value far from the region's": "2020年牛肉单位产值\n单位：亿元/万吨\n地区\t数值\n通辽市\t81",
    "a quick figure": "羊肉产量（万吨）\n地区\t2022年快报\n通辽市\t7.2",
    "an area with another": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市（含霍林郭勒）\t7.2",
    "a year of two digits": "羊肉产量（万吨）\n地区\t22年\n通辽市\t7.2",
    "a triangle": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t△7.2",
    "a merged cell": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7.2（合并单元格）",
    "a hidden cell": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7.2（隐藏）",
    "a formula without a value": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7.2\n包头市\t（公式未计算）",
    "a number with a unit": "2022年羊肉产量（万吨）\n地区\t产量\n通辽市\t7.2\n包头市\t3.1万吨",
    "days": "羊肉产量（万吨）\n地区\t2022-01-01\t2022-06-30\n通辽市\t7.2\t7.3",
    "a unit that is none": "2022年\n地区\t羊肉产量（万顿）\n通辽市\t7.2",
    "words beside": "2022年\n地区\t羊肉产量（万吨）\t范围\n通辽市\t7.2\t规模以上",
    "names that stand apart": "指标\t2021年（万吨）\t地区\t2022年（万吨）\n羊肉产量\t7.2\t通辽市\t7.3",
    "loose text": "羊肉产量（万吨）\n地区  2021年  2022年\n通辽市  7.2  7.3\n包头市  7.4",
}
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@pytest.fixture(scope="module")
def told(baselines):
    """Every remark about the figures of all tables there are."""
    words = Words(baselines)
    files = [file for file in HERE.iterdir() if file.suffix in {".csv", ".txt", ".xlsx"}]
    grids = [grid for file in files for grid in read_file(file.name, file.read_bytes())]
    whole = "\n".join(
        ("2022年羊肉产量（万吨）", "地区\t产量", "全区\t9", *(f"{one.name_zh}\t7" for one in baselines.leagues))
    )
    grids += [parse_table("表", text) for text in (*(text for text, _ in TRAPS.values()), *MORE.values(), whole)]
    read = [read_figures(grid, words) for grid in grids]
    read.append(read_figures(parse_table("表", MORE["a sum"]), words, TableScope("150500")))
    read.append(
        read_figures(parse_table("表", "2022年包头市\n羊肉产量（万吨）\t7.2"), words, TableScope("150500", 2021))
    )
    figures = [one for each in read for one in check_readings(each, baselines, "post-census-2016")]
    bare = replace(baselines, observed=baselines.observed.iloc[:0])
    figures += check_readings(read_figures(parse_table("表", whole), Words(bare)), bare)
    return [replace(remark, place="") for one in figures for remark in one.remarks]


def codes_of(data):
    commitments = (one.id for one in data.commitments)
    return {*data.indicators, *data.bases, *data.areas, *commitments, *data.header.bases, *GRADES}


def test_no_remark_names_a_code(told, baselines):
    codes = {one for one in codes_of(baselines) if "_" in one or "-" in one or one.isdigit()}
    assert len(codes) > 30
    for lang in LANGS:
        assert not [text for each in told if any(code in (text := each.text(lang)) for code in codes)]


def test_an_english_remark_holds_chinese_only_in_what_it_quotes_from_the_table(told):
    assert not [text for each in told if re.search(r"[\u3400-\u9fff]", QUOTED.sub("", text := each.text("en")))]


def test_nearly_every_reason_that_there_is_was_met(told):
    reasons = {code.removeprefix("problem.") for code in catalogue() if code.startswith("problem.table_")}
    of_files = {
        "table_unreadable",
        "table_own_workbook",
        "table_file_too_large",
        "table_nothing",
        "table_too_large",
        "table_signs_unclear",
    }
    of_pages = {"table_too_long", "table_none_ticked", "table_basis_look", "table_basis_said", "table_bases"}
    assert reasons - of_files - of_pages - {each.code for each in told} <= {"table_from_name", "table_two_areas"}


def test_what_is_missing_or_unknown_of_the_whole_table_is_told_by_name(baselines):
    texts = {name: (baselines_folder() / name).read_text("utf-8") for name in ("observed.csv", "sources.csv")}
    for said in (Provenance("", "", ""), Provenance("x", "y", "年鉴", relative_error=3.0)):
        with pytest.raises(BaselinesError) as refused:
            accept([], said, baselines, texts)
        chinese, english = refused.value.text("zh"), refused.value.text("en")
        assert all(word in chinese for word in ("口径", "数据等级"))
        assert not re.search(r"^[a-z_]+[:：]", chinese, re.MULTILINE)
        assert not re.search(r"[\u3400-\u9fff]", english)


def test_a_commitment_that_is_worked_out_is_known_by_its_name_wherever_it_stands(baselines):
    words = Words(baselines)
    value = next(one for one in baselines.commitments if one.unit_value)
    bare = re.sub("（.*?）", "", value.name_zh)
    tables = (
        f"2022年\n地区\t{bare}（亿元）\n通辽市\t72.5",
        f"2022年各盟市{bare}（亿元）\n地区\t产值\n通辽市\t72.5",
        f"2022年\n指标\t通辽市\n{value.name_zh}\t72.5",
        f"2022\n地区\t{value.name_en}\n通辽市\t72.5",
        f"2022年\n单位：亿元\n通辽市{bare}\t72.5",
    )
    for text in tables:
        (one,) = read_figures(parse_table("表", text), words)
        assert [reason.code for reason in one.reasons] == ["table_commitment"], text
        assert value.name_zh in one.reasons[0].text("zh")
        assert baselines.indicators[value.quantity].name_en.lower() in one.reasons[0].text("en").lower()


def test_a_new_source_is_put_down_as_not_confirmed_since_nobody_was_asked(baselines):
    texts = {name: (baselines_folder() / name).read_text("utf-8") for name in ("observed.csv", "sources.csv")}
    made = accept([], Provenance("local", "secondary", "某年鉴"), baselines, texts)
    assert made.texts["sources.csv"].splitlines()[-1].endswith(",unconfirmed")
