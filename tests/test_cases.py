"""Worked cases that can be followed by hand, as data: `cases/*.toml`."""

import tomllib
from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest

from agriplan.engine.milestones import lay_milestones, measure_progress
from agriplan.engine.printed import Scales, round_figures
from agriplan.engine.stages import compute
from agriplan.rounding import largest_remainder, quotas, whole_units

# What a case does not state.
LINE = {
    "kind": "amount",
    "ceiling": nan,
    "growth": 0.0,
    "suggested": 0.0,
    "unit_value_growth": 0.0,
    "difference": 0.0,
    "suggested_unit_value_growth": 0.0,
}
LINE |= {"reserve": 0.0, "margin": 0.0, "rule": "by_baseline", "max_growth": nan, "issue_decimals": 2}
LINE |= {"relative_error": 0.0, "published": nan}
LEAGUE = {"named": True, "growth": 0.0, "unit_value_growth": 0.0, "herd_base": nan, "herd_growth": 0.0}
LEAGUE |= {"entered_floor": nan, "entered_ceiling": nan, "entered_lock": nan}
LEAGUE |= {"floor_level": nan, "ceiling_level": nan, "lock_level": nan}
LEAGUE |= {"entered_share": 0.0, "criteria_weight": 0.0}


def cases(kind):
    found = []
    for file in sorted((Path(__file__).parent / "cases").glob("*.toml")):
        contents = tomllib.loads(file.read_text(encoding="utf-8"))
        assert set(contents) <= {"allocation", "path", "monitoring", "issued", "printed", "unallocated"}, file.name
        found += [pytest.param(case, id=f"{file.stem}: {case['title']}") for case in contents.get(kind, [])]
    return found


def same(ours, stated):
    if isinstance(stated, str | bool):
        return ours == stated
    if isnan(stated):
        return isnan(ours)
    return ours == pytest.approx(stated, rel=1e-9, abs=1e-7)


def tables_of(case):
    """Line, leagues and years of a case, with what it does not state."""
    stated = case["leagues"]
    size = len(stated["baseline"])
    leagues = {name: np.array(stated.get(name, [value] * size)) for name, value in LEAGUE.items()}
    leagues["baseline"] = np.array(stated["baseline"], dtype=float)
    assert set(stated) <= set(leagues)
    line = {name: np.array([value]) for name, value in (LINE | case["line"]).items()}
    return line, leagues, case.get("years", 5)


@pytest.mark.parametrize("case", cases("allocation"))
def test_the_engine_shares_a_gap_as_the_case_does_by_hand(case):
    outcome = compute(*tables_of(case))
    for name, value in case["expect"].items():
        assert same(outcome.lines[name][0], value), (name, outcome.lines[name][0], value)
    for name, values in case["expect_leagues"].items():
        ours = outcome.leagues[name].tolist()
        assert all(same(*pair) for pair in zip(ours, values, strict=True)), (name, ours, values)


@pytest.mark.parametrize("case", cases("path"))
def test_milestones_are_those_of_the_case(case):
    years = len(case["milestones"]) - 1
    ours = lay_milestones(np.array([float(case["base"])]), np.array([float(case["target"])]), [case["path"]], years)
    assert ours[0].tolist() == pytest.approx(case["milestones"], rel=1e-12)


@pytest.mark.parametrize("case", cases("monitoring"))
def test_monitoring_says_of_an_actual_what_the_case_says(case):
    base, target, step = float(case["base"]), float(case["target"]), case["step"]
    years = {name: np.array([float(case[name])]) for name in ("base", "target", "step", "actual")}
    years["milestone"] = np.array([base + (target - base) * step / 5])
    years["leads_to"] = years["target"]
    years["is_rate"] = np.array([case.get("is_rate", False)])
    years |= {"met": years["actual"] >= years["target"], "rises": years["target"] > years["base"]}
    ours = measure_progress(years, 5, 2.0)
    for name, value in case["expect"].items():
        assert same(ours[name][0], value), (name, ours[name][0], value)


@pytest.mark.parametrize("case", cases("issued"))
def test_issued_figures_add_up_to_the_rounded_total(case):
    scale = 10.0 ** case["decimals"]
    parts = quotas(case["amounts"], scale)
    assert (largest_remainder(parts, whole_units(parts.sum())) / scale).tolist() == case["issued"]


@pytest.mark.parametrize("case", cases("printed"))
def test_printed_figures_are_those_of_the_case(case):
    line, leagues, years = tables_of(case)
    outcome = compute(line, leagues, years)
    scales = Scales(*np.full((2, 1), 10.0 ** line["issue_decimals"][0]))
    ours = round_figures({"source_target": line["target"]} | outcome.lines, outcome.leagues, scales)
    for name, value in case["expect"].items():
        assert same(ours[0][name][0], value), (name, ours[0][name][0], value)
    for name, values in case["expect_leagues"].items():
        assert all(same(*pair) for pair in zip(ours[1][name].tolist(), values, strict=True)), (name, ours[1][name])
