"""Where an output came to nothing: every figure that is asked for, and no sentence with a number left out of it."""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from agriplan.analysis.balance_words import balance_notes, balance_notes_as_of
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.note import Note
from agriplan.baselines.folder import Baselines
from agriplan.engine.actuals import said_as
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.report.evaluation_json import evaluation_csv, evaluation_json
from agriplan.report.plan_json import to_json
from agriplan.sentences import LANGS

LEAGUE = "150500"
REPORTED = ("milk", "beef_output", "mutton_output", "forage_value", "improved_breed_rate", "meat_sheep_value")


def zero_and_animals(indicator: str, code: str, animals: float, data: Baselines) -> dict[str, object]:
    """The animals of an area beside what they gave; an indicator that no balance is of stands alone."""
    stocks = {said_as(data, data.by_id[one.about].quantity): one.stock for one in data.balances.balance}
    assert set(stocks) <= set(REPORTED)
    given: dict[str, object] = {indicator: {code: {"2022": 0}}}
    if indicator in stocks:
        given[stocks[indicator]] = {code: {"2022": animals}}
    return given


def without_numbers(notes: Iterator[Note]) -> list[str]:
    said = [note.text(lang) for note in notes for lang in LANGS if note.code != "sources"]
    return [text for text in said if "—" in text or "nan" in text or "inf" in text]


@pytest.mark.parametrize("indicator", REPORTED)
@pytest.mark.parametrize("area", ["region", "league"])
def test_a_year_that_brought_nothing_is_evaluated(
    indicator: str, area: str, evaluated: Callable[[object, int], Evaluation], baselines: Baselines
) -> None:
    code, animals = (baselines.region.code, 300.0) if area == "region" else (LEAGUE, 8.0)
    found = evaluated({"as_of": 2022, "actual": zero_and_animals(indicator, code, animals, baselines)}, 2022)
    assert evaluation_json(found)
    assert evaluation_csv(found)
    for commitment in baselines.commitments:
        for each in baselines.areas:
            assert without_numbers(balance_notes_as_of(found, commitment, each)) == []


@pytest.mark.parametrize("indicator", ["milk", "beef_cattle_value"])
def test_a_league_that_had_animals_and_no_output_is_projected(
    indicator: str, baselines: Baselines, suggestions: pd.DataFrame
) -> None:
    quantity = baselines.by_id[indicator].quantity
    stock = next(one.stock for one in baselines.balances.balance if one.about == indicator)
    own = {"value": 8.0, "source": "通辽市统计局"}
    figures = {quantity: {LEAGUE: own | {"value": 0.0}}, stock: {LEAGUE: own}}
    plan = make_plan(parse_scenario({"baseline": figures}), baselines, suggestions)
    notes = list(balance_notes(plan, baselines.by_id[indicator], LEAGUE))
    assert without_numbers(iter(notes)) == []
    assert "league_own_nothing" in {note.code for note in notes}
    assert to_json(plan)
