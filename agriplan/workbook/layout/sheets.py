"""A template and a book give a layout: every cell with its address, look, value and formula.

Everything that needs to know where something stands reads the layout: the writer, charts, checks and previews.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from agriplan.workbook.description import Book, Column, Input, Table, Value
from agriplan.workbook.layout.carried import place_carried
from agriplan.workbook.layout.cell_names import cell_names
from agriplan.workbook.layout.conditional_formats import ConditionalFormat, conditional_formats_of
from agriplan.workbook.layout.decimals import decimals_of_entry, looks_of_rows, with_decimals
from agriplan.workbook.layout.expansion import place_sheets
from agriplan.workbook.layout.long_names import with_whole_title, wrapped_where_cut
from agriplan.workbook.layout.placement import HELPER, PlacedSheet, ShownColumn
from agriplan.workbook.layout.references import Pattern, PlacedColumn, Places, placed_column, sheet_quoted, work_out
from agriplan.workbook.layout.repeated_blocks import with_all_blocks
from agriplan.workbook.layout.required import needed_entries
from agriplan.workbook.layout.which_sheets import is_empty, last_own, seen_sheets, with_sheets
from agriplan.workbook.names import UnknownNameError
from agriplan.workbook.template.carried import NOTHING_CARRIED, CarriedThings, Range
from agriplan.workbook.template.cell_formats import DASH, OPEN, Key, with_legend
from agriplan.workbook.template.reading import Template
from agriplan.workbook.template.sheet import ChartPlace, TemplateSheet
from agriplan.workbook.varying import is_varying

# A cell as the writer takes it: row, column, look, value, formula.
Laid = tuple[int, int, Key, Value, str | None]


@dataclass
class LaidSheet:
    """One sheet of the workbook, ready to be written."""

    name: str
    title: str
    template: TemplateSheet
    placed: PlacedSheet
    cells: list[Laid] = field(default_factory=list)
    inputs: list[tuple[int, int, Input]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    conditional_formats: list[ConditionalFormat] = field(default_factory=list)
    charts: list[tuple[ChartPlace, Range]] = field(default_factory=list)
    carried: CarriedThings = NOTHING_CARRIED
    # Rows that are shown only where something stands here.
    spare: dict[int, Value] = field(default_factory=dict)

    def headings(self) -> dict[tuple[int, int], str]:
        """The text above the column of each input that stands in a table."""
        cols = {col for _, col, _ in self.inputs}
        columns = [shown for shown in self.placed.shown_columns if shown.col in cols]
        above = {(shown.row - 1, shown.col) for shown in columns}
        texts = {(cell[0], cell[1]): cell[3] for cell in self.cells if cell[:2] in above and isinstance(cell[3], str)}
        return {
            (row, shown.col): texts[shown.row - 1, shown.col]
            for shown in columns
            if (shown.row - 1, shown.col) in texts
            for row in range(shown.row, shown.row + shown.rows)
        }


@dataclass
class Layout:
    """A whole workbook: its sheets in order, the names of its cells, and where every entry stands."""

    book: Book
    sheets: list[LaidSheet]
    places: Places
    names: list[tuple[str, str]]
    seen: frozenset[str]

    def leads(self, name: str) -> bool:
        """Whether a link can lead there: its sheet has a tab."""
        return name.partition(".")[0] in self.seen

    def target(self, name: str) -> str:
        """Where a link leads: a sheet, a scalar or a cell of a table, as an address.

        Raises `UnknownNameError` where nothing is called so.
        """
        titles = self.places.titles
        if name in titles:
            return f"{sheet_quoted(titles[name])}!A1"
        head, _, rest = name.partition(".")
        rest, _, key = rest.partition("@")
        if (head, rest) in self.places.scalars:
            area = self.places.scalars[head, rest]
            return f"{area.sheet}!{area.cell(0).replace('$', '')}"
        table, _, entry = rest.partition(".")
        if (head, table, entry) not in self.places.columns:
            raise UnknownNameError(name)
        area = self.places.columns[head, table, entry]
        index = self.book.sheets[head].tables[table].keys.index(key) if key else 0
        return f"{area.sheet}!{area.cell(index).replace('$', '')}"


def lay_out(template: Template, book: Book) -> Layout:
    """Give every entry of the book its cell."""
    template, book = with_sheets(with_all_blocks(template, book), book)
    needed = needed_entries(template, book)
    every = [each for sheet in template.sheets for each in place_sheets(sheet, book, template, needed)]
    placed = [each for each in every if not is_empty(each)]
    _place_words(placed, book, template, [name for sheet, _, name in needed if sheet == "words"])
    places = Places(book, titles={each.sheet.name: each.title for each in placed})
    for each in placed:
        places.columns.update(each.columns)
        places.scalars.update(each.scalars)
        for code, area in each.words.items():
            places.scalars.setdefault(("words", code), area)
    sheets = [_lay_sheet(each, template, places) for each in placed]
    for laid in sheets:
        laid.carried = place_carried(laid.placed, placed)
    return Layout(book, sheets, places, list(cell_names(places, placed)), seen_sheets(template, book))


def _place_words(placed: list[PlacedSheet], book: Book, template: Template, codes: list[str]) -> None:
    """Words that formulas name and that no legend of a placed sheet holds stand beside the last sheet."""
    held = {code for each in placed for code in each.words}
    last = last_own(placed)
    col = max([last.right, *(cell[1] for cell in last.fixed), *(shown.col for shown in last.shown_columns)]) + 2
    for row, code in enumerate(code for code in sorted(codes) if code not in held):
        last.fixed.append((row, col, HELPER, code, None))
        last.fixed.append((row, col + 1, HELPER, template.words.get(code) or book.words[code], None))
        last.words[code] = placed_column(last.title, row, col + 1)


def _lay_sheet(placed: PlacedSheet, template: Template, places: Places) -> LaidSheet:
    laid = LaidSheet(placed.sheet.name, placed.title, placed.template, placed)
    input_look = template.legends.get("look.input", ())
    laid.cells += placed.fixed
    laid.links += placed.links
    for spot in placed.shown_scalars:
        _lay_scalar(laid, spot.row, spot.col, spot.look, spot.owner, spot.entry, places, input_look)
    laid.cells = list(with_whole_title(laid.cells, placed))
    for column in placed.shown_columns:
        _lay_column(laid, column, places, template.legends)
    laid.conditional_formats = conditional_formats_of(placed, template)
    laid.charts = placed.charts
    return laid


def _lay_scalar(
    laid: LaidSheet, row: int, col: int, look: Key, owner: str, entry: str, places: Places, input_look: Key
) -> None:
    """A scalar in its own cell, or a cell that follows it where it is shown once more."""
    cell = places.book.sheets[owner].scalars[entry]
    look = with_decimals(look, decimals_of_entry(places.book, owner, None, entry), is_input=cell.input is not None)
    home = places.scalars.get((owner, entry))
    here = placed_column(laid.title, row, col)
    formula = cell.formula
    if home != here:
        follows = home is not None and (formula is not None or cell.input is not None)
        formula = _following(home, here) if follows else None  # type: ignore[arg-type]
        laid.cells.append((row, col, look, "" if follows and cell.value is None else cell.value, formula))
        return
    if formula is not None:
        formula = work_out(formula, laid.placed.sheet, None, places).all(1)[0]
    if cell.input is not None:
        look = with_legend(look, (*input_look, (OPEN, False)))
        laid.inputs.append((row, col, cell.input))
    if cell.link is not None:
        laid.links.append((row, col, cell.link))
    laid.cells.append((row, col, look, cell.value, formula))


def _lay_column(laid: LaidSheet, shown: ShownColumn, places: Places, legends: Mapping[str, Key]) -> None:
    """A column of a table down its rows; what it does not say of a row is greyed, with a dash."""
    start = len(laid.cells)
    source = places.book.sheets[shown.owner].tables[shown.table]
    _lay_rows(laid, shown, places, legends)
    if not shown.helper:
        cells = laid.cells[start:]
        looks = looks_of_rows(places.book, shown, [look for _, _, look, _, _ in cells])
        if _is_constant(source, shown.entry):
            looks = wrapped_where_cut([value for _, _, _, value, _ in cells], looks, shown, laid.placed)
        laid.cells[start:] = [
            (row, col, look, value, formula) for (row, col, _, value, formula), look in zip(cells, looks, strict=True)
        ]
    if source.spare and not shown.helper:
        laid.spare |= dict(enumerate(next(iter(source.columns.values())).values, shown.row))
    without = source.columns[shown.entry].without if shown.entry != "key" else ()
    if without and not shown.helper:
        rows = {shown.row + index for index, key in enumerate(source.keys) if key in without}
        grey = with_legend(shown.look, (*legends.get("look.none", ()), DASH))
        laid.cells[start:] = [
            (row, col, grey if row in rows else look, value, formula)
            for row, col, look, value, formula in laid.cells[start:]
        ]


def _is_constant(table: Table, entry: str) -> bool:
    """Whether what a column says is the same under every scenario."""
    return entry == "key" or not (table.columns[entry].formula or is_varying(table.columns[entry]))


def _lay_rows(laid: LaidSheet, shown: ShownColumn, places: Places, legends: Mapping[str, Key]) -> None:
    """A column's cells, or ones that follow it where it is shown once more."""
    row, col, look = shown.row, shown.col, shown.look
    sheet = places.book.sheets[shown.owner]
    source = sheet.tables[shown.table]
    column = Column(source.keys) if shown.entry == "key" else source.columns[shown.entry]
    home = places.columns.get((shown.owner, shown.table, shown.entry))
    if home != placed_column(laid.title, row, col, shown.rows):
        follows = home is not None and (column.formula is not None or bool(column.inputs))
        laid.cells += _cells(row, col, look, column, _follower(home, laid.title) if follows else None)  # type: ignore[arg-type]
        return
    pattern = None if column.formula is None else work_out(column.formula, sheet, shown.table, places)
    if shown.helper and pattern is None and not is_varying(column):
        # Beside the print area nobody sees an empty cell; it would only make the file larger.
        laid.cells += [cell for cell in _cells(row, col, look, column, None) if cell[3] is not None]
    elif not column.inputs:
        laid.cells += _cells(row, col, look, column, pattern)
    else:
        open_look = with_legend(look, (*legends.get("look.input", ()), (OPEN, False)))
        shut_look = with_legend(look, legends.get("look.none", ()))
        for index, (key, value) in enumerate(zip(source.keys, column.values, strict=True), row):
            entered = column.inputs.get(key)
            laid.cells.append((index, col, open_look if entered else shut_look, value, None))
            if entered:
                laid.inputs.append((index, col, entered))
    laid.links += [(row + index, col, link) for index, link in enumerate(column.links) if link]


def _cells(row: int, col: int, look: Key, column: Column, pattern: Pattern | None) -> Iterator[Laid]:
    values = column.values
    if pattern is None:
        for index, value in enumerate(values, row):
            yield index, col, look, value, None
    else:
        for index, (value, formula) in enumerate(zip(values, pattern.down(row, col, len(values)), strict=True), row):
            yield index, col, look, "" if value is None else value, formula


def _following(home: PlacedColumn, here: PlacedColumn) -> str:
    """An empty cell is followed as empty text, not as 0."""
    cell = ("" if home.sheet == here.sheet else home.sheet + "!") + home.cell(0)
    return f'IF({cell}="","",{cell})'


def _follower(home: PlacedColumn, title: str) -> Pattern:
    prefix = "" if home.sheet == sheet_quoted(title) else home.sheet + "!"
    cells = [f"{prefix}{home.letters}{row}" for row in range(home.first + 1, home.first + home.rows + 1)]
    return Pattern(("IF(", cells, '="","",', cells, ")"))
