"""Charts say what they show: in words, in units, with round marks, and nothing that a strict policy refuses."""

import math
import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from agriplan import web
from agriplan.web.charts import TALLEST, WIDTH, Series, bars, lines, width
from tests.docs.recipe_steps import steps_of_a_page_chart
from tests.web.reading import PAGES

SVG = "{http://www.w3.org/2000/svg}"
ALIKE = 65.0  # how far apart two colours are, red, green and blue counted to 255 each
SEEN = {"svg", "g", "path", "circle", "rect", "text", "title"}


def drawings(page: str) -> list[ET.Element]:
    return [ET.fromstring(found) for found in re.findall(r"<svg[^>]*class=\"chart\".*?</svg>", page, re.DOTALL)]


def shapes(tree: ET.Element, look: str) -> list[ET.Element]:
    (group,) = [group for group in tree.iter(f"{SVG}g") if group.get("class") == f"series look-{look}"]
    return list(group)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_chart_of_every_page_has_a_text_a_unit_and_marks(client: FlaskClient, address: str, lang: str):
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}", follow_redirects=True)
    assert answer.status_code == 200, "the log below says what this page lacks"
    page = answer.text
    assert list(steps_of_a_page_chart(page)) == []
    for tree in drawings(page):
        assert tree.get("role") == "img"
        assert tree.get("aria-label"), "a chart without alternative text"
        (unit,) = [text for text in tree.iter(f"{SVG}text") if text.get("class") == "axis-unit"]
        assert unit.text
        axes = {group.get("class"): len(group) for group in tree.iter(f"{SVG}g") if "axis" in group.get("class", "")}
        assert min(axes["axis x"], axes["axis y"]) >= 2
        assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= SEEN
        assert not any(element.get("style") for element in tree.iter())
        assert within_marks(tree)
    for head in re.findall(r"<svg[^>]*>", page):
        assert 'role="img"' in head, head
        assert re.search(r'aria-label="[^"]+"', head), f"a chart without alternative text: {head}"


def test_no_two_lines_of_the_charts_have_colours_that_look_alike() -> None:
    """History and projection meet in the base year: they are told apart by their colours too, not by a dash alone."""
    sheet = (Path(web.__file__).parent / "static/charts.css").read_text(encoding="utf-8")
    strokes = dict(re.findall(r"\.look-(\w+) path \{ stroke: #(\w{6})", sheet))
    assert {"history", "trend", "path", "actual"} <= set(strokes)
    for (one, first), (other, second) in combinations(strokes.items(), 2):
        assert math.dist(bytes.fromhex(first), bytes.fromhex(second)) > ALIKE, (one, other)


def within_marks(tree: ET.Element) -> bool:
    """Whether nothing that is drawn of a figure stands beyond the outermost marks of its axis."""
    (guides,) = [path for path in tree.iter(f"{SVG}path") if path.get("class") == "guide"]
    upright = "V" in guides.get("d")
    marks = [float(place[not upright]) for place in re.findall(r"M([\d.]+) ([\d.]+)", guides.get("d"))]
    bars_of = [(float(one.get("x")), float(one.get("width"))) for one in tree.iter(f"{SVG}rect")]
    drawn = [place for x, width in bars_of for place in (x, x + width)]
    drawn += [float(one.get("cy")) for one in tree.iter(f"{SVG}circle")]
    return not drawn or (min(marks) - 0.11 <= min(drawn) and max(drawn) <= max(marks) + 0.11)


AXES = [[-19.23, 2.0], [-13.2], [0.4, 62.01], [7.0], [0.0], [49.61, 50.39], [-1e-6, 3e-7], [1e9, 1.9999e9]]


@pytest.mark.parametrize("values", AXES, ids=range(len(AXES)))
def test_an_axis_ends_at_a_mark_beyond_its_values(values: list[float]):
    years = [str(2020 + place) for place in range(len(values))]
    for draw in (bars, lines):
        assert within_marks(ET.fromstring(draw("x", "t", years, [Series("trend", "", values)])))


