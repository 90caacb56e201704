"""docs/architecture.md names only what is there, and every folder of the package."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(agriplan/[\w./]+|[\w]+/[\w./]+\.py)`", PAGE)))
FOLDERS = [path.name for path in (ROOT / "agriplan").iterdir() if (path / "__init__.py").is_file()]


@pytest.mark.parametrize("path", NAMED)
def test_what_the_page_names_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / "agriplan" / path).exists()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_stands_in_the_picture(folder: str) -> None:
    picture = PAGE.split("```")[1]
    assert re.search(rf"^{folder}/ ", picture, re.MULTILINE)
