"""Names that stand in a file of the data folder where a code belongs: the code is what was meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from agriplan.baselines.contents import FolderContents
from agriplan.errors import Problem

_FIELD = re.compile(r"^(?P<file>[^:]+):.* (?:.*[.\]])?(?P<name>[a-z_]+)(?:\[\d+\])?$")
AREA_FIELDS = frozenset(("area", "leagues"))
INDICATOR_FIELDS = frozenset(("indicator", "quantity", "unit_value", "herd", "of", "per", "supports", "about"))
# Where an indicator gets its id: whatever stands there names nothing that is known.
_FIRST_SAID = ("indicators.csv", "indicator")


def with_codes(problems: Iterable[Problem], contents: FolderContents) -> Iterator[Problem]:
    """The problems, where a name was written for a code with that code.

    In `area` 通辽市 is then no word of a wrong form, but an area that goes by its code here, as in scenario JSON.
    """
    for problem in problems:
        yield _with_code(problem, contents) if problem.code in _UNKNOWN and not problem.suggestion else problem


_UNKNOWN = frozenset(("wrong_shape", "unknown_area", "unknown_indicator"))


def _with_code(problem: Problem, contents: FolderContents) -> Problem:
    field = _FIELD.match(problem.place)
    word = str(problem.values.get("word", "")).strip()
    if field and field["name"] in AREA_FIELDS and (code := _area(word, contents)):
        return replace(problem, code="unknown_area", suggestion=code)
    if field and field["name"] in INDICATOR_FIELDS and (field["file"], field["name"]) != _FIRST_SAID:
        known = _commitments(contents) if field["name"] in {"supports", "about"} else _indicators(contents)
        if code := known.get(word):
            return replace(problem, code="unknown_indicator", suggestion=code)
    return problem


def _area(word: str, contents: FolderContents) -> str | None:
    areas = [*contents.leagues.values(), *([contents.header.region] if contents.header else [])]
    return next((one.code for one in areas if one.is_called(word)), None)


def _indicators(contents: FolderContents) -> Mapping[str, str]:
    return {name: one.indicator for one in contents.indicators.values() for name in (one.name_zh, one.name_en)}


def _commitments(contents: FolderContents) -> Mapping[str, str]:
    directions = contents.stated.direction if contents.stated else ()
    known = [(one.id, one.name_zh, one.name_en) for one in contents.commitments]
    known += [(one.id, one.name_zh, one.name_en) for one in directions]
    return {name: code for code, *names in known for name in names}
