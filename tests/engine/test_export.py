"""The tidy export: every number of a plan, typed, so that other programs add it up without a cast."""

import io
import json
import re
import sqlite3
import sys

import duckdb
import pandas as pd
import pytest

from agriplan.engine.allocation import RULES
from agriplan.engine.columns import TABLES
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import OutputError
from agriplan.report.chosen import Chosen
from agriplan.report.exports import EXPORTS
from agriplan.report.plan_json import to_json
from agriplan.report.tidy import COLUMNS, tidy
from agriplan.report.units import NO_UNIT
from agriplan.sentences import LANGS

SCENARIO = {
    "name": "=1+1",
    "growth": {"milk": {"150000": 3.0, "150500": 8.0}},
    "baseline": {"milk_output": {"150500": {"value": 36, "source": "通辽市统计局 2021"}}},
    "allocation": {
        "milk": {"rule": "by_criteria", "reserve": 10, "margin": 5, "lock": {"150400": 20}},
        "improved_breed_rate": {"rule": "equal_growth", "floor": {"152500": 0.4}},
    },
    "actual": {"milk": {"150500": {"2021": 40.1}}},
}


@pytest.fixture(scope="module", params=[{}, SCENARIO], ids=["default", "changed"])
def changed(request, baselines, suggestions):
    return make_plan(parse_scenario(request.param), baselines, suggestions)


@pytest.fixture(scope="module")
def table(changed):
    return tidy(changed)


def test_area_indicator_year_and_measure_name_one_row(table):
    assert not table.duplicated(["area", "indicator", "year", "measure"]).any()


def test_every_row_tells_a_figure_or_a_word(changed, table):
    assert table[table["value"].isna() & table["text"].isna()]["measure"].unique().tolist() == []
    due = table[table["measure"] == "difference_due"].set_index(["indicator", "year"])
    exact = table[(table["measure"] == "difference") & table["year"].notna()].set_index(["indicator", "year"])
    assert len(due) == len(changed.by_indicator) * changed.years["year"].nunique()
    pd.testing.assert_series_equal(due["value"], exact["value"])
    assert due["unit"].equals(exact["unit"])


def test_every_column_that_the_data_dictionary_declares_is_a_measure(changed, table):
    keys = {"indicator", "code", "year", "criterion"}
    measures = {measure.split(".")[-1] for measure in table["measure"]}
    declared = {column.name for columns in TABLES.values() for column in columns} - keys
    # What nothing of this plan has: no limit is entered, no growth, no actual, no cap is too low.
    absent = declared - measures
    held = {
        name
        for frame in (changed.lines, changed.leagues, changed.years, changed.criteria)
        for name in frame
        if frame[name].replace("", None).notna().any()
    }
    assert not absent & held


DEPENDS = {"times", "weight", "level", "/point", "criterion"}
# Numbers beside the tables of the data dictionary that are parts of one, numbers of things or years.
PURE = re.compile(
    r"(base|target)_year|league_grades\..*|hindsight\.(known|held)|entered\.(as_of|.*shares|.*criteria)(\..*)?"
)


def test_every_number_says_its_unit_or_is_declared_to_have_none(table):
    pure = {one.name for columns in TABLES.values() for one in columns if one.unit in NO_UNIT}
    told = table[table["value"].notna() & (table["unit"].isna() | table["unit_en"].isna())]
    beside = ("balances", "fodder", "inputs", "entered")
    odd = {
        measure
        for measure in told["measure"]
        if not PURE.fullmatch(measure) and (measure.split(".")[0] in beside or measure.split(".")[-1] not in pure)
    }
    # What depends: ratios are points for rates only, levels and weights go by the rule, projects are counted.
    depends = {one.name for columns in TABLES.values() for one in columns if one.unit in DEPENDS}
    assert {one for one in odd if one.split(".")[-1] not in depends} == set()


def test_numbers_in_the_dictionary_are_declared_with_a_unit_or_as_having_none():
    assert [one.name for columns in TABLES.values() for one in columns if one.sort == "number" and not one.unit] == []


