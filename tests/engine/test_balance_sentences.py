"""Balances in words around today's output: what is there already is never asked for, what is lacking can be seen."""

import re

import pytest

from agriplan.analysis.balance_words import balance_notes
from tests.engine.scenarios import plan_of

REGION = "150000"
NOW_AND_NEEDED = {
    "stock": (r"须有\w+?([\d.,]+)万[头只]（\d{4}年为([\d.,]+)万", r"([\d.,]+)万[头只]即可，\d{4}年为([\d.,]+)万"),
    "each": (r"须达([\d.,]+)\S+?（\d{4}年为([\d.,]+)", r"([\d.,]+)[^\d即]+即可，\d{4}年为([\d.,]+)"),
}


@pytest.mark.parametrize("indicator", ["milk", "beef_cattle_value", "meat_sheep_value"])
def test_nothing_must_reach_what_it_is_as_printed_and_todays_output_takes_no_more_than_today(
    indicator, baselines, suggestions
):
    """Targets around today's output, by one printing unit, by ten and by a hundredth of it."""
    commitment, whole = baselines.by_id[indicator], plan_of({}, baselines, suggestions)
    base = float(whole.printed.by_indicator[indicator]["baseline"])
    unit, told = 10.0**-commitment.issue_decimals, set()
    for step in (-base / 100, -10 * unit, -unit, 0.0, unit, 10 * unit, base / 100):
        plan = plan_of({"target": {indicator: round(base + step, commitment.issue_decimals)}}, baselines, suggestions)
        for note in balance_notes(plan, commitment, REGION):
            side, _, enough = note.code.partition("_")
            if side not in NOW_AND_NEEDED:
                continue
            (needed, now), told = (
                re.search(NOW_AND_NEEDED[side][bool(enough)], note.text("zh")).groups(),
                {*told, note.code},
            )
            needed, now = (float(one.replace(",", "")) for one in (needed, now))
            assert needed <= now if enough else needed > now, note.text("zh")
            assert enough or step > 0, note.text("zh")
    assert {"stock", "stock_enough", "each", "each_enough"} <= told


def test_a_sentence_says_of_which_year_animals_are_and_small_herds_have_two_digits(baselines, suggestions):
    """In every area: 0.4 beside 0.3 would look like a third more where output rises by a tenth."""
    plan, seen = plan_of({}, baselines, suggestions), set()
    for commitment in baselines.commitments:
        for code in baselines.areas:
            for note in balance_notes(plan, commitment, code):
                assert not re.search("现有|现为", note.text("zh")), note.text("zh")
                assert not re.search(r"\btoday|\bnow\b", note.text("en")), note.text("en")
                found = re.findall(r"须有\w+?([\d.,]+)万[头只]（.*?年为([\d.,]+)万[头只]", note.text("zh"))
                for one in (figure for pair in found for figure in pair):
                    assert len(one.replace(",", "").replace(".", "").lstrip("0")) >= 2, note.text("zh")
                    seen.add(code)
    assert len(seen) > 10
