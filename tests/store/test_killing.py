"""What was acknowledged is there after a kill: real processes, real databases, no repair in between."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from agriplan.store import Store, open_store
from tests.thoroughness import tried

PROCESSES, THREADS = tried(2, 4), 50  # saves in progress at any moment
ROUNDS = tried(1, 2)
ENOUGH = tried(100, 200)  # acknowledged saves before the kill; the savers are in the middle of the next ones by then
SAVER = Path(__file__).with_name("saver.py")


class Savers:
    """Processes that save until they are killed, and what they acknowledged."""

    def __init__(self, address: str, round_number: int) -> None:
        self.acknowledged: list[str] = []
        self.processes = [self.begin(address, f"{round_number}.{worker}") for worker in range(PROCESSES)]
        for process in self.processes:
            assert process.stdout.readline() == b"ready\n"
        self.readers = [Thread(target=self.read, args=(process,)) for process in self.processes]

    def begin(self, address: str, worker: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(SAVER), address, worker, str(THREADS)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, process: subprocess.Popen[bytes]) -> None:
        """Collect the lines, also those still in the pipe when the process is dead."""
        for line in process.stdout:
            if line.endswith(b"\n"):
                self.acknowledged.append(line.decode().rstrip("\n"))

    def save_until_enough(self) -> None:
        for process, reader in zip(self.processes, self.readers, strict=True):
            process.stdin.write(b"\n")
            process.stdin.flush()
            reader.start()
        while len(self.acknowledged) < ENOUGH:
            assert any(reader.is_alive() for reader in self.readers), "the savers gave up"
            self.readers[0].join(0.005)

    def kill(self) -> list[str]:
        for process in self.processes:
            process.kill()
        for process, reader in zip(self.processes, self.readers, strict=True):
            process.wait()
            reader.join()
            process.stdin.close()
            process.stdout.close()
        return self.acknowledged


def kept(store: Store) -> set[str]:
    """Every save that the store knows, in the words of an acknowledgement; each text is read and checked."""
    entries = [entry for current in store.list() for entry in store.history(current.name)]
    assert all(store.get(entry.scenario_id) for entry in entries)
    return {f"{entry.scenario_id} {entry.name}" for entry in entries}


def kill_again_and_again(address: str, kill_server: Callable[[], None]) -> None:
    """Each round reopens what the last one left; the killed savers were in the middle of saving."""
    acknowledged: set[str] = set()
    for round_number in range(ROUNDS):
        savers = Savers(address, round_number)
        try:
            savers.save_until_enough()
            kill_server()
        finally:
            acknowledged |= set(savers.kill())
        with open_store(address) as store:
            assert acknowledged <= kept(store)
            store.save("之后", f'{{"round":{round_number}}}')
    assert len(acknowledged) >= ROUNDS * ENOUGH


def assert_sound(file: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# Savers that are killed beside PostgreSQL stand in the next test, too: there it is killed with them.
@pytest.mark.parametrize(
    "new_address", ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)], indirect=True
)
def test_killed_processes_lose_no_acknowledged_save(address: str):
    kill_again_and_again(address, kill_server=lambda: None)
    if address.startswith("sqlite"):
        assert_sound(address.removeprefix("sqlite:///"))


def test_a_killed_database_server_loses_no_acknowledged_save(mortal_postgres_server):
    def kill_and_restart() -> None:
        mortal_postgres_server.kill()
        mortal_postgres_server.start()

    kill_again_and_again(mortal_postgres_server.new_database(), kill_and_restart)