def test_figures_of_different_units_say_them(table, baselines):
    def unit(indicator, measure):
        rows = table[(table["indicator"] == indicator) & (table["measure"] == measure)]
        (found,) = set(rows["unit"].fillna(""))
        return found

    assert unit("milk", "balances.dairy_cow_stock.quantity") == unit("milk", "inputs.growth.swing") == "万吨"
    assert unit("milk", "balances.dairy_cow_stock.stock_needed") == "万头"
    assert unit("milk", "balances.dairy_cow_stock.each") == "吨/头"
    assert unit("beef_cattle_value", "balances.cattle_offtake.quantity") == "万吨"
    assert unit("beef_cattle_value", "inputs.unit_value.low") == "%"
    assert unit("improved_breed_rate", "inputs.growth.low") == "个百分点/年"
    assert unit("improved_breed_rate", "inputs.growth.swing") == "个百分点"
    assert (unit("forage_value", "fodder.herd"), unit("forage_value", "fodder.needed")) == ("万羊单位", "万吨")
    assert (unit("forage_value", "fodder.each"), unit("forage_value", "fodder.parts.1")) == ("千克", "万吨")
    assert unit("forage_value", "criteria.scale.value") == "亿元"
    assert unit("milk", "criteria.resource.value") == "亿元/万羊单位"
    assert unit("milk", "criteria.quality.value") == "%"
    assert unit("milk", "plausible_low") == ""
    assert unit("improved_breed_rate", "edge_1") == unit("improved_breed_rate", "plausible_high") == "个百分点"
    assert unit("improved_breed_rate", "size") == "万羊单位/百分点"


@pytest.mark.one_in(2)
@pytest.mark.parametrize("rule", RULES)
def test_level_times_weight_less_offset_is_in_the_unit_of_the_amount(rule, baselines, suggestions):
    asked = parse_scenario({"allocation": {"milk": {"rule": rule, "shares": {"150500": 1}}}})
    table = tidy(make_plan(asked, baselines, suggestions))
    units = table[table["indicator"] == "milk"].groupby("measure")["unit"].agg(lambda one: one.fillna("").iloc[0])
    assert units["offset"] == units["amount"] == "万吨"
    assert sorted([units["level"], units["weight"]]) == ["", "万吨"]
    in_amounts = rule in {"by_baseline", "by_projection", "equal_growth", "by_headroom"}
    assert units["weight"] == ("万吨" if in_amounts else "")


