"""What a workbook costs beside the same cells written by XlsxWriter's own calls, and beside its zip alone.

    python -m benchmarks.workbook [--rounds N] [--packs]

Prints the best of N rounds of each in processor time, twice: with one growth changed, and with every line changed. A
pack is measured against thirteen stock builds; it takes longest, and is measured only where asked for.
"""

import argparse
import gc
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, Worksheet

from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook import names
from agriplan.workbook.blueprint import Blueprint, draw
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.context import BookContext, book_properties
from agriplan.workbook.description import Book, Value
from agriplan.workbook.evaluate import book, parse, program
from agriplan.workbook.files import load_template
from agriplan.workbook.kept_blueprints import KeptBlueprints
from agriplan.workbook.layout import cell_room
from agriplan.workbook.layout.sheets import Layout, lay_out
from agriplan.workbook.template.reading import Template
from agriplan.workbook.varying import values_of
from agriplan.workbook.xlsx.compiled import Compiled, with_phrases
from agriplan.workbook.xlsx.parts import write_parts
from agriplan.workbook.xlsx.shows import BESIDE, FORMULA, INPUT, Numbers

AREA = "150500"
Result = TypeVar("Result")


class StockWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet filled by XlsxWriter's own calls, one a cell."""

    def __init__(self) -> None:
        """Begin without cells; nothing is left for later."""
        super().__init__()
        self.put_header, self.put_footer, self.cuts = self.set_header, self.set_footer, ()
        self.helper: Format | None = None

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Leave out what is empty beside the print area."""
        if cell.format is not self.helper or not isinstance(cell, CellBlankTuple):
            super()._write_cell(row, col, cell)

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
    return _stock_parts(template, written_out(lay_out(template, book)), compiled)


def stock_bytes(template: Template, layout: Layout, compiled: Compiled) -> bytes:
    """The file of cells that are laid out already."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in _stock_parts(template, layout, compiled).items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _stock_parts(template: Template, layout: Layout, compiled: Compiled) -> Mapping[str, str]:
    values = with_phrases(values_of(layout.book), compiled.phrases)
    numbers = compiled.texts.numbers(values, compiled.places.constants)
    return write_parts(layout, template, Numbers(), StockWorksheet, numbers).texts


