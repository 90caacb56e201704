"""Names of a data folder: on one line, of letters that are seen, of one thing, and never a path."""

import re

import pytest
from bad_data import SHIPPED, broken_copy
from click.testing import CliRunner

from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.errors import BaselinesError

# Where a name stands: the file, what stands before it, the name, and how the place is told.
NAMES = (
    ("leagues.csv", "150500,", "通辽市", "name_zh"),
    ("leagues.csv", "150400,赤峰市,", "Chifeng", "name_en"),
    ("leagues.csv", "league,7,", "锡盟；Xilin Gol；Xilinguole", "also"),
    ("indicators.csv", "milk_output,", "奶类产量", "name_zh"),
    ("commitments.toml", 'name_zh = "', "奶类产量", "name_zh"),
    ("plan.toml", 'name_zh = "', "内蒙古自治区“十四五”农牧业目标", "name_zh"),
    ("plan.toml", 'code = "150000"\nname_zh = "', "内蒙古自治区", "region.name_zh"),
    ("places.csv", "", "黄河流域", "place_zh"),
)
UNFIT = {"nothing but a mark": "\ufeff", "a bell": "通\a辽", "a line break": "通\n辽", "endless": "通" * 5000}


def told(folder):
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    return [
        (one.place.partition(":")[0], one.place.split()[-1].split("].")[-1], one.code) for one in caught.value.problems
    ]


@pytest.mark.parametrize("unfit", UNFIT)
def test_a_name_that_cannot_be_seen_or_stand_on_one_line_is_refused_wherever_it_is_given(unfit, tmp_path):
    folder, put = broken_copy(SHIPPED, tmp_path / "copy", []), UNFIT[unfit]
    in_toml = put.replace("\n", "\\n").replace("\a", "\\u0007")
    for file, before, right, _ in NAMES:
        text = (folder / file).read_text(encoding="utf-8")
        assert before + right in text
        wrong = f'"{put}"' if file.endswith(".csv") else in_toml
        (folder / file).write_text(text.replace(before + right, before + wrong, 1), encoding="utf-8")
    found = told(folder)
    for file, _, _, place in NAMES:
        assert (file, place, "unfit_name") in found


def test_two_indicators_of_one_name_are_told(tmp_path):
    slip = {"file": "indicators.csv", "find": "beef_output,牛肉产量,", "put": "beef_output,奶类产量,"}
    assert [code for *_, code in told(broken_copy(SHIPPED, tmp_path / "copy", [slip]))] == ["name_of_another_indicator"]


@pytest.mark.parametrize("name", ["../../甲/乙", "海拉尔/呼市"])
def test_a_workbook_is_written_into_the_folder_that_was_asked_for_whatever_its_league_is_called(name, tmp_path):
    slip = {"file": "leagues.csv", "find": "150100,呼和浩特市,", "put": f"150100,{name},"}
    folder = broken_copy(SHIPPED, tmp_path / "deep" / "copy", [slip])
    out = tmp_path / "deep" / "a" / "out"
    out.mkdir(parents=True)
    done = CliRunner().invoke(main, ["--baselines", str(folder), "workbook", "150100", "-o", str(out)])
    assert not done.exit_code, done.output
    written = list(tmp_path.rglob("*.xlsx"))
    assert [file.parent for file in written] == [out]
    assert not re.search(r"[\\/]", written[0].name)
