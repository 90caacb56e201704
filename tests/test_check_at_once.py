"""`agriplan check` tells at once what is wrong, what a plan lacks besides, and what to look at again."""

import json

import pytest
from bad_data import SHIPPED, broken_copy, mistakes
from click.testing import CliRunner

from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.errors import BaselinesError

MISTAKES = mistakes()
DOUBTFUL = [mistake for mistake in MISTAKES.values() if "caution" in mistake]
WRONG = {
    name: mistake
    for name, mistake in MISTAKES.items()
    if not ({"caution", "read", "alone"} & {*filter(mistake.get, mistake)})
}
SUM = {"file": "observed.csv", "find": "150500,milk_output,2020,35.87,", "put": "150500,milk_output,2020,358.7,"}


def told(folder):
    result = CliRunner().invoke(main, ["check", "--baselines", str(folder), "--json"])
    return {level: [one["place"] for one in each] for level, each in json.loads(result.output).items()}


def without_row(start):
    text = (SHIPPED / "observed.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines(keepends=True) if line.startswith(start))
    return {"file": "observed.csv", "find": row, "put": ""}


def test_a_wrong_sum_a_lacking_figure_and_a_doubtful_one_are_told_together(tmp_path):
    share = {
        "file": "observed.csv",
        "find": "150100,improved_breed_rate,2020,97,",
        "put": "150100,improved_breed_rate,2020,0.97,",
    }
    found = told(broken_copy(SHIPPED, tmp_path / "copy", [SUM, without_row("150500,forage_value,2020"), share]))
    lines = (tmp_path / "copy" / "observed.csv").read_text(encoding="utf-8").splitlines()
    line = next(number for number, row in enumerate(lines, 1) if row.startswith("150100,improved_breed_rate,2020"))
    assert "observed.csv: forage_value, 150500, 2020" in found["errors"]
    assert any(place.startswith("observed.csv:") and "forage" not in place for place in found["errors"])
    assert found["cautions"] == [f"observed.csv:{line}: value"]


def test_every_caution_is_told_beside_a_mistake_of_another_row(tmp_path):
    alone = [caution.place for caution in read_baselines(broken_copy(SHIPPED, tmp_path / "alone", DOUBTFUL)).cautions]
    beside = told(broken_copy(SHIPPED, tmp_path / "beside", [MISTAKES["place_league_unknown"], *DOUBTFUL]))
    assert len(alone) > 5
    assert beside["errors"]
    assert sorted(beside["cautions"]) == sorted(alone)


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", WRONG)
def test_nothing_is_said_to_lack_or_to_be_doubtful_that_only_follows_from_a_mistake(name, tmp_path):
    with pytest.raises(BaselinesError) as caught:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [WRONG[name]]))
    assert [one.text("en") for one in (*caught.value.lacking, *caught.value.cautions)] == []
