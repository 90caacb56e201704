"""A brief as a download: from a page, from the API, the same file."""

import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_page_and_api_hand_out_the_same_brief(client: FlaskClient) -> None:
    page = client.get("/brief/150500?as_of=2022")
    told = client.get("/api/v1/brief?area=通辽市&as_of=2022")
    sent = client.post("/api/v1/brief?area=150500&as_of=2022", json={})
    assert page.status_code == told.status_code == sent.status_code == 200
    assert page.content_type == WORD
    assert page.data == told.data == sent.data
    assert client.get("/brief/150500?as_of=2022", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_a_character_that_no_word_file_can_hold_is_left_out(client: FlaskClient, character: str) -> None:
    sent = client.post("/api/v1/brief?area=150500&as_of=2022", json={"name": f"通辽{character}提速"})
    assert sent.status_code == 200
    with zipfile.ZipFile(io.BytesIO(sent.data)) as package:
        text = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    assert "通辽提速" in re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("address", ["/brief/nowhere", "/brief/region?as_of=x"])
def test_what_there_is_no_brief_of_is_told(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in (404, 422)
    assert client.get("/api/v1/brief?as_of=2019").status_code == 422
