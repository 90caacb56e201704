"""Let spreadsheets work out a workbook whose stored values are wrong, and compare what they find with the engine's."""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from shutil import which
from zipfile import ZIP_DEFLATED, ZipFile

from ironcalc import load_from_xlsx
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from agriplan.workbook.layout.sheets import Layout
from tests.workbook.raw_edits import opened

# Within this the engine and a spreadsheet agree: |a - b| <= BOUND max(1, |a|, |b|).
BOUND = 1e-9
WRONG = b"987654.25"
OFFICE, GNUMERIC = which("soffice"), which("ssconvert")
# A formula in full, or a cell that refers to one that its block shares.
_FORMULA = re.compile(rb"<c ([^>]*?)>(<f[^>]*/>|<f[^>]*>.*?</f>)<v>.*?</v></c>", re.DOTALL)
_TYPE = re.compile(rb' t="\w+"')
# Without these settings LibreOffice shows what is stored.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def with_wrong_values(workbook: bytes) -> bytes:
    """The same workbook with one wrong number stored in every formula cell."""
    buffer = BytesIO()
    with ZipFile(BytesIO(workbook)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for entry in given.infolist():
            part = given.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = _FORMULA.sub(_wrong, part)
            made.writestr(entry.filename, part)
    return buffer.getvalue()


def _wrong(found: re.Match[bytes]) -> bytes:
    return b"<c " + _TYPE.sub(b"", found[1]) + b">" + found[2] + b"<v>" + WRONG + b"</v></c>"


def recalculate(files: Sequence[Path], folder: Path) -> list[Path]:
    """Open the files in LibreOffice, work everything out and save them into `folder`."""
    profile = folder / "profile"
    prepare_profile(profile)
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--calc", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=1800)
    return [folder / file.name for file in files]


def recalculate_by_gnumeric(files: Sequence[Path], folder: Path) -> list[Path]:
    """The same by Gnumeric, which takes a range inside a function of an array formula for one cell."""
    folder.mkdir()
    for file in files:
        command = [str(GNUMERIC), "--recalc", str(file), str(folder / file.name)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [folder / file.name for file in files]


def prepare_profile(profile: Path) -> None:
    """A profile of its own in which LibreOffice works everything out when it opens a file."""
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")


def differences(layout: Layout, recalculated: Path) -> tuple[int, list[str]]:
    """How many formula cells there are, and those in which a spreadsheet found something else than the engine."""
    book = opened(recalculated.read_bytes())
    return _differences(layout, lambda title, row, col: book.cell(title, xl_col_to_name(col - 1), row).value)


def differences_by_ironcalc(layout: Layout, file: Path) -> tuple[int, list[str]]:
    """The same by IronCalc, which works a file out in this process."""
    model = load_from_xlsx(str(file), "en", "UTC", "en")
    model.evaluate()
    places = {str(sheet["name"]): place for place, sheet in enumerate(model.get_worksheets_properties())}
    return _differences(layout, lambda title, row, col: model.get_cell_value(places[title], row, col))


def _differences(layout: Layout, held: Callable[[str, int, int], object]) -> tuple[int, list[str]]:
    count, found = 0, []
    for title, row, col, value, formula in _formula_cells(layout):
        count += 1
        got = held(title, row + 1, col + 1)
        if not same(value, got):
            cell = xl_rowcol_to_cell(row, col)
            found.append(f"{title}!{cell}: {value!r} became {got!r} by {formula[:200]}")
    return count, found


def _formula_cells(layout: Layout) -> Iterator[tuple[str, int, int, object, str]]:
    for sheet in layout.sheets:
        for row, col, _, value, formula in sheet.cells:
            if formula is not None:
                yield sheet.title, row, col, value, formula


def same(value: object, got: object) -> bool:
    """Whether two cell values agree: numbers within the bound, an empty text and nothing, texts to the letter."""
    if isinstance(value, (int, float)) and isinstance(got, (int, float)):
        return abs(value - got) <= BOUND * max(1.0, abs(value), abs(got))
    return (value or None) == (got or None)
