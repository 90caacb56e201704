"""An indicator is found by every name that is printed of it, at every door that takes names."""

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.commitments import short_names
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import ScenarioError
from agriplan.report.chosen import find_chosen
from agriplan.rolling.narrowing import find_commitments
from agriplan.sentences import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_every_printed_name_of_an_indicator_is_taken(
    client: FlaskClient, baselines: Baselines, suggestions, lang: Lang
) -> None:
    short = short_names(baselines.commitments, lang)
    assert any(short[one.id] != one.name(lang) for one in baselines.commitments)
    for one in baselines.commitments:
        typed = one.name(lang).replace("（", "(").replace("）", ")").upper()
        for name in (one.id, one.name(lang), short[one.id], typed):
            assert find_chosen((), (name,), baselines).indicators == (one.id,)
            assert find_commitments(find_chosen((), (name,), baselines).indicators, baselines) == (one.id,)
            assert client.get(f"/indicator/{name}").status_code == 200, name
        with pytest.raises(ScenarioError) as caught:
            make_plan(parse_scenario({"growth": {short[one.id]: {"150500": 1}}}), baselines, suggestions)
        assert caught.value.problems[0].suggestion == one.id
