"""Sentences about a plan: a planner quotes them, and a figure without its unit is quoted wrongly."""

import re

import numpy as np
import pytest
from engine.scenarios import random_scenario

from agriplan.analysis.comparison import entries_of
from agriplan.analysis.entries import say_value
from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.sentences import LANGS, catalogue
from agriplan.workbook.content.book import describe_book

# What lies between two figures of an indicator, and the unit that each family gives to such a difference.
DIFFERENCES = "gap|placed|ceilings|to_place|residual|floors|surplus|short|over|apart|difference|unreported|missing|left"
UNITS_OF_DIFFERENCES = {
    "note.": "unit",
    "evaluation.": "difference_unit",
    "what_if.": "unit",
    "page.why.": "unit",
    "page.what_if.": "unit",
}


def test_a_figure_never_runs_into_a_unit_that_begins_with_a_number(baselines):
    """20.5 10,000 t reads as one number: every entry that may be made is said with a sign between the two."""
    signs = set()
    for seed in range(20):
        for path, value in entries_of(random_scenario(seed, baselines)).items():
            said = say_value(path, value, baselines, "en")
            if isinstance(value, int | float):
                assert not re.search(r"\d \d", said), (path, said)
                signs.add(said.partition(" ")[2])
                assert not re.search(r"\d ", say_value(path, value, baselines, "zh")), path  # 30.00万吨
            assert "×" not in say_value(path, value, baselines, "zh"), path
    assert {"× 10,000 t", "× 100 million yuan"} <= signs
    herd = "baseline.livestock_units.150500.value"
    assert say_value(herd, 900.0, baselines, "en") == "900 × 10,000 sheep units"


@pytest.mark.parametrize("lang", LANGS)
def test_every_difference_of_a_sentence_is_told_in_the_unit_of_differences(lang):
    """Two rates are percentage points apart: a gap of 0.55 % would be something else."""
    wrong, met = {}, 0
    for code, words in catalogue().items():
        for family, unit in UNITS_OF_DIFFERENCES.items():
            if code.startswith(family):
                found = re.findall(rf"{{({DIFFERENCES})}} ?{{(\w*unit|level)}}", words[lang])
                met += len(found)
                if any(one != unit for _, one in found):
                    wrong[code] = found
    assert wrong == {}
    assert met > 20


RATE = "improved_breed_rate"
# Where a rate leads below, to and above its target, is entered, is missed, and is done.
EVALUATED = [
    ({}, 2022),
    ({"growth": {RATE: {"150000": 0.9}}}, 2022),
    ({"growth": {RATE: {"150000": 0.05}}}, 2022),
    ({"target": {RATE: 93.6}}, 2022),
    ({"target": {RATE: 99}, "actual": {RATE: {"150000": {"2022": 94.0}}}}, 2022),
    ({"actual": {RATE: {"150000": {"2025": 94.0}}}}, 2025),
    ({"actual": {RATE: {"150000": {"2025": 95.5}}}}, 2025),
]


PASSED = {"actual": {"milk": {"150100": {"2022": 400}}, RATE: {"150500": {"2022": 99}}}}
FALLING = {
    "growth": {"milk": {"150000": -1.5}, RATE: {"150000": -0.3}},
    "unit_value_growth": {"meat_sheep_value": -1.5},
    "actual": {
        "mutton_output": {"150500": {"2022": 9}},
        "milk": {"150500": {"2022": 1}},
    },
}
SURPLUS = {**PASSED, "target": {RATE: 93.6, "milk": 700}}


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_of_an_evaluation_tells_a_gap_or_a_growth_below_nothing(lang, baselines, evaluated):
    """A surplus is called a surplus, and what falls is not said to grow by a negative figure."""
    below = {
        "zh": r"(?:缺口|富余|增长|提高|下降|多|少|高)为?-\d",
        "en": r"(?:gap|surplus|growth|rise|fall) of -|by -\d",
    }
    told = set()
    for scenario, year in [*EVALUATED, (PASSED, 2022), (FALLING, 2022), (SURPLUS, 2022)]:
        found = evaluated(scenario, year)
        for one in baselines.commitments:
            for code in baselines.areas:
                for note in evaluation_notes(found, one, code):
                    told.add(note.code)
                    assert not re.search(below[lang], note.text(lang)), note.text(lang)
    assert {"kept_above", "by_unit_value_grown", "so_far"} <= told


@pytest.mark.parametrize("lang", LANGS)
def test_what_separates_a_rate_from_its_target_is_told_in_points(lang, baselines, suggestions):
    apart = {
        "zh": r"(?:少|多|超出|相差|差异为|差额)[\d.,]+(?P<unit>%|个百分点)",
        "en": r"(?:by|is|,) [\d.,]+ (?P<unit>%|percentage points)(?= short| above| more|\.$)",
    }[lang]
    told = []
    for scenario, year in EVALUATED:
        issued = make_plan(parse_scenario(scenario), baselines, suggestions)
        found = evaluate(issued, suggestions_as_of(baselines, suggestions, year), year)
        for code in baselines.areas:
            if not np.isnan(found.by_key[RATE, code]["current"]):
                told += [note.text(lang) for note in evaluation_notes(found, baselines.by_id[RATE], code)]
    units = [one["unit"] for text in told for one in re.finditer(apart, text)]
    assert len(units) > len(EVALUATED)
    assert set(units) == {"个百分点" if lang == "zh" else "percentage points"}


@pytest.mark.parametrize(("lang", "points"), [("zh", "个百分点"), ("en", "percentage points")])
@pytest.mark.parametrize("area", ["150500", "150000"])
def test_what_leagues_take_of_a_rate_is_in_points_in_every_column_of_units(plan, area, lang, points):
    sheets = describe_book(plan, area, lang).sheets
    # The region's meeting sheet shows parts of its gap, per cent of every indicator.
    columns = [] if area == "150000" else [sheets["meeting"].tables["by_rule"].columns]
    columns += [sheets["rules"].tables["rules"].columns] if "rules" in sheets else []
    for each in columns:
        units = dict(zip(each["name" if "name" in each else "indicator"].values, each["unit"].values, strict=True))
        assert list(units.values()).count(points) == 1
        assert "%" not in units.values()
