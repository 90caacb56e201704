"""What stands in grey in an empty field is what counts while it is empty: to enter it changes no figure."""

import re

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.entries import key_of
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.web.pages.draft import pack
from agriplan.web.pages.form import field_values, lay_over

MANY = {
    "growth": {
        **{one: {"150000": 3, "150500": 8} for one in ("milk", "meat_sheep_value", "beef_cattle_value")},
        "forage_value": {"152500": 1.5},
        "improved_breed_rate": {"150000": 0.5},
        "livestock_units": {"150000": 2, "150500": 1},
    },
    "unit_value_growth": {"meat_sheep_value": 1.5},
    "baseline": {"beef_unit_value": {"150000": {"value": 7.2, "source": "年鉴"}}},
    "target": {"milk": 950},
    "allocation": {"milk": {"max_growth": 9, "reserve": 5, "margin": 3}, "improved_breed_rate": {"max_growth": 2}},
    "status_margin": 4,
}


def greys_of(page: str) -> dict[str, str]:
    """What stands in grey, by field; of those that are filled too."""
    fields = re.findall(r"<input[^>]*>", page)
    named = {re.search(r'name="([^"]+)"', one)[1]: one for one in fields if "placeholder=" in one}
    return {name: re.search(r'placeholder="([^"]*)"', one)[1] for name, one in named.items()}


def figures(plan: Plan) -> list[list[object]]:
    """Every printed figure but what is said of growth itself."""
    printed = plan.printed
    tables = (
        printed.lines.select_dtypes("number"),
        printed.leagues.select_dtypes("number"),
        plan.years[["completion", "progress"]],
    )
    statuses = plan.years["status"].tolist()
    return [statuses, *(table.fillna(-1.0).to_numpy().tolist() for table in tables)]


@pytest.mark.parametrize("entered", [{}, MANY], ids=["default", "many"])
def test_to_enter_what_stands_in_grey_changes_nothing(
    client: FlaskClient, baselines: Baselines, suggestions, entered: dict
) -> None:
    scenario = parse_scenario(entered)
    pages = [f"/indicator/{one}" for one in baselines.by_id] + ["/league/150500", "/league/150200"]
    seen: dict[str, str] = {}
    for address in pages:
        found = greys_of(client.get(f"{address}?draft={pack(scenario)}").text)
        assert all(seen.setdefault(path, said) == said for path, said in found.items())
    assert len(seen) > 80
    numbers = {path: said for path, said in seen.items() if re.fullmatch(r"[−\d.,-]+", said)}
    of_region = {path for path in numbers if path.endswith(".150000") or ".150000." in path}
    # What a league's empty field means depends on the region's: one after the other.
    for group in (numbers.keys() - of_region, of_region):
        empty = lay_over(scenario, {path: "" for path in field_values(scenario) if key_of(path) in map(key_of, group)})
        sources = {path.replace(".value", ".source"): "年鉴" for path in group if path.endswith(".value")}
        given = lay_over(empty, {path: numbers[path] for path in group} | sources)
        before, after = (make_plan(one, baselines, suggestions) for one in (empty, given))
        assert figures(before) == figures(after)
    assert set(seen.values()) - set(numbers.values()) <= {"不设", "各按建议", "—"}


def test_leagues_with_suggestions_of_their_own_are_not_told_one_number_for_all(client: FlaskClient, plan: Plan) -> None:
    for one in plan.baselines.commitments:
        own = {row["suggested"] for row in plan.league_rows(one.id) if row["suggested"] == row["suggested"]}
        said = greys_of(client.get(f"/indicator/{one.id}").text)[f"growth.{one.id}.150000"]
        assert (said == "各按建议") == (len(own | {plan.by_indicator[one.id]["suggested"]}) > 1)


def test_an_empty_growth_under_one_for_the_region_stands_for_that(client: FlaskClient) -> None:
    draft = pack(Scenario(growth={"milk": {"150000": 3.0}}))
    assert greys_of(client.get(f"/league/150200?draft={draft}").text)["growth.milk.150200"] == "3.00"
