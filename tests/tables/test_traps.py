"""What stands in tables and is easily taken for a figure of ours: each a short text, and what may come of it."""

import pytest

from agriplan.taking.checking import check_readings
from agriplan.taking.given import TableScope
from agriplan.taking.grid import parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.words import Words

UNIT = "单位：万吨\n"
# Name -> text, and the states of its figures in order.
TRAPS = {
    "a thing that nobody knows, with a figure of its own, between leagues of a section": (
        "指标,单位,2021年\n一、羊肉产量（万吨）,,\n通辽市,,7.1\n二、猪肉产量（万吨）,,68\n兴安盟,,6.0",
        "found unknown unknown",
    ),
    "a word for a thing without its sort, between leagues of a section": (
        "2021年（万吨）\n指标\t数值\n羊肉产量\n通辽市\t7.1\n山羊毛\t21\n兴安盟\t6.0",
        "found unknown unknown",
    ),
    "a thing without any figure, whose row says so, between leagues of a section": (
        "指标\t2021年\t2022年\n羊肉产量（万吨）\n通辽市\t7.1\t7.2\n羊毛产量（万吨）\t…\t…\n兴安盟\t6.0\t6.1",
        "found found unknown unknown",
    ),
    "an indicator of the plan with a figure of its own between leagues of a section": (
        "指标\t2021年\n羊肉产量（万吨）\n通辽市\t7.1\n牛肉产量（万吨）\t68.7\n兴安盟\t6.0",
        "found unknown unknown",
    ),
    "an indicator numbered on from the heading of the section": (
        "指标\t单位\t2021年\n一、羊肉产量\t万吨\n通辽市\t\t7.1\n二、牛肉产量\t万吨\t68.7\n兴安盟\t\t6.0",
        "found unknown found",
    ),
    "an indicator of the plan between leagues below a title of another": (
        "2021年羊肉产量（万吨）\n地区\t数值\n通辽市\t7.1\n牛肉产量\t68.7\n兴安盟\t6.0",
        "found unknown unknown",
    ),
    "a sort of figure of its own between things of a section that is a sort": (
        "2021年通辽市\n指标\t数值\n一、产量（万吨）\n奶类\t42\n产值（亿元）\t50\n羊肉\t7.1",
        "found unknown unknown",
    ),
    "a league with a figure of its own between things of another league's section": (
        f"2021年\n{UNIT}指标\t数值\n通辽市\n奶类产量\t42\n赤峰市\t50\n羊肉产量\t7.1",
        "found unknown unknown",
    ),
    "a league left empty before an indicator of its own": (
        f"2021年\n{UNIT}指标\t数值\n羊肉产量\n赤峰市\t9.1\n通辽市\n牛肉产量\t68.7",
        "found unknown",
    ),
    "totals, parts and banners between leagues of a section": (
        f"2021年\n{UNIT}地区\t数值\n羊肉产量\n全区\t113\n通辽市\t7.1\n开鲁县\t1\n其中：羔羊肉\t1\n赤峰市\t9.1",
        "found found unknown unknown found",
    ),
    "a section whose unit stands in the column of units": (
        "指标\t单位\t2021年\n牛奶产量\t吨\t\n通辽市\t\t401000\n羊肉产量\t吨\t1136500\n赤峰市\t\t91000",
        "doubtful unknown unknown",
    ),
    "a section whose unit stands in all its rows": (
        "指标\t单位\t2021年\n牛奶产量\t万吨\t\n通辽市\t万吨\t40.1\n羊肉产量\t万吨\t\n赤峰市\t万吨\t9.1",
        "found found",
    ),
    "a title of a part of a year": (f"2023年上半年牛奶产量\n{UNIT}地区\t产量\n通辽市\t20.1", "unknown"),
    "a title of three quarters": (f"2023年前三季度牛奶产量\n{UNIT}地区\t2023年\n通辽市\t20.1", "unknown"),
    "a title of targets": (f"2025年奶类产量目标\n{UNIT}地区\t2025年\n通辽市\t58.1", "unknown"),
    "a value of another year, at the prices of that year": (
        "各盟市饲草产值（当年价格）\n单位：亿元\n地区\t2020年\t2021年\n通辽市\t64.0\t70.1",
        "found doubtful",
    ),
    "a value of another year that says nothing of its prices": (
        "2022年统计公报\n单位：亿元\n地区\t饲草产值\n通辽市\t72.3",
        "doubtful",
    ),
    "parts below their total, in the ways of saying so": (
        f"2022年通辽市\n{UNIT}指标\t产量\n奶类\t42.6\n其中：牛奶产量\t42.1\n#牛奶\t42.1\nof which: milk output\t42.1",
        "found unknown unknown unknown",
    ),
    "a part beside its total, below one head for parts": (
        f"2022年\n{UNIT}地区\t奶类产量\t其中\n\t\t牛奶产量\n通辽市\t42.6\t42.1",
        "found unknown",
    ),
    "a part that is greater than what stands above it": (
        f"2022年通辽市\n{UNIT}指标\t2022年\n奶类产量\t42.6\n其中：牛奶产量\t43.1",
        "doubtful doubtful",
    ),
    "a part without its total": (f"2022年通辽市\n{UNIT}指标\t2022年\n其中：牛奶产量\t42.1", "doubtful"),
    "a part that is an indicator of its own": (
        "2022年末通辽市\n单位：万头\n指标\t2022年\n牛存栏\t174.5\n其中：奶牛存栏\t9.6",
        "found found",
    ),
    "two names of one figure, neither of which is said to be a part": (
        f"2022年通辽市\n{UNIT}指标\t2022年\n奶类产量\t42.6\n牛奶产量\t42.1",
        "doubtful doubtful",
    ),
    "tables on two bases": (
        f"2022年牛奶产量（普查前口径）\n{UNIT}地区\t产量\n通辽市\t42.6\n2021年牛奶产量（普查后口径）\n{UNIT}地区\t产量\n通辽市\t40.1",
        "doubtful doubtful",
    ),
    "a second table that alone speaks of its basis": (
        f"2022年牛奶产量\n{UNIT}地区\t产量\n通辽市\t42.6\n2021年牛奶产量（修订前）\n{UNIT}地区\t产量\n通辽市\t40.1",
        "found doubtful",
    ),
    "tables on one basis": (
        f"2022年牛奶产量（普查后口径）\n{UNIT}地区\t产量\n通辽市\t42.6\n2021年牛奶产量（普查后口径）\n{UNIT}地区\t产量\n通辽市\t40.1",
        "found found",
    ),
    "a column of preliminary figures": (
        f"奶类产量\n{UNIT}地区\t2021年\t2022年初步数\t2023年（初步统计）\n通辽市\t39.1\t42.6\t43",
        "found doubtful doubtful",
    ),
    "nothing where something is known": (
        f"2022年奶类产量\n{UNIT}地区\t产量\n呼和浩特市\t0\n通辽市\t0.0\n赤峰市\t-0\n包头市\t1e-5\n乌海市\t0.00",
        "doubtful doubtful doubtful doubtful doubtful",
    ),
    "nothing in the base year itself": (f"2020年奶类产量\n{UNIT}地区\t产量\n通辽市\t0", "doubtful"),
    "nothing of what only the region's figure is known of": (
        "2022年牲畜存栏\n单位：万头\n地区\t奶牛存栏\n通辽市\t0",
        "doubtful",
    ),
    "a column of final figures": (f"奶类产量\n{UNIT}地区\t2022年（年报）\n通辽市\t42.6", "found"),
    "a unit in square brackets": ("2022年牛奶产量【单位：万吨】\n地区\t产量\n通辽市\t42.6", "found"),
    "a title of quick figures": (f"2022年奶类产量（快报）\n{UNIT}地区\t产量\n通辽市\t42.6", "doubtful"),
    "a title of expected figures": (f"2025年预计奶类产量\n{UNIT}地区\t产量\n通辽市\t52.1", "doubtful"),
    "a column of quick figures": (
        f"奶类产量\n{UNIT}地区\t2021年\t2022年快报\t2022年（预计）\n通辽市\t39.1\t42.6\t42.6",
        "found doubtful doubtful",
    ),
    "a cell that is expected": (
        f"2022年奶类产量\n{UNIT}地区\t产量\n通辽市\t42.6（预计）\n包头市\t44e",
        "doubtful found",
    ),
    "years of two digits": (
        f"奶类产量\n{UNIT}地区\t21年\t'22年\t二〇二三年\n通辽市\t38.2\t40.1\t43",
        "doubtful doubtful found",
    ),
    "a unit in brackets in a title": ("2022年牛奶产量（单位：万吨）\n地区\t产量\n通辽市\t42.6", "found"),
    "a unit in brackets in a title that is another": (
        "2022年牛奶产量（计量单位：吨）\n地区\t产量\n通辽市\t426000",
        "doubtful",
    ),
    "a unit and per cent in one line": ("2022年牛奶产量\n单位：吨 %\n地区\t产量\n通辽市\t426000", "doubtful"),
    "a league with a city of its own": (f"2022年牛奶产量\n{UNIT}地区\t产量\n呼伦贝尔市（含满洲里）\t68", "doubtful"),
    "a triangle that may be a minus": (
        f"2022年牛奶产量\n{UNIT}地区\t产量\n通辽市\t△42.6\n包头市\t44.1△",
        "doubtful found",
    ),
    "a forecast": (f"奶类产量预测\n{UNIT}地区\t2025年\n通辽市\t58.1", "unknown"),
    "all twelve months are the year": (f"2022年1—12月牛奶产量\n{UNIT}地区\t产量\n通辽市\t42.6", "found"),
    "the end of December is the year's": ("2022年12月末牛存栏\n单位：万头\n地区\t存栏\n通辽市\t174.5", "found"),
    "the end of June is not": ("2022年6月末牛存栏\n单位：万头\n地区\t存栏\n通辽市\t174.5", "unknown"),
    "last year's figure beside": (
        f"2022年牛奶产量\n{UNIT}地区\t本年累计\t上年同期\n通辽市\t42.6\t39.1",
        "found unknown",
    ),
    "what was done of it": (f"牛奶产量\n{UNIT}地区\t2022年完成数\t2022年计划数\n通辽市\t42.6\t50", "found unknown"),
    "a target beside": (f"牛奶产量\n{UNIT}地区\t2022年\t2025年目标\n通辽市\t42.6\t58.1", "found unknown"),
    "products of milk": (f"2022年牛奶制品产量\n{UNIT}地区\t产量\n通辽市\t42.6", "unknown"),
    "liquid milk": (f"2022年液态牛奶产量\n{UNIT}地区\t产量\n通辽市\t42.6", "unknown"),
    "milk by its short name": (f"2022年各盟市奶产量\n{UNIT}地区\t产量\n通辽市\t42.6", "found"),
    "the same in a head": (f"2022年\n{UNIT}地区\t奶产量\n通辽市\t42.6", "found"),
    "liquid milk by its short name": (f"2022年液态奶产量\n{UNIT}地区\t产量\n通辽市\t42.6", "unknown"),
    "milk of camels": (f"2022年\n{UNIT}地区\t驼奶产量\n阿拉善盟\t0.6", "unknown"),
    "worth of dairies": ("2022年奶业产值\n单位：亿元\n地区\t产值\n通辽市\t42.6", "unknown"),
    "cows by one letter more": ("2022年\n单位：万头\n地区\t奶牛产量\n通辽市\t42.6", "unknown"),
    "milk of sheep": (f"2022年\n{UNIT}地区\t羊奶产量\n通辽市\t0.6", "unknown"),
    "wool": ("2022年羊毛产量\n单位：万吨\n地区\t产量\n通辽市\t0.6", "unknown"),
    "beef and mutton together": (f"2022年牛羊肉产量\n{UNIT}地区\t产量\n通辽市\t21.6", "unknown"),
    "stock and off-take in one title": ("2022年牛存栏、出栏情况\n单位：万头\n地区\t牛\n通辽市\t174.5", "unknown"),
    "stock and off-take in two heads": (
        "2022年牲畜存栏、出栏情况\n单位：万头\n地区\t存栏\t出栏\n\t牛\t牛\n通辽市\t174.5\t90.1",
        "found found",
    ),
    "a banner whose name begins like a league's": (f"2022年牛奶产量\n{UNIT}地区\t产量\n阿拉善左旗\t1.1", "unknown"),
    "a league without one of its banners": (f"2022年牛奶产量\n{UNIT}地区\t产量\n通辽市(不含科左中旗)\t30", "unknown"),
    "the sum of a league's banners": (
        f"通辽市2022年牛奶产量\n{UNIT}地区\t产量\n合计\t42.6\n开鲁县\t4.6",
        "doubtful unknown",
    ),
    "a share": ("2022年牛奶\n地区\t产量（万吨）\t占全区比重（%）\n通辽市\t42.6\t5.8", "found unknown"),
    "a yield": ("2022年\n地区\t奶牛单产（吨/头）\n通辽市\t6.1", "unknown"),
    "one a head": ("2022年\n地区\t人均牛奶产量（千克）\n通辽市\t148", "unknown"),
    "marks behind names and years": (f"牛奶产量①\n{UNIT}地区\t2022年②\n通辽市*\t42.6③", "found"),
    "about so much": (f"2022年牛奶产量\n{UNIT}地区\t产量\n通辽市\t约42.6\n赤峰市\t52.8", "unknown found"),
    "a second table below": (
        f"表1 2022年牛奶产量\n{UNIT}地区\t产量\n通辽市\t42.6\n\n表2 2021年羊肉产量\n{UNIT}地区\t产量\n通辽市\t7.2",
        "found found",
    ),
    "a second row of heads": (
        f"通辽市畜产品产量\n{UNIT}指标\t2021\t2022\n牛奶\t39.1\t42.6\n指标\t2019\t2020\n牛奶\t32.9\t35.9",
        "found found unknown unknown",
    ),
    "a row of words that may head another table": (
        f"2022年奶类产量\n{UNIT}地区\t产量\n通辽市\t37.1\n通辽市\t骆驼奶\n赤峰市\t45",
        "found unknown doubtful",
    ),
    "a row of words that heads another table": (
        f"2022年奶类产量\n{UNIT}地区\t产量\n通辽市\t37.1\n旗县\t骆驼奶\n赤峰市\t45",
        "found unknown",
    ),
    "the year of the book": (f"《内蒙古统计年鉴2023》\n{UNIT}地区\t牛奶产量\n通辽市\t42.6", "unknown"),
    "two years in the title": (f"2021-2022年牛奶产量\n{UNIT}地区\t产量\n通辽市\t42.6", "unknown"),
    "an index": ("2022年牛奶产量指数\n地区\t指数（上年=100）\n通辽市\t109.1", "unknown"),
    "another province": (
        f"2022年牛奶产量\n{UNIT}地区\t产量\n全 国\t3932\n河 北\t546.7\n内蒙古\t733.8",
        "unknown unknown found",
    ),
    "below nothing": (f"2022年牛奶产量\n{UNIT}地区\t产量\n通辽市\t-42.6", "unknown"),
}


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_not_walked_into(trap, words):
    text, states = TRAPS[trap]
    taken = check_readings(read_figures(parse_table("表", text), words), words.baselines)
    assert [one.state for one in taken] == states.split(), [
        (one.text, one.key, one.value, one.reasons) for one in taken
    ]


