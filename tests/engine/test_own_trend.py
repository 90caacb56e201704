"""The region's own trend is where its own history leads: nothing that a person enters is in it, nor called so."""

import pytest

from agriplan.analysis.notes import take_notes
from agriplan.sentences import LANGS, catalogue
from tests.engine.scenarios import plan_of

ENTERED = {
    "unit values": {"unit_value_growth": {"beef_cattle_value": -7}, "growth": {"beef_cattle_value": {"150500": 8}}},
    "growths": {"growth": {"beef_cattle_value": {"150000": 6}, "milk": {"150000": 9}, "forage_value": {"150700": 12}}},
    "rates": {"growth": {"improved_breed_rate": {"150000": 1.2}, "livestock_units": {"150100": 3}}},
}


@pytest.mark.parametrize("entered", ENTERED)
def test_no_growth_that_is_entered_moves_the_regions_own_trend(entered, baselines, suggestions):
    default_plan = plan_of({}, baselines, suggestions)
    plan = plan_of(ENTERED[entered], baselines, suggestions)
    assert plan.lines["own_fit"].tolist() == pytest.approx(default_plan.lines["own_fit"].tolist())
    assert plan.printed.lines["own_fit"].tolist() == default_plan.printed.lines["own_fit"].tolist()


def test_the_sentence_on_the_regions_own_trend_names_that_and_no_entry(baselines, suggestions):
    plan = plan_of(ENTERED["unit values"], baselines, suggestions)
    (note,) = (one for one in take_notes(plan) if one.code == "own_fit_beside_entered")
    for lang, words in zip(LANGS, ("全区自身趋势为577.66亿元", "own trend leads to 577.66 "), strict=True):
        assert words in note.text(lang)
    assert "趋势预测" not in note.text("zh")


@pytest.mark.parametrize("entered", [*ENTERED.values(), {"unit_value_growth": {"meat_sheep_value": 1}}])
def test_what_was_entered_is_not_blamed_for_leading_elsewhere_than_the_own_trend(entered, baselines, suggestions):
    """The two cannot agree: nobody is asked to check an entry for that."""
    names = {*entered.get("growth", {}), *entered.get("unit_value_growth", {})}
    notes = take_notes(plan_of(entered, baselines, suggestions))
    told = [one for one in notes if one.code.startswith("own_fit") and one.indicator in names]
    for one in told:
        assert "请核对" not in one.text("zh")
        assert "check" not in one.text("en")


def test_what_follows_an_entry_is_called_nobodys_own_trend():
    """Only the fit of the region's published figures is."""
    words = ("自身趋势", "自己的趋势", "本盟市的趋势", "本地趋势", "own trend", "its trend")
    found = {
        code for code, texts in catalogue().items() if any(word in str(texts[lang]) for lang in LANGS for word in words)
    }
    assert found == {"note.own_fit_differs", "note.own_fit_differs_by_base", "note.own_fit_beside_entered"}
