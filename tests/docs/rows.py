"""Rows of docs/method.md and docs/template.md that columns and templates call for and nobody has written yet.

`python tests/docs/rows.py` adds them in the words of the data dictionary, behind their neighbours; reword them where
there is more to say. A name of a template that is no column needs words of its own, and its row is written by hand.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from agriplan.engine.column_declarations import ColumnDeclaration
from agriplan.engine.columns import TABLES
from agriplan.places import templates_folder
from agriplan.workbook.files import TEMPLATES, read_template

ROOT = Path(__file__).parents[2]
METHOD, TEMPLATE = ROOT / "docs" / "method.md", ROOT / "docs" / "template.md"
COMMAND = "python tests/docs/rows.py"


def with_columns(page: str, tables: Mapping[str, Iterable[ColumnDeclaration]] = TABLES) -> str:
    """The page of methods with a row for every column, each behind that of the column declared before it."""
    lines = page.splitlines(keepends=True)
    for columns in tables.values():
        last = 0
        for column in columns:
            place = _row_of(lines, f"| `{column.name}` |")
            if place is None:
                place = last + 1
                lines.insert(place, f"| `{column.name}` | {column.zh} | {column.en} |\n")
            last = place
    return "".join(lines)


def _row_of(lines: list[str], beginning: str) -> int | None:
    return next((at for at, line in enumerate(lines) if line.startswith(beginning)), None)


def lists(page: str) -> dict[str, str]:
    """The lists of names in the manual of the template, by the sheet's subject."""
    parts = re.split(r"^(?=### .*`\{sheet\.[a-z]+\}`)", page, flags=re.MULTILINE)[1:]
    return {re.search(r"\{sheet\.([a-z]+)\}", text)[1]: text for text in parts}


def names_of(text: str) -> set[str]:
    return {name for name in re.findall(r"`\{([a-z0-9_.]+)\}`", text) if not name.startswith("sheet.")}


def first_of(token: str) -> str:
    """Numbered names stand in the manual by their first."""
    return re.sub(r"_\d+$", "_1", token)


def without_a_row(page: str) -> dict[str, list[str]]:
    """The names that shipped templates show and the manual does not list, by the sheet's subject."""
    listed = {subject: names_of(text) for subject, text in lists(page).items()}
    # A figure of another sheet (`plan.area`) stands in the list of that sheet.
    others = {f"{subject}.{name}" for subject, names in listed.items() for name in names}
    found: dict[str, list[str]] = {}
    for file in TEMPLATES.values():
        for sheet in read_template(templates_folder() / file).sheets:
            shown = {first_of(spot.token) for spot in sheet.spots if spot.token}
            missing = shown - listed.get(sheet.subject, set()) - others - {*found.get(sheet.subject, [])}
            if missing:
                found.setdefault(sheet.subject, []).extend(sorted(missing))
    return found


def with_tokens(page: str) -> str:
    """The manual of the template with a row for every shown name that is a column, behind others of its table."""
    declared = {column.name: column for columns in TABLES.values() for column in columns}
    for subject, names in without_a_row(page).items():
        for name in names:
            column = declared.get(name.rpartition(".")[2].removeprefix("printed_"))
            text = lists(page).get(subject)
            if column and text:
                head = re.escape(name.rpartition(".")[0] + "." if "." in name else "")
                *_, last = re.finditer(rf"^\| (?:`{{{head}\w+}}`|---).*\n", text, re.MULTILINE)
                row = f"| `{{{name}}}` | {column.zh} | {column.en} |\n"
                page = page.replace(text, text[: last.end()] + row + text[last.end() :])
    return page


def main() -> None:
    """Write the rows, and name what needs a row by hand."""
    METHOD.write_text(with_columns(METHOD.read_text(encoding="utf-8")), encoding="utf-8")
    page = with_tokens(TEMPLATE.read_text(encoding="utf-8"))
    TEMPLATE.write_text(page, encoding="utf-8")
    if left := without_a_row(page):
        sys.exit(f"docs/template.md needs rows for {left}: they are no columns")


if __name__ == "__main__":
    main()
