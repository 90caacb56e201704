"""A private PostgreSQL server for tests: its own folder and socket, no password, gone afterwards."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

START_SECONDS = 60
MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 2**30  # a server of these tests takes a tenth of it


def newest_binaries() -> Path | None:
    """The folder with the newest server found, Debian's or the one on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; then another user lends its name."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def fast_folder() -> Path | None:
    """Memory where there is plenty: a kill loses nothing that was written, there or on a disk."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY else None


def still_runs(number: str) -> bool:
    """Whether a process is alive; one that is dead and not yet collected is not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class PostgresServer:
    """Started on demand, killed without mercy, started again on the same data."""

    def __init__(self, binaries: Path, *settings: str) -> None:
        self.binaries = binaries
        self.settings = ["listen_addresses=", "dynamic_shared_memory_type=mmap", *settings]  # all in its folder
        self.user = server_user()
        self.folder = Path(tempfile.mkdtemp(prefix="agriplan-pg-", dir=fast_folder()))
        self.numbers = count(1)
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            shutil.chown(self.folder, self.user)
        make = [
            "initdb",
            "-D",
            self.folder / "data",
            "-U",
            "planner",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-locale",
        ]
        self.popen(*make, "--no-sync").wait()

    def popen(self, program: str, *arguments: object) -> subprocess.Popen[bytes]:
        switch = {"user": self.user, "extra_groups": []} if self.user else {}
        with (self.folder / "server.log").open("ab") as log:
            command = [str(self.binaries / program), *map(str, arguments)]
            return subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **switch)

    def start(self) -> None:
        """Start, with whatever recovery the server does by itself, and wait until it answers."""
        data = self.folder / "data"
        options = [part for setting in self.settings for part in ("-c", setting)]
        self.process = self.popen("postgres", "-D", data, "-k", self.folder, *options)
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.dsn("postgres")).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    pytest.fail((self.folder / "server.log").read_text())
                time.sleep(0.05)
            else:
                return

    def dsn(self, database: str) -> str:
        return f"postgresql://planner@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a fresh, empty database."""
        name = f"plans{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.dsn(name)

    def new_schema(self) -> str:
        """The address of an empty corner of one database, which is as good as a database and made in no time."""
        name = f"plans{next(self.numbers)}"
        self.run(f"CREATE SCHEMA {name}")
        return f"{self.dsn('postgres')}&options=-csearch_path%3D{name}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def kill(self) -> None:
        """SIGKILL for the server and all that it started, none of which gets to tidy up."""
        server = self.process.pid
        os.kill(server, signal.SIGSTOP)  # starts nothing more while its children are counted
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for number in (server, *map(int, children)):
            os.kill(number, signal.SIGKILL)
        self.process.wait()
        self.process = None
        while any(still_runs(number) for number in children):
            time.sleep(0.01)

    def signal_all(self, number: int) -> None:
        """Freeze (SIGSTOP) or wake (SIGCONT) the server with all that it started."""
        server = self.process.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for process in (server, *map(int, children)):
            os.kill(process, number)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)  # at once: the data are thrown away
            self.process.wait(START_SECONDS)
        shutil.rmtree(self.folder)


def run_server(*settings: str) -> Iterator[PostgresServer]:
    if not Path("/proc/self/task").exists():
        pytest.skip("the tests start and kill a PostgreSQL server of their own on Linux only")
    binaries = newest_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server found; on Debian: apt-get install postgresql")
    server = PostgresServer(binaries, *settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for all tests that do not kill it, and so may spare the disk."""
    yield from run_server("fsync=off")


@pytest.fixture
def mortal_postgres_server() -> Iterator[PostgresServer]:
    """A server of its own for a test that kills it."""
    yield from run_server()
