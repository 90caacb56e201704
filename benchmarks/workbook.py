"""How long a workbook takes, beside the same cells written by XlsxWriter's own calls, and beside its zip alone.

    python benchmarks/workbook.py [--rounds N]

Prints the best of N rounds of each, and whether both ways give the same bytes.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import TypeVar
from unittest import mock
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.description import Value
from agriplan.workbook.evaluate.program import compile_book
from agriplan.workbook.files import load_template
from agriplan.workbook.layout.sheets import LaidSheet, lay_out
from agriplan.workbook.xlsx import writer as rendering

AREA = "150500"
Result = TypeVar("Result")


class StockWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet filled by XlsxWriter's own calls, one a cell."""

    def lay(self, cells: Iterable[tuple[int, int, Format, Value, str | None]]) -> None:
        """Write each cell by the call for its type."""
        for row, col, look, value, formula in cells:
            if formula:
                self.write_formula(row, col, f"={formula}", look, value)
            elif value is None or value == "":
                self.write_blank(row, col, None, look)
            elif isinstance(value, str):
                self.write_string(row, col, value, look)
            else:
                self.write_number(row, col, value, look)


def best(rounds: int, work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest of several, in processor seconds (other work on the machine does not count), and the last result."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def without_sharing(sheet: LaidSheet) -> LaidSheet:
    """The sheet with every formula written out, as XlsxWriter does."""
    return replace(sheet, cells=[(*cell[:4], cell[4] and str(cell[4])) for cell in sheet.cells])


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
    generating, data = best(rounds, lambda: rendering.render(template, book))
    with mock.patch.object(rendering, "lay_out", return_value=layout):
        writing, _ = best(rounds, lambda: rendering.render(template, book))
    written_out = replace(layout, sheets=[without_sharing(sheet) for sheet in layout.sheets])
    with mock.patch.object(rendering, "lay_out", return_value=written_out):
        plain = rendering.render(template, book)
        with mock.patch.object(rendering, "QuickWorksheet", StockWorksheet):
            stock, same = best(rounds, lambda: rendering.render(template, book))
    zipping, _ = best(rounds, lambda: zip_again(data))

    cells = sum(len(sheet.cells) for sheet in layout.sheets)
    live = sum(1 for sheet in layout.sheets for cell in sheet.cells if cell[4])
    print(f"{cells} cells, {live} of them live; {len(data) / 1024:.0f} KB")
    rows = [
        ("evaluate", evaluating),
        ("compile formulas once more", compiling),
        ("describe and evaluate (plan -> book)", describing),
        ("lay out (book -> cells with addresses)", laying),
        ("write (cells -> bytes)", writing),
        ("lay out and write", generating),
        ("describe, lay out and write", describing + generating),
        ("what the workbooks of a plan share, once", beginning - describing),
        ("first workbook of a new plan", beginning + generating),
        ("the same cells by XlsxWriter's own calls", stock),
        ("zip of the same parts", zipping),
    ]
    for name, seconds in rows:
        print(f"{name:45s} {seconds * 1000:8.1f} ms  {seconds / stock:7.3f} of XlsxWriter's own calls")
    print("same bytes where every formula is written out:", plain == same)


if __name__ == "__main__":
    main()
