"""A brief as a download: from a page, from the API, the same file."""

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from agriplan.web import brief_files, workbook_files

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_page_and_api_hand_out_the_same_brief(client: FlaskClient) -> None:
    page = client.get("/brief/150500?as_of=2022")
    told = client.get("/api/v1/brief?area=通辽市&as_of=2022")
    sent = client.post("/api/v1/brief?area=150500&as_of=2022", json={})
    assert page.status_code == told.status_code == sent.status_code == 200
    assert page.content_type == WORD
    assert page.data == told.data == sent.data
    assert client.get("/brief/150500?as_of=2022", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_name_of_a_scenario_leaves_the_footer_on_one_line_and_stands_whole_in_the_text(
    client: FlaskClient, lang: str
) -> None:
    name = "规划修订草案" * 9 + "（甲）"
    sent = client.post(f"/api/v1/brief?area=150500&as_of=2022&lang={lang}", json={"name": name})
    with zipfile.ZipFile(io.BytesIO(sent.data)) as package:
        footers = [package.read(each).decode() for each in package.namelist() if "footer" in each]
        assert package.read("word/document.xml").decode().count(name) == 1
    assert not any(name in footer for footer in footers)
    assert any("…" in footer for footer in footers)


@pytest.mark.parametrize(
    ("address", "plain", "chinese"),
    [
        ("/brief/150500?as_of=2022", "Tongliao-brief-2022.docx", "通辽市-2022年评估简报.docx"),
        ("/brief/150500", "Tongliao-brief-2025.docx", "通辽市-2025年评估简报.docx"),
        ("/api/v1/brief?as_of=2021", "Inner-Mongolia-brief-2021.docx", "内蒙古自治区-2021年评估简报.docx"),
        ("/api/v1/workbook?area=150500", "Tongliao-plan-2025.xlsx", "通辽市-2025年规划测算.xlsx"),
        ("/compare/workbook", "scenarios-compared-2025.xlsx", "2025年方案比较-默认方案-提速.xlsx"),
    ],
)
def test_every_download_of_a_plan_says_its_year_in_either_name(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str, plain: str, chinese: str
) -> None:
    monkeypatch.setattr(brief_files, "write_brief", lambda *_: b"brief")
    monkeypatch.setattr(workbook_files, "_make_workbook", lambda *_: b"workbook")
    monkeypatch.setattr(workbook_files, "_make_comparison", lambda *_: b"comparison")
    compared = {"scenarios": [{}, {"name": "提速", "growth": {"milk": {"150500": 8}}}]}
    answer = client.post(f"/api/v1{address}", json=compared) if "compare" in address else client.get(address)
    header = answer.headers["Content-Disposition"]
    assert header.startswith(f"attachment; filename={plain}; filename*=UTF-8''")
    assert unquote(header.partition("''")[2]) == chinese


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
