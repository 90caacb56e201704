"""The built wheel, installed into an empty environment outside the checkout, used from another folder."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.install.documents import DOCUMENTS, FROM_THE_WHEEL
from tests.install.following import Reader


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another working folder, also the home of whoever runs the command."""
    folder = tmp_path / "别的 文件夹"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "part",
    [
        "data/baselines/observed.csv",
        "data/docs/settings.md",
        "data/templates/",
        "wording/problems.toml",
        "py.typed",
        "store/migrations/",
    ],
)
def test_wheel_carries_data_templates_and_wording(wheel: Path, part: str) -> None:
    assert any(name.startswith(f"agriplan/{part}") for name in ZipFile(wheel).namelist())


def test_wheel_carries_nothing_but_the_package(wheel: Path) -> None:
    tops = {name.partition("/")[0].partition("-")[0] for name in ZipFile(wheel).namelist()}
    assert tops == {"agriplan"}


@pytest.mark.parametrize("page", FROM_THE_WHEEL)
def test_whoever_installed_the_wheel_can_do_what_the_document_says(page: str, agriplan: Path, elsewhere: Path) -> None:
    with Reader(elsewhere, agriplan.parent, elsewhere) as reader:
        DOCUMENTS[page](reader)
