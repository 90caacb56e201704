"""A page prints the figures of the plan, those of the JSON, to the last digit."""

import html
from collections.abc import Sequence
from typing import TypeVar

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.backtest_table import say_losses
from agriplan.analysis.likelihood import say_band
from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import region_backtest
from agriplan.formatting import print_number
from agriplan.report.plan_json import report
from agriplan.web.pages.drawings import path_points
from agriplan.web.service import EXTENSION_NAME, Service
from tests.thoroughness import FULL
from tests.web.reading import rows_of, send, tables_of

T = TypeVar("T")
SCENARIOS = {
    "default": {},
    "faster": {"growth__milk__150500": "8"},
    "tight": {"allocation__milk__max_growth": "6", "allocation__forage_value__rule": "equal_growth"},
    "surplus": {"target__meat_sheep_value": "700"},
}


def printed(baselines: Baselines, indicator: str, value: float | None) -> str:
    return print_number(value, baselines.decimals(baselines.by_id[indicator]))


def service_of(client: FlaskClient) -> Service:
    return client.application.extensions[EXTENSION_NAME]


def scenario_of(fields: dict[str, str]) -> Scenario:
    from agriplan.web.pages.form import lay_over

    return lay_over(Scenario(), {name.replace("__", "."): value for name, value in fields.items()})


def by_turn(all_of_them: Sequence[T], name: str) -> list[tuple[int, T]]:
    """Those whose turn it is under a scenario, with their places: each under one; in full all of them under each."""
    turn = list(SCENARIOS).index(name)
    return [(place, one) for place, one in enumerate(all_of_them) if FULL or place % len(SCENARIOS) == turn]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_league_page_prints_the_figures_of_the_json(client: FlaskClient, name: str) -> None:
    here = service_of(client)
    fields = SCENARIOS[name]
    whole = report(here.plan(scenario_of(fields)))
    for place, league in by_turn(here.baselines.leagues, name):
        rows = rows_of(send(client, f"/league/{league.code}", **fields).text)
        for one in whole.indicators:
            mine = one.leagues[place]
            assert mine.code == league.code
            shown = rows[f"row-{one.id}"]
            want = [
                printed(here.baselines, one.id, mine.printed["baseline"]),
                print_number(mine.growth, 2),
                printed(here.baselines, one.id, mine.printed["projection"]),
            ]
            assert shown[1:4] == want
            amount = printed(here.baselines, one.id, mine.printed["amount_stated"]) if mine.named else "—"
            target = printed(here.baselines, one.id, mine.printed["target"])
            assert shown[5:8] == [amount, target, print_number(mine.needed_growth, 2)]
            likelihood = mine.likelihood
            assert shown[8].startswith(say_band(likelihood.by_history.band or "", "zh") or "—")
            assert ("按填报增速" in shown[8]) == (likelihood.as_entered is not None)
            if likelihood.as_entered:
                assert say_band(likelihood.as_entered.band, "zh") in shown[8].partition("按填报增速")[2]
            assert shown[9] == mine.reason_zh


def test_a_chart_names_the_middle_of_its_range_as_history_is_printed(client: FlaskClient) -> None:
    """A league whose figure, so that all add up, is not its exact one half up: 40.5039 stands as 40.51."""
    page = send(client, "/league/150200", growth__milk__150200="8").text
    (milk, *_), place = report(service_of(client).plan(Scenario())).indicators, "150200"
    (own,) = (one for one in milk.leagues if one.code == place)
    assert round(own.likelihood.by_history.projection_by_history, 2) != own.printed["projection"]
    assert f"2025年居中为{own.printed['projection']:.2f}万吨）" in html.unescape(page)


