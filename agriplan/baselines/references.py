"""Whether what a file of the data folder refers to is there."""

from collections.abc import Iterator, Set

from agriplan.errors import Problem, did_you_mean


def refers(place: str, word: str, known: Set[str], code: str) -> Iterator[Problem]:
    """A problem where the word is none of the known ones; where nothing is known, that was told elsewhere."""
    if known and word not in known:
        yield Problem(place, code, {"word": word}, did_you_mean(word, known))
