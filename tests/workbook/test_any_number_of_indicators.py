"""Plans of one, six and nine indicators: each stands on every sheet, page, export and printed table."""

import csv
import io
import tomllib
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from agriplan.analysis.comparison import compare
from agriplan.baselines.commitments import short_names
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.errors import TemplateError
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.report.plan_json import report
from agriplan.report.terminal import list_plan
from agriplan.report.tidy import tidy
from agriplan.rolling.toml_text import toml_block
from agriplan.sentences import LANGS
from agriplan.settings import read_settings
from agriplan.web.app import create_app
from agriplan.workbook.checked_template import check_formulas, read_checked_template
from agriplan.workbook.files import write_comparison, write_workbook
from tests.thoroughness import FULL
from tests.workbook.filling_in import loaded
from tests.workbook.raw_edits import texts_by_sheet

# Five is what the shipped plan has, with which everything else is tried.
# With every run fewer than a template has blocks for, and more; in full so many that a page does not hold them.
COUNTS = (1, 5, 6, 9) if FULL else (1, 6)


def folder_with(count: int, folder: Path) -> Path:
    """A data folder with so many indicators: the first of the shipped ones, then milk again under other names."""
    folder.mkdir()
    texts = {path.name: path.read_text(encoding="utf-8") for path in baselines_folder().iterdir()}
    commitments = tomllib.loads(texts["commitments.toml"])["commitment"]
    kept = commitments[:count]
    names = {one[key] for one in kept for key in ("quantity", "unit_value", "herd") if key in one}
    extra = range(len(commitments) + 1, count + 1)
    kept += [milk_again(commitments[0], number) for number in extra]
    texts["commitments.toml"] = "\n\n".join(toml_block("commitment", one) for one in kept) + "\n"
    for name in ("indicators.csv", "observed.csv"):
        rows = texts[name].splitlines()
        milk = [row for row in rows if "milk_output" in row]
        texts[name] = "\n".join([*rows, *(named_again(row, number) for number in extra for row in milk)]) + "\n"
    rows = list(csv.reader(io.StringIO(texts["assumptions.csv"])))
    texts["assumptions.csv"] = as_text([rows[0], *(row for row in rows[1:] if row[0] in names)])
    for name in ("balances.toml", "suggestions.csv", "backtest.csv"):
        del texts[name]
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def named_again(row: str, number: int) -> str:
    other = {"milk_output": f"milk_{number}", "奶类产量": f"奶类产量之{number}", "Milk output": f"Milk output {number}"}
    for name, new in other.items():
        row = row.replace(name, new)
    return row


def milk_again(milk: dict, number: int) -> dict:
    named = {"id": f"milk{number}", "quantity": f"milk_{number}", "short_en": f"Milk {number}"}
    return milk | named | {"name_zh": f"奶类产量之{number}", "name_en": f"Milk output {number}"}


