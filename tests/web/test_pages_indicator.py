"""An indicator's page: every figure with its unit, growth that belongs to the sum it stands beside, entries as such."""

import html
import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.formatting import print_number
from agriplan.report.terminal import list_plan
from agriplan.sentences import say
from agriplan.web.pages.draft import pack
from tests.thoroughness import FULL
from tests.web.reading import tables_of

FACT = re.compile(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", re.DOTALL)


def facts_of(page: str) -> dict[str, str]:
    """What stands beside each name in the list of facts, as it is written."""
    found = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)[0]
    return dict(FACT.findall(found))


def text_of(written: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", written)).strip()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fact_and_every_column_of_figures_has_its_unit(
    client: FlaskClient, lang: str, baselines: Baselines
) -> None:
    kinds = {one.kind: one for one in reversed(baselines.commitments)}.values()
    for one in baselines.commitments if FULL or lang == "zh" else kinds:
        page = client.get(f"/indicator/{one.id}?lang={lang}").text
        for name, written in facts_of(page).items():
            assert "—" in written or '<span class="unit">' in written, (one.id, name)
        for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
            if "allocation" not in table[:60] and say("page.moves.swing", lang) not in table:
                continue
            heads = re.findall(r'<th scope="col" class="num">(.*?)</th>', table)
            bare = [text_of(head) for head in heads if "unit-line" not in head]
            # The ends of an input's range carry their per cent in their cells.
            assert bare in ([], [say(f"page.moves.{end}", lang) for end in ("from", "to")]), one.id


def test_every_swing_is_what_lies_between_the_printed_ends(client: FlaskClient, baselines: Baselines) -> None:
    for one in baselines.commitments:
        page = client.get(f"/indicator/{one.id}").text
        (table,) = (
            each for each in re.findall(r"<table.*?</table>", page, re.DOTALL) if say("page.moves.swing", "zh") in each
        )
        rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)
        assert rows
        for row in rows:
            low, high, swing = (
                Decimal(text_of(each).replace(",", "")) for each in re.findall(r"<td.*?</td>", row, re.DOTALL)[2:]
            )
            assert swing == abs(high - low), (one.id, row)


GROWTHS = [
    {"milk": {"150400": 6}, "meat_sheep_value": {"150500": 9}, "improved_breed_rate": {"152500": 0.4}},
    {"milk": {"150500": 60, "150000": 1}},
]


@pytest.mark.parametrize("growth", GROWTHS, ids=range(len(GROWTHS)))
def test_the_growth_beside_a_sum_leads_to_that_sum(
    client: FlaskClient, baselines: Baselines, suggestions, growth: dict
) -> None:
    plan = make_plan(
        parse_scenario({"growth": growth, "unit_value_growth": {"beef_cattle_value": 2}}), baselines, suggestions
    )
    years = baselines.span
    said = {row.split()[0]: row.split() for row in next(list_plan(plan, "zh")).splitlines() if row.strip()}
    for one in baselines.commitments:
        line = plan.by_indicator[one.id]
        start, end = float(line["baseline"]), float(line["projection"])
        rate = (end - start) / years if one.is_rate else 100 * ((end / start) ** (1 / years) - 1)
        page = client.get(f"/indicator/{one.id}?draft={pack(plan.scenario)}").text
        facts = facts_of(page)
        assert text_of(facts["预测年均增速"]).startswith(print_number(rate, 2)), one.id
        assert "采用增速" not in facts
        (total,) = (row for rows in tables_of(page) for row in rows if row[0] == "分解后合计")
        assert print_number(rate, 2) in total, one.id
        assert said[one.name_zh][3] == print_number(rate, 2)


def test_reserve_and_margin_stand_with_all_their_digits(client: FlaskClient) -> None:
    draft = pack(parse_scenario({"allocation": {"milk": {"reserve": 2.55, "margin": 0.125}}}))
    facts = facts_of(client.get(f"/indicator/milk?draft={draft}").text)
    assert (text_of(facts["预留比例"]), text_of(facts["上浮比例"])) == ("2.55%", "0.125%")


def test_the_share_of_a_rate_in_animals_stands_behind_the_share(client: FlaskClient) -> None:
    for lang in ("zh", "en"):
        page = client.get(f"/indicator/improved_breed_rate?lang={lang}").text
        (heads,) = (rows[0] for rows in tables_of(page) if len(rows[0]) == 12)
        words = [say(f"page.col.{word}", lang) for word in ("share", "animals", "league_target")]
        first = next(at for at, head in enumerate(heads) if head.startswith(words[0]))
        assert [head.startswith(word) for head, word in zip(heads[first : first + 3], words, strict=True)] == [True] * 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_surplus_is_told_in_one_way_on_every_page(client: FlaskClient, lang: str) -> None:
    draft = pack(parse_scenario({"target": {"milk": 600, "beef_cattle_value": 560}}))
    surpluses = {"milk": "77.47", "beef_cattle_value": "17.66"}
    for address in ("/", "/league/150500", *(f"/indicator/{one}" for one in surpluses)):
        page = client.get(f"{address}?draft={draft}&lang={lang}").text
        for indicator, surplus in surpluses.items():
            if not address.startswith("/indicator") or address.endswith(f"/{indicator}"):
                told = say("page.surplus_of", lang, value=surplus)
                assert f'<span class="surplus">{told}</span>' in page, address
    page = client.get(f"/evaluation?as_of=2022&draft={draft}&lang={lang}").text
    heads, *rows = next(rows for rows in tables_of(page) if len(rows[0]) > 8)
    gaps = [row[[head.startswith(say("page.col.gap", lang)) for head in heads].index(True)] for row in rows]
    assert any(gap.startswith(say("page.surplus_of", lang, value="").strip()) for gap in gaps)
    assert not any(gap.startswith("-") for gap in gaps)
