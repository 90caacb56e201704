"""A real server on loopback, and a real Chromium in front of it: straight, and through nginx below a path.

Through nginx there are TLS, a login and buffers, as in an office. With every run that is tried with the tests marked
`also_behind_nginx`; with all of them in `make soak` (`AGRIPLAN_PROXY=full`).
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from nginx_server import MISSING, nginx_in_front, password_line
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect, sync_playwright
from server_process import ServerProcess
from werkzeug.serving import make_server

from tests.thoroughness import FULL
from tests.web.conftest import MakeApp

# The shell without windows is the same browser at half the cost: nobody sees the frame around the pages.
KNOWN = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, KNOWN)), None)
# Only the last of such lists counts, so Playwright's own stands here too. The popups of the address line, which nobody
# sees, would be made ready for every window: they took half of the browser's time.
WITHOUT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    *("PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
# Nothing that would look for another host: the tests run where there is none.
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", f"--disable-features={','.join(WITHOUT)}"),
)

# How long a page may take on a busy machine before a test gives up; none waits longer than it must.
PATIENCE = 20_000

OURS = ("http://127.0.0.1:", "https://127.0.0.1:", "data:", "blob:")

DIRECT, PROXY = "direct", "behind nginx"
PATH = "/agriplan"
LOGIN, PASSWORD = "zhangsan", "only here"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not FULL:  # each way to ask, and with and without JavaScript, but not every one with every other
        again = {(PROXY, False)}
        if not MISSING and os.environ.get("AGRIPLAN_PROXY") != "full":
            again |= {(DIRECT, True)}
        items[:] = [item for item in items if (_asked(item, "served"), _asked(item, "scripted")) not in again]
    if CHROMIUM is None:
        skip = pytest.mark.skip(reason="no Chromium on this machine: the pages were not driven by a browser")
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(skip)


def _asked(item: pytest.Item, name: str) -> object:
    """What a test is asked with by that name, if it is asked by turns."""
    return getattr(item, "callspec").params.get(name) if hasattr(item, "callspec") else None  # noqa: B009


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test that asks a server ask it in both ways, where it is one that is marked or all are tried.

    Without JavaScript a browser sends forms, which the tests of the pages send too: with every run it is tried where a
    test is marked so.
    """
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if "scripted" in metafunc.fixturenames and not hasattr(metafunc.module, "scripted"):
        both = FULL or "also_without_javascript" in marks
        ids = ["with JavaScript", "without JavaScript"]
        metafunc.parametrize("scripted", [True, False][: 1 + bool(both)], ids=ids[: 1 + bool(both)], indirect=True)
    if "served" not in metafunc.fixturenames:
        return
    if not ("also_behind_nginx" in marks or os.environ.get("AGRIPLAN_PROXY") == "full"):
        return
    skip = pytest.mark.skipif(MISSING, reason="no nginx here; Debian: nginx-light")
    ways = [pytest.param(DIRECT, id=DIRECT), pytest.param(PROXY, id=PROXY, marks=skip)]
    metafunc.parametrize("served", ways, indirect=True, scope="module")


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How a window is opened on a server: its address, which pages are named below, and how to come in."""
    behind = getattr(request, "param", DIRECT) == PROXY
    address: dict[str, Any] = request.getfixturevalue("proxy" if behind else "straight")
    return address


@pytest.fixture(scope="session")
def straight(make_app: MakeApp) -> Iterator[dict[str, Any]]:
    """One server for all: it knows the plans that the tests before have asked for."""
    app: Flask = make_app(administrators="here")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {"base_url": f"http://127.0.0.1:{server.server_port}/"}
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """nginx with deploy/nginx.conf: TLS, a login, buffers, and the service below a path."""
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "htpasswd").write_text(password_line(LOGIN, PASSWORD), encoding="utf-8")
    (folder / "users.toml").write_text(f'[{LOGIN}]\nname = "张三"\narea = "150500"\n', encoding="utf-8")
    behind = {"proxies": 1, "mount": PATH, "secure_cookies": True, "identity": "proxy", "users": folder / "users.toml"}
    behind["administrators"] = LOGIN
    edits = {"location / {": f"location {PATH}/ {{", "#auth_basic": "auth_basic"}
    with (
        ServerProcess(folder, f"sqlite:///{folder}/plans.sqlite3", workers=1, access_log=False, **behind) as server,
        nginx_in_front(folder, server.authority, edits) as ports,
    ):
        yield {
            "base_url": f"https://127.0.0.1:{ports.secure}{PATH}/",
            "ignore_https_errors": True,
            "http_credentials": {"username": LOGIN, "password": PASSWORD},
        }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)  # one of both, or both by turns: as `pytest_generate_tests` has it


Open = Callable[[bool], Page]


@pytest.fixture(scope="module")
def windows(browser: Browser, served: dict[str, Any]) -> Iterator[Open]:
    """A window with JavaScript and one without, for all tests of a file: to open others costs as much as a page."""
    opened: dict[bool, Page] = {}

    def window(scripted: bool) -> Page:
        if scripted not in opened:
            context = browser.new_context(**served, java_script_enabled=scripted, accept_downloads=True)
            context.set_default_timeout(PATIENCE)
            opened[scripted] = context.new_page()
        return opened[scripted]

    yield window
    for page in opened.values():
        page.context.close()


@pytest.fixture
def page(windows: Open, scripted: bool) -> Iterator[Page]:
    """A window of somebody who was not here before; it allows no fault in its console and nothing from another host."""
    page = windows(scripted)
    page.context.clear_cookies()
    faults: list[str] = []

    def note(said: ConsoleMessage) -> None:
        # Answers with 422 (put right), 400 (session ended) and 409 (decide) count as faults for Chromium, not for us.
        if said.type == "error" and not any(status in said.text for status in ("422", "400", "409")):
            faults.append(said.text)

    def note_error(error: Error) -> None:
        faults.append(str(error))

    def note_request(asked: Request) -> None:
        if not asked.url.startswith(OURS):
            faults.append(asked.url)

    heard: dict[Any, Callable[[Any], None]] = {"console": note, "pageerror": note_error, "request": note_request}
    for event, listener in heard.items():
        page.on(event, listener)
    yield page
    for event, listener in heard.items():
        page.remove_listener(event, listener)
    assert faults == []


@pytest.fixture
def draft() -> str:
    from agriplan.engine.scenario import Scenario
    from agriplan.web.pages.draft import pack

    return pack(Scenario(growth={"milk": {"150500": 8.0}}))


@pytest.fixture
def entered() -> str:
    """What stands in fields and cannot be taken."""
    from agriplan.web.pages.draft import pack_fields

    return pack_fields({"growth.milk.150500": "8x", "allocation.milk.ceiling.150500": "-1", "target.milk": "?"})
