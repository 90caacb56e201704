"""Figures stand in workbooks with as many decimals as on pages: those of their indicator."""

from collections import Counter
from dataclasses import replace

import pytest

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan, counted_decimals, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.places import template_file
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.sheets import Layout, lay_out
from tests.thoroughness import by_turns

TEMPLATES = {"zh": "workbook.xlsx", "en": "workbook.en.xlsx"}
DECIMALS = {"milk": 1, "meat_sheep_value": 3, "beef_cattle_value": 0}
# Figures of other things, which keep the template's format.
OTHERS = {"criteria", "balances", "fodder"}


@pytest.fixture(scope="module")
def other_decimals(baselines, suggestions) -> Plan:
    """The plan, three of its indicators printed with other decimals than two."""
    commitments = tuple(
        one.model_copy(update={"issue_decimals": DECIMALS.get(one.id, one.issue_decimals)})
        for one in baselines.commitments
    )
    quantity = baselines.indicators["milk_output"].model_copy(update={"decimals": 1})
    data = replace(baselines, commitments=commitments, indicators=baselines.indicators | {"milk_output": quantity})
    return make_plan(Scenario(), data, suggestions)


def shown_with(layout: Layout) -> Counter:
    """How many cells of each indicator's figures show how many decimals, those that are typed into left out.

    An indicator's cells are those on its sheet and in rows whose keys begin with it; the template's formats say which
    cells are figures. What a value is made of stands under the name of its quantity.
    """
    found: Counter = Counter()
    for sheet in layout.sheets:
        looks = {cell[:2]: dict(cell[2]).get("num_format", "General") for cell in sheet.cells}
        typed = {place[:2] for place in sheet.inputs}
        places = [(one, None, "", 0) for one in sheet.placed.shown_scalars]
        for one in sheet.placed.shown_columns:
            keys = layout.book.sheets[one.owner].tables[one.table].keys
            places += [(one, one.table, key, at) for at, key in enumerate(keys) if not one.helper]
        for one, table, key, at in places:
            about = next((name for name in (key.partition(".")[0], one.owner) if name in DECIMALS), None)
            shown, place = looks[one.row + at, one.col].partition(";")[0], (one.row + at, one.col)
            is_figure = dict(one.look).get("num_format", "").partition(";")[0] == "#,##0.00"
            # A dash for what a row does not have has no decimals.
            if about and is_figure and table not in OTHERS and place not in typed and "0" in shown:
                of_quantity = one.owner == "inputs" and one.entry in ("observed", "own", "quantity")
                found[f"{about}.quantity" if of_quantity else about, len(shown.partition(".")[2])] += 1
    return found


@pytest.mark.parametrize(("area", "lang"), by_turns(["150000", "150500"], TEMPLATES))
def test_every_figure_of_an_indicator_has_the_decimals_it_is_printed_with(area, lang, other_decimals):
    template = read_template(template_file(None, TEMPLATES[lang]))
    layout = lay_out(template, describe_book(other_decimals, area, lang))
    found = shown_with(layout)
    quantities = {"milk.quantity": 1, "meat_sheep_value.quantity": 2, "beef_cattle_value.quantity": 2}
    assert set(found) == {*DECIMALS.items(), *quantities.items()}
    assert min(found[key] for key in DECIMALS.items()) > 100


def test_a_comparison_shows_the_same_decimals(other_decimals, suggestions):
    other = make_plan(parse_scenario({"target": {"milk": 950}}), other_decimals.baselines, suggestions)
    template = read_template(template_file(None, TEMPLATES["zh"]))
    found = shown_with(lay_out(template, describe_comparison(compare([other_decimals, other]), "zh")))
    assert set(found) == set(DECIMALS.items())


def test_animals_of_a_rate_have_the_decimals_of_its_herd(plan):
    layout = lay_out(read_template(template_file(None, TEMPLATES["zh"])), describe_book(plan, "150000", "zh"))
    rate = next(one for one in plan.baselines.commitments if one.is_rate)
    sheet = next(one for one in layout.sheets if one.name == rate.id)
    looks = {cell[:2]: dict(cell[2])["num_format"] for cell in sheet.cells}
    for entry, decimals in (
        ("printed_amount", counted_decimals(plan.baselines, rate)),
        ("printed_target", plan.baselines.decimals(rate)),
    ):
        column = next(one for one in sheet.placed.shown_columns if (one.table, one.entry) == ("leagues", entry))
        assert len(looks[column.row, column.col].partition(";")[0].partition(".")[2]) == decimals
