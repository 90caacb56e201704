"""What keeps the service from starting: a sentence for each in both languages, all at once, and exit status 2."""

import os
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from server_process import ServerProcess

from agriplan.cli import main
from agriplan.settings import Settings, misspelt_names, unknown_names
from agriplan.web import listening, serve

SHORT, LOW_PORT, TAKEN = "hush-hush", "81", "TAKEN"
# Settings, and the beginning of what is said of each that is wrong.
WRONG = {
    "a port taken": ({"PORT": TAKEN}, ["AGRIPLAN_PORT: 端口 ", "AGRIPLAN_PORT: port "]),
    "a port for administrators": ({"PORT": LOW_PORT}, ["AGRIPLAN_PORT: 1024 以下", "AGRIPLAN_PORT: ports below 1024"]),
    "a host that is nowhere": ({"HOST": "nowhere.invalid"}, ["AGRIPLAN_HOST: 没有", "AGRIPLAN_HOST: there is no"]),
    "a host elsewhere": ({"HOST": "192.0.2.1"}, ["不是本机的地址", "is not an address of this machine"]),
    "a port in words": ({"PORT": "http"}, ["AGRIPLAN_PORT: "]),
    "no processes": ({"WORKERS": "0", "THREADS": "many"}, ["AGRIPLAN_WORKERS: ", "AGRIPLAN_THREADS: "]),
    "a setting of no kind": ({"IDENTITY": "login"}, ["AGRIPLAN_IDENTITY: "]),
    "a key that can be guessed": ({"SECRET_KEY": SHORT}, ["AGRIPLAN_SECRET_KEY: 密钥", "AGRIPLAN_SECRET_KEY: the key"]),
    "no such data": ({"BASELINES": "/nothing/here"}, ["/nothing/here"]),
    "no such templates": ({"TEMPLATES": "/nothing/here"}, ["/nothing/here"]),
    "a folder mistyped": (
        {"DATABASE": "sqlite:////nothing/plans.sqlite3"},
        ["没有文件夹 /nothing", "no folder /nothing"],
    ),
    "an address of no kind": ({"DATABASE": "plans.sqlite3"}, ["不是可用的数据库地址", "not a usable database address"]),
    "people without a list": ({"IDENTITY": "proxy"}, ["AGRIPLAN_USERS: ", "AGRIPLAN_PROXIES: "]),
    "a list of people for nothing": ({"USERS": "users.toml"}, ["AGRIPLAN_USERS: 只有", "AGRIPLAN_USERS: a list"]),
    "a name with a slip": (
        {"WORKRES": "2", "MONT": "/plan"},
        [
            "AGRIPLAN_WORKRES: 没有这项设置；是否想写“AGRIPLAN_WORKERS”",
            "AGRIPLAN_MONT: there is no",
            '"AGRIPLAN_MOUNT"',
        ],
    ),
    "addresses in words": (
        {"IDENTITY": "proxy", "PROXIES": "1", "PROXY_ADDRESSES": "127.0.0.1,zzz"},
        ["AGRIPLAN_PROXY_ADDRESSES: “127.0.0.1,zzz”不是 IP 地址", "is no address in numbers"],
    ),
    "names of hosts as addresses of pages": (
        {"HOSTS": "a.cn, http://x:80/plan"},
        ["AGRIPLAN_HOSTS: ", "是否想写“a.cn,x”", 'did you mean "a.cn,x"'],
    ),
    "a path without its stroke": ({"MOUNT": "agriplan"}, ["AGRIPLAN_MOUNT: ", "是否想写“/agriplan”"]),
    "a path with a stroke behind": ({"MOUNT": "/plan/new/"}, ["AGRIPLAN_MOUNT: ", 'did you mean "/plan/new"']),
    "a header in words": ({"USER_HEADER": "X Login:"}, ["AGRIPLAN_USER_HEADER: ", 'did you mean "X-Login"']),
    "data, templates and people": (
        {
            "BASELINES": "/no/data",
            "TEMPLATES": "/no/templates",
            "IDENTITY": "proxy",
            "PROXIES": "1",
            "USERS": "/no/people",
        },
        ["/no/data: ", "/no/templates", "AGRIPLAN_USERS: "],
    ),
    "a list that is not there": (
        {"IDENTITY": "proxy", "PROXIES": "1", "USERS": "/nothing/users.toml"},
        ["AGRIPLAN_USERS: "],
    ),
    "everything at once": (
        {"PORT": TAKEN, "SECRET_KEY": SHORT, "DATABASE": "sqlite:////nothing/plans.sqlite3", "BASELINES": "/no/data"},
        ["AGRIPLAN_PORT: 端口 ", "AGRIPLAN_SECRET_KEY: 密钥", "没有文件夹 /nothing", "/no/data", "the key needs"],
    ),
}


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch):
    """The command, its settings in the environment; nothing is served, and the log stays that of the tests."""
    monkeypatch.setattr(serve, "log_as_json", lambda: None)
    monkeypatch.setattr(serve, "serve", lambda *_, **__: pytest.fail("it started"))
    create_server = socket.create_server

    def forbidding(place: tuple[str, int], **options: object) -> socket.socket:
        if place[1] == int(LOW_PORT):  # an administrator, as tests may be, would be let in
            raise PermissionError(13, "Permission denied")
        return create_server(place, **options)

    monkeypatch.setattr(listening.socket, "create_server", forbidding)
    with create_server(("127.0.0.1", 0)) as taken:

        def start(settings: dict[str, str], *given: str):
            port = str(taken.getsockname()[1])
            asked = {f"AGRIPLAN_{name}": port if value == TAKEN else value for name, value in settings.items()}
            return CliRunner().invoke(main, [*given, "serve"], env=asked)

        yield start


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
@pytest.mark.parametrize("case", WRONG)
def test_what_keeps_the_service_from_starting_is_said_in_both_languages(case: str, refusing, tmp_path: Path):
    settings, said = WRONG[case]
    given = {"DATABASE": f"sqlite:///{tmp_path}/plans.sqlite3", "PORT": "0"} | settings
    told = refusing(given)
    assert told.exit_code == 2, told.output
    assert [each for each in said if each not in told.stderr] == [], told.stderr
    lines = told.stderr.strip().splitlines()
    assert len(lines) % 2 == 0, "as many sentences in Chinese as in English"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in lines[0])
    assert lines[-1].isascii() or "nothing" in lines[-1]
    assert SHORT not in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_no_setting_takes_a_slip_in_its_name_in_silence(name: str, refusing):
    turned = f"{name[:-2]}{name[-1]}{name[-2]}"
    told = refusing({turned: "2"})
    assert told.exit_code == 2
    assert f"AGRIPLAN_{turned}: 没有这项设置；是否想写“AGRIPLAN_" in told.stderr


