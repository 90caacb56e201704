"""The workbook that a page hands out holds what the page shows."""

import io
import zipfile
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from agriplan.engine.scenario import Scenario
from agriplan.web.pages.draft import pack
from agriplan.web.service import EXTENSION_NAME
from agriplan.workbook import files
from tests.thoroughness import FULL, tried
from tests.web.conftest import MakeApp
from tests.web.downloads import first_sheet, opened
from tests.web.reading import rows_of

FASTER = pack(Scenario(name="通辽提速", growth={"milk": {"150500": 8.0}}))


def test_every_league_s_page_and_workbook_print_the_same(client: FlaskClient) -> None:
    data = client.application.extensions[EXTENSION_NAME].baselines
    ids = {commitment.name_zh: commitment.id for commitment in data.commitments}
    for league in data.leagues[:: tried(6, 1)]:  # with every run a few by turns
        rows = rows_of(client.get(f"/league/{league.code}?draft={FASTER}").text)
        made = client.get(f"/workbook/{league.code}?draft={FASTER}&lang=zh").data
        sheet = first_sheet(opened(made, sheet_by_sheet=True), ids)
        for commitment in data.commitments:
            shown = rows[f"row-{commitment.id}"]
            assert len(sheet[commitment.id]) >= 5
            for place, figure in sheet[commitment.id].items():
                # A league that takes no share has a dash on the page and none, or a nought, in the sheet.
                if shown[place] != "—":
                    # The page says what was entered beside the band by history, the sheet under its own heading; what
                    # is assumed the page says in words, the sheet by a mark.
                    assert figure.rstrip(" *") == shown[place].partition("按填报增速")[0], (
                        league.name_zh,
                        commitment.id,
                        place,
                    )


def test_a_download_has_a_chinese_name_and_a_mark_of_its_inputs(client: FlaskClient) -> None:
    answer = client.get(f"/workbook/150500?draft={FASTER}")
    assert "通辽市-未保存的修改（1处）" in unquote(answer.headers["Content-Disposition"])
    again = client.get(f"/workbook/150500?draft={FASTER}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/workbook/150500").headers["ETag"] != answer.headers["ETag"]


def test_an_unknown_area_has_no_workbook(client: FlaskClient) -> None:
    assert client.get("/workbook/999999").status_code == 404


def test_the_pack_holds_the_region_and_every_league_and_all_carry_the_scenario_s_name(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose they are is all that is drawn of the workbooks: tests/workbook/test_pack.py reads a whole pack."""
    if not FULL:
        monkeypatch.setattr(files, "write_workbook", lambda _plan, code, *_: code.encode())
    answer = make_app().test_client().get(f"/workbook/all?draft={FASTER}")
    assert "全区及各盟市-未保存的修改（1处）" in unquote(answer.headers["Content-Disposition"])
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    books = [name for name in names if name.endswith(".xlsx")]
    assert len(books) == 13
    assert "通辽市-未保存的修改（1处）.xlsx" in books
    assert all(name.endswith("-未保存的修改（1处）.xlsx") for name in books)
