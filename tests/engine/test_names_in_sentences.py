"""English gives the name of an indicator no capital inside a sentence, and an "and" to the last of a list."""

import re
from string import Formatter

import pytest
from engine.scenarios import random_scenario

from agriplan.analysis.balance_words import balance_notes
from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.sentences import catalogue

# What is always the name of an indicator, a quantity, animals, a yield or a unit value.
NAMES = {"price_name", "stock_name", "each_name", "indicator"}
BEGINS = ("", ". ", ": ", '"', "“", "? ")


def test_a_name_inside_an_english_sentence_is_written_as_one():
    amiss, met = [], 0
    for code, words in catalogue().items():
        if re.search(r"\w", words["en"].replace("{", "")) is None:
            continue
        for before, name, form, _ in Formatter().parse(words["en"]):
            if name in NAMES and not before.endswith(BEGINS[1:]) and not words["en"].startswith(f"{{{name}"):
                met += 1
                amiss += [f"{code}: {name}"] * (form != "inside")
    assert amiss == []
    assert met > 15


def _told(baselines, suggestions):
    """What is told in English of two random plans and of their evaluation, beside one where rules are alike."""
    for seed in (3, 11):
        plan = make_plan(random_scenario(seed, baselines), baselines, suggestions)
        yield from take_notes(plan)
        found = evaluate(plan, suggestions_as_of(baselines, suggestions, 2023), 2023)
        for one in baselines.commitments:
            for code in ("150000", "150500"):
                yield from (*evaluation_notes(found, one, code), *balance_notes(plan, one, code))


def test_no_sentence_writes_a_name_as_if_it_began_there_and_no_list_ends_without_a_word(baselines, suggestions):
    names = {one.name("en") for one in (*baselines.indicators.values(), *baselines.commitments)}
    areas = "|".join(re.escape(one.name("en")) for one in baselines.areas.values())
    inside = re.compile(rf"[a-z,(] ?(?:{'|'.join(map(re.escape, names))})\b")
    unended = re.compile(rf"(?:{areas}), (?:{areas})(?!,| and)")
    texts = [note.text("en") for note in _told(baselines, suggestions)]
    assert [text for text in texts if inside.search(text) or unended.search(text)] == []
    assert len([text for text in texts if re.search(rf"(?:{areas}) and (?:{areas})", text)]) > 2


@pytest.mark.parametrize(("region", "told"), [(100, "is 0 or negative;"), (9000, " times what was carried on")])
def test_a_remainder_below_nothing_is_told_without_its_number(region, told, baselines, suggestions):
    actual = {"milk": {"150000": {"2022": region}, "150500": {"2022": 500}}}
    plan = make_plan(parse_scenario({"actual": actual}), baselines, suggestions)
    found = evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
    texts = [one.text("en") for one in evaluation_notes(found, baselines.by_id["milk"], "150000")]
    assert [told in text for text in texts if "unreported difference" in text] == [True]
    assert not any("a factor of -" in text for text in texts)
