"""The Makefile in a folder with a space and Chinese in its name; its Python only writes down what it is asked."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PYTHON = """#!/bin/sh
echo "$*" >> asked
case "$*" in
    "-m venv .venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
    "-c "*) exit "${TOO_OLD:-0}" ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "规划 测算"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(CHECKOUT / name, folder)
    shutil.copytree(CHECKOUT / ".ci", folder / ".ci")
    (folder / "python3").write_text(PYTHON, encoding="utf-8")
    (folder / "python3").chmod(0o755)
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "PYTHON=./python3", *arguments]
    surroundings = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environment
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


def asked(folder: Path) -> list[str]:
    lines = (folder / "asked").read_text(encoding="utf-8").splitlines()
    (folder / "asked").unlink()
    return lines


def test_run_makes_the_environment_the_workbooks_and_the_service(folder: Path):
    done = make(folder, "run")
    assert done.returncode == 0, done.stderr
    _, venv, install, workbooks, serve = asked(folder)
    assert venv == "-m venv .venv"
    assert install.startswith("-m pip install")
    assert "--constraint constraints.txt" in install
    assert (workbooks, serve) == ("-m agriplan workbook all -o out", "-m agriplan serve --port 8000")


def test_the_environment_is_made_once_and_renewed_when_the_versions_change(folder: Path):
    make(folder, "lint")
    assert any("pip install" in line for line in asked(folder))
    make(folder, "lint")
    assert not any("pip" in line or "venv" in line for line in asked(folder))
    os.utime(folder / "constraints.txt", (2**31, 2**31))
    make(folder, "lint")
    again = asked(folder)
    assert any("pip install" in line for line in again)
    assert not any("venv" in line for line in again)


def test_an_environment_for_tests_serves_as_well(folder: Path):
    make(folder, "lint")
    asked(folder)
    make(folder, "run")
    assert [line for line in asked(folder) if "pip" in line] == []


def test_an_old_python_is_told_in_a_sentence(folder: Path):
    done = make(folder, "run", TOO_OLD="1")
    assert done.returncode != 0
    assert "Python 3.11" in done.stderr
    assert "需要 Python 3.11" in done.stderr


def test_everything_that_was_made_can_be_removed(folder: Path):
    make(folder, "lint")
    before = {"Makefile", "pyproject.toml", "constraints.txt", ".ci", "python3", "asked"}
    make(folder, "clean")
    assert {path.name for path in folder.iterdir()} == before


def test_what_is_tried_in_full_only_is_tried_by_parity_or_soak() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    full = [line for line in makefile.splitlines() if "AGRIPLAN_PARITY=full" in line]
    (all_but,) = (set(re.findall(r"--ignore=(\S+)", line)) for line in full if "--ignore" in line)
    named = {path for line in full for path in line.partition("pytest ")[2].split()}
    assert all_but
    assert all_but <= named
    assert " -k" not in "".join(full)
    # What a setting of its own tries in full may be marked `thorough` too, and would be passed over without this.
    assert [line for line in makefile.splitlines() if re.search(r"AGRIPLAN_\w+=full", line)] == full
