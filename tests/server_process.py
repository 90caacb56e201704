"""A real server in processes of its own: started, asked over HTTP, stopped or killed without mercy."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

START_SECONDS = 60


class ServerProcess:
    """`agriplan serve` on a free port, `before` it what it is started by; its log is a list of JSON objects."""

    def __init__(self, folder: Path, database: str, *, before: Sequence[str] = (), **settings: object) -> None:
        own = {"port": 0, "database": database, "secret_key": "k" * 32, "workers": 2, "draw_ahead": False, **settings}
        variables = {f"AGRIPLAN_{name.upper()}": str(value) for name, value in own.items() if value is not None}
        self.log = folder / f"server-{len(list(folder.glob('server-*')))}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*before, sys.executable, "-m", "agriplan", "serve"],
                env={**os.environ, **variables, "XDG_DATA_HOME": str(folder)},
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # a group of its own, so that all of it can be killed at once
            )
        try:
            self.start = self.next_line()
        except BaseException:
            self.__exit__()
            raise

    def next_line(self) -> dict[str, object]:
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()

    @property
    def authority(self) -> str:
        """Host and port at which it listens."""
        return str(self.start["address"]).removeprefix("http://")

    def connect(self) -> HTTPConnection:
        """A new connection to the server."""
        host, _, port = self.authority.rpartition(":")
        return HTTPConnection(host, int(port), timeout=60)

    def kill(self) -> None:
        """SIGKILL for every process of the server; none gets to tidy up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop, as a service manager does, and wait; returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def ask(connection: HTTPConnection, method: str, path: str, body: object = None) -> tuple[int, object]:
    """One request with JSON; the status and the JSON answered."""
    sent = None if body is None else json.dumps(body)
    connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())
