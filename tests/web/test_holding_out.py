"""The service goes on answering: slow senders, a stuck log, killed processes, and faults that are told at the start."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest
from server_process import ServerProcess, ask

from agriplan.errors import Busy, SettingsError
from agriplan.web.bounded_cache import BoundedCache
from agriplan.web.bulkhead import KEPT_FREE, Bulkhead
from agriplan.web.listening import listen
from agriplan.web.log import MOST_LINE_BYTES, JsonHandler, LineWriter, log_line
from benchmarks.slow_clients import SORTS, WHOLE, slow_connections
from tests.thoroughness import FULL

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc are not there on Windows")

SLOW = 200
SAID = 600  # lines of a thousand bytes: a pipe holds sixty of them, the queue five hundred
READ = "area=all" if FULL else "area=region"  # either is more than a connection holds that nobody reads
LONGEST_SECONDS = 2.0  # what a planner may have to wait at worst, on a busy machine too


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("holding")
    with ServerProcess(folder, f"sqlite:///{folder}/plans.sqlite3", access_log=False) as started:
        yield started


def place(server: ServerProcess) -> tuple[str, int]:
    host, _, port = str(server.start["address"]).removeprefix("http://").rpartition(":")
    return host, int(port)


def seconds_for(server: ServerProcess, path: str) -> float:
    began = time.perf_counter()
    connection = server.connect()
    connection.request("GET", path)
    assert connection.getresponse().status == 200
    connection.close()
    return time.perf_counter() - began


@pytest.mark.one_in(2)
@pytest.mark.parametrize("sort", SORTS)
def test_two_hundred_slow_or_silent_connections_keep_nobody_waiting(
    server: ServerProcess, sort: str, monkeypatch: pytest.MonkeyPatch
):
    if sort == "reader":
        monkeypatch.setitem(SORTS, sort, WHOLE.replace(b"area=all", READ.encode()))
        for _ in range(6):  # every process has made it
            seconds_for(server, f"/api/v1/workbook?{READ}")
    with slow_connections(*place(server), sort, SLOW):
        took = sorted(seconds_for(server, path) for path in ("/healthz", "/method") * 5)
    assert took[len(took) // 2] < LONGEST_SECONDS / 2, took


def test_pages_that_need_no_database_answer_while_everybody_waits_for_it(tmp_path: Path):
    import sqlite3

    with ServerProcess(tmp_path, f"sqlite:///{tmp_path}/plans.sqlite3", workers=1, threads=8) as server:
        locker = sqlite3.connect(tmp_path / "plans.sqlite3", isolation_level=None)
        locker.execute("BEGIN IMMEDIATE")
        statuses: list[int] = []

        def save(number: int) -> None:
            connection = server.connect()
            scenario = {"name": f"等待{number}", "target": {"milk": 900 + number}}
            statuses.append(ask(connection, "POST", "/api/v1/scenarios", {"scenario": scenario})[0])
            connection.close()

        savers = [Thread(target=save, args=(number,)) for number in range(10)]
        for one in savers:
            one.start()
        time.sleep(0.5)
        took = [seconds_for(server, path) for path in ("/method", "/healthz", "/method")]
        assert statuses == []  # all of them wait still
        if not FULL:  # in full they are refused in the end, as long as that takes
            locker.execute("ROLLBACK")
        for one in savers:
            one.join()
        locker.close()
        assert set(statuses) == ({503} if FULL else {201})
        assert max(took) < LONGEST_SECONDS, took


def workers_of(server: ServerProcess) -> list[int]:
    return [
        int(pid) for pid in Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_process_is_replaced_and_the_others_go_on(server: ServerProcess):
    before = workers_of(server)
    os.kill(before[0], signal.SIGKILL)
    end = time.monotonic() + 20
    while time.monotonic() < end and (len(workers_of(server)) < 2 or before[0] in workers_of(server)):
        assert seconds_for(server, "/healthz") < 10
    assert len(set(workers_of(server)) - set(before)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_process_outlives_its_supervisor(server: ServerProcess):
    """The last that asks for the server of this file."""
    workers = workers_of(server)
    assert len(workers) == 2
    os.kill(server.process.pid, signal.SIGKILL)
    end = time.monotonic() + 15
    while time.monotonic() < end and any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.1)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_log_that_nobody_reads_stops_no_request_and_says_what_was_lost(tmp_path: Path):
    with ServerProcess(tmp_path, f"sqlite:///{tmp_path}/plans.sqlite3", workers=1) as server:
        connection = server.connect()
        long = "x" * 900
        for _ in range(SAID):
            connection.request("GET", f"/api/v1/nothing?{long}")
            connection.getresponse().read()
        connection.close()
        lines = [server.next_line() for _ in range(520)]
        seconds_for(server, "/healthz")
        while (line := server.next_line())["event"] != "log_lost":
            lines.append(line)
        assert line["lines"] + sum(one["event"] == "request" for one in lines) == SAID


def test_lines_of_the_log_are_whole_whatever_stands_in_them():
    said = log_line({"event": "log", "trace": 'File "规划.py"\n' * 2000, "id": "7"})
    assert len(said) <= MOST_LINE_BYTES
    assert said.count(b"\n") == 1
    assert json.loads(said)["id"] == "7"
    assert json.loads(said)["trace"].endswith('File "规划.py"\n')


def test_a_traceback_is_one_line_of_the_log():
    import logging

    written = []
    logger = logging.Logger("agriplan")
    logger.addHandler(JsonHandler(written.append))
    try:
        raise ValueError("两\n行")
    except ValueError:
        logger.exception("failed")
    assert written[0]["trace"].startswith("Traceback")
    assert json.loads(log_line(written[0]))["said"] == "failed"


def test_lines_wait_for_a_reader_and_come_out_in_order():
    reader, writer = os.pipe()
    lines = LineWriter(writer, most=50)
    for number in range(20):
        lines.write(f"{number}\n".encode())
    lines.flush()
    assert os.read(reader, 4096).split() == [str(number).encode() for number in range(20)]
    os.close(reader)
    lines.write(b"nobody reads this\n")
    lines.flush()
    assert lines.lost == 1
    os.close(writer)


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [
        ("nowhere.invalid", 8000, "host_unknown"),
        ("192.0.2.1", 8000, "host_not_here"),
        ("127.0.0.1", None, "port_taken"),
    ],
)
def test_what_keeps_the_service_from_listening_is_said_in_words(host: str, port: int | None, code: str):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError) as refused:
        listen(host, taken.getsockname()[1] if port is None else port)
    assert [problem.code for problem in refused.value.problems] == [code]


LISTEN_LOW = """
from agriplan.errors import SettingsError
from agriplan.web.listening import listen
try:
    listen("127.0.0.1", 80)
