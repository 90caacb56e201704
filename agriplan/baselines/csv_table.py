"""A CSV file as Excel leaves it, as a table of cells; what is not read is told in one sentence, with what to do."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from pydantic import BaseModel

from agriplan.codes import code_of_form
from agriplan.errors import Problem
from agriplan.nearest_word import did_you_mean

# Signs that other programs and other settings put between cells.
OTHER_SIGNS = {";": ";", "\t": "Tab", "，": "，"}
# What old programs end a text with.
END_OF_TEXT = "\x1a"
# Somewhere in these first rows the header is looked for where the first row is none.
MOST_TITLE_ROWS = 5


@dataclass(frozen=True)
class CsvTable:
    """The cells of a file by the line numbers that an editor or Excel shows; empty cells are left out."""

    columns: tuple[str, ...] = ()
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    head_line: int = 1
    short: Mapping[int, int] = field(default_factory=dict)
    """By how many cells a row is shorter than the header, where it is."""

    def words(self, column: str) -> frozenset[str]:
        """What stands in a column without outer blanks, also in rows that have something else wrong with them."""
        return frozenset(row[column].strip() for row in self.rows.values() if column in row)

    def codes(self, column: str, model: type[BaseModel]) -> frozenset[str]:
        """The same with what such codes were before something changed them: what refers to those is not wrong.

        >>> from agriplan.baselines.records import Area
        >>> sorted(CsvTable(("code",), {2: {"code": "150200.0"}}).codes("code", Area))
        ['150200', '150200.0']
        """
        words = self.words(column)
        pattern = next(filter(None, (getattr(one, "pattern", None) for one in model.model_fields[column].metadata)))
        meant = {code for word in words if (code := code_of_form(word, pattern))}
        return words | meant | self.begun(column, pattern)

    def begun(self, column: str, pattern: str) -> frozenset[str]:
        """The codes that cells of a column begin with, in rows that lack a comma: 150700呼伦贝尔市.

        >>> sorted(CsvTable(("code",), {2: {"code": "150700呼"}}, short={2: 1}).begun("code", r"^\\d{6}$"))
        ['150700']
        """
        cells = (row[column].strip() for line, row in self.rows.items() if line in self.short and column in row)
        return frozenset(found[0] for cell in cells if (found := re.match(pattern.removesuffix("$"), cell, re.ASCII)))


def read_table(
    name: str, text: str, known: Collection[str], required: Collection[str], problems: list[Problem]
) -> CsvTable:
    """The cells of a file; empty where its header cannot be used.

    Wholly empty rows and unnamed columns with nothing in them are what Excel leaves behind: they are passed over.

    >>> read_table("a.csv", "code,name,\\n,,\\n1,甲,\\n", ("code", "name"), (), []).rows
    {3: {'code': '1', 'name': '甲'}}
    """
    if "\0" in text:
        problems.append(Problem(f"{name}:{text[: text.index(chr(0))].count(chr(10)) + 1}", "csv_nul"))
        return CsvTable()
    told: list[Problem] = []
    lines = list(_lines(name, text, told))
    if not lines:
        problems += told or [Problem(name, "file_empty")]
        return CsvTable()
    (first, header), *rest = lines
    columns = _tidied(header)
    told += _wrong_header(name, first, columns, lines, known, required)
    if told and (told[0].code != "not_csv" or len(told) > 1):
        problems += told
        return CsvTable()
    rows: dict[int, dict[str, str]] = {}
    short: dict[int, int] = {}
    width = max(number for number, column in enumerate(columns, 1) if column)
    told += [Problem(f"{name}:{line}", "heads_again") for line, cells in rest if _tidied(cells) == columns]
    for line, cells in (one for one in rest if _tidied(one[1]) != columns):
        if any(cells[len(columns) :]):
            # Every later cell stands in the wrong column: what they seem to say would only mislead.
            told.append(Problem(f"{name}:{line}", "too_many_cells"))
            continue
        if loose := next((cell for column, cell in zip(columns, cells, strict=False) if cell and not column), None):
            told.append(Problem(f"{name}:{line}", "unnamed_column", {"word": loose}))
        rows[line] = _named(columns, cells)
        if len(cells) < width:
            short[line] = width - len(cells)
    problems += told
    return CsvTable(tuple(filter(None, columns)), rows, first, short)


@dataclass(frozen=True)
class RawCsv:
    """A CSV file that is written again with other rows: its rows as they stand, under the heads that are read of it.

    `above` ends with the row of the heads; `rows` are those below it by the line that each ends on, as in `CsvTable`.
    """

    heads: tuple[str, ...] = ()
    above: tuple[list[str], ...] = ()
    rows: Mapping[int, list[str]] = field(default_factory=dict)

    def cells(self) -> dict[int, dict[str, str]]:
        """What stands under the heads, by line, as `read_table` has it.

        >>> raw_csv(" code ,name\\n\\n1,\\n").cells()
        {3: {'code': '1'}}
        """
        return {line: _named(self.heads, row) for line, row in self.rows.items() if _holds_anything(row)}

    def written(
        self, more: Iterable[Mapping[str, str]] = (), instead: Mapping[int, Mapping[str, str] | None] | None = None
    ) -> str:
        """The text with more rows, and others in the place of some of its lines (None: nothing); the rest stays.

        >>> raw_csv(" code ,name\\n1,a\\n2,b\\n").written([{"code": "3"}], {2: {"name": "c"}, 3: None})
        ' code ,name\\n,c\\n3,\\n'
        """
        changed = instead or {}
        rows = list(self.above)
        for line, row in self.rows.items():
            other = changed.get(line)
            rows += [row] if line not in changed else [] if other is None else [self._row(other)]
        return csv_text([*rows, *map(self._row, more)])

    def _row(self, cells: Mapping[str, str]) -> list[str]:
        return [cells.get(head, "") for head in self.heads]


def raw_csv(text: str) -> RawCsv:
    """The rows of a file that `read_table` reads."""
    reader = csv.reader(StringIO(text), strict=True)
    rows = {line: row for row in reader if (line := reader.line_num)}
    first = next((line for line, row in rows.items() if _holds_anything(row)), None)
    if first is None:
        return RawCsv()
    above, below = ({line: row for line, row in rows.items() if (line <= first) is over} for over in (True, False))
    return RawCsv(_tidied(rows[first]), tuple(above.values()), below)


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as the text of a CSV file, as the files of a plan folder are written.

    >>> csv_text([["code", "name_zh"], ["150500", "通辽,市"]])
    'code,name_zh\\n150500,"通辽,市"\\n'
    """
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _tidied(header: Iterable[str]) -> tuple[str, ...]:
    return tuple(head.strip() for head in header)


