"""How many requests a second the service answers, and how slow the slowest hundredth is.

`python -m benchmarks.serve [SECONDS]` starts real servers on loopback and asks, with wrk where it is installed:

raw         a WSGI function that only hands out a workbook's bytes, under the same server
remembered  the same workbook from the service, made before
304         the same, asked by somebody who has it
fresh       a scenario that nobody asked for before, each time

What is hoped for: remembered at least 0.6 of raw; 304 at least 150 times what a stock XlsxWriter makes in a process.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from threading import Thread
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "/api/v1/workbook?area=150500"
ROUNDS = 5
CONNECTIONS = 8  # a handful of planners at once: as many as the default threads of two processes
LEAST_OF_RAW, LEAST_OF_STOCK = 0.6, 150.0


class Speed(NamedTuple):
    """Requests a second, and the milliseconds that 99 of 100 stay below."""

    per_second: float
    p99: float


@contextmanager
def serving(code: str, folder: Path) -> Iterator[tuple[str, int]]:
    """A server started by that code, on a free port; its host and port."""
    variables = {
        "AGRIPLAN_PORT": "0",
        "AGRIPLAN_DATABASE": f"sqlite:///{folder}/plans.sqlite3",
        "AGRIPLAN_SECRET_KEY": "benchmark-benchmark",
        "XDG_DATA_HOME": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder / "workbook.xlsx")],
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        address = json.loads(process.stdout.readline())["address"]
        # The access log goes on being written; nobody reads it here, so the pipe must not fill up.
        Thread(target=lambda: [None for _ in process.stdout], daemon=True).start()
        host, _, port = address.removeprefix("http://").rpartition(":")
        yield host, int(port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


SERVICE = "from agriplan.settings import Settings; from agriplan.web.serve import run; run(Settings())"
RAW = """
import sys
from pathlib import Path
from statistics import median
from agriplan.settings import Settings
from agriplan.web.listening import listen
from agriplan.web.serve import serve
body = Path(sys.argv[1]).read_bytes()
headers = [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))]
def raw(environ, start_response):
    start_response("200 OK", headers)
    return [body]
serve(raw, listen("127.0.0.1", 0), Settings(), "none", None, lambda: None, made=False)
"""
# One fresh workbook as XlsxWriter's own calls make it, in seconds.
STOCK = """
import time
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.files import load_template
from agriplan.workbook.xlsx.writer import compile_workbook
from benchmarks.workbook import stock_parts, zip_texts
baselines = read_baselines(baselines_folder())
suggestions = suggestions_for(baselines)
template = load_template(None, "zh")
compiled, took = None, []
for number in range(4):
    began = time.process_time()
    plan = make_plan(Scenario(note=str(number)), baselines, suggestions)
    book = describe_book(plan, "150500", "zh", template.words)
    if compiled is None:  # only for the numbers of its texts; the first round is the slowest anyway
        compiled = compile_workbook(template, book)
    zip_texts(stock_parts(template, book, compiled))
    took.append(time.process_time() - began)
print(min(took))
"""


def ask(host: str, port: int, method: str = "GET", body: str | None = None, path: str = ADDRESS) -> tuple[str, bytes]:
    """One request; its ETag and bytes."""
    connection = HTTPConnection(host, port, timeout=120)
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(content.decode())
    return answer.headers.get("ETag", ""), content


def with_wrk(host: str, port: int, seconds: int, etag: str | None = None) -> Speed:
    """Measure one address with wrk."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", f"http://{host}:{port}{ADDRESS}"]
    command += ["-H", f"If-None-Match: {etag}"] if etag else []
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said and not etag:
        raise SystemExit(said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return Speed(float(rate[1]), float(p99) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit])


def with_threads(host: str, port: int, seconds: int, etag: str | None = None, *, fresh: bool = False) -> Speed:
    """Measure with a client of our own: slower than wrk, but it can send another scenario each time."""
    numbers, took, end = count(), [], time.perf_counter() + seconds

    def go_on() -> None:
        connection = HTTPConnection(host, port, timeout=120)
        while time.perf_counter() < end:
            began = time.perf_counter()
            if fresh:
                growth = 1 + (os.getpid() * 1000 + next(numbers)) % 1_000_000 / 100_000  # every figure is another
                body = json.dumps({"growth": {"milk": {"150500": growth}}})
                connection.request("POST", ADDRESS, body, {"Content-Type": "application/json"})
            else:
                connection.request("GET", ADDRESS, headers={"If-None-Match": etag} if etag else {})
            connection.getresponse().read()
            took.append(time.perf_counter() - began)
        connection.close()

    threads = [Thread(target=go_on) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Speed(len(took) / (time.perf_counter() - began), sorted(took)[int(len(took) * 0.99)] * 1000)


def measure(seconds: int) -> dict[str, Speed]:
    """Every case in turn, several times over, so that what else the machine does falls on all of them alike."""
    quick = with_wrk if shutil.which("wrk") else with_threads
    with tempfile.TemporaryDirectory() as name, serving(SERVICE, Path(name)) as service:
        for _ in range(CONNECTIONS * 2):  # until every process has made it once
            etag, content = ask(*service)
        (Path(name) / "workbook.xlsx").write_bytes(content)
        print(f"workbook of {len(content):,} bytes, {CONNECTIONS} connections, {ROUNDS} rounds of {seconds} s")
        with serving(RAW, Path(name)) as raw:
            cases = {
                "raw": lambda: quick(*raw, seconds),
                "remembered": lambda: quick(*service, seconds),
                "304": lambda: quick(*service, seconds, etag),
                "fresh": lambda: with_threads(*service, seconds, fresh=True),
            }
            rounds = [{case: run() for case, run in cases.items()} for _ in range(ROUNDS)]
    return {
        case: Speed(median(one[case].per_second for one in rounds), median(one[case].p99 for one in rounds))
        for case in rounds[0]
    }


def stock_seconds() -> float:
    """How long a stock XlsxWriter takes for a fresh workbook."""
    shown = subprocess.run([sys.executable, "-c", STOCK], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(shown.stdout)


def main() -> None:
    """Measure, and say what came out beside what is hoped for."""
    speeds = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    for name in ("raw", "remembered", "304", "fresh"):
        print(f"{name:12}{speeds[name].per_second:12,.1f} requests/s{speeds[name].p99:12,.1f} ms p99")
    stock = stock_seconds()
    print(f"{'stock':12}{1 / stock:12,.1f} workbooks/s in one process")
    of_raw = speeds["remembered"].per_second / speeds["raw"].per_second
    of_stock = speeds["304"].per_second * stock
    print(f"remembered is {of_raw:.2f} of raw (hoped for: {LEAST_OF_RAW})")
    print(f"304 is {of_stock:,.0f} times a fresh one by stock XlsxWriter (hoped for: {LEAST_OF_STOCK:.0f})")


if __name__ == "__main__":
    main()