def test_of_two_tables_below_each_other_each_has_its_own_year_and_indicator(words):
    taken = read_figures(parse_table("表", TRAPS["a second table below"][0]), words)
    assert [(one.key, one.place) for one in taken] == [
        (("milk_output", "150500", 2022), "表!B4"),
        (("mutton_output", "150500", 2021), "表!B9"),
    ]


@pytest.mark.parametrize(
    ("title", "name", "given", "area", "told"),
    [
        ("通辽市2022年", "表", "", "150500", ["table_sum_of_parts"]),
        ("2022年", "表", "150500", "150500", ["table_sum_of_given"]),
        ("内蒙古自治区2022年", "表", "150500", "150500", ["table_sum_of_given", "table_other_area"]),
        ("2022年", "通辽市", "", "150500", ["table_from_name"]),
        ("2022年", "通辽市", "150000", "150000", ["table_other_area"]),
        ("2022年", "表", "", "150000", []),
    ],
)
def test_the_sum_of_banners_is_of_the_area_that_is_given_or_else_titled(title, name, given, area, told, words):
    text = f"{title}\n{UNIT}旗县\t牛奶产量\n科尔沁区\t5.1\n锡林浩特市\t4\n合计\t45.6"
    below, county, total = read_figures(parse_table(name, text), words, TableScope(given))
    assert (total.area, [one.code for one in total.reasons]) == (area, told)
    assert [one.reasons[0].code for one in (below, county)] == ["table_banner", "table_banner"]


