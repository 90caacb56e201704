"""A plan from a later year: what was reported up to then goes in, through the same pipeline, and everything adds up."""

import numpy as np
import pytest

from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.rebase import Rebased, rebase
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from tests.engine.printed_sums import printed_holds
from tests.engine.scenarios import random_scenario
from tests.thoroughness import tried

REGION = "150000"


@pytest.fixture
def stand_at(baselines, suggestions):
    def rebased(scenario: dict | Scenario, year: int) -> Rebased:
        asked = scenario if isinstance(scenario, Scenario) else parse_scenario(scenario)
        issued = make_plan(asked, baselines, suggestions)
        return rebase(issued, suggestions_as_of(baselines, suggestions, year), year)

    return rebased


def figures_of(rebased: Rebased) -> list:
    """Everything that an evaluation is made of, to compare."""
    plan = rebased.plan()
    tables = [plan.lines, plan.leagues, plan.printed.lines, plan.printed.leagues]
    years = plan.years[["indicator", "code", "year", "projection", "milestone", "difference", "unallocated"]]
    return [table.to_csv() for table in (*tables, years)]


def test_milk_of_2022_needs_10_87_per_cent_a_year_for_the_three_years_left(stand_at):
    rebased = stand_at({"as_of": 2022}, 2022)
    line = rebased.plan().by_indicator["milk"]
    assert line["baseline"] == pytest.approx(733.8)
    assert round(line["needed_growth"], 2) == 10.87
    assert line["projection"] == pytest.approx(733.8 * 1.0357**3)
    assert line["gap"] == pytest.approx(1000 - line["projection"])
    assert line["growth"] == 3.57  # fitted from 2017 to 2022


def test_a_shorter_run_of_years_leaves_the_base_years_suggestion(baselines, suggestions):
    later = suggestions_as_of(baselines, suggestions, 2024).set_index(["indicator", "code"])
    first = suggestions.set_index(["indicator", "code"])
    assert later.loc[("beef_output", REGION), "growth"] == first.loc[("beef_output", REGION), "growth"]
    assert suggestions_as_of(baselines, suggestions, 2020) is suggestions


@pytest.mark.one_in(2)
@pytest.mark.parametrize("reported", [0, 5, 12])
@pytest.mark.parametrize("region_says", [True, False])
def test_leagues_difference_and_unallocated_add_up_however_many_reported(reported, region_says, stand_at, baselines):
    year = 2024 if not region_says else 2022
    actual: dict = {"milk": {}, "improved_breed_rate": {}, "mutton_output": {}}
    for at, league in enumerate(baselines.leagues[:reported]):
        base = baselines.base_figures["milk_output", league.code].value
        actual["milk"][league.code] = {str(year): round(base * (1.1 + 0.02 * at), 2)}
        actual["improved_breed_rate"][league.code] = {str(year): 94.0 + 0.2 * at}
        actual["mutton_output"][league.code] = {str(year): round(3.0 + at, 1)}
    if region_says:
        actual["improved_breed_rate"][REGION] = {str(year): 94.4}
        actual["mutton_output"][REGION] = {str(year): 116.0}
    plan = stand_at({"actual": actual}, year).plan()
    printed_holds(plan)
    assert {int(one) for one in plan.years["year"]} == set(range(year, 2026))
    if region_says:
        assert plan.by_indicator["milk"]["baseline"] == pytest.approx(733.8)
        assert plan.by_indicator["improved_breed_rate"]["baseline"] == pytest.approx(94.4)


@pytest.mark.parametrize("seed", range(tried(4, 12)))
def test_later_actuals_and_the_order_of_entering_change_no_earlier_evaluation(seed, stand_at, baselines):
    scenario, year = random_scenario(seed, baselines), 2021 + seed % 4
    rng = np.random.default_rng(seed)
    later = {
        indicator: {
            code: {str(one): value * rng.uniform(0.5, 2) if int(one) > year else value for one, value in years.items()}
            for code, years in areas.items()
        }
        for indicator, areas in scenario.actual.items()
    }
    later = {k: {c: {y: min(v, 100.0) for y, v in ys.items()} for c, ys in a.items()} for k, a in later.items()}
    kept = {k: {c: {y: v for y, v in ys.items() if int(y) <= year} for c, ys in a.items()} for k, a in later.items()}
    turned = {k: {c: dict(reversed(ys.items())) for c, ys in reversed(a.items())} for k, a in reversed(kept.items())}
    found = [
        figures_of(stand_at(scenario.model_copy(update={"actual": actual}), year)) for actual in (later, kept, turned)
    ]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("seed", range(12, tried(15, 20)))
def test_every_scenario_adds_up_from_every_year(seed, stand_at, baselines):
    printed_holds(stand_at(random_scenario(seed, baselines), 2021 + seed % 4).plan())


def test_entered_limits_are_amounts_above_the_base_years_projection(stand_at):
    limits = {"floor": {"150100": 20}, "ceiling": {"150600": 30}, "lock": {"150500": {"target": 60}}}
    rebased = stand_at({"allocation": {"milk": limits}}, 2022)
    plan = rebased.plan()
    rows = plan.leagues_of("milk").set_index("code")
    before = rebased.issued.leagues_of("milk").set_index("code")
    level = before.loc["150100", "projection"] + 20
    assert rows.loc["150100", "entered_floor"] == pytest.approx(max(0, level - rows.loc["150100", "projection"]))
    level = before.loc["150600", "projection"] + 30
    assert rows.loc["150600", "entered_ceiling"] == pytest.approx(max(0, level - rows.loc["150600", "projection"]))
    assert rows.loc["150500", "target"] == pytest.approx(max(60, rows.loc["150500", "projection"]))


