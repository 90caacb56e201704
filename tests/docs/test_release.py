"""The release says one number everywhere, and the list of changes has a section for it."""

import re
import tomllib
from pathlib import Path

import agriplan

CHECKOUT = Path(__file__).parents[2]
CHANGES = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_package_and_project_say_the_same_version():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert agriplan.__version__ == project["version"]


def test_the_list_of_changes_has_a_dated_section_of_this_version_that_says_something():
    heading = rf"^## \[{re.escape(agriplan.__version__)}\] - \d{{4}}-\d\d-\d\d$"
    section = re.search(rf"{heading}(.*?)(?=^## |\Z)", CHANGES, re.DOTALL | re.MULTILINE)
    assert section
    assert section[1].count("\n- ") > 5