def best(rounds: int, work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest of several, in processor seconds (other work on the machine does not count), and the last result."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def held(make: Callable[[], object]) -> float:
    """The memory that something holds once it is made, in MiB."""
    tracemalloc.start()
    made = make()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    del made
    return size


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


def changes(data: Baselines) -> dict[str, Iterator[dict[str, Any]]]:
    """Scenarios without end, no two alike: one growth changed, and every line changed."""
    league, first = data.leagues[4].code, data.commitments[0].id

    def one() -> Iterator[dict[str, Any]]:
        for number in count(1):
            yield {"growth": {first: {league: 5.0 + number / 100}}}

    def every() -> Iterator[dict[str, Any]]:
        for number in count(1):
            growth = {each.id: dict.fromkeys(data.areas, 1.0 + number / 100) for each in data.commitments}
            yield {"growth": growth, "allocation": {each.id: {"reserve": 5.0} for each in data.commitments}}

    return {"one growth changed": one(), "every line changed": every()}


class Bench:
    """One area's workbook, and all areas', measured against XlsxWriter's own calls."""

    def __init__(self, rounds: int) -> None:
        """Read the data, and measure what all else is compared with."""
        self.rounds = rounds
        self.data = read_baselines(baselines_folder())
        self.suggestions = suggestions_for(self.data)
        self.template = load_template(None, "zh")
        self.default = self.plan({})
        self.blueprint = draw(self.default, AREA, self.template, "zh")
        self.stock = self.stock_of(AREA, self.blueprint, rounds)
        self.bytes = self.blueprint.workbook(self.default)
        self.zip, _ = best(rounds, lambda: zip_again(self.bytes))

    def plan(self, raw: dict[str, Any]) -> Plan:
        """A scenario's plan, as a request makes it."""
        return make_plan(parse_scenario(raw), self.data, self.suggestions)

    def stock_of(self, area: str, blueprint: Blueprint, rounds: int) -> float:
        """What XlsxWriter's own calls cost for the cells of an area's workbook."""
        described = describe_book(self.default, area, "zh", self.template.words)
        layout = written_out(lay_out(self.template, described))
        seconds, _ = best(rounds, lambda: stock_bytes(self.template, layout, blueprint.compiled))
        return seconds

    def show(self, name: str, seconds: float, stock: float = 0.0) -> None:
        """A line: the name, the time, and the ratios."""
        ratio = seconds / (stock or self.stock)
        print(
            f"{name:55s} {seconds * 1000:9.1f} ms  {ratio:7.3f} of stock  {seconds / self.zip:7.2f} of zip", flush=True
        )

    def known(self, change: str, scenarios: Iterator[dict[str, Any]]) -> None:
        """A shape that is known: evaluate, fill, and all from the scenario on."""
        context = self.context(self.plan(next(scenarios)))
        values, properties = self.blueprint.values(context), book_properties(context)
        formulas = self.blueprint.program
        given = formulas.given(describe_book(context.plan, AREA, "zh", self.template.words))
        evaluating, _ = best(self.rounds, lambda: formulas.evaluate(given))
        filling, _ = best(self.rounds, lambda: self.blueprint.compiled.fill(values, properties))
        making, _ = best(self.rounds, lambda: self.blueprint.workbook(self.plan(next(scenarios))))
        self.show(f"evaluate, {change}", evaluating)
        self.show(f"regenerate (values -> bytes), {change}", filling)
        self.show(f"new scenario (scenario -> bytes), {change}", making)

    def context(self, plan: Plan) -> BookContext:
        """What the values of a plan are taken from."""
        return BookContext(plan, self.data.areas[AREA], self.template.words, "zh")

    def first(self, change: str, scenarios: Iterator[dict[str, Any]]) -> None:
        """The first workbook of a process, with a kept shape and with none."""
        with tempfile.TemporaryDirectory() as folder:
            kept = KeptBlueprints(self.data, self.suggestions, Path(folder))
            path = kept.path(self.template.version, AREA, "zh")
            kept.keep(path, self.blueprint)

            def from_file() -> bytes:
                forget()
                found = KeptBlueprints(self.data, self.suggestions, Path(folder)).find(path)
                assert found is not None
                return found.workbook(self.plan(next(scenarios)))

            self.show(f"first workbook, kept shape, {change}", best(self.rounds, from_file)[0])
            size, memory = path.stat().st_size / 2**20, held(lambda: kept.find(path))

        def from_nothing() -> bytes:
            forget()
            plan = self.plan(next(scenarios))
            return draw(plan, AREA, self.template, "zh").workbook(plan)

        self.show(f"first workbook, nothing kept, {change}", best(self.rounds, from_nothing)[0])
        print(f"{'a kept shape':55s} {size:9.1f} MiB on disk, {memory:.1f} MiB in memory")

    def packs(self, change: str, scenarios: Iterator[dict[str, Any]]) -> None:
        """All areas' workbooks: the region's and twelve leagues'."""
        blueprints = {area: draw(self.default, area, self.template, "zh") for area in self.data.areas}
        region = self.data.region.code
        stock = self.stock_of(region, blueprints[region], 2) + len(self.data.leagues) * self.stock

        def shapes_known() -> list[bytes]:
            plan = self.plan(next(scenarios))
            return [blueprint.workbook(plan) for blueprint in blueprints.values()]

        def nothing_kept() -> list[bytes]:
            forget()
            plan = self.plan(next(scenarios))
            return [draw(plan, area, self.template, "zh").workbook(plan) for area in self.data.areas]

        self.show(f"pack of 13, shapes known, {change}", best(3, shapes_known)[0], stock)
        self.show(f"pack of 13, nothing kept, {change}", best(1, nothing_kept)[0], stock)


def forget() -> None:
    """What a process that has just begun does not know."""
    known = (program._fast_source, program._fast_function, book._compiled, parse.parse, names.references)
    for function in (*known, cell_room.bold_width):
        function.cache_clear()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--packs", action="store_true")
    asked = parser.parse_args()
    bench = Bench(asked.rounds)
    cells = sum(
        each.kinds.count(kind) for each in bench.blueprint.compiled.places.segments for kind in (INPUT, BESIDE, FORMULA)
    )
    print(f"{len(bench.bytes) / 1024:.0f} KiB, {cells} cells that follow from the scenario")
    bench.show("the same cells by XlsxWriter's own calls", bench.stock)
    bench.show("zip of the same parts", bench.zip)
    for change, scenarios in changes(bench.data).items():
        bench.known(change, scenarios)
        bench.first(change, scenarios)
        if asked.packs:
            bench.packs(change, scenarios)


if __name__ == "__main__":
    main()
