"""A form of a session that has ended: nothing is lost, and the button that is offered works."""

import html
import io
import re

import pytest
from flask.testing import FlaskClient

from agriplan.web.service import EXTENSION_NAME
from tests.web.conftest import MakeApp
from tests.web.reading import field


def hidden_fields(page: str) -> dict[str, str]:
    form = page[page.index("<main") : page.index("</main>")]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


@pytest.fixture(params=["", "a-token-of-another-session"])
def token(request: pytest.FixtureRequest) -> dict[str, str]:
    return {"csrf_token": request.param} if request.param else {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_button_does_what_was_asked_for(make_app: MakeApp, token: dict[str, str], lang: str) -> None:
    client = make_app().test_client()
    typed = {"growth.milk.150500": "3.99", "name": "会后再存", "note": "一、二", "save": "1", "draft": "", "from": ""}
    answer = client.post(f"/league/150500?lang={lang}", data=typed | token)
    assert answer.status_code == 400
    assert client.application.extensions[EXTENSION_NAME].store.count() == 0
    fields = hidden_fields(answer.text)
    assert typed.items() <= fields.items()
    assert "3.99" in re.sub(r"<input[^>]*>", "", answer.text)
    action = re.search(r'<form method="post" action="([^"]+)"', answer.text)
    assert action
    done = client.post(html.unescape(action[1]), data=fields, follow_redirects=True)
    assert done.status_code == 200
    assert client.application.extensions[EXTENSION_NAME].store.current("会后再存")
    assert field(done.text, "growth.milk.150500") == "3.99"


def test_a_file_is_asked_for_again(client: FlaskClient) -> None:
    answer = client.post("/upload", data={"file": (io.BytesIO(b"x"), "a.xlsx")})
    assert answer.status_code == 400
    assert re.search(r'<input type="file" name="file" required>', answer.text)
    assert 'enctype="multipart/form-data"' in answer.text


def test_a_form_that_another_site_has_sent_is_not_offered_again(client: FlaskClient) -> None:
    for site in ("cross-site", "same-site"):
        answer = client.post("/scenarios/archive", data={"name": "x"}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 400
        assert hidden_fields(answer.text) == {}
