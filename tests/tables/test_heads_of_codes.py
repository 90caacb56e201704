"""Every head that says codes is passed over as a word, and names the areas whose codes stand below it."""

import pytest

from agriplan.taking.area_codes import name_areas
from agriplan.taking.grid import parse_table
from agriplan.taking.vocabulary import code_heads
from agriplan.taking.words import Words


@pytest.mark.parametrize("head", code_heads())
def test_a_head_of_codes_names_the_areas_below_it(head, baselines):
    grid = parse_table("a", f"{head}\t2021\n150500\t3.5\n159999\t4.5")
    named = name_areas(grid, {"150500": "通辽市"})
    assert [row[0].text for row in named.rows] == [head, "通辽市", "代码 159999"]
    assert head in Words(baselines).empty