def as_text(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module", params=COUNTS)
def plan(request, tmp_path_factory):
    data = read_baselines(folder_with(request.param, tmp_path_factory.mktemp("plans") / "data"))
    assert len(data.commitments) == request.param
    return make_plan(Scenario(), data, suggestions_for(data))


@cache
def checked(plan, lang):
    """The shipped template, read and checked once for a plan."""
    return read_checked_template(plan, lang)


@cache
def workbook(plan, code, lang):
    return write_workbook(plan, code, checked(plan, lang), lang)


def names(plan, lang="zh"):
    return [commitment.name(lang) for commitment in plan.baselines.commitments]


def test_every_indicator_stands_on_every_sheet_that_lists_them(plan):
    turn = COUNTS[::-1].index(len(plan.baselines.commitments)) % 2
    areas = (plan.baselines.region.code, plan.baselines.leagues[4].code)
    for each in LANGS if FULL else LANGS[turn:][:1]:
        for code in areas if FULL else areas[turn:][:1]:
            stands_on_every_sheet(plan, each, workbook(plan, code, each))


def stands_on_every_sheet(plan, lang, workbook):
    book = texts_by_sheet(workbook)
    lists = {
        title: texts for title, texts in book.items() if any(text.startswith(names(plan, lang)[0]) for text in texts)
    }
    own = {title for title in book if any(name in title for name in titles(plan, lang))}
    assert len(own) >= len(plan.baselines.commitments)
    assert all(any(name in title for title in own) for name in titles(plan, lang))
    # On the sheets of data and of the backtest stand observed quantities, some of which have a target's name.
    for title in lists.keys() - own - {"数据", "Data", "回测", "Backtest"}:
        told = "\n".join(lists[title])
        pairs = zip(names(plan, lang), titles(plan, lang), strict=True)
        assert [name for name, short in pairs if name not in told and short not in told] == [], title


def titles(plan, lang):
    return list(short_names(plan.baselines.commitments, lang).values())


def test_the_one_page_breakdown_has_a_block_for_every_indicator(plan):
    book = loaded(workbook(plan, plan.baselines.region.code, "zh"), sheets=("一览",))
    sheet = next(one for one in book if "一览" in one.title)
    headings = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(tuple(names(plan)))]
    units = [f"{one.name_zh}（{one.unit_zh}）" for one in plan.baselines.commitments]
    assert [cell.value for cell in headings] == units
    merged = {str(each) for each in sheet.merged_cells.ranges}
    right = max(sheet.column_dimensions[letter].max for letter in sheet.column_dimensions)
    for heading in headings:
        end = sheet.cell(heading.row, heading.column + 3).coordinate
        assert f"{heading.coordinate}:{end}" in merged
        assert heading.fill.fgColor.rgb == headings[0].fill.fgColor.rgb
        assert sheet.cell(heading.row + 1, heading.column + 2).value == "目标"
    assert right >= headings[-1].column + 3
    assert range_boundaries(sheet.print_area.rpartition("!")[2])[2] >= headings[-1].column + 3


def test_every_indicator_stands_on_every_page_export_and_printed_table(plan, tmp_path):
    ids = {commitment.id for commitment in plan.baselines.commitments}
    assert {one.id for one in report(plan).indicators} == ids
    assert ids <= set(tidy(plan)["indicator"].dropna())
    for lang in ("zh", "en"):
        tables = "\n".join(list_plan(plan, lang))
        assert [name for name in names(plan, lang) if name not in tables] == []
    settings = {
        "baselines": plan.baselines.folder,
        "database": f"sqlite:///{tmp_path}/s.sqlite3",
        "secret_key": "k" * 32,
    }
    client = create_app(read_settings(**settings)).test_client()
    ordered = [commitment.id for commitment in plan.baselines.commitments]
    pages = ordered if FULL else {ordered[0], ordered[-1]}
    for address in ("/", "/league/150500", "/api/v1/plan", *(f"/indicator/{one}" for one in pages)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if not address.startswith("/indicator"):
            assert [name for name in names(plan) if name not in answer.text] == [], address


def test_every_indicator_stands_in_the_comparison_workbook(plan):
    growth = parse_scenario({"growth": {one: {"150000": 3} for one in plan.by_indicator}})
    other = make_plan(growth, plan.baselines, plan.suggestions)
    sheets = texts_by_sheet(write_comparison(compare([plan, other]), checked(plan, "zh"), "zh"))
    told = "\n".join(text for title, texts in sheets.items() for text in [title, *texts])
    assert [name for name in names(plan) if name not in told] == []


def test_a_template_that_shows_no_block_at_all_is_refused_by_name(plan, tmp_path):
    book = openpyxl.load_workbook(Path(__file__).parents[2] / "templates" / "workbook.xlsx")
    sheet = next(one for one in book if "一览" in one.title)
    for row in sheet.iter_rows():
        for cell in row:
            if (
                isinstance(cell.value, str)
                and "_" in cell.value
                and cell.value.startswith("{")
                and "sheet" not in cell.value
            ):
                cell.value = None
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(TemplateError, match="name_1"):
        read_checked_template(plan, "zh", tmp_path / "own.xlsx")


def test_formulas_and_engine_agree_in_every_cell(plan):
    for lang in LANGS if FULL else LANGS[COUNTS.index(len(plan.baselines.commitments)) % 2 :][:1]:
        assert check_formulas(plan, checked(plan, lang), lang) > 1000 * len(plan.baselines.commitments)
