"""The charts of a brief: upright names, an axis that ends at a mark above every figure, and no minor marks."""

import re

import pytest

from agriplan.report.brief.charts import BarChart, Bars, axis_of, chart_part

VALUES = [(61.15, 52.93), (100.0, 98.4), (-3.2, 7.5), (0.0, 0.0), (float("nan"), 1.25), (-4.0, -1.0), (1e-3, 2e-3)]


@pytest.mark.parametrize("values", VALUES, ids=range(len(VALUES)))
def test_the_axis_ends_at_marks_with_room_for_the_figures(values):
    chart = BarChart("图", ("甲", "乙"), (Bars("一", values),))
    low, high, step = axis_of(chart)
    known = [0.0, *(value for value in values if value == value)]
    assert high - max(known) >= 0.1 * (max(known) - min(known))
    assert low == 0.0 or min(known) - low >= 0.1 * (max(known) - min(known))
    assert (high - low) / step == pytest.approx(round((high - low) / step))
    text = chart_part(chart).decode()
    assert f'<c:max val="{high!r}"/><c:min val="{low!r}"/>' in text
    assert f'<c:majorUnit val="{step!r}"/>' in text


def test_a_bar_far_ahead_of_all_others_is_cut_and_keeps_its_figure():
    chart = BarChart("图", ("甲", "乙", "丙"), (Bars("一", (479.86, 59.22, -250.0)),), 200.0)
    assert axis_of(chart) == (-300.0, 300.0, 100.0)
    text = chart_part(chart).decode()
    assert re.findall(r"<c:v>([-\d.]+)</c:v>", text) == ["200.0", "59.22", "-200.0"]
    assert re.findall(r"<a:t>([^<]*[↑↓])</a:t>", text) == ["479.86↑", "-250.00↓"]
    assert chart.is_cut
    assert not chart._replace(longest=500.0).is_cut


def test_names_stand_upright_and_no_axis_has_minor_marks():
    text = chart_part(BarChart("图", ("甲",), (Bars("一", (1.0,)),))).decode()
    for axis in ("catAx", "valAx"):
        assert '<c:minorTickMark val="none"/>' in re.search(rf"<c:{axis}>.*?</c:{axis}>", text)[0]
    assert '<a:bodyPr rot="0" vert="horz"/>' in re.search(r"<c:catAx>.*?</c:catAx>", text)[0]


def test_no_line_runs_through_the_figures_that_stand_at_the_bars():
    text = chart_part(BarChart("图", ("甲",), (Bars("一", (1.0,)),))).decode()
    assert '<c:showVal val="1"/>' in text
    assert "Gridlines" not in text
