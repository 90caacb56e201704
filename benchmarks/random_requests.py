"""Thousands of requests that nobody should send: `python -m benchmarks.random_requests [COUNT]`.

Half of them are made up by schemathesis from the OpenAPI document, half are drawn from the forms, links and routes that
the service itself offers (`tests/web/made_up_requests.py`), by clients at once against a service that is started for
it. It ends with 1 where an answer was a fault of ours, was none that is documented, or came too late.
"""

import random
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from typing import Any

from agriplan.baselines.folder import read_baselines
from agriplan.places import baselines_folder
from agriplan.sentences import catalogue
from agriplan.web.api.operations import ID_CHARACTERS
from agriplan.web.problems import PROBLEM_TYPE
from benchmarks.serve import SERVICE, serving
from tests.web.made_up_requests import WORKBOOK, Answer, MadeUp, Request

COUNT = 20_000
CLIENTS = 4
MOST_SHOWN = 20
ID = f"[0-9a-f]{{{ID_CHARACTERS}}}"
LATEST_SECONDS, LATEST_UPLOAD_SECONDS = 2.0, 5.0
FAULTS = {500, 503}  # nobody is in such a hurry here that 503 would be fair
# What a page may answer: what it leads on with, and what has a title of its own.
TITLED = {int(code.removeprefix("answer.")) for code in catalogue() if re.fullmatch(r"answer\.\d+", code)}
OF_PAGES = {200, 303, 304, 308} | TITLED - FAULTS
LIMITS = {"AGRIPLAN_SAVES_PER_MINUTE": "1000000", "AGRIPLAN_PACKS_PER_MINUTE": "30", "AGRIPLAN_ACCESS_LOG": "false"}


@dataclass
class Judge:
    """Says what is wrong with an answer; knows the document."""

    operations: dict[str, dict[str, dict[str, Any]]]
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def look(self, request: Request, answer: Answer) -> None:
        """Note the status, and the fault if there is one."""
        self.statuses[answer.status] += 1
        wrong = self._wrong(request, answer)
        if wrong:
            asked = f"{request.method} {request.path[:300]} {request.media} {(request.body or b'')[:300]!r}"
            self.faults.append(f"{wrong}: {asked}")

    def _wrong(self, request: Request, answer: Answer) -> str:
        path, media = request.path.partition("?")[0], answer.headers.get("content-type", "")
        if b"Traceback (most" in answer.body:
            return f"{answer.status} with a traceback"
        if not path.startswith("/api/"):
            return "" if answer.status in OF_PAGES else f"{answer.status} of a page"
        if answer.status >= 400 and not media.startswith(PROBLEM_TYPE) and request.method != "HEAD":
            return f"{answer.status} of the API as {media}"
        known = self._documented(path, request.method)
        return "" if answer.status in known - FAULTS else f"{answer.status}, documented are {sorted(known)}"

    def _documented(self, path: str, method: str) -> set[int]:
        # What is no id is no part of such an address: the document says which letters an id has.
        shapes = {pattern: re.sub(r"\{\w+\}", ID, pattern) for pattern in self.operations}
        found = [self.operations[pattern] for pattern, shape in shapes.items() if re.fullmatch(shape, path)]
        if not found:
            return {200, 308, 400, 404, 405}  # the page of the API, or no address of it at all
        verb = "get" if method == "HEAD" else method.lower()
        asked = [one[verb] for one in found if verb in one]
        return {int(status) for one in asked for status in one["responses"]} or {400, 405}


@dataclass
class Client:
    """Sends over HTTP; remembers what took longest."""

    host: str
    port: int
    longest: dict[str, tuple[float, Request | None]] = field(default_factory=dict)

    def __call__(self, request: Request) -> Answer:
        """Ask over a connection of its own, as a proxy does."""
        connection = HTTPConnection(self.host, self.port, timeout=120)
        began = time.perf_counter()
        try:
            connection.putrequest(request.method, request.path, skip_host=True)
            given = dict(request.headers)
            given |= {"Content-Type": request.media} if request.media else {}
            given |= {"Content-Length": str(len(request.body))} if request.body is not None else {}
            for name, value in ({"Host": f"{self.host}:{self.port}"} | given).items():
                connection.putheader(name, value.encode("latin-1"))
            connection.endheaders(request.body)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        self._time(request, time.perf_counter() - began)
        return Answer(answer.status, {name.casefold(): value for name, value in answer.getheaders()}, body)

    def _time(self, request: Request, seconds: float) -> None:
        kind = "upload" if WORKBOOK in request.media or "multipart" in request.media else "other"
        if "all" in request.path and "workbook" in request.path:
            kind = "pack"
        if seconds > self.longest.get(kind, (0.0, None))[0]:
            self.longest[kind] = (seconds, request)


def drawn(host: str, port: int, number: int, count: int) -> tuple[Judge, Client]:
    """One client's share of requests drawn from what the service offers."""
    client = Client(host, port)
    made = MadeUp(client, read_baselines(baselines_folder()), random.Random(number))
    judge = Judge(made.operations)
    client.longest.clear()  # the first of everything is made while looking around
    for request in islice(made, count):
        try:
            judge.look(request, client(request))
        except (OSError, HTTPException) as error:
            judge.faults.append(f"{type(error).__name__} {error}: {request.method} {request.path[:300]}")
    return judge, client


def from_the_document(host: str, port: int, count: int) -> tuple[Counter[int], list[str]]:
    """Requests that fit the document and requests that break it; statuses, and what was wrong."""
    import schemathesis

    from tests.web.made_up_cases import known_cases, try_cases

    client = Client(host, port)
    made = MadeUp(client, read_baselines(baselines_folder()), random.Random(0))
    schema = schemathesis.openapi.from_url(f"http://{host}:{port}/api/v1/openapi.json")
    return try_cases(known_cases(schema, made.ids[0], made.workbook), count, over_http=True)


def main() -> None:
    """Send, and say what came back."""
    import os

    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    os.environ.update(LIMITS)
    with tempfile.TemporaryDirectory() as folder, serving(SERVICE, Path(folder)) as place:
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            share = count // 2 // CLIENTS
            done = list(pool.map(lambda number: drawn(*place, number, share), range(CLIENTS)))
        statuses = sum((judge.statuses for judge, _ in done), Counter())
        faults = [fault for judge, _ in done for fault in judge.faults]
        print(
            f"{statuses.total()} drawn in {time.monotonic() - began:.0f} s: {dict(statuses.most_common())}", flush=True
        )
        for kind in sorted({kind for _, client in done for kind in client.longest}):
            seconds, request = max(
                (one.longest[kind] for _, one in done if kind in one.longest), key=lambda each: each[0]
            )
            print(f"longest {kind}: {seconds:.2f} s  {request.method} {request.path[:120]}")
            most = LATEST_SECONDS if kind == "other" else LATEST_UPLOAD_SECONDS
            faults += [f"{kind} took {seconds:.2f} s"] if seconds > most else []
        print("\n".join(faults[:MOST_SHOWN]), flush=True)
        began = time.monotonic()
        answered, wrong = from_the_document(*place, count - statuses.total())
        print(
            f"{answered.total()} from the document in {time.monotonic() - began:.0f} s: {dict(answered.most_common())}"
        )
    print("\n".join(wrong[:MOST_SHOWN]))
    print(f"{len(faults) + len(wrong)} faults")
    sys.exit(bool(faults or wrong))


if __name__ == "__main__":
    main()