def test_a_league_past_its_target_keeps_it_or_lends_the_rest(stand_at):
    actual = {"milk": {"150500": {"2022": 80}}}
    kept, lent = (stand_at({"actual": actual, "passed": {"milk": how}}, 2022) for how in ("keep", "lend"))
    assert list(kept.passed) == [("milk", "150500")]
    issued = kept.passed["milk", "150500"]
    for rebased in (kept, lent):
        row = rebased.plan().leagues_of("milk").set_index("code").loc["150500"]
        assert row["amount"] == 0
        own = rebased.trend().leagues_of("milk").set_index("code").loc["150500", "projection"]
        assert row["target"] == pytest.approx(issued if rebased is kept else own)
        printed_holds(rebased.plan())
    # What a league keeps below its own trend the others have to bring.
    assert kept.plan().by_indicator["milk"]["gap"] > lent.plan().by_indicator["milk"]["gap"]


def test_the_targets_of_an_issue_count_before_those_of_the_scenario(stand_at):
    actual = {"milk": {"150500": {"2022": 80}}}
    issue = {"number": "内农牧发〔2021〕1号", "targets": {"milk": {"150500": 85}}}
    assert not stand_at({"actual": actual, "issued": issue}, 2022).passed


def test_the_regions_figure_gives_rates_equal_points_and_a_known_difference_stays(stand_at, baselines):
    everybody = {code: {"2022": 94.0} for code in baselines.areas if code != REGION}
    known = stand_at({"actual": {"improved_breed_rate": {**everybody, REGION: {"2022": 94.5}}}}, 2022)
    assert known.standings["improved_breed_rate"].difference == pytest.approx(0.5)
    plan: Plan = known.plan()
    years = plan.years_of("improved_breed_rate", REGION)
    assert (years["difference"] / years["herd"] * 100).tolist() == pytest.approx([0.5] * 4)
    guessed = stand_at({"actual": {"improved_breed_rate": {REGION: {"2022": 94.5}}}}, 2022)
    moved = guessed.standings["improved_breed_rate"].leagues
    base = [baselines.base_figures["improved_breed_rate", one.code].value + 0.4 for one in baselines.leagues]
    assert np.ptp(moved - base) == pytest.approx(0, abs=1e-9)


def test_a_factor_that_no_growth_explains_is_shown_and_not_applied(stand_at):
    rebased = stand_at({"actual": {"milk": {REGION: {"2022": 2000}}}}, 2022)
    standing = rebased.standings["milk"]
    assert standing.factor > 2
    assert standing.unreported == pytest.approx(2000 - standing.leagues.sum())
    assert rebased.plan().by_indicator["milk"]["baseline"] == pytest.approx(2000)


def of_every_league(baselines, quantity: str, year: int, factor: float = 1.0) -> dict:
    found = {one.code: baselines.base_figures.get((quantity, one.code)) for one in baselines.leagues}
    return {code: {str(year): round(figure.value * factor, 2)} for code, figure in found.items() if figure}


def test_a_measured_difference_is_carried_on_by_the_plans_growth_of_the_region(stand_at, baselines):
    leagues = of_every_league(baselines, "milk_output", 2021)
    total = sum(told["2021"] for told in leagues.values())
    asked = {"actual": {"milk": {**leagues, REGION: {"2021": total + 30}}}, "growth": {"milk": {REGION: 10}}}
    observed = baselines.observed
    own = (observed["indicator"] == "milk_output") & (observed["area"] == REGION) & (observed["year"] > 2021)
    assert min(observed.loc[own, "year"]) == 2022  # of which leagues that are silent then get the rest
    rebased = stand_at(asked, 2024)
    assert rebased.standings["milk"].difference == pytest.approx(30 * 1.1**3)
    years = rebased.issued.years_of("milk", REGION)
    assert years["carried_difference"].tolist() == pytest.approx([0.0] + [30 * 1.1**step for step in range(5)])


def test_what_was_left_over_ends_with_the_last_league_that_was_silent_then(stand_at, baselines):
    later = of_every_league(baselines, "milk_output", 2025)
    before = {"actual": {"milk": {REGION: {"2024": 5000}}}}
    standing = stand_at(before, 2024).standings["milk"]
    assert standing.unreported == pytest.approx(5000 - standing.leagues.sum())
    silent, *others = later
    for known, left in ((others, True), ([silent, *others], False)):
        asked = {"actual": {"milk": {REGION: {"2024": 5000}, **{code: later[code] for code in known}}}}
        standing = stand_at(asked, 2025).standings["milk"]
        assert (standing.unreported > 0) == left
        assert (standing.region > standing.leagues.sum() + 1) == left


def test_a_year_without_a_figure_of_the_region_stands_on_the_last_that_has_one(stand_at):
    standing = stand_at({}, 2024).standings["milk"]
    assert not standing.region_reported
    assert standing.region == pytest.approx(783.7 * 1.0207)
    assert not standing.reported.any()
