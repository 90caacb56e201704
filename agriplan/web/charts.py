"""Charts as inline SVG, drawn by pygal and stripped of everything that a strict content policy refuses.

Colours and fonts come from the style sheet: every series carries its meaning as a class. Beside each chart stands a
table with the same figures.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import pygal
from markupsafe import Markup
from pygal.style import Style

from agriplan.formatting import print_number

# pygal hooks a finder for its map plugins into the import system that Python 3.11 warns about at every later import;
# it has none of the methods that 3.12 still asks for, and no map plugin is used here.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

Element = ET.Element
SVG = "{http://www.w3.org/2000/svg}"
ET.register_namespace("", SVG[1:-1])  # svg, not ns0:svg
# Drawn small, so that type stays legible when a phone shrinks the drawing to its width.
WIDTH, HEIGHT, ROW_HEIGHT, FONT = 520, 300, 15, 12
STYLE = Style(label_font_size=FONT, major_label_font_size=FONT, value_font_size=FONT)
PLAIN: dict[str, Any] = {
    "no_prefix": True,
    "css": [],
    "js": [],
    "disable_xml_declaration": True,
    "show_legend": False,
    "style": STYLE,
    "width": WIDTH,
    "margin": 8,
    "margin_top": 26,
    "margin_right": 14,
    "truncate_label": -1,
}
# pygal reckons with Latin type, of which a letter takes 0.6 of its height; a Chinese character takes all of it.
WIDE = 0.45


@dataclass(frozen=True)
class Series:
    """A row of values to draw; `look` is the class that the style sheet knows, `name` what people call it."""

    look: str
    name: str
    values: Sequence[float | None]


def lines(label: str, unit: str, labels: Sequence[str], series: Sequence[Series], decimals: int = 0) -> Markup:
    """Lines over years; a pair of series that look `low` and `high` becomes the range between them."""
    every = 1 if len(labels) <= 12 else 5
    chart = pygal.Line(
        **PLAIN,
        height=HEIGHT,
        x_labels=labels,
        x_labels_major=[year for year in labels if int(year) % every == 0],
        show_minor_x_labels=False,
        dots_size=3,
        show_x_guides=False,
        value_formatter=lambda value: print_number(value, decimals),
        max_scale=7,
    )
    tree = _drawn(chart, series)
    _shade(tree)
    return _finish(tree, label, unit)


def bars(label: str, unit: str, labels: Sequence[str], series: Sequence[Series], decimals: int = 0) -> Markup:
    """Horizontal bars, one group a label; the first label stands on top."""
    height = 70 + len(labels) * (8 + ROW_HEIGHT * max(len(series), 1))
    widest = max((sum(ord(letter) > 0x2E80 for letter in word) for word in labels), default=0)
    chart = pygal.HorizontalBar(
        **PLAIN | {"margin_left": 8 + round(widest * FONT * WIDE)},
        height=height,
        x_labels=list(labels)[::-1],
        show_y_guides=True,
        spacing=4,
        value_formatter=lambda value: print_number(value, decimals),
        max_scale=6,
    )
    mirrored = [Series(one.look, one.name, list(one.values)[::-1]) for one in series]
    return _finish(_drawn(chart, mirrored), label, unit)


def _drawn(chart: Any, series: Sequence[Series]) -> Element:
    for one in series:
        chart.add(one.name, [None if value is None or math.isnan(value) else value for value in one.values])
    tree: Element = chart.render_tree()
    tree = ET.fromstring(ET.tostring(tree))  # noqa: S314 - our own drawing
    _tidy(tree)
    for group in tree.iter(f"{SVG}g"):
        words = group.get("class", "").split()
        number = next((int(word[6:]) for word in words if word.startswith("serie-")), None)
        if number is not None:
            group.set("class", f"series look-{series[number].look}")
    return tree


# The parts that only pygal's script needs, and those that a policy without inline styles refuses.
UNWANTED = {f"{SVG}{name}" for name in ("defs", "desc", "title", "style", "script")}


def _tidy(tree: Element) -> None:
    for parent in list(tree.iter()):
        for child in list(parent):
            overlay = "tooltip-overlay" in child.get("class", "") or "text-overlay" in child.get("class", "")
            if child.tag in UNWANTED or not isinstance(child.tag, str) or overlay:
                parent.remove(child)
        for name in ("style", "id"):
            parent.attrib.pop(name, None)


def _shade(tree: Element) -> None:
    """Turn the two ends of a range into the area between them."""
    ends: dict[str, Element] = {}
    for group in tree.iter(f"{SVG}g"):
        look = group.get("class", "").removeprefix("series look-")
        path = group.find(f"{SVG}path")
        if look in {"low", "high"} and path is not None:
            ends[look] = path
    if len(ends) == 2:
        low, high = (ends[name].get("d", "").replace("M", "").replace("L", "").split() for name in ("low", "high"))
        back = [word for x, y in zip(low[-2::-2], low[-1::-2], strict=True) for word in (x, y)]
        ends["low"].set("d", "M" + " ".join(high[:2]) + " L" + " ".join(high[2:] + back) + "Z")
        ends["high"].set("d", "")
    for group in tree.iter(f"{SVG}g"):
        if group.get("class") in {"series look-low", "series look-high"}:
            for dots in group.findall(f"{SVG}g"):
                group.remove(dots)


def _finish(tree: Element, label: str, unit: str) -> Markup:
    tree.set("role", "img")
    tree.set("aria-label", label)
    tree.set("class", "chart")
    note = ET.SubElement(tree, f"{SVG}text", {"x": "6", "y": "16", "class": "axis-unit"})
    note.text = unit
    return Markup(ET.tostring(tree, encoding="unicode"))  # noqa: S704 - built as a tree, texts are escaped
