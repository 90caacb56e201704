"""The shipped templates say things as the rest of the project says them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pandas import DataFrame
from restyling import ENGLISH, SHIPPED

from agriplan.analysis.comparison import compare, own_rule_table
from agriplan.analysis.notes import take_notes
from agriplan.baselines.folder import Baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import Lang, catalogue, say
from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.checks import LOOKED_AT
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.sheets import LaidSheet, lay_out
from tests.workbook.filling_in import loaded

TEMPLATES: list[tuple[Path, Lang]] = [(SHIPPED, "zh"), (ENGLISH, "en")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NARROW = re.compile(r"[,;:()]")


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_legends_word_grades_states_and_rules_as_the_pages_do(path: Path, lang: Lang) -> None:
    legends = {code: text for code, text in read_template(path).words.items() if code in catalogue()}
    assert "grade.secondary" in legends
    assert legends == {code: say(code, lang) for code in legends}


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_the_columns_of_the_rules_are_headed_by_their_names(path: Path, lang: Lang) -> None:
    sheet = next(sheet for sheet in load_workbook(path).worksheets if "{sheet.rules}" in str(sheet["A1"].value))
    tokens = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for rule in RULES:
        head = tokens[f"{{rules.{rule}}}"].offset(row=-1).value
        assert str(head).casefold() == say(f"rule.{rule}", lang).casefold()


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_checks_call_a_sheet_what_stands_on_its_tab(path: Path, lang: Lang) -> None:
    titles = {str(sheet["A1"].value): sheet.title for sheet in load_workbook(path).worksheets}
    for name in LOOKED_AT:
        title = next(title for text, title in titles.items() if f"{{sheet.{name}}}" in text)
        assert say(f"check.sheet.{name}", lang) == title


def chinese_texts() -> Iterator[str]:
    for sheet in loaded(SHIPPED.read_bytes()).worksheets:
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.value)
    for family in ("why", "note", "comparison", "check", "method", "series", "axis", "heading", "input", "reason"):
        yield from (say_raw for code, say_raw in _chinese_wording() if code.startswith(f"{family}."))


def _chinese_wording() -> Iterator[tuple[str, str]]:
    for code, texts in catalogue().items():
        yield code, texts["zh"]


def test_chinese_texts_of_the_workbook_have_chinese_punctuation() -> None:
    for text in chinese_texts():
        outside = re.sub(r"\{[a-z_.0-9]+: |\{[^{}:]*\}|min\(.*?\)\)", "", text)
        assert not (CHINESE.search(outside) and NARROW.search(outside)), text


def all_laid(plan: Plan, path: Path, lang: Lang) -> list[LaidSheet]:
    template = read_template(path)
    return lay_out(template, describe_book(plan, "150500", lang, template.words)).sheets


def laid(plan: Plan, subject: str) -> LaidSheet:
    return next(sheet for sheet in all_laid(plan, SHIPPED, "zh") if sheet.name == subject)


# So many rows of a table and what stands above it are seen at once on an office screen.
SEEN_AT_ONCE = 20


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_whoever_scrolls_through_cells_to_be_filled_in_keeps_their_headings_in_sight(
    path: Path, lang: Lang, plan: Plan
) -> None:
    long_tables = 0
    for sheet in all_laid(plan, path, lang):
        entered = {(row, col) for row, col, _ in sheet.inputs}
        for shown in sheet.placed.shown_columns:
            if shown.rows > SEEN_AT_ONCE and not shown.helper and (shown.row, shown.col) in entered:
                long_tables += 1
                page, heading = sheet.template.page, shown.row - 1
                assert page.panes is not None
                assert heading < page.panes[0], (sheet.title, shown.table, shown.entry)
                assert page.repeat is not None
                assert heading == page.repeat[1], (sheet.title, shown.table)
    assert long_tables


def test_cells_to_be_filled_in_keep_their_colour_in_the_rows_of_named_leagues(plan: Plan) -> None:
    sheet = laid(plan, "inputs")
    entered = {(row, col) for row, col, _ in sheet.inputs}
    covered = {
        (row, col)
        for given in sheet.conditional_formats
        if given.flag
        for top, left, bottom, right in given.ranges
        for row in range(top, bottom + 1)
        for col in range(left, right + 1)
    }
    assert covered
    assert not entered & covered


def test_indicators_without_a_unit_value_show_a_dash_on_grey(plan: Plan) -> None:
    sheet = laid(plan, "assumptions")
    none = dict(read_template(SHIPPED).legends["look.none"])["bg_color"]
    shown = next(each for each in sheet.placed.shown_columns if each.entry == "unit_value" and not each.helper)
    looks = {row - shown.row: dict(look) for row, col, look, *_ in sheet.cells if col == shown.col}
    plain = [commitment.unit_value is None for commitment in plan.baselines.commitments]
    assert True in plain
    assert False in plain
    assert [
        looks[row].get("bg_color") == none and "–" in looks[row]["num_format"] for row in range(shown.rows)
    ] == plain


@pytest.mark.parametrize("code", ["150500", "150000"])
def test_the_first_page_says_why_in_a_sentence(plan: Plan, code: str) -> None:
    book = describe_book(plan, code, "zh", read_template(SHIPPED).words)
    texts = book.sheets["plan"].tables["indicators"].columns["explanation"].values
    milk = "按基数法承担全区已分解量的5.9%" if code == "150500" else "缺口已全部分解到重点盟市"
    assert texts[0] == milk
    assert texts[2] == "全区趋势预测已达到目标，没有缺口可分"


def test_charts_draw_what_the_tables_print(plan: Plan) -> None:
    book = describe_book(plan, plan.baselines.region.code, "zh")
    drawn = {
        (kind, series.column): table
        for kind, chart in CHARTS.items()
        for series in chart.series
        for sheet in book.sheets.values()
        if (table := series.home(sheet, book)) and series.column in table.columns
    }
    assert {kind for kind, _ in drawn} >= {"history", "allocation", "milestones", "way", "rules"}
    assert [key for key, table in drawn.items() if f"printed_{key[1]}" in table.columns] == []


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_the_default_scenario_has_one_name_everywhere(path: Path, lang: Lang, plan: Plan) -> None:
    name = say("scenario.default", lang)
    words = read_template(path).words
    assert describe_book(plan, "150500", lang, words).sheets["plan"].scalars["scenario"].value == name
    compared = describe_comparison(compare([plan, plan]), lang, words).sheets["changes"].scalars
    assert [compared[f"scenario_{number}"].value for number in (1, 2)] == [f"{name} [1]", f"{name} [2]"]
    texts = {code: text[lang] for code, text in catalogue().items()}
    assert [code for code, text in texts.items() if "基准方案" in text or "方案4" in text] == []


def test_sentences_as_generated_stand_only_where_the_sheet_says_so(
    baselines: Baselines, suggestions: DataFrame
) -> None:
    capped = {"allocation": {"milk": {"max_growth": 5}, "forage_value": {"max_growth": 5}}}
    plan = make_plan(parse_scenario(capped), baselines, suggestions)
    told = {note.code: note.text("zh") for note in take_notes(plan)}
    assert {"least_cap", "middle_above"} <= set(told)
    book = describe_book(plan, "150000", "zh")
    stands = {
        sheet.name
        for sheet in book.sheets.values()
        for table in sheet.tables.values()
        for column in table.columns.values()
        if not column.formula and set(told.values()) & {value for value in column.values if isinstance(value, str)}
    }
    assert stands == {"plan", "rules"}
    # Its own line says that it is as generated, and its state turns when an input is no longer what it was.
    assert all(book.sheets[name].scalars["state"].formula for name in stands)
    texts = [str(cell.value) for row in loaded(SHIPPED.read_bytes())["方案比较"].iter_rows() for cell in row]
    assert any("为生成时的结果，不随输入变化。" in text for text in texts)


# The colour of all checks in one; nothing of a plan or of its actuals is called so.
LIGHT = "light.fine"


def test_nothing_but_the_light_of_the_checks_and_the_margin_itself_is_called_normal() -> None:
    said = {code: text["zh"] for code, text in catalogue().items() if code != LIGHT}
    said |= {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in loaded(SHIPPED.read_bytes())
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and not cell.value.startswith("{" + LIGHT)
    }
    assert [place for place, text in said.items() if "正常" in text.replace("正常区间", "")] == []


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_the_margin_is_called_in_the_workbook_as_on_the_pages(path: Path, lang: Lang) -> None:
    page = say("page.form.status_margin", lang).removeprefix("Monitoring: ").lower()
    texts = [str(cell.value).lower() for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert any(text.startswith(page) for text in texts)


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_sources_are_listed_by_their_titles_and_never_by_their_codes(path: Path, lang: Lang) -> None:
    shown = {spot.token for sheet in read_template(path).sheets for spot in sheet.spots}
    assert {"sources.number", "sources.title"} <= shown
    assert "sources.source" not in shown


# What is negative in a surplus: the gap, and what is left unallocated.
GAPS = re.compile(
    r"\{(?:\w+\.)*(?:gap|printed_gap|region_gap|printed_gap_stated|printed_to_share|(?:printed_|again_)?unallocated)\}"
)


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_whatever_may_be_a_surplus_is_said_to_be_one_where_it_is_negative(path: Path, lang: Lang) -> None:
    """In the column's head, beside the figure, or, where that is too narrow, in the heading of the table."""
    shown = [cell for sheet in load_workbook(path) for row in sheet for cell in row if GAPS.match(str(cell.value))]
    assert len(shown) >= 10
    for cell in shown:
        sheet, above = cell.parent, [cell.row - up for up in (1, 2) if cell.row > up]
        near = [sheet.cell(row, column).value for row in above for column in (cell.column, 1)]
        near.append(sheet.cell(cell.row, max(cell.column - 1, 1)).value)
        if near[-1] in ("Unallocated (as gap)", "未分解量"):  # no room for more, in the block of the gap itself
            near.append(sheet.cell(cell.row - 4, cell.column - 1).value)
        said = " ".join(map(str, near)).replace("\n", " ")
        assert {"zh": "负为富余", "en": "minus: surplus"}[lang] in said, (sheet.title, cell.coordinate)


