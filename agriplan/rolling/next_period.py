"""The files of the next period's folder: this period's results become base figures, targets are to be set anew.

Nothing of the old folder is changed. What the source of the old period said (directions, projects, quotations, who is
to follow up) is left out: the next period has a source of its own.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import pandas as pd

from agriplan.baselines.csv_table import csv_text, raw_csv
from agriplan.baselines.folder import Baselines
from agriplan.baselines.missing import NAME
from agriplan.baselines.records import is_money
from agriplan.engine.actuals import Reported
from agriplan.engine.scenario import Scenario
from agriplan.rolling.balance_years import with_later_years
from agriplan.rolling.entered_figures import FigureKey, figures_entered
from agriplan.rolling.missing_rows import FILLED_IN, as_csv, list_missing, source_of
from agriplan.rolling.period import check_years, say_years
from agriplan.rolling.toml_text import as_meant, toml_block, with_entry
from agriplan.sentences import LANGS, say

# What a commitment of the next period has of its own, and what was said of the old one only.
_NOTES = frozenset({"definition_note_zh", "definition_note_en"})
_ANEW = _NOTES | {"target", "quote", "quote_en", "belt_quote", "belt_quote_en"}
# Files that say nothing of a period.
CARRIED = ("leagues.csv", "indicators.csv", "places.csv", "README.md")
BALANCES = "balances.toml"
# Comparable years without which a history says nothing of growth.
_FEW_YEARS = 2


def roll(
    old: Baselines,
    texts: Mapping[str, str],
    scenario: Scenario,
    suggestions: pd.DataFrame,
    target_year: int,
    words: Literal["roll", "init"] = "roll",
) -> dict[str, str]:
    """The files of the next period's folder by name; `texts` are those of the old one.

    `words` is the family of the sentences in them: "init" where the folder is not the next period's.
    Raises `BaselinesError` where the target year is not after the old one, or later than any plan's.
    """
    check_years(old.target_year, target_year)
    entered = figures_entered(old, scenario, suggestions)
    known = old.known_figures | entered.on(old.basis)
    return {
        **{name: texts[name] for name in CARRIED if name in texts},
        **{name: _balances(texts[name], old, known) for name in (BALANCES,) if name in texts},
        "plan.toml": _header(old, texts["plan.toml"], target_year, words),
        "sources.csv": with_rows(texts["sources.csv"], [source_row(old.target_year)]),
        "observed.csv": with_rows(_figures(texts["observed.csv"], old, entered.figures), _rows(old, entered.figures)),
        "assumptions.csv": with_rows(
            _as_read(texts["assumptions.csv"], old.assumptions), _assumptions(old, suggestions, known, words)
        ),
        "commitments.toml": _commitments(old, words),
        NAME: as_csv(list_missing(old, known)),
    }


def _balances(text: str, old: Baselines, known: Mapping[tuple[str, str, int], float]) -> str:
    return with_later_years(text, old.balances, known, old.region.code, old.target_year)


def _header(old: Baselines, text: str, target_year: int, words: str) -> str:
    """plan.toml with other years and a name that says that it is to be named."""
    values: dict[str, object] = {"base_year": old.target_year, "target_year": target_year}
    first = old.target_year + 1
    for lang in LANGS:
        years = say_years(first, target_year, lang)
        values[f"name_{lang}"] = say(f"{words}.plan_name", lang, name=old.header.name(lang), years=years)
    meant = tomllib.loads(text) | values
    for key, value in values.items():  # the first of its name: those of the region and the criteria stand below
        text = with_entry(text, key, value)
    return as_meant(text, meant)


def _commitments(old: Baselines, words: str) -> str:
    told = [say(f"{words}.commitments_head", lang, file=NAME) for lang in LANGS]
    told += [say("roll.directions_were", lang) for lang in LANGS if old.directions]
    head = [f"# {line}" for one in told for line in one.splitlines()]
    left = [f"# {one.id}: {one.name_zh} / {one.name_en}" for one in old.directions]
    blocks = []
    for one in old.commitments:
        entries = {
            name: value
            for name, value in one.model_dump().items()
            if name not in _ANEW and value is not None and value != ""
        }
        blocks.append(f"{toml_block('commitment', entries)}\n# target, quote: {NAME}")
    return "\n\n".join(["\n".join([*head, *left]), *blocks]) + "\n"


def source_row(year: int) -> dict[str, str]:
    """The row of sources.csv that filled in figures of that year have, until somebody names a better one."""
    title = {f"title_{lang}": say("roll.source", lang, year=year) for lang in LANGS}
    return {"source": FILLED_IN.format(year=year), "used_for": "observed", "how_far_read": "unconfirmed", **title}


def _rows(old: Baselines, entered: Mapping[FigureKey, Reported]) -> list[dict[str, str]]:
    known = {one.source for one in old.source_list}
    return [
        {
            "area": area,
            "indicator": indicator,
            "year": str(year),
            "value": f"{one.value:.12g}",
            "unit": old.indicators[indicator].unit_zh,
            "basis": basis,
            "grade": one.grade,
            "relative_error": f"{one.relative_error:g}",
            "source": one.source if one.source in known else source_of(old),
            **_notes(old, indicator, one, one.source in known),
        }
        for (indicator, area, year, basis), one in entered.items()
    ]


def _notes(old: Baselines, indicator: str, one: Reported, has_source: bool) -> dict[str, str]:
    """What a person wrote of its source, and whose prices it is in where they are not those of the new base year."""
    prices = one.price_year or old.base_year
    is_old = is_money(old.indicators[indicator].unit_zh) and prices != old.target_year
    told = {lang: say("roll.prices_note", lang, prices=prices, year=old.target_year) for lang in LANGS if is_old}
    said = "；".join(filter(None, ("" if has_source else one.source, one.note)))
    return {
        "note_zh": "；".join(filter(None, (said, told.get("zh")))),
        "note_en": "; ".join(filter(None, (said if told else "", told.get("en")))),
    }


def _figures(text: str, old: Baselines, entered: Mapping[FigureKey, Reported]) -> str:
    """All figures of the old folder, those of its own missing.csv too, but for those that the scenario knows better."""
    table = old.observed
    keys = zip(table["indicator"], table["area"], table["year"].astype(int), table["basis"], strict=True)
    known = pd.Series([key in entered for key in keys], index=table.index, dtype=bool)
    return _as_read(text, table[~known])


def _as_read(text: str, table: pd.DataFrame) -> str:
    """The rows of a table under the header of its file: also those that were filled in elsewhere."""
    heads = [head for head in raw_csv(text).heads if head]
    return csv_text([heads, *([_cell(row[head]) for head in heads] for row in table[heads].to_dict("records"))])


def _cell(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _assumptions(
    old: Baselines, suggestions: pd.DataFrame, known: Mapping[tuple[str, str, int], float], words: str
) -> list[dict[str, str]]:
    """A growth for whatever will have too short a history: what was suggested for the region, as an assumption."""
    stated = set(zip(old.assumptions["indicator"], old.assumptions["area"], strict=True))
    region, year = old.region.code, old.target_year
    rows = suggestions[(suggestions["code"] == region) & suggestions["growth"].notna()]
    note = {f"note_{lang}": say(f"{words}.growth_note", lang, first=old.base_year, last=year) for lang in LANGS}
    return [
        {
            "indicator": indicator,
            "area": region,
            **{name: f"{number:.2f}" for name, number in zip(("growth", "low", "high"), numbers, strict=True)},
            "grade": "assumed",
            "source": source_of(old),
            **note,
        }
        for indicator, *numbers in rows[["indicator", "growth", "low", "high"]].itertuples(index=False)
        if (indicator, region) not in stated and not has_history(known, indicator, region, year)
    ]


def has_history(known: Collection[tuple[str, str, int]], indicator: str, area: str, year: int) -> bool:
    """Whether the years before the new base year are known without a gap, as far as growth needs them."""
    return all((indicator, area, year - back) in known for back in range(1, _FEW_YEARS))


def with_rows(text: str, rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV file with further rows."""
    return raw_csv(text).written(rows)
