"""Unit values and herds that were reported for an earlier year: one figure everywhere, and every door says of which."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.hindsight import looked_back
from agriplan.analysis.monitoring import grades_of_actuals
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for
from agriplan.report.brief.words import brief_values
from agriplan.sentences import LANGS
from tests.engine.scenarios import random_evaluation
from tests.thoroughness import by_turns, tried

ROOT = Path(__file__).parents[2]
FOLDERS = {"shipped": ROOT / "baselines", "hexi": ROOT / "tests" / "plans" / "hexi"}
REGION, LEAGUE = "150000", "150500"


def with_every_league(seed: int, data: Baselines) -> Scenario:
    """Figures of every kind, by chance, and of every indicator two years that all its leagues have reported.

    In the first of them the region has reported as well, in the second it has not.
    """
    draw = np.random.default_rng(seed)
    asked = random_evaluation(seed, data).model_dump(mode="json", exclude_defaults=True)
    actual = asked.setdefault("actual", {})
    for one in data.commitments:
        years = data.later_years
        first, second = map(str, sorted(draw.choice(years, 2, replace=False)))
        for name, area in product({one.id, one.quantity}, data.areas):
            for year in range(int(first), int(second) + 1) if area == data.region.code else (first, second):
                actual.get(name, {}).get(area, {}).pop(str(year), None)
        for area in data.areas:
            if figure := data.base_figures.get((one.quantity, area)):
                grown = {first: 1.03} if area == data.region.code else {first: 1.01, second: 1.02}
                said = {year: round(min(figure.value * by, one.ceiling or np.inf), 2) for year, by in grown.items()}
                actual.setdefault(one.quantity, {}).setdefault(area, {}).update(said)
    return parse_scenario({name: part for name, part in asked.items() if name != "issued"})


@pytest.mark.parametrize(("folder", "seed"), by_turns(FOLDERS, range(tried(2, 20))))
def test_monitoring_of_a_year_is_the_evaluation_as_of_it(folder, seed):
    data = read_baselines(FOLDERS[folder])
    suggestions = suggestions_for(data)
    plan = make_plan(with_every_league(seed, data), data, suggestions)
    grades, kinds = grades_of_actuals(plan), set()
    for year in data.later_years:
        evaluation = evaluate(plan, suggestions_as_of(data, suggestions, year), year)
        for (indicator, code), row in evaluation.by_key.items():
            monitored, shown = (
                next(one for one in table.year_rows(indicator, code) if one["year"] == year)
                for table in (plan, plan.printed)
            )
            told, is_region = (indicator, code, year), code == data.region.code
            assert np.isnan(monitored["actual"]) == (row["estimated"] or np.isnan(row["current"])), told
            if np.isnan(monitored["actual"]):
                continue
            measured = is_region and monitored["carried_difference"] != 0 and row["summed"]
            kinds.add((data.by_id[indicator].kind, is_region, row["summed"], measured))
            assert monitored["actual"] == pytest.approx(row["current"], rel=1e-9), told
            assert shown["actual"] == pytest.approx(row["printed_current"], rel=1e-12), told
            for ours, theirs in (
                *((one, one) for one in ("completion", "progress")),
                ("needed_later", "needed_growth"),
            ):
                assert monitored[ours] == pytest.approx(row[theirs], rel=1e-9, abs=1e-9, nan_ok=True), (*told, ours)
            assert row["summed"] or grades[told] == row["grade"], told
            if is_region and (row["summed"] or row["reported"] == row["expected"]):
                exact, printed = monitored["carried_difference"], shown["carried_difference"]
                assert exact == pytest.approx(row["difference"], rel=1e-9, abs=1e-9), told
                assert printed == pytest.approx(row["printed_difference"], rel=1e-12, abs=1e-9), told
    assert {(kind, False, False, False) for kind in ("amount", "value", "rate")} <= kinds
    assert {(kind, True, True, True) for kind in ("amount", "value", "rate")} <= kinds


PRICES = {"2023": {"value": 7.655, "source": "区统计局"}}
MUTTON = {"mutton_output": {LEAGUE: {"2021": 9, "2024": 9}, REGION: {"2024": 115}}}
EARLIER = {"actual": {**MUTTON, "mutton_unit_value": {REGION: PRICES}}}
GROWN = {"actual": MUTTON, "unit_value_growth": {"meat_sheep_value": 1}}
BOTH = {**GROWN, **EARLIER}
OF_2023 = {"zh": "（7.655亿元/万吨，数据等级为自报）", "en": "(7.655 × 100 million yuan per 10,000 t, grade: reported)"}
OF_2020 = {"zh": "（7.586亿元/万吨，数据等级为推算）", "en": "(7.586 × 100 million yuan per 10,000 t, grade: derived)"}
SAID = {
    "of the base year": (
        {"actual": MUTTON},
        2024,
        {"zh": f"由2020年数沿用{OF_2020['zh']}，故", "en": f"carried on from 2020 {OF_2020['en']}; "},
    ),
    "of an earlier year": (
        EARLIER,
        2024,
        {"zh": f"由2023年数沿用{OF_2023['zh']}，故", "en": f"carried on from 2023 {OF_2023['en']}; "},
    ),
    "of the base year, grown": (
        GROWN,
        2021,
        {
            "zh": f"由2020年数{OF_2020['zh']}按增长1%推算为7.662亿元/万吨，故",
            "en": f"carried on from 2020 {OF_2020['en']} grown by 1 % to 7.662 ×",
        },
    ),
    "of an earlier year, grown": (
        BOTH,
        2024,
        {
            "zh": f"由2023年数{OF_2023['zh']}按增长1%推算为7.732亿元/万吨，故",
            "en": f"carried on from 2023 {OF_2023['en']} grown by 1 % to 7.732 ×",
        },
    ),
    "of the base year, fallen": (
        {**GROWN, "unit_value_growth": {"meat_sheep_value": -1.5}},
        2024,
        {
            "zh": f"由2020年数{OF_2020['zh']}按年均下降1.5%推算为7.141亿元/万吨，故",
            "en": f"carried on from 2020 {OF_2020['en']} falling by 1.5 % a year to 7.141 ×",
        },
    ),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("code", [LEAGUE, REGION])
@pytest.mark.parametrize(("scenario", "year", "said"), SAID.values(), ids=SAID)
def test_a_unit_value_that_is_carried_on_is_told_with_its_own_year_grade_growth_and_source(
    scenario, year, said, code, evaluated
):
    found = evaluated(scenario, year)
    commitment = found.issued.baselines.by_id["meat_sheep_value"]
    for lang in LANGS:
        told = "\n".join(note.text(lang) for note in evaluation_notes(found, commitment, code))
        assert said[lang] in told
    sources = brief_values(found, code, "zh")["sources"]
    of_2023 = scenario in (EARLIER, BOTH)
    assert ("羊肉单位产值（2023年）：区统计局" in sources) == of_2023
    assert found.rebased.baselines.base_figures["mutton_unit_value", REGION].source == (
        "区统计局" if of_2023 else found.issued.baselines.base_figures["mutton_unit_value", REGION].source
    )


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("kind", "as_of"), by_turns(["amount", "value", "quantity", "rate"], [2023, 2024, 2025]))
@pytest.mark.parametrize("code", [LEAGUE, REGION])
def test_an_estimate_says_from_which_figure_it_is_carried_on_and_is_known_as_well(
    kind, as_of, code, evaluated, baselines
):
    commitment = baselines.by_id[
        {"amount": "forage_value", "rate": "improved_breed_rate"}.get(kind, "meat_sheep_value")
    ]
    told = commitment.quantity if kind == "quantity" else commitment.id
    base = baselines.base_figures[commitment.quantity, code]
    value = base.value * (1 if kind == "rate" else 1.05 * (7.586 if kind == "value" else 1))
    found = evaluated({"actual": {told: {code: {"2022": {"value": value, "source": "区统计局"}}}}}, as_of)
    figure = found.rebased.baselines.base_figures[commitment.quantity, code]
    assert found.by_key[commitment.id, code]["estimated"]
    assert (figure.source, figure.grade) == ("区统计局", "derived")
    for lang, says in (("zh", "由2022年数"), ("en", "carried on from 2022")):
        said = "\n".join(note.text(lang) for note in evaluation_notes(found, commitment, code))
        assert said.count(says) == 1
    name = commitment.name_zh if kind == "value" else baselines.indicators[commitment.quantity].name_zh
    assert f"{name}（2022年）：区统计局" in brief_values(found, code, "zh")["sources"]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("code", [LEAGUE, REGION])
@pytest.mark.parametrize(("year", "is_told"), [(2021, False), (2022, False), (2023, True)])
@pytest.mark.parametrize("indicator", ["beef_cattle_value", "meat_sheep_value"])
def test_an_estimate_names_the_unit_value_that_was_reported_since_its_last_figure(
    indicator, year, is_told, code, evaluated, baselines
):
    one = baselines.by_id[indicator]
    price = {str(year): {"value": 8.62, "source": "区农牧厅", "price_year": 2020}}
    value = 9 * baselines.base_figures[one.quantity, code].value
    found = evaluated({"actual": {indicator: {code: {"2022": value}}, one.unit_value: {REGION: price}}}, 2023)
    assert found.by_key[indicator, code]["estimated"]
    (said, *_) = evaluation_notes(found, one, code)
    name = baselines.indicators[one.unit_value].name_zh
    told = f"由2022年数、2023年{name}（8.620亿元/万吨，数据等级为自报）按增长假设估算"
    assert (told in said.text("zh"), "8.620" in said.text("zh"), "8.620" in said.text("en")) == (is_told,) * 3


def test_the_figure_that_an_estimate_was_adjusted_to_and_the_herd_behind_a_rate_are_cited(evaluated):
    herd = {"2021": {"value": 2000, "source": "畜牧处"}}
    milk = {"2022": {"value": 733.8, "source": "区统计局"}}
    found = evaluated({"actual": {"livestock_units": {LEAGUE: herd}, "milk": {REGION: milk}}}, 2023)
    sources = brief_values(found, LEAGUE, "zh")["sources"]
    assert [one for one in sources if one.startswith("全区奶类产量（2023年")]
    assert [one for one in sources if "2021年" in one and one.endswith("：畜牧处")]


def test_an_estimate_of_the_region_rests_on_what_leagues_have_reported_since(evaluated):
    actual = {"forage_value": {LEAGUE: {"2022": 30}}}
    for as_of, says in ((2021, "由2020年数按"), (2023, "由2020年数和其后盟市上报数按")):
        found = evaluated({"actual": actual}, as_of)
        (said, *_) = evaluation_notes(found, found.issued.baselines.by_id["forage_value"], REGION)
        assert says in said.text("zh")


def test_look_back_and_monitoring_value_a_quantity_by_the_unit_value_of_the_last_year_that_has_one(
    baselines, suggestions
):
    elsewhere = {"value": 100, "source": "地方统计", "basis": "local"}
    actual = {**EARLIER["actual"], "mutton_output": {**MUTTON["mutton_output"], "150700": {"2024": elsewhere}}}
    plan = make_plan(parse_scenario({"actual": actual}), baselines, suggestions)
    looked = {(one.code, one.year): one.actual for one in looked_back(plan)["meat_sheep_value"]}
    assert looked[LEAGUE, 2024] == pytest.approx(9 * 7.655)
    assert looked[REGION, 2024] == pytest.approx(115 * 7.655)
    assert looked["150700", 2024] == pytest.approx(100 * 7.655)
    assert looked[LEAGUE, 2021] == pytest.approx(9 * 7.586)


def test_actual_rates_are_weighted_with_the_last_herds_that_were_reported(baselines, suggestions):
    rates = {league.code: {"2023": 95.0} for league in baselines.leagues} | {LEAGUE: {"2023": 90.0}}
    reported = {"improved_breed_rate": rates, "livestock_units": {LEAGUE: {"2022": 2000}}}
    asked = {"actual": reported, "growth": {"livestock_units": {LEAGUE: 10}}}
    plan = make_plan(parse_scenario(asked), baselines, suggestions)
    herds = {
        league.code: baselines.base_figures["livestock_units", league.code].value for league in baselines.leagues
    } | {LEAGUE: 2200.0}
    (row,) = (one for one in plan.year_rows("improved_breed_rate", REGION) if one["year"] == 2023)
    assert row["actual"] == pytest.approx(95.0 - 5.0 * 2200.0 / sum(herds.values()))
