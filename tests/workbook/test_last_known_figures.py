"""Unit values, herds and differences of an earlier year in workbooks: live, and as the engine carries them on."""

from pathlib import Path
from typing import Any

import pytest

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.agreement import compare_with_engine
from tests.engine.test_last_known import with_every_league
from tests.thoroughness import tried
from tests.workbook.evaluation import compiled
from tests.workbook.fewer_indicators import of_indicators

INDICATORS = {"meat_sheep_value", "improved_breed_rate"}
REGION, LEAGUE = "150000", "150500"
ROOT = Path(__file__).parents[2]
KINDS = {"milk", "beef_cattle_value", "improved_breed_rate"}
PLANS = {
    "shipped": of_indicators(read_baselines(ROOT / "baselines"), KINDS),
    "hexi": read_baselines(ROOT / "tests" / "plans" / "hexi"),
}


def reported(baselines) -> dict:
    """Every league's mutton and rates of 2024, and a herd of 2022."""
    mutton = {
        league.code: {"2024": 9.0}
        for league in baselines.leagues
        if ("mutton_output", league.code) in baselines.base_figures
    }
    rates = {league.code: {"2024": 95.0} for league in baselines.leagues} | {LEAGUE: {"2024": 90.0}}
    return {"mutton_output": mutton, "improved_breed_rate": rates, "livestock_units": {LEAGUE: {"2022": 2000}}}


@pytest.mark.parametrize("area", [REGION, LEAGUE])
def test_formulas_carry_on_what_was_reported_for_an_earlier_year(area, baselines, suggestions):
    asked = {
        "as_of": 2024,
        "actual": {**reported(baselines), "mutton_unit_value": {REGION: {"2022": 7.9}}},
        "unit_value_growth": {"meat_sheep_value": 1},
        "growth": {"livestock_units": {LEAGUE: 10, REGION: 2}},
    }
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    book = compiled(plan, area)
    values = book.values(book.given)
    assert not compare_with_engine(plan, book.book, values).differences
    for indicator in INDICATORS:
        monitored = dict(zip(range(2020, 2026), values[indicator, "region_years", "actual"], strict=True))
        assert monitored[2024] == pytest.approx(values[indicator, None, "evaluated_current"])


@pytest.mark.parametrize("area", [REGION, LEAGUE])
def test_an_estimate_on_the_sheet_is_known_as_well_as_the_figure_that_is_carried_on(area, baselines, suggestions):
    """A league's rate of the base year is assumed, the one that it reports in 2022 is not."""
    actual = {
        "improved_breed_rate": {LEAGUE: {"2022": 91}, REGION: {"2021": 94}},
        "mutton_output": {LEAGUE: {"2022": 9}, REGION: {"2022": 114}},
    }
    asked = {"as_of": 2024, "actual": actual}
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    book = compiled(plan, area)
    assert baselines.base_figures["improved_breed_rate", LEAGUE].grade == "assumed"
    key = f"improved_breed_rate.{LEAGUE}"
    for made, values in (
        (plan, book.values(book.given)),
        (None, _typed(area, asked, baselines, suggestions)),
    ):
        assert made is None or not compare_with_engine(plan, book.book, values).differences
        table = book.book.sheets["evaluation"].tables["areas"]
        assert values["evaluation", "areas", "grade"][list(table.keys).index(key)] == "推算"


def _typed(area, asked, baselines, suggestions):
    """What the default book comes to once the same is typed into it."""
    default = compiled(make_plan(parse_scenario({}), baselines, suggestions), area)
    return default.values(default.typed_in(parse_scenario(asked)))


def test_a_unit_value_typed_for_an_earlier_year_moves_what_later_quantities_come_to(baselines, suggestions):
    quantity = {"mutton_output": {REGION: {"2024": 115.0}}}
    growth = {"meat_sheep_value": 1}
    made = make_plan(parse_scenario({"as_of": 2024, "actual": quantity}), baselines, suggestions)
    book = compiled(made, REGION)
    asked = {"as_of": 2024, "actual": {**quantity, "mutton_unit_value": {REGION: {"2022": 7.9}}}}
    typed = book.values(book.typed_in(parse_scenario(asked | {"unit_value_growth": growth})))
    assert typed["meat_sheep_value", "region_years", "actual"][4] == pytest.approx(115 * 7.9 * 1.01**2)
    assert typed["meat_sheep_value", None, "evaluated_current"] == pytest.approx(115 * 7.9 * 1.01**2)


