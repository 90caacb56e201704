"""A herd or a unit value of 0 has no meaning: a sentence says so wherever one is handed in."""

import json

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.cli import main
from agriplan.commands.console import BAD_INPUT
from tests.web.reading import send

SAID = "必须大于 0"


@pytest.fixture(params=["livestock_units", "beef_unit_value", "mutton_unit_value"])
def path(request, baselines: Baselines) -> tuple[str, str]:
    code = "150500" if request.param == "livestock_units" else baselines.region.code
    return request.param, code


def scenario(path: tuple[str, str], value: object) -> dict[str, object]:
    return {"baseline": {path[0]: {path[1]: {"value": value, "source": "统计局"}}}}


def test_these_are_all_the_herds_and_unit_values(baselines: Baselines):
    known = {name for commitment in baselines.commitments for name in (commitment.herd, commitment.unit_value) if name}
    assert known == {"livestock_units", "beef_unit_value", "mutton_unit_value"}


@pytest.mark.parametrize("value", [0, 0.0, "-0", "0"])
def test_the_api_refuses_it_for_plans_and_workbooks(client: FlaskClient, path, value):
    for address in ("plan", "workbook?area=150500", "workbook?area=all"):
        answer = client.post(f"/api/v1/{address}", json=scenario(path, value))
        assert answer.status_code == 422
        (problem,) = answer.json["problems"]
        assert (problem["place"], SAID in problem["detail"]) == (f"baseline.{path[0]}.{path[1]}.value", True)


def test_the_pages_say_it_at_the_field(client: FlaskClient, path):
    name = f"baseline__{path[0]}__{path[1]}"
    page = "/league/150500" if path[0] == "livestock_units" else "/"
    for address in (page, "/indicator/improved_breed_rate"):
        fields = {f"{name}__value": "0", f"{name}__source": "统计局"}
        answer = send(client, address, **fields)
        assert answer.status_code in (422, 405)
        assert answer.status_code == 405 or SAID in answer.text


def test_the_command_line_says_it(tmp_path, path):
    file = tmp_path / "zero.json"
    file.write_text(json.dumps(scenario(path, 0)), encoding="utf-8")
    for words in (["plan", "--scenario", file], ["workbook", "150500", "--scenario", file, "-o", tmp_path / "x.xlsx"]):
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert (result.exit_code, result.stdout) == (BAD_INPUT, "")
        assert SAID in result.stderr
