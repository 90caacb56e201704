"""How a chart is written where XlsxWriter would write more than is needed, or something else."""

from collections.abc import Callable, Sequence
from typing import Any

from agriplan.workbook.description import Slot
from agriplan.workbook.xlsx.shows import chart_points

# What says no more than applications take for granted: the language of no text, styles of lists, how a text goes on, a
# page for the chart alone, labels in the middle, the general format of numbers that are not shown.
_USUAL = (
    "_write_lang",
    "_write_a_lst_style",
    "_write_a_end_para_rpr",
    "_write_print_settings",
    "_write_label_align",
    "_write_label_offset",
    "_write_format_code",
)
# The names of elements that a chart has; it refers to no other part.
_NAMES = [
    ("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
]
# What letters say of themselves: a language that theirs is not, and that they stand on the line.
_OF_LETTERS = frozenset({("lang", "en-US"), ("baseline", 0)})


def write_leanly(chart: Any) -> None:
    """Leave out what every application takes for granted, and leave places for what follows from the scenario."""
    chart._process_names = _literally
    chart._write_a_latin = lambda attributes: _write_font(chart, attributes)
    chart._write_a_p_rich = lambda title, font, _: _write_title(chart, title, font)
    chart._write_chart_space = lambda: chart._xml_start_tag("c:chartSpace", _NAMES)
    for tag in ("_xml_start_tag", "_xml_empty_tag"):
        setattr(chart, tag, _without(_OF_LETTERS, getattr(chart, tag)))
    for usual in _USUAL:
        setattr(chart, usual, lambda *_: None)
    chart.cuts, written = [], chart._write_num_cache
    chart._write_num_cache = lambda data: _write_points(chart, data) if _follow(data) else written(data)


def _without(plain: frozenset[tuple[str, Any]], write: Callable[..., None]) -> Callable[..., None]:
    """Write elements without these attributes."""

    def written(tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        write(tag, [each for each in attributes or () if tuple(each) not in plain])

    return written


def _literally(name: str | None, formula: str | None) -> tuple[str | None, str | None]:
    """Names of series, titles and axes are text: XlsxWriter takes what looks like `Sheet!A1` for a reference."""
    return name, formula


def _write_font(chart: Any, attributes: list[tuple[str, Any]]) -> None:
    """The font of a text in a chart, for Chinese letters, too: XlsxWriter names that of Latin ones only."""
    chart._xml_empty_tag("a:latin", attributes)
    chart._xml_empty_tag("a:ea", [each for each in attributes if each[0] == "typeface"])


def _write_title(chart: Any, title: str, font: Any) -> None:
    """A title with its font: XlsxWriter says the font twice, for letters that follow, too."""
    chart._xml_start_tag("a:p")
    chart._write_a_r(title, font)
    chart._xml_end_tag("a:p")


def _follow(data: list[object]) -> bool:
    """Whether the numbers of a series follow from the scenario."""
    return bool(data) and all(isinstance(each, Slot) for each in data)


def _write_points(chart: Any, data: list[Slot]) -> None:
    """Leave a place for what the chart shows, as XlsxWriter would write it."""
    chart._xml_start_tag("c:numCache")
    chart._write_pt_count(len(data))
    chart.cuts.append((chart.fh.tell(), chart_points([each.number for each in data])))
    chart._xml_end_tag("c:numCache")