@pytest.mark.parametrize("area", [REGION, LEAGUE])
def test_what_leagues_reported_as_quantities_follows_a_unit_value_that_is_typed_into_the_workbook(
    area, baselines, suggestions
):
    """Their cells show values, and stay as they are: an own one, those of others, and what all add up to."""
    said = {"as_of": 2024, "actual": {"mutton_output": reported(baselines)["mutton_output"]}}
    book = compiled(make_plan(parse_scenario(said), baselines, suggestions), area)
    own = {"mutton_unit_value": {REGION: {"value": 7.7, "source": "统计局"}}}
    for column, number, asked in (
        ("entered_unit_value_growth", 3.0, {"unit_value_growth": {"meat_sheep_value": 3}}),
        ("own_unit_value", 7.7, {"baseline": own}),
    ):
        values = book.values(typed_over(book, ("assumptions", "lines", column), "meat_sheep_value", number))
        plan = make_plan(parse_scenario(said | asked), baselines, suggestions)
        assert not (found := compare_with_engine(plan, book.book, values).differences), found[:5]
        monitored = values["meat_sheep_value", "region_years", "actual"][4]
        assert monitored == pytest.approx(values["meat_sheep_value", None, "evaluated_current"])


def typed_over(book, entry, key, number) -> list:
    """What the book holds, but for one cell."""
    given, shape = list(book.given), book.program.shape
    place = shape.given.index(entry)
    given[place] = list(given[place])
    given[place][shape.row(entry, key)] = number
    return given


def all_reported(data: Baselines) -> dict[str, Any]:
    """Two years that all leagues have reported, in the first of them the region too: what they leave is not nothing."""
    first, second = str(data.base_year + 2), str(data.base_year + 4)
    found: dict[str, Any] = {}
    for one in data.commitments:
        price = data.base_figures[one.unit_value, data.region.code].value if one.unit_value else 1.0
        for area in data.areas:
            if figure := data.base_figures.get((one.quantity, area)):
                more = {first: 1.005} if area == data.region.code else {first: 1.001, second: 1.002}
                found.setdefault(one.id, {})[area] = {
                    year: round(figure.value * factor * price, 3) for year, factor in more.items()
                }
    return found


@pytest.mark.one_in(2)
@pytest.mark.parametrize("folder", PLANS)
@pytest.mark.parametrize("of_region", [True, False])
def test_a_difference_that_actuals_typed_into_a_workbook_measure_is_carried_on_as_by_the_engine(folder, of_region):
    data = PLANS[folder]
    suggestions, actual = suggestions_for(data), all_reported(data)
    area = data.region.code if of_region else data.commitments[0].leagues[0]
    kept = {name: {code: told for code, told in areas.items() if code != area} for name, areas in actual.items()}
    book = compiled(make_plan(parse_scenario({} if of_region else {"actual": kept}), data, suggestions), area)
    years = ("region_years", "actual"), ("region_years", "printed_carried_difference")
    for as_of in (data.base_year, data.base_year + 2, data.base_year + 4, data.base_year + 5):
        asked = parse_scenario({"as_of": as_of, "actual": actual})
        values = book.values(book.typed_in(asked))
        found = compare_with_engine(make_plan(asked, data, suggestions), book.book, values)
        assert not found.differences, (as_of, found.differences[:5])
        for one in data.commitments:
            monitored, beside = (values[one.id, *name][as_of - data.base_year] for name in years)
            if as_of == data.base_year + 4:
                assert beside != 0
                assert monitored == pytest.approx(values[one.id, None, "evaluated_current"])
                assert values[one.id, "region_years", "printed_actual"][4] == pytest.approx(
                    values[one.id, None, "evaluated_printed_current"]
                )


@pytest.mark.parametrize("folder", PLANS)
@pytest.mark.parametrize("seed", range(tried(1, 12)))
def test_workbooks_carry_on_the_differences_of_whatever_was_reported(folder, seed):
    data = PLANS[folder]
    plan = make_plan(with_every_league(seed, data), data, suggestions_for(data))
    for area in (data.region.code, data.commitments[0].leagues[0]):
        book = compiled(plan, area)
        found = compare_with_engine(plan, book.book, book.values(book.given))
        assert not found.differences, (area, found.differences[:5])
