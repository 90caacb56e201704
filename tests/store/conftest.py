from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from postgres_server import mortal_postgres_server, postgres_server  # noqa: F401

from agriplan.store import Store, open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes addresses of places where nothing is saved yet, on either kind of database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_server").new_schema
    numbers = count(1)

    def new_folder() -> str:
        folder = tmp_path / f"方案 {next(numbers)}"
        folder.mkdir(mode=0o700)
        return f"sqlite:///{folder}/plans.sqlite3"

    return new_folder


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    return new_address()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened
