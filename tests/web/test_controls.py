"""Nothing on a page is a dead end: every control belongs to a form, every label and mark to what it names."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from agriplan.engine.scenario import Scenario
from agriplan.sentences import say
from agriplan.web.language import LANGUAGES
from agriplan.web.pages.draft import pack, unpack
from agriplan.web.pages.fields_of_pages import field_address
from agriplan.web.service import EXTENSION_NAME
from tests.thoroughness import FULL, by_turns
from tests.web.reading import send, token_of
from tests.web.test_pages_travel import VALUES, page_addresses

DRAFT = Scenario(growth={"milk": {"150500": 8.0}})
CROSSED = Scenario.model_validate({"allocation": {"milk": {"floor": {"150500": 20}, "ceiling": {"150500": 10}}}})
CARRIED = ("", f"draft={pack(DRAFT)}", f"draft={pack(CROSSED)}")
# What is typed into a form that shows figures.
TYPED = {"growth.milk.150500": "3.99"}
NAMES = {"for", "form", "aria-labelledby", "aria-describedby", "list"}
BUTTONS = {"button", "input", "select", "textarea"}


class Controls(HTMLParser):
    """What a page calls by its id, and the controls that stand in no form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}
        self.called: list[tuple[str, str]] = []
        self.loose: list[str] = []
        self._in_form = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids[named["id"]] = tag
        self._in_form |= tag == "form"
        self.called += [(name, one) for name in NAMES & set(named) for one in named[name].split()]
        if tag == "a" and named.get("href", "").startswith("#"):
            self.called.append(("href", html.unescape(named["href"][1:])))
        if tag in BUTTONS and not self._in_form and "form" not in named:
            self.loose.append(str(named))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False

    def dead(self) -> list[tuple[str, str]]:
        """What is called and is not there; a form that is none."""
        return [
            (name, one)
            for name, one in self.called
            if one not in self.ids or (name == "form" and self.ids[one] != "form")
        ]


def assert_nothing_is_dead(answer: TestResponse, about: object) -> None:
    found = Controls(answer.text)
    assert (found.dead(), found.loose) == ([], []), about


@pytest.mark.parametrize(("lang", "carried"), by_turns(LANGUAGES, CARRIED))
def test_every_control_of_every_page_has_its_form_and_every_label_its_field(
    app: Flask, lang: str, carried: str
) -> None:
    client = app.test_client()
    for address in page_addresses(app):
        answer = client.get(f"{address}?{carried}&lang={lang}")
        assert answer.status_code < 500, address
        assert_nothing_is_dead(answer, (address, carried))


def addresses_with_form(app: Flask) -> list[str]:
    """The pages that show what stands in a form."""
    found = []
    for rule in app.url_map.iter_rules():
        if {"GET", "POST"} <= (rule.methods or set()) and rule.endpoint.startswith("pages."):
            with app.test_request_context():
                address = rule.build({name: VALUES[name] for name in rule.arguments})[1]
            if 'id="assumptions"' in app.test_client().get(address).text:
                found.append(address)
    return found


def test_pages_that_answer_a_form_are_whole_too(client: FlaskClient) -> None:
    addresses = addresses_with_form(client.application)
    assert len(addresses) == len(("league", "indicator", "actuals", "evaluation"))
    every = ({}, TYPED, {"target.milk": "x", "growth.milk.150500": "fast"}, {"name": "", "save": "1"})
    for number, address in enumerate(addresses):
        for typed in every if FULL else every[number % 2 :: 2]:
            answer = send(client, address, **typed)
            assert answer.status_code in (200, 422)
            assert_nothing_is_dead(answer, (address, typed))


def errors(app: Flask, carried: str) -> Iterator[tuple[str, TestResponse]]:
    """Every way in which a request of every page can go wrong."""
    client = app.test_client()
    token = token_of(client)
    every: list[dict[str, Any]] = [{}, TYPED, {"draft": pack(DRAFT), "from": ""}, {"draft": "abc"}]
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages.")]
    posts = [rule.endpoint for rule in rules if "POST" in (rule.methods or ())]
    for rule in rules if FULL else rules[CARRIED.index(carried) :: 2]:
        methods = rule.methods or set()
        with app.test_request_context():
            nobody = rule.build(dict.fromkeys(rule.arguments, "999"))[1]
            address = rule.build({name: VALUES.get(name, "999") for name in rule.arguments})[1]
        yield "nobody", client.get(f"{nobody}?{carried}")
        yield "unknown scenario", client.get(f"{address}?scenario={'0' * 64}")
        yield "unreadable", client.get(f"{address}?draft=abc")
        yield "unreadable entries", client.get(f"{address}?{carried}&entered=abc")
        yield "wrong method", client.put(f"{address}?{carried}")
        if "POST" in methods:
            yield "wrong method", client.get(f"{address}?{carried}")
            turn = posts.index(rule.endpoint) + CARRIED.index(carried)
            for form in every if FULL else (every[turn % len(every)], every[(turn + 2) % len(every)]):
                yield "stale", client.post(f"{address}?{carried}", data=form)
                yield "nobody", client.post(f"{nobody}?{carried}", data=form | {"csrf_token": token})
        else:
            yield "wrong method", client.post(f"{address}?{carried}", data=TYPED | {"csrf_token": token})
    yield "nowhere", client.get(f"/nowhere?{carried}")


