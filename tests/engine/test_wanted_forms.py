"""Whoever writes an entry in another form than it has is told which form belongs there."""

import pytest

from agriplan.engine.scenario import parse_scenario
from agriplan.errors import ScenarioError
from agriplan.sentences import LANGS

FIGURE = '{"value": …, "source": …}'


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        ({"baseline": {"milk_output": {"150500": 40}}}, FIGURE),
        ({"baseline": {"milk_output": {"150500": [40, "x"]}}}, FIGURE),
        ({"allocation": {"milk": "by_shares"}}, '{"rule": …, "max_growth": …, "reserve": …, …}'),
        ({"issued": 5}, '{"number": …'),
        ([], '{"name": …, '),
        ({"growth": {"milk": 3}}, '": …}'),
        ({"actual": {"milk": {"150500": 41}}}, '": …}'),
        ({"allocation": {"milk": {"criteria": 3}}}, '": …}'),
        ({"actual": {"milk": {"150500": {"22": 41}}}}, {"zh": "年份", "en": "a year"}),
        ({"based_on": "abc"}, "64"),
    ],
)
def test_an_entry_of_another_form_is_told_which_one_is_wanted(document, wanted, lang):
    with pytest.raises(ScenarioError) as told:
        parse_scenario(document)
    (problem,) = told.value.problems
    assert (wanted[lang] if isinstance(wanted, dict) else wanted) in problem.text(lang)
