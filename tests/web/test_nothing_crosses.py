"""Two people on one address never meet: no cookie, token, message, language or name goes from one to the other."""

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import cycle, product

import pytest
from flask import Flask
from flask.testing import FlaskClient

from agriplan.web.bounded_cache import BoundedCache
from agriplan.web.file_response import FIXED, FinishedFile
from agriplan.web.language import LANGUAGES
from agriplan.web.response_cache import ResponseCache
from tests.thoroughness import FULL, tried
from tests.web.reading import PAGES, field

PLANNERS = tried(2, 6)  # in two languages; a third one looks around before
PERSONAL = {"set-cookie", "vary"}


class Leads(HTMLParser):
    """Where a page leads: its links, and its forms with the names of their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.forms: list[tuple[dict[str, str | None], set[str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "a" and (named.get("href") or "").startswith("/"):
            self.links.append(named)
        elif tag == "form":
            self.forms.append((named, set()))
        elif tag == "input" and self.forms:
            self.forms[-1][1].add(named.get("name"))


def planner(app: Flask, number: int) -> FlaskClient:
    """Somebody with a session, a form open and a message waiting, each in a language of their own."""
    client = app.test_client()
    lang = LANGUAGES[number % len(LANGUAGES)]
    token = field(client.get(f"/upload?lang={lang}").text, "csrf_token")
    sent = {"csrf_token": token, "draft": "", "name": f"规划员{number}"}
    assert client.post(f"/scenarios?lang={lang}", data=sent).status_code == 303
    client.open_form = token
    return client


def links_of(client: FlaskClient) -> list[str]:
    """Every address that the pages lead to, in both languages, and those of the API that can be remembered."""
    found: dict[str, None] = {}
    for page, lang in product(PAGES, LANGUAGES) if FULL else zip(PAGES, cycle(LANGUAGES), strict=False):
        leads = Leads(client.get(f"{page}{'&' if '?' in page else '?'}lang={lang}").text)
        found |= dict.fromkeys(str(link["href"]).partition("#")[0] for link in leads.links)
    for path, methods in client.get("/api/v1/openapi.json").json["paths"].items():
        if "304" in methods.get("get", {}).get("responses", {}):
            found |= dict.fromkeys(f"{path}?lang={lang}" for lang in LANGUAGES)
    addresses = [address for address in found if "/all" not in address]  # the pack is made of the same workbooks
    # Two areas and one indicator stand for the others, which have the same addresses.
    return addresses if FULL else list({kind_of(client, address): address for address in addresses[::-1]}.values())


def kind_of(client: FlaskClient, address: str) -> tuple[object, ...]:
    """What is asked for, of a region or of a league, with or without a query, and in which language."""
    path, _, query = address.partition("?")
    names = frozenset(part.partition("=")[0] for part in query.split("&"))
    endpoint = client.application.url_map.bind("").match(path)[0]
    return endpoint, "150000" in address, names, "lang=en" in query


def test_many_planners_on_every_remembered_address_never_meet(make_app) -> None:
    app = make_app()
    planners = [planner(app, number) for number in range(PLANNERS)]
    cache, scout = app.wsgi_app._cache, planner(app, PLANNERS)
    assert isinstance(cache, ResponseCache)
    remembered = []
    for address in links_of(app.test_client()):
        first = scout.get(address)
        if "ETag" in first.headers:
            remembered.append(address)
            assert not PERSONAL & {name.casefold() for name, _ in first.headers}, address
    assert len(remembered) >= len(LANGUAGES) * tried(3, 13)
    assert len(cache.addresses) >= len(LANGUAGES) * tried(3, 13)

    def walk(client: FlaskClient) -> list[tuple[int, list[tuple[str, str]], bytes]]:
        answers = [client.get(address) for address in remembered]
        return [(one.status_code, sorted(one.headers), one.data) for one in answers]

    with ThreadPoolExecutor(PLANNERS) as pool:
        walks = list(pool.map(walk, planners))
    for seen in walks[1:]:
        assert seen == walks[0]
    for number, client in enumerate(planners):
        sent = {"csrf_token": client.open_form, "draft": "", "name": f"规划员{number}之二"}
        assert client.post("/scenarios", data=sent).status_code == 303, "the form that was open is still this planner's"
        told = client.get("/scenarios").text
        flashes = re.findall(r'class="flash"[^>]*>([^<]+)', told)
        assert len(flashes) == 2
        assert all(f"规划员{number}" in one for one in flashes)


def test_an_answer_for_one_person_is_never_remembered() -> None:
    made = BoundedCache[str, FinishedFile](1000, lambda one: len(one.body))
    made.put("e", FinishedFile(b"body", ()))
    asked: list[str] = []
    headers = [("ETag", '"e"'), ("X-Request-Id", "7"), ("X-Frame-Options", "DENY")]
    added: list[tuple[str, str]] = []

    def app(environ, start):
        asked.append(environ["PATH_INFO"])
        environ[FIXED] = "e"
        start("200 OK", headers + added)
        return [b"body"]

    cache, told = ResponseCache(app, made), []
    for personal in ([("Set-Cookie", "session=1")], [("Vary", "Cookie")], [("vary", "accept, COOKIE")], []):
        added[:] = personal
        for _ in range(2):
            environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/workbook/150500", "QUERY_STRING": "lang=zh"}
            cache(environ, lambda status, given, exc=None: told.append(given))
    assert len(asked) == 2 + 2 + 2 + 1
    assert told[-1] == [("ETag", '"e"'), ("X-Frame-Options", "DENY")]


def test_a_question_mark_within_a_path_begins_no_query() -> None:
    made = BoundedCache[str, FinishedFile](1000, lambda one: len(one.body))

    def app(environ, start):
        environ[FIXED] = environ["PATH_INFO"]
        made.put(environ["PATH_INFO"], FinishedFile(environ["PATH_INFO"].encode(), ()))
        start("200 OK", [("ETag", '"e"')])
        return [environ["PATH_INFO"].encode()]

    cache = ResponseCache(app, made)
    for path, query in (("/a?x", "y"), ("/a", "x?y")):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
        for _ in range(2):
            assert cache(environ, lambda *_: None) == [path.encode()]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("address", [*PAGES, "/api/docs"])
def test_the_language_is_in_the_address_and_nowhere_else_and_every_link_and_form_stays_in_it(
    client: FlaskClient, address: str
) -> None:
    first = client.get(address).text
    english = client.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
    assert '<html lang="en"' in english
    again = client.get(address).text
    assert '<html lang="en"' not in again
    assert re.sub(r'value="[^"]*"', "", again) == re.sub(r'value="[^"]*"', "", first)
    if address not in PAGES:
        return
    leads = Leads(english)
    assert leads.links
    for link in leads.links:
        kept = "lang=en" in str(link["href"]) or link.get("hreflang") == "zh"
        assert kept, link
    for form, fields in leads.forms:
        assert "lang" in fields if form.get("method") == "get" else "lang=en" in str(form["action"]), form


def test_a_saved_form_leads_back_in_its_language_below_where_the_service_is_mounted(client: FlaskClient) -> None:
    token = field(client.get("/upload?lang=en").text, "csrf_token")
    sent = {"csrf_token": token, "draft": "", "name": "回到英文页", "back": "/league/150500"}
    answer = client.post("/scenarios?lang=en", data=sent, environ_overrides={"SCRIPT_NAME": "/plan"})
    assert re.fullmatch(r"/plan/league/150500\?scenario=[0-9a-f]{64}&lang=en", answer.headers["Location"])
