"""The examples of deployment work: nginx is started with its file, the others are read by those who use them."""

import http.client
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nginx_server import DEPLOY, MISSING, nginx_in_front
from server_process import ServerProcess

from benchmarks.slow_clients import SLOW, slow_connections

LONGEST_SECONDS = 2.0
PLANNER = ("127.0.0.2", 0)  # another client than the slow ones, which nginx counts by address
needs_nginx = pytest.mark.skipif(MISSING, reason="no nginx here; Debian: nginx-light")


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("users") / "users.toml"
    file.write_text('[zhangsan]\nname = "张三"\narea = "150500"\n', encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory, users: Path):
    """The service behind nginx: the ports for http and https."""
    folder = tmp_path_factory.mktemp("nginx")
    behind = {"hosts": "plan.example.gov.cn", "proxies": 1, "identity": "proxy", "users": users, "access_log": False}
    with (
        ServerProcess(folder, f"sqlite:///{folder}/plans.sqlite3", **behind) as server,
        nginx_in_front(folder, server.authority) as ports,
    ):
        yield ports


def ask(port: int, path: str, method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, str]:
    trusting = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=30, source_address=PLANNER)
    named = {"Host": "plan.example.gov.cn", **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body, named)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text


@needs_nginx
def test_pages_come_through_and_plain_http_leads_to_https(ports: tuple[int, int]):
    plain, secure = ports
    status, page = ask(secure, "/league/150500")
    assert status == 200
    assert 'href="/scenarios' in page
    connection = http.client.HTTPConnection("127.0.0.1", plain)
    connection.request("GET", "/method", headers={"Host": "plan.example.gov.cn"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://plan.example.gov.cn/method")
    connection.close()


@needs_nginx
def test_nobody_outside_can_say_that_the_proxy_knows_them(ports: tuple[int, int]):
    body = '{"scenario": {"name": "冒名", "target": {"milk": 901}}}'
    headers = {"X_Forwarded_User": "zhangsan", "Content_Type": "application/json"}
    assert ask(ports[1], "/api/v1/scenarios", "POST", body.encode().decode("latin-1"), **headers)[0] == 403


@needs_nginx
@pytest.mark.parametrize("sort", ["idle", "header", "body"])
def test_slow_or_silent_connections_to_the_proxy_keep_nobody_waiting(ports: tuple[int, int], sort: str):
    with slow_connections("127.0.0.1", ports[1], sort, SLOW):
        took = []
        for path in ("/healthz", "/method") * 5:
            began = time.perf_counter()
            assert ask(ports[1], path)[0] == 200
            took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < LONGEST_SECONDS / 2, took


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_unit_is_one_that_systemd_reads(tmp_path: Path):
    unit = (DEPLOY / "agriplan.service").read_text(encoding="utf-8")
    (tmp_path / "agriplan.service").write_text(unit.replace("/opt/agriplan/bin/agriplan", sys.executable))
    told = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "agriplan.service"], capture_output=True, text=True, check=False
    )
    assert "Unknown" not in told.stderr


def test_every_setting_that_the_examples_name_exists():
    import re

    from agriplan.settings import PREFIX, Settings

    for file in DEPLOY.iterdir():
        named = set(re.findall(rf"{PREFIX}(\w+)", file.read_text(encoding="utf-8")))
        assert {name.lower() for name in named} <= set(Settings.model_fields), file.name
