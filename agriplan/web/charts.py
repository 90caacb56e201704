"""Charts as inline SVG: axes with round marks, a group of shapes for every series.

Colours and fonts come from the style sheet: every series carries its meaning as a class, and nothing stands in the
drawing that a strict content policy refuses. Beside each chart stands a table with the same figures.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from agriplan.formatting import print_number
from agriplan.letter_widths import IN_DRAWINGS
from agriplan.report.axis_marks import ends_at_marks, step_between

# Drawn small, so that type stays legible when a phone shrinks the drawing to its width.
WIDTH, HEIGHT = 520, 314
TOP, RIGHT, BOTTOM = 44, 14, 28  # above stands the unit, clear of the topmost mark on a phone; below the other axis
FONT, GAP = 12, 6
FONT_ON_PHONES = 19  # there, and where charts share a line: what has room for it has room for all type
MOST_OF_NAMES = 0.35  # of the width
TALLEST, THINNEST = 780, 3  # so that bars of many leagues stand on one sheet of paper
BAR, BAR_GAP, GROUP_GAP = 14, 2, 10
DOT = 3
AXIS_STEPS = 8  # from mark to mark
MOST_YEARS_MARKED = 12  # that are all written; of more every fifth


@dataclass(frozen=True)
class Series:
    """A row of values to draw; `look` is the class that the style sheet knows, `name` what people call it."""

    look: str
    name: str
    values: Sequence[float | None]

    @property
    def points(self) -> list[tuple[int, float]]:
        """The values that there are, each with its place in the row."""
        return [(n, value) for n, value in enumerate(self.values) if value is not None and not math.isnan(value)]


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` along an axis that goes from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands.

        >>> Scale(0.0, 10.0, 100.0, 200.0).at(2.5)
        125.0
        """
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    def marks(self, most: int) -> list[tuple[float, str]]:
        """Round values at most so many steps apart, where they stand and how they are printed.

        >>> Scale(0.0, 62.0, 0.0, 62.0).marks(6), Scale(49.6, 50.4, 0.0, 8.0).marks(4)[0][1]
        ([(0.0, '0'), (20.0, '20'), (40.0, '40'), (60.0, '60')], '49.6')
        """
        step = step_between(self.low, self.high, most)
        decimals = max(0, -math.floor(math.log10(step)))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(self.at(number * step), print_number(number * step, decimals)) for number in range(first, last + 1)]