@pytest.mark.parametrize("carried", CARRIED[:2])
def test_an_error_page_has_no_control_that_cannot_work_and_names_no_other_scenario(app: Flask, carried: str) -> None:
    kinds = set[tuple[str, int]]()
    for kind, answer in errors(app, carried):
        if answer.status_code < 400 or not answer.content_type.startswith("text/html"):
            continue
        where = (kind, answer.request.path)
        assert_nothing_is_dead(answer, where)
        if not any(say(title, "zh") in answer.text for title in ("page.error.ways", "page.stale.title")):
            continue  # a page of its own that says what is wrong, beside what it is for
        kinds.add((kind, answer.status_code))
        assert "默认方案" not in answer.text, where
        shown = re.sub(r'<input type="hidden"[^>]*>', "", answer.text)
        assert re.findall(r'<(?:input|button)[^>]* name="(?!file")([^"]+)"', shown) == [], where
        assert 'id="bar"' not in shown, where
    assert {("stale", 400), ("nobody", 404), ("wrong method", 405), ("unreadable", 422), ("nowhere", 404)} <= kinds


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ["/league/150500", "/evaluation", "/actuals/150500", "/indicator/milk"])
def test_a_form_that_came_too_late_leads_on_with_what_stood_in_it(app: Flask, address: str, lang: str) -> None:
    answer = app.test_client().post(f"{address}?lang={lang}", data={"draft": pack(DRAFT), "target.milk": "950"})
    assert answer.status_code == 400
    page = html.unescape(answer.text)
    unsaved = {"zh": "未保存的修改（2处）", "en": "Unsaved changes (2)"}[lang]
    assert f"· {unsaved} ·" in page[page.index("<title>") : page.index("</title>")]
    assert unsaved in page[page.index('id="strip"') : page.index("<main")]
    drafts = [unpack(token) for token in re.findall(r'<a href="/(?:scenarios|data)\?draft=([\w-]+)', page)]
    assert drafts
    assert all(one == DRAFT.model_copy(update={"target": {"milk": 950.0}}) for one in drafts)


def test_a_form_in_which_nothing_is_entered_names_no_scenario(client: FlaskClient) -> None:
    for answer in (client.post("/league/150500"), client.get("/league/999"), client.get("/nowhere")):
        assert answer.status_code in (400, 404)
        assert 'id="strip"' not in answer.text
        assert re.search(r"<title>[^<·]+ · [^<·]+</title>", answer.text)


def test_a_form_too_large_is_answered_in_words(client: FlaskClient) -> None:
    answer = client.post("/league/150500", data={"note": "x" * 40_000_000})
    assert answer.status_code == 413
    assert_nothing_is_dead(answer, "too large")


def test_every_field_of_a_page_is_found_on_that_page(client: FlaskClient) -> None:
    """A problem or a caution leads to its field here rather than elsewhere."""
    for address in (*addresses_with_form(client.application), "/league/152500", "/indicator/meat_sheep_value"):
        fields = re.findall(r'id="f-([^"]+)"', client.get(address).text)
        assert len(fields) > 2
        with client.application.test_request_context(address):
            data = client.application.extensions[EXTENSION_NAME].baselines
            assert [path for path in fields if field_address(path, data) != f"#f-{path}"] == [], address


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ["/league/150500", "/indicator/{}"])
def test_a_rule_that_lacks_its_shares_leads_to_their_fields_and_is_still_chosen_there(
    app: Flask, address: str, lang: str
) -> None:
    client, data = app.test_client(), app.extensions[EXTENSION_NAME].baselines
    turn = LANGUAGES.index(lang)
    for one in data.commitments if FULL else data.commitments[turn :: len(LANGUAGES)]:
        path = f"allocation.{one.id}.rule"
        page = send(client, f"{address.format(one.id)}?lang={lang}", **{path: "by_shares"}).text
        problems = re.search(r'<section class="problems".*?</section>', page, re.DOTALL)[0]
        link = html.unescape(re.search(r'href="([^"]+)"', problems)[1])
        share = f"allocation.{one.id}.shares.{one.leagues[0]}"
        assert link.endswith(f"#f-{share}")
        if address.startswith("/league"):
            assert link.startswith(f"/indicator/{one.id}")
            assert say("page.problems.elsewhere", lang, name=one.name(lang)).strip() in html.unescape(problems)
            fault = re.search(rf'id="e-{re.escape(path)}">.*?</span>', page, re.DOTALL)[0]
            assert f"/indicator/{one.id}" in fault
            page = client.get(link.partition("#")[0]).text
        assert re.search(r'<option value="by_shares" selected', page)
        around = page[: page.index(f'id="f-{share}"')].rpartition("<details")[2]
        assert around.startswith(" open>")


def test_what_only_the_page_of_an_indicator_asks_for_leads_there(app: Flask) -> None:
    client, data = app.test_client(), app.extensions[EXTENSION_NAME].baselines
    shares = [f"allocation.{one.id}.shares.{one.leagues[0]}" for one in data.commitments]
    weights = [f"allocation.milk.criteria.{one.id}" for one in data.criteria]
    for path in [*shares, *weights, "allocation.milk.criteria"]:
        with app.test_request_context("/data"):
            address = field_address(path, data)
        assert f'id="f-{path}"' in client.get(address.partition("#")[0]).text, path
