"""What an address asks for by a code or a name, and what is said where there is no such thing."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines


@pytest.mark.parametrize(
    "address", ["/league/{}", "/actuals/{}", "/compare/rules?league={}", "/brief/{}", "/workbook/{}"]
)
def test_a_league_is_found_by_its_code_and_by_its_names(
    client: FlaskClient, baselines: Baselines, address: str
) -> None:
    league = baselines.areas["150500"]
    answers = [client.get(address.format(word)) for word in (league.code, league.name_zh, league.name_en)]
    assert {answer.status_code for answer in answers} == {200}
    if answers[0].mimetype == "text/html":
        heads = {re.search(r"<h1.*?</h1>", answer.text, re.DOTALL)[0] for answer in answers}
        assert len(heads) == 1
        assert all('aria-current="page"' in answer.text or "selected>通辽市" in answer.text for answer in answers)


def test_an_indicator_is_found_by_its_names(client: FlaskClient, baselines: Baselines) -> None:
    for one in baselines.commitments:
        for word in (one.id, one.name_zh, one.name_en):
            assert client.get(f"/indicator/{word}").status_code == 200, word


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/league/通辽师", "通辽市"),
        ("/actuals/15050", "150500"),
        ("/indicator/mlik", "milk"),
        ("/compare/rules?league=通辽师", "通辽市"),
        ("/compare/rules?league=abc", ""),
        ("/?indicator=mlik", "milk"),
        ("/?measure=targets", "target"),
        ("/?measure=zz", "amount"),
        ("/data?grade=zz", "official"),
        ("/data?area=15050", "150500"),
        ("/data?indicator=milk_outptu", "milk_output"),
        ("/data?grade=offical", "official"),
        ("/data?basis=abc", ""),
        ("/data?source=abc", ""),
        ("/indicator/milk?short=abc&done=80", ""),
        ("/evaluation?as_of=abc", ""),
        ("/evaluation?as_of=1999", ""),
        ("/evaluation?as_of=2_022", ""),
        ("/evaluation?as_of=٢٠٢٢", ""),
        ("/brief/150500?as_of=abc", ""),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_there_is_not_is_named_with_what_was_meant(
    client: FlaskClient, address: str, meant: str, lang: str
) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert answer.status_code == 404
    (told,) = re.findall(r'<ul class="problems">(.*?)</ul>', html.unescape(answer.text), re.DOTALL)
    asked = re.split(r"[/=&]", address.replace("&done=80", "").replace("?as_of", "/as_of"))[-1]
    assert asked in told
    assert meant in told
    assert "['" not in told


@pytest.mark.parametrize(
    ("address", "asked", "meant"),
    [
        ("/?lang=zz", "zz", ""),
        ("/data?lang=EN", "EN", "“en”"),
        ("/workbook/150500?lang=zz", "zz", ""),
        ("/data?area=150500&area=zz", "area", ""),
        ("/?lang=zh&lang=en", "lang", ""),
        ("/league/150500?scenario=a&scenario=b", "scenario", ""),
        ("/compare?base=zz", "zz", ""),
        ("/compare/workbook?base=zz", "zz", ""),
        ("/compare?compare=zz", "zz", "1"),
        ("/scenarios?archived=zz", "zz", "1"),
        ("/workbook/zz", "zz", ""),
        ("/workbook/通辽师", "通辽师", "通辽市"),
        ("/brief/zz", "zz", ""),
        ("/brief/150500?as_of=1999", "1999", "2020"),
    ],
)
def test_what_a_page_cannot_follow_in_its_address_is_not_passed_over(
    client: FlaskClient, address: str, asked: str, meant: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    (told,) = re.findall(r'<ul class="problems">(.*?)</ul>', html.unescape(answer.text), re.DOTALL)
    assert asked in told
    assert meant in told


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/?indicator=milc&measure=weight&draft=zz", ("milc", "weight", "被截断")),
        ("/indicator/milc?draft=zz", ("milc", "被截断")),
        ("/league/通辽师?scenario=zzz", ("通辽师", "zzz")),
        ("/actuals/通辽师?scenario=zzz", ("通辽师", "zzz")),
        ("/workbook/通辽师?scenario=zzz", ("通辽师", "zzz")),
        ("/brief/通辽师?as_of=1999&scenario=zzz", ("通辽师", "1999", "zzz")),
        ("/brief/通辽师?as_of=abc", ("通辽师", "abc")),
        ("/evaluation?as_of=abc&scenario=zzz", ("abc", "zzz")),
        ("/compare/rules?league=通辽师&scenario=zzz", ("通辽师", "zzz")),
        ("/compare?choose=yyy&choose=zzz&base=xxx", ("xxx", "yyy", "zzz")),
        ("/compare?compare=two&scenario=zzz", ("two", "zzz")),
        ("/compare/workbook?choose=yyy&choose=zzz", ("yyy", "zzz")),
        ("/data?area=yy&grade=zz", ("yy", "zz")),
    ],
)
def test_of_an_address_everything_that_is_not_there_is_told_at_once(
    client: FlaskClient, address: str, wrong: tuple[str, ...]
) -> None:
    answer = client.get(address)
    assert answer.status_code in (404, 422)
    (told,) = re.findall(r'<ul class="problems">(.*?)</ul>', html.unescape(answer.text), re.DOTALL)
    assert [word for word in wrong if word not in told] == []


@pytest.mark.parametrize(
    "address",
    [
        "/?lang=&measure=&indicator=",
        "/compare?choose=default&choose=draft&compare=1&base=default",
        "/compare?choose=default&base=draft",
        "/scenarios?archived=1&q=",
        "/scenarios?archived=",
        "/static/style.css?lang=zz",
    ],
)
def test_what_forms_and_links_of_our_own_send_is_taken(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("year", ["2022", "２０２２", "+2022", "2022.0"])
def test_a_year_is_the_same_year_on_a_page_and_of_the_api(client: FlaskClient, year: str) -> None:
    pages = [client.get("/evaluation", query_string={"as_of": one}) for one in ("2022", year)]
    assert [page.status_code for page in pages] == [200, 200]
    assert len({re.search(r"<h1.*?</h1>", page.text, re.DOTALL)[0] for page in pages}) == 1
    sent = [client.get("/api/v1/evaluation", query_string={"as_of": one}) for one in ("2022", year)]
    assert sent[0].json == sent[1].json
    assert sent[0].status_code == 200


@pytest.mark.parametrize("year", ["2_022", "٢٠٢٢", "2022.5", "二〇二二"])
def test_what_is_no_year_for_a_file_is_none_for_the_api(client: FlaskClient, year: str) -> None:
    assert client.get("/api/v1/evaluation", query_string={"as_of": year}).status_code == 422
