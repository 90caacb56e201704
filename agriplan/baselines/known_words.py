"""The CSV files of a data folder as tables, each read with the words of those before it that it may refer to."""

from collections.abc import Mapping

from agriplan.baselines.csv_table import CsvTable
from agriplan.baselines.files import FILES
from agriplan.baselines.records import Area, Indicator, PlanHeader
from agriplan.baselines.rows import KEY_COLUMNS, read_cells
from agriplan.errors import Problem


def read_csv_tables(
    texts: Mapping[str, str | None], header: PlanHeader | None, problems: list[Problem]
) -> dict[str, CsvTable]:
    """The cells of each CSV file, in the order in which they refer to each other."""
    cells: dict[str, CsvTable] = {}
    for name in (name for name in FILES if name.endswith(".csv")):
        cells[name] = read_cells(name, texts.get(name), FILES[name], problems, known_words(name, cells, header))
    return cells


def known_words(name: str, cells: Mapping[str, CsvTable], header: PlanHeader | None) -> dict[str, frozenset[str]]:
    """By column the words that other files define; nothing for those that define them."""
    if FILES[name] in KEY_COLUMNS:
        return {}
    indicators = cells["indicators.csv"]
    known = {
        "indicator": indicators.codes("indicator", Indicator),
        "unit": indicators.words("unit_zh") | indicators.words("unit_en"),
        "source": cells["sources.csv"].words("source"),
    }
    if header is not None:
        known["area"] = cells["leagues.csv"].codes("code", Area) | {header.region.code}
        known["basis"] = header.known_bases
    return known
