"""The scenario in view is named on every page and goes along with every link, form and language."""

import html
import inspect
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import flask
import pytest
from flask import Flask
from flask.testing import FlaskClient

from agriplan.engine.scenario import Scenario
from agriplan.web.language import LANGUAGES
from agriplan.web.pages.draft import pack, pack_fields
from agriplan.web.service import EXTENSION_NAME
from tests.thoroughness import by_turns
from tests.web.conftest import MakeApp

DRAFT = Scenario(growth={"milk": {"150500": 8.0}})
VALUES = {"code": "150500", "indicator": "milk", "area": "150500"}
# Every word that Flask's url_for reads as an order, and the parts of an address of ours.
ORDERS = [*inspect.signature(flask.url_for).parameters, "_anchor", "_method", "_scheme", "_external", *VALUES, "page"]


class Leads(HTMLParser):
    """Where a page leads: its links, and its forms with their hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._form: tuple[str, list[tuple[str, str]]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and "data-reset" not in named and named.get("href", "").startswith("/"):
            self.found.append(named["href"])
        elif tag == "form":
            self._form = named["action"], []
        elif tag == "input" and self._form and named.get("type") == "hidden":
            self._form[1].append((named["name"], named["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form:
            action, fields = self._form
            action = action.partition("#")[0]  # a browser puts the fields before the part of the page
            self.found.append(action + ("&" if "?" in action else "?") + urlencode(fields))
            self._form = None


def page_addresses(app: Flask) -> list[str]:
    """The address of every page, from the application's own map."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("pages.") and "GET" in (rule.methods or ()):
                values = {name: VALUES[name] for name in rule.arguments if name in VALUES}
                if len(values) == len(rule.arguments):
                    found.append(flask.url_for(rule.endpoint, **values))
    files = ("workbook", "brief", ".csv")  # what is taken away and not read here
    return [address for address in found if not any(part in address for part in files)]


def shows_a_scenario(app: Flask, address: str) -> bool:
    """Whether a link leads to one of our pages or downloads."""
    ways = app.url_map.bind("")
    method = next(iter(ways.allowed_methods(urlsplit(address).path)))
    endpoint, _ = ways.match(urlsplit(address).path, method=method)
    return endpoint.startswith("pages.") and endpoint != "pages.export_scenario"


@pytest.fixture(scope="module")
def app(make_app: MakeApp) -> Flask:
    app = make_app()
    app.extensions[EXTENSION_NAME].store.save("存着的", '{"growth":{"milk":{"150500":7.0}},"name":"存着的"}')
    return app


def carry(app: Flask, what: str) -> dict[str, str]:
    identity = app.extensions[EXTENSION_NAME].store.current("存着的").scenario_id
    return {
        "saved": {"scenario": identity},
        "changed": {"draft": pack(DRAFT)},
        "changed from a saved one": {"draft": pack(DRAFT.model_copy(update={"name": "存着的"})), "from": identity},
    }[what]


def test_there_are_pages() -> None:
    assert {"endpoint", "_method", "_anchor", "_external"} <= set(ORDERS)


@pytest.mark.parametrize(("lang", "what"), by_turns(LANGUAGES, ["saved", "changed", "changed from a saved one"]))
def test_every_page_names_the_scenario_in_its_strip_and_title_and_every_link_takes_it_along(
    app: Flask, what: str, lang: str
) -> None:
    client, carried = app.test_client(), carry(app, what)
    unsaved = {"zh": "未保存的修改（1处）", "en": "Unsaved changes (1)"}[lang]
    name = "存着的" if "scenario" in carried else unsaved
    addresses = page_addresses(app)
    assert len(addresses) >= 10
    for address in [*addresses, "/league/999999", "/nowhere"]:
        page = client.get(f"{address}?{urlencode({**carried, 'lang': lang, 'name': '存着的'})}").text
        read = html.unescape(page)
        assert re.search(rf"<title>[^<]*{re.escape(name)}[^<]*</title>", read), address
        strip = read[read.index('id="strip"') : read.index("<main")]
        assert name in strip, address
        assert ("存着的" in strip) == ("draft" not in carried or "from" in carried), address
        leads = [lead for lead in Leads(page).found if shows_a_scenario(app, lead)]
        assert len(leads) >= 8, address
        for lead in leads:
            query = dict(parse_qsl(urlsplit(lead).query))
            goes_elsewhere = "scenario" in query and query["scenario"] != carried.get("scenario")
            assert goes_elsewhere or carried.items() <= query.items(), (address, lead)


def test_the_language_is_switched_with_everything_that_was_asked_for(app: Flask) -> None:
    client, identity = app.test_client(), app.extensions[EXTENSION_NAME].store.current("存着的").scenario_id
    asked = [("choose", "default"), ("choose", identity), ("draft", pack(DRAFT)), ("compare", "1")]
    page = client.get(f"/compare?{urlencode(asked)}").text
    switch = re.search(r'class="switch"[^>]*href="([^"]+)"', page)
    assert switch
    assert sorted(parse_qsl(urlsplit(html.unescape(switch[1])).query)) == sorted([*asked, ("lang", "en")])


def test_no_word_in_an_address_is_an_order(app: Flask) -> None:
    client = app.test_client()
    addresses = [*page_addresses(app), "/nowhere"]
    wanted = {address: client.get(address).status_code for address in addresses}
    for address, word in by_turns(addresses, dict.fromkeys(ORDERS)):
        answer = client.get(f"{address}?{urlencode({word: 'x'})}")
        assert answer.status_code == wanted[address], (address, word)
        if word != "lang":
            switch = re.search(r'class="switch"[^>]*href="([^"]+)"', answer.text)
            assert switch is None or urlsplit(switch[1]).path == address, (address, word)


def test_a_page_that_does_not_exist_leads_on(client: FlaskClient) -> None:
    page = client.get("/league/999999")
    assert page.status_code == 404
    assert 'href="/league/150500"' in page.text
    assert 'href="/indicator/milk"' in page.text


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [((), "没有勾选方案"), (("default",), "只勾选了一个方案"), (("default", *"123456"), "勾选了7个方案")],
)
def test_comparing_too_few_or_too_many_says_so(client: FlaskClient, chosen: tuple[str, ...], sentence: str) -> None:
    query = urlencode([("compare", "1"), *(("choose", one) for one in chosen)])
    page = client.get(f"/compare?{query}").text
    assert sentence in page
    assert page.index(sentence) < page.index("<fieldset")
    assert sentence in client.get(f"/compare/workbook?{query}", follow_redirects=True).text
    assert sentence not in client.get("/compare").text


def test_entries_that_cannot_be_read_back_are_refused_in_words(client: FlaskClient) -> None:
    assert client.get("/league/150500?entered=abc").status_code == 422
    assert client.get(f"/league/150500?entered={pack_fields({'csrf_token': 'x'})}").status_code == 422


def test_the_answer_to_a_form_is_switched_to_a_page_that_can_be_read(app: Flask) -> None:
    """Every address that takes forms, refused for its token, leads to a page that shows something."""
    client = app.test_client()
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and "pages." in rule.endpoint]
    assert len(posts) >= 8
    for rule in posts:
        with app.test_request_context():
            address = flask.url_for(rule.endpoint, **{name: VALUES[name] for name in rule.arguments})
        if address == "/administration":  # there only for those who administer, which nobody is here
            continue
        switch = re.search(r'class="switch"[^>]*href="([^"]+)"', client.post(address).text)
        assert switch
        assert client.get(html.unescape(switch[1])).status_code == 200, address
