import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from postgres_server import postgres_server  # noqa: F401

from agriplan.engine.plan import Plan
from agriplan.settings import Settings
from agriplan.web import service
from agriplan.web.app import create_app
from agriplan.web.service import EXTENSION_NAME, read_templates

MakeApp = Callable[..., Flask]
TOGETHER = re.compile('<span class="together">([^<]*)</span>')


class ReadResponse(Response):
    """An answer whose text is what was said, without the marks that keep a figure and its unit on one line."""

    def get_data(self, as_text: bool = False) -> bytes | str:  # type: ignore[override]
        return TOGETHER.sub(r"\1", super().get_data(as_text=True)) if as_text else super().get_data()


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


@pytest.fixture(scope="session")
def make_app(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeApp]:
    """Makes applications with a database of their own; anything else as in the settings."""
    made: list[Flask] = []
    fitting = cache(lambda folder: read_templates(plan, folder))  # checked once, as the data are the same for all
    compiled = Compiled()
    patched = pytest.MonkeyPatch()
    patched.setattr(service, "read_templates", lambda _, folder: fitting(folder))

    def make(**settings: object) -> Flask:
        own = {"database": f"sqlite:///{tmp_path_factory.mktemp('web')}/plans.sqlite3", "secret_key": "k" * 32}
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
