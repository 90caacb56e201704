"""The examples of docs/api.md run as they are printed, against a real server."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from server_process import ServerProcess

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
LINES = re.search(r"```sh\n(.*?)```", PAGE, re.DOTALL)[1].splitlines()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_line_of_the_page_answers_what_it_asks(tmp_path: Path):
    answers = []
    with ServerProcess(tmp_path, f"sqlite:///{tmp_path / 'store.sqlite3'}", workers=1) as server:
        address = str(server.start["address"]).removeprefix("http://")
        folder = tmp_path / "here"
        folder.mkdir()
        for line in LINES:
            command = line.replace("localhost:8000", address).replace("curl ", "curl --fail --silent --show-error ", 1)
            answers.append(subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=False))
    wrong = {line: answer.stderr for line, answer in zip(LINES, answers, strict=True) if answer.returncode}
    assert not wrong
    assert {path.name for path in folder.iterdir()} == {"通辽市.xlsx", "Tongliao-plan-2025.xlsx", "奶类.csv"}
    plan, *_, read = (json.loads(answer.stdout) for answer in answers if answer.stdout)
    assert plan["scenario"] == {"growth": {"milk": {"150500": 8.0}}}
    assert read == {"scenario": {}, "changes": [], "doubts": [], "notes": [], "cautions": []}
    assert "150500" in (folder / "奶类.csv").read_text("utf-8-sig")
