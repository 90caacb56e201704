"""An indicator more in a begun folder: its rows in every file, and what is still to be given in missing.csv."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from agriplan.baselines.commitments import Direction
from agriplan.baselines.csv_table import raw_csv
from agriplan.baselines.folder import Baselines
from agriplan.baselines.missing import NAME, Missing
from agriplan.baselines.records import Indicator, Kind
from agriplan.errors import Problem, ScenarioError
from agriplan.nearest_word import did_you_mean
from agriplan.rolling.beginning import Begun
from agriplan.rolling.missing_rows import ERROR, FILLED_IN, GRADE, as_csv, each_once, last_before, rows_in, words_for
from agriplan.rolling.next_period import has_history, source_row, with_rows
from agriplan.rolling.toml_text import blocks_of, toml_block
from agriplan.sentences import LANGS, say

_ID = re.compile(r"[a-z][a-z0-9_]{0,29}")
_NEW = re.compile(r"(?P<name>[^()（）/]+)[(（](?P<unit>[^()（）]+)[)）]")
# What a commitment of each kind has beside its quantity.
_SECOND: Mapping[Kind, str] = {"value": "unit_value", "rate": "herd"}
_COMMITMENTS = "commitments.toml"


@dataclass(frozen=True)
class NewIndicator:
    """An indicator with a target that the folder is to have: what it is called, and what it is made of.

    `parts` holds what is observed, by the commitment's entry (`quantity`, `unit_value`, `herd`), `new_parts` what of it
    was not so far.
    """

    id: str
    kind: Kind
    parts: Mapping[str, Indicator]
    new_parts: tuple[Indicator, ...]

    @property
    def quantity(self) -> Indicator:
        """What is observed of it."""
        return self.parts["quantity"]

    def unit(self, lang: str) -> str:
        """Its unit: of a value what a unit value is paid in, else that of the quantity."""
        priced = self.parts.get("unit_value")
        return re.split("/| per ", priced.unit(lang))[0] if priced else self.quantity.unit(lang)


def parse_new(words: Iterable[str], old: Baselines) -> list[NewIndicator]:
    """The indicators that are asked for as ID:KIND:QUANTITY, for values and rates with :UNIT_VALUE or :HERD.

    What is observed is named by id or name, or, where it is new, by its name and unit: 羊毛产量（吨）; with the unit of
    one that there is, that is meant. Raises `ScenarioError` with every word that means nothing.
    """
    found: list[NewIndicator] = []
    problems: list[Problem] = []
    for word in words:
        key, kind, *parts = [*word.split(":"), ""] if ":" in word else (word, "")
        names = ["quantity", *([_SECOND[kind]] if kind in _SECOND else [])]  # type: ignore[index]
        parts = [part for part in parts if part]
        if not _ID.fullmatch(key) or kind not in get_args(Kind) or len(parts) != len(names):
            problems.append(Problem(f"--add {word}", "add_shape"))
        elif key in old.by_id or key in {one.id for one in found}:
            problems.append(Problem(f"--add {word}", "add_known", {"word": key}))
        else:
            made = {
                name: _observed(part, f"{key}_{name}", word, old, problems)
                for name, part in zip(names, parts, strict=True)
            }
            new = tuple(part for part in made.values() if part.indicator not in old.indicators)
            found.append(NewIndicator(key, kind, made, new))  # type: ignore[arg-type]
    if problems:
        raise ScenarioError(problems)
    return found


def _observed(said: str, key: str, word: str, old: Baselines, problems: list[Problem]) -> Indicator:
    by_name = {
        name.casefold(): one for one in old.indicators.values() for name in (one.indicator, one.name_zh, one.name_en)
    }
    new = _NEW.fullmatch(said.strip())
    name, unit = (new["name"].strip(), new["unit"].strip()) if new else (said.strip(), "?")
    known = by_name.get(name.casefold())
    if known is None and new is None:
        problems.append(Problem(f"--add {word}", "add_unknown", {"word": said}, did_you_mean(said, by_name)))
    elif known is not None and new is not None and unit not in (known.unit_zh, known.unit_en):
        other = {"word": name, "other": known.indicator}
        problems.append(Problem(f"--add {word}", "name_of_another_indicator", other))
    upper = 100.0 if unit == "%" else None
    return known or Indicator(
        indicator=key, name_zh=name, name_en=name, unit_zh=unit, unit_en=unit, decimals=2, upper=upper
    )


def add_indicators(begun: Begun, new: Iterable[NewIndicator]) -> dict[str, str]:
    """The files of the folder with these indicators: figures, growths, targets and quotations stand empty."""
    made = dict(begun.texts)
    rows = rows_in(made.get(NAME, ""))
    for one in new:
        direction = next((each for each in begun.directions if each.id == one.id), None)
        leagues = direction.leagues if direction else tuple(league.code for league in begun.leagues)
        made["indicators.csv"] = with_rows(made["indicators.csv"], map(_cells, one.new_parts))
        made[_COMMITMENTS] = _committed(made[_COMMITMENTS], one, direction, leagues)
        rows += _lacking(begun, one, direction, leagues)
    source = source_row(begun.base_year)
    if source["source"] not in {row.get("source") for row in raw_csv(made["sources.csv"]).cells().values()}:
        made["sources.csv"] = with_rows(made["sources.csv"], [source])
    return made | {NAME: as_csv(each_once(rows))}


def _cells(one: Indicator) -> dict[str, str]:
    return {
        name: "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in one.model_dump().items()
    }


def _committed(text: str, one: NewIndicator, direction: Direction | None, leagues: tuple[str, ...]) -> str:
    """commitments.toml with a block more; a direction that is given a number is one no longer."""
    kept = [block for name, block, entries in blocks_of(text) if (name, entries.get("id")) != ("direction", one.id)]
    entries = {
        "id": one.id,
        "kind": one.kind,
        **{name: part.indicator for name, part in one.parts.items()},
        **({"ceiling": 100} if one.kind == "rate" else {}),
        "short_en": one.id.replace("_", " ").capitalize()[:20],
        "nature": "expected",
        "issue_decimals": 2 if one.kind == "value" else min(4, one.quantity.decimals),
        **{f"name_{lang}": say(f"init.name_of_{one.kind}", lang, name=one.quantity.name(lang)) for lang in LANGS},
        **{f"unit_{lang}": one.unit(lang) for lang in LANGS},
        "named_basis": direction.named_basis if direction else "all",
        "leagues": leagues,
        "belts": (),
    }
    return f"{''.join(kept).rstrip()}\n\n{toml_block('commitment', entries)}\n# target, quote: {NAME}\n"


def _lacking(
    begun: Begun, one: NewIndicator, direction: Direction | None, leagues: tuple[str, ...]
) -> Iterator[Missing]:
    """The rows that are to be filled in: what a plan cannot do without, as far as the data do not have it."""
    region, year = begun.region.code, begun.base_year
    source = {"source": FILLED_IN.format(year=year)}
    for part, what in one.parts.items():
        areas = [region] if part == "unit_value" else [region, *leagues]
        for area in (area for area in areas if (what.indicator, area, year) not in begun.known):
            name = " / ".join(f"{begun.called(area, lang)} {year} {what.name(lang)}" for lang in LANGS)
            figure = {
                "last": last_before(begun.known, what.indicator, area, year),
                "unit": what.unit_zh,
                "basis": begun.basis,
                "grade": GRADE,
                "relative_error": ERROR,
                **source,
            }
            yield Missing(what="figure", id=what.indicator, area=area, year=str(year), name=name, **figure)
    for what in one.parts.values():
        if what.indicator not in begun.assumed and not has_history(begun.known, what.indicator, region, year):
            name = words_for("growth", {lang: what.name(lang) for lang in LANGS})
            yield Missing(what="growth", id=what.indicator, area=region, name=name, grade="assumed", **source)
    names = {lang: say(f"init.name_of_{one.kind}", lang, name=one.quantity.name(lang)) for lang in LANGS}
    yield Missing(what="target", id=one.id, name=words_for("target", names), unit=one.unit("zh"))
    yield Missing(what="quote", id=one.id, name=words_for("quote", names), last=direction.quote if direction else "")
