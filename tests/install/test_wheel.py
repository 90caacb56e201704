"""The built wheel, installed into an empty environment outside the checkout, used from another folder."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from zipfile import ZipFile

import pytest

from tests.install.documents import DOCUMENTS, FROM_THE_WHEEL
from tests.install.following import Reader

STARTS_WITHIN = 60.0


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another working folder, also the home of whoever runs the command."""
    folder = tmp_path / "别的 文件夹"
    folder.mkdir()
    return folder


def surroundings(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return kept | {"HOME": str(home)}


@pytest.mark.parametrize(
    "part",
    [
        "data/baselines/observed.csv",
        "data/docs/settings.md",
        "data/templates/",
        "wording/problems.toml",
        "py.typed",
        "store/migrations/",
    ],
)
def test_wheel_carries_data_templates_and_wording(wheel: Path, part: str) -> None:
    assert any(name.startswith(f"agriplan/{part}") for name in ZipFile(wheel).namelist())


def test_wheel_carries_nothing_but_the_package(wheel: Path) -> None:
    tops = {name.partition("/")[0].partition("-")[0] for name in ZipFile(wheel).namelist()}
    assert tops == {"agriplan"}


def test_installed_command_writes_a_league_workbook_from_any_folder(agriplan: Path, elsewhere: Path) -> None:
    done = subprocess.run(
        [agriplan, "workbook", "通辽市"],
        cwd=elsewhere,
        env=surroundings(elsewhere),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = list(elsewhere.glob("*.xlsx"))
    assert len(written) == 1
    assert "xl/workbook.xml" in ZipFile(written[0]).namelist()


@pytest.fixture
def service(agriplan: Path, elsewhere: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (elsewhere / "log").open("wb") as log:
        process = subprocess.Popen(
            [agriplan, "serve", "--port", str(port)],
            cwd=elsewhere,
            env=surroundings(elsewhere),
            stdout=log,
            stderr=log,
        )
        try:
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.kill()
            process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"{address} does not answer")


def test_installed_service_answers_and_stops_when_told(
    service: tuple[str, subprocess.Popen[bytes]],
) -> None:
    address, process = service
    wait_for(f"{address}/healthz", process)
    with urllib.request.urlopen(f"{address}/", timeout=30) as page:
        assert "通辽市" in page.read().decode()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("page", FROM_THE_WHEEL)
def test_whoever_installed_the_wheel_can_do_what_the_document_says(page: str, agriplan: Path, elsewhere: Path) -> None:
    with Reader(elsewhere, agriplan.parent, elsewhere) as reader:
        DOCUMENTS[page](reader)
