"""docs/export.ipynb runs from its first cell to its last, and holds no results of somebody's run."""

import json
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
NOTEBOOK = json.loads((CHECKOUT / "docs" / "export.ipynb").read_text(encoding="utf-8"))
CODE = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_holds_no_outputs():
    assert CODE
    assert not [cell for cell in CODE if cell["outputs"] or cell["execution_count"]]


def test_the_notebook_runs_and_its_check_holds(tmp_path: Path):
    program = "\n".join("".join(cell["source"]) for cell in CODE)
    assert "assert" in program
    surroundings = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plan.csv").exists()
