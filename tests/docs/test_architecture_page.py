"""docs/architecture.md names only what is there, and every folder of the package."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(agriplan/[\w./]+|[\w]+/[\w./]+\.py)`", PAGE)))
PACKAGE = ROOT / "agriplan"
# Words with which a module reads, writes or removes files; asking whether one is there is none of it.
TOUCHES = re.compile(
    r"\.(read_text|read_bytes|write_text|write_bytes|unlink|mkdir|iterdir|glob|rglob|chmod|stat)\("
    r"|\b(mkstemp|TemporaryDirectory|NamedTemporaryFile|utime|DocxTemplate|read_bounded)\(|(?<![.\w])open\(|ZipFile\((file|path)\)"
)
FOLDERS = [path.name for path in (ROOT / "agriplan").iterdir() if (path / "__init__.py").is_file()]


@pytest.mark.parametrize("path", NAMED)
def test_what_the_page_names_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / "agriplan" / path).exists()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_stands_in_the_picture(folder: str) -> None:
    picture = PAGE.split("```")[1]
    assert re.search(rf"^{folder}/ ", picture, re.MULTILINE)


# What a plan becomes, by what writes it.
WRITTEN_BY = {
    "import json": "JSON",
    "csv_export": "CSV",
    ".write_parquet(": "Parquet",
    "import sqlite3": "SQLite",
    "from docxtpl": "Word",
}


def test_whatever_a_report_is_written_as_stands_in_the_picture() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "report").rglob("*.py"))
    written = {word for writer, word in WRITTEN_BY.items() if writer in source}
    told = re.search(r"^report/ .*-> (.*)$", PAGE.split("```")[1], re.MULTILINE)[1].split(", ")
    assert written == {*WRITTEN_BY.values()}
    assert {*told} == {*written, "terminal"}


def test_every_module_of_the_ground_stands_in_the_picture() -> None:
    picture = PAGE.split("```")[1]
    ground = re.search(r"^ground(.*?)^\w", picture, re.MULTILINE | re.DOTALL)[1].split()
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__", "cli"}
    assert set(ground) == modules


def test_files_are_touched_where_the_page_says_and_nowhere_else() -> None:
    table = PAGE.partition("files on disk in these")[2].partition("## ")[0]
    named = set(re.findall(r"`agriplan/([\w/.]+)`", table))
    touching = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and TOUCHES.search(path.read_text(encoding="utf-8"))
    }
    homes = {path: [name for name in named if f"{path}/".startswith(f"{name.rstrip('/')}/")] for path in touching}
    assert sorted(path for path, names in homes.items() if not names) == []
    assert sorted(named - {name for names in homes.values() for name in names}) == []


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_a_page_lists_the_folders_in_the_order_in_which_they_import(page: str) -> None:
    """From the ground up: what a folder imports stands above it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(one["layers"] for one in project["tool"]["importlinter"]["contracts"] if one["id"] == "house")
    height = {name: -at for at, layer in enumerate(layers) for name in layer.split(" | ")}
    listed = re.findall(r"^ *(\w+)/ ", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    folders = [name for name in listed if name in FOLDERS]
    assert sorted(set(folders)) == sorted(FOLDERS)
    assert folders == sorted(folders, key=height.__getitem__)
