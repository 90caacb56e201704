import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import CodeType

import pandas as pd
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from postgres_server import postgres_server  # noqa: F401

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.sentences import Lang
from agriplan.settings import Settings
from agriplan.web import service
from agriplan.web.app import create_app
from agriplan.web.bounded_cache import BoundedCache
from agriplan.web.service import EXTENSION_NAME, read_templates
from agriplan.web.units_kept import JOINED, NO_BREAK
from agriplan.workbook.blueprints import TemplateSource

MakeApp = Callable[..., Flask]
TOGETHER = re.compile('<span class="together">([^<]*)</span>')
CARDS = re.compile('data-(?:label|unit)="[^"]*"')


class ReadResponse(Response):
    """An answer whose text is what was said, without the marks that keep a figure and its unit on one line."""

    def get_data(self, as_text: bool = False) -> bytes | str:  # type: ignore[override]
        if not as_text:
            return super().get_data()
        page = TOGETHER.sub(r"\1", super().get_data(as_text=True))
        return CARDS.sub(lambda said: said[0].replace(NO_BREAK, " ").replace(JOINED, ""), page)


class Reader(FlaskClient):
    """A client whose answers are read so."""

    def __init__(self, application: Flask, _: type[Response], **settings: bool) -> None:
        super().__init__(application, ReadResponse, **settings)


class Compiled(BytecodeCache):
    """Templates of pages, compiled once for all applications of a process; known by their place and their text."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


class Shared:
    """What all applications of a process have in common: the shipped data, read once, and what follows from them."""

    def __init__(self, plan: Plan, suggestions: pd.DataFrame) -> None:
        self._plan, self._suggestions = plan, suggestions
        self._plans = BoundedCache[str, Plan](most=50)
        self._plans.put(Scenario().model_dump_json(), plan)
        self._fitting = cache(lambda folder: read_templates(plan, folder))

    def read_baselines(self, folder: Path) -> Baselines:
        return self._plan.baselines if folder == self._plan.baselines.folder else read_baselines(folder)

    def suggestions_for(self, data: Baselines) -> pd.DataFrame:
        return self._suggestions if data is self._plan.baselines else suggestions_for(data)

    def make_plan(self, scenario: Scenario, data: Baselines, suggestions: pd.DataFrame) -> Plan:
        """Kept by all that a scenario says, empty parts too, which may be wrong."""
        if data is not self._plan.baselines:
            return make_plan(scenario, data, suggestions)
        return self._plans.get_or_make(scenario.model_dump_json(), lambda: make_plan(scenario, data, suggestions))

    def read_templates(self, _: Plan, folder: Path | None) -> Mapping[Lang, TemplateSource]:
        return self._fitting(folder)


@pytest.fixture(scope="session")
def make_app(plan: Plan, suggestions: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeApp]:
    """Makes applications with a database of their own; anything else as in the settings."""
    made: list[Flask] = []
    shared, compiled = Shared(plan, suggestions), Compiled()
    patched = pytest.MonkeyPatch()
    patched.setattr(service, "make_plan", shared.make_plan)  # asked for with every page

    def make(**settings: object) -> Flask:
        own = {"database": f"sqlite:///{tmp_path_factory.mktemp('web')}/plans.sqlite3", "secret_key": "k" * 32}
        with pytest.MonkeyPatch.context() as starting:
            for name in ("read_baselines", "suggestions_for", "read_templates"):
                starting.setattr(service, name, getattr(shared, name))
            app = create_app(Settings(**(own | settings)))
        app.jinja_env.bytecode_cache = compiled
        app.test_client_class = Reader
        made.append(app)
        return app

    yield make
    patched.undo()
    for app in made:
        app.extensions[EXTENSION_NAME].store.close()


@pytest.fixture(scope="module")
def app(make_app: MakeApp) -> Flask:
    """One application for the tests of a file that only read, or save under names of their own."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(autouse=True)
def away_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into the user's own folders."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
