"""A page for whoever looks after the service: the data folder's state, and a button that takes a sound change over."""

import re
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from server_process import ServerProcess

from agriplan.errors import SettingsError
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.service import EXTENSION_NAME
from agriplan.web.shared_memory import SharedMemory
from tests.web.conftest import MakeApp
from tests.web.reading import send
from tests.web.test_reloading import NEW, OLD, baseline_of, edit, folder  # noqa: F401 - a fixture

PAGE = "/administration"
USERS = '[zhangsan]\nname = "张三"\narea = "150000"\n[lisi]\nname = "李四"\narea = "150500"\n'


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users.toml"
    file.write_text(USERS, encoding="utf-8")
    return file


def test_nobody_finds_the_page_unless_the_setting_names_somebody(make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get(PAGE).status_code == 404
    assert send(client, PAGE, version="").status_code == 404
    assert PAGE not in client.get("/data").text


def test_at_the_machine_itself_it_is_there_and_from_elsewhere_or_through_a_proxy_it_is_not(make_app: MakeApp) -> None:
    client = make_app(administrators="here").test_client()
    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get("/data").text
    for said in ({"environ_base": {"REMOTE_ADDR": "10.1.2.3"}}, {"headers": {"X-Forwarded-For": "10.1.2.3"}}):
        assert client.get(PAGE, **said).status_code == 404
    behind = make_app(administrators="here", proxies=1).test_client()
    assert behind.get(PAGE, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_behind_a_proxy_only_the_logins_that_are_named_find_it(make_app: MakeApp, users: Path) -> None:
    settings = {"identity": "proxy", "users": users, "proxies": 1, "administrators": "zhangsan"}
    client = make_app(**settings).test_client()

    def status(login: str, address: str = "127.0.0.1") -> int:
        headers = {"X-Forwarded-User": login, "X-Forwarded-For": "10.1.2.3"} if login else {}
        return client.get(PAGE, headers=headers, environ_base={"REMOTE_ADDR": address}).status_code

    assert [status("zhangsan"), status("lisi"), status(""), status("zhangsan", "10.9.9.9")] == [200, 404, 404, 404]


def test_administrators_that_nobody_can_be_stop_the_start(make_app: MakeApp, users: Path) -> None:
    with pytest.raises(SettingsError, match="AGRIPLAN_ADMINISTRATORS"):
        make_app(administrators="zhangsan")
    with pytest.raises(SettingsError, match='did you mean "zhangsan"'):
        make_app(identity="proxy", users=users, proxies=1, administrators="zhangsen")


@pytest.fixture
def supervised(folder: Path, tmp_path: Path) -> FlaskClient:  # noqa: F811
    settings = Settings(
        baselines=folder, administrators="here", database=f"sqlite:///{tmp_path}/a.sqlite3", secret_key="k" * 32
    )
    return create_app(settings, SharedMemory()).test_client()


def wish_of(client: FlaskClient) -> bool:
    return client.application.extensions[EXTENSION_NAME].take_data.is_new()


def test_what_has_changed_is_checked_and_only_what_is_sound_can_be_taken(supervised: FlaskClient, folder: Path) -> None:  # noqa: F811
    assert "没有改动" in supervised.get(PAGE).text
    edit(folder, OLD, OLD.replace("milk_output", "milk_outputt"))
    page = supervised.get(PAGE).text
    assert "observed.csv:" in page
    assert "milk_outputt" in page
    assert 'name="version"' not in page
    edit(folder, OLD.replace("milk_output", "milk_outputt"), NEW)
    page = supervised.get(f"{PAGE}?lang=en").text
    assert "changed, and not taken over yet" in page
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    assert "没有采用" in send(supervised, PAGE, version="another").text
    assert not wish_of(supervised)
    assert "正在采用" in send(supervised, PAGE, version=version).text
    assert wish_of(supervised)


def test_where_no_supervisor_would_hear_it_a_restart_is_asked_for(make_app: MakeApp, folder: Path) -> None:  # noqa: F811
    client = make_app(baselines=folder, administrators="here").test_client()
    edit(folder, OLD, NEW)
    page = client.get(PAGE).text
    assert "重新启动" in page
    assert 'name="version"' not in page


@pytest.mark.thorough
def test_a_running_service_takes_the_data_when_it_is_told_to(tmp_path: Path, folder: Path) -> None:  # noqa: F811
    settings = {"baselines": folder, "administrators": "here", "workers": 1}
    with ServerProcess(tmp_path, f"sqlite:///{tmp_path / 'store.sqlite3'}", **settings) as server:
        edit(folder, OLD, NEW)
        connection = server.connect()
        connection.request("GET", PAGE)
        answer = connection.getresponse()
        cookie, page = answer.headers["Set-Cookie"].partition(";")[0], answer.read().decode()
        token, version = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("csrf_token", "version"))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", PAGE, f"csrf_token={token}&version={version}", headers)
        answer = connection.getresponse()
        assert (answer.status, answer.read() is not None) == (303, True)
        connection.close()
        end = time.monotonic() + 60
        while baseline_of(server) != 36.87:
            assert time.monotonic() < end
            time.sleep(0.2)
        assert server.stop() == 0
