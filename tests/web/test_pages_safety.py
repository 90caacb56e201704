"""What a strict content policy refuses is not there, and what people type stays text."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from agriplan.places import baselines_folder
from agriplan.web.service import EXTENSION_NAME
from tests.web.reading import PAGES, field, send

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_nothing_that_the_content_policy_refuses(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", answer.text) == []
    assert "<style" not in answer.text
    assert re.findall(r"<script(?![^>]*src=\"/static/)", answer.text) == []
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", answer.text) == []


def test_a_name_with_markup_is_shown_as_it_was_typed(client: FlaskClient) -> None:
    page = send(client, "/league/150500", growth__milk__150500="7", name=HOSTILE).text
    draft = re.search(r'name="draft" value="([^"]+)"', page)
    assert draft
    saved = send(client, "/scenarios", draft=draft[1], name=HOSTILE).text
    assert HOSTILE not in saved
    assert "&lt;img src=x" in saved
    assert HOSTILE not in client.get("/scenarios").text


def test_a_form_without_its_token_changes_nothing(client: FlaskClient) -> None:
    before = client.application.extensions[EXTENSION_NAME].store.count()
    answer = client.post("/scenarios", data={"draft": "", "name": "无令牌"})
    assert answer.status_code == 400
    assert client.application.extensions[EXTENSION_NAME].store.count() == before


def test_saving_leads_back_to_the_page_and_never_elsewhere(client: FlaskClient) -> None:
    token = field(client.get("/upload").text, "csrf_token")
    for number, (back, where) in enumerate(
        (("/league/150500", "/league/150500"), ("//elsewhere.example/league/1", "/"), ("/data?x=", "/"))
    ):
        sent = {"csrf_token": token, "draft": "", "name": f"归处{number}", "back": back}
        assert client.post("/scenarios", data=sent).headers["Location"].startswith(f"{where}?scenario=")


def test_a_draft_that_was_cut_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/?draft=eJyrVkov")
    assert answer.status_code == 422
    assert "地址中的方案不完整" in answer.text


def test_a_draft_that_unpacks_to_too_much_is_refused(client: FlaskClient) -> None:
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000, 9)).decode().rstrip("=")
    assert client.get(f"/?draft={bomb}").status_code == 422


def test_csv_text_never_becomes_a_formula(make_app, tmp_path: Path) -> None:
    folder = copytree(baselines_folder(), tmp_path / "data")
    path = folder / "observed.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",yearbook,,\n", ",yearbook,=HYPERLINK(1),\n", 1), encoding="utf-8"
    )
    answer = make_app(baselines=folder).test_client().get("/data.csv")
    assert "'=HYPERLINK(1)" in answer.text
    assert ",=HYPERLINK" not in answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_every_page_is_found_by_a_link_from_another(client: FlaskClient) -> None:
    paths = list(dict.fromkeys(address.partition("?")[0] for address in PAGES))
    leads = {path: set(re.findall(r'href="(/[^"?#]*)', client.get(path).text)) for path in paths}
    lost = [path for path in paths if not any(path in found for other, found in leads.items() if other != path)]
    assert lost == []