def test_the_overview_prints_the_figures_of_the_json(client: FlaskClient) -> None:
    here = service_of(client)
    rows = rows_of(client.get("/").text)
    for one in report(here.plan(Scenario())).indicators:
        shown = rows[f"row-{one.id}"]
        figures = (one.printed[name] for name in ("baseline", "projection", "target"))
        assert shown[2:5] == [printed(here.baselines, one.id, value) for value in figures]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_printed_columns_of_an_indicators_page_add_up_to_its_target(client: FlaskClient, name: str) -> None:
    here = service_of(client)
    told = report(here.plan(scenario_of(SCENARIOS[name]))).indicators
    moved = [one for one in told if any(f"__{one.id}" in path for path in SCENARIOS[name])]
    for one in {one.id: one for one in [*moved, *(one for _, one in by_turn(told, name))]}.values():
        table = next(
            rows
            for rows in tables_of(send(client, f"/indicator/{one.id}", **SCENARIOS[name]).text)
            if "盟市目标" in rows[0]
        )
        rows = {row[0]: [figure(cell) for cell in row[1:]] for row in table[1:]}
        totals = {
            word: rows.pop(word) for word in ("统计差异", "分解后合计", "未分解量（负为富余）", "目标") if word in rows
        }
        reached, target = totals["分解后合计"], totals["目标"][-3]
        assert len(rows) == len(one.leagues)
        whole = reached[-3] + (totals["未分解量（负为富余）"][-3] if "未分解量（负为富余）" in totals else 0)
        assert whole == pytest.approx(target, abs=1e-9)
        columns = list(zip(*rows.values(), strict=True))
        if one.kind == "rate":
            assert sum(columns[3]) == pytest.approx(reached[3], abs=1e-9)
            continue
        for place in (0, 2, 3, 4, 6, 7):
            assert sum(columns[place]) == pytest.approx(reached[place], abs=1e-9), place
        for _, _, projection, _, _, _, share, goal, *_ in rows.values():
            assert projection + share == pytest.approx(goal, abs=1e-9)


def figure(cell: str) -> float:
    """A printed figure, without the grade beside it; nothing counts as 0."""
    word = cell.split()[0].replace(",", "") if cell.split() else ""
    try:
        return float(word)
    except ValueError:
        return 0.0


def test_an_unfeasible_scenario_says_so_first(client: FlaskClient) -> None:
    page = send(client, "/indicator/milk", allocation__milk__max_growth="3").text
    assert "上限不足" in page
    assert page.index("上限不足") < page.index("<table")


def test_a_projection_that_no_change_would_have_beaten_says_so_on_its_pages(client: FlaskClient) -> None:
    data = service_of(client).baselines
    table = region_backtest(data)
    worse = table.pivot_table(index=["indicator", "basis", "horizon"], columns="method", values="mape")
    lost = {key[0] for key, row in worse.iterrows() if row["projection"] > row["no_change"]}
    method = html.unescape(client.get("/method").text)
    for commitment in data.commitments:
        told = say_losses(table, data, commitment.quantity, "zh")
        assert bool(told) == (commitment.quantity in lost)
        page = html.unescape(client.get(f"/indicator/{commitment.id}").text)
        assert ("回测：用" in page) == bool(told)
        assert all(sentence in page and sentence in method for sentence in told)
    assert lost


@pytest.mark.parametrize("code", ["150000", "150500"])
def test_the_range_on_a_chart_is_that_of_history_whatever_growth_is_entered(client: FlaskClient, code: str) -> None:
    here = service_of(client)
    faster = parse_scenario({"growth": {one.id: {code: 1.9} for one in here.baselines.commitments}})
    plain, entered = here.plan(Scenario()), here.plan(faster)
    with client.application.test_request_context():
        for commitment in here.baselines.commitments:
            before, after = (path_points(plan, commitment, code) for plan in (plain, entered))
            assert (before["low"], before["high"]) == (after["low"], after["high"])
            assert before["trend"] != after["trend"]
            for year in before["trend"]:  # without entries the range lies around the trend
                assert before["low"][year] - 0.01 <= before["trend"][year] <= before["high"][year] + 0.01
    page = "/league/150500" if code == "150500" else "/indicator/milk"
    says = "不随填报增速移动"
    assert says not in client.get(page).text
    assert says in send(client, page, **{f"growth__milk__{code}": "1.9"}).text


def test_a_chart_draws_the_figures_that_the_table_beside_it_prints(client: FlaskClient) -> None:
    here = service_of(client)
    plan = here.plan(scenario_of(SCENARIOS["tight"] | {"actual__milk__150500__2021": "40.126"}))
    with client.application.test_request_context():
        for commitment in here.baselines.commitments:
            for code in here.baselines.areas:
                points = path_points(plan, commitment, code)
                shown = plan.printed.years_of(commitment.id, code).set_index("year")
                for look, column in (("trend", "projection"), ("path", "milestone"), ("actual", "actual")):
                    assert points.get(look, {}) == shown[column].dropna().to_dict(), (commitment.id, code, look)
