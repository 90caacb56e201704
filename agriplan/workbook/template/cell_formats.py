"""How a template cell looks, as the properties of an XlsxWriter format: one format per look, however many cells."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # openpyxl is loaded where a template is read; most workbooks are filled into a shape that is kept
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles.borders import Side
    from openpyxl.styles.colors import Color

Look = Mapping[str, Any]
Key = tuple[tuple[str, Any], ...]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Cells name theme colours in this order, which is not the order of the theme part.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_BORDERS = [
    "none",
    "thin",
    "medium",
    "dashed",
    "dotted",
    "thick",
    "double",
    "hair",
    "mediumDashed",
    "dashDot",
    "mediumDashDot",
    "dashDotDot",
    "mediumDashDotDot",
    "slantDashDot",
]
# Fills of more than one colour, by the number that XlsxWriter gives them.
_PATTERNS = [
    *("none", "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp"),
    *("darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp", "lightGrid"),
    *("lightTrellis", "gray125", "gray0625"),
]
# The property of a cell that can be filled in.
OPEN = "locked"
# Whatever a cell holds, a dash is printed.
DASH = ("num_format", '"–";"–";"–";"–"')
# What a legend changes where it applies: its letters and its ground, not size, alignment or number format.
_LENT = ("font_color", "bold", "italic", "underline", "bg_color", "pattern")


def theme_colours(theme: bytes | None) -> list[str]:
    """The colours that cells of a workbook name by number, as RRGGBB; empty without a theme."""
    if not theme:
        return []
    scheme = ET.fromstring(theme).find(f".//{_DRAWING}clrScheme")  # noqa: S314 - the operator's own template
    if scheme is None:
        return []
    found = {}
    for entry in scheme:
        colour = entry[0]
        found[entry.tag.removeprefix(_DRAWING)] = colour.get("lastClr") or colour.get("val") or "000000"
    return [found.get(name, "000000") for name in _THEME_ORDER]


def theme_font(theme: str | None) -> str | None:
    """The font in which charts write where nothing else is said."""
    scheme = ET.fromstring(theme).find(f".//{_DRAWING}minorFont/{_DRAWING}latin") if theme else None  # noqa: S314 - as above
    return None if scheme is None else scheme.get("typeface")


def rgb_of(colour: "Color | None", theme: list[str]) -> str | None:
    """A template colour as #RRGGBB, theme tints applied; None where none is set."""
    if colour is None:
        return None
    if colour.type == "theme":
        return _tinted(theme[colour.theme], colour.tint) if colour.theme < len(theme) else None
    if colour.type == "indexed":
        from openpyxl.styles.colors import COLOR_INDEX

        return f"#{COLOR_INDEX[colour.indexed][-6:]}" if colour.indexed < len(COLOR_INDEX) else None
    return f"#{colour.rgb[-6:]}" if isinstance(colour.rgb, str) else None


def _tinted(rgb: str, tint: float) -> str:
    """Lighten (tint > 0) or darken each channel, as near to the application's tint as printing shows."""
    channels = [int(rgb[i : i + 2], 16) for i in (0, 2, 4)]
    mixed = [round(c + (255 - c) * tint) if tint > 0 else round(c * (1 + tint)) for c in channels]
    return "#" + "".join(f"{c:02X}" for c in mixed)


def look_of(cell: "Cell | MergedCell", theme: list[str]) -> Key:
    """The look of a template cell as sorted format properties, so that equal looks are one."""
    look: dict[str, Any] = {"num_format": cell.number_format or "General"}
    look |= _font(cell, theme) | _ground(cell, theme) | _alignment(cell) | _diagonal(cell, theme)
    for side in ("left", "right", "top", "bottom"):
        look |= _border(side, getattr(cell.border, side), theme)
    return freeze(look if cell.protection.locked else look | {OPEN: False})


def is_open(look: Key) -> bool:
    """Whether a cell of this look can be filled in."""
    return (OPEN, False) in look


def shut(look: Key) -> Key:
    """The same look of a cell that cannot be filled in."""
    return tuple(each for each in look if each[0] != OPEN)


