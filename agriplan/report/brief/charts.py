"""Charts of a brief as native Word charts: their figures stand in them, so that no picture and no font is needed."""

from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from agriplan.formatting import print_number
from agriplan.report.axis_marks import ends_at_marks, step_between

CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORD_DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# In English metric units, 360,000 a centimetre: as wide as the text of an A4 page.
CHART_WIDTH, CHART_HEIGHT = 5_760_000, 2_700_000
COLOURS = ("1F5A46", "C79A3A")
NOT_A_NUMBER = "nan"
BRIEF_STEPS, LABEL_ROOM = 6, 0.18  # marks of the axis, and what part of it a figure above the longest bar takes
NO_MINOR_MARKS = '<c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
# Names stand upright: programs turn them otherwise where they find little room, and the bars pay for it.
UPRIGHT = (
    '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr/></a:p></c:txPr>'
)


class Bars(NamedTuple):
    """One series of bars: its name and a value a category."""

    name: str
    values: tuple[float, ...]


class BarChart(NamedTuple):
    """Bars side by side, two series at most, with a title; printable in black by their order."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Bars, ...]
    longest: float = float("inf")
    """What a longer bar is drawn as, its figure with an arrow above it: beside it the others would not be seen."""

    def drawn(self, value: float) -> float:
        """How long a bar is drawn.

        >>> BarChart("", (), (), 200.0).drawn(479.86), BarChart("", (), (), 200.0).drawn(-250.0)
        (200.0, -200.0)
        """
        return max(-self.longest, min(self.longest, value))

    @property
    def is_cut(self) -> bool:
        """Whether a bar is drawn shorter than it is."""
        return any(abs(value) > self.longest for bars in self.series for value in bars.values)


def chart_part(chart: BarChart) -> bytes:
    """The chart's own part of the document."""
    series = "".join(_series(at, bars, chart) for at, bars in enumerate(chart.series))
    low, high, step = axis_of(chart)
    text = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="{CHART_NS}" '
        f'xmlns:a="{DRAWING_NS}"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100" b="1"/>'
        f'</a:pPr><a:r><a:rPr sz="1100" b="1"/><a:t>{escape(chart.title)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>'
        f'<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="80"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling><c:orientation '
        f'val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>{NO_MINOR_MARKS}<c:tickLblPos val="low"/>'
        f'{UPRIGHT}<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{high!r}"/><c:min val="{low!r}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{NO_MINOR_MARKS}'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:majorUnit val="{step!r}"/></c:valAx></c:plotArea>'
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )
    return text.encode()


def axis_of(chart: BarChart) -> tuple[float, float, float]:
    """The ends of the axis of values and the step between its marks: it ends at a mark, with room for the figures.

    >>> axis_of(BarChart("", ("a", "b"), (Bars("", (61.15, -3.2)),)))
    (-20.0, 80.0, 20.0)
    """
    told = (value for bars in chart.series for value in bars.values if repr(value) != NOT_A_NUMBER)
    values = [0.0, *map(chart.drawn, told)]
    low, high = min(values), max(values)
    room = (high - low or 1.0) * LABEL_ROOM
    ends = ends_at_marks(low - room if low < 0 else low, high + room, BRIEF_STEPS)
    return *ends, step_between(*ends, BRIEF_STEPS)


def _series(at: int, bars: Bars, chart: BarChart) -> str:
    categories = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(name)}</c:v></c:pt>' for place, name in enumerate(chart.categories)
    )
    values = "".join(
        f'<c:pt idx="{place}"><c:v>{chart.drawn(value)!r}</c:v></c:pt>'
        for place, value in enumerate(bars.values)
        if repr(value) != NOT_A_NUMBER
    )
    cut = "".join(_label_of_cut(place, value) for place, value in enumerate(bars.values) if abs(value) > chart.longest)
    count = len(chart.categories)
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:v>{escape(bars.name)}</c:v></c:tx><c:spPr>'
        f'<a:solidFill><a:srgbClr val="{COLOURS[at]}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls>{cut}<c:numFmt formatCode="0.00" sourceLinked="0"/><c:txPr><a:bodyPr/><a:p><a:pPr>'
        '<a:defRPr sz="800"/></a:pPr><a:endParaRPr/></a:p></c:txPr><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strLit><c:ptCount val="{count}"/>{categories}</c:strLit></c:cat><c:val><c:numLit>'
        f'<c:formatCode>0.00</c:formatCode><c:ptCount val="{count}"/>{values}</c:numLit></c:val></c:ser>'
    )


def _label_of_cut(place: int, value: float) -> str:
    arrow = "↑" if value > 0 else "↓"
    return (
        f'<c:dLbl><c:idx val="{place}"/><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800"/></a:pPr><a:r>'
        f'<a:rPr sz="800"/><a:t>{print_number(value, 2)}{arrow}</a:t></a:r></a:p></c:rich></c:tx><c:showLegendKey '
        'val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbl>'
    )


def chart_run(chart: BarChart, relation: str, number: int) -> str:
    """What stands in the text for a chart: closes the run of its token, and opens another behind it."""
    told = quoteattr(f"{chart.title}: {', '.join(chart.categories)}")
    return (
        f'</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="{WORD_DRAWING_NS}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{CHART_WIDTH}" cy="{CHART_HEIGHT}"/>'
        f'<wp:docPr id="{number}" name="chart{number}" descr={told}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING_NS}"><a:graphicData uri="{CHART_NS}"><c:chart '
        f'xmlns:c="{CHART_NS}" xmlns:r="{RELATIONS_NS}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline>'
        '</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )
