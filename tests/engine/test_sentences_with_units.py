"""Sentences about a plan: a planner quotes them, and a figure without its unit is quoted wrongly."""

import re

import pytest

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