def numbers_in(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers_in(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner, path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, float(value)


def test_every_number_of_the_json_is_in_the_export_for_its_area_and_indicator(changed, table):
    known = {}
    for row in table.itertuples():
        known.setdefault((row.indicator, row.area), set()).update(
            {row.value, row.printed, float(row.year or 0) if row.year is not pd.NA else 0.0}
        )
    region = changed.baselines.region.code
    for indicator in json.loads(to_json(changed))["indicators"]:
        for league in indicator.pop("leagues"):
            missing = [
                (path, one) for path, one in numbers_in(league) if one not in known[indicator["id"], league["code"]]
            ]
            assert not missing, league["name"]
        everywhere = known[indicator["id"], region] | set().union(
            *(held for (name, _), held in known.items() if name == indicator["id"])
        )
        assert not [(path, one) for path, one in numbers_in(indicator) if one not in everywhere]


def test_every_number_of_the_export_is_in_the_json(changed, table):
    held = {one for _, one in numbers_in(json.loads(to_json(changed)))}
    assert len(held) > 1000
    only_here = table[table["value"].notna() & ~table["value"].isin(held)]
    assert sorted(only_here["measure"].unique()) == []


def test_entries_of_the_scenario_stand_beside_area_indicator_and_year(changed, table):
    if not changed.scenario.actual:
        return
    entered = table[table["measure"].str.startswith("entered.")].set_index("measure")
    row = entered.loc["entered.actual"]
    assert (row["area_zh"], row["indicator_zh"], row["year"], row["value"]) == ("通辽市", "奶类产量", 2021, 40.1)
    assert row["unit"] == "万吨"
    assert entered.loc["entered.allocation.reserve", "unit"] == "%"


SUM = """
    SELECT indicator, sum(value) AS held, sum(printed) AS shown FROM {table}
    WHERE measure = 'target' AND area <> {region} AND year IS NULL GROUP BY indicator ORDER BY indicator
"""


def in_pandas(data, region):
    table = pd.read_csv(io.BytesIO(data))
    rows = table[(table["measure"] == "target") & (table["area"] != int(region))]
    return [tuple(row) for row in rows.groupby("indicator")[["value", "printed"]].sum().reset_index().to_numpy()]


def in_duckdb_as_csv(data, region, tmp_path):
    (tmp_path / "plan.csv").write_bytes(data)
    return duckdb.sql(SUM.format(table=f"'{tmp_path / 'plan.csv'}'", region=region)).fetchall()


def in_duckdb_as_parquet(data, region, tmp_path):
    (tmp_path / "plan.parquet").write_bytes(data)
    return duckdb.sql(SUM.format(table=f"'{tmp_path / 'plan.parquet'}'", region=f"'{region}'")).fetchall()


def in_sqlite(data, region):
    with sqlite3.connect(":memory:") as database:
        database.deserialize(data)
        return database.execute(SUM.format(table="figures", region=f"'{region}'")).fetchall()


def test_other_programs_add_up_league_targets_to_the_plans_totals_without_a_cast(changed, table, tmp_path):
    region = changed.baselines.region.code
    files = {form: write(table) for form, write in EXPORTS.items()}
    found = [
        in_pandas(files["csv"], region),
        in_duckdb_as_csv(files["csv"], region, tmp_path),
        in_duckdb_as_parquet(files["parquet"], region, tmp_path),
        in_sqlite(files["sqlite"], region),
    ]
    for sums in found:
        totals = {indicator: (held, shown) for indicator, held, shown in sums}
        assert set(totals) == set(changed.by_indicator)
        for indicator, line in changed.by_indicator.items():
            if line["kind"] == "rate":
                continue
            shown = changed.printed.by_indicator[indicator]
            held = totals[indicator][0] + line["statistical_difference"]
            assert held == pytest.approx(line["reached"], rel=1e-12)
            assert totals[indicator][1] + shown["statistical_difference"] == pytest.approx(shown["reached"], rel=1e-12)


def test_the_same_plan_gives_the_same_bytes(table):
    for write in EXPORTS.values():
        assert write(table) == write(table.copy())


def test_columns_have_the_types_that_are_declared(table):
    data = EXPORTS["sqlite"](table)
    with sqlite3.connect(":memory:") as database:
        database.deserialize(data)
        found = {row[1]: row[2] for row in database.execute("PRAGMA table_info(figures)")}
        kinds = database.execute("SELECT DISTINCT typeof(value), typeof(printed), typeof(year) FROM figures").fetchall()
    assert found == COLUMNS
    assert {kind for row in kinds for kind in row} == {"real", "integer", "null"}


def test_only_the_areas_and_indicators_that_are_asked_for_are_exported(changed, table):
    chosen = tidy(changed, Chosen(("150500", "150400"), ("milk",)))
    assert set(chosen["area"]) == {"150500", "150400"}
    assert set(chosen["indicator"]) == {"milk"}
    expected = table[table["area"].isin(["150500", "150400"]) & (table["indicator"] == "milk")]
    pd.testing.assert_frame_equal(chosen, expected.reset_index(drop=True))


def test_parquet_says_what_to_install_where_its_writer_is_missing(table, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(OutputError, match=r"agriplan\[parquet\]"):
        EXPORTS["parquet"](table)


@pytest.mark.parametrize("lang", LANGS)
def test_every_measure_has_a_name_in_both_languages(table, lang):
    names = table.set_index("measure")[f"measure_{lang}"]
    assert sorted(set(names.index[names.isna() | (names == "")])) == []
    chinese = names.str.contains("[一-鿿]")
    assert sorted(set(names.index[chinese != (lang == "zh")])) == []