def lines(label: str, unit: str, labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """Lines over years; a pair of series that look `low` and `high` becomes the range between them."""
    values = [value for one in series for _, value in one.points]
    room = 0.0 if max(values) > min(values) else (abs(max(values)) or 1.0) * 0.04
    scale = Scale(*ends_at_marks(min(values) - room, max(values) + room, AXIS_STEPS), HEIGHT - BOTTOM, TOP)
    marks = scale.marks(AXIS_STEPS)
    left = 2 * GAP + max(width(text) for _, text in marks)
    side = max(2 * GAP, max(map(width, labels)) / 2)  # the first year stands clear of the lowest mark
    across = Scale(0, max(len(labels) - 1, 1), left + side, WIDTH - RIGHT - 2 * GAP)
    years = [(across.at(n), HEIGHT - BOTTOM + 1.5 * FONT, year) for n, year in enumerate(labels)]
    every_fifth = [each for each in years if int(each[-1]) % 5 == 0]
    between = [each for each in years if each not in every_fifth] if len(years) <= MOST_YEARS_MARKED else []
    crowded = len(years) > 1 and across.at(1) - across.at(0) < width(labels[0])
    parts = [
        *across_axis(marks, left, WIDTH - RIGHT),
        *texts("x", every_fifth),
        *texts("x between" if crowded else "x", between),
        f'<path class="base" d="M{left:.1f} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>',
        *drawn_lines(series, across, scale),
    ]
    return finished(label, unit, HEIGHT, parts)


def drawn_lines(series: Sequence[Series], across: Scale, scale: Scale) -> Iterator[str]:
    """A path with dots for every series, a closed one for a range; a missing value interrupts a line."""
    ends = {one.look: one for one in series if one.look in {"low", "high"}}
    if len(ends) == 2:
        around = [*ends["high"].points, *reversed(ends["low"].points)]
        yield f'<g class="series look-low"><path d="M{"L".join(place(at, across, scale) for at in around)}Z"/></g>'
    for one in series:
        if one.look in ends:
            continue
        runs: list[list[str]] = []
        before = None
        for n, value in one.points:
            if before is None or n > before + 1:
                runs.append([])
            runs[-1].append(place((n, value), across, scale))
            before = n
        path = "".join(f"M{'L'.join(run)}" for run in runs)
        dots = "".join(
            f'<circle class="dot" cx="{across.at(n):.1f}" cy="{scale.at(value):.1f}" r="{DOT}"/>'
            for n, value in one.points
        )
        yield f'<g class="series look-{escape(one.look)}"><path d="{path}"/>{dots}</g>'


def bars(
    label: str, unit: str, labels: Sequence[str], series: Sequence[Series], beside: Sequence[Series] = ()
) -> Markup:
    """Horizontal bars, one group a label; the first label stands on top. The scale is that of charts beside it, too."""
    room = (TALLEST - TOP - BOTTOM) / max(len(labels), 1)
    thick = max(THINNEST, min(BAR, (room - GROUP_GAP) / len(series) - BAR_GAP))
    group = len(series) * (thick + BAR_GAP) + GROUP_GAP
    height = TOP + BOTTOM + len(labels) * group
    values = [0.0, *(value for one in (*series, *beside) for _, value in one.points)]
    high = max(values) if max(values) > min(values) else 1.0
    names = [shortened(text, MOST_OF_NAMES * WIDTH) for text in labels]
    scale, marks = legible_axis(min(values), high, 2 * GAP + max((width(text) for text in names), default=0))
    middle = [TOP + group * (n + 0.5) for n in range(len(labels))]
    guides = "".join(f"M{x:.1f} {TOP}V{height - BOTTOM}" for x, _ in marks)
    parts = [
        f'<path class="guide" d="{guides}"/>',
        *texts("x", [(x, height - BOTTOM + 1.5 * FONT, text) for x, text in marks]),
        *texts("y", [(scale.start - GAP, y + FONT / 3, text) for y, text in zip(middle, names, strict=True)], labels),
        *drawn_bars(series, scale, [y - group / 2 + GROUP_GAP / 2 for y in middle], thick),
        f'<path class="base" d="M{scale.at(0):.1f} {TOP}V{height - BOTTOM}"/>',
    ]
    return finished(label, unit, round(height), parts)


def legible_axis(low: float, high: float, left: float) -> tuple[Scale, list[tuple[float, str]]]:
    """The scale of bars with its marks: as many as do not touch, and none beyond the drawing."""
    for steps in range(AXIS_STEPS, 0, -1):
        scale = Scale(*ends_at_marks(low, high, steps), left, WIDTH - RIGHT)
        sides = [width(scale.marks(steps)[end][1]) / 2 for end in (0, -1)]
        scale = Scale(scale.low, scale.high, max(left, sides[0]), WIDTH - max(RIGHT, sides[1]))
        marks = scale.marks(steps)
        apart = (scale.end - scale.start) / (len(marks) - 1)
        if apart >= max(width(text) for _, text in marks) + GAP:
            break
    return scale, marks


def drawn_bars(series: Sequence[Series], scale: Scale, tops: Sequence[float], thick: float) -> Iterator[str]:
    """The bars of every series, from 0 to the value, below one another in each group."""
    for number, one in enumerate(series):
        yield f'<g class="series look-{escape(one.look)}">'
        for n, value in one.points:
            ends = sorted((scale.at(0), scale.at(value)))
            y = tops[n] + number * (thick + BAR_GAP)
            yield f'<rect x="{ends[0]:.1f}" y="{y:.1f}" width="{ends[1] - ends[0]:.1f}" height="{thick:.4g}"/>'
        yield "</g>"


def across_axis(marks: Sequence[tuple[float, str]], left: float, right: float) -> Iterator[str]:
    """Guides from side to side with what they stand for to their left."""
    yield f'<path class="guide" d="{"".join(f"M{left:.1f} {y:.1f}H{right}" for y, _ in marks)}"/>'
    yield from texts("y", [(left - GAP, y + FONT / 3, text) for y, text in marks])


def texts(axis: str, places: Sequence[tuple[float, float, str]], whole: Sequence[str] = ()) -> Iterator[str]:
    """The texts of an axis, with the whole of what was shortened; the style sheet says to which side they stand."""
    yield f'<g class="axis {axis}">'
    for n, (x, y, text) in enumerate(places):
        title = f"<title>{escape(whole[n])}</title>" if whole and whole[n] != text else ""
        yield f'<text x="{x:.1f}" y="{y:.1f}">{title}{escape(text)}</text>'
    yield "</g>"


def place(point: tuple[int, float], across: Scale, scale: Scale) -> str:
    """A point of a path."""
    return f"{across.at(point[0]):.1f} {scale.at(point[1]):.1f}"


def width(text: str) -> float:
    """How wide a text is at most.

    >>> width("2025"), width("通辽市"), width("A—B")
    (45.6, 57.0, 45.6)
    """
    return FONT_ON_PHONES * IN_DRAWINGS.of(text)


def shortened(text: str, most: float) -> str:
    """As much of a name as has room, with a sign that it goes on.

    >>> shortened("通辽市", 57.0), shortened("鄂尔多斯市", 57.0)
    ('通辽市', '鄂尔…')
    """
    if width(text) <= most:
        return text
    room = next(end for end in range(len(text), -1, -1) if width(text[:end] + "…") <= most)
    return f"{text[:room].rstrip()}…"


def finished(label: str, unit: str, height: float, parts: Sequence[str]) -> Markup:
    """The drawing, named for those who cannot see it, its unit in the corner."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height}" role="img"'
    corner = f'<text x="{GAP}" y="16" class="axis-unit">{escape(unit)}</text>'
    return Markup(f'{head} aria-label="{escape(label)}">{corner}{"".join(parts)}</svg>')  # noqa: S704 - texts are escaped
