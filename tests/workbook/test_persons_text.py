"""What a person types stays text in every place of every workbook: cells, charts, names, margins, properties."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl.utils import get_column_letter
from restyling import ENGLISH, SHIPPED

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario
from agriplan.workbook.checked_template import read_checked_template
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.layout.cell_room import room_of
from agriplan.workbook.layout.row_heights import text_height
from agriplan.workbook.layout.sheets import lay_out
from agriplan.workbook.template.reading import Template
from agriplan.workbook.xlsx.writer import render
from tests.thoroughness import by_turns
from tests.workbook.fewer_indicators import of_indicators
from tests.workbook.filling_in import loaded

# What was typed, and what of it would stand in a formula or reference.
HOSTILE = {
    "='\\\\server\\s\\[x.xlsx]S'!$A$1": r"server",
    "S!A1": r"(?<![\w'])S!\$?A\$?1\b",
    '=HYPERLINK("http://evil.example")': r"evil",
    "+cmd|' /C calc'!A0": r"cmd",
    "@SUM(A1)": r"SUM\(A1\)",
    "&Z&F &[Path]": r"&amp;Z",
    "{=77+77}": r"77\+77",
    "=77+77": r"77\+77",
}

NAME_TWICE_NOTE_ONCE = 3


@pytest.fixture(scope="module")
def plan(baselines: Baselines, suggestions: pd.DataFrame) -> Plan:
    """A plan of one indicator: all sheets, and of those that come with every indicator one."""
    return make_plan(Scenario(), of_indicators(baselines, {"milk"}), suggestions)


@pytest.fixture(scope="module")
def template(plan: Plan) -> Template:
    return read_checked_template(plan, "zh", None)


def parts_of(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as pack:
        return {name: pack.read(name).decode() for name in pack.namelist() if name.endswith((".xml", ".rels"))}


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("kind", "text"), by_turns(["region", "league", "comparison"], HOSTILE))
def test_a_persons_text_is_neither_formula_nor_reference_anywhere(
    plan: Plan, template: Template, kind: str, text: str
) -> None:
    source = {"value": 36.0, "source": text, "note": text}
    entered = {"name": text, "note": text, "baseline": {"milk_output": {"150500": source}}}
    changed = make_plan(Scenario.model_validate(entered), plan.baselines, plan.suggestions)
    if kind == "comparison":
        book = describe_comparison(compare([plan, changed]), "zh", template.words)
    else:
        book = describe_book(
            changed, plan.baselines.region.code if kind == "region" else "150500", "zh", template.words
        )
    parts = parts_of(render(template, book))
    titles = {sheet.title for sheet in lay_out(template, book).sheets}
    for name, part in parts.items():
        assert "externalLink" not in name
        formulas = re.findall(r"<(?:c:|x14:|xm:)?f(?:ormula[12]?)?(?: [^>]*)?>([^<]*)<", part)
        formulas += re.findall(r"<definedName[^>]*>([^<]*)<", part)
        assert [one for one in formulas if re.search(HOSTILE[text], one)] == [], name
        for one in re.findall(r"<c:f>([^<]*)</c:f>", part):
            sheet = one.partition("!")[0].strip("'").replace("&amp;", "&").replace("''", "'")
            assert sheet in titles, (name, one)
        for margin in re.findall(r"<odd(?:Header|Footer)>([^<]*)<", part):
            assert not re.search(r"(?<!&amp;)&amp;[ZF\[]", margin), margin


@pytest.mark.parametrize("template", [SHIPPED, ENGLISH])
def test_the_heads_of_a_plan_show_a_long_name_and_a_long_note_whole(template: Path, plan: Plan) -> None:
    name, note = "奶业振兴与肉牛全产业链提质增效" * 4, "按会议要求上调奶类增速，压减饲草缺口；" * 15
    changed = make_plan(Scenario(name=name, note=note), plan.baselines, plan.suggestions)
    read = read_checked_template(plan, "zh", template)
    written = loaded(render(read, describe_book(changed, "150500", "zh", read.words)))
    told = 0
    for sheet in written.worksheets[:2]:
        spans = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
        for (cell,) in sheet["A2:A3"]:
            if not isinstance(cell.value, str):
                continue
            columns = range(spans[cell.coordinate].min_col, spans[cell.coordinate].max_col + 1)
            width = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
            needed = text_height(cell.value, room_of(width, cell.font.sz, 0), cell.font.sz)
            assert cell.alignment.wrap_text
            assert sheet.row_dimensions[cell.row].height >= needed - 1
            told += (name in cell.value) + (cell.value == note)
    # What does not scroll leaves room for the rest, however long the note.
    assert written.worksheets[0].freeze_panes == "A3"
    assert told == NAME_TWICE_NOTE_ONCE
