import stat
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from agriplan.errors import SettingsError
from agriplan.settings import Settings
from agriplan.web.file_response import disposition
from agriplan.web.signing_key import kept_key, secret_key
from agriplan.workbook.file_names import file_name


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/plan", "/api/docs", "/nothing", "/static/api.css"])
def test_every_answer_forbids_what_is_loaded_or_run_from_elsewhere(client: FlaskClient, path: str):
    for _ in range(2):  # the second may come from memory
        with client.get(path) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_the_page_of_the_api_loads_nothing_from_elsewhere(client: FlaskClient):
    page = client.get("/api/docs").text
    assert "http://" not in page
    assert "https://" not in page
    assert "/api/v1/compare/rules" in page


@pytest.mark.parametrize(
    "text", ["通辽\r\nSet-Cookie: a=b", 'a"; filename=b.exe', "../../etc/passwd", "CON", "", "\x00"]
)
def test_a_persons_text_stays_inside_its_header_and_folder(text: str):
    header = disposition(f"{text}.xlsx", f"{text}.xlsx")
    assert header.isascii()
    assert header.isprintable()
    assert header.count(";") == 2
    assert not set(file_name(text)) & set('\\/:*?"<>|\r\n\x00')
    assert file_name(text)


def test_the_key_is_made_once_for_its_owners_eyes(tmp_path: Path):
    path = tmp_path / "new" / "secret-key"
    first = kept_key(path)
    assert len(first) == 64
    assert kept_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_lasts_one_run_where_it_cannot_be_kept(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert len(kept_key(tmp_path / "file" / "secret-key")) == 64


def test_a_key_that_can_be_guessed_is_refused_without_repeating_it():
    with pytest.raises(SettingsError) as refused:
        secret_key(Settings(secret_key="hush-hush"))
    assert "hush" not in refused.value.text("en")
