"""The files of a data folder, read one after the other and checked together: what they hold, what is wrong in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from agriplan.baselines.balances import Balances
from agriplan.baselines.cautions import find_cautions
from agriplan.baselines.commitments import Commitments
from agriplan.baselines.consistency import find_inconsistencies
from agriplan.baselines.contents import FolderContents
from agriplan.baselines.csv_table import CsvTable
from agriplan.baselines.files import FILES, OPTIONAL, WITH_ROWS, turn_of_file
from agriplan.baselines.lists_at_fault import blame_lists
from agriplan.baselines.missing import NAME, Missing, complete
from agriplan.baselines.needed_rows import named_leagues_lack, region_has_figures
from agriplan.baselines.records import SOURCE_FORM, Area, Assumption, Figure, Indicator, Place, PlanHeader, Source
from agriplan.baselines.rows import KEY_COLUMNS, read_cells, read_rows, read_text, without_rows
from agriplan.baselines.rows_in_part import InPart
from agriplan.baselines.toml_file import read_toml
from agriplan.errors import Problem, gather

FileTexts = Mapping[str, str | None]


class FolderRead(NamedTuple):
    """What was read of a folder, by its files' texts too, and all that is wrong in it, in the order of its files.

    Where anything is, `lacking` are the figures that a plan without entries would lack besides, and `cautions` what to
    look at again.
    """

    contents: FolderContents
    texts: FileTexts
    problems: list[Problem]
    lacking: Sequence[Problem] = ()
    cautions: Sequence[Problem] = ()


def read_folder(folder: Path) -> FolderRead:
    """Read every file of a data folder; raises nothing, however wrong they are."""
    problems: list[Problem] = []
    here = [name for name in FILES if name not in OPTIONAL or (folder / name).exists() or (folder / name).is_symlink()]
    texts = {name: read_text(folder / name, FILES, problems) for name in here}
    in_part = InPart()
    contents, cells = _read_files(folder, texts, in_part, problems)
    every = _all_problems(contents, cells, texts, in_part, problems)
    if not every:
        return FolderRead(contents, texts, every)
    lacking = list(named_leagues_lack(contents, texts, every))
    return FolderRead(contents, texts, every, lacking, _cautions_beside(contents, every))


def _read_files(
    folder: Path, texts: FileTexts, in_part: InPart, problems: list[Problem]
) -> tuple[FolderContents, dict[str, CsvTable]]:
    """What the files hold, and the cells of those that are tables; what cannot be parsed is told and left out."""
    header = read_toml("plan.toml", texts["plan.toml"], PlanHeader, problems, in_part=in_part.header)
    cells = read_csv_tables(texts, header, problems)
    to_fill = read_rows(NAME, cells[NAME], Missing, problems)
    given = complete(to_fill, problems)
    text = texts["commitments.toml"]
    stated = read_toml("commitments.toml", text, Commitments, problems, given.lay_over, in_part.stated)
    needed = WITH_ROWS | ({"places.csv"} if stated and any(one.belts for one in stated.commitment) else set())
    problems += without_rows(folder, {name: cells[name] for name in sorted(needed)}, FILES, problems)
    text = texts.get("balances.toml")
    balances = read_toml("balances.toml", text, Balances, problems, in_part=in_part.balances) or Balances()
    leagues, indicators, figures, sources, assumptions, places = (
        cells[f"{name}.csv"] for name in ("leagues", "indicators", "observed", "sources", "assumptions", "places")
    )
    contents = FolderContents(
        header=header,
        stated=stated,
        balances=balances,
        leagues=read_rows("leagues.csv", leagues, Area, problems),
        indicators=read_rows("indicators.csv", indicators, Indicator, problems),
        figures=read_rows("observed.csv", figures, Figure, problems, in_part.figures) | given.figures,
        sources=read_rows("sources.csv", sources, Source, problems),
        assumptions=read_rows("assumptions.csv", assumptions, Assumption, problems, in_part.assumptions)
        | given.assumptions,
        places=read_rows("places.csv", places, Place, problems, in_part.places),
        league_codes=leagues.codes("code", Area),
        indicator_ids=indicators.codes("indicator", Indicator),
        source_ids=sources.words("source") | sources.begun("source", SOURCE_FORM),
        to_fill=to_fill,
        given=given,
        place_names=places.words("place_zh"),
    )
    return contents, cells


def _all_problems(
    contents: FolderContents, cells: Mapping[str, CsvTable], texts: FileTexts, in_part: InPart, told: list[Problem]
) -> list[Problem]:
    """What was told as the files were read, with what is wrong between them; what only follows is left out."""
    read, found = [*map(contents.given.placed, told)], find_inconsistencies(contents)
    said = {(one.place, one.said) for one in found}
    problems = [*read, *found, *(one for one in in_part.find(contents, read) if (one.place, one.said) not in said)]
    problems += region_has_figures(contents, texts, list(problems))
    return sorted(gather(blame_lists(problems, contents, cells, texts)), key=turn_of_file)


def _cautions_beside(contents: FolderContents, problems: list[Problem]) -> list[Problem]:
    """What to look at again in a folder in which something is wrong: not what only follows from that."""
    rows = {_row(problem) for problem in problems}
    is_whole = not any(file == "observed.csv" for file, _ in rows)
    return gather(
        caution
        for caution in find_cautions(contents)
        if _row(caution) not in rows and (is_whole or caution.code != "caution_rate_alone")
    )


def _row(problem: Problem) -> tuple[str, str]:
    """The file and line that a problem is told of."""
    file, _, rest = problem.place.partition(":")
    return file, rest.partition(":")[0]


def read_csv_tables(texts: FileTexts, header: PlanHeader | None, problems: list[Problem]) -> dict[str, CsvTable]:
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
