"""docs/dependencies.md gives a reason for every declared package, and for no other."""

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")
ROWS = {
    row[0]: row[1:]
    for row in re.findall(r"^\| ([\w-]+) \| ([\d.]+) \| (.+?) \| (.+?) \| ([\d.]+) \| (.+?) \|$", PAGE, re.MULTILINE)
}
LOCKED = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)$", (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").lower()))
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [text for texts in PROJECT["optional-dependencies"].values() for text in texts]
DECLARED = {re.match(r"[\w-]+", text)[0] for text in [*PROJECT["dependencies"], *EXTRAS]} - {"agriplan"}


def test_every_declared_package_has_a_reason_and_no_other():
    assert sorted(ROWS) == sorted(DECLARED)


@pytest.mark.parametrize("name", ROWS)
def test_the_version_on_the_page_is_the_locked_one(name: str):
    assert LOCKED.get(name, ROWS[name][0]) == ROWS[name][0]
