"""What a document tells its reader to type, typed in its order, in one folder, with the program that the reader has."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

# Every document from every place, every line as it stands, workbooks drawn ahead of whoever asks.
ALL = os.environ.get("AGRIPLAN_DOORS") == "full"
CHECKOUT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
TYPED = ("agriplan ", "curl ", "openapi-python-client ", "datamodel-codegen ")
# Tests listen on this machine alone, and on a port that is free.
HERE = ((r"--host [\d.]+", "--host 127.0.0.1"), (r"--port \d+", "--port 0"))


def page(name: str) -> str:
    """The text of a document, by its path in the checkout."""
    return (CHECKOUT / name).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """The lines of its blocks that are typed; two spaces end a command, the rest of the line is prose."""
    lines = [line for kind, body in FENCE.findall(text) if kind in {"", "sh"} for line in body.splitlines()]
    return [line.partition("  ")[0] for line in lines if line.startswith(TYPED)]


def commands_in_sentences(text: str) -> list[str]:
    """Whole commands within its sentences; what only names a command or leaves something open is not one."""
    found = re.findall(r"`(agriplan [^`]+)`", FENCE.sub("", text))
    return [
        one for one in dict.fromkeys(found) if re.search(r"\s\S+\s", one) and not re.search(r"…|\b[A-Z]{4,}\b", one)
    ]


class Reader:
    """Somebody with `agriplan` on the path, in a folder; services that were started go on until the end."""

    def __init__(self, folder: Path, programs: Path, home: Path, **variables: str) -> None:
        self.folder = folder
        kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
        # Generators of clients are other people's programs; ours is found before them.
        path = os.pathsep.join([str(programs), os.environ["PATH"], str(Path(sys.executable).parent)])
        own = {"HOME": str(home), "PATH": path, "AGRIPLAN_PORT": "0"}
        if not ALL:
            own |= {"AGRIPLAN_DRAW_AHEAD": "false", "AGRIPLAN_WORKERS": "1"}
        self.surroundings = {**kept, **own, "AGRIPLAN_SECRET_KEY": "k" * 32, **variables}
        self.wrong: dict[str, str] = {}
        self.services: list[subprocess.Popen[str]] = []
        self.address = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, sort: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for service in self.services:
            service.send_signal(signal.SIGTERM)
        ended = [service.communicate(timeout=60) and service.returncode for service in self.services]
        if sort is None:
            assert not self.wrong, self.wrong
            assert not any(ended), ended

    def must_have(self, names: set[str]) -> None:
        """What the lines so far were to make is there."""
        missing = names - {path.name for path in self.folder.iterdir()}
        assert not missing, (missing, self.wrong)

    def types(self, line: str) -> str:
        """Do what the line says; returns what is said, and notes what goes wrong."""
        for pattern, ours in HERE:
            line = re.sub(pattern, ours, line)
        if line.startswith("agriplan serve"):
            return self._serves(line)
        told = line
        if self.address:
            told = re.sub(r"(localhost|127\.0\.0\.1):8000", self.address, line)
        told = re.sub(r"^curl ", "curl --fail --silent --show-error ", told)
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", told],
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            self.wrong[line] = done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "replace")

    def _serves(self, line: str) -> str:
        log = (self.folder / f"{len(self.services)}.log").open("wb")
        service = subprocess.Popen(
            ["bash", "-c", f"exec {line}"],
            cwd=self.folder,
            env=self.surroundings,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
        )
        log.close()
        self.services.append(service)
        said = service.stdout.readline()
        if not said:
            self.services.remove(service)
            self.wrong[line] = Path(log.name).read_text(encoding="utf-8")
            service.communicate()
            return ""
        self.address = json.loads(said)["address"].removeprefix("http://")
        return self.types(f"curl http://{self.address}/")
