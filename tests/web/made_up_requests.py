"""Requests that somebody may send, right and wrong: to every form, link, route and operation, and past all of them.

They are drawn from what the service itself says: the forms and links of its pages, its routes, its OpenAPI document.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import Flask

from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import canonical_json
from agriplan.web import api, pages
from benchmarks.uploads import changed
from tests.engine.scenarios import random_scenario
from tests.web.reading import PAGES

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOUNDARY = "a-line-between"
Pairs = list[tuple[str, str]]


class Request(NamedTuple):
    """What is sent."""

    method: str
    path: str
    body: bytes | None = None
    media: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class Answer(NamedTuple):
    """What comes back."""

    status: int
    headers: dict[str, str]
    body: bytes


Send = Callable[[Request], Answer]

# What stands where something else belongs.
ODD = (
    *("", " ", "0", "-1", "1e400", "NaN", "９９．５", "8x", "5%", "3,5", "true", "null", "[]", "{}", "-", "无", "\t"),
    *("\0", "\x7f", "\u202e通辽", "\u200b", "\ufeff", "\U0001f40e", "e\u0301", "通辽市", "150500", "all", "region"),
    *("<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "%00", "%", "=1+1", "{{7*7}}", "\r\nX-A: b"),
    *("a" * 3000, "牛" * 700, "[" * 2000, "default", "draft", "by_headroom", "f" * 64, "eJyrVkov", "9" * 400),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
MEDIA = (
    JSON,
    FORM,
    f"multipart/form-data; boundary={BOUNDARY}",
    WORKBOOK,
    "text/plain",
    "",
    "application/json; charset=x",
)
ODD_HEADERS = (
    ("If-None-Match", '"a", W/"b", *'),
    ("If-None-Match", '"'),
    ("Accept-Language", "xx;q=9"),
    ("Cookie", "session=eyJ4Ijo; csrf=%00; =; ;"),
    ("Range", "bytes=0-1,-5"),
    ("Agriplan-Who", "\u7267".encode().decode("latin-1")),
    ("Agriplan-Who", "a" * 900),
    ("Authorization", "Bearer "),
    ("X-Forwarded-For", "' OR 1"),
    ("Host", "elsewhere.example"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Content-Encoding", "gzip"),
)


class Leads(HTMLParser):
    """Where a page leads: its links, and its forms with what stands in their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, Pairs]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect a link, a form or a field."""
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and named.get("href", "").startswith("/"):
            self.links.append(named["href"])
        elif tag == "form":
            self.forms.append((named.get("method", "get").upper(), named.get("action", ""), []))
        elif tag in {"input", "select", "textarea", "button"} and self.forms and named.get("name"):
            self.forms[-1][2].append((named["name"], named.get("value", "")))


@dataclass
class MadeUp:
    """Draws requests for one browser, whose session and token come from `send`."""

    send: Send
    baselines: Baselines
    chance: random.Random
    cookie: str = ""
    token: str = ""
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look around: pages with their links and forms, routes, operations; save two scenarios, take a workbook."""
        page = self.send(Request("GET", "/who"))
        self.cookie = page.headers["set-cookie"].partition(";")[0]
        self.token = dict(Leads(page.body.decode()).forms[-1][2])["csrf_token"]
        for seed in range(2):
            text = canonical_json(random_scenario(seed, self.baselines).model_copy(update={"name": f"试{seed}"}))
            saved = self.send(Request("POST", "/api/v1/scenarios", f'{{"scenario":{text}}}'.encode(), JSON))
            self.ids.append(json.loads(saved.body)["scenario_id"])
        seen = [Leads(self.send(Request("GET", page)).body.decode()) for page in PAGES]
        self.links = sorted({link for one in seen for link in one.links})
        self.forms = [form for one in seen for form in one.forms]
        self.operations = json.loads(self.send(Request("GET", "/api/v1/openapi.json")).body)["paths"]
        self.workbook = self.send(Request("GET", "/api/v1/workbook?area=150500")).body
        self.routes = sorted((rule.rule, tuple(rule.methods or ())) for rule in routes())

    def __iter__(self) -> Iterator[Request]:
        """Requests without end."""
        kinds = {self.link: 4, self.form: 7, self.route: 4, self.operation: 6, self.upload: 1}
        while True:
            request = self.chance.choices(list(kinds), list(kinds.values()))[0]()
            if self.chance.random() < 0.1:
                request = request._replace(headers=(*request.headers, self.chance.choice(ODD_HEADERS)))
            yield request

    def link(self) -> Request:
        """A link of a page, its query as it is or changed."""
        parts = urlsplit(self.chance.choice(self.links))
        return self._get(parts.path, self._changed(parse_qsl(parts.query, keep_blank_values=True)))

    def form(self) -> Request:
        """A form of a page, as it is or with other words in its fields."""
        method, action, fields = self.chance.choice(self.forms)
        fields = self._changed([(name, self.token if name == "csrf_token" else said) for name, said in fields])
        path = action if action and self.chance.random() < 0.9 else self.chance.choice(PAGES)
        if method == "GET":
            return self._get(urlsplit(path).path, fields)
        cookie = (("Cookie", self.cookie),)
        if self.chance.random() < 0.8:
            return Request(method, path, urlencode(fields).encode(), FORM, cookie)
        return Request(method, path, _parts(fields, b""), MEDIA[2], cookie)

    def route(self) -> Request:
        """A route with something in its places, by any method."""
        rule, methods = self.chance.choice(self.routes)
        while "<" in rule:
            before, _, rest = rule.partition("<")
            rule = before + quote(self._word(), safe="") + rest.partition(">")[2]
        method = self.chance.choice(methods if self.chance.random() < 0.8 else METHODS)
        names = ("lang", "scenario", "draft", "from", "choose", "archived", "q", "name", "area", "entered")
        query = [(self.chance.choice(names), self._word()) for _ in range(self.chance.choice((0, 0, 1, 2)))]
        if method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return self._get(rule, query)._replace(method=method)
        body = urlencode([("csrf_token", self.token), *query, ("name", self._word())]).encode()
        return Request(method, rule, body, self.chance.choice(MEDIA), (("Cookie", self.cookie),))

    def operation(self) -> Request:
        """An operation of the API; its body fits the document, is a changed tree, or is no JSON."""
        path, methods = self.chance.choice(sorted(self.operations.items()))
        method = self.chance.choice(sorted(methods))
        parameters = [one["name"] for one in methods[method].get("parameters", []) if one["in"] == "query"]
        query = [(name, self._word()) for name in parameters if self.chance.random() < 0.3]
        path = path.replace("{identity}", quote(self._word(), safe=""))
        body, media = None, ""
        if "requestBody" in methods[method]:
            media = self.chance.choice(MEDIA) if self.chance.random() < 0.1 else JSON
            tree = self._tree(path)
            for _ in range(self.chance.choice((0, 0, 1, 3))):
                self._spoil(tree)
            body = json.dumps(tree, ensure_ascii=self.chance.random() < 0.5).encode("utf-8", "surrogatepass")
            body = changed(body, self.chance) if self.chance.random() < 0.2 else body
        return self._get(path, query)._replace(method=method.upper(), body=body, media=media)

    def upload(self) -> Request:
        """A workbook that was changed on the way, sent to the page or the API."""
        data = changed(self.workbook, self.chance) if self.chance.random() < 0.9 else self.workbook
        if self.chance.random() < 0.5:
            return Request("POST", "/api/v1/readback", data, WORKBOOK)
        path = self.chance.choice(("/upload", "/scenarios/import"))
        return Request("POST", path, _parts([("csrf_token", self.token)], data), MEDIA[2], (("Cookie", self.cookie),))

    def _tree(self, path: str) -> dict[str, object]:
        scenario = json.loads(canonical_json(random_scenario(self.chance.randrange(10**6), self.baselines)))
        if path.endswith("/scenarios"):
            return {"scenario": {**scenario, "name": f"试{self.chance.randrange(10**9)}"}}
        if path.endswith(("/compare", "/compare/workbook")):
            return {"scenarios": [scenario, {}]}
        if path.endswith(("/rename", "/archive", "/restore")):
            return {"name": f"试{self.chance.randrange(3)}", **({"new_name": self._word()} if "rename" in path else {})}
        return scenario

    def _spoil(self, tree: object) -> None:
        """Change one place of a tree."""
        while isinstance(tree, dict | list) and tree:
            key = self.chance.choice(sorted(tree) if isinstance(tree, dict) else range(len(tree)))
            if not isinstance(tree[key], dict | list) or self.chance.random() < 0.3:
                values = (self._word(), None, True, -1, 1e308, [], {}, [self._word()], {self._word(): 1}, 10**30)
                tree[self._word() if isinstance(tree, dict) and self.chance.random() < 0.3 else key] = (
                    self.chance.choice(values)
                )
                return
            tree = tree[key]

    def _changed(self, pairs: Pairs) -> Pairs:
        """Some words of a query or form replaced, left out or doubled; half of the time as they are."""
        if self.chance.random() < 0.4:
            return pairs
        made: Pairs = []
        share = 3 / (len(pairs) + 3)
        for name, said in pairs:
            turn = self.chance.random() if name != "csrf_token" or self.chance.random() < 0.05 else 1.0
            if turn < share * 0.7:
                made.append((name, self._word() if self.chance.random() < 0.5 else str(round(turn * 40, 2))))
            elif turn > share:
                made.append((name, said))
            made += [(name, self._word())] if turn < share * 0.05 else []
        return made + ([(self._word(), self._word())] if self.chance.random() < 0.1 else [])

    def _word(self) -> str:
        areas, commitments = list(self.baselines.areas), [one.id for one in self.baselines.commitments]
        known = self.chance.choice(([*areas, "all"], commitments, self.ids, ["zh", "en"], ["1", "900", "3.5"]))
        return self.chance.choice(known if self.chance.random() < 0.5 else ODD)

    def _get(self, path: str, query: Pairs) -> Request:
        return Request("GET", f"{path}?{urlencode(query)}" if query else path, headers=(("Cookie", self.cookie),))


def routes() -> list[object]:
    """The routes of pages and API."""
    app = Flask("agriplan")
    for blueprint in (*pages.BLUEPRINTS, api.BLUEPRINT, api.PAGE):
        app.register_blueprint(blueprint)
    return list(app.url_map.iter_rules())


def _parts(fields: Pairs, file: bytes) -> bytes:
    """A form with a file in it."""
    line = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=".encode()
    text = b"".join(line + f'"{quote(name)}"\r\n\r\n{said}\r\n'.encode() for name, said in fields)
    return text + line + b'"file"; filename="a.xlsx"\r\n\r\n' + file + f"\r\n--{BOUNDARY}--\r\n".encode()
