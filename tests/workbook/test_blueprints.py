"""A blueprint makes the workbook of any scenario, and one that was kept in a file makes the same."""

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import ScenarioError
from agriplan.forecast.suggestions import suggestions_for
from agriplan.kept_files import LEFT_BEHIND
from agriplan.places import baselines_folder
from agriplan.sentences import LANGS, Lang
from agriplan.workbook.blueprint import Blueprint, OtherShapeError, draw
from agriplan.workbook.blueprints import Blueprints
from agriplan.workbook.common_parts import with_common_parts
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.evaluate.book import evaluated
from agriplan.workbook.evaluate.program import NoTwinError, Program
from agriplan.workbook.files import find_template, load_template, write_workbook
from agriplan.workbook.kept_blueprints import MOST_BYTES, MOST_FILES, KeptBlueprints
from agriplan.workbook.xlsx.writer import render
from benchmarks.workbook import held
from tests.thoroughness import FULL
from tests.workbook.fewer_indicators import of_indicators


@pytest.fixture(scope="module")
def default(baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    return make_plan(Scenario(), baselines, suggestions)


@pytest.fixture(scope="module")
def shape(default: Plan) -> Callable[[str, Lang], Blueprint]:
    """The blueprint of an area in a language, drawn once for all tests of this file."""
    return cache(lambda area, lang: draw(default, area, load_template(None, lang), lang))


@pytest.fixture(scope="module")
def drawn(shape: Callable[[str, Lang], Blueprint]) -> Blueprint:
    return shape("150500", "zh")


def entries(data: Baselines) -> dict[str, Any]:
    """A scenario that enters something of every kind."""
    first, league = data.commitments[0], data.leagues[4].code
    figure, year = data.base_figures[first.quantity, league].value, str(data.base_year + 1)
    priced = next(each for each in data.commitments if each.unit_value)
    herd = next(each.herd for each in data.commitments if each.herd)
    limits = {
        "rule": "by_criteria",
        "max_growth": "none",
        "reserve": 2.5,
        "margin": 1.0,
        "floor": {first.leagues[0]: 0.5},
        "ceiling": {first.leagues[1]: 9.0},
        "lock": {first.leagues[2]: {"target": figure}},
        "shares": {first.leagues[0]: 2.0},
        "criteria": {data.criteria[0].id: 3.0},
    }
    return {
        "name": "全部",
        "note": "每一种填报",
        "target": {first.id: first.target * 1.01},
        "growth": {first.id: {data.region.code: 1.0, league: 8.0}, herd: {data.region.code: 0.5, league: 1.5}},
        "unit_value_growth": {priced.id: 1.0},
        "baseline": {
            first.quantity: {league: {"value": figure * 0.9, "source": "统计局", "note": "快报"}},
            priced.unit_value: {data.region.code: {"value": 80.0, "source": "调查"}},
            priced.id: {league: {"value": 3.0, "source": "核算"}},
            herd: {league: {"value": 900.0, "source": "普查"}},
        },
        "allocation": {first.id: limits, priced.id: {"rule": "by_criteria", "criteria": "entropy"}},
        "limits_why": {first.id: {first.leagues[0]: "水源"}},
        "path": {first.id: "late_loaded"},
        "status_margin": 3.0,
        "actual": {
            first.id: {league: {year: figure}, data.region.code: {year: first.target * 0.9}},
            priced.id: {data.leagues[1].code: {year: 5.0}, data.region.code: {year: 400.0}},
            priced.quantity: {data.region.code: {year: 100.0}},
        },
    }


@pytest.mark.parametrize(("area", "lang"), [pytest.param("150000", "en", marks=pytest.mark.thorough), ("150500", "zh")])
def test_a_blueprint_gives_the_same_bytes_as_describing_laying_out_and_writing_the_scenario_itself(
    default: Plan, shape: Callable[[str, Lang], Blueprint], area: str, lang: Lang
) -> None:
    template = load_template(None, lang)
    blueprint = shape(area, lang)
    plan = make_plan(parse_scenario(entries(default.baselines)), default.baselines, default.suggestions)
    assert blueprint.workbook(plan) == render(template, describe_book(plan, area, lang, template.words))
    assert blueprint.workbook(default) == render(template, describe_book(default, area, lang, template.words))


def test_a_criterion_follows_an_own_figure_though_its_other_part_can_be_replaced_by_nobody(
    baselines: Baselines,
) -> None:
    """Without the indicator that a criterion is made from its figures stand in no cell of the inputs; the herds do."""
    data = of_indicators(baselines, {"milk", "meat_sheep_value", "improved_breed_rate"})
    suggestions, template = suggestions_for(data), load_template(None, "zh")
    usual = make_plan(Scenario(), data, suggestions)
    plan = make_plan(parse_scenario(entries(data)), data, suggestions)
    blueprint = draw(usual, "150500", template, "zh")
    assert blueprint.workbook(plan) == render(template, describe_book(plan, "150500", "zh", template.words))
    weights = {code: plan.league_row("meat_sheep_value", code)["criteria_weight"] for code in ("150500", "152900")}
    score = evaluated(describe_book(plan, "150500", "zh", template.words)).sheets["meat_sheep_value"].tables["criteria"]
    scores = dict(zip(score.keys, score.columns["score"].values, strict=True))
    assert {code: scores[code] for code in weights} == pytest.approx(weights, rel=1e-9)


def test_formulas_are_worked_out_only_where_something_else_is_entered_than_when_the_shape_was_drawn(
    default: Plan, drawn: Blueprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[Program] = []
    evaluate = Program.evaluate

    def counted(program: Program, given: Any) -> Any:
        worked_out.append(program)
        return evaluate(program, given)

    expected = drawn.workbook(default)
    monkeypatch.setattr(Program, "evaluate", counted)
    assert drawn.workbook(make_plan(Scenario(), default.baselines, default.suggestions)) == expected
    assert worked_out == []
    for raw in ({"growth": {"milk": {"150500": 8.0}}}, {"note": "只有一句话"}, {"status_margin": 3.0}):
        plan = make_plan(parse_scenario(raw), default.baselines, default.suggestions)
        assert drawn.workbook(plan) != expected
    assert worked_out == [drawn.program] * 3


def test_a_scenario_that_needs_more_places_than_any_usual_one_gets_a_workbook_of_its_own(
    default: Plan,
) -> None:
    data, template = (
        of_indicators(default.baselines, {"milk", "beef_cattle_value", "forage_value"}),
        load_template(None, "en"),
    )
    why = {each.id: dict.fromkeys(each.leagues, "因水源与草畜平衡所限" * 15) for each in data.commitments}
    ceilings = {each.id: {"ceiling": dict.fromkeys(each.leagues, 900)} for each in data.commitments}
    plan = make_plan(parse_scenario({"limits_why": why, "allocation": ceilings}), data, default.suggestions)
    with pytest.raises(OtherShapeError):
        draw(make_plan(Scenario(), data, default.suggestions), "150000", template, "en").workbook(plan)
    own = render(template, describe_book(plan, "150000", "en", template.words))
    assert write_workbook(plan, "150000", template, "en") == own


@pytest.mark.parametrize(("area", "lang"), [*product(["150500", "150000"], LANGS)] if FULL else [("150500", "zh")])
def test_a_kept_blueprint_holds_at_most_six_mib(
    default: Plan, shape: Callable[[str, Lang], Blueprint], tmp_path: Path, area: str, lang: Lang
) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    path = kept.path("template", area, lang)
    kept.keep(path, shape(area, lang))
    assert 1 <= held(lambda: kept.find(path)) <= 6


@pytest.mark.thorough
def test_a_further_league_s_blueprint_takes_a_quarter_of_the_memory_and_makes_the_same_workbooks(
    drawn: Blueprint, default: Plan, tmp_path: Path
) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    template = load_template(None, "zh")
    paths = {area: kept.path("template", area, "zh") for area in ("150500", "150700")}
    kept.keep(paths["150500"], drawn)
    other = draw(default, "150700", template, "zh")
    kept.keep(paths["150700"], other)
    first, alone = kept.find(paths["150500"]), kept.find(paths["150700"])
    assert first
    assert alone
    plan = make_plan(parse_scenario(entries(default.baselines)), default.baselines, default.suggestions)
    assert first.workbook(plan) == drawn.workbook(plan)

    def shared() -> Blueprint:
        found = kept.find(paths["150700"])
        assert found
        return with_common_parts(found, first)

    assert held(shared) <= held(lambda: kept.find(paths["150700"])) / 4
    assert shared().compiled.segments is first.compiled.segments
    for each in (plan, default):
        assert shared().workbook(each) == alone.workbook(each) == other.workbook(each)


def test_what_is_equal_in_python_and_another_cell_is_not_taken_from_another_blueprint(drawn: Blueprint) -> None:
    entry = next(entry for entry, value in drawn.constants.items() if isinstance(value, list) and len(value) > 1)
    ours = replace(drawn, constants={**drawn.constants, entry: [1.0, True]})
    other = replace(drawn, constants={**drawn.constants, entry: [1, 1.0]})
    assert repr(with_common_parts(ours, other).constants[entry]) == "[1.0, True]"


def test_a_kept_blueprint_makes_the_same_workbook_and_is_data_alone(
    drawn: Blueprint, default: Plan, tmp_path: Path
) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    path = kept.path("template", "150500", "zh")
    assert kept.find(path) is None
    kept.keep(path, drawn)
    assert path.stat().st_size <= MOST_BYTES
    with ZipFile(path) as archive:
        assert archive.namelist() == ["blueprint.json", "streams", "numbers"]
        json.loads(archive.read("blueprint.json"))
    found = kept.find(path)
    assert found is not None
    for raw in ({}, {"growth": {"milk": {"150500": 8.0}}}, entries(default.baselines)):
        plan = make_plan(parse_scenario(raw), default.baselines, default.suggestions)
        assert found.workbook(plan) == drawn.workbook(plan)


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    return data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]


def _other(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        said = json.loads(archive.read("blueprint.json"))
        streams = archive.read("streams")
    del said["compiled"]["segments"]
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("blueprint.json", json.dumps(said))
        archive.writestr("streams", streams)
    return buffer.getvalue()


def _streams_broken(data: bytes) -> bytes:
    """A file that is sound as such: the checksum of its part is that of the broken stretches."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            part = archive.read(name)
            half = len(part) // 2
            made.writestr(name, part[:half] + bytes(99) + part[half + 99 :] if name == "streams" else part)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _flipped,
        _other,
        _streams_broken,
        lambda _: b"",
        lambda _: b"PK" * 99,
        lambda data: data + b"0" * MOST_BYTES,
    ],
)
def test_a_broken_file_is_passed_over(drawn: Blueprint, default: Plan, tmp_path: Path, damage: Any) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    path = kept.path("template", "150500", "zh")
    kept.keep(path, drawn)
    path.write_bytes(damage(path.read_bytes()))
    assert kept.find(path) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no such permissions here")
def test_a_file_that_others_could_have_written_is_passed_over(drawn: Blueprint, default: Plan, tmp_path: Path) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    path = kept.path("template", "150500", "zh")
    kept.keep(path, drawn)
    path.chmod(0o666)
    assert kept.find(path) is None


def test_of_too_many_those_go_that_were_used_longest_ago_whoever_made_them(
    drawn: Blueprint, default: Plan, tmp_path: Path
) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    used, other = kept.path("template", "150500", "zh"), tmp_path / "workbook-0000-1111.zip"
    kept.keep(used, drawn)
    other.write_bytes(b"of another installation")
    for number in range(MOST_FILES):
        kept.path("template", str(number), "zh").write_bytes(b"")
        os.utime(kept.path("template", str(number), "zh"), (time.time() - 1000 + number,) * 2)
    os.utime(used, (time.time() - 2000,) * 2)
    assert kept.find(used) is not None
    kept.keep(kept.path("template", "150600", "zh"), drawn)
    left = {*tmp_path.iterdir()}
    assert len(left) == MOST_FILES
    assert {used, other, kept.path("template", "150600", "zh")} <= left
    assert not kept.path("template", "2", "zh").exists()


def test_what_a_killed_process_left_half_written_goes_and_what_is_being_written_stays(
    drawn: Blueprint, default: Plan, tmp_path: Path
) -> None:
    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    old, new = tmp_path / "workbookab12.part", tmp_path / "workbook-cd34.part"
    for draft, age in ((old, LEFT_BEHIND + 60), (new, 60)):
        draft.write_bytes(b"half")
        os.utime(draft, (time.time() - age,) * 2)
    kept.keep(kept.path("template", "150500", "zh"), drawn)
    assert (old.exists(), new.exists()) == (False, True)


def test_where_the_disk_is_full_no_half_file_stays(
    drawn: Blueprint, default: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = KeptBlueprints(default.baselines, default.suggestions, tmp_path)
    monkeypatch.setattr(Path, "replace", full)
    kept.keep(kept.path("template", "150500", "zh"), drawn)
    assert list(tmp_path.iterdir()) == []


def test_a_kept_blueprint_goes_with_its_template_area_language_and_data(default: Plan, tmp_path: Path) -> None:
    data = default.baselines
    kept = KeptBlueprints(data, default.suggestions, tmp_path)
    other = KeptBlueprints(replace(data, version="other"), default.suggestions, tmp_path)
    grown = KeptBlueprints(data, default.suggestions.assign(growth=1.0), tmp_path)
    asked = [("t", "150500", "zh"), ("u", "150500", "zh"), ("t", "150600", "zh"), ("t", "150500", "en")]
    paths = {each.path(*words) for each in (kept, other, grown) for words in asked}
    assert len(paths) == 12


def test_as_many_blueprints_are_held_as_there_are_areas_and_a_scenario_is_in_none(
    default: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, drawn: Blueprint
) -> None:
    monkeypatch.setattr("agriplan.workbook.kept_blueprints.user_cache_path", lambda *_, **__: tmp_path)
    seen: list[Plan] = []

    def recorded(plan: Plan, *_: object) -> Blueprint:
        seen.append(plan)
        return drawn

    monkeypatch.setattr("agriplan.workbook.blueprints.draw", recorded)
    monkeypatch.setattr(Blueprint, "workbook", lambda *_: b"filled")
    blueprints = Blueprints(default.baselines, default.suggestions)
    plan = make_plan(parse_scenario({"note": "confidential"}), default.baselines, default.suggestions)
    for number in range(len(default.baselines.areas) + 3):
        for times in (0, 1):
            blueprints.workbook(plan, f"area {number}", load_template(None, "zh"), "zh")
            assert len(blueprints._known) == min(number + times, len(default.baselines.areas))
    assert all(each.scenario == Scenario() for each in seen)
    assert all(b"confidential" not in each.read_bytes() for each in tmp_path.iterdir())


def test_where_the_data_need_entries_nothing_that_was_entered_is_kept_on_disk(
    default: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("agriplan.workbook.kept_blueprints.user_cache_path", lambda *_, **__: tmp_path / "cache")
    folder = Path(shutil.copytree(baselines_folder(), tmp_path / "data"))
    observed = folder / "observed.csv"
    lines = observed.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    observed.write_text("".join(one for one in lines if not one.startswith("150500,milk_output,2020,")), "utf-8")
    data = read_baselines(folder)
    with pytest.raises(ScenarioError):
        make_plan(Scenario(), data, default.suggestions)
    own = {"value": 36.5, "source": "secret source"}
    entered = parse_scenario({"name": "机密方案", "note": "confidential", "baseline": {"milk_output": {"150500": own}}})
    plan = make_plan(entered, data, default.suggestions)
    blueprints, template = Blueprints(data, default.suggestions), find_template(None, "zh")
    assert blueprints._kept is not None
    blueprints.keep(plan, "150400", template, "zh")
    assert blueprints.workbook(plan, "150400", template, "zh")
    assert not (tmp_path / "cache").exists()


def test_data_that_a_program_has_changed_leave_nothing_in_the_folder_for_those_of_the_same_version(
    default: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("agriplan.workbook.kept_blueprints.user_cache_path", lambda *_, **__: tmp_path)
    observed = default.baselines.observed
    gone = (observed["area"] == "150300") & (observed["indicator"] == "milk_output")
    changed = replace(default.baselines, observed=observed[~gone])
    assert changed.version == default.baselines.version
    template = find_template(None, "zh")
    first, second = (
        Blueprints(plan.baselines, plan.suggestions).workbook(plan, "150300", template, "zh")
        for plan in (make_plan(Scenario(), changed, default.suggestions), default)
    )
    assert second == draw(default, "150300", load_template(None, "zh"), "zh").workbook(default)
    assert first != second


def test_where_a_kept_program_would_need_a_careful_function_the_workbook_is_drawn_anew(
    default: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, drawn: Blueprint
) -> None:
    monkeypatch.setattr("agriplan.workbook.kept_blueprints.user_cache_path", lambda *_, **__: tmp_path)
    template = find_template(None, "zh")
    blueprints = Blueprints(default.baselines, default.suggestions)
    assert blueprints._kept is not None
    path = blueprints._kept.path(template.version, "150500", "zh")
    blueprints._kept.keep(path, drawn)
    kept = blueprints._kept.find(path)
    assert kept is not None
    with pytest.raises(NoTwinError):
        kept.program.evaluate_carefully([kept.constants.get(entry) for entry in kept.program.given_entries])
    assert template.version == load_template(None, "zh").version
