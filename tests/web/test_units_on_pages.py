"""Every figure of a table stands in its own unit: growths in theirs, parts and differences of rates in points."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.unit_words import MEASURES_IN_POINTS
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import unit_behind
from agriplan.sentences import say
from agriplan.web.pages.draft import pack
from agriplan.web.pages.overview import MEASURES

RATE = "improved_breed_rate"
DRAFT = pack(
    parse_scenario(
        {
            "target": {RATE: 96, "milk": 900},
            "growth": {RATE: {"150500": 0.3}, "milk": {"150500": 4}},
            "allocation": {RATE: {"rule": "equal_growth", "ceiling": {"150100": 0.1}}},
            "actual": {one: {"150500": {"2021": value}} for one, value in (("milk", 40.1), (RATE, 96.4))},
        }
    )
)
PAGES = {
    "start": f"/?indicator={RATE}&measure=amount&draft={DRAFT}",
    "league": f"/league/150500?draft={DRAFT}",
    "indicator": f"/indicator/milk?draft={DRAFT}",
    "rate": f"/indicator/{RATE}?draft={DRAFT}",
    "rules": f"/compare/rules?league=150500&draft={DRAFT}",
    "compare": f"/compare?choose=default&choose=draft&compare=1&draft={DRAFT}",
    "actuals": f"/actuals/150500?draft={DRAFT}",
    "evaluation": f"/evaluation?draft={DRAFT}",
}
# Columns that hold growths, and those that hold what lies between two figures or what is placed.
GROWTHS = ("page.col.growth", "page.col.needed_growth", "page.measure.needed_growth", "page.col.trend_growth")
BETWEEN = (
    *("page.col.gap", "page.col.region_gap", "page.col.share", "page.measure.amount"),
    *("page.compare.difference", "page.rules.difference", "page.moves.swing"),
)


def speeds(lang: str) -> set[str]:
    return {say(f"page.{word}", lang) for word in ("points_a_year", "percent_a_year")}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_the_unit_behind_a_label_is_that_of_the_figure_below_it(client: FlaskClient, page: str, lang: str) -> None:
    growths = {say(word, lang) for word in GROWTHS}
    told = re.findall(r'data-label="([^"]*)" data-unit="([^"]*)"', client.get(f"{PAGES[page]}&lang={lang}").text)
    assert told or page in {"compare", "actuals"}
    for label, unit in told:
        assert (unit in speeds(lang)) == (label in growths), (label, unit)
        assert not re.search(r"[（(]%[）)]", label), (label, unit)  # a unit is said once


def heads(text: str) -> Iterator[tuple[str, str]]:
    """Every head of a column: its words, and its unit where it has one."""
    for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', text, re.DOTALL):
        said, _, unit = head.partition('<span class="unit-line">')
        yield re.sub(r"<[^>]+>", "", said).strip(), re.sub(r"<[^>]+>", "", unit).strip()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_the_unit_of_a_head_is_that_of_the_column_below_it(client: FlaskClient, page: str, lang: str) -> None:
    growths = {say(word, lang) for word in GROWTHS}
    for said, unit in heads(client.get(f"{PAGES[page]}&lang={lang}").text):
        if unit in speeds(lang):
            assert said in growths, (said, unit)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("indicator", ["milk", RATE])
def test_the_map_names_the_unit_of_what_it_is_coloured_by(
    client: FlaskClient, baselines: Baselines, indicator: str, measure: str, lang: str
) -> None:
    commitment = baselines.by_id[indicator]
    is_rate = commitment.is_rate
    unit = {
        "amount": say("page.points", lang) if is_rate else commitment.unit(lang),
        "needed_growth": say("page.points_a_year" if is_rate else "page.percent_a_year", lang),
    }.get(measure, commitment.unit(lang))
    page = client.get(f"/?indicator={indicator}&measure={measure}&lang={lang}").text
    legend = re.search(r'<p class="map-legend">([^<]*)', page)
    assert legend
    assert legend[1].strip() == say("page.map.unit", lang, unit=unit)


def test_a_claim_has_its_speed_and_its_target_the_unit_of_the_indicator(
    client: FlaskClient, baselines: Baselines
) -> None:
    page, told = client.get(PAGES["rules"]).text, 0
    for one in baselines.commitments:
        section = re.search(rf'<section aria-labelledby="{one.id}-title".*?</section>', page, re.DOTALL)[0]
        if f'id="{one.id}-under"' in section:
            told += 1
            speed = say("page.points_a_year" if one.is_rate else "page.percent_a_year", "zh")
            claims = [(said, unit) for said, unit in heads(section) if said.startswith("自报增速")]
            assert claims, one.id
            for said, unit in claims:
                assert re.fullmatch(rf"自报增速[\d.-]+{re.escape(speed)}时的目标", said)
                assert unit == one.unit_zh
    assert told > 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_parts_and_differences_of_a_rate_stand_in_points(
    client: FlaskClient, baselines: Baselines, page: str, lang: str
) -> None:
    """In a row of the rate at the figure, in a table of the rate there or in its head."""
    rate, points = baselines.by_id[RATE], say("page.points", lang)
    between = {say(word, lang) for word in BETWEEN}
    text, found = client.get(f"{PAGES[page]}&lang={lang}").text, 0
    for before, table in tables(text):
        head = dict(heads(table))
        of_rate = page == "rate" or rate.id in before
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL):
            own = rate.name(lang) in re.sub(r"<td.*", "", row, flags=re.DOTALL)
            for label, cell in re.findall(r'(?:<td[^>]*data-label="([^"]*)")([^>]*>.*?)</td>', row, re.DOTALL):
                if label in between and (own or of_rate) and re.search(r"\d", cell):
                    found += 1
                    assert points in cell or (of_rate and head.get(label) == points), (label, cell)
    assert found or page in {"start", "indicator", "actuals", "evaluation"}


def tables(text: str) -> Iterator[tuple[str, str]]:
    """Every table, with the id of the card that it stands in."""
    end = 0
    for table in re.finditer(r"<table.*?</table>", text, re.DOTALL):
        sections = re.findall(r'<section[^>]*aria-labelledby="([^"]*)"', text[: table.start()])
        yield sections[-1] if sections else "", table[0]
        end = table.end()
    assert end


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_table_of_what_moved_a_rate_is_told_in_points_wherever_something_lies_between(
    client: FlaskClient, baselines: Baselines, lang: str
) -> None:
    rate, points = baselines.by_id[RATE], say("page.points", lang)
    page = client.get(f"{PAGES['compare']}&lang={lang}").text
    moved = re.search(r'aria-labelledby="moved-title".*?</table>', page, re.DOTALL)[0]
    rows = [row for row in re.findall(r"<tr>.*?</tr>", moved, re.DOTALL) if f">{rate.name(lang)}<" in row]
    assert {say(f"page.moved.{word}", lang) for word in ("amount", "target")} <= set(
        re.findall(r'<td class="nowrap"[^>]*>([^<]+)</td>', "".join(rows))
    )
    for row in rows:
        of_amounts = any(f">{say(f'page.moved.{word}', lang)}<" in row for word in MEASURES_IN_POINTS)
        first, last = re.findall(r"<td.*?</td>", row, re.DOTALL)[0], row.rpartition("<td")[2]
        assert (points in first) == of_amounts
        assert of_amounts or points in last


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_growth_of_a_rate_moves_by_points_a_year(client: FlaskClient, lang: str) -> None:
    for page, speed in (("rate", "points_a_year"), ("indicator", "percent_a_year")):
        text = client.get(f"{PAGES[page]}&lang={lang}").text
        moves = re.search(r'aria-labelledby="moves-title".*?</table>', text, re.DOTALL)
        row = re.search(rf"<tr><th[^>]*>{re.escape(say('page.input.growth', lang))}</th>.*?</tr>", moves[0])[0]
        assert len(re.findall(rf"[\d.]+ {re.escape(say(f'page.{speed}', lang))}</td>", row)) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", ["start", "actuals"])
def test_an_actual_figure_of_the_board_has_its_unit(
    client: FlaskClient, baselines: Baselines, page: str, lang: str
) -> None:
    text = re.sub(r"<[^>]+>", "", client.get(f"{PAGES[page]}&lang={lang}").text)
    for name, printed in (("milk", r"40\.10"), (RATE, r"96\.40")):
        one: Commitment = baselines.by_id[name]
        gap = " ?" if lang == "zh" else " "
        assert re.search(rf"{printed}{gap}{re.escape(unit_behind(one.unit(lang), lang))}", text), one.id
    cells = re.findall(r'class="figures compact stacked board".*?</table>', client.get(PAGES["start"]).text, re.DOTALL)
    assert cells
    assert "盟市均未填报" not in "".join(re.findall(r'data-unit="([^"]*)"', cells[0]))


@pytest.mark.parametrize("page", ["league", "rate", "start", "rules"])
def test_points_have_one_name_on_a_page_and_growths_say_a_year(client: FlaskClient, page: str) -> None:
    text = client.get(f"{PAGES[page]}&lang=en").text
    assert re.findall(r".{40}(?<!percentage )points a year", re.sub(r"<[^>]+>", " ", text)) == []
    facts = re.findall(r'<dt>Growth (?:used|needed)</dt><dd>[^<]*<span class="unit">([^<]*)', text)
    assert all(unit in speeds("en") for unit in facts)
    assert facts or page in {"start", "rules"}
