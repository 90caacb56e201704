"""Heads of a brief's tables stand over their figures."""

import io

import docx
import pandas as pd
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from agriplan.analysis.evaluation import evaluate
from agriplan.engine.plan import Plan
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.brief.document import write_brief
from agriplan.sentences import LANGS, Lang

RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


@pytest.mark.parametrize("lang", LANGS)
def test_a_head_stands_at_the_side_of_its_figures(plan: Plan, suggestions: pd.DataFrame, lang: Lang) -> None:
    year = plan.baselines.base_year + 2
    evaluation = evaluate(plan, suggestions_as_of(plan.baselines, suggestions, year), year)
    brief = docx.Document(io.BytesIO(write_brief(evaluation, plan.baselines.region.code, lang)))
    heads = [
        (head.text, head.paragraphs[0].alignment == RIGHT, figure.paragraphs[0].alignment == RIGHT)
        for table in brief.tables
        for head, figure in zip(table.rows[0].cells, table.rows[1].cells, strict=True)
    ]
    assert sum(right for _, _, right in heads) > 10
    assert [head for head, is_right, right in heads if is_right != right] == []
