"""What every sheet of a workbook is made from."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

from agriplan.analysis.outlook import ASSUMED, outlook_by_key
from agriplan.baselines.commitments import Commitment, short_names
from agriplan.baselines.folder import Baselines
from agriplan.baselines.grades import GRADES
from agriplan.baselines.records import Area
from agriplan.engine.actuals import Reports, counted_actuals
from agriplan.engine.base_figures import NO_FIGURE, BaseFigure
from agriplan.engine.entered import ActualFigure, fifteen_digits
from agriplan.engine.plan import Plan, counted_decimals
from agriplan.engine.scenario import Scenario
from agriplan.engine.tables import rows_of_columns
from agriplan.forecast.tiers import Suggestions, suggestions_by_area
from agriplan.sentences import Lang, catalogue, say
from agriplan.workbook.content.entries import Inputs, T, columns_of, make_table
from agriplan.workbook.content.input_cells import entered_at
from agriplan.workbook.content.reading import PlanRow, Reading, read_plan
from agriplan.workbook.description import Table, Value
from agriplan.workbook.formulas.edits import KNOWN_ANYWAY, UNCOUNTED


@dataclass(frozen=True, eq=False)
class BookContext:
    """A plan, the area that the workbook is for, and the legends of its template, by code."""

    plan: Plan
    area: Area
    words: Mapping[str, str]
    lang: Lang

    @property
    def data(self) -> Baselines:
        """The data of the plan."""
        return self.plan.baselines

    @property
    def scenario(self) -> Scenario:
        """The scenario of the plan."""
        return self.plan.scenario

    @property
    def is_region(self) -> bool:
        """Whether the workbook is the region's."""
        return self.area.code == self.data.region.code

    @cached_property
    def short_names(self) -> dict[str, str]:
        """What each commitment is called in the rows of a table."""
        return short_names(self.data.commitments, self.lang)

    @cached_property
    def read(self) -> Reading:
        """The plan's tables as plain columns and rows."""
        return read_plan(self.plan)

    @cached_property
    def outlook(self) -> dict[tuple[str, str], dict[str, Any]]:
        """How likely each target is, by indicator and area."""
        return outlook_by_key(self.plan)

    @cached_property
    def suggested(self) -> Suggestions:
        """The suggestion of each observed indicator and area."""
        return suggestions_by_area(self.plan.suggestions)

    def shared_growth(self, indicator: str) -> float | None:
        """The region's suggestion where every league has the same: entered for all it changes nothing. Else nothing."""
        found = {one and one.growth for one in (self.suggested.get((indicator, code)) for code in self.data.areas)}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def entries(self) -> dict[str, Any]:
        """The scenario as JSON: what was entered. Actuals are those that count, as the plan shows them."""
        return {**self.scenario.model_dump(), "actual": self._shown_actuals()}

    @cached_property
    def actuals(self) -> Reports:
        """Every actual that counts."""
        return counted_actuals(self.scenario, self.data)

    def in_base_prices(self, indicator: str, code: str, year: str) -> float | None:
        """An actual that says that it is in the base year's prices; others are in no cell, or say nothing."""
        one = self.scenario.actual.get(indicator, {}).get(code, {}).get(year)
        if isinstance(one, ActualFigure) and one.price_year == self.data.base_year:
            return fifteen_digits(one.value)
        return None

    def kept(self, usual: Value, indicator: str, code: str, year: str) -> int | None:
        """What the list of changes is told of an entry that its cell does not tell from none, as `usual`: see there."""
        if year not in self.scenario.actual.get(indicator, {}).get(code, {}):
            return None
        found = self.actuals.get((indicator, code, int(year)))
        if not (found and found.is_entered):
            return UNCOUNTED
        return KNOWN_ANYWAY if fifteen_digits(found.value) == usual else None

    def _shown_actuals(self) -> dict[str, dict[str, dict[str, float]]]:
        found: dict[str, dict[str, dict[str, float]]] = {}
        # The region's own stand in cells of their own, each under what it was entered as.
        for (indicator, code, year), one in self.actuals.items():
            if one.is_entered and code == self.data.region.code:
                found.setdefault(indicator, {}).setdefault(code, {})[str(year)] = one.value
        for (indicator, code, year), row in self.read.year_rows.items():
            if code != self.data.region.code and not isnan(row["actual"]):
                found.setdefault(indicator, {}).setdefault(code, {})[str(year)] = fifteen_digits(row["actual"])
        return found

    def fill_in(self, keys: Iterable[str], inputs: Inputs) -> dict[str, list[object]]:
        """What stands in columns of inputs: what the scenario holds, else what an empty cell stands for."""
        rows = list(keys)
        return {
            name: [entered_at(self.entries, cells[key], self.word) if key in cells else None for key in rows]
            for name, cells in inputs.items()
        }

    def table(
        self, rows: Mapping[str, Mapping[str, object]], texts: Mapping[str, str], inputs: Inputs, *names: str
    ) -> Table:
        """A table of constants by row, inputs and formulas; `names` are the constants of a table that may be empty."""
        return make_table(rows, {**columns_of(rows, *names), **self.fill_in(rows, inputs)}, texts, inputs)

    @cached_property
    def criteria(self) -> dict[tuple[str, str, str], PlanRow]:
        """The criteria by indicator, criterion and league."""
        rows = rows_of_columns(self.plan.columns["criteria"])
        return {(row["indicator"], row["criterion"], row["code"]): row for row in rows}

    def word(self, code: object) -> str:
        """A word as the template puts it; an empty code is an empty text."""
        return self.words.get(str(code)) or say(str(code), self.lang) if code else ""

    def legends(self, families: Container[str]) -> dict[str, str]:
        """Every word of some families, by code."""
        return {code: self.word(code) for code in catalogue() if code.partition(".")[0] in families}

    def in_words(self, family: str, codes: Sequence[object]) -> list[str]:
        """A column of codes in the template's words."""
        return [self.word(f"{family}.{code}") if code not in ("", None) else "" for code in codes]

    def text(self, code: str, **values: object) -> str:
        """A sentence in the workbook's language."""
        return say(code, self.lang, **values)

    def said_of(self, things: Iterable[T], **columns: Callable[[T, Lang], object]) -> dict[str, list[object]]:
        """Columns of what each thing says of itself in the workbook's language."""
        each = list(things)
        return {name: [told(one, self.lang) for one in each] for name, told in columns.items()}

    def labels(self, rows: Iterable[tuple[Commitment, str]]) -> dict[str, list[object]]:
        """What rows are about: an indicator, its unit and an area."""
        each = list(rows)
        return {
            "indicator": [self.short_names[one.id] for one, _ in each],
            "unit": [one.unit(self.lang) for one, _ in each],
            "area": [self.data.areas[code].name(self.lang) for _, code in each],
        }

    @property
    def named_pairs(self) -> list[tuple[Commitment, Area]]:
        """The named leagues of each indicator."""
        return [
            (one, league) for one in self.data.commitments for league in self.data.leagues if league.code in one.leagues
        ]

    @property
    def side(self) -> str:
        """Whose workbook it is, as sentences are named."""
        return "region" if self.is_region else "league"

    def nature(self, commitment: Commitment) -> str:
        """The nature (属性) of a commitment, marked where it is a reading of the source's words."""
        nature = self.word(f"nature.{commitment.nature}")
        return nature if commitment.nature_basis == "stated" else self.text("nature.read", nature=nature)

    def band_notes(self, commitments: Iterable[Commitment], codes: Collection[str]) -> str | None:
        """What the marks behind the bands of these mean; of those that stand there only."""
        shown = [self.outlook[one.id, code] for one in commitments for code in codes]
        notes = [self.text(f"marked.{flag}") for flag in ASSUMED if any(row[flag] for row in shown)]
        return "    ".join(notes) or None

    def observed(self, indicator: str | None, code: str) -> BaseFigure:
        """The base-year figure of the data, without the planner's own."""
        figure = self.data.base_figures.get((indicator or "", code))
        return BaseFigure(figure.value, figure.grade, figure.relative_error) if figure else NO_FIGURE


def level_of(grade: str) -> float:
    """A grade as a number, 1 the best, NaN without a grade.

    >>> level_of("official")
    1.0
    """
    return float(list[str](GRADES).index(grade) + 1) if grade else float("nan")


def printed_decimals(data: Baselines) -> dict[str, int]:
    """With how many decimals figures are printed: commitments in order, what they count and are made of, the rest.

    The names are those of `layout/decimals.py`.
    """
    found: dict[str, int] = {}
    for one in data.commitments:
        found[one.id] = data.decimals(one)
        found[f"{one.id}.counted"] = counted_decimals(data, one)
        found[f"{one.id}.quantity"] = data.indicators[one.quantity].decimals
    return {**{name: one.decimals for name, one in data.indicators.items() if name not in found}, **found}


def book_properties(context: BookContext) -> dict[str, str]:
    """What a workbook says of itself: its title, and what it was made from."""
    name = context.data.header.name(context.lang)
    return {
        "title": f"{context.area.name(context.lang)} · {name}",
        "subject": name,
        "author": "agriplan",
        "comments": say("workbook.made_from", context.lang, fingerprint=context.plan.fingerprint),
        "fingerprint": context.plan.fingerprint,
    }
