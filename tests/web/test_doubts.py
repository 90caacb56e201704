"""A workbook that shows other figures than are read from it: a person decides before anything is kept."""

import re
from io import BytesIO

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from agriplan.cli import main
from agriplan.commands import session
from agriplan.commands.console import BAD_INPUT
from agriplan.web.pages.draft import unpack
from agriplan.workbook.readback import inputs
from tests.test_command_lines import MADE as ONCE
from tests.web.reading import field, tables_of, token_of
from tests.workbook.raw_edits import typed

GROWTH = ("inputs.leagues.entered_growth", "milk.150500")
LOCK = ("inputs.leagues.entered_lock", "milk.150500")
ACTUAL = ("years.years.entered_actual", "milk.150500.2021")
EIGHT = {"growth": {"milk": {"150500": 8.0}}}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def made(app) -> bytes:
    return app.test_client().get("/workbook/150500").data


@pytest.fixture(scope="module")
def doubtful(made: bytes) -> bytes:
    """Growth pasted as text, which the file's own figures leave out; a stroke, which is none."""
    return typed(made, {GROWTH: "8", ACTUAL: "-"})


def send(client: FlaskClient, address: str, **fields: object):
    sent = fields | {"csrf_token": token_of(client)}
    return client.post(address, data=sent, content_type="multipart/form-data")


def uploaded(app: Flask, workbook: bytes) -> TestResponse:
    return send(app.test_client(), "/upload", file=(BytesIO(workbook), "通辽市.xlsx"))


@pytest.fixture(scope="module")
def page_of_made(app: Flask, made: bytes) -> TestResponse:
    return uploaded(app, made)


@pytest.fixture(scope="module")
def page_of_doubtful(app: Flask, doubtful: bytes) -> TestResponse:
    return uploaded(app, doubtful)


def test_the_page_shows_both_plans_and_saves_nothing_before_it_is_accepted(
    client: FlaskClient, page_of_doubtful: TestResponse
):
    answer = page_of_doubtful
    assert answer.status_code == 409
    for said in ("以文本存放", "文件中显示“2.07”，按读到的输入应为“8”", "文件所示", "按空白读取", "采用读到的方案"):
        assert said in answer.text
    assert 'action="/scenarios' not in answer.text
    accepted = send(client, "/upload/accept", made=field(answer.text, "made"), read=field(answer.text, "read"))
    assert accepted.status_code == 200
    assert "存为方案" in accepted.text
    drafts = re.findall(r'name="draft" value="([^"]+)"', accepted.text)
    assert EIGHT in [unpack(draft).model_dump(exclude_defaults=True) for draft in drafts]


def test_the_page_says_nothing_of_doubts_where_there_are_none(page_of_made: TestResponse):
    assert page_of_made.status_code == 200
    assert "采用读到的方案" not in page_of_made.text
    assert "存为方案" in page_of_made.text


def test_a_file_without_a_change_is_told_as_such(
    app: Flask, made: bytes, page_of_made: TestResponse, page_of_doubtful: TestResponse
):
    for answer in (page_of_made, uploaded(app, typed(made, {GROWTH: "约5"}))):
        assert "没有改动" in answer.text
        assert "各方案的假设和规则相同" not in answer.text
    assert "没有改动" not in page_of_doubtful.text


def test_what_a_file_moves_is_signed_and_all_that_is_told_is_there(app: Flask, made: bytes):
    for growth, sign in ((1.0, -1), (9.0, 1)):
        page = uploaded(app, typed(made, {GROWTH: growth})).text
        (rows,) = (rows for rows in tables_of(page) if rows[0][:2] == ["指标", "地区"])
        assert "比较工作簿" not in page
        own = [row for row in rows[1:] if row[1:3] == ["通辽市", "趋势预测"]]
        assert [sign * float(row[5]) > 0 for row in own] == [True]
        for row in rows[1:]:
            before, after, difference = (float(cell.replace(",", "")) for cell in row[3:])
            assert difference == pytest.approx(after - before, abs=1e-9), row
            assert row[5].startswith("+" if difference > 0 else "-")


def test_the_api_answers_409_with_the_scenario_that_would_be_taken(client: FlaskClient, doubtful: bytes):
    answer = client.post("/api/v1/readback?lang=en", data=doubtful, content_type=WORKBOOK)
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert answer.json["scenario"] == EIGHT
    assert {problem["code"] for problem in answer.json["problems"]} >= {"typed_as_text", "workbook_figure_differs"}
    accepted = client.post("/api/v1/readback?lang=en&accept=true", data=doubtful, content_type=WORKBOOK)
    assert (accepted.status_code, accepted.json["scenario"]) == (200, EIGHT)
    assert [note["code"] for note in accepted.json["notes"]] == ["read_as_blank"]
    assert accepted.json["doubts"]


def test_the_command_line_exits_with_2_unless_it_is_accepted(
    doubtful: bytes, made: bytes, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("read_baselines", "suggestions_for"):
        monkeypatch.setattr(session, name, ONCE[name])
    monkeypatch.setattr(inputs, "read_back", ONCE["read_back"])
    file, fine = tmp_path / "doubtful.xlsx", tmp_path / "fine.xlsx"
    file.write_bytes(doubtful)
    fine.write_bytes(made)
    refused = CliRunner().invoke(main, ["read", str(file)])
    assert (refused.exit_code, refused.stdout) == (BAD_INPUT, "")
    assert "--accept" in refused.stderr
    accepted = CliRunner().invoke(main, ["read", "--accept", str(file)])
    assert (accepted.exit_code, accepted.stdout) == (0, '{"growth":{"milk":{"150500":8.0}}}\n')
    assert "以文本存放" in accepted.stderr
    settled = CliRunner().invoke(main, ["read", str(fine)])
    assert (settled.exit_code, settled.stdout, settled.stderr) == (0, "{}\n", "")


def test_good_cells_are_offered_although_others_are_refused(client: FlaskClient, made: bytes):
    data = typed(made, {GROWTH: 8.0, LOCK: "36²", ACTUAL: "约5"})
    answer = client.post("/api/v1/readback", data=data, content_type=WORKBOOK)
    assert answer.json["scenario"] == EIGHT
    assert {"mark_in_number", "not_a_number"} <= {problem["code"] for problem in answer.json["problems"]}
