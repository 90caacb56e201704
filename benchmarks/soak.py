"""Mixed traffic of a whole region for some minutes: nothing fails, nothing crosses, memory levels off.

`python -m benchmarks.soak [MINUTES]` starts the service and lets 24 clients, each with a browser's session, a name and
a language of their own, look at pages, change growth in forms that stay open all the time, save, take workbooks and
send them back. It ends with 1 where a request failed, an answer was somebody else's, or memory went on growing.
"""

import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.serve import SERVICE, serving

CLIENTS = 24
MINUTES = 5.0
FORM = "application/x-www-form-urlencoded"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGES = ("/", "/league/150500", "/indicator/milk", "/scenarios", "/compare/rules", "/data", "/method")
LEAST_LEVEL = 1.25  # memory at the end, as a multiple of what it was half way
LINES: dict[str, str] = {
    "AGRIPLAN_SAVES_PER_MINUTE": "100000",
    "AGRIPLAN_PACKS_PER_MINUTE": "100000",
}


class Planner(threading.Thread):
    """One browser: a session, a name, a language, a form that stays open."""

    def __init__(self, number: int, host: str, port: int, end: float) -> None:
        super().__init__()
        self.lang = ("zh", "en")[number % 2]
        self.name_given = f"Planner{number:02}x"
        self.number, self.end = number, end
        self.place = (host, port)
        self.cookies: dict[str, str] = {}
        self.faults: list[str] = []
        self.asked: Counter[str] = Counter()
        self.longest = 0.0
        self.random = random.Random(number)
        self.numbers = count(1)

    def ask(self, method: str, path: str, body: bytes | None = None, media: str = FORM) -> tuple[int, str, bytes]:
        """One request of this browser; the status, where it leads, and the bytes."""
        began = time.perf_counter()
        connection = HTTPConnection(*self.place, timeout=60)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        connection.request(method, path, body, headers | ({"Content-Type": media} if body is not None else {}))
        answer = connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            key, _, value = line.partition(";")[0].partition("=")
            self.cookies[key] = value
        connection.close()
        self.longest = max(self.longest, time.perf_counter() - began)
        return answer.status, answer.headers.get("Location", ""), content

    def page(self, path: str) -> str:
        """A page in this planner's language, which must be in it and name nobody else."""
        joint = "&" if "?" in path else "?"
        status, _, content = self.ask("GET", f"{path}{joint}lang={self.lang}")
        text = content.decode()
        self.expect(status == 200, f"{path}: {status}")
        self.expect(f'<html lang="{"en" if self.lang == "en" else "zh-CN"}"' in text, f"{path}: another language")
        foot = text.partition('<footer class="bottom">')[2]
        named = set(re.findall(r"Planner\d\dx", foot))
        self.expect(named <= {self.name_given}, f"{path}: names {named}")
        return text

    def post(self, path: str, **fields: str) -> tuple[int, str, bytes]:
        """A form with the token that it was opened with."""
        sent = {"csrf_token": self.token, **{name.replace("__", "."): value for name, value in fields.items()}}
        return self.ask("POST", f"{path}?lang={self.lang}", urlencode(sent).encode())

    def expect(self, holds: bool, otherwise: str) -> None:
        """Note a fault."""
        if not holds:
            self.faults.append(otherwise)

    def look(self) -> None:
        """A page."""
        self.page(self.random.choice(PAGES))

    def preview(self) -> None:
        """A change in the form that has been open since the beginning."""
        status, _, content = self.post(
            "/league/150500", draft="", growth__milk__150500=f"{self.random.uniform(1, 9):.2f}"
        )
        self.expect(status == 200, f"preview: {status} {content[-400:]!r}")

    def save(self) -> None:
        """A new scenario."""
        name = f"soak {self.number:02} {next(self.numbers):05}"
        status, where, _ = self.post("/scenarios", draft="", name=name)
        self.expect(status == 303, f"save: {status} {where}")

    def download(self) -> None:
        """A workbook that others take too, and what it answers about people: nothing."""
        area = self.random.choice(["region", "150500", "152500", "150100"])
        status, _, content = self.ask("GET", f"/workbook/{area}?lang={self.lang}")
        self.expect(status == 200 and content.startswith(b"PK"), f"download: {status}")
        self.workbook = content

    def send_back(self) -> None:
        """A workbook, read again."""
        if not self.workbook:
            return
        status, _, content = self.ask("POST", f"/api/v1/readback?lang={self.lang}", self.workbook, WORKBOOK)
        self.expect(status in {200, 503}, f"readback: {status} {content[-300:]!r}")

    def fresh(self) -> None:
        """A workbook that nobody has."""
        body = f'{{"growth":{{"milk":{{"150500":{self.random.uniform(1, 9):.4f}}}}}}}'.encode()
        status, _, _ = self.ask("POST", "/api/v1/workbook?area=150500", body, "application/json")
        self.expect(status in {200, 503}, f"fresh: {status}")

    def run(self) -> None:
        """Go on until the end."""
        self.workbook = b""
        try:
            page = self.page("/who")
            self.token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
            self.expect(self.post("/who", who=self.name_given)[0] == 303, "who")
            acts = {self.look: 10, self.preview: 6, self.download: 6, self.save: 2, self.fresh: 1, self.send_back: 1}
            while time.monotonic() < self.end and not self.faults:
                act = self.random.choices(list(acts), list(acts.values()))[0]
                self.asked[act.__name__] += 1
                act()
                time.sleep(self.random.uniform(0.1, 1.0))
        except (OSError, HTTPException) as error:
            self.faults.append(f"{type(error).__name__}: {error}")


def resident(port: int) -> float:
    """MB of memory of the processes that listen there."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            environ = (status.parent / "environ").read_bytes()
            if f"AGRIPLAN_SOAK={port}".encode() in environ and b"python" in status.read_bytes():
                pages = re.search(r"Pss:\s+(\d+)", (status.parent / "smaps_rollup").read_text())
                total += int(pages[1]) / 1024 if pages else 0
        except (OSError, PermissionError):
            continue
    return total


def main() -> None:
    """Run, and say what came out."""
    import os

    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    os.environ.update(LINES, AGRIPLAN_SOAK="1")
    with tempfile.TemporaryDirectory() as folder, serving(SERVICE, Path(folder)) as (host, port):
        began = time.monotonic()
        planners = [Planner(number, host, port, began + minutes * 60) for number in range(CLIENTS)]
        for one in planners:
            one.start()
        sizes = []
        while any(one.is_alive() for one in planners):
            time.sleep(max(1.0, minutes * 60 / 10))
            sizes.append(resident(1))
            gone, so_far = time.monotonic() - began, sum(one.asked.total() for one in planners)
            print(f"{gone:6.0f} s  {sizes[-1]:7.0f} MB  {so_far} asked")
        for one in planners:
            one.join()
    asked = sum((one.asked for one in planners), Counter())
    faults = [f"{one.name_given}: {fault}" for one in planners for fault in one.faults]
    print(f"{asked.total()} requests in {minutes:g} minutes: {dict(asked)}")
    print(f"longest {max(one.longest for one in planners):.1f} s, {len(faults)} faults")
    print("\n".join(faults[:20]))
    grown = sizes[-1] / sizes[len(sizes) // 2] if sizes and sizes[len(sizes) // 2] else 1.0
    print(f"memory at the end is {grown:.2f} of what it was half way (at most {LEAST_LEVEL})")
    sys.exit(bool(faults) or grown > LEAST_LEVEL)


if __name__ == "__main__":
    main()
