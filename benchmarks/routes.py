"""What every route costs: processor milliseconds a request, for the default scenario and for one with twenty entries.

    python -m benchmarks.routes [ROUNDS]

Asked of the application in this process, as in `benchmarks.pages`; medians of a few rounds. "First" is the first
request after the start, "another" a scenario that nobody asked for before, "again" one that was asked for. The routes
are those of the application's own map, so that none is left out. A workbook that is sent back is read in a process of
its own, whose time is counted too.
"""

import gc
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from werkzeug.routing import MapAdapter, Rule

from agriplan.engine.scenario import parse_scenario
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.file_response import WORKBOOK
from agriplan.web.pages.draft import pack
from tests.web.made_up_requests import Leads

ROUNDS = 3
LEAGUE, INDICATOR = "150500", "milk"
LEAGUES = tuple(f"150{number}00" for number in range(1, 10))
TABLE = "盟市\t2022年牛奶产量（万吨）\n通辽市\t40.1\n赤峰市\t50.2\n"
PLACES = {"code": LEAGUE, "area": LEAGUE, "indicator": INDICATOR, "filename": "style.css", "token": "none"}
Entries = dict[str, Any]


def entries(number: int) -> Entries:
    """A scenario with twenty entries; another number makes another one."""
    return {
        "growth": {
            INDICATOR: dict.fromkeys(LEAGUES, 2 + number / 1000),
            "forage_value": dict.fromkeys(LEAGUES[:6], 3.5),
        },
        "target": {INDICATOR: 900, "forage_value": 500},
        "allocation": {INDICATOR: {"rule": "by_headroom", "reserve": 5, "lock": {LEAGUE: 20.0}}},
    }


@dataclass
class Asker:
    """One browser that asks every route about a scenario, and what it needs for that."""

    client: FlaskClient
    routes: MapAdapter
    token: str = ""
    saved: str = ""
    workbook: bytes = b""
    table: dict[str, list[str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Take a token and a workbook, save a scenario, hand in a table."""
        self.token = dict(Leads(self.client.get("/who").text).forms[-1][2])["csrf_token"]
        kept = {"scenario": entries(-1) | {"name": "甲"}}
        self.saved = str(self.client.post("/api/v1/scenarios", json=kept).json["scenario_id"])
        self.workbook = self.client.get(f"/workbook/{LEAGUE}").data
        shown = self.client.post("/tables", data={"csrf_token": self.token, "pasted": TABLE})
        carried = next(fields for _, action, fields in Leads(shown.text).forms if action.endswith("/accept"))
        for name, said in carried:
            self.table.setdefault(name, []).append(said)

    def ask(self, rule: Rule, method: str, scenario: Entries) -> int:
        """Ask one route; the status."""
        path = self.routes.build(rule.endpoint, {name: PLACES.get(name, self.saved) for name in rule.arguments}, method)
        ask = self._api if path.startswith("/api/") else self._page
        return ask(path, method, scenario)

    def _page(self, path: str, method: str, scenario: Entries) -> int:
        about: dict[str, Any] = {"draft": pack(parse_scenario(scenario)) if scenario else "", "name": "甲"}
        if path.startswith("/compare"):
            about |= {"choose": [self.saved, "draft" if scenario else "default"], "compare": "1"}
        if method == "GET":
            return self.client.get(path, query_string=about).status_code
        about |= {"csrf_token": self.token, "pasted": TABLE, "target_year": "2030", "new_name": "甲", **self.table}
        about |= {"basis": "local", "grade": "secondary", "source": "公报"} if path.startswith("/tables") else {}
        about |= {"identity": self.saved, "name": f"丙{next(self.numbers)}"} if path.endswith("/copy") else {}
        files = {
            "/upload": self.workbook,
            "/scenarios/import": json.dumps(entries(next(self.numbers))).encode(),
        }
        about |= (
            {"file": (io.BytesIO(files[path]), "甲.xlsx" if path == "/upload" else "甲.json")} if path in files else {}
        )
        return self.client.post(path, data=about).status_code

    def _api(self, path: str, method: str, scenario: Entries) -> int:
        about = {"area": LEAGUE} if path.endswith(("v1/workbook", "/brief")) else {}
        if method == "GET":
            about |= {"name": "甲"} if path.endswith("/history") else {}
            return self.client.get(path, query_string=about).status_code
        if path.endswith("/readback"):
            return self.client.post(path, data=self.workbook, content_type=WORKBOOK).status_code
        return self.client.post(path, query_string=about, json=self._body(path, scenario)).status_code

    def _body(self, path: str, scenario: Entries) -> Mapping[str, Any]:
        if path.endswith(("/compare", "/compare/workbook")):
            return {"scenarios": [scenario, {}, {"target": {"milk": 950}}]}
        if path.endswith("v1/scenarios"):
            return {"scenario": scenario | {"name": f"乙{next(self.numbers)}"}}
        if path.endswith(("/rename", "/archive", "/restore")):
            return {"name": "甲"} | ({"new_name": "甲"} if "rename" in path else {})
        return scenario


def cost(ask: Callable[[], int]) -> tuple[float, int]:
    """Processor seconds of this process and of those that it saw end, and the status."""
    began = _processor()
    status = ask()
    return _processor() - began, status


def _processor() -> float:
    spent = os.times()  # in hundredths of a second, so that only the others are taken from it
    return time.process_time() + spent.children_user + spent.children_system


def measure(rounds: int) -> Iterator[tuple[str, list[float], set[int]]]:
    """Method and path, what each kind of request costs, and the statuses that came."""
    kinds: tuple[Callable[[int], Entries], ...] = (lambda _: {}, entries, lambda _: entries(-2))
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'plans.sqlite3'}"
        limits = {"saves_per_minute": 100_000, "packs_per_minute": 100_000}
        app = create_app(Settings(database=address, secret_key="benchmark-benchmark", access_log=False, **limits))
        gc.freeze()
        gc.set_threshold(20_000)
        asker, numbers = Asker(app.test_client(), app.url_map.bind("localhost")), count()
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                first = cost(partial(asker.ask, rule, method, {}))
                found, statuses = [first[0]], {first[1]}
                for kind in kinds:
                    took = [cost(partial(asker.ask, rule, method, kind(next(numbers)))) for _ in range(rounds)]
                    found.append(median(seconds for seconds, _ in took))
                    statuses |= {status for _, status in took}
                yield f"{method:5}{rule.rule}", found, statuses


def main() -> None:
    """Measure and print."""
    print(f"{'milliseconds':54}{'first':>8}{'default':>8}{'another':>8}{'again':>8}  statuses")
    for route, found, statuses in measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS):
        told = "".join(f"{seconds * 1000:8.1f}" for seconds in found)
        print(f"{route:54}{told}  {' '.join(map(str, sorted(statuses)))}", flush=True)


if __name__ == "__main__":
    main()
