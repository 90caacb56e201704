"""What follows from an input that cannot be used is not told beside it."""

from types import SimpleNamespace

import pytest

from agriplan.workbook.readback import figures
from agriplan.workbook.readback.finding import CellPlace, FoundCell
from agriplan.workbook.readback.held_cell import Held


@pytest.mark.parametrize(
    ("unread", "told"),
    [(True, ["workbook_compared_later"]), (False, ["workbook_figure_differs", "workbook_why_differs"])],
)
def test_figures_are_compared_once_every_input_can_be_used(unread, told, monkeypatch):
    cell = FoundCell(None, CellPlace("首页", "A", 1), Held(2.0, formula=True))
    monkeypatch.setattr(figures, "_cells", lambda *_: [(("plan", None, "gap"), cell, 1.0)])
    monkeypatch.setattr(figures, "told_about_changes", lambda _: set())
    described = {"gap": SimpleNamespace(formula="=1+0", input=None)}
    book = SimpleNamespace(sheets={"plan": SimpleNamespace(name="plan", scalars=described)})
    assert [one.code for one in figures.told_differences(book, None, unread=unread)] == told
