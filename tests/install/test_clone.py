"""A clone outside this folder, with the environment that `make` would make: what the documents say is done there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.install.documents import DOCUMENTS, FROM_A_CLONE
from tests.install.following import CHECKOUT, Reader


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What is kept in the repository, and `.venv` with the program."""
    folder = tmp_path / "规划 测算"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("no git here, or no repository: nothing was cloned")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, folder / name)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, begun in {"python": "", "agriplan": " -m agriplan"}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{begun} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    return folder


@pytest.mark.thorough
@pytest.mark.parametrize("page", FROM_A_CLONE)
def test_whoever_has_a_clone_can_do_what_the_document_says(page: str, clone: Path, tmp_path: Path) -> None:
    programs = f"{clone / '.venv' / 'bin'}"
    with Reader(clone, Path(programs), tmp_path, PYTHONPATH=str(clone), PYTHONUTF8="1") as reader:
        DOCUMENTS[page](reader)
