"""A wrong unit is never found: every indicator, alone and with all leagues, in units that the table does not say."""

import re
from dataclasses import replace
from statistics import geometric_mean

import pytest

from agriplan.sentences import LANGS
from agriplan.taking.checking import check_readings
from agriplan.taking.grid import parse_table
from agriplan.taking.reading import read_figures
from agriplan.taking.words import Words
from tests.tables.test_tables import TABLES, grids_of
from tests.thoroughness import FULL, tried

# What a figure is times the right one where its table was in 头, 千头, 亿 and says that it is in the plan's unit.
WRONG = (10_000.0, 1_000.0, 100.0, 10.0, 0.01, 0.0001)


@pytest.fixture(scope="module")
def words(baselines):
    return Words(baselines)


def told(words, indicator, figures, year=2021):
    """What is told of a table of one indicator that has these figures of areas."""
    data = words.baselines
    one = data.indicators[indicator]
    rows = "\n".join(f"{data.areas[code].name_zh}\t{value:.9f}" for code, value in figures.items())
    text = f"{year}年{one.name_zh}\n单位：{one.unit_zh}\n地区\t{one.name_zh}\n{rows}"
    return check_readings(read_figures(parse_table("表", text), words), data)


def codes_of(taken):
    return {reason.code for one in taken for reason in one.reasons}


def usual_parts(data, indicator):
    """What each league would have of an indicator of which only the region's figure is known."""
    region = data.region.code
    amounts = [one.quantity for one in data.commitments if not one.is_rate]
    figures = {name: {area: data.base_figures[name, area].value for area in data.areas} for name in amounts}
    shares = {
        league.code: geometric_mean(of[league.code] / of[region] for of in figures.values()) for league in data.leagues
    }
    series = {year: value for key, known in data.series.items() if key[:2] == (indicator, region)
              for year, value in known.items()}  # fmt: skip
    whole = series[min(series, key=lambda year: abs(year - 2021))]
    return {code: whole * share / sum(shares.values()) for code, share in shares.items()}


def in_unit(figures, times):
    """The figures in a unit that is so many times smaller."""
    return {code: value * times for code, value in figures.items()}


def herds(data):
    """The amounts of which nothing but the region's figure is known."""
    leagues = {indicator for indicator, area, _ in data.series if area != data.region.code}
    of_units = {one.unit_value for one in data.commitments}
    return sorted(set(data.indicators) - leagues - of_units)


def test_a_league_of_which_nothing_is_known_is_found_in_the_right_unit_and_in_no_other(baselines, words):
    assert {"dairy_cow_stock", "cattle_offtake", "pig_stock", "silage"} <= set(herds(baselines))
    for indicator in herds(baselines):
        parts = usual_parts(baselines, indicator)
        for code, value in list(parts.items())[:: tried(2, 1)]:
            assert [one.state for one in told(words, indicator, {code: value})] == ["found"], (indicator, code)
            for times in WRONG if code in list(parts)[::4] else ():
                (one,) = told(words, indicator, {code: value * times})
                assert one.state == "doubtful", (indicator, code, times)
        for times in WRONG:
            whole = told(words, indicator, in_unit(parts, times))
            assert {one.state for one in whole} == {"doubtful"}
            assert "table_sum_off_region" in codes_of(whole)
        assert {one.state for one in told(words, indicator, parts)} == {"found"}


def test_every_figure_of_the_folder_itself_is_found_in_its_unit_and_in_no_other(baselines, words):
    amounts = {name for name, one in baselines.indicators.items() if one.upper is None and "元" not in one.unit_zh}
    tried = 0
    for number, ((indicator, code), figure) in enumerate(baselines.base_figures.items()):
        if indicator in amounts:
            assert [one.state for one in told(words, indicator, {code: figure.value}, 2020)] == ["found"]
            assert not [times for times in (WRONG if FULL else WRONG[number % 2 :: 2])
                        if told(words, indicator, {code: figure.value * times}, 2020)[0].state == "found"]  # fmt: skip
            tried += 1
    assert tried > 50


def scaled(grid, times):
    """The same table with every figure so many times as large."""

    def other(cell):
        is_figure = cell.is_value and not cell.per_cent
        return replace(cell, text=f"{cell.number * times:.9f}", number=cell.number * times) if is_figure else cell

    return replace(grid, rows=tuple(tuple(map(other, row)) for row in grid.rows))


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", TABLES)
def test_no_amount_of_a_published_table_is_found_where_all_of_it_is_in_another_unit(name, words):
    number = TABLES.index(name)
    for times in WRONG if FULL else (WRONG[number % len(WRONG)], WRONG[(number + 3) % len(WRONG)]):
        taken = [one for grid in grids_of(name) for one in read_figures(scaled(grid, times), words)]
        found = [one for one in check_readings(taken, words.baselines) if one.state == "found"]
        assert not [one.key for one in found if words.baselines.indicators[one.indicator].upper is None], times


