"""Commands run in this process, and what is asked of what they say and write."""

import re
from pathlib import Path

from click.testing import CliRunner, Result

from agriplan.cli import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def has_chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))
