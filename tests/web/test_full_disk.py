"""A disk that is really full: nothing acknowledged is lost, what needs no room goes on, `/healthz` says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from server_process import ServerProcess, ask

from agriplan.store.database import LEAST_FREE_BYTES

SIZE = LEAST_FREE_BYTES + 8_000_000
# A small disk of its own, seen by the service alone; an administrator may make one, others where the system lets them.
SMALL_DISK = ["unshare", *(["-m"] if sys.platform == "linux" and os.geteuid() == 0 else ["-Urm"]), "sh", "-ec"]
MOUNT = f'mount -t tmpfs -o size={SIZE} none "$0"; exec "$@"'


def small_disk(folder: Path) -> list[str]:
    """What to start the service with, so that the folder is on a small disk; skips where that is forbidden."""
    before = [*SMALL_DISK, MOUNT, str(folder)]
    if not shutil.which("unshare") or subprocess.run([*before, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody here make a small disk (unshare, mount)")
    return before


def test_on_a_full_disk_nothing_acknowledged_is_lost_and_saves_go_on_once_there_is_room(tmp_path: Path):
    folder = tmp_path / "small"
    folder.mkdir()
    before = small_disk(folder)
    with ServerProcess(tmp_path, f"sqlite:///{folder}/plans.sqlite3", before=before, workers=1) as server:
        connection = server.connect()
        saved: dict[str, str] = {}

        def save(number: int) -> int:
            scenario = {"name": f"满{number}", "note": f"{'长' * 900}{number}"}
            status, told = ask(connection, "POST", "/api/v1/scenarios", {"scenario": scenario})
            if status == 201:
                saved[told["name"]] = told["scenario_id"]
            return status

        def health() -> tuple[int, str]:
            status, told = ask(connection, "GET", "/healthz")
            return status, told.get("reason", told["status"])

        assert save(0) == 201
        assert health() == (200, "ok")
        inside = Path(f"/proc/{server.process.pid}/root{folder}")  # that disk, seen from here
        with (inside / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"\0" * 65_536) == 65_536 and shutil.disk_usage(inside).free:
                pass
        assert shutil.disk_usage(inside).free == 0
        statuses = [save(number) for number in range(1, 40)]
        assert set(statuses) <= {201, 507}  # the log of the database may have had some room left
        assert statuses[-1] == 507
        assert health() == (503, "store_disk_full")
        connection.request("GET", "/method")
        page = connection.getresponse()
        assert (page.status, b"</html>" in page.read()) == (200, True)
        (inside / "filler").unlink()
        assert save(40) == 201
        assert health() == (200, "ok")
        for identity in saved.values():
            assert ask(connection, "GET", f"/api/v1/scenarios/{identity}")[0] == 200
        listed = ask(connection, "GET", "/api/v1/scenarios")[1]["scenarios"]
        assert {one["name"]: one["scenario_id"] for one in listed} == saved
        connection.close()
