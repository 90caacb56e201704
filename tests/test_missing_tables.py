"""Every table and list of the TOML files away from a data folder: that is told, or all works without it."""

import re

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.commands.checking import check_everything
from agriplan.commands.session import Session
from agriplan.errors import BaselinesError
from tests.thoroughness import FULL

NAMES = ("plan.toml", "commitments.toml", "balances.toml")
TOML = {name: (SHIPPED / name).read_text(encoding="utf-8") for name in NAMES}
# All tables of one name.
TABLES = {(name, head): () for name, text in TOML.items() for head in re.findall(r"(?m)^\[+([\w.-]+)\]", text)}
# Without these nothing can be reckoned; what others refer to is told by those.
NEEDED = {("plan.toml", "region"), ("plan.toml", "criterion"), ("commitments.toml", "commitment")}


def without(name, head):
    blocks = re.split(r"(?m)^(?=\[)", TOML[name])
    return "".join(block for block in blocks if not re.match(rf"\[+{re.escape(head)}\]", block))


def problems_of(folder):
    try:
        read_baselines(folder)
    except BaselinesError as error:
        return error.problems
    return ()


@pytest.mark.one_in(2)
@pytest.mark.parametrize("table", TABLES, ids=" ".join)
def test_a_folder_without_a_table_is_refused_in_words_or_works(table, tmp_path):
    name, head = table
    folder = broken_copy(SHIPPED, tmp_path / "copy", [{"file": name, "whole": without(name, head)}])
    problems = problems_of(folder)
    if table in NEEDED:
        assert f"{name}: {head}" in [one.place for one in problems]
    elif problems:
        assert any(one.code.startswith("unknown_") for one in problems)
    else:
        session = Session("zh", folder)
        session.plan_of(None)
        assert not FULL or not check_everything(session, None).errors


def test_the_tables_that_no_plan_does_without_are_there():
    assert set(TABLES) > NEEDED
