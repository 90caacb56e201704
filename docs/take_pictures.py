"""Take the pictures of the pages that the README shows: `python docs/take_pictures.py`.

It starts the service on loopback with an empty database and drives Chromium; nothing is loaded from another host.
"""

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from agriplan.engine.scenario import Scenario
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.pages.draft import pack

FOLDER = Path(__file__).with_name("pictures")
WINDOW = {"width": 1280, "height": 860}
DRAFT = pack(Scenario(name="通辽提速", growth={"milk": {"150500": 8.0}, "forage_value": {"150400": 6.0}}))
PICTURES = {
    "overview": "/",
    "league": f"/league/150500?draft={DRAFT}",
    "compare": f"/compare?choose=default&choose=draft&draft={DRAFT}",
}


def take(page: Page, base: str) -> None:
    """One picture of each page, as much as a window shows."""
    FOLDER.mkdir(exist_ok=True)
    for name, address in PICTURES.items():
        page.goto(base + address)
        page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        sys.stdout.write(f"{FOLDER / name}.png\n")


def main() -> None:
    """Serve, look, stop."""
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database=f"sqlite:///{folder}/plans.sqlite3", secret_key="p" * 32))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
            take(browser.new_page(viewport=WINDOW), f"http://127.0.0.1:{server.server_port}")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