@pytest.mark.parametrize(
    ("text", "name", "given", "key", "told"),
    [
        ("2019年通辽市\n牛奶产量（万吨）\t40.1", "表", ("150400", 2021), ("150400", 2021), "area year"),
        ("2019年通辽市\n牛奶产量（万吨）\t40.1", "表", ("150500", 2019), ("150500", 2019), ""),
        ("2019年、2020年通辽市和包头市\n牛奶产量（万吨）\t40.1", "表", ("150400", 2021), ("150400", 2021), "area year"),
        ("2019年、2020年通辽市和包头市\n牛奶产量（万吨）\t40.1", "表", ("150500", 2020), ("150500", 2020), ""),
        ("畜牧业\n牛奶产量（万吨）\t40.1", "2019年通辽市", ("150400", 2021), ("150400", 2021), "area year"),
        ("2021年赤峰市\n牛奶产量（万吨）\t40.1", "2019年通辽市", ("150400", 2021), ("150400", 2021), ""),
        ("指标\t2019年\n通辽市牛奶产量（万吨）\t40.1", "表", ("150400", 2021), ("150500", 2019), "area year"),
        ("地区\t2019年牛奶产量（万吨）\n通辽市\t40.1", "表", ("150000", 2019), ("150500", 2019), ""),
        (
            "牛奶产量（万吨）\n年份\t产量\n2019\t6.8\n通辽市\t40.1",
            "表",
            ("", 2021),
            ("150500", 2019),
            "year",
        ),
    ],
)
def test_an_area_or_year_given_for_a_table_that_names_another_one_is_doubtful(text, name, given, key, told, words):
    one = read_figures(parse_table(name, text), words, TableScope(*given))[-1]
    assert (one.area, one.year) == key
    other = [code for one in one.reasons if (code := one.code).startswith("table_other_")]
    assert other == [f"table_other_{what}" for what in told.split()]
    assert not other or one.state == "doubtful"
