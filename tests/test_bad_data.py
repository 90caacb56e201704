"""Mistakes in a data folder: each is named with its file, its row and what was probably meant, in both languages."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bad_data import SHIPPED, broken_copy, in_each_others_way, mistakes
from click.testing import CliRunner

from agriplan.baselines import balance_checks, cautions, consistency, lists_at_fault, needed_rows, references, repeats
from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.errors import BaselinesError
from agriplan.sentences import catalogue
from agriplan.workbook import checked_template

MISTAKES = mistakes()


DOUBTFUL = {name: mistake for name, mistake in MISTAKES.items() if "caution" in mistake}
READ = {name: mistake for name, mistake in MISTAKES.items() if mistake.get("read")}
WRONG = {name: mistake for name, mistake in MISTAKES.items() if name not in {*DOUBTFUL, *READ}}


def lines(mistake, lang, level="expected"):
    return [f"{one['place']}: {one[lang]}" for one in mistake[level]]


def told(folder, tmp_path):
    """What is said of a folder, in each language, and the codes of it."""
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    texts = {
        lang: [problem.text(lang).replace(str(tmp_path), "…") for problem in caught.value.problems]
        for lang in ("zh", "en")
    }
    return texts, {problem.code for problem in caught.value.problems}


@cache
def told_of(name):
    """What is said of the shipped data with that mistake alone."""
    with TemporaryDirectory() as folder:
        return told(broken_copy(SHIPPED, Path(folder) / "copy", [WRONG[name]]), Path(folder))


@cache
def cautions_about(name):
    with TemporaryDirectory() as folder:
        return read_baselines(broken_copy(SHIPPED, Path(folder) / "copy", [DOUBTFUL[name]])).cautions


TOGETHER = [name for name, mistake in WRONG.items() if not mistake.get("alone")]


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_with_its_place_and_nothing_else_is(name):
    for lang in ("zh", "en"):
        assert told_of(name)[0][lang] == lines(MISTAKES[name], lang)


@pytest.mark.parametrize("names", [TOGETHER, DOUBTFUL], ids=["wrong", "doubtful"])
def test_no_mistake_replaces_text_that_another_one_looks_for(names):
    """Those of a sort are made in one folder, to be told at once."""
    assert list(in_each_others_way(SHIPPED, {name: MISTAKES[name] for name in names})) == []


def test_a_mistake_in_the_way_of_another_is_named_with_it():
    about = {"file": "sources.csv", "find": "农畜产品加工业（2019年数）", "put": "雨量"}
    part = {"file": "sources.csv", "find": "（2019年数）", "put": ""}
    found = list(in_each_others_way(SHIPPED, {"one": about, "other": part}))
    assert [line.partition(":")[0] for line in found] == ["tests/bad/other"]
    assert "once one has replaced its own" in found[0]


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_figure_is_read_and_asked_about(name):
    for lang in ("zh", "en"):
        assert [caution.text(lang) for caution in cautions_about(name)] == lines(DOUBTFUL[name], lang, "caution")


@pytest.mark.parametrize("name", READ)
def test_a_file_as_excel_leaves_it_is_read_like_the_shipped_one(name, tmp_path, baselines):
    data = read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [READ[name]]))
    assert data.cautions == ()
    for table in ("observed", "sources", "assumptions"):
        assert getattr(data, table).equals(getattr(baselines, table)), table


def test_a_sentence_about_the_data_calls_things_by_their_names(baselines):
    """Codes stand behind a name, or between quotation marks where they are what was typed or is to be typed."""
    codes = {*baselines.areas, *baselines.indicators, *baselines.by_id}
    found = {}
    for name, mistake in MISTAKES.items():
        for one in (*mistake.get("expected", ()), *mistake.get("caution", ())):
            for lang in ("zh", "en"):
                plain = re.sub(r"“[^”]*”|\"[^\"]*\"|(?<=\S)（\w+）|(?<=[\w)]) \(\w+\)", "", one[lang])
                bare = codes & set(re.findall(r"[a-z0-9_]+", plain))
                if bare and name != "region_code_of_a_league":  # there the code itself is what is wrong
                    found[name, lang] = bare
    assert found == {}


def test_every_problem_and_caution_of_the_data_has_its_mistake():
    raised = {one.code for name in DOUBTFUL for one in cautions_about(name)}
    raised = raised.union(*(told_of(name)[1] for name in WRONG))
    written = {
        word
        for module in (consistency, cautions, balance_checks, references, lists_at_fault, needed_rows, repeats)
        for word in re.findall(r'"(\w+)"', Path(module.__file__).read_text(encoding="utf-8"))
    }
    raised.add("missing_figure")  # of a folder with another mistake: tests/test_check_at_once.py
    missing = {word for word in written if f"problem.{word}" in catalogue()} - raised
    assert [f"problem.{word}: a mistake that calls for it in tests/bad/" for word in sorted(missing)] == []


def test_check_says_cautions_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(checked_template, "check_formulas", lambda *_: 1)  # behind the cautions, and told by others
    folder = broken_copy(SHIPPED, tmp_path / "copy", list(DOUBTFUL.values()))
    result = CliRunner().invoke(main, ["--baselines", str(folder), "check"])
    assert result.exit_code == 0, result.stderr
    for mistake in DOUBTFUL.values():
        for one in mistake["caution"]:
            assert one["place"] in result.stdout


def test_the_shipped_data_raise_no_caution(baselines):
    assert baselines.cautions == ()


def test_mistakes_that_do_not_hide_each_other_are_all_named_at_once(tmp_path):
    made = [MISTAKES[name] for name in TOGETHER]
    folder = broken_copy(SHIPPED, tmp_path / "copy", made)
    assert len(TOGETHER) >= 20
    assert sorted(told(folder, tmp_path)[0]["zh"]) == sorted(line for mistake in made for line in lines(mistake, "zh"))


def test_check_names_every_mistake_and_exits_with_2(tmp_path):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [MISTAKES[name] for name in TOGETHER])
    result = CliRunner().invoke(main, ["--baselines", str(folder), "check"])
    assert result.exit_code == 2
    for name in TOGETHER:
        for one in MISTAKES[name]["expected"]:
            assert one["place"] in result.stderr, name


@pytest.mark.parametrize(
    ("file", "without", "place"),
    [
        ("observed.csv", "150400,milk_output,2020,", "observed.csv: milk_output, 150400, 2020: "),
        ("observed.csv", "150000,mutton_unit_value,2020,", "observed.csv: mutton_unit_value, 150000, 2020: "),
        ("assumptions.csv", "forage_value,150000,", "assumptions.csv: forage_value, 150000: "),
        ("assumptions.csv", "mutton_unit_value,150000,", "assumptions.csv: mutton_unit_value, 150000: "),
    ],
)
def test_what_a_plan_lacks_is_told_by_the_file_and_row_that_lacks(file, without, place, tmp_path):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [])
    rows = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    left = [row for row in rows if not row.startswith(without)]
    assert len(left) < len(rows)
    (folder / file).write_text("".join(left), encoding="utf-8")
    result = CliRunner().invoke(main, ["--baselines", str(folder), "check"])
    assert result.exit_code == 2
    assert place in result.stderr
    assert not re.search(r"(?m)^(?:baseline|growth|unit_value_growth)\.", result.stderr)


def test_the_shipped_data_have_no_mistake():
    assert read_baselines(SHIPPED).observed.shape[0] == 294


def test_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path, baselines):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [])
    for file in folder.glob("*.csv"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_baselines(folder).version == baselines.version


def test_a_changed_figure_changes_the_version(tmp_path, baselines):
    change = {"file": "observed.csv", "find": "150500,milk_output,2020,35.87", "put": "150500,milk_output,2020,35.88"}
    assert read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [change])).version != baselines.version