def test_a_surplus_has_one_name_everywhere() -> None:
    for path, _ in TEMPLATES:
        for sheet in load_workbook(path):
            texts = [str(cell.value) for row in sheet for cell in row if cell.value]
            assert [text for text in texts if re.search("负数为富余|negative: surplus|-:", text)] == []
    families = ("table", "result", "brief", "page.col")
    heads = [f"{family}.{word}" for family in families for word in ("gap", "unallocated")]
    # On pages a cell of the gap itself says "surplus"; tables of results and the brief have no other.
    heads = [code for code in heads if code in catalogue() and code != "page.col.gap"]
    assert len(heads) == 5
    told = catalogue()
    for code in heads:
        assert "（负为富余）" in told[code]["zh"]
        assert "(minus: surplus)" in told[code]["en"]


@pytest.mark.parametrize("name", ["brief.docx", "brief.en.docx"])
def test_the_briefs_column_of_gaps_says_what_a_negative_one_is(name: str) -> None:
    heads = {
        row.cells[at].text: below.cells[at].text
        for table in Document(str(SHIPPED.with_name(name))).tables
        for row, below in zip(table.rows, table.rows[2:], strict=False)
        for at in range(len(row.cells))
    }
    (head,) = [over for over, token in heads.items() if token == "{{ one.gap }}"]
    assert head in ("缺口（负为富余）", "Gap (minus: surplus)")