except SettingsError as refused:
    print(refused.problems[0].code)
"""


def test_a_port_that_wants_an_administrator_is_said_in_words():
    # An administrator may listen anywhere: asked is a process that has given that up.
    given_up = ["setpriv", "--bounding-set=-net_bind_service"] if os.geteuid() == 0 else []
    told = subprocess.run(
        [*given_up, sys.executable, "-c", LISTEN_LOW], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() in {"port_forbidden", "port_taken"}


@pytest.mark.thorough
def test_the_start_tells_what_is_wrong_in_a_sentence_and_ends(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = subprocess.run(
            [sys.executable, "-m", "agriplan", "serve", "--port", str(taken.getsockname()[1])],
            env=os.environ | {"XDG_DATA_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert told.returncode == 2
    assert "已被其他程序占用" in told.stderr
    assert "Traceback" not in told.stderr


def test_eight_who_ask_for_the_same_wait_for_one_who_makes_it():
    memory, made, start = BoundedCache[str, str](most=9), [], Event()

    def make() -> str:
        start.wait(5)
        made.append("once")
        return "value"

    asking = [Thread(target=memory.get_or_make, args=("a", make)) for _ in range(8)]
    for one in asking:
        one.start()
    start.set()
    for one in asking:
        one.join()
    assert made == ["once"]


def test_who_waited_for_a_maker_that_failed_tries_for_themselves():
    memory, tries = BoundedCache[str, str](most=9), []

    def fail() -> str:
        tries.append("failed")
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011
            memory.get_or_make("a", fail)
    assert memory.get_or_make("a", lambda: "value") == "value"
    assert len(tries) == 2


def test_a_rush_for_workbooks_leaves_threads_for_the_pages():
    heavy, go_on, inside = Bulkhead(threads=KEPT_FREE + 3), Event(), []

    def wait_inside() -> None:
        with heavy.inside():
            inside.append(1)
            heavy.work(lambda: go_on.wait(10))

    waiting = [Thread(target=wait_inside) for _ in range(3)]
    for one in waiting:
        one.start()
    while len(inside) < 3:
        time.sleep(0.01)
    with pytest.raises(Busy), heavy.inside():
        pass
    go_on.set()
    for one in waiting:
        one.join()
    with heavy.inside():
        assert heavy.work(lambda: "made") == "made"
