"""Leagues that the plan does not name for an indicator have no target issued, and are judged alike everywhere."""

import html
import io
import re

import pytest
from docx import Document
from flask.testing import FlaskClient

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.analysis.evaluation_words import headline, say_verdict
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.brief.document import write_brief
from agriplan.sentences import say
from agriplan.workbook.content.book import describe_book

AS_OF = 2023


@pytest.fixture(scope="module")
def evaluation(baselines: Baselines, suggestions) -> Evaluation:
    issued = make_plan(parse_scenario({"as_of": AS_OF}), baselines, suggestions)
    return evaluate(issued, suggestions_as_of(baselines, suggestions, AS_OF), AS_OF)


def without_issue(data: Baselines) -> dict[str, list[str]]:
    """The leagues that some indicator does not name, each with those indicators."""
    left = {
        league.code: [one.id for one in data.commitments if league.code not in one.leagues] for league in data.leagues
    }
    assert {len(one) for one in left.values()} > {0}
    return {code: ids for code, ids in left.items() if ids}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_gives_them_the_verdict_of_the_evaluation_and_says_that_none_is_issued(
    client: FlaskClient, evaluation: Evaluation, baselines: Baselines, lang: str
) -> None:
    page = client.get(f"/evaluation?as_of={AS_OF}&lang={lang}").text
    board = re.search(r'<table [^>]*id="board">.*?</table>', page, re.DOTALL)[0]
    rows = [html.unescape(row) for row in board.split("<tr>")[2:]]
    for code, ids in without_issue(baselines).items():
        (row,) = (row for row in rows if f"/league/{code}" in row)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        for cell, one in zip(cells, baselines.commitments, strict=True):
            verdict = say_verdict(evaluation.by_key[one.id, code], baselines, lang)
            assert f">{verdict}</span>" in cell, (code, one.id)
            assert (say("reason.not_named", lang) in cell) == (one.id in ids)
    assert say("page.evaluation.again_lead", lang) in page
    assert {"zh": "/ 下达目标", "en": "/ the issued target"}[lang] not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_their_brief_counts_them_as_such_and_calls_no_target_issued(
    evaluation: Evaluation, baselines: Baselines, lang: str
) -> None:
    for code, ids in without_issue(baselines).items():
        document = Document(io.BytesIO(write_brief(evaluation, code, lang)))
        said = [paragraph.text for paragraph in document.paragraphs]
        heads = {cell.text for table in document.tables for cell in table.rows[0].cells}
        assert say("evaluation.counts_unnamed", lang, unnamed=len(ids)) in headline(evaluation, code).text(lang)
        assert headline(evaluation, code).text(lang) in said
        assert not heads & {"下达目标", "Issued"}
        assert any(
            {"zh": "没有下达目标：目标为从基期起的趋势预测", "en": "has no target issued"}[lang] in one for one in said
        )
        verdicts = [cell.text for cell in document.tables[1].columns[-1].cells][1:]
        assert verdicts == [
            say_verdict(evaluation.by_key[one.id, code], baselines, lang) for one in baselines.commitments
        ]


def test_their_workbook_and_page_agree(client: FlaskClient, evaluation: Evaluation, baselines: Baselines) -> None:
    code, ids = next(iter(without_issue(baselines).items()))
    sheet = describe_book(evaluation.issued, code, "zh").sheets["evaluation"].tables["areas"].columns
    rows = [evaluation.by_key[one.id, code] for one in baselines.commitments]
    assert list(sheet["verdict"].values) == [say_verdict(row, baselines, "zh") for row in rows]
    told = re.findall(r"<dt>下达数</dt><dd[^>]*>([^<]*)</dd>", client.get(f"/league/{code}").text)
    assert [one.strip() == "—" for one in told] == [one.id in ids for one in baselines.commitments]
