"""The sheet of checks (校核): each difference that should vanish, its bound, a light and a link."""

from dataclasses import replace

from agriplan.workbook import formulas
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Sheet


def describe_checks(making: Making, indicators: list[Sheet]) -> Sheet:
    """The sheet `checks`, from the checks that stand on the indicators' sheets."""
    keys = [f"{sheet.name}.check_{check}" for sheet in indicators for check in formulas.CHECKS]
    cells = [sheet.scalars for sheet in indicators for _ in formulas.CHECKS]
    names = [key.partition(".")[2] for key in keys]
    found = [cell[name].value for cell, name in zip(cells, names, strict=True)]
    bounds = [cell[f"{name}_bound"].value for cell, name in zip(cells, names, strict=True)]
    lights = [_light(making, value, bound) for value, bound in zip(found, bounds, strict=True)]
    values: dict[str, list[object]] = {
        "indicator": [cell["name"].value for cell in cells],
        "check": [making.text(f"check.{name.removeprefix('check_')}") for name in names],
        "value": list(found),
        "bound": list(bounds),
        "light": list(lights),
    }
    table = make_table(keys, values, formulas.CHECK)
    linked = replace(table.columns["check"], links=[key.partition(".")[0] for key in keys])
    overall = making.word("light.look" if making.word("light.look") in lights else "light.fine")
    scalars = make_cells({"light": overall}, {"light": formulas.LIGHT})
    return Sheet("checks", "checks", scalars, {"checks": replace(table, columns={**table.columns, "check": linked})})


def _light(making: Making, value: object, bound: object) -> str:
    off = isinstance(value, (int, float)) and isinstance(bound, (int, float)) and abs(value) > bound
    return making.word("light.look" if off else "light.fine")
