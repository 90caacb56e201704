"""What files that are handed in cost: `python -m benchmarks.uploads [MUTATIONS]`, Linux only.

Every hostile file of the tests, a workbook with 45,000 cell styles, and random mutations of a real workbook are looked
into and read back as an upload is; a mutation that ends in anything but a scenario or a sentence ends the run.
Printed are the greatest processor time and memory of looking (in this process) and the greatest
processor time of reading (in a process that may take 300 MB and then ends, see `workbook/readback/limited.py`).
"""

import random
import resource
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import WorkbookError
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.files import load_template, write_workbook
from agriplan.workbook.package import look_into
from agriplan.workbook.readback.inputs import read_back
from tests.workbook.hostile_files import book, cells, family, packed

MB = 1_000_000


Read = Callable[[bytes], object]


def handed_in(data: bytes, read: Read) -> tuple[str, float, float, float]:
    """How a file ended; processor seconds and MB of looking, processor seconds of reading."""
    begin = time.process_time()
    with suppress(WorkbookError):
        look_into(data)
    looking, before = time.process_time() - begin, _children()
    tracemalloc.start()
    try:
        with suppress(WorkbookError):
            look_into(data)
        memory = tracemalloc.get_traced_memory()[1] / MB
    finally:
        tracemalloc.stop()
    try:
        read(data)
    except WorkbookError as error:
        end = error.problems[0].code
    else:
        end = "read"
    return end, looking, memory, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(name: str, results: list[tuple[str, float, float, float]]) -> None:
    """One line for a set of files."""
    ends = ", ".join(f"{end} {count}" for end, count in Counter(result[0] for result in results).most_common())
    most = [max(result[place] for result in results) for place in (1, 2, 3)]
    print(f"{name}: {len(results)} files; looking at most {most[0] * 1000:.0f} ms and {most[1]:.1f} MB;", end=" ")
    print(f"reading at most {most[2]:.2f} s; {ends}", flush=True)


def mutations(data: bytes, count: int, read: Read) -> list[tuple[str, float, float, float]]:
    """A real workbook with bytes changed, cut out or doubled, in the file itself and inside its parts."""
    chance, results = random.Random(1), []
    with ZipFile(BytesIO(data)) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    names = [name for name in parts if name.endswith(("workbook.xml", "Strings.xml", "styles.xml", ".xml.rels"))]
    names += [name for name in parts if "worksheets/sheet" in name and name.endswith(".xml")]
    for number in range(count):
        if number % 4 == 0:
            results.append(handed_in(changed(data, chance), read))
        else:
            name = chance.choice(names)
            results.append(handed_in(packed({**parts, name: changed(parts[name], chance)}), read))
    return results


def changed(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with one, three or twenty faults."""
    text = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        place, length = chance.randrange(len(text) + 1), chance.choice((1, 4, 200))
        digits = bytes(chance.choice(b"0123456789.-eE") for _ in range(length))
        new = chance.choice((chance.randbytes(length), digits, b"", bytes(text[place : place + length]) * 2))
        text[place : place + length] = new
    return bytes(text)


def main() -> None:
    """Hand everything in and print what it cost."""
    baselines = read_baselines(baselines_folder())
    suggestions = suggestions_for(baselines)
    plan = make_plan(Scenario(), baselines, suggestions)
    real = write_workbook(plan, baselines.region.code, load_template(None, "zh"), "zh")

    def read(data: bytes) -> object:
        return read_back(data, baselines, suggestions)

    report("the region's workbook", [handed_in(real, read)])
    styles = "<cellXfs>" + '<xf numFmtId="9" fontId="1" applyFont="1"><alignment/></xf>' * 45_000 + "</cellXfs>"
    report("45,000 cell styles", [handed_in(packed(book(cells(20_000), styles=styles)), read)])
    report("hostile files", [handed_in(make(), read) for make in family().values()])
    report("mutations", mutations(real, int(sys.argv[1]) if len(sys.argv) > 1 else 4_000, read))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
