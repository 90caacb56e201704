"""The pack of all workbooks, and the comparison of scenarios."""

import csv
import hashlib
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from agriplan.analysis.comparison import compare
from agriplan.analysis.values_in_force import in_force
from agriplan.commands.output import write_workbooks
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.files import load_template, write_comparison, write_pack
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.filling_in import loaded
from tests.workbook.parity_cases import SCENARIOS


@pytest.fixture(scope="module")
def plan(baselines, suggestions):
    """With every run a plan of one indicator: a pack has a workbook of each area whatever stands in it."""
    data = baselines if FULL else of_indicators(baselines, {"milk"})
    return make_plan(parse_scenario({"name": "=1+1"}), data, suggestions)


@pytest.fixture(scope="module")
def pack(plan):
    return write_pack(plan, load_template(None, "zh"), "zh")


def test_the_pack_holds_every_area_and_an_index_of_what_they_were_made_from(plan, pack):
    with ZipFile(BytesIO(pack)) as files:
        names = {area.name_zh for area in plan.baselines.areas.values()}
        assert set(files.namelist()) == {f"{name}-=1+1.xlsx" for name in names} | {"目录.csv"}
        rows = list(csv.reader(StringIO(files.read("目录.csv").decode("utf-8-sig"))))
        sums = {row[0]: row[1] for row in rows if row and row[0].endswith(".xlsx")}
        assert sums == {
            name: hashlib.sha256(files.read(name)).hexdigest() for name in files.namelist() if name != "目录.csv"
        }
    assert ["指纹", plan.fingerprint] in rows
    assert ["方案", "'=1+1"] in rows


def test_the_same_plan_gives_the_same_files(plan, pack, tmp_path):
    paths = list(write_workbooks(plan, ["150000", "150500"], tmp_path, "zh", None))
    assert [path.name for path in paths] == ["内蒙古自治区-=1+1.xlsx", "通辽市-=1+1.xlsx"]
    with ZipFile(BytesIO(pack)) as files:
        assert all(path.read_bytes() == files.read(path.name) for path in paths)


def test_a_comparison_tells_what_was_changed_and_what_that_moved(baselines, suggestions):
    plans = [
        make_plan(parse_scenario({**SCENARIOS[name], "name": name}), baselines, suggestions)
        for name in ("default", "other_rules", "ceilings_that_bind")
    ]
    comparison = compare(plans)
    book = describe_comparison(comparison, "zh")
    entries = book.sheets["changes"].tables["changes"]
    place = list(entries.keys).index("growth.milk.150500")
    assert entries.columns["entry"].values[place] == "奶类产量 · 增速 · 通辽市"
    assert [entries.columns[f"plan_{number}"].values[place] for number in range(1, 6)] == [
        2.07,
        8.0,
        2.07,
        None,
        None,
    ]
    # What was not entered but holds all the same is said to be the default.
    assert [entries.columns[f"default_{number}"].values[place] for number in range(1, 4)] == [1, 0, 1]
    moved = book.sheets["moved"].tables["moved"]
    assert min(moved.columns["spread"].values) > 0
    of_region = [".150000." in key for key in moved.keys]
    assert of_region == sorted(of_region, reverse=True)
    data = write_comparison(comparison, load_template(None, "zh"), "zh")
    assert data == write_comparison(comparison, load_template(None, "zh"), "zh")
    sheets = loaded(data).worksheets
    assert len(sheets) == len(book.sheets)
    texts = {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert {"默认方案", "other_rules", "ceilings_that_bind"} <= texts


def test_two_to_five_scenarios_fit(baselines, suggestions):
    plans = [make_plan(Scenario(name=str(number)), baselines, suggestions) for number in range(5)]
    for count in (2, 5):
        book = describe_comparison(compare(plans[:count]), "en")
        assert len(book.sheets["milk"].tables["lines"].keys) == count


def test_a_comparison_can_be_followed_with_a_finger(baselines, suggestions):
    plans = [make_plan(parse_scenario(SCENARIOS[name]), baselines, suggestions) for name in ("default", "other_rules")]
    book = describe_comparison(compare(plans), "zh")
    for commitment in baselines.commitments:
        sheet = book.sheets[commitment.id]
        lines, region, leagues = (sheet.tables[name].columns for name in ("lines", "region", "leagues"))
        difference = sheet.tables["difference"].columns
        for number, plan in enumerate(plans, 1):
            printed = plan.printed.by_indicator[commitment.id]
            assert lines["gap"].values[number - 1] == pytest.approx(printed["gap_stated"])
            assert lines["unallocated"].values[number - 1] == pytest.approx(printed["unallocated"])
            assert region[f"target_{number}"].values == [printed["reached"]]
            assert region[f"amount_{number}"].values == [printed["placed_stated"]]
            if commitment.is_rate:
                continue
            total = sum(leagues[f"target_{number}"].values) + difference[f"target_{number}"].values[0]
            assert total == pytest.approx(printed["reached"])
            assert difference[f"target_{number}"].values[0] == pytest.approx(
                printed["statistical_difference"], abs=1e-9
            )
        for name in ("target", "amount"):
            found = [leagues[f"{name}_{number}"].values for number in (1, 2)]
            apart = [max(each) - min(each) for each in zip(*found, strict=True)]
            assert leagues[f"{name}_spread"].values == pytest.approx(apart, abs=1e-9)


def test_what_a_scenario_leaves_out_is_shown_as_what_holds(baselines, suggestions):
    usual = make_plan(parse_scenario({}), baselines, suggestions)
    held = {
        "growth.milk.150000": 2.07,
        "growth.livestock_units.150500": 0.0,
        "target.milk": 1000.0,
        "path.milk": "constant_growth",
        "unit_value_growth.meat_sheep_value": 0.0,
        "allocation.milk.rule": "by_baseline",
        "allocation.milk.max_growth": 15.0,
        "allocation.milk.reserve": 0.0,
        "allocation.milk.ceiling.150500": None,
        "allocation.improved_breed_rate.max_growth": None,
        "baseline.milk_output.150500.value": 35.87,
        "baseline.milk_output.150500.source": None,
        "actual.milk.150500.2021": None,
        "status_margin": 2.0,
    }
    assert {path: in_force(path, usual) for path in held} == held
    busy = make_plan(parse_scenario({"growth": {"milk": {"150000": 3.0}}}), baselines, suggestions)
    assert in_force("growth.milk.150500", busy) == 3.0  # the region's entry stands for the league
