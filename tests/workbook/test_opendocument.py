"""A workbook kept as .ods comes back the way that the sentence about .ods files says."""

import subprocess
from pathlib import Path

import pytest

from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.workbook.files import load_template, write_workbook
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.office_edits import edit_in_office
from tests.workbook.reading_back import read_here
from tests.workbook.recalculation import OFFICE, prepare_profile

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.mark.thorough
def test_an_ods_file_worked_out_once_more_and_saved_as_xlsx_is_read_without_a_doubt(
    baselines: Baselines, tmp_path: Path
) -> None:
    """LibreOffice stores 0 in .ods for a formula that gives no words, until everything is recalculated."""
    data = of_indicators(baselines, {"milk", "beef_cattle_value"})
    suggested = suggestions_for(data)
    file = tmp_path / "made.xlsx"
    plan = make_plan(Scenario(), data, suggested)
    file.write_bytes(write_workbook(plan, "150500", load_template(None, "zh"), "zh"))
    prepare_profile(tmp_path / "profile")
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--calc"]
    command += ["--convert-to", "ods", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    # Everything is recalculated, as Ctrl+Shift+F9 does, before the file is saved.
    back = edit_in_office(tmp_path / "made.ods", tmp_path, {"recalculated": ""})
    result = read_here(back["recalculated"].read_bytes(), data, suggested)
    assert (result.doubts, result.scenario) == ((), Scenario())
