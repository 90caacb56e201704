"""Sentences about a plan: a planner quotes them, and a figure without its unit is quoted wrongly."""

import re

import pytest
from engine.scenarios import random_scenario

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import say_value
from agriplan.sentences import LANGS, catalogue

NUMBERS = (
    "gap|placed|ceilings|to_place|residual|reachable|floors|over|surplus|projection|target|baseline|error|own_fit|ceiling|"
    "entered|printed|difference|cap|needed|growth|low|high|middle"
)


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_of_a_sentence_that_is_quoted_carries_its_unit(lang):
    """The sentences about a plan, and those about growths outside their range; the end of a range speaks for both."""
    families = ("note.", "likelihood.", "caution.growth_")
    bare = {}
    for code, words in catalogue().items():
        if code.startswith(families):
            found = re.findall(rf"{{({NUMBERS})}}(?! ?{{(?:unit|level|per_year)}}| ?%|至| to )", words[lang])
            if found:
                bare[code] = found
    assert bare == {}


def test_a_figure_never_runs_into_a_unit_that_begins_with_a_number(baselines):
    """20.5 10,000 t reads as one number: every entry that may be made is said with a sign between the two."""
    signs = set()
    for seed in range(20):
        for path, value in entries_of(random_scenario(seed, baselines)).items():
            said = say_value(path, value, baselines, "en")
            if isinstance(value, int | float):
                assert not re.search(r"\d \d", said), (path, said)
                signs.add(said.partition(" ")[2])
            assert "×" not in say_value(path, value, baselines), path
    assert {"× 10,000 t", "× 100 million yuan"} <= signs
    herd = "baseline.livestock_units.150500.value"
    assert say_value(herd, 900.0, baselines, "en") == "900 × 10,000 sheep units"
