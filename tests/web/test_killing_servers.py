"""A server killed in the middle of concurrent saves, two hundred of them in full, loses none that it acknowledged."""

import sys
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from server_process import ServerProcess, ask

from tests.thoroughness import FULL, tried

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there on Windows")

SAVERS = tried(20, 200)  # saves in progress at any moment
ENOUGH = tried(30, 200)  # acknowledged saves before the kill; the savers are in the middle of the next ones by then
ROUNDS = tried(1, 2)


class Saver(Thread):
    """Saves under names of its own until the server is gone; remembers what was acknowledged."""

    def __init__(self, server: ServerProcess, label: str) -> None:
        super().__init__()
        self.server, self.label = server, label
        self.acknowledged: list[tuple[str, str]] = []

    def run(self) -> None:
        connection = self.server.connect()
        try:
            for number in range(1000):
                scenario = {"name": f"{self.label}-{number}", "note": "压力测试", "target": {"milk": 900 + number}}
                status, saved = ask(connection, "POST", "/api/v1/scenarios", {"scenario": scenario})
                assert status == 201, saved
                self.acknowledged.append((saved["name"], saved["scenario_id"]))
        except (OSError, HTTPException):
            return
        finally:
            connection.close()


def save_until_killed(server: ServerProcess, label: str) -> set[tuple[str, str]]:
    savers = [Saver(server, f"{label}.{number}") for number in range(SAVERS)]
    for saver in savers:
        saver.start()
    while sum(len(saver.acknowledged) for saver in savers) < ENOUGH:
        assert any(saver.is_alive() for saver in savers), server.log.read_text()
        savers[0].join(0.005)
    server.kill()
    for saver in savers:
        saver.join()
    return {pair for saver in savers for pair in saver.acknowledged}


def kept(server: ServerProcess) -> set[tuple[str, str]]:
    connection = server.connect()
    status, listed = ask(connection, "GET", "/api/v1/scenarios")
    assert status == 200
    for name, identity in [(one["name"], one["scenario_id"]) for one in listed["scenarios"]][: tried(5, 20)]:
        assert ask(connection, "GET", f"/api/v1/scenarios/{identity}")[1]["name"] == name
        assert ask(connection, "GET", f"/api/v1/scenarios/history?name={quote(name)}")[0] == 200
    connection.close()
    return {(one["name"], one["scenario_id"]) for one in listed["scenarios"]}


# Savers that are killed beside PostgreSQL, and PostgreSQL itself, stand in tests/store/test_killing.py.
@pytest.fixture(params=["sqlite", "postgresql"] if FULL else ["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_server").new_database()
    return f"sqlite:///{tmp_path}/plans.sqlite3"


def test_a_killed_server_loses_no_acknowledged_save_and_starts_again(database: str, tmp_path: Path):
    acknowledged: set[tuple[str, str]] = set()
    for number in range(ROUNDS):
        with ServerProcess(tmp_path, database, access_log=False, saves_per_minute=1_000_000) as server:
            acknowledged |= save_until_killed(server, str(number))
        with ServerProcess(tmp_path, database, workers=1) as again:
            assert acknowledged <= kept(again)
            assert again.stop() == 0
    assert len(acknowledged) >= ROUNDS * ENOUGH
