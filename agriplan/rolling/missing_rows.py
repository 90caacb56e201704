"""What the next period's plan lacks: figures of its base year, targets, quotations, as rows of missing.csv."""

from collections.abc import Iterable, Iterator, Mapping

from agriplan.baselines.csv_table import csv_text, raw_csv
from agriplan.baselines.folder import Baselines
from agriplan.baselines.missing import Missing
from agriplan.sentences import LANGS, Lang, say

FILLED_IN = "filled{year}"
"""The source that figures filled in are given, until somebody names a better one."""
GRADE, ERROR = "reported", "0.05"

# Figures on the plan's basis by indicator, area and year.
FiguresKnown = Mapping[tuple[str, str, int], float]


def list_missing(old: Baselines, known: FiguresKnown) -> list[Missing]:
    """The rows: figures first, in the order of commitments and areas, then targets and quotations.

    `known` holds what the new folder does, figures that were entered too. Where an area had a figure of the old
    base year it needs one of the new; the region's years between may stay empty, but a gap cuts off what came before,
    and so may what only criteria are made of.
    """
    year, rested_on = old.target_year, _rested_on(old)
    rows = [
        _figure(old, known, indicator, area, year, needed=indicator in rested_on)
        for indicator, area in _needed(old)
        if (indicator, area, year) not in known
    ]
    region = old.region.code
    rows += [
        _figure(old, known, indicator, region, between, needed=False)
        for indicator in _quantities(old)
        for between in range(old.base_year + 1, year)
        if (indicator, region, between) not in known
    ]
    for commitment in old.commitments:
        name = {lang: commitment.name(lang) for lang in LANGS}
        target = f"{commitment.target:.12g} ({year})"
        rows.append(
            Missing(
                what="target", id=commitment.id, name=words_for("target", name), last=target, unit=commitment.unit_zh
            )
        )
        rows.append(Missing(what="quote", id=commitment.id, name=words_for("quote", name), last=commitment.quote))
    return rows


def as_csv(rows: Iterable[Missing]) -> str:
    """The file missing.csv."""
    names = sorted(Missing.model_fields, key=lambda name: name.startswith("note_"))  # notes last, as in the other files
    return csv_text([names, *([getattr(row, name) for name in names] for row in rows)])


def rows_in(text: str) -> list[Missing]:
    """The rows of a file missing.csv, whatever version wrote it."""
    return [
        Missing.model_validate({name: cell for name, cell in row.items() if name in Missing.model_fields})
        for row in raw_csv(text).cells().values()
    ]


def each_once(rows: Iterable[Missing]) -> list[Missing]:
    """The rows in their order, one for each thing that is to be given: needed where any of them is.

    >>> herd = {"what": "figure", "id": "livestock_units", "area": "150500", "year": "2020"}
    >>> [row.needed for row in each_once([Missing(**herd, needed="no"), Missing(**herd)])]
    ['yes']
    """
    found: dict[tuple[str, ...], Missing] = {}
    for row in rows:
        key = row.what, row.id, row.area, row.year
        first = found.setdefault(key, row)
        found[key] = first.model_copy(update={"needed": row.needed}) if row.needed == "yes" else first
    return list(found.values())


def count_lacking(text: str) -> dict[str, int]:
    """How many rows of the file are empty, and how many of them are needed."""
    left = [row.needed for row in rows_in(text) if not row.is_filled]
    return {"rows": len(left), "needed": left.count("yes")}


def source_of(old: Baselines) -> str:
    """The id of the source that filled in figures have."""
    return FILLED_IN.format(year=old.target_year)


def _needed(old: Baselines) -> Iterator[tuple[str, str]]:
    for indicator in _base_indicators(old):
        for area in old.areas:
            if (indicator, area) in old.base_figures:
                yield indicator, area


def _quantities(old: Baselines) -> list[str]:
    return list(dict.fromkeys(one.quantity for one in old.commitments if not one.is_rate))


def _rested_on(old: Baselines) -> list[str]:
    """What a plan rests on: quantities, unit values, herds."""
    return [name for one in old.commitments for name in (one.quantity, one.unit_value, one.herd) if name]


def _base_indicators(old: Baselines) -> list[str]:
    """What a plan rests on, and what criteria are made of."""
    named = [*_rested_on(old), *(name for one in old.criteria for name in (one.of, one.per))]
    return [name for name in dict.fromkeys(named) if name in old.indicators]


def last_before(known: FiguresKnown, indicator: str, area: str, year: int) -> str:
    """The last figure before a year and the year that it is of, as the file has it; empty where none is known.

    >>> last_before({("milk", "150500", 2020): 35.87, ("milk", "150500", 2024): 60.0}, "milk", "150500", 2025)
    '60 (2024)'
    """
    last = max((at for name, code, at in known if (name, code) == (indicator, area) and at < year), default=None)
    return "" if last is None else f"{known[indicator, area, last]:.12g} ({last})"


def _figure(old: Baselines, known: FiguresKnown, indicator: str, area: str, year: int, *, needed: bool) -> Missing:
    name = " / ".join(f"{old.areas[area].name(lang)} {year} {old.indicators[indicator].name(lang)}" for lang in LANGS)
    return Missing(
        what="figure",
        id=indicator,
        area=area,
        year=str(year),
        name=name,
        last=last_before(known, indicator, area, year),
        needed="yes" if needed else "no",
        unit=old.indicators[indicator].unit_zh,
        basis=old.basis,
        grade=GRADE,
        relative_error=ERROR,
        source=source_of(old),
    )


def words_for(what: str, name: Mapping[Lang, str]) -> str:
    """What a row asks for, in both languages."""
    return " / ".join(say(f"roll.missing_{what}", lang, name=name[lang]) for lang in LANGS)
