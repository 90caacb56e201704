"""What is suggested can have been meant: a word with a slip is, a number or another word is not."""

from collections.abc import Iterable
from typing import get_args

import pytest

from agriplan.baselines.folder import Baselines
from agriplan.codes import code_called
from agriplan.engine.scenario import Allocation, Passed, PathName, RuleName, Scenario
from agriplan.nearest_word import did_you_mean
from agriplan.settings import Settings

# None of them is a slip in any word or code of a plan.
NEVER_MEANT = ("nan", "NaN", "inf", "-inf", "1e300", "1e5", "-1", "0.5", "1,000", "2_022", "x", "?", "", "无", "PARITY")


def lists_of_words(baselines: Baselines) -> dict[str, list[str]]:
    """Every list of words that a scenario, an address or a data folder is measured against."""
    areas, things = baselines.areas.values(), {**baselines.indicators, **baselines.by_id}.values()
    return {
        "codes of areas": list(baselines.areas),
        "names of areas": [name for one in areas for name in (one.code, one.name_zh, one.name_en)],
        "indicators": [*baselines.indicators, *baselines.by_id],
        "names of indicators": [name for one in things for name in (one.name_zh, one.name_en)],
        "criteria": [one.id for one in baselines.criteria],
        "rules": list(get_args(RuleName)),
        "paths": list(get_args(PathName)),
        "what is passed": list(get_args(Passed)),
        "parts of a scenario": list(Scenario.model_fields),
        "parts of an allocation": list(Allocation.model_fields),
        "settings": [name.upper() for name in Settings.model_fields],
    }


def with_a_slip(word: str) -> Iterable[str]:
    """The word as it is mistyped: a letter left out, one twice, two that changed places."""
    middle = len(word) // 2
    yield word[:middle] + word[middle + 1 :]
    yield word[:middle] + word[middle] + word[middle:]
    yield word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]


def test_what_cannot_be_meant_is_never_suggested(baselines: Baselines) -> None:
    for about, words in lists_of_words(baselines).items():
        found = {said: meant for said in NEVER_MEANT if (meant := did_you_mean(said, words))}
        assert not found, about


def test_a_word_with_a_slip_in_it_is_found(baselines: Baselines) -> None:
    for about, words in lists_of_words(baselines).items():
        letters = [word for word in words if not word.isdecimal() and len(word) > 3]
        lost = [(said, word) for word in letters for said in with_a_slip(word) if not did_you_mean(said, words)]
        assert not lost, about


@pytest.mark.parametrize("known", [get_args(RuleName), get_args(PathName), get_args(Passed)])
def test_one_letter_is_the_name_of_nothing(known: tuple[str, ...]) -> None:
    assert [letter for letter in "abcdefghijklmnopqrstuvwxyz不按" if code_called(letter, known)] == []
