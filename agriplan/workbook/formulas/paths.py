"""The paths as formulas: how much of the way lies behind a year, one entry for each of `milestones.PATHS`."""

from collections.abc import Mapping
from typing import NamedTuple

from agriplan.workbook.formulas.filling import chosen


class PathFormula(NamedTuple):
    """The part of the way that is behind a year (`step`): a power for a path that `grows`, a share for others."""

    part: str
    grows: bool = False


PATH_FORMULAS: Mapping[str, PathFormula] = {
    "constant_growth": PathFormula("{step}/{plan.years}", grows=True),
    "linear": PathFormula("{step}/{plan.years}"),
    "late_loaded": PathFormula("{step}*({step}+1)/({plan.years}*({plan.years}+1))"),
}


def part_by_path(paths: Mapping[str, PathFormula] = PATH_FORMULAS) -> str:
    """The part of whatever path is chosen; the first text stands for all paths that are not asked for.

    >>> part_by_path({"linear": PathFormula("A"), "late_loaded": PathFormula("B")})
    'IF({.path}={words.path.late_loaded},B,A)'
    """
    first, *_ = paths.values()
    others = {name: path.part for name, path in paths.items() if path.part != first.part}
    return chosen({f"{{.path}}={{words.path.{name}}}": part for name, part in others.items()}, first.part)


def grows_by_path(paths: Mapping[str, PathFormula] = PATH_FORMULAS) -> str:
    """Whether the path that is chosen grows, 1 or 0.

    >>> grows_by_path()
    'IF({.path}={words.path.constant_growth},1,0)'
    """
    asked = [f"{{.path}}={{words.path.{name}}}" for name, path in paths.items() if path.grows]
    return f"IF({asked[0] if len(asked) == 1 else 'OR(' + ','.join(asked) + ')'},1,0)"
