"""What the serving processes take of memory, once they have made every area's workbook and shown the pages.

    python -m benchmarks.memory

Two processes answer 52 workbooks, of four scenarios that nobody asked for before, and 36 pages, four at a time.
Shapes are kept before. Printed is what each process has for itself, with its part of what several share (Linux only).
"""

import os
import re
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.web import drawing_ahead
from agriplan.web.pages.draft import pack
from agriplan.workbook.blueprints import blueprints_of
from agriplan.workbook.files import find_template
from benchmarks.serve import SERVICE, serving

PLANNERS, ROUNDS = 4, 4
PAGES = ("/", "/compare", "/data", "/method", "/indicator/milk", "/scenarios")


def of_process(pid: int) -> float:
    """What a process takes, in MiB: all of its own pages, and of those that n processes share an n-th."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(size) for size in re.findall(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)) / 1024


def children(pid: int) -> list[int]:
    """The processes that another has forked; one that draws shapes ahead is another program."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(each) for each in found if drawing_ahead.__name__.encode() not in Path(f"/proc/{each}/cmdline").read_bytes()
    ]


def keep_shapes(data: Baselines) -> None:
    """Draw whatever shape of a workbook no file holds, so that no serving process has to."""
    plan = make_plan(Scenario(), data, suggestions_for(data))
    for area in data.areas:
        blueprints_of(plan).keep(plan, area, find_template(None, "zh"), "zh")


def main() -> None:
    """Start the service, ask, and print what it takes after each round."""
    data = read_baselines(baselines_folder())
    keep_shapes(data)
    with tempfile.TemporaryDirectory() as folder, serving(SERVICE, Path(folder)) as (host, port):

        def all_at_once(paths: Iterable[str]) -> None:
            with ThreadPoolExecutor(PLANNERS) as planners:
                for answer in planners.map(lambda path: urlopen(f"http://{host}:{port}{path}"), paths):
                    answer.read()

        service = next(each for each in children(os.getpid()) if len(children(each)) > 1)

        def show(after: str) -> None:
            sizes = [of_process(each) for each in children(service)]
            print(f"{after:30s} " + "  ".join(f"{size:6.1f} MiB" for size in sizes))

        show("at the start")
        for number in range(ROUNDS):
            scenario = parse_scenario({"growth": {"milk": {data.leagues[0].code: 2.0 + number}}})
            all_at_once(f"/workbook/{area}?draft={pack(scenario)}" for area in data.areas)
            show(f"after {(number + 1) * len(data.areas)} workbooks")
        leagues = [f"/league/{league.code}" for league in data.leagues]
        all_at_once([*PAGES, *leagues] * 2)
        show("and after 36 pages")


if __name__ == "__main__":
    main()
