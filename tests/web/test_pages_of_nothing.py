"""Where a league began at nothing, came to nothing or is asked for nothing: no page leaves a number out.

Each page in one language by turns, in full in both.
"""

import re

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import LANGS
from agriplan.web.pages.draft import pack
from tests.engine.test_nothing_at_all import ZEROS, zero_scenario
from tests.thoroughness import by_turns
from tests.web.reading import PAGES

# A dash with a unit behind it, or in a sentence; -100 % a year is no growth that anybody needs.
WITHOUT_NUMBER = re.compile(r"—\s*(?:%|个百分点|万吨|亿元|points|×)|\bnan\b|\binf\b|-100\.00")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("parts", ZEROS, ids="-".join)
def test_no_page_leaves_a_number_out(client: FlaskClient, baselines: Baselines, parts: tuple[str, ...]) -> None:
    draft = pack(parse_scenario(zero_scenario(parts, baselines)))
    found = {}
    for lang, address in by_turns(LANGS, PAGES):
        page = client.get(f"{address}{'&' if '?' in address else '?'}draft={draft}&lang={lang}").text
        text = re.sub(r"<[^>]+>", "", re.sub(r"<script.*?</script>|<svg.*?</svg>", "", page, flags=re.DOTALL))
        if left_out := [text[max(one.start() - 60, 0) : one.end() + 20] for one in WITHOUT_NUMBER.finditer(text)]:
            found[lang, address] = left_out
    assert found == {}
