"""A growth over one year is that year's: nothing calls it a yearly one."""

import re

import pytest

from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.report.brief.words import brief_values
from agriplan.report.evaluation_table import list_evaluation
from agriplan.sentences import LANGS

REGION, LEAGUE = "150000", "150500"
YEARLY = re.compile("年均|a year")
GROWTHS = {"milk": {REGION: 3, LEAGUE: 40}, "meat_sheep_value": {REGION: -2}, "improved_breed_rate": {REGION: 0.3}}
ENTERED = {
    "growth": GROWTHS,
    "unit_value_growth": {"meat_sheep_value": 1},
    "actual": {
        "milk": {REGION: {"2024": 800}, LEAGUE: {"2021": 37, "2024": 50}},
        "mutton_output": {REGION: {"2021": 113, "2024": 115}, LEAGUE: {"2021": 9, "2024": 9}},
        "mutton_unit_value": {REGION: {"2023": 7.7}},
    },
}
# What is told from the base year on, and over several years as of 2024.
OF_MORE_YEARS = {
    2021: {"needed", "too_fast", "as_entered_inside", "as_entered_above", "as_entered_below"},
    2024: {"so_far"},
}


@pytest.mark.parametrize("code", [REGION, LEAGUE])
@pytest.mark.parametrize("as_of", [2021, 2024])
def test_no_sentence_calls_the_growth_of_one_year_a_yearly_one(as_of, code, evaluated, baselines):
    found, seen = evaluated(ENTERED, as_of), set()
    for commitment in baselines.commitments:
        for note in evaluation_notes(found, commitment, code):
            seen.add(note.code)
            for lang in LANGS:
                wrong = YEARLY.search(note.text(lang)) and note.code not in OF_MORE_YEARS[as_of]
                assert not wrong, note.text(lang)
    assert {"so_far", "by_unit_value_grown"} <= seen
    assert any(one.startswith("as_entered") for one in seen)


@pytest.mark.parametrize(
    ("as_of", "so_far", "needed"), [(2021, "", "年均"), (2024, "年均", ""), (2022, "年均", "年均")]
)
def test_no_head_of_a_brief_or_a_table_calls_the_growth_of_one_year_a_yearly_one(as_of, so_far, needed, evaluated):
    found = evaluated(ENTERED, as_of)
    told = brief_values(found, LEAGUE, "zh")
    assert [bars.name for bars in told["chart_growth"].series] == [f"至今{so_far}增速", f"后续{needed}需增长"]
    assert told["chart_growth"].title.startswith(f"至今{so_far}增速与后续{needed}需增长（")
    assert told["needed_head"] == f"{needed}需增长"
    assert told["growth_note"].startswith(f"{needed}需增长按")
    table = list(list_evaluation(found, "zh"))[1]
    assert ("年均需增长" in table, "2025年需增长" in table) == (bool(needed), not needed)