def shrunk(look: Key) -> Key:
    """The same look of a cell for figures, which prints one smaller that is too long for it, instead of signs (###).

    >>> shrunk((("num_format", "#,##0.00"),)), shrunk((("num_format", "General"), ("text_wrap", True)))
    ((('num_format', '#,##0.00'), ('shrink', True)), (('num_format', 'General'), ('text_wrap', True)))
    """
    said = dict(look)
    return freeze(said | {"shrink": True}) if "0" in said["num_format"] and not said.get("text_wrap") else look


def freeze(look: Look) -> Key:
    """A look as a key: its properties in order, unset ones left out; a cell is locked unless it says that it is not."""
    return tuple(
        sorted((name, value) for name, value in look.items() if value not in (None, False, 0, "") or name == OPEN)
    )


def _font(cell: "Cell | MergedCell", theme: list[str]) -> dict[str, Any]:
    font = cell.font
    return {
        "font_name": font.name,
        "font_size": font.sz,
        "bold": bool(font.b),
        "italic": bool(font.i),
        "underline": {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}.get(font.u or "", 0),
        "font_strikeout": bool(font.strike),
        "font_script": {"superscript": 1, "subscript": 2}.get(font.vertAlign or "", 0),
        "font_color": rgb_of(font.color, theme),
    }


def _ground(cell: "Cell | MergedCell", theme: list[str]) -> dict[str, Any]:
    if cell.fill.fill_type == "solid":
        return {"pattern": 1, "bg_color": rgb_of(cell.fill.fgColor, theme)}
    if cell.fill.fill_type not in _PATTERNS:
        return {}
    colours = {"fg_color": rgb_of(cell.fill.fgColor, theme), "bg_color": rgb_of(cell.fill.bgColor, theme)}
    return {"pattern": _PATTERNS.index(cell.fill.fill_type), **colours}


def _alignment(cell: "Cell | MergedCell") -> dict[str, Any]:
    alignment = cell.alignment
    return {
        "align": {"centerContinuous": "center_across"}.get(alignment.horizontal, alignment.horizontal)
        if alignment.horizontal != "general"
        else None,
        "valign": {"center": "vcenter", "justify": "vjustify"}.get(alignment.vertical, alignment.vertical),
        "text_wrap": bool(alignment.wrap_text),
        "indent": int(alignment.indent or 0),
        "shrink": bool(alignment.shrink_to_fit),
        "rotation": _turned(alignment.text_rotation or 0),
    }


def _turned(rotation: int) -> int:
    """Degrees upwards, negative downwards, 270 for letters above each other, as XlsxWriter counts them.

    >>> _turned(45), _turned(135), _turned(255)
    (45, -45, 270)
    """
    return 270 if rotation == 255 else rotation if rotation <= 90 else 90 - rotation


def _diagonal(cell: "Cell | MergedCell", theme: list[str]) -> dict[str, Any]:
    """A line across a cell, such as that of a head with two names."""
    border = cell.border
    ways = (1 if border.diagonalUp else 0) + (2 if border.diagonalDown else 0)
    if not ways or not border.diagonal or border.diagonal.style not in _BORDERS[1:]:
        return {}
    drawn = {"diag_type": ways, "diag_border": _BORDERS.index(border.diagonal.style)}
    return drawn | {"diag_color": rgb_of(border.diagonal.color, theme)}


def _border(side: str, border: "Side | None", theme: list[str]) -> dict[str, Any]:
    if border is None or border.style is None:
        return {}
    return {side: _BORDERS.index(border.style), f"{side}_color": rgb_of(border.color, theme)}


def legend_of(look: Key) -> Key:
    """What a legend cell lends to other cells: its letters' colour and weight, and its ground; black is no colour."""
    lent = {name: value for name, value in look if name in _LENT}
    if lent.get("font_color") == "#000000":
        del lent["font_color"]
    return freeze(lent)


def with_legend(look: Key, legend: Key) -> Key:
    """A look with a legend laid over it."""
    return freeze(dict(look) | dict(legend))