def _named(heads: Iterable[str], row: Iterable[str]) -> dict[str, str]:
    """The cells that hold anything by their heads; blanks around what stands in one are what was typed beside it."""
    return {head: word for head, cell in zip(heads, row, strict=False) if head and (word := cell.strip())}


def _holds_anything(row: Iterable[str]) -> bool:
    return any(cell.strip(END_OF_TEXT).strip() for cell in row)


def _lines(name: str, text: str, told: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line that it ends on."""
    reader = csv.reader(StringIO(text), strict=True)
    try:
        for cells in reader:
            if _holds_anything(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        told.append(Problem(f"{name}:{reader.line_num}", "not_csv", {"why": error}))


def _wrong_header(
    name: str,
    line: int,
    columns: Sequence[str],
    lines: list[tuple[int, list[str]]],
    known: Collection[str],
    required: Collection[str],
) -> list[Problem]:
    """What is wrong with the header: one sentence where the whole file is of another form."""
    place = f"{name}:{line}"
    if columns[0].casefold().startswith("sep="):
        return [Problem(place, "csv_sep_line")]
    other = None if set(columns) & set(known) else _other_form(place, columns, lines, set(known))
    if other:
        return [other]
    twice = [column for column, count in Counter(filter(None, columns)).items() if count > 1]
    found = [Problem(place, "column_twice", {"word": column}) for column in twice]
    for column in columns:
        if column and column not in known:
            near = did_you_mean(column, set(known) - set(columns))
            found.append(Problem(place, "unknown_column", {"word": column}, near))
    return found + [Problem(place, "missing_column", {"word": one}) for one in required if one not in columns]


def _other_form(
    place: str, columns: Sequence[str], lines: list[tuple[int, list[str]]], known: set[str]
) -> Problem | None:
    """Of a first row in which no column is known: other signs between the cells, or titles above the header."""
    for sign, shown in OTHER_SIGNS.items():
        if len(set(sign.join(columns).split(sign)) & known) > 1:
            return Problem(place, "csv_other_sign", {"sign": shown})
    for later, cells in lines[1:MOST_TITLE_ROWS]:
        if len({cell.strip() for cell in cells} & known) > 1:
            return Problem(place, "csv_title_row", {"row": later})
    return None
