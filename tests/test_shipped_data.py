"""What the shipped data promise: two languages, one mapping of places, later figures that no projection sees."""

from dataclasses import replace

import pandas as pd
import pytest

from agriplan.baselines.commitments import Topic
from agriplan.baselines.records import HowFarRead
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.tiers import suggest_growth
from agriplan.sentences import LANGS, say
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.data import history_tables

# What the table of years shows of figures that came, beside what was projected.
MONITORED = ["actual", "completion", "progress", "needed_later", "status"]
CHINESE = range(0x4E00, 0x9FFF)
TEXTS = {
    "observed": ("note",),
    "assumptions": ("note",),
    "sources": ("title", "publisher"),
}


def has_chinese(text):
    return any(ord(letter) in CHINESE for letter in text)


@pytest.mark.parametrize(("table", "text"), [(table, text) for table, texts in TEXTS.items() for text in texts])
def test_every_text_about_a_figure_stands_in_both_languages(baselines, table, text):
    rows = getattr(baselines, table)
    for chinese, english in zip(rows[f"{text}_zh"], rows[f"{text}_en"], strict=True):
        assert bool(chinese) == bool(english), chinese or english
        numbers_only = not any(letter.isalpha() for letter in chinese)
        assert has_chinese(chinese) or numbers_only or chinese == "agriplan", chinese
        assert not has_chinese(english), english


def test_every_quotation_has_a_translation(baselines):
    quoted = [*baselines.commitments, *baselines.directions, *baselines.statements, baselines.follow_up]
    for one in quoted:
        assert has_chinese(one.quotation("zh"))
        assert one.quotation("en") != one.quotation("zh"), one.quote
    for commitment in baselines.commitments:
        assert bool(commitment.belt_quote) == bool(commitment.belt_quote_en)
        assert has_chinese(commitment.definition("zh"))
        assert not has_chinese(commitment.definition("en"))


@pytest.mark.parametrize(("family", "codes"), [("read", HowFarRead.__args__), ("topic", Topic.__args__)])
def test_every_code_of_the_data_has_a_name_in_both_languages(family, codes):
    for code in codes:
        assert has_chinese(say(f"{family}.{code}", "zh"))
        assert not has_chinese(say(f"{family}.{code}", "en"))


def test_every_basis_has_a_name_in_both_languages(baselines):
    assert "local" in baselines.bases
    for basis in baselines.bases:
        assert {basis}.isdisjoint({baselines.basis_name(basis, lang) for lang in LANGS}), basis


def test_the_chain_values_say_in_their_name_that_they_are_counted_at_market_prices(baselines):
    for commitment in baselines.commitments:
        assert ("按市价折算" in commitment.name_zh) == (commitment.kind == "value")
        assert ("at market prices" in commitment.name_en) == (commitment.kind == "value")


def test_the_places_that_the_source_names_make_the_ten_named_leagues(baselines):
    for name in ("milk", "forage_value"):
        commitment = baselines.by_id[name]
        read = {code for place in baselines.belts_of(commitment) for code in place.codes}
        assert len(commitment.leagues) == 10
        assert read == set(commitment.leagues), name


def test_leagues_stand_in_the_order_of_the_region_wherever_they_are_named(baselines):
    order = {league.code: number for number, league in enumerate(baselines.leagues)}
    for one in (*baselines.commitments, *baselines.directions, *baselines.projects):
        places = [order[code] for code in one.leagues]
        assert places == sorted(places), one.name("zh")


def test_milk_and_forage_read_a_place_in_the_same_way(baselines):
    nen = set(baselines.places["嫩江流域"].codes)
    both = set(baselines.places["西辽河—嫩江流域"].codes)
    assert both == nen | set(baselines.places["西辽河流域"].codes)


def test_what_the_source_says_beyond_numbers_is_kept_with_its_topic(baselines):
    said = {(one.topic, name) for one in baselines.statements for name in one.about or ("",)}
    assert {("aim", "milk"), ("constraint", "forage_value"), ("policy", "forage_value")} <= said
    assert {("programme", "core_breeding_stock"), ("programme", "")} <= said
    assert any("粮改饲" in one.quote for one in baselines.statements_about("forage_value"))
    assert baselines.quoted.said_by("zh").startswith("刘永志，自治区农牧厅副厅长")
    assert baselines.follow_up.said_by("en").startswith("Wang Jinbao, deputy head")


def test_yields_are_worked_out_from_the_figures(baselines):
    assert baselines.yields["milk_per_cow"].value == pytest.approx(4.73, abs=0.005)
    assert baselines.yields["mutton_per_sheep"].value == pytest.approx(18.8, abs=0.05)
    assert {one.id for one in baselines.balances.coefficient} == {"hay_per_unit", "silage_to_hay", "milk_yield_goal"}


def test_figures_after_the_base_year_and_local_counts_enter_no_projection(baselines):
    observed = baselines.observed
    later = (observed["year"] > baselines.base_year) | (observed["basis"] == "local")
    assert later.sum() >= 15
    without = replace(baselines, observed=observed[~later].reset_index(drop=True))
    plans = [make_plan(Scenario(), data, suggest_growth(data)) for data in (baselines, without)]
    for table in ("lines", "leagues", "years", "suggestions", "criteria"):
        with_them, bare = (getattr(plan, table).drop(columns=MONITORED, errors="ignore") for plan in plans)
        assert with_them.equals(bare), table


def test_charts_of_the_past_end_with_the_base_year(baselines, plan):
    observed = baselines.observed
    late = observed[(observed["indicator"] == "milk_output") & (observed["area"] == baselines.region.code)].tail(1)
    late = late.assign(year=baselines.base_year + 2, basis="local")
    data = replace(baselines, observed=pd.concat([observed, late], ignore_index=True))
    context = BookContext(replace(plan, baselines=data), data.region, {}, "zh")
    for table in history_tables(context, data.by_id["milk"]).values():
        assert max(table.columns["year"].values) <= baselines.base_year
