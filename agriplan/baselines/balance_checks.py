"""Whether balances.toml refers to what there is: sources, indicators, commitments, coefficients and yields."""

from collections.abc import Iterator

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.references import refers
from agriplan.errors import Problem


def balances_are_known(contents: FolderContents) -> Iterator[Problem]:
    """Coefficients name their source, yields their figures, balances and fodder what they are made of."""
    for number, one in enumerate(contents.balances.coefficient, 1):
        place = f"balances.toml: coefficient[{number}].source"
        yield from refers(place, one.source, contents.source_ids, "unknown_source", contents)
    for number, made in enumerate(contents.balances.yields, 1):
        for part in ("of", "per"):
            place = f"balances.toml: yield[{number}].{part}"
            yield from refers(place, getattr(made, part), contents.indicator_ids, "unknown_indicator", contents)
    yield from _balances_refer(contents)


def _balances_refer(contents: FolderContents) -> Iterator[Problem]:
    """What balances and fodder name is there: commitments, observed indicators, yields and coefficients."""
    ids, observed = {row.id for row in contents.commitments}, set(contents.indicator_ids)
    coefficients = {one.id for one in contents.balances.coefficient}
    each = observed and observed | {one.id for one in contents.balances.yields}
    named = [
        (f"balance[{number}]", {"about": (one.about, ids), "stock": (one.stock, observed), "each": (one.each, each)})
        for number, one in enumerate(contents.balances.balance, 1)
    ]
    if fodder := contents.balances.fodder:
        known = {"about": (fodder.about, ids), "herd": (fodder.herd, observed), "each": (fodder.each, coefficients)}
        named.append(("fodder", known))
        for number, one in enumerate(fodder.stored, 1):
            over = {"over": (one.over, coefficients)} if one.over else {}
            named.append((f"fodder.stored[{number}]", {"of": (one.of, observed), **over}))
    for place, parts in named:
        for part, (word, known_words) in parts.items():
            yield from refers(f"balances.toml: {place}.{part}", word, known_words, "unknown_indicator", contents)