def test_variables_of_the_command_line_and_of_others_do_not_keep_it_from_starting():
    others = ["AGRIPLAN_SERVE_PORT", "AGRIPLAN_SERVE_BASELINES", "AGRIPLAN_LANG", "AGRIPLAN_SOAK", "AGRIPLAN_PARITY"]
    assert list(misspelt_names(others)) == []
    assert unknown_names(others) == ["AGRIPLAN_PARITY", "AGRIPLAN_SOAK"]


def test_a_slip_in_the_words_of_serve_is_told_in_both_languages(refusing):
    for words in (["--port", "99999"], ["--prot", "1"], ["8000"]):
        told = CliRunner().invoke(main, ["serve", *words])
        assert told.exit_code == 2
        first, second, *_ = told.stderr.splitlines()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in first)
        assert second.isascii(), second


@pytest.mark.skipif(os.name != "posix", reason="the folder is made unusable by a file in its place")
def test_a_start_says_aloud_that_the_database_is_new_and_in_the_log_that_the_key_cannot_be_kept(tmp_path: Path):
    (tmp_path / "agriplan").write_text("")
    with ServerProcess(tmp_path, f"sqlite:///{tmp_path}/plans.sqlite3", workers=1, secret_key=None) as server:
        lines = [server.start, server.next_line()]
        told = server.log.read_text(encoding="utf-8")
    start, key = sorted(lines, key=lambda line: str(line["event"]), reverse=True)
    assert start["database_is_new"] is True
    assert "已新建一个空的" in told
    assert "a new, empty one was made" in told
    assert (key["event"], key["level"]) == ("log", "WARNING")
    assert "AGRIPLAN_SECRET_KEY" in str(key["said"])


def test_of_a_database_that_was_there_nothing_is_said(monkeypatch: pytest.MonkeyPatch, capsys):
    lines: list[dict[str, object]] = []
    monkeypatch.setattr(serve, "write_line", lines.append)
    with socket.create_server(("127.0.0.1", 0)) as opened:
        serve.tell_start(opened, "plans.sqlite3", made=False)
    assert lines[0]["database_is_new"] is False
    assert capsys.readouterr().err == ""
