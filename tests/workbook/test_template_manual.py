"""The manual of the template names what there is, no more and no less than the shipped templates show."""

import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from restyling import ENGLISH, SHIPPED

from agriplan.analysis.comparison import compare
from agriplan.engine.plan import Plan
from agriplan.sentences import catalogue
from agriplan.workbook.chart_kinds import CHARTS
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.files import read_template
from agriplan.workbook.layout.template_check import MUST_SHOW, token_names
from agriplan.workbook.template.tokens import whole_token, worded_token
from tests.docs.rows import COMMAND, first_of, lists, names_of, without_a_row

MANUAL = (Path(__file__).parents[2] / "docs" / "template.md").read_text(encoding="utf-8")
NAMES = MANUAL.partition("## Every name, sheet by sheet")[0]


def listed() -> dict[str, set[str]]:
    """The names of the lists, by the sheet's subject."""
    return {subject: names_of(text) for subject, text in lists(MANUAL).items()}


def test_every_name_of_the_shipped_templates_is_in_the_manual() -> None:
    assert without_a_row(MANUAL) == {}, f"names that need a row in docs/template.md ({COMMAND} writes it)"


def test_every_name_of_the_manual_means_something(plan: Plan) -> None:
    words = read_template(SHIPPED).words
    books = [describe_book(plan, code, "zh", words) for code in (plan.baselines.region.code, "150500")]
    books.append(describe_comparison(compare([plan, plan]), "zh", words))
    for subject, names in listed().items():
        homes = [(sheet, book) for book in books for sheet in book.sheets.values() if sheet.subject == subject]
        known = {first_of(name) for name in token_names(homes)}
        known |= {f"{sheet.name}.{table}.{column}" for _, book in homes for sheet in book.sheets.values()
                  for table, held in sheet.tables.items() for column in held.columns}  # fmt: skip
        assert homes, f"describe_book (content/book.py) calls nothing that gives {{sheet.{subject}}}"
        where = "a formula of agriplan/workbook/formulas/ or an entry of content/"
        assert sorted(names - known) == [], f"on {{sheet.{subject}}} nothing is called so: {where}"


def test_the_manual_lists_every_chart() -> None:
    assert set(re.findall(r"`\{chart\.([a-z_]+): …\}`", NAMES)) == set(CHARTS)


def test_the_manual_names_words_that_exist_and_the_columns_that_must_be_shown() -> None:
    codes = re.findall(r"`\{([a-z_]+\.[a-z_]+): …\}`", NAMES)
    assert {code for code in codes if not code.startswith("chart.")} <= set(catalogue())
    assert all(f"`{{{name}}}`" in NAMES for name in MUST_SHOW["indicator"])


def test_both_shipped_templates_show_the_same_names_in_the_same_cells() -> None:
    def tokens(path: Path) -> list[tuple[str, str]]:
        return [
            (cell.coordinate, whole_token(cell.value) or worded_token(cell.value).name)  # type: ignore[union-attr]
            for sheet in load_workbook(path).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if whole_token(cell.value) or worded_token(cell.value)
        ]

    assert tokens(SHIPPED) == tokens(ENGLISH)


def headings(path: Path) -> Iterator[tuple[str, str, str]]:
    """Every column of a table of a shipped template with its sheet's subject and the words right above it."""
    for sheet in load_workbook(path).worksheets:
        corner = {cell: (one.min_row, one.min_col) for one in sheet.merged_cells.ranges for cell in one.cells}
        subject = next(
            found[1]
            for (value,) in sheet.iter_rows(max_row=1, max_col=1, values_only=True)
            if (found := re.match(r"\{sheet\.([a-z]+)\}", str(value)))
        )
        columns = {
            cell.coordinate: cell
            for row in sheet.iter_rows()
            for cell in row
            if re.fullmatch(r"[a-z0-9_]+\.(?:[a-z0-9_]+\.)?[a-z0-9_]+", whole_token(cell.value) or "")
        }
        of_tables = {cell.row for cell in columns.values() if not whole_token(cell.value).startswith("plan.year")}
        for cell in columns.values():
            row, column = corner.get((cell.row - 1, cell.column), (cell.row - 1, cell.column))
            head = sheet.cell(row, column).value
            is_title = re.search(r"^[一二三四五六七]、|^\d  |[:：。{]", re.sub(r"\{plan\.\w+\}", "", str(head)))
            if head and row not in of_tables and not is_title and not whole_token(str(head)):
                yield subject, first_of(whole_token(cell.value)), str(head)


def readings(text: str) -> set[str]:
    """A heading, or what the manual says of a name, whole and by its parts, with and without what is in brackets."""
    text = text.replace("{plan.", "{")
    parts = [text, *re.split("[:：]", text)]
    parts += [re.sub(r"（[^）]*）|\([^)]*\)", "", part) for part in parts]
    return {re.sub(r"[\s()（）]", "", part).lower() for part in parts} - {""}


def test_the_manual_calls_a_column_what_the_shipped_templates_head_it() -> None:
    rows = {
        (subject, name): said
        for subject, text in lists(MANUAL).items()
        for name, *said in re.findall(r"^\| `\{([a-z0-9_.]+)\}` \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    }
    for column, path in enumerate((SHIPPED, ENGLISH)):
        heads: dict[tuple[str, str], set[str]] = {}
        for subject, name, head in headings(path):
            if (subject, name) in rows and not re.fullmatch(r"plan\.\w+", name):
                heads.setdefault((subject, name), set()).update(readings(head))
        other = {
            place: rows[place][column] for place, found in heads.items() if not readings(rows[place][column]) & found
        }
        assert other == {}
        assert len(heads) > 200
