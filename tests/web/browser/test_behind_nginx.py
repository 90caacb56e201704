"""Below a path, with TLS and a login: no address leads out of it, and whoever is let in is who the proxy says."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from nginx_server import MISSING

from tests.web.browser.conftest import PATH
from tests.web.browser.test_pages_for_everyone import PAGES

pytestmark = pytest.mark.skipif(MISSING, reason="no nginx here; Debian: nginx-light")
ADDRESS = re.compile(r'\s(?:href|src|action|formaction|data-[a-z-]+)="([^"]*)"')


@pytest.fixture
def client(proxy: dict[str, Any]) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=proxy["base_url"], verify=False, auth=tuple(proxy["http_credentials"].values())
    ) as client:
        yield client


@pytest.mark.one_in(2)
@pytest.mark.parametrize("address", PAGES)
def test_no_address_of_a_page_leads_out_of_the_path(
    client: httpx.Client, address: str, draft: str, entered: str
) -> None:
    page = client.get(address.format(draft=draft, entered=entered).removeprefix("/"))
    assert page.status_code in {200, 404, 422}
    found = {one for one in ADDRESS.findall(page.text) if one.startswith(("/", "http"))}
    assert found
    assert {one for one in found if not one.startswith(f"{PATH}/")} == set()


def test_cookies_are_for_the_path_and_for_https_alone(client: httpx.Client) -> None:
    told = client.get("league/150500").headers.get_list("Set-Cookie")
    assert told
    assert all(f"Path={PATH}" in one and "Secure" in one for one in told), told


def test_the_document_names_the_path_and_a_program_below_it_is_answered(client: httpx.Client) -> None:
    assert client.get("api/v1/openapi.json").json()["servers"] == [{"url": PATH}]
    workbook = client.get("api/v1/workbook", params={"area": "通辽市"})
    assert workbook.content.startswith(b"PK")
    again = client.get(
        "api/v1/workbook", params={"area": "通辽市"}, headers={"If-None-Match": workbook.headers["ETag"]}
    )
    assert again.status_code == 304
    saved = client.post("api/v1/scenarios", json={"scenario": {"name": "代理之后", "target": {"milk": 901}}})
    assert saved.status_code == 201
    history = client.get("api/v1/scenarios/history", params={"name": "代理之后"})
    assert "张三" in history.text


def test_whoever_has_no_login_is_not_let_in(client: httpx.Client) -> None:
    assert client.get("league/150500", auth=("zhangsan", "wrong")).status_code == 401
