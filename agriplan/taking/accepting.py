"""Readings that a person has confirmed, as rows of a data folder: the texts of its files before and after."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, get_args

from agriplan.baselines.csv_table import raw_csv
from agriplan.baselines.dates import date_meant, is_whole_date
from agriplan.baselines.folder import Baselines
from agriplan.baselines.grades import Grade
from agriplan.baselines.missing import LINES_FROM, NAME, Missing, complete
from agriplan.baselines.records import Figure
from agriplan.baselines.rows import read_cells, read_rows
from agriplan.errors import BaselinesError, Called, Problem
from agriplan.nearest_word import did_you_mean
from agriplan.report.csv_export import FORMULA_STARTS
from agriplan.sentences import Lang, listed, say
from agriplan.taking.reading import TakenFigure
from agriplan.taking.two_values import tell_twice_valued

# How far off a figure of a grade may be where nobody says otherwise: official ones as the shipped ones are.
ERRORS: dict[str, float] = {"official": 0.03, "secondary": 0.05, "reported": 0.05, "derived": 0.2, "assumed": 0.4}
_ID = re.compile(r"^[a-z0-9][a-z0-9_]*$")
FIGURES_FILE, SOURCES_FILE = "observed.csv", "sources.csv"


@dataclass(frozen=True)
class Provenance:
    """What is asked once of a whole table. `source` is one that the folder knows, or the title of a new one."""

    basis: str
    grade: str
    source: str
    relative_error: float | None = None
    address: str = ""
    date: str = ""

    @property
    def error(self) -> float:
        """The relative error that is written: what was said, else that of the grade."""
        return ERRORS[self.grade] if self.relative_error is None else self.relative_error


@dataclass(frozen=True)
class Accepted:
    """The files' new texts, and how many figures are new or changed."""

    texts: Mapping[str, str]
    new: int
    changed: int


def accept(taken: Iterable[TakenFigure], said: Provenance, baselines: Baselines, texts: Mapping[str, str]) -> Accepted:
    """Lay readings over the texts of observed.csv and sources.csv; raises `BaselinesError` with all that is missing,
    and where one figure has two values.

    A figure of the same area, indicator, year and basis is replaced, any other added; no other line changes. One that
    was filled in in missing.csv stands in observed.csv from then on.
    """
    problems = list(_problems(said, baselines))
    confirmed = list(taken)
    problems += tell_twice_valued(confirmed, baselines, "take_twice")
    if problems:
        raise BaselinesError(problems)
    source, sources = _with_source(said, baselines, texts[SOURCES_FILE])
    known = _figures_in(texts)
    instead: dict[str, dict[int, dict[str, str] | None]] = {FIGURES_FILE: {}, NAME: {}}
    more: list[dict[str, str]] = []
    changed = 0
    for one in {figure.key: figure for figure in confirmed if figure.is_known}.values():
        row = _row(one, said, source, baselines)
        at = known.get((one.area, one.indicator, one.year or 0, said.basis))
        if at is None:
            more.append(row)
        elif at.figure.value != one.value or at.figure.source != source:
            changed += 1
            more += [row] if at.file == NAME else []
            instead[at.file][at.line] = None if at.file == NAME else row
    figures = raw_csv(texts[FIGURES_FILE]).written(more, instead[FIGURES_FILE])
    filled = {NAME: raw_csv(texts[NAME]).written((), instead[NAME])} if instead[NAME] else {}
    new = len(more) - len(instead[NAME])
    return Accepted({SOURCES_FILE: sources, FIGURES_FILE: figures, **filled}, new, changed)


def error_by_grade(grade: str, lang: Lang) -> str:
    """Which relative error is taken where none was said, and why."""
    return say("take.error_by_grade", lang, grade=say(f"grade.{grade}", lang), relative=f"{ERRORS[grade]:g}")


def errors_by_grade(lang: Lang) -> str:
    """The same of every grade, where none is chosen yet."""
    told = (say("take.error_of", lang, grade=say(f"grade.{one}", lang), relative=f"{ERRORS[one]:g}") for one in ERRORS)
    return say("take.errors_by_grade", lang, errors=listed(told, lang))


def check_provenance(said: Provenance, baselines: Baselines) -> None:
    """Raise `BaselinesError` with what cannot be said of a table; what is empty may still be asked for."""
    problems = [one for one in _problems(said, baselines) if one.code != "take_empty"]
    if problems:
        raise BaselinesError(problems)


