import json
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from agriplan.cli import main
from agriplan.web.pages import upload
from agriplan.web.service import EXTENSION_NAME
from agriplan.workbook import package
from agriplan.workbook.readback import file_kinds, inputs, limited
from tests.test_command_lines import once
from tests.web.reading import field, send
from tests.workbook.filling_in import filled_in, find, loaded, saved

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCENARIO = {"name": "通辽提速", "growth": {"milk": {"150500": 8.0}}, "target": {"milk": 990.0}}


def send_back(client: FlaskClient, workbook: bytes):
    return client.post("/api/v1/readback?lang=en", data=workbook, content_type=WORKBOOK)


def test_a_workbook_sent_back_as_it_was_gives_the_scenario_that_it_was_made_from(client: FlaskClient):
    workbook = client.post("/api/v1/workbook?area=通辽市", json=SCENARIO).data
    answer = send_back(client, workbook).json
    assert answer["scenario"] == SCENARIO
    assert {change["path"]: change["values"] for change in answer["changes"]} == {
        "growth.milk.150500": [None, 8.0],
        "target.milk": [None, 990.0],
    }


@pytest.mark.parametrize("way", ["page", "api"])
def test_a_file_is_opened_once_and_read_once_in_a_request(client: FlaskClient, way: str, monkeypatch):
    workbook = client.get("/api/v1/workbook?area=150500").data
    openings: list[str] = []
    run, zip_file = limited.subprocess.run, ZipFile

    def opening(*given: object) -> ZipFile:
        openings.append("opened")
        return zip_file(*given)

    def reading(*given: object, **named: object) -> object:
        openings.append("read")
        return run(*given, **named)

    for module in (package, file_kinds):
        monkeypatch.setattr(module, "ZipFile", opening)
    monkeypatch.setattr(limited.subprocess, "run", reading)
    if way == "page":
        assert send(client, "/upload", file=(BytesIO(workbook), "通辽市.xlsx")).status_code == 200
    else:
        assert send_back(client, workbook).status_code == 200
    assert openings == ["opened", "read"]


def test_what_was_read_as_blank_is_told_beside_a_scenario_that_is_in_doubt(client: FlaskClient):
    book = loaded(client.post("/api/v1/workbook?area=通辽市", json=SCENARIO).data)
    sheet, row, column = find(book, "inputs.leagues.entered_growth", "milk.150500")
    sheet.cell(row, column).value = "——"  # by a program that works no formula out
    answer = send_back(client, saved(book))
    assert answer.status_code == 409
    assert [note["code"] for note in answer.json["notes"]] == ["read_as_blank"]
    assert answer.json["scenario"] == {"name": "通辽提速", "target": {"milk": 990.0}}


def test_nothing_is_saved_by_sending_back(client: FlaskClient):
    before = client.get("/api/v1/scenarios").json
    assert send_back(client, client.get("/api/v1/workbook?area=150500").data).status_code == 200
    assert client.get("/api/v1/scenarios").json == before


def test_files_that_are_read_at_once_are_few_and_further_ones_are_told_to_come_back(make_app):
    app = make_app(threads=5)
    client, heavy = app.test_client(), app.extensions[EXTENSION_NAME].heavy
    table = {"pasted": "", "csrf_token": field(client.get("/tables").text, "csrf_token")}
    book = {"csrf_token": field(client.get("/upload").text, "csrf_token")}
    with heavy.inside():  # the one seat that five threads leave
        for answer in (
            send_back(client, b"PK"),
            client.post("/upload", data=book | {"file": (BytesIO(b"PK"), "a.xlsx")}),
            client.post("/tables", data=table | {"file": (BytesIO(b"PK"), "a.xlsx")}),
        ):
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
    assert send_back(client, b"PK").status_code == 422


def test_what_is_no_workbook_of_ours_is_told_in_a_sentence(client: FlaskClient):
    bomb = BytesIO()
    with ZipFile(bomb, "w", compression=8) as pack:
        pack.writestr("xl/workbook.xml", b"<a/>" * 10_000_000)
    for content in (b"", b"PK", b"not a workbook", bomb.getvalue()):
        answer = send_back(client, content)
        assert answer.status_code == 422
        assert answer.json["problems"][0]["detail"]


def test_a_workbook_that_is_too_large_is_refused_before_it_is_read(make_app):
    client = make_app(most_upload_bytes=2048).test_client()
    assert send_back(client, bytes(4096)).status_code == 413


ODD = {
    "actual": {"milk": {"150500": {"2021": 366.0}}},
    "growth": {"milk": {"150500": 0.08}, "livestock_units": {"150500": 500.0}},
    "baseline": {"mutton_unit_value": {"150000": {"value": 75.86, "source": "通辽市统计局"}}},
    "allocation": {"milk": {"lock": {"150500": 400.0}}},
}
PLACES = {
    *("actual.milk.150500.2021", "growth.milk.150500", "growth.livestock_units.150500"),
    *("baseline.mutton_unit_value.150000.value", "allocation.milk.lock.150500"),
}


def test_odd_entries_of_a_workbook_are_asked_about_by_the_service_the_page_and_the_command(
    client, tmp_path, monkeypatch
):
    """Each asks for it; the file is read once for the service, and once for the command with its own data."""
    monkeypatch.setattr(inputs, "read_back", once(inputs.read_back, lambda sent, data, _: (sent, id(data))))
    monkeypatch.setattr(upload, "read_back", inputs.read_back)
    workbook = client.post("/api/v1/workbook?area=150000", json=ODD).data
    cautions = send_back(client, workbook).json["cautions"]
    assert {one["place"] for one in cautions} == PLACES
    page = unescape(send(client, "/upload", file=(BytesIO(workbook), "全区.xlsx")).text)
    file = tmp_path / "region.xlsx"
    file.write_bytes(workbook)
    said = CliRunner().invoke(main, ["--lang", "zh", "read", str(file)])
    assert json.loads(said.stdout) == ODD
    told = json.loads(CliRunner().invoke(main, ["read", str(file), "--json"]).stdout)
    assert told["cautions"] == cautions
    for one in cautions:
        assert one["zh"] in page
        assert one["zh"] in said.stderr


def test_what_is_left_out_is_told_on_every_door(client: FlaskClient, tmp_path):
    """A figure without its source: exit status 0 once it is accepted, and still said to be in no scenario."""
    made = client.post("/api/v1/workbook?area=150500", json=SCENARIO).data
    file, expected = tmp_path / "通辽市.xlsx", "所填的38万吨未采用，方案中为35.87万吨（默认）"
    file.write_bytes(filled_in(made, {("inputs.leagues.own", "milk.150500"): 38.0}))
    for accepted in ([], ["--accept"]):
        said = CliRunner().invoke(main, ["--lang", "zh", "read", str(file), *accepted])
        assert expected in said.stderr
    assert json.loads(said.stdout) == SCENARIO
    assert expected in unescape(send(client, "/upload", file=(BytesIO(file.read_bytes()), file.name)).text)
    for asked in ("", "&accept=true"):
        answer = client.post(f"/api/v1/readback?lang=zh{asked}", data=file.read_bytes(), content_type=WORKBOOK)
        assert expected in " ".join(one["detail"] for one in answer.json["notes"])
