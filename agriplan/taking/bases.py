"""What a table says of the basis of its figures, held against the basis that a person chooses for them."""

from collections.abc import Iterable

from agriplan.baselines.folder import Baselines
from agriplan.errors import Called
from agriplan.taking.reading import TakenFigure
from agriplan.taking.words import Words, plain


def doubt_other_basis(readings: list[TakenFigure], baselines: Baselines, basis: str) -> list[TakenFigure]:
    """Doubt the figures of tables that say another basis than the one that was chosen; none is chosen: no doubt."""
    if not basis:
        return readings
    names = baselines.header.bases.get(basis)
    called = Called("", names.name_zh, names.name_en) if names else basis
    return [
        reading.doubt("table_basis_other", word=reading.basis, basis=called)
        if reading.is_known and is_of_another(reading.basis, basis, baselines)
        else reading
        for reading in readings
    ]


def is_of_another(stated: str, basis: str, baselines: Baselines) -> bool:
    """Whether what a table states of its basis is at odds with that basis: another side of a break, or another's name.

    A word of the side that is chosen, or one that tells no basis of the folder from another (可比口径), is not.
    """
    words, names = Words(baselines), names_of(baselines)
    said = words.sides_in(stated)
    if said:
        return said != words.sides_in(" ".join((basis, *names.get(basis, ()))))
    others = {one for one, each in names.items() if any(plain(name) in plain(stated) for name in each)}
    return bool(others) and basis not in others


def names_of(baselines: Baselines) -> dict[str, tuple[str, ...]]:
    """The names of each basis of a folder."""
    return {one: (one, named.name_zh, named.name_en) for one, named in baselines.header.bases.items()}


def figures_standing(one: TakenFigure, baselines: Baselines, basis: str) -> dict[str, float]:
    """The figures that the folder has of that area, indicator and year, by basis, the plan's own first.

    Where a basis is chosen, only what stands on it: that is what would be replaced.
    """
    bases = [basis] if basis else sorted(baselines.bases, key=lambda name: (name != baselines.basis, name))
    year = one.year or 0
    found = {name: baselines.series.get((one.indicator, one.area, name), {}).get(year) for name in bases}
    return {name: value for name, value in found.items() if value is not None}


def count_standing(taken: Iterable[TakenFigure], baselines: Baselines, basis: str) -> int:
    """How many figures stand on that basis where those of the table would be written."""
    known = {one.key: one for one in taken if one.is_known}
    return sum(bool(figures_standing(one, baselines, basis)) for one in known.values())
