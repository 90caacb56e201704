"""One thing has one name, wherever it is spoken of."""

import re

import pytest
from flask.testing import FlaskClient

from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.report.terminal import list_plan
from agriplan.sentences import LANGS, Lang, catalogue, say
from agriplan.web.pages.draft import pack
from agriplan.web.service import EXTENSION_NAME
from tests.thoroughness import by_turns
from tests.web.reading import PAGES, read_aloud

ENTERED = Scenario(growth={"milk": {"150000": 15.0}})
LIMITED = {
    "default": {},
    "reached with the growth entered": {"growth": {"milk": {"150000": 15}}},
    "floor where nothing is left": {"target": {"milk": 600}, "allocation": {"milk": {"floor": {"150500": 10}}}},
    "lock where nothing is left": {"target": {"milk": 600}, "allocation": {"milk": {"lock": {"150500": 10}}}},
    "floors above the gap": {"allocation": {"milk": {"floor": {"150500": 400}}}},
    "ceilings below the gap": {"allocation": {"milk": {"max_growth": 2.5}}},
}
# Sentences and names that speak of history alone, whatever was entered.
OF_HISTORY = {
    *("evaluation.short", "evaluation.over", "evaluation.exact"),
    *("note.own_fit_differs", "note.own_fit_differs_by_base", "note.own_fit_beside_entered"),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("lang", "name"), by_turns(LANGS, LIMITED))
def test_what_limits_can_hold_is_called_the_same_everywhere(client: FlaskClient, name: str, lang: Lang) -> None:
    scenario = parse_scenario(LIMITED[name])
    plan = client.application.extensions[EXTENSION_NAME].plan(scenario)
    query = f"draft={pack(scenario)}&lang={lang}"
    told = client.post("/api/v1/plan", json=LIMITED[name]).json
    overview = client.get(f"/?{query}").text
    compared = client.get(f"/compare?{query}&choose=default&compare=1").text
    terminal = "\n".join(list_plan(plan, lang))
    for one, line in zip(plan.baselines.commitments, told["indicators"], strict=True):
        word = say(f"feasibility.{plan.by_indicator[one.id]['feasibility']}", lang)
        page = client.get(f"/indicator/{one.id}?{query}").text
        shown = re.search(r'<p class="verdict"><span class="status[^>]*>([^<]+)</span>', page)
        assert shown
        assert shown[1] == word
        assert line["feasibility_zh"] == word or lang == "en"
        row = overview[overview.index(f"/indicator/{one.id}") :]
        assert re.search(r'class="status[^>]*>([^<]+)</span>', row)[1] == word
        assert word in terminal
    words = {say(f"feasibility.{one}", lang) for one in ("enough", "ceilings_short", "floors_exceed")}
    assert set(re.findall(r'<span class="status status-[^"]*">([^<]+)</span>', compared)) <= words


def test_only_what_history_alone_leads_to_is_called_a_trend() -> None:
    """The Chinese name of a projection has the word in it, the English one has not."""
    called = {code for code, words in catalogue().items() if re.search(r"\btrends?\b", words["en"], re.IGNORECASE)}
    assert called == OF_HISTORY


def test_no_page_calls_an_entered_growth_a_trend(client: FlaskClient) -> None:
    for address in PAGES:
        page = client.get(f"{address}{'&' if '?' in address else '?'}draft={pack(ENTERED)}&lang=en").text
        said = [line for line in read_aloud(page, "zh").splitlines() if re.search(r"\btrend", line, re.IGNORECASE)]
        told = [line for line in said if "the trend leads to" in line or "own trend leads to" in line]
        assert said == told
        assert not any("Milk" in line and "own trend" not in line for line in told)


def test_a_unit_value_is_called_so_wherever_it_is_spoken_of() -> None:
    assert [code for code, words in catalogue().items() if "单价" in words["zh"]] == []