class _Place(NamedTuple):
    """A figure that stands in a file already."""

    file: str
    line: int
    figure: Figure


def _figures_in(texts: Mapping[str, str]) -> dict[tuple[str, str, int, str], _Place]:
    """The figures of the files, as the reader of data folders has them; raises `BaselinesError` where it has none."""
    problems: list[Problem] = []
    rows = read_rows(FIGURES_FILE, read_cells(FIGURES_FILE, texts[FIGURES_FILE], Figure, problems), Figure, problems)
    to_fill = read_rows(NAME, read_cells(NAME, texts.get(NAME), Missing, problems), Missing, problems)
    filled = complete(to_fill, problems).figures
    if problems:
        raise BaselinesError(problems)
    places = [_Place(FIGURES_FILE, line, row) for line, row in rows.items()]
    places += [_Place(NAME, line - LINES_FROM, row) for line, row in filled.items()]
    return {(one.figure.area, one.figure.indicator, one.figure.year, one.figure.basis): one for one in places}


def _row(one: TakenFigure, said: Provenance, source: str, baselines: Baselines) -> dict[str, str]:
    return {
        "area": one.area,
        "indicator": one.indicator,
        "year": str(one.year),
        "value": f"{one.value:.12g}",
        "unit": baselines.indicators[one.indicator].unit_zh,
        "basis": said.basis,
        "grade": said.grade,
        "relative_error": f"{said.error:g}",
        "source": source,
        "note_zh": harmless(f"{one.place}（{one.noted}）" if one.noted else one.place),
        "note_en": harmless(f"{one.place} ({one.noted})" if one.noted else one.place),
    }


def harmless(text: str) -> str:
    """A person's text without the signs at its beginning for which Excel takes a cell of a CSV file for a formula.

    An apostrophe before it, as exports have, would stand in the data from then on.

    >>> harmless("=+HYPERLINK(1)"), harmless("\\t-1.csv!B2"), harmless(" 统计年鉴 ")
    ('HYPERLINK(1)', '1.csv!B2', '统计年鉴')
    """
    return text.strip().lstrip("".join(FORMULA_STARTS) + "＝＋－＠ ")


def _problems(said: Provenance, baselines: Baselines) -> Iterable[Problem]:
    grades = get_args(Grade)
    bases = sorted(baselines.header.known_bases)
    called = [Called(one, baselines.basis_name(one, "zh"), baselines.basis_name(one, "en")) for one in bases]
    graded = [Called(one, say(f"grade.{one}", "zh"), say(f"grade.{one}", "en")) for one in grades]
    for name, word, known in (("basis", said.basis, called), ("grade", said.grade, graded)):
        codes = [one.code for one in known]
        if not word:
            yield Problem("", "take_empty", {"what": _asked(name)})
        elif word not in codes:
            values = {"what": _asked(name), "word": word, "known": tuple(known)}
            named = next((one.code for one in known if word in (one.zh, one.en)), None)
            yield Problem("", "take_unknown", values, named or did_you_mean(word, codes))
    if not harmless(said.source):
        yield Problem("", "take_empty", {"what": _asked("source")})
    if said.date.strip() and not is_whole_date(said.date.strip()):
        values = {"what": _asked("date"), "word": said.date}
        yield Problem("", "take_date", values, date_meant(said.date))
    if said.relative_error is not None and not 0 <= said.relative_error <= 1:
        yield Problem("", "take_error_range", {"what": _asked("relative_error"), "word": f"{said.relative_error:g}"})


def _asked(name: str) -> Called:
    """What is asked of the whole table, by its name."""
    return Called("", say(f"take.{name}", "zh"), say(f"take.{name}", "en"))


def _with_source(said: Provenance, baselines: Baselines, text: str) -> tuple[str, str]:
    """The id of the source, and sources.csv with a row for it where it is new."""
    title = harmless(said.source)
    for one in baselines.source_list:
        if title in (one.source, one.title_zh, one.title_en):
            return one.source, text
    known = {one.source for one in baselines.source_list}
    name = (
        title
        if _ID.match(title)
        else next(f"table{number}" for number in range(1, 10_000) if f"table{number}" not in known)
    )
    row = {
        "source": name,
        "title_zh": title,
        "title_en": title,
        "date": said.date.strip(),
        "address": harmless(said.address),
        "used_for": "observed",
        "how_far_read": "unconfirmed",  # nobody was asked; whoever has read it in full says so in the file
    }
    return name, raw_csv(text).written([row])