NAMES = [["甲"], ["锡林郭勒—乌兰察布农牧交错带生态建设与绿色畜产品加工示范管理区", "A"], ["W" * 80, "W" * 81]]


@pytest.mark.parametrize("names", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("values", [*AXES, [36_600_000.0, -4.5]], ids=range(len(AXES) + 1))
def test_neither_long_names_nor_long_figures_take_the_room_of_the_bars(names: list[str], values: list[float]):
    names = (names * 2)[: len(values)]
    tree = ET.fromstring(bars("x", "t", names, [Series("amount", "", values)]))
    axes = {group.get("class"): list(group) for group in tree.iter(f"{SVG}g")}
    marks = [(float(text.get("x")), width(text.text) / 2) for text in axes["axis x"]]
    assert all(half <= place <= WIDTH - half for place, half in marks)
    assert all(place + half < other - wide for (place, half), (other, wide) in pairwise(marks))
    assert marks[-1][0] - marks[0][0] > WIDTH / 3
    for name, text in zip(names, axes["axis y"], strict=True):
        title = text.find(f"{SVG}title")
        drawn = "".join(text.itertext()).removeprefix("" if title is None else title.text)
        assert width(drawn) <= float(text.get("x"))
        assert drawn == name if title is None else (title.text, drawn[-1]) == (name, "…")


def test_bars_of_many_leagues_stand_on_one_sheet_and_do_not_touch():
    series = [Series(look, "", [1.0] * 24) for look in ("baseline", "bar-trend", "target")]
    tree = ET.fromstring(bars("x", "t", ["甲"] * 24, series))
    assert float(tree.get("viewBox").split()[-1]) <= TALLEST
    drawn = sorted((float(bar.get("y")), float(bar.get("height"))) for bar in tree.iter(f"{SVG}rect"))
    assert all(y + height < below for (y, height), (below, _) in pairwise(drawn))


def test_a_missing_year_interrupts_the_line_and_leaves_no_dot():
    tree = ET.fromstring(lines("x", "t", ["2020", "2021", "2022"], [Series("trend", "", [1.0, None, 3.0])]))
    path, *dots = shapes(tree, "trend")
    assert path.get("d").count("M") == 2
    assert len(dots) == 2


def test_the_two_ends_of_a_range_become_one_closed_shape():
    ends = [Series("low", "", [1.0, 0.5]), Series("high", "", [1.0, 2.0])]
    tree = ET.fromstring(lines("x", "t", ["2020", "2021"], [*ends, Series("trend", "", [1.0, 1.2])]))
    (area,) = shapes(tree, "low")
    assert area.get("d").endswith("Z")
    assert "look-high" not in lines("x", "t", ["2020", "2021"], ends)


def test_a_bar_is_as_long_as_its_value_and_one_below_zero_goes_the_other_way():
    tree = ET.fromstring(bars("x", "t", ["甲", "乙", "丙"], [Series("amount", "", [10.0, 5.0, -5.0])]))
    first, second, below = ({name: float(bar.get(name)) for name in ("x", "width")} for bar in shapes(tree, "amount"))
    assert first["width"] == pytest.approx(2 * second["width"], abs=0.2)
    assert below["x"] + below["width"] == pytest.approx(first["x"], abs=0.2)


def test_what_people_typed_is_text_in_a_chart():
    drawn = bars('a "name" <b>', "<i>", ["<u>&"], [Series("amount", "", [1.0])])
    tree = ET.fromstring(drawn)
    assert tree.get("aria-label") == 'a "name" <b>'
    assert "<b>" not in drawn.split(">", 1)[1]


@pytest.mark.parametrize("values", [[0.0, 0.0], [7.0, 7.0], [-3.0, -3.0], [1e-6, 2e-6], [1e9, 2e9]])
def test_any_values_have_a_scale(values: list[float]):
    for draw in (lines, bars):
        tree = ET.fromstring(draw("x", "t", ["2020", "2021"], [Series("trend", "", values)]))
        places = [float(number) for element in tree.iter() for number in re.findall(r"-?[\d.]+", element.get("d", ""))]
        assert all(-1 <= number <= 600 for number in places)
