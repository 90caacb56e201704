"""A file that was saved in another encoding is told so, once, and nothing is told of what it would have held."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.baselines.files import FILES
from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.engine.scenario import Scenario, parse_json
from agriplan.errors import BaselinesError
from agriplan.places import baselines_folder
from agriplan.rolling.beginning import read_areas
from agriplan.taking.grid import decode_table
from agriplan.web.users import load_users
from tests.rolling import missing_csv

ENCODINGS = ("gb18030", "utf-16")


def shipped(into: Path) -> Path:
    return Path(shutil.copytree(baselines_folder(), into))


def rolled(into: Path) -> Path:
    told = CliRunner().invoke(main, ["roll", "--target-year", "2030", "-o", str(into)])
    assert told.exit_code == 0, told.output
    return missing_csv.fill(into)


# The shipped folder lacks nothing; the next period's has a missing.csv as well.
FOLDERS: dict[str, Callable[[Path], Path]] = {"shipped": shipped, "rolled": rolled}
WALKED = [("shipped", name) for name in FILES if name != "missing.csv"] + [("rolled", name) for name in FILES]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    into = tmp_path_factory.mktemp("sound")
    made = {which: make(into / which) for which, make in FOLDERS.items()}
    for folder in made.values():
        read_baselines(folder)
    return made


@pytest.mark.one_in(2)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("which", "name"), WALKED)
def test_only_the_encoding_is_told(
    folders: dict[str, Path], tmp_path: Path, which: str, name: str, encoding: str
) -> None:
    folder = Path(shutil.copytree(folders[which], tmp_path / "plan"))
    text = (folder / name).read_text(encoding="utf-8-sig")
    assert not text.isascii()
    (folder / name).write_bytes(text.encode(encoding))
    with pytest.raises(BaselinesError) as told:
        read_baselines(folder)
    code = "toml_not_utf8" if name.endswith(".toml") else "not_utf8"
    assert [(one.place, one.code) for one in told.value.problems] == [(name, code)]


# What begins a text: programs put the mark of UTF-8 there, some in front of one that stands there already.
@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff"], ids=["one", "two"])
def test_a_text_is_the_same_however_often_it_is_marked_as_utf_8(tmp_path: Path, marks: str) -> None:
    folder = shipped(tmp_path / "plan")
    version = read_baselines(folder).version
    for name in FILES:
        if (folder / name).exists():
            text = (folder / name).read_text(encoding="utf-8-sig")
            (folder / name).write_text(marks + text, encoding="utf-8", newline="")
    assert read_baselines(folder).version == version
    text = f'{marks}{{"target": {{"milk": 900}}}}'
    assert parse_json(text) == parse_json(text.encode()) == Scenario(target={"milk": 900})
    table = f"{marks}盟市,2021年牛肉产量（万吨）\n通辽市,12.5\n"
    assert decode_table("表.csv", table.encode()).rows[0][0].text == "盟市"
    areas = f"{marks}code,name_zh,name_en\n150000,内蒙古自治区,Inner Mongolia\n150500,通辽市,Tongliao\n"
    assert [one.code for one in read_areas(areas.encode(), "盟市.csv")] == ["150000", "150500"]
    users = tmp_path / "users.toml"
    users.write_text(f'{marks}[li]\nname = "李"\narea = "150500"\n', encoding="utf-8")
    assert load_users(users) == {"li": {"name": "李", "area": "150500"}}


# What else makes a table unreadable, or a row of it: nothing is told of the targets and quotations that it would give.
SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "semicolons between the cells": (lambda text: text.replace(",", ";"), "csv_other_sign"),
    "a title above the header": (lambda text: f"还缺的数,,\n{text}", "csv_title_row"),
    "emptied": (lambda _: "", "file_empty"),
    "a row of an unknown kind": (lambda text: text.replace("\ntarget,milk", "\ntargt,milk"), "unknown_word"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_of_a_spoilt_missing_csv_only_the_reason_is_told(folders: dict[str, Path], tmp_path: Path, spoilt: str) -> None:
    folder = Path(shutil.copytree(folders["rolled"], tmp_path / "plan"))
    spoil, code = SPOILT[spoilt]
    file = folder / "missing.csv"
    file.write_text(spoil(file.read_text(encoding="utf-8-sig")), encoding="utf-8")
    with pytest.raises(BaselinesError) as told:
        read_baselines(folder)
    assert [one.code for one in told.value.problems] == [code]
    assert told.value.problems[0].place.startswith("missing.csv")


def test_a_list_of_areas_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_bytes("code,name_zh,name_en\n620000,甘肃省,Gansu\n620100,兰州市,Lanzhou\n".encode("gb18030"))
    told = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--region", str(file)])
    assert told.exit_code == 2
    assert "areas.csv: 文件不是 UTF-8 编码" in told.stderr.replace("：", ": ")
    assert not (tmp_path / "new").exists()
