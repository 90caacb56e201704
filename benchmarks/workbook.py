"""How long a workbook takes, beside the same cells written by XlsxWriter's own calls, and beside its zip alone.

    python benchmarks/workbook.py [--rounds N]

Prints the best of N rounds of each.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from typing import TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Book, Value
from agriplan.workbook.evaluate.program import compile_book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.sheets import Layout, lay_out
from agriplan.workbook.template.reading import Template
from agriplan.workbook.varying import values_of
from agriplan.workbook.xlsx.compiled import Compiled, with_phrases
from agriplan.workbook.xlsx.parts import write_parts
from agriplan.workbook.xlsx.shows import Numbers
from agriplan.workbook.xlsx.writer import compile_workbook, render

AREA = "150500"
Result = TypeVar("Result")


class StockWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet filled by XlsxWriter's own calls, one a cell."""

    def __init__(self) -> None:
        """Begin without cells; nothing is left for later."""
        super().__init__()
        self.put_header, self.put_footer, self.cuts = self.set_header, self.set_footer, ()

    def lay(self, cells: Iterable[tuple[int, int, Format, Value, str | None]]) -> None:
        """Write each cell by the call for its type."""
        for row, col, look, value, formula in cells:
            if formula:
                self.write_formula(row, col, f"={formula}", look, "" if value is None else value)
            elif value is None or value == "":
                self.write_blank(row, col, None, look)
            elif isinstance(value, str):
                self.write_string(row, col, value, look)
            else:
                self.write_number(row, col, value, look)


def written_out(layout: Layout) -> Layout:
    """A layout with every formula written out, as XlsxWriter does."""
    sheets = [
        replace(sheet, cells=[(*cell[:4], cell[4] and str(cell[4])) for cell in sheet.cells]) for sheet in layout.sheets
    ]
    return replace(layout, sheets=sheets)


def stock_parts(template: Template, book: Book, compiled: Compiled) -> Mapping[str, str]:
    """The parts of a book as XlsxWriter's own calls write its cells, its texts numbered as those of the shape are."""
    values = with_phrases(values_of(book), compiled.phrases)
    numbers = compiled.texts.numbers(values, compiled.constants)
    layout = written_out(lay_out(template, book))
    return write_parts(layout, template, Numbers(), StockWorksheet, numbers).texts


def best(rounds: int, work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest of several, in processor seconds (other work on the machine does not count), and the last result."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def zip_texts(texts: Mapping[str, str]) -> int:
    """Zip parts; returns how many bytes they take."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as pack:
        for name, text in texts.items():
            pack.writestr(name, text)
    return len(buffer.getvalue())


def zip_again(data: bytes) -> int:
    """Zip the same parts once more."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as parts, ZipFile(buffer, "w", ZIP_DEFLATED) as copy:
        for name in parts.namelist():
            copy.writestr(name, parts.read(name))
    return len(buffer.getvalue())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    baselines = read_baselines(baselines_folder())
    plan = make_plan(Scenario(), baselines, suggestions_for(baselines))
    template = load_template(None, "zh")

    describing, book = best(rounds, lambda: describe_book(plan, AREA, "zh", template.words))
    # A plan that nobody has asked anything yet: what all its workbooks share is worked out, too.
    beginning, _ = best(rounds, lambda: describe_book(replace(plan), AREA, "zh", template.words))
    compiling, program = best(rounds, lambda: compile_book(book))
    given = program.given(book)
    evaluating, _ = best(rounds, lambda: program.evaluate(given))
    laying, layout = best(rounds, lambda: lay_out(template, book))
    generating, data = best(rounds, lambda: render(template, book))
    compiled = compile_workbook(template, book)
    stock, _ = best(rounds, lambda: stock_parts(template, book, compiled))
    zipping, _ = best(rounds, lambda: zip_again(data))

    cells = sum(len(sheet.cells) for sheet in layout.sheets)
    live = sum(1 for sheet in layout.sheets for cell in sheet.cells if cell[4])
    print(f"{cells} cells, {live} of them live; {len(data) / 1024:.0f} KB")
    rows = [
        ("evaluate", evaluating),
        ("compile formulas once more", compiling),
        ("describe and evaluate (plan -> book)", describing),
        ("lay out (book -> cells with addresses)", laying),
        ("lay out and write", generating),
        ("describe, lay out and write", describing + generating),
        ("what the workbooks of a plan share, once", beginning - describing),
        ("first workbook of a new plan", beginning + generating),
        ("the same cells by XlsxWriter's own calls", stock),
        ("zip of the same parts", zipping),
    ]
    for name, seconds in rows:
        print(f"{name:45s} {seconds * 1000:8.1f} ms  {seconds / stock:7.3f} of XlsxWriter's own calls")


if __name__ == "__main__":
    main()
