"""The default plan: the figures of the 14th Five-Year Plan's baselines and who shares which gap."""

import pytest

WUHAI, ALXA, HOHHOT = "150300", "152900", "150100"


@pytest.mark.parametrize(
    ("indicator", "baseline", "digits"),
    [
        ("milk", 611.5, 9),
        ("meat_sheep_value", 113.0 * 7.586, 9),
        ("meat_sheep_value", 857.218, 9),
        ("beef_cattle_value", 66.3 * 7.731, 9),
        ("beef_cattle_value", 512.5653, 9),
        ("forage_value", 366.0, 9),
        ("improved_breed_rate", 93.4542, 4),
    ],
)
def test_leagues_and_difference_make_the_regional_baseline(plan, indicator, baseline, digits):
    assert plan.by_indicator[indicator]["baseline"] == pytest.approx(baseline, abs=0.5 * 10**-digits)


def test_regional_rate_is_weighted_by_livestock_units_and_not_the_plain_mean(plan):
    rates = plan.leagues_of("improved_breed_rate")
    weighted = (rates["baseline"] * rates["herd_base"]).sum() / rates["herd_base"].sum()
    assert plan.by_indicator["improved_breed_rate"]["baseline"] == pytest.approx(weighted, rel=1e-12)
    assert abs(rates["baseline"].mean() - weighted) > 0.1


@pytest.mark.parametrize(
    ("indicator", "count"),
    [
        ("milk", 10),
        ("meat_sheep_value", 9),
        ("beef_cattle_value", 8),
        ("forage_value", 10),
        ("improved_breed_rate", 12),
    ],
)
def test_as_many_leagues_share_a_gap_as_the_commitment_names(plan, indicator, count):
    leagues = plan.leagues_of(indicator)
    assert len(leagues) == 12
    assert leagues["named"].sum() == count
    assert set(leagues.loc[leagues["named"], "code"]) == set(plan.baselines.by_id[indicator].leagues)


@pytest.mark.parametrize(
    ("indicator", "code"),
    [("milk", WUHAI), ("milk", ALXA), ("meat_sheep_value", HOHHOT), ("beef_cattle_value", HOHHOT)],
)
def test_a_league_that_is_not_named_takes_no_share_but_its_projection_counts(plan, indicator, code):
    leagues = plan.leagues_of(indicator).set_index("code")
    row = leagues.loc[code]
    assert (row["amount"], row["issued"], row["reason"]) == (0.0, 0.0, "not_named")
    assert row["target"] == row["projection"] > 0
    rest = leagues.drop(index=code)["projection"].sum()
    line = plan.by_indicator[indicator]
    assert line["projection"] == pytest.approx(rest + row["projection"] + line["statistical_difference"], rel=1e-12)


def test_allocated_targets_reach_the_commitment_where_there_is_a_gap(plan):
    for line in plan.lines.to_dict("records"):
        if line["indicator"] == "forage_value":
            continue
        assert line["feasibility"] == "enough"
        if line["gap"] > 0:
            assert line["reached"] == pytest.approx(line["source_target"], rel=1e-12)
        else:
            assert line["reached"] == pytest.approx(line["projection"], rel=1e-12)
            assert line["to_place"] == 0.0


def test_forage_cannot_be_reached_under_a_cap_of_15_per_cent_and_what_is_left_is_stated(plan):
    forage = plan.by_indicator["forage_value"]
    assert forage["feasibility"] == "ceilings_short"
    assert forage["reached"] == pytest.approx(732.60, abs=0.005)
    assert forage["residual"] == pytest.approx(37.40, abs=0.005)
    named = plan.leagues_of("forage_value").query("named")
    assert named["amount"].tolist() == pytest.approx(named["ceiling"].tolist())


def test_every_other_commitment_is_within_the_caps(plan):
    assert set(plan.lines.set_index("indicator")["feasibility"].drop("forage_value")) == {"enough"}


def test_the_herd_behind_the_breed_rate_is_the_sum_of_the_leagues(baselines):
    herd = [baselines.base_figures["livestock_units", code].value for code in baselines.areas]
    assert herd[0] == pytest.approx(9105.9)
    assert sum(herd[1:]) == pytest.approx(9105.9)


def test_issued_figures_add_up_to_the_printed_gap(plan):
    for line in plan.lines[plan.lines["kind"] != "rate"].to_dict("records"):
        decimals = plan.baselines.by_id[line["indicator"]].issue_decimals
        issued = plan.leagues_of(line["indicator"])["issued"]
        assert round(issued.sum(), decimals) == round(line["placed"], decimals)
        assert issued.round(decimals).tolist() == issued.tolist()


def test_directions_name_their_leagues(baselines):
    named = {direction.id: set(direction.leagues) for direction in baselines.directions}
    assert set(named) == {"pigs", "cashmere", "camels", "horses", "core_breeding_stock"}
    assert named["camels"] == {"152900", "150800", "152500"}
    assert len(named["core_breeding_stock"]) == 12


def test_every_figure_of_the_plan_carries_its_grade(plan):
    assert set(plan.leagues["grade"]) <= {"official", "secondary", "derived", "assumed"}
    tongliao = plan.leagues_of("milk").set_index("code").loc["150500"]
    assert (tongliao["grade"], tongliao["baseline"]) == ("derived", 35.87)


def test_same_inputs_have_the_same_fingerprint_and_other_inputs_another(plan, baselines, suggestions):
    from agriplan.engine.plan import fingerprint
    from agriplan.engine.scenario import Scenario

    assert fingerprint(Scenario(), baselines) == plan.fingerprint
    assert fingerprint(Scenario(target={"milk": 999}), baselines) != plan.fingerprint
