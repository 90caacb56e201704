"""Carry the recipes of CONTRIBUTING.md out on copies of the tree: `make recipes`, or `… carry_out.py rule page`.

Each `<recipe>.toml` holds the steps as edits. With all of them the tests that it names must pass; with any one left out
they must fail, and say the words of the step that is missing. A step that `begins` is what the others are about:
without it nothing is missing, and it is never left out.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
Step = Mapping[str, Any]


def copied(target: Path) -> Path:
    """A copy of what is tracked."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def take_step(folder: Path, step: Step) -> None:
    """Make one step's edits: a command, a new file, lines before or after an anchor that stands there once, a cell."""
    for edit in step["edits"]:
        file = folder / edit.get("file", "")
        if "run" in edit:
            run_in(folder, edit["run"])
        elif "cell" in edit:
            book = openpyxl.load_workbook(file, rich_text=True)
            if edit["sheet"] not in book.sheetnames:
                book.create_sheet(edit["sheet"])
            book[edit["sheet"]][edit["cell"]].value = edit["text"]
            if "merge" in edit:
                book[edit["sheet"]].merge_cells(edit["merge"])
            book.save(file)
        elif "before" in edit or "after" in edit:
            text, anchor = file.read_text(encoding="utf-8"), edit.get("before", edit.get("after"))
            assert text.count(anchor) == 1, f"{file}: {anchor!r} stands there {text.count(anchor)} times"
            new = edit["text"] + anchor if "before" in edit else anchor + edit["text"]
            file.write_text(text.replace(anchor, new), encoding="utf-8")
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(edit["text"], encoding="utf-8")


def run_in(folder: Path, arguments: Iterable[str]) -> tuple[bool, str]:
    """Run Python there, on the copy's own package: whether it went well, and what it said."""
    settings = os.environ | {"CI": "true", "PYTHONPATH": str(folder)}  # pytest then cuts no comparison short
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def judged(recipe: Mapping[str, Any], steps: Iterable[Step]) -> tuple[bool, str]:
    """Whether the recipe's tests pass on a copy with those steps, and what they say."""
    with tempfile.TemporaryDirectory() as name:
        folder = copied(Path(name))
        for step in steps:
            take_step(folder, step)
        return run_in(folder, ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", *recipe["tests"]])


def faults_of(recipe: Mapping[str, Any]) -> Iterable[str]:
    """What does not hold of a recipe, a line each."""
    steps = recipe["steps"]
    passes, said = judged(recipe, steps)
    if not passes:
        yield f"with every step taken: {said[-3000:]}"
        return
    for left_out in (step for step in steps if not step.get("begins")):
        passes, said = judged(recipe, [step for step in steps if step is not left_out])
        if passes:
            yield f"nothing fails without: {left_out['what']}"
        elif not re.search(left_out["told"], said):
            yield f"without {left_out['what']!r} nobody says {left_out['told']!r}: {said[-3000:]}"


def main() -> None:
    """Carry out those that are named, or all."""
    names = sys.argv[1:] or sorted(file.stem for file in FOLDER.glob("*.toml"))
    found = 0
    for name in names:
        recipe = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        faults = list(faults_of(recipe))
        found += len(faults)
        print(f"{name}: {len(recipe['steps'])} steps, {len(faults)} faults", *faults, sep="\n  ", flush=True)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
