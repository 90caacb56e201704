"""What blueprints have in common, once in memory: leagues' workbooks differ in their own figures and names.

Of twelve leagues' blueprints, each part but the values says the same in all, and of the values 97 in 100 do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from agriplan.workbook.blueprint import Blueprint
from agriplan.workbook.content.told import InputCells
from agriplan.workbook.evaluate.program import Program
from agriplan.workbook.garbage_collection import without_collection
from agriplan.workbook.xlsx.compiled import Compiled, Reference

_T = TypeVar("_T")
_K = TypeVar("_K")
_V = TypeVar("_V")


@without_collection()
def with_common_parts(own: Blueprint, other: Blueprint) -> Blueprint:
    """The same blueprint, with whatever the other says as well taken from there."""
    return replace(
        own,
        words=_either(own.words, other.words),
        input_cells=_input_cells(own.input_cells, other.input_cells),
        constants=_mapping(own.constants, other.constants, _values),
        order=_either(own.order, other.order),
        program=_program(own.program, other.program),
        compiled=_compiled(own.compiled, other.compiled),
    )


def _input_cells(own: InputCells, other: InputCells) -> InputCells:
    return InputCells(
        _mapping(own.inputs, other.inputs),
        _mapping(own.blank, other.blank, _values),
        _mapping(own.copies, other.copies),
    )


def _program(own: Program, other: Program) -> Program:
    return replace(
        own,
        given_entries=_either(own.given_entries, other.given_entries),
        order=_either(own.order, other.order),
        kinds=_either(own.kinds, other.kinds),
        sources=_list(own.sources, other.sources),
    )


def _compiled(own: Compiled, other: Compiled) -> Compiled:
    return replace(
        own,
        parts=_either(own.parts, other.parts),
        places=_either(own.places, other.places),
        texts=replace(own.texts, fixed=_mapping(own.texts.fixed, other.texts.fixed)),
        phrases=_either(own.phrases, other.phrases),
        reference=Reference(
            _list(own.reference.values, other.reference.values, _value),
            own.reference.segments,
            _list(own.reference.ends, other.reference.ends),
        ),
    )


def _either(own: _T, other: _T) -> _T:
    return other if own == other else own


def _value(own: Any, other: Any) -> Any:
    """1, 1.0 and True are equal, and not the same in a cell."""
    return other if own.__class__ is other.__class__ and own == other else own


def _values(own: Any, other: Any) -> Any:
    """A value, or a list of them."""
    both_lists = isinstance(own, list) and isinstance(other, list)
    return _list(own, other, _value) if both_lists else _value(own, other)


def _list(own: Iterable[_T], other: Iterable[_T], pick: Callable[[_T, _T], _T] = _either) -> list[_T]:
    """Each from either, by where it stands; what comes behind is its own."""
    mine, theirs = list(own), list(other)
    return [*map(pick, mine, theirs), *mine[len(theirs) :]]


def _mapping(own: Mapping[_K, _V], other: Mapping[_K, _V], pick: Callable[[_V, _V], _V] = _either) -> dict[_K, _V]:
    keys, values = _list(own, other), _list(own.values(), other.values(), pick)
    return dict(zip(keys, values, strict=True))
