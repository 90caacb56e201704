"""Leagues that no commitment names may lack a figure, or the herd of a rate: nothing is known of them on any door."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.analysis.hindsight import hindsights
from agriplan.analysis.outlook import outlook_by_key
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggest_growth, suggestions_as_of
from agriplan.report.evaluation_json import evaluation_json
from agriplan.report.plan_json import to_json
from agriplan.sentences import LANGS
from agriplan.web.pages.draft import pack
from agriplan.workbook.agreement import compare_with_engine
from agriplan.workbook.content.book import describe_unevaluated
from agriplan.workbook.evaluate.program import compile_book
from agriplan.workbook.evaluate.values import ErrorValue
from agriplan.workbook.files import load_template
from tests.bad_data import SHIPPED, broken_copy
from tests.engine.test_nothing_at_all import LEFT_OUT, all_said, said_in_brief
from tests.thoroughness import FULL
from tests.web.conftest import MakeApp
from tests.web.test_pages_of_nothing import WITHOUT_NUMBER

RATE, HERD, LEAGUE, REGION = "improved_breed_rate", "livestock_units", "152900", "150000"
# What the league has no figure of, and the commitments of which nothing is then known.
FOLDERS = [
    ((HERD, "milk_output", "mutton_output"), {RATE, "milk", "meat_sheep_value"}),
    *(
        pytest.param(*case, marks=pytest.mark.thorough)
        for case in [
            ((RATE,), {RATE}),
            ((RATE, HERD), {RATE}),
            (("forage_value",), {"forage_value"}),
            (("beef_output",), {"beef_cattle_value"}),
            ((), set()),
        ]
    ),
]
CAME = {RATE: 90, "milk": 2, "meat_sheep_value": 12, "beef_cattle_value": 2, "forage_value": 4}
REPORTED = {name: {LEAGUE: {"2022": one}} for name, one in CAME.items()}
SCENARIOS = {"its figures and its herd": {"as_of": 2022, "actual": REPORTED | {HERD: {LEAGUE: {"2021": 88}}}}}
if FULL:
    last = {name: {LEAGUE: {"2025": one}} for name, one in CAME.items()}
    SCENARIOS |= {
        "nothing": {"as_of": 2022},
        "its figures": {"as_of": 2022, "actual": REPORTED},
        "the last year": {"as_of": 2025, "actual": last},
    }
PAGES = ("/", f"/league/{LEAGUE}", f"/indicator/{RATE}", "/indicator/milk", "/evaluation", f"/actuals/{LEAGUE}")


def folder_without(lacking: Iterable[str], target: Path) -> Path:
    """The shipped data in which no commitment names the league, it lacks figures, and the region's rate is nothing."""
    stated = (SHIPPED / "commitments.toml").read_text(encoding="utf-8")
    commitments, mark, rest = stated.partition("[[direction]]")
    rows = (SHIPPED / "observed.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    left = [row for row in rows if not row.startswith(tuple(f"{LEAGUE},{one}," for one in lacking))]
    nothing = "".join(left).replace(f"{REGION},{RATE},2020,93.45,", f"{REGION},{RATE},2020,0,")
    unnamed = commitments.replace(f', "{LEAGUE}"', "") + mark + rest
    assert unnamed != stated
    files = {"commitments.toml": unnamed, "observed.csv": nothing}
    return broken_copy(SHIPPED, target, [{"file": file, "whole": whole} for file, whole in files.items()])


def disagreements(plan: Plan) -> list[object]:
    """Cells of the region's and the league's workbook that differ from the plan, or that are errors."""
    found: list[object] = []
    for code in (REGION, LEAGUE):
        book = describe_unevaluated(plan, code, "zh", load_template(None, "zh").words)
        program = compile_book(book)
        values = dict(zip(program.order, program.evaluate(program.given(book)), strict=True))
        found += compare_with_engine(plan, book, values).differences
        for entry, value in values.items():
            each = value if isinstance(value, list) else [value]
            found += [(entry, one) for one in each if isinstance(one, ErrorValue)]
    return found


def nothing_is_known(plan: Plan, evaluation: Evaluation, indicator: str) -> None:
    row = plan.row_of(indicator, LEAGUE)
    figures = ("baseline", "projection", "target", "needed_growth")
    assert [name for name in figures if not np.isnan(row[name])] == []
    assert row["grade"] == ""
    assert {year["status"] for year in plan.year_rows(indicator, LEAGUE)[1:]} == {"no_target"}
    assert np.isfinite([year["milestone"] for year in plan.year_rows(indicator, REGION)]).all()
    assert hindsights(plan, plan.baselines.by_id[indicator], LEAGUE) == []
    ahead = outlook_by_key(plan)[indicator, LEAGUE]
    assert (ahead["band"], ahead["entered_band"]) == ("", "")
    judged = evaluation.by_key[indicator, LEAGUE]
    assert (judged["verdict"], judged["grade"], judged["band"]) == ("not_judged", "", "")


def left_out_on_pages(client: FlaskClient, plan: Plan) -> dict[str, list[str]]:
    draft, found = pack(plan.scenario), {}
    for lang in LANGS:
        for page in PAGES:
            answer = client.get(f"{page}?draft={draft}&lang={lang}")
            text = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", answer.text, flags=re.DOTALL)
            said = re.sub(r"<[^>]+>", "", text)
            if left := [said[max(one.start() - 60, 0) : one.end() + 20] for one in WITHOUT_NUMBER.finditer(said)]:
                found[f"{page} {lang}"] = left
            if answer.status_code != 200:
                found[f"{page} {lang}"] = [str(answer.status_code)]
    return found


@pytest.mark.parametrize(("lacking", "unknown"), FOLDERS, ids=lambda one: "-".join(sorted(one)) or "nothing")
def test_what_no_figure_of_a_league_allows_to_count_is_empty_on_every_door(
    lacking: tuple[str, ...], unknown: set[str], make_app: MakeApp, tmp_path: Path
) -> None:
    folder = folder_without(lacking, tmp_path / "data")
    data = read_baselines(folder)
    suggestions = suggest_growth(data)
    client = make_app(baselines=folder).test_client()
    for name, asked in SCENARIOS.items():
        plan = make_plan(parse_scenario(asked), data, suggestions)
        year = plan.scenario.as_of or data.base_year
        evaluation = evaluate(plan, suggestions_as_of(data, suggestions, year), year)
        for indicator in unknown:
            nothing_is_known(plan, evaluation, indicator)
        assert disagreements(plan) == [], name
        said = [*all_said(json.loads(to_json(plan))), *all_said(json.loads(evaluation_json(evaluation)))]
        said += [text for code in (REGION, LEAGUE) for text in said_in_brief(evaluation, code)]
        assert [text for text in said if LEFT_OUT.search(text)] == [], name
        assert left_out_on_pages(client, plan) == {}, name


def test_a_league_without_a_figure_is_not_said_to_have_a_growth(make_app: MakeApp, tmp_path: Path) -> None:
    client = make_app(baselines=folder_without(("milk_output",), tmp_path / "data")).test_client()
    for lang, said, never in (
        ("zh", "没有基期值，没有建议增速", "无历史支持"),
        ("en", "no base-year value, so no suggestion", "assumption, no"),
    ):
        text = client.get(f"/league/{LEAGUE}?lang={lang}").text
        assert said in text
        assert never not in text
