"""The navigation marks the part of the service that a page belongs to, whether it was opened or answers a form."""

import io
import re

import pytest
from flask.testing import FlaskClient

MARKED = re.compile(r"<nav aria-label.*?</nav>", re.DOTALL)


def marked(page: str) -> list[str]:
    """The addresses that are marked as those of this page."""
    return re.findall(r'<a href="(/[^"?]*)[^"]*" aria-current="page"', MARKED.search(page)[0])


@pytest.mark.parametrize(
    ("address", "within"),
    [
        ("/", ["/"]),
        ("/compare/rules", ["/compare"]),
        ("/scenarios/history", ["/scenarios"]),
        ("/evaluation", ["/evaluation"]),
        ("/league/150500", []),
        ("/data", ["/data"]),
    ],
)
def test_a_page_is_marked_by_the_part_that_it_belongs_to(address: str, within: list[str], client: FlaskClient) -> None:
    assert marked(client.get(address, follow_redirects=True).text) == within


def test_a_page_that_answers_a_form_is_marked_as_the_one_that_asked(client: FlaskClient) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/upload").text)[1]
    sent = {"csrf_token": token, "file": (io.BytesIO(b"no workbook"), "a.xlsx")}
    assert marked(client.post("/upload", data=sent).text) == ["/upload"]
