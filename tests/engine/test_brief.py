"""The brief: an evaluation filled into a Word template; its numbers are the engine's, its bytes always the same."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

import pytest
from docx import Document
from docx.oxml.ns import qn

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.baselines.balances import Balances
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import TemplateError
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.formatting import print_number
from agriplan.places import templates_folder
from agriplan.report.brief.columns import fit_columns
from agriplan.report.brief.document import write_brief
from agriplan.report.brief.words import brief_values
from agriplan.report.evaluation_json import evaluation_json
from agriplan.report.plan_json import to_json
from agriplan.sentences import say
from tests.thoroughness import by_turns

REGION, LEAGUE = "150000", "150500"
each_area_and_language = pytest.mark.parametrize(("code", "lang"), by_turns([REGION, LEAGUE], ["zh", "en"]))
UNSAID = "：自报，未注明来源"
SCENARIO = {"actual": {"milk": {LEAGUE: {"2022": 80}}}, "allocation": {"milk": {"reserve": 5}}}


@pytest.fixture(scope="module", params=[2022, 2025])
def evaluation(request, baselines, suggestions) -> Evaluation:
    issued = make_plan(parse_scenario(SCENARIO), baselines, suggestions)
    return evaluate(issued, suggestions_as_of(baselines, suggestions, request.param), request.param)


@pytest.fixture(scope="module")
def written(evaluation) -> Callable[[str, str], bytes]:
    """The brief of an area in a language."""
    return cache(partial(write_brief, evaluation))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_of(data: bytes) -> str:
    xml = parts_of(data)["word/document.xml"].decode()
    return " ".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


@pytest.mark.one_in(2)
@each_area_and_language
def test_the_same_inputs_give_the_same_bytes_without_a_token_left(evaluation, written, code, lang):
    made = written(code, lang)
    assert made == write_brief(evaluation, code, lang)
    assert "{{" not in text_of(made)
    assert "{%" not in text_of(made)
    assert "nan" not in text_of(made).split()


def numbers_in(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def figures_of(text: str) -> set[str]:
    """Every number that stands in a text; a year or a range of years is taken apart."""
    return {found.replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@pytest.fixture(scope="module")
def in_json(evaluation) -> set[str]:
    """Every number of what the commands and the service answer with, as it is printed with up to four decimals."""
    documents = [json.loads(evaluation_json(evaluation)), json.loads(to_json(evaluation.issued))]
    documents += [json.loads(to_json(evaluation.plan))] if evaluation.plan else []
    return {
        print_number(abs(number), decimals).replace(",", "")
        for document in documents
        for number in numbers_in(document)
        for decimals in range(5)
    }


@pytest.mark.one_in(2)
@pytest.mark.parametrize("code", [REGION, LEAGUE])
def test_every_number_of_a_brief_stands_in_the_json(evaluation, code, in_json):
    values = brief_values(evaluation, code, "zh")
    told = [values["headline"], *(one for part in values["indicators"] for one in part["sentences"])]
    told += [cell for row in (*values["tasks"], *values["yearly"]) for cell in row["cells"]]
    told += values["sharing"]
    for part in values["indicators"]:
        told += [part[name] for name in ("baseline", "target", "current", "completion", "needed", "projection", "gap")]
    told += values["balances"] + values["hindsight"]
    told += [part["growth"] for part in values["indicators"]]
    plain = " ".join(
        re.sub("2016年普查[前后]口径|2016", "", sentence)
        for sentence in told
        if not sentence.startswith("数据等级")  # titles of sources
    )
    # Counts, years, and the thresholds and bands that are named.
    counts, years = map(str, range(13)), map(str, range(1990, 2031))
    assert figures_of(plain) - in_json - {*counts, *years, "20", "50", "80", "95"} == set()


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("scenario", "code", "told", "untold"),
    [
        # An entry without a source is one of a person and no estimate of ours.
        (
            {"actual": {"milk": {REGION: {"2022": 740}}}},
            REGION,
            "奶类产量（2022年）" + UNSAID,
            "奶类产量（2022年）：本项目估算",
        ),
        ({"actual": {"milk": {LEAGUE: {"2022": 60}}}}, LEAGUE, "奶类产量（2022年）" + UNSAID, None),
        (
            {"actual": {"milk": {LEAGUE: {"2022": {"value": 60, "source": "通辽年报"}}}}},
            LEAGUE,
            "奶类产量（2022年）：通辽年报",
            "未注明来源",
        ),
        (
            {"actual": {"beef_cattle_value": {REGION: {"2022": 600}}}},
            REGION,
            "肉牛全产业链产值（按市价折算）（2022年）" + UNSAID,
            None,
        ),
        (
            {"actual": {"beef_unit_value": {REGION: {"2022": 8}}}},
            REGION,
            "牛肉单位产值（2022年）" + UNSAID,
            None,
        ),
        # What does not stand in its source as it is says so.
        ({}, LEAGUE, "奶类产量（2020年，推算）：", "奶类产量（2020年）"),
        ({}, REGION, "饲草产值（2020年，假定）：", "饲草产值（2020年）"),
        # What is carried on is not of that year.
        ({}, REGION, "牛肉单位产值（2020年，推算）：", "牛肉单位产值（2022年"),
        # An own base figure has its own source.
        (
            {"baseline": {"milk_output": {LEAGUE: {"value": 36, "source": "通辽市统计局"}}}},
            LEAGUE,
            "奶类产量（2020年）：通辽市统计局",
            None,
        ),
        (
            {"baseline": {"beef_cattle_value": {LEAGUE: {"value": 80, "source": "旗县汇总"}}}},
            LEAGUE,
            "牛肉产量（2020年）：旗县汇总",
            None,
        ),
    ],
)
def test_every_figure_of_a_brief_is_cited_with_its_own_source(scenario, code, told, untold, baselines, suggestions):
    plan = make_plan(parse_scenario(scenario), baselines, suggestions)
    sources = brief_values(evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022), code, "zh")["sources"]
    assert [one for one in sources if one.startswith(told)]
    assert not untold or not [one for one in sources if untold in one]


def assert_tasks_add_up(evaluation, baselines):
    tasks = brief_values(evaluation, REGION, "zh")["tasks"]
    for at, commitment in enumerate(baselines.commitments):
        if not commitment.is_rate:
            column = [[float(one) for one in row["cells"][at].replace(",", "").split(" → ")] for row in tasks]
            *parts, total = column
            for step in range(len(parts[0])):
                assert round(sum(part[step] for part in parts), 4) == round(total[0], 4), commitment.id


def test_the_tasks_add_up_in_every_column(evaluation, baselines):
    assert_tasks_add_up(evaluation, baselines)


def test_the_tasks_add_up_beside_targets_of_an_issue_too(baselines, suggestions):
    issued = {"number": "内农牧发〔2021〕1号", "targets": {"milk": {LEAGUE: 70, "150100": 180}}}
    plan = make_plan(parse_scenario({**SCENARIO, "issued": issued}), baselines, suggestions)
    for year in (2022, 2024):
        assert_tasks_add_up(evaluate(plan, suggestions_as_of(baselines, suggestions, year), year), baselines)


def test_charts_are_native_and_hold_the_figures_of_the_evaluation(evaluation, written):
    parts = parts_of(written(REGION, "zh"))
    charts = [text.decode() for name, text in sorted(parts.items()) if name.startswith("word/charts/")]
    assert len(charts) == 2
    assert f"<c:v>{round(evaluation.region('milk')['progress'], 2)!r}</c:v>" in charts[1] + charts[0]
    assert b"drawingml.chart+xml" in parts["[Content_Types].xml"]


@each_area_and_language
def test_tables_carry_their_head_over_and_no_row_or_heading_is_torn_off(evaluation, written, code, lang):
    document = Document(io.BytesIO(written(code, lang)))
    assert len(document.tables) == 4 + (evaluation.years_left > 0)
    for table in document.tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True, *[False] * (len(table.rows) - 1)]
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        # Figures and names are of fonts of different heights.
        aligned = [cell.tcPr.find(qn("w:vAlign")) for row in table.rows for cell in row._tr.tc_lst]
        assert all(one is not None and one.get(qn("w:val")) == "center" for one in aligned)
        head = [paragraph for cell in table.rows[0].cells for paragraph in cell.paragraphs]
        assert all(paragraph.paragraph_format.keep_with_next for paragraph in head)
    if evaluation.years_left:
        years = [one for one in document.tables if one.rows[0].cells[1].text == say("years.what", lang)]
        kept = [
            each.paragraph_format.keep_with_next for row in years[0].rows for c in row.cells for each in c.paragraphs
        ]
        assert all(kept)
    before = dict(zip(document.paragraphs[1:], document.paragraphs, strict=False))
    who = [one for one in before if one.text.startswith({"zh": "责任单位：", "en": "Responsible: "}[lang])]
    assert len(who) == len(evaluation.issued.baselines.commitments)
    assert all(before[one].paragraph_format.keep_with_next for one in who)
    headings = [one for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert len(headings) > len(evaluation.issued.baselines.commitments) + 5
    # A chart stands in its heading, which so needs nothing below it.
    alone = [one for one in headings if not one._p.findall(".//" + qn("w:drawing"))]
    assert len(headings) - len(alone) == 1
    assert all(one.paragraph_format.keep_with_next for one in alone)
    assert all(one.paragraph_format.keep_together for one in headings if one not in alone)


@each_area_and_language
def test_chinese_in_a_brief_is_set_as_on_the_mainland_and_its_smallest_letters_can_be_read(written, code, lang):
    # Without it LibreOffice sets ，。： in the middle of their squares, as in Traditional Chinese.
    parts = parts_of(written(code, lang))
    told = {
        name: re.findall(r'<w:(?:lang|themeFontLang)\b[^>]*w:eastAsia="([^"]*)"', text.decode())
        for name, text in parts.items()
        if name.startswith("word/") and name.endswith(".xml")
    }
    assert {one for languages in told.values() for one in languages} == {"zh-CN"}
    assert told["word/styles.xml"]
    assert told["word/settings.xml"]
    sizes = re.findall(r'<w:sz w:val="(\d+)"', parts["word/document.xml"].decode())
    assert min(map(int, sizes)) >= {"zh": 18, "en": 16}[lang]


@pytest.mark.parametrize("name", ["brief.docx", "brief.en.docx"])
def test_the_columns_of_a_table_are_as_wide_as_the_text_and_what_kind_of_target_it_is_has_room(name):
    document = Document(templates_folder() / name)
    section = document.sections[0]
    text = (section.page_width - section.left_margin - section.right_margin) / 635
    for number in (0, 1, 3):
        widths = [int(one.get(qn("w:w"))) for one in document.tables[number]._tbl.tblGrid]
        assert 0.99 * text < sum(widths) <= 1.001 * text
        assert [cell.width / 635 for cell in document.tables[number].rows[0].cells] == widths
    assert document.tables[0].rows[0].cells[-1].width.cm > 3.2


@pytest.mark.parametrize(("figure", "smaller"), [("77,000,000.00", False), ("77,077,000,000,000.00", True)])
def test_no_figure_is_broken_whatever_its_length(figure, smaller, written):
    table = Document(io.BytesIO(written(REGION, "zh"))).tables[1]
    usual = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
    for row in table.rows[1:]:
        for cell in row.cells[1:5]:
            cell.paragraphs[0].runs[0].text = figure
    fit_columns(table._parent)
    widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
    assert abs(sum(widths) - sum(usual)) <= len(usual)
    assert [cell.width.twips for cell in table.rows[2].cells] == widths
    (size,) = {run.font.size.pt for row in table.rows for one in row.cells for run in one.paragraphs[0].runs}
    assert 7 < size < 10 if smaller else size == 10
    # Digits of Times are half as wide as they are high; a margin of three points stands on either side.
    assert all(width / 20 - 6 > size * (0.5 * len(figure) - 0.25 * figure.count(",") - 0.25) for width in widths[1:5])
    assert widths[0] / 20 > 4 * size


def test_a_long_figure_of_a_brief_has_its_room(baselines, suggestions):
    issued = make_plan(parse_scenario({"target": {"milk": 77e6}}), baselines, suggestions)
    found = evaluate(issued, suggestions_as_of(baselines, suggestions, 2022), 2022)
    columns = Document(io.BytesIO(write_brief(found, REGION, "zh"))).tables[0].rows[0].cells
    assert columns[4].width.pt > 6 + 10 * (0.5 * len("77,000,000.00") - 0.25 * 3)


def test_an_english_brief_calls_figures_what_the_pages_call_them(written):
    heads = {cell.text for table in Document(io.BytesIO(written(LEAGUE, "en"))).tables for cell in table.rows[0].cells}
    codes = ("measure.baseline", "col.target", "col.completion_percent", "col.projection")
    assert {say(f"page.{one}", "en") for one in codes} <= heads
    assert say("page.col.needed_growth", "en") in heads


def test_an_indicator_without_a_way_says_so_where_its_bars_would_stand(baselines, suggestions):
    plan = make_plan(parse_scenario({"target": {"improved_breed_rate": 90}}), baselines, suggestions)
    found = evaluate(plan, suggestions_as_of(baselines, suggestions, 2022), 2022)
    for name, told in (("progress", True), ("growth", False)):
        under = brief_values(found, REGION, "en")[f"chart_{name}"].categories
        assert ["target not above base" in one for one in under] == [False] * 4 + [told]


def test_sections_are_numbered_as_they_stand(evaluation, plan, suggestions):
    without = replace(plan.baselines, balances=Balances())
    issued = make_plan(parse_scenario({}), without, suggestions)
    found = evaluate(issued, suggestions_as_of(without, suggestions, 2022), 2022)
    for one, last in ((evaluation, 6), (found, 5)):
        document = Document(io.BytesIO(write_brief(one, REGION, "en")))
        headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
        assert [text.partition(".")[0] for text in headings] == [str(number) for number in range(1, last + 1)]


def test_a_token_that_stands_for_nothing_stops_with_its_place(evaluation, tmp_path):
    document = Document(templates_folder() / "brief.docx")
    document.paragraphs[3].add_run("{{ brief.gapp }}")
    document.save(tmp_path / "brief.docx")
    with pytest.raises(TemplateError) as caught:
        write_brief(evaluation, REGION, "zh", tmp_path)
    (problem,) = caught.value.problems
    assert problem.place == "brief.docx"
    assert "模板中第4段的“{{ brief.gapp }}”" in problem.text("zh")
    assert "of the template, paragraph 4 (" in problem.text("en")
    assert "brief.gapp" in problem.text("zh")


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    "token", ["{{ brief.__class__.__mro__ }}", "{{ ''.__class__ }}", "{% include 'x' %}", "{{ 1 +"]
)
def test_a_template_can_read_values_and_nothing_else(evaluation, tmp_path, token):
    document = Document(templates_folder() / "brief.docx")
    document.paragraphs[3].add_run(token)
    document.save(tmp_path / "brief.docx")
    with pytest.raises(TemplateError):
        write_brief(evaluation, REGION, "zh", tmp_path)


def test_a_persons_text_stays_text(baselines, suggestions):
    name = "<w:p/>{{ 7*7 }}&"
    issued = make_plan(parse_scenario({"name": name}), baselines, suggestions)
    found = evaluate(issued, suggestions_as_of(baselines, suggestions, 2022), 2022)
    footer = next(text for part, text in parts_of(write_brief(found, REGION, "zh")).items() if "footer" in part)
    assert b"&lt;w:p/&gt;{{ 7*7 }}&amp;" in footer


BARS = {2020: ["needed_growth"], 2022: ["growth_so_far", "needed_growth"], 2025: ["growth_so_far"]}


@pytest.mark.parametrize(("code", "year"), by_turns([REGION, LEAGUE], BARS))
def test_a_chart_shows_no_bar_of_nothing_where_there_is_no_figure(year, code, baselines, suggestions):
    told = BARS[year]
    issued = make_plan(parse_scenario(SCENARIO), baselines, suggestions)
    found = evaluate(issued, suggestions_as_of(baselines, suggestions, year), year)
    chart = brief_values(found, code, "zh")["chart_growth"]
    names = {
        name: say(f"brief.bars.{name}", "zh", so_far="年均", needed="年均")
        for name in ("growth_so_far", "needed_growth")
    }
    assert [bars.name for bars in chart.series] == [names[column] for column in told]
    parts = parts_of(write_brief(found, code, "zh"))
    drawn = [text for name, text in parts.items() if name.startswith("word/charts/")]
    assert all(b'<c:dispBlanksAs val="gap"/></c:chart>' in text for text in drawn)
    assert sorted(text.count(b"<c:ser>") for text in drawn) == sorted([2, len(told)])
    assert [name in chart.title for name in names.values()] == [column in told for column in names]


@pytest.mark.parametrize("code", [REGION, LEAGUE])
def test_the_years_ahead_stand_in_a_table_with_range_and_what_is_due(code, baselines, suggestions):
    issued = make_plan(parse_scenario(SCENARIO), baselines, suggestions)
    found = evaluate(issued, suggestions_as_of(baselines, suggestions, 2022), 2022)
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(write_brief(found, code, "zh"))).tables
    ]
    head, *rows = next(table for table in tables if table[0][1] == "项目")
    assert head == ["指标", "项目", "2022年", "2023年", "2024年", "2025年"]
    assert [row[1] for row in rows] == ["趋势预测", "80%预测区间", "年度目标"] * len(baselines.commitments)
    years = found.years_of("milk", code)
    assert rows[0][2:] == [print_number(year["printed_projected"], 2) for year in years]
    assert rows[2][2:] == [print_number(year["printed_milestone"], 2) for year in years]
    assert rows[1][2:] == [
        "—",
        *(f"{print_number(year['printed_low'], 2)}至{print_number(year['printed_high'], 2)}" for year in years[1:]),
    ]
    said = brief_values(found, code, "zh")["sharing"]
    assert any("上限够用" in one for one in said)
    assert any("上限不足" in one for one in said)


def test_as_of_the_target_year_a_brief_has_no_years_ahead(baselines, suggestions):
    issued = make_plan(parse_scenario(SCENARIO), baselines, suggestions)
    found = evaluate(issued, suggestions_as_of(baselines, suggestions, 2025), 2025)
    values = brief_values(found, REGION, "zh")
    assert values["years"] == values["yearly"] == values["sharing"] == []
    assert "逐年预测" not in text_of(write_brief(found, REGION, "zh"))


@each_area_and_language
def test_no_sentence_under_an_indicators_heading_begins_with_its_name(evaluation, code, lang):
    for one in brief_values(evaluation, code, lang)["indicators"]:
        assert one["sentences"]
        assert [said for said in one["sentences"] if said.startswith((f"{one['name']}：", f"{one['name']}:"))] == []


def test_a_brief_says_by_which_document_and_as_of_the_target_year_nothing_of_what_is_ahead(baselines, suggestions):
    issued = {"number": "内农牧发〔2021〕1号", "targets": {"milk": {LEAGUE: 50}}}
    plan = make_plan(parse_scenario({**SCENARIO, "issued": issued}), baselines, suggestions)
    for year in (2022, 2025):
        found = evaluate(plan, suggestions_as_of(baselines, suggestions, year), year)
        for code in (REGION, LEAGUE):
            assert "下达文号：内农牧发〔2021〕1号。" in text_of(write_brief(found, code, "zh"))
        values = brief_values(found, REGION, "zh")
        arrows = [cell for row in values["tasks"] for cell in row["cells"] if "→" in cell]
        assert bool(arrows) == ("→" in values["task_note"]) == (year == 2022)
        assert ({one["projection"] for one in values["indicators"]} == {"—"}) == (year == 2025)
        assert any("进度状态：" in said for one in values["indicators"] for said in one["sentences"]) == (year == 2022)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bar_of_a_growth_to_an_estimate_says_so(evaluation, lang):
    for code in (REGION, LEAGUE):
        values = brief_values(evaluation, code, lang)
        rows = [evaluation.by_key[one.id, code] for one in evaluation.issued.baselines.commitments]
        known = [row["estimated"] for row in rows if row["current"] == row["current"]]
        for name in ("chart_growth", "chart_progress"):
            marked = [{"zh": "（估算）", "en": " (estimated)"}[lang] in one for one in values[name].categories]
            assert marked == known
