"""A real server on loopback, and a real Chromium in front of it."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.web.conftest import MakeApp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Nothing that would look for another host: the tests run where there is none.
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)

# How long a page may take on a busy machine before a test gives up; none waits longer than it must.
PATIENCE = 20_000

OURS = ("http://127.0.0.1:", "data:", "blob:")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        skip = pytest.mark.skip(reason="no Chromium on this machine: the pages were not driven by a browser")
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(skip)


@pytest.fixture(scope="module")
def served(make_app: MakeApp) -> Iterator[str]:
    """The address of a server of its own."""
    app: Flask = make_app()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def context(browser: Browser, served: str, scripted: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=served, java_script_enabled=scripted, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that allows no fault in its console and nothing from another host."""
    page = context.new_page()
    faults: list[str] = []

    def note(said: ConsoleMessage) -> None:
        # Answers with 422 (put right), 400 (session ended) and 409 (decide) count as faults for Chromium, not for us.
        if said.type == "error" and not any(status in said.text for status in ("422", "400", "409")):
            faults.append(said.text)

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(OURS) else faults.append(asked.url))
    yield page
    assert faults == []
