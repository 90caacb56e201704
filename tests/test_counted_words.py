"""English says one league and two leagues: every sentence with a number, with the number 1 and with others."""

import re
from string import Formatter

import pytest

from agriplan.sentences import catalogue, say

# What may stand behind a number and ends in s without being counted by it: verbs and the like.
NOT_COUNTED = frozenset(
    (*("as", "comes", "completes", "does", "ends", "exceeds", "follows", "has", "is", "its", "leads", "less", "lies"),
     *("belongs", "lifts", "lists", "names", "needs", "reports", "says", "stands", "takes", "this", "was"))
)  # fmt: skip
# Adjectives that may stand between a number and what it counts.
BETWEEN = "(?:comparable |more |new |other |last |named )?"
NUMBERED = {code: found for code, one in catalogue().items()
            if (found := {name for _, name, _, _ in Formatter().parse(one["en"]) if name})}  # fmt: skip


def said(code: str, number: str) -> str:
    return say(code, "en", **dict.fromkeys(NUMBERED[code], number))


def counted(text: str, number: str) -> set[str]:
    """Words in the plural behind a number."""
    return set(re.findall(rf"(?<![\w.,(])({number}) {BETWEEN}([a-z]+s)\b", text)) - {
        (number, word) for word in NOT_COUNTED
    }


@pytest.mark.parametrize("code", sorted(NUMBERED))
def test_a_sentence_with_a_number_counts_one_as_one(code: str) -> None:
    text = said(code, "1")
    assert counted(text, "1") == set(), text
    assert not re.search(rf"(?<![\w.,])1 {BETWEEN}(?:[a-z]+) (?:are|were|have|make|stand)\b", text), text


def test_the_same_sentences_count_several_in_the_plural() -> None:
    several = [code for code in NUMBERED if "|" in catalogue()[code]["en"]]
    assert len(several) > 50
    for code in several:
        assert said(code, "2") != said(code, "1").replace("1", "2"), code


def test_of_what_is_counted_a_word_in_the_plural_alone_is_found() -> None:
    assert counted("1 leagues have reported", "1") == {("1", "leagues")}
    assert counted("only 1 comparable years", "1") == {("1", "years")}
    assert counted("1 is above the fastest", "1") == set()