# Parts of what is placed, the sum that leagues take: less than what is to be placed where limits are too low.
PARTS = re.compile(r"\{(?:\w+\.)*(?:share_of_total|least|greatest)\}")
OF_TO_PLACE = re.compile("占.{0,5}待分解|(?:%|per cent|[Pp]art|share) of the (?:region's )?amount(?: to place)?")


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_a_part_of_what_is_placed_is_never_called_one_of_what_is_to_be_placed(path: Path, lang: Lang) -> None:
    texts = {
        f"{sheet.title}!{cell.coordinate}": str(cell.value)
        for sheet in load_workbook(path)
        for row in sheet
        for cell in row
        if cell.value
    }
    assert any(PARTS.match(text) for text in texts.values())
    said = texts | {code: found[lang] for code, found in catalogue().items()}
    assert [where for where, text in said.items() if OF_TO_PLACE.search(text)] == []
    placed = {"zh": "已分解量", "en": "what is placed"}[lang]
    assert all(placed in said[code] for code in ("axis.share", "series.share_of_total", "meeting.rules.region"))
    assert placed in said["why.takes"] + said["why.part"]
    assert sum(placed in text.replace("\n", "") for where, text in texts.items()) >= 3


def test_where_limits_are_too_low_a_part_of_what_is_placed_is_more_than_of_what_is_to_be_placed(plan: Plan) -> None:
    line = plan.by_indicator["forage_value"]
    assert line["placed"] < line["to_place"]
    table = own_rule_table(plan)
    mine = table[(table["indicator"] == "forage_value")]
    rule = str(line["rule"])
    assert mine[f"share_{rule}"].sum() == pytest.approx(100.0)


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_only_the_range_of_predictions_is_called_so(path: Path, lang: Lang) -> None:
    """The years of an indicator's sheet show what both ends of the plausible growth come to: another range."""
    word = {"zh": "合理增速", "en": "growth"}[lang]
    ends = [
        cell.parent.cell(cell.row - 1, cell.column).value
        for sheet in load_workbook(path)
        for row in sheet
        for cell in row
        if cell.value in ("{region_years.low}", "{region_years.high}")
    ]
    assert len(ends) == 2
    assert all(word in head for head in [*ends, say("series.low", lang), say("series.high", lang)])
    if lang == "zh":
        held = ["page.series.range", "page.series.low", "years.range", "years.leagues_projected", "hindsight.count"]
        held += [f"hindsight.too_{way}_{side}" for way in ("low", "high") for side in ("inside", "outside")]
        assert [code for code in held if "预测区间" not in catalogue()[code]["zh"]] == []


# How a sentence names sheets, and one of several names; words that describe a sheet stand for its name in English.
NAMES_OF_SHEETS: dict[Lang, tuple[str, str]] = {
    "zh": (r"((?:“[^”{}]+”[、和]?)+)表", r"“([^”]+)”"),
    "en": (
        r"\b(?:sheets? ([A-Z]\w+(?: inputs| list)?(?: and [A-Z]\w+)?)|(?:the|its) (\w+ly sheet|sheet of \w+))",
        r"(.+?)(?: and |$)",
    ),
}


@pytest.mark.parametrize(("path", "lang"), TEMPLATES)
def test_sentences_name_sheets_by_their_tabs(path: Path, lang: Lang) -> None:
    """A title on a sheet may be another: 假设与输入 stands on the sheet whose tab says 假设."""
    book = load_workbook(path)
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    said = [*(one[lang] for one in catalogue().values()), *(one for one in cells if isinstance(one, str))]
    naming, name = NAMES_OF_SHEETS[lang]
    named = {
        each
        for sentence in said
        for found in re.finditer(naming, sentence)
        for each in re.findall(name, next(filter(None, found.groups())))
    }
    assert len(named) >= 5
    assert named - set(book.sheetnames) == set()
