"""A server as planners start it: where it listens, what it logs, how it stops."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from flask import Flask
from server_process import ServerProcess, ask
from werkzeug.test import Client

from agriplan.cli import main
from agriplan.forecast import kept, methods
from agriplan.places import baselines_folder
from agriplan.web.metrics import Metrics
from agriplan.web.observing import AccessLog
from tests.thoroughness import FULL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def server(folder: Path):
    """A server for all tests of this file; the last that asks for it stops it."""
    few = {"workers": 1, "most_upload_bytes": 100_000}
    with ServerProcess(folder, f"sqlite:///{folder}/plans.sqlite3", **few) as started:
        yield started


def test_the_log_says_where_it_listens_where_scenarios_are_and_what_was_asked(server: ServerProcess, folder: Path):
    assert server.start["event"] == "start"
    assert server.start["database"] == f"{folder}/plans.sqlite3"
    connection = server.connect()
    assert ask(connection, "GET", "/healthz")[1]["status"] == "ok"
    assert ask(connection, "GET", "/api/v1/plan?lang=%22")[0] == 422
    connection.close()
    first, second = server.next_line(), server.next_line()
    assert (first["method"], first["path"], first["status"]) == ("GET", "/healthz", 200)
    assert (second["query"], second["status"]) == ("lang=%22", 422)
    assert second["ms"] > 0 < second["bytes"]


def test_the_figures_for_prometheus_count_all_processes_and_are_off_unless_asked_for(tmp_path: Path, server):
    connection = server.connect()
    connection.request("GET", "/metrics")
    assert connection.getresponse().status == 404
    connection.close()
    assert server.next_line()["path"] == "/metrics"
    with ServerProcess(tmp_path, f"sqlite:///{tmp_path}/plans.sqlite3", metrics=True, access_log=False) as counted:
        for path in ("/healthz", "/nothing") * 6:  # over both processes, as it happens
            connection = counted.connect()
            connection.request("GET", path)
            assert connection.getresponse().headers["X-Request-Id"]
            connection.close()
        connection = counted.connect()
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        connection.close()
    assert 'agriplan_requests_total{status="2xx"} 6' in text
    assert 'agriplan_requests_total{status="4xx"} 6' in text
    assert "agriplan_request_seconds_count 12" in text


@pytest.mark.parametrize("length", [{"Content-Length": str(25 * 2**20)}, {"Transfer-Encoding": "chunked"}])
def test_a_file_that_is_too_large_is_refused_by_a_page_with_a_way_on(server: ServerProcess, length: dict[str, str]):
    """Before all of it has come, and in the language of the page."""
    for path, words in (
        ("/upload", ("<h1>", "文件最多 0.1 MB", '<a href="/upload')),
        ("/upload?lang=en", ("<h1>", "a file may have 0.1 MB at most", '<a href="/?lang=en')),
        ("/api/v1/plan", ('"sent_too_large"', '"status": 413')),
    ):
        connection = server.connect()
        connection.putrequest("POST", path)
        for name, value in length.items():
            connection.putheader(name, value)
        connection.endheaders()
        if "Transfer-Encoding" in length:
            connection.send(b"%x\r\n%b\r\n" % (200_000, bytes(200_000)))
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 413
        assert answer.headers["Connection"] == "close"
        assert [word for word in words if word not in text] == [], text
        logged = server.next_line()
        assert (logged["method"], logged["path"], logged["status"]) == ("POST", path.partition("?")[0], 413)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_a_request_under_way_is_answered_before_the_server_stops(server: ServerProcess):
    answers, sent = [], Event()

    def compare_all_rules() -> None:
        connection = server.connect()
        connection.connect()
        sent.set()
        answers.append(ask(connection, "POST", "/api/v1/compare/rules", {"growth": {"milk": {"150500": 8}}}))
        connection.close()

    asking = Thread(target=compare_all_rules)
    asking.start()
    sent.wait(30)  # it is on its way or being answered; either way it has to be answered
    assert server.stop() == 0
    asking.join()
    assert [status for status, _ in answers] == [200]


@pytest.mark.parametrize("mount", ["", "/plan"])
def test_the_figures_are_below_the_path_of_the_service_too(mount: str, make_app):
    app = make_app(mount=mount, metrics=True) if mount else make_app(metrics=True)
    client = Client(AccessLog(app, None, Metrics(1).of(0), mount))
    for path in ("/metrics", "/plan/metrics", "/planning/metrics", "/plan"):
        answer = client.get(path)
        figures = path == "/metrics" or (mount, path) == ("/plan", "/plan/metrics")
        assert (answer.mimetype == "text/plain") == figures, path
        assert figures == ("agriplan_requests_total" in answer.text), path


def test_help_says_where_scenarios_are_kept():
    shown = CliRunner().invoke(main, ["serve", "--help"])
    assert shown.exit_code == 0
    assert "agriplan.sqlite3" in shown.stdout


def test_settings_that_cannot_be_used_are_all_told_by_their_variables():
    unusable = {"AGRIPLAN_PORT": "http", "AGRIPLAN_WORKERS": "0"}
    told = CliRunner(env=unusable).invoke(main, ["--lang", "en", "serve"])
    assert told.exit_code == 2
    assert "AGRIPLAN_PORT" in told.stderr
    assert "AGRIPLAN_WORKERS" in told.stderr
    assert "Traceback" not in told.stderr


def test_text_from_outside_cannot_break_a_line_of_the_log():
    written = []
    headers = [("Content-Length", "7")]
    log = AccessLog(lambda environ, start: start("404 Not Found", headers) or [b"nothing"], written.append)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/\n{\xff", "QUERY_STRING": '"\\'}
    assert b"".join(log(environ, lambda status, headers: None)) == b"nothing"
    assert written[0]["bytes"] == 7
    assert "\n" not in json.dumps(written[0])


@pytest.mark.parametrize("path", ["/enter/SECRET", "/plan/enter/SECRET", "//Enter/SECRET/more", "/enter/\nSECRET"])
def test_a_link_that_was_handed_out_does_not_stand_in_the_log(path: str):
    written = []
    log = AccessLog(lambda environ, start: start("303 See Other", []) or [b""], written.append)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": ""}
    assert b"".join(log(environ, lambda status, headers: None)) == b""
    assert "SECRET" not in json.dumps(written)
    assert written[0]["path"].casefold().endswith("/enter/…")


def test_everything_is_fitted_before_anything_listens(
    make_app: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kept, "user_cache_path", lambda *_, **__: tmp_path / "cache")  # no fits of earlier tests
    folder = tmp_path / "data"
    if FULL:
        shutil.copytree(baselines_folder(), folder)
    else:  # of several indicators no other is fitted later
        assert CliRunner().invoke(main, ["init", str(folder), "--indicator", "milk"]).exit_code == 0
    observed = folder / "observed.csv"
    text = observed.read_text(encoding="utf-8")
    edited = text.replace(",611.5,", ",612.5,")  # what is projected; in full another year's figure too
    assert edited != text
    observed.write_text(edited.replace(",734.12,", ",744.12,") if FULL else edited, encoding="utf-8")
    client = make_app(baselines=folder).test_client()

    def never(*_: object) -> None:
        pytest.fail("fitted inside a request")

    monkeypatch.setattr(methods, "forecast_members", never)
    assert client.get("/workbook/150500").status_code == 200
    assert client.get("/data").status_code == 200
