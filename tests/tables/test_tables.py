"""Figures out of bureaus' tables: what was expected before there was a reader, and what must never slip through."""

import csv
import io
import shutil
import tomllib
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from agriplan.baselines.folder import read_baselines
from agriplan.errors import BaselinesError, WorkbookError
from agriplan.report.csv_export import FORMULA_STARTS
from agriplan.taking import grid as grids_read
from agriplan.taking.accepting import Provenance, accept
from agriplan.taking.cells import MOST_IN_CELL, NO_CELL, read_cell
from agriplan.taking.checking import check_readings
from agriplan.taking.given import TableScope
from agriplan.taking.grid import form_text, parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.table_file import read_file
from agriplan.taking.words import Words
from agriplan.workbook.files import read_template, write_workbook
from tests.commands_run import contents, run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TABLES = sorted(path.stem for path in HERE.glob("*.toml"))
ENOUGH = 0.95
# The same unit a step smaller: what a table says when it is not in the plan's unit.
OTHER_UNITS = {"万吨": "吨", "万头": "头", "万只": "只", "10,000 t": "t"}


def about(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def expected(name):
    rows = csv.DictReader(io.StringIO(about(name)["figures"].strip()))
    return {(row["indicator"], row["area"], int(row["year"])): (row["state"], float(row["value"])) for row in rows}


@cache
def grids_of(name):
    file = next(path for path in HERE.glob(f"{name}.*") if path.suffix != ".toml")
    return read_file(file.name, file.read_bytes())


def reworded(grid, words):
    """The same table with other words in its cells."""

    def other(cell):
        text = cell.text
        for word, instead in words.items():
            text = text.replace(word, instead)
        return cell if text == cell.text else replace(read_cell(text), per_cent=cell.per_cent)

    return replace(grid, rows=tuple(tuple(map(other, row)) for row in grid.rows))


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


def taken_from(grids, words, asked=None):
    taken = [one for grid in grids for one in read_figures(grid, words, asked or TableScope())]
    return check_readings(taken, words.baselines)


@pytest.fixture(scope="module")
def as_it_is(words):
    """What is taken from each table as it stands, read once."""
    return cache(lambda name: taken_from(grids_of(name), words))


def found_in(taken):
    return {one.key: one.value for one in taken if one.state == "found"}


def test_there_are_twenty_tables_and_five_are_transcribed_with_their_place():
    assert len(TABLES) >= 20
    real = [about(name) for name in TABLES if about(name)["origin"] == "transcribed"]
    assert len(real) >= 5
    assert all(one["title"] and one["address"] and one["year"] and one["page"] for one in real)
    assert {path.suffix for path in HERE.iterdir()} >= {".xlsx", ".csv", ".txt"}


def test_nearly_every_cell_is_right_and_none_is_silently_wrong(as_it_is):
    right = all_figures = 0
    for name in TABLES:
        want = expected(name)
        taken = as_it_is(name)
        have = {one.key: (one.state, one.value) for one in taken if one.is_known}
        right += sum(have.get(key) == figure for key, figure in want.items())
        all_figures += len(want)
        silent = {key: value for key, value in found_in(taken).items() if want.get(key) != ("found", value)}
        assert silent == {}, name
    assert all_figures > 400
    assert right >= ENOUGH * all_figures, f"{right} of {all_figures}"


@pytest.mark.parametrize("name", TABLES)
def test_whatever_is_doubtful_or_unknown_has_its_reason_in_both_languages(name, as_it_is):
    for one in as_it_is(name):
        assert bool(one.reasons) == (one.state != "found")
        assert all(reason.text("zh") and reason.text("en") for reason in one.reasons)


@pytest.mark.parametrize("name", TABLES)
def test_another_unit_is_always_doubtful(name, words):
    wrong = [reworded(grid, OTHER_UNITS) for grid in grids_of(name)]
    found = found_in(taken_from(wrong, words))
    assert not {key: value for key, value in found.items() if words.baselines.indicators[key[0]].upper is None}


@pytest.mark.parametrize("name", TABLES)
def test_without_its_unit_nothing_is_found(name, words):
    bare = [reworded(grid, dict.fromkeys(OTHER_UNITS, "")) for grid in grids_of(name)]
    found = found_in(taken_from(bare, words))
    assert not {key: value for key, value in found.items() if words.baselines.indicators[key[0]].upper is None}


def test_a_figure_that_lost_its_decimal_point_is_doubtful_wherever_its_neighbour_is_known(words):
    known = {key[:2] for key in words.baselines.series}
    tried = 0
    for name in TABLES:
        for key in sorted(key for key, (state, _) in expected(name).items() if state == "found" and key[:2] in known):
            for grid in grids_of(name):
                rows = [[times_ten(cell, expected(name)[key][1]) for cell in row] for row in grid.rows]
                taken = taken_from([replace(grid, rows=tuple(map(tuple, rows)))], words)
                assert found_in(taken).get(key) in (None, expected(name)[key][1])
            tried += 1
            break  # one of each table is enough of a walk
    assert tried > 10


def times_ten(cell, value):
    return replace(cell, text=f"{10 * value}", number=10 * value) if cell.number == value and cell.is_value else cell


@pytest.mark.parametrize("name", TABLES)
def test_a_table_survives_the_way_through_a_form(name, as_it_is, words):
    grids = grids_of(name)
    again = [parse_table(grid.name, form_text(grid)) for grid in grids]
    assert found_in(taken_from(again, words)) == found_in(as_it_is(name))


def test_a_label_that_nobody_understands_takes_its_figures_out(words):
    table = "单位：万吨\n地区\t2022年\n通辽市\t42.6\n通辽市（不含科尔沁区）\t30.1\n通辽市牛奶\t42.6\n"
    taken = taken_from([parse_table("a", "牛奶产量\n" + table)], words)
    assert [one.state for one in taken] == ["found", "unknown", "found"]


def test_an_area_and_a_year_that_only_a_person_knows_are_asked_once(words):
    table = parse_table("a", "指标\t数量\n牛奶产量（万吨）\t42.6\n")
    assert found_in(taken_from([table], words)) == {}
    assert found_in(taken_from([table], words, TableScope("150500", 2022))) == {("milk_output", "150500", 2022): 42.6}


def test_another_region_takes_its_own_tables_with_no_word_of_python():
    data = read_baselines(ROOT / "tests" / "plans" / "hexi")
    indicator = next(one for one in data.indicators.values() if one.indicator == data.commitments[0].quantity)
    league = data.leagues[0]
    text = f"2024年{indicator.name_zh}（{indicator.unit_zh}）\n地区\t数值\n{league.name_zh}\t1.5\n"
    (one,) = read_figures(parse_table("a", text), Words(data))
    assert one.key == (indicator.indicator, league.code, 2024)


def test_a_workbook_that_the_guard_refuses_is_not_read(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xl/vbaProject.bin", b"x")
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(WorkbookError, match="macros"):
        read_file("a.xlsx", packed.getvalue())
    with pytest.raises(WorkbookError, match="2000 rows"):
        read_file("a.csv", b"a,b\n" * 2_001)
    with pytest.raises(WorkbookError, match="20000 cells"):
        read_file("a.csv", b"3,4,5,6,7,8,9,3,4,5,6,7,8,9\n" * 1_500)
    with pytest.raises(WorkbookError, match="20000 cells"):
        parse_table("a.txt", "牛奶 " * 400_000)


def test_a_workbook_of_our_own_is_no_table(plan):
    made = write_workbook(plan, "150500", read_template(ROOT / "templates" / "workbook.xlsx"), "zh")
    with pytest.raises(WorkbookError, match="made by agriplan"):
        read_file("通辽市.xlsx", made)


SAID = ("--basis", "local", "--grade", "secondary", "--source", "通辽市统计局《统计年鉴》2023")


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(ROOT / "baselines", tmp_path / "plan"))


TABLE = HERE / "years_across.txt"


def test_nothing_is_written_before_it_is_confirmed(folder):
    before = contents(folder)
    shown = run("--lang", "en", "take", TABLE, "-o", folder)
    assert shown.exit_code == 0
    assert "12 figures: 12 usable, 0 doubtful, 0 not taken" in shown.output
    half = run("take", TABLE, "-o", folder, "--accept", "--basis", "local")
    wrong = run("--lang", "en", "take", TABLE, "-o", folder, "--accept", *SAID[:3], "oficial", *SAID[4:])
    assert (half.exit_code, wrong.exit_code) == (2, 2)
    assert "did you mean" in wrong.stderr
    assert contents(folder) == before


def test_what_is_confirmed_is_written_and_undone_in_one_step(folder):
    before = contents(folder)
    done = run("take", TABLE, "-o", folder, "--accept", *SAID)
    assert done.exit_code == 0, done.output
    data = read_baselines(folder)
    assert data.series["milk_output", "150500", "local"] == {2019: 32.91, 2020: 35.87, 2021: 39.1, 2022: 42.62}
    assert data.source_list[-1].title_zh == "通辽市统计局《统计年鉴》2023"
    changed = {name for name, text in contents(folder).items() if text != before.get(name)}
    assert changed == {"observed.csv", "sources.csv"}
    old, new = (set(text["observed.csv"].decode().splitlines()) for text in (before, contents(folder)))
    assert len(new - old) == 12
    assert not old - new  # no other line changes
    assert run("take", "--undo", "-o", folder).exit_code == 0
    assert contents(folder) == before
    assert run("take", "--undo", "-o", folder).exit_code == 2


def test_taking_the_same_table_twice_changes_nothing_the_second_time(folder):
    assert run("take", TABLE, "-o", folder, "--accept", *SAID).exit_code == 0
    before = contents(folder)
    assert run("--baselines", folder, "take", TABLE, "--accept", *SAID).exit_code == 0
    assert contents(folder) == before


def test_undoing_never_loses_what_was_changed_since(folder):
    run("take", TABLE, "-o", folder, "--accept", *SAID)
    with (folder / "observed.csv").open("a", encoding="utf-8") as file:
        file.write("150500,beef_output,2016,11.1,万吨,local,official,0.03,estimate,,\n")
    before = contents(folder)
    assert run("take", "--undo", "-o", folder).exit_code == 2
    assert contents(folder) == before


def test_the_shipped_folder_is_copied_and_never_written_to(tmp_path):
    before = contents(ROOT / "baselines")
    assert run("take", TABLE, "--accept", *SAID).exit_code == 2
    assert run("take", TABLE, "--accept", *SAID, "-o", tmp_path / "mine").exit_code == 0
    assert contents(ROOT / "baselines") == before
    assert set(contents(tmp_path / "mine")) == set(before)


def test_figures_that_make_the_folder_unsound_are_not_written(folder, words):
    before = contents(folder)
    table = folder.parent / "over.csv"
    table.write_text("2020年奶类产量（万吨）,\n地区,产量\n呼和浩特市,340\n", encoding="utf-8")
    refused = run("take", table, "-o", folder, "--accept", "--basis", words.baselines.basis, *SAID[2:])
    assert refused.exit_code == 2
    assert contents(folder) == before


def test_text_of_a_person_becomes_no_formula_in_the_data_files(baselines, words):
    texts = {name: (ROOT / "baselines" / name).read_text(encoding="utf-8") for name in ("observed.csv", "sources.csv")}
    taken = taken_from(grids_of("years_across"), words)
    made = accept(taken, Provenance("local", "secondary", "=HYPERLINK(1)", address="@x"), baselines, texts)
    cells = [cell for row in csv.reader(io.StringIO(made.texts["sources.csv"])) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    with pytest.raises(BaselinesError):
        accept(taken, Provenance("local", "secondary", "="), baselines, texts)


@pytest.mark.parametrize("sign", [*FORMULA_STARTS, "＝", " =", "=+"])
def test_the_name_of_a_table_becomes_no_formula_in_the_data_files(sign, baselines, words):
    texts = {name: (ROOT / "baselines" / name).read_text(encoding="utf-8") for name in ("observed.csv", "sources.csv")}
    grids = [replace(grid, name=f'{sign}HYPERLINK("http://x")') for grid in grids_of("years_across")]
    made = accept(taken_from(grids, words), Provenance("local", "secondary", "年鉴"), baselines, texts)
    notes = [row["note_zh"] for row in csv.DictReader(io.StringIO(made.texts["observed.csv"])) if row["note_zh"]]
    assert made.new + made.changed == sum(note.startswith('HYPERLINK("http://x")!') for note in notes)
    assert made.new + made.changed > 0


def test_a_long_label_or_name_is_cut_and_its_figures_are_none_of_ours(words):
    wide = " " * MOST_IN_CELL
    for label in (f"牛奶产量(万吨){wide}下降", f"通辽市{wide}人均", "牛奶产量(万吨)" * 18_000):
        grid = parse_table("x" * 9_000, f"2021年\t{label}\n通辽市\t3.5")
        assert max(len(cell.text) for row in grid.rows for cell in row) == len(grid.name) == MOST_IN_CELL
        figures = read_figures(grid, words, TableScope(year=2021))
        assert [one.state for one in figures] == ["unknown"]
        assert len(figures[0].reasons[0].text("zh")) < 2 * MOST_IN_CELL


def test_a_cell_without_anything_is_no_figure():
    assert NO_CELL.is_blank
    assert not NO_CELL.is_value


@pytest.mark.parametrize(
    "text", ["a\n" * 600_000, "a\n" * 300_000, "1," * 300_000, "a\t\n" * 200_000, "|a|\n" * 200_000]
)
def test_of_a_table_that_is_too_large_no_more_is_read_than_shows_it(monkeypatch, text):
    read = []
    monkeypatch.setattr(grids_read, "read_cell", lambda text: read.append(text) or read_cell(text))
    monkeypatch.setattr(
        grids_read, "knows_some", lambda text: len(text) <= 1_000_000 or pytest.fail("sought in megabytes")
    )
    with pytest.raises(WorkbookError) as caught:
        read_file("a.txt", text.encode())
    assert [one.code for one in caught.value.problems] == ["table_too_large"]
    assert len(read) <= grids_read.MOST_FILLED
