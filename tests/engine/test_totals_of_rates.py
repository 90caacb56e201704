"""What leagues come to together: amounts add up, rates are weighted means, and no sentence says otherwise."""

import re

import pandas as pd
import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.notes import take_notes
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.brief.words import brief_values
from agriplan.report.evaluation_table import list_evaluation
from agriplan.sentences import LANGS, Lang

RATE, OWN, REGION = "improved_breed_rate", "150500", "150000"
ALL = [*(f"150{number}00" for number in range(1, 10)), "152200", "152500", "152900"]
ADDED = {"zh": re.compile("合计|相加"), "en": re.compile(r"\badds? up\b|\bsums?\b|\bsummed\b", re.IGNORECASE)}
SCENARIOS = (
    {"baseline": {RATE: {OWN: {"value": 60, "source": "通辽市农牧局"}}}},
    {"baseline": {RATE: {OWN: {"value": 92, "source": "通辽市农牧局"}}}, "actual": {RATE: {REGION: {"2022": 94}}}},
    {"growth": {RATE: {REGION: -3}}},
    {"actual": {RATE: {code: {"2022": 90.5 + at / 10} for at, code in enumerate(ALL)}}},
    {"allocation": {RATE: {"ceiling": {OWN: 0.1, "152500": 0.1}, "max_growth": 0.05}}},
    {"allocation": {RATE: {"floor": {OWN: 8, "152500": 8}}}},
)


def told(scenario: dict, baselines: Baselines, suggestions: pd.DataFrame, lang: Lang) -> tuple[set[str], list[str]]:
    """The codes of all notes of the rate, and everything that is said of it."""
    plan = make_plan(parse_scenario(scenario), baselines, suggestions)
    found = evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
    commitment = baselines.by_id[RATE]
    notes = [one for one in take_notes(plan) if one.indicator == RATE]
    notes += [one for code in (REGION, OWN) for one in evaluation_notes(found, commitment, code)]
    brief = next(one for one in brief_values(found, REGION, lang)["indicators"] if one["name"] == commitment.name(lang))
    lines = "\n".join(list_evaluation(found, lang)).splitlines()
    said = [one.text(lang) for one in notes] + [str(brief["current"])]
    return {one.code for one in notes}, said + [one for one in lines if one.startswith(commitment.name(lang))]


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_says_that_a_rate_adds_up(baselines: Baselines, suggestions: pd.DataFrame, lang: Lang) -> None:
    codes = set()
    for scenario in SCENARIOS:
        found, said = told(scenario, baselines, suggestions, lang)
        codes |= found
        assert [one for one in said if ADDED[lang].search(one)] == []
    assert {
        "own_fit_beside_entered",
        "own_fit_differs_by_base",
        "reported_beyond_error",
        "reported_within_error",
    } <= codes
    assert {"from_sum", "reported_summed", "ceilings_short", "floors_exceed", "adjust"} <= codes