def test_no_league_has_more_than_the_region_known_or_in_the_table(words):
    (one,) = told(words, "dairy_cow_stock", {"150100": 420_000.0}, 2023)
    assert "table_above_region" in codes_of([one])
    assert "159" in one.reasons[0].text("zh")
    beside = told(words, "dairy_cow_stock", {"150000": 168.0, "150100": 42.0}, 2023)
    assert [one.state for one in beside] == ["found", "found"]
    swapped = told(words, "dairy_cow_stock", {"150000": 100.0, "150100": 110.0}, 2023)
    assert "table_above_its_region" in codes_of(swapped)
    said = {lang: swapped[1].reasons[0].text(lang) for lang in ("zh", "en")}
    assert "高于表中全区 2023 年的 100万头" in said["zh"]
    assert "more than the table gives for the region in 2023, 100" in said["en"]


def test_leagues_that_add_up_to_more_than_the_region_are_doubted_together(words):
    three = told(words, "cattle_offtake", {"150500": 250.0, "150400": 260.0, "152500": 230.0}, 2021)
    assert [one.state for one in three] == ["doubtful"] * 3
    assert codes_of(three) == {"table_sum_off_region"}


def test_one_league_that_lost_its_point_casts_no_doubt_on_the_others(baselines, words):
    right = {league.code: baselines.base_figures["milk_output", league.code].value for league in baselines.leagues}
    taken = told(words, "milk_output", right | {"150500": 10 * right["150500"]})
    assert [one.area for one in taken if one.state == "doubtful"] == ["150500"]
    doubled = told(words, "milk_output", {code: 2 * value for code, value in right.items()})
    assert {one.state for one in doubled} == {"doubtful"}


def test_a_unit_value_of_a_league_is_held_against_the_regions(words):
    (right,) = told(words, "beef_unit_value", {"150500": 8.1}, 2020)
    (wrong,) = told(words, "beef_unit_value", {"150500": 81.0}, 2020)
    assert (right.state, codes_of([wrong])) == ("found", {"table_off_region"})


def test_what_can_be_compared_with_nothing_is_doubtful_for_that_reason(baselines):
    bare = replace(baselines, observed=baselines.observed.iloc[:0])
    words = Words(bare)
    for indicator, one in bare.indicators.items():
        for code in ("150000", "150500"):
            (taken,) = told(words, indicator, {code: 60.0 if one.upper else 3.0}, bare.base_year)
            assert codes_of([taken]) == {"table_nothing_known"}, indicator
            assert taken.state == "doubtful"


def test_a_wholly_unusual_part_of_the_region_is_looked_at_though_it_may_be_true(baselines, words):
    (one,) = told(words, "camel_stock", {"152900": usual_parts(baselines, "camel_stock")["152900"] * 100})
    assert codes_of([one]) == {"table_share_unusual"}


def test_no_figure_in_a_reason_is_told_with_an_exponent(baselines, words):
    """A unit that is ten thousand times too small is told as 10,000 times, not as 1e+04."""
    sentences = [
        reason.text(lang)
        for indicator in ("milk_output", *herds(baselines))
        for times in (1e7, 1e4, 1e-4, 1e-7)
        for one in told(words, indicator, in_unit(usual_parts(baselines, indicator), times))
        for reason in one.reasons
        for lang in LANGS
    ]
    assert len(sentences) > 100
    assert [one for one in sentences if re.search(r"\de[+-]?\d", one)] == []


@pytest.mark.parametrize(
    ("written", "code"), [("1e-310", "too_small"), ("0.0000000005", "too_small"), ("1e300", "too_large")]
)
def test_what_no_entry_may_be_is_no_figure_of_a_table_either(written, code, words):
    data = words.baselines
    text = f"2021年奶类产量\n单位：万吨\n地区\t奶类产量\n通辽市\t{written}\n包头市\t37.4"
    tiny, other = check_readings(read_figures(parse_table("表", text), words), data)
    assert (tiny.is_known, [reason.code for reason in tiny.reasons]) == (False, [code])
    assert other.is_known
    assert all(len(tiny.reasons[0].text(lang)) < 100 for lang in LANGS)
