"""How long the three walks of docs/architecture.md are: modules of the package that are entered, functions in them.

    python -m benchmarks.walks [--modules]

Each begins with a scenario of its own, of which nothing has been worked out.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any, Self
from unittest import mock

import pandas as pd

import agriplan
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.workbook.files import find_template, write_workbook

PACKAGE = Path(agriplan.__file__).parent
LEAGUE = "150500"


class Walk:
    """Counts what is entered within it, until the function `end` of a module is."""

    def __init__(self, end: tuple[str, str] | None = None) -> None:
        """Begin with nothing entered."""
        self.end = end
        self.entered: set[tuple[str, str, int]] = set()

    def _see(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        path = Path(code.co_filename)
        if event != "call" or PACKAGE not in path.parents or code.co_name.startswith("<"):
            return
        place = path.relative_to(PACKAGE).as_posix()
        self.entered.add((place, code.co_name, code.co_firstlineno))
        if (place, code.co_name) == self.end:
            sys.setprofile(None)

    def __enter__(self) -> Self:
        """Begin to look."""
        sys.setprofile(self._see)
        return self

    def __exit__(self, *_: object) -> None:
        """Look no longer."""
        sys.setprofile(None)

    def show(self, name: str, *, modules: bool) -> None:
        """Print the counts, and where asked for the modules with how many functions of each."""
        found = Counter(place for place, _, _ in self.entered)
        print(f"{name:60s} {len(found):4d} modules {len(self.entered):5d} functions")
        for place in sorted(found) if modules else ():
            print(f"    {place} {found[place]}")


def form_walk() -> Walk:
    """A field of the league page changed, until `allocate` is called."""
    with tempfile.TemporaryDirectory() as folder:
        client = create_app(Settings(database=f"sqlite:///{folder}/walk.db")).test_client()
        address = f"/league/{LEAGUE}"
        page = client.get(address).get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
        with Walk(("engine/allocation.py", "allocate")) as walk:
            client.post(address, data={f"growth.milk.{LEAGUE}": "4.2", "csrf_token": token[1] if token else ""})
    return walk


def plan_of(data: Baselines, suggestions: pd.DataFrame, growth: float) -> Plan:
    """A plan of which nothing has been asked, from the suggestions that the service keeps."""
    return make_plan(parse_scenario({"growth": {"milk": {LEAGUE: growth}}}), data, suggestions)


def upload_walk(workbook: bytes) -> Walk:
    """A workbook handed in, until there are a scenario and what is in doubt about it."""
    with tempfile.TemporaryDirectory() as folder:
        client = create_app(Settings(database=f"sqlite:///{folder}/walk.db")).test_client()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', client.get("/upload").get_data(as_text=True))
        form = {"file": (BytesIO(workbook), "walk.xlsx"), "csrf_token": token[1] if token else ""}
        with Walk(("web/pages/upload.py", "told_figures")) as walk:
            client.post("/upload", data=form, content_type="multipart/form-data")
    return walk


def main() -> None:
    """Walk and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", action="store_true")
    modules = parser.parse_args().modules
    data, template = read_baselines(baselines_folder()), find_template(None, "zh")
    suggestions = suggestions_for(data)
    form_walk().show("a field of the league page changed, until `allocate`", modules=modules)
    plan = plan_of(data, suggestions, 4.0)
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict("os.environ", XDG_CACHE_HOME=folder):
        with Walk() as walk:
            workbook = write_workbook(plan, LEAGUE, template, "zh")
        walk.show("the first workbook of an area", modules=modules)
        plan = plan_of(data, suggestions, 5.0)
        with Walk() as walk:
            write_workbook(plan, LEAGUE, template, "zh")
        walk.show("a workbook of another scenario, its shape known", modules=modules)
        upload_walk(workbook).show("a workbook handed in, until there is a scenario", modules=modules)


if __name__ == "__main__":
    main()
