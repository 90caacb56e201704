"""An area is known by every name that its row lists, wherever areas are named: tables, commands, addresses."""

import pytest

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.baselines.records import fold_name
from agriplan.places import baselines_folder
from agriplan.taking.checking import check_readings
from agriplan.taking.grid import parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.words import Words

USUAL = {
    "150000": ("内蒙", "内蒙古", "全区", "Inner Mongolia Autonomous Region"),
    "150100": ("呼市", "呼和浩特", "Hohhot City"),
    "150200": ("包头", "Baotou Municipality"),
    "150700": ("呼伦贝尔盟", "呼盟", "Hulun Buir", "HULUNBUIR"),
    "152200": ("兴安", "Xing’an League", "Hinggan League"),
    "150500": ("通 辽", "哲里木盟", "Tongliao City"),
    "150400": ("赤峰", "Chifeng City"),
    "152500": ("锡盟", "锡林郭勒", "Xilin Gol", "Xilin-Gol League", "Xilingol League"),
    "150900": ("乌盟", "乌兰察布", "Ulan Qab", "Wulanchabu"),
    "150600": ("伊盟", "鄂尔多斯", "Erdos"),
    "150800": ("巴盟", "巴彦淖尔", "Bayan Nur"),
    "150300": ("乌海", "Wuhai City"),
    "152900": ("阿盟", "阿拉善", "Alxa League", "Alashan"),
}


@pytest.fixture(scope="module")
def data() -> Baselines:
    return read_baselines(baselines_folder())


def test_usual_names_of_every_league_are_known_in_every_place(data: Baselines) -> None:
    words = Words(data)
    assert set(USUAL) == set(data.areas)
    for league in data.areas.values():
        for name in (*USUAL[league.code], *league.names):
            found = data.find_area(name)
            assert found is not None, name
            assert found.code == league.code, name
            if name.isdigit():  # a code alone is a number to a table
                continue
            text = f"2022年奶类产量\n单位：万吨\n地区\t奶类产量\n{name}\t3.5"
            (taken,) = read_figures(parse_table("表", text), words)
            assert taken.area == league.code, name


@pytest.mark.parametrize("head", ["行政区划代码", "代码", "Code", "地区", "代码\t盟市"])
def test_leagues_are_named_by_their_codes_down_or_across(data: Baselines, head: str) -> None:
    beside = {league.code: f"\t{league.name_zh}" if "\t" in head else "" for league in data.leagues}
    down = "\n".join(f"{code}{name}\t{at + 0.5}" for at, (code, name) in enumerate(beside.items()))
    across = "\t".join(beside), "\t".join(str(at + 0.5) for at in range(len(beside)))
    tables = [f"{head}\t2022年奶类产量（万吨）\n{down}"]
    if "\t" not in head:
        tables.append(f"{head}\t{across[0]}\n2022年奶类产量（万吨）\t{across[1]}")
    for text in tables:
        taken = read_figures(parse_table("表", text), Words(data))
        assert [(one.area, one.value, one.state) for one in taken] == [
            (code, at + 0.5, "found") for at, code in enumerate(beside)
        ]


def test_a_code_of_elsewhere_is_told_and_a_figure_that_looks_like_one_is_a_figure(data: Baselines) -> None:
    text = "区划代码\t2022年奶类产量（万吨）\n150500\t3.5\n150502\t1.5"
    taken = read_figures(parse_table("表", text), Words(data))
    assert [(one.area, one.state) for one in taken] == [("150500", "found"), ("", "unknown")]
    assert taken[1].reasons[0].values["word"] == "代码 150502"
    other = parse_table("表", "地区\t行业代码\t2022年奶类产量（万吨）\n通辽市\t314\t3.5\n赤峰市\t315\t4.5")
    assert [one.value for one in read_figures(other, Words(data)) if one.state == "found"] == [3.5, 4.5]
    (figure,) = read_figures(parse_table("表", "地区\t2022年奶类产量（吨）\n通辽市\t150500"), Words(data))
    assert (figure.area, figure.value) == ("150500", 15.05)


def test_no_name_means_two_areas_and_none_begins_a_banners(data: Baselines) -> None:
    names = [fold_name(name) for area in data.areas.values() for name in dict.fromkeys(map(fold_name, area.names))]
    assert len(names) == len(set(names))
    words = Words(data)
    for banner in (
        "阿拉善左旗",
        "乌拉特中旗",
        "兴安盟扎赉特旗",
        "锡林浩特市",
        "呼伦贝尔市海拉尔区",
        "Alxa Left Banner",
    ):
        text = f"2022年奶类产量\n单位：万吨\n地区\t奶类产量\n{banner}\t1.1"
        (taken,) = read_figures(parse_table("表", text), words)
        assert taken.state == "unknown", banner


def test_a_sum_is_whole_where_leagues_stand_by_their_short_names(data: Baselines) -> None:
    short = [(USUAL[league.code][0], data.base_figures["milk_output", league.code].value) for league in data.leagues]
    rows = "\n".join(f"{name}\t{value}" for name, value in short)
    text = f"2020年奶类产量（单位：万吨）\n地区\t产量\n合计\t611.5\n{rows}"
    taken = check_readings(read_figures(parse_table("表", text), Words(data)), data)
    assert {one.state for one in taken} == {"found"}, [one.reasons for one in taken if one.reasons]
