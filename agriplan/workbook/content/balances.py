"""Balances (实物平衡) on an indicator's sheet: what must be true in animals, yields and fodder for the target."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from agriplan.analysis.balance_parts import base_figure, known_sides, stored_parts
from agriplan.analysis.balance_words import fodder_words, measured
from agriplan.analysis.balances import SAME_TIME, DatedFodder, balance_figures, fodder_of
from agriplan.baselines.balances import Balance
from agriplan.baselines.commitments import Commitment
from agriplan.engine.base_figures import worse_grade
from agriplan.sentences import COMMAS
from agriplan.workbook.content.context import BookContext, level_of
from agriplan.workbook.content.data import source_numbers
from agriplan.workbook.content.entries import make_table, row_numbers
from agriplan.workbook.description import Cell, Table, Varies
from agriplan.workbook.formulas.balances import balance_rows, fodder_basis, fodder_rows
from agriplan.workbook.formulas.filling import fill_in

# What a plan knows of a balance beside its quantity: the animals, what each gives, and the worse of their grades.
_KNOWN = ("known_stock", "known_each", "known_level")
# What follows from the scenario and is no formula's: a league may say how many animals it has.
_TOLD: dict[str, dict[str, Varies]] = {
    "balances": {"about": "text", **dict.fromkeys(_KNOWN, "number"), "basis": "text"},
    "fodder": {"about": "text"},
}
_LABELS = ("about", "stock_name", "each_name", "factor", "grade", "basis")
_COLUMNS = {"balances": (*_LABELS, *_KNOWN), "fodder": (*_LABELS, "herd", "each")}
# What the grade and the basis of fodder are put together from, where there is any.
_OF_FODDER = ("worst_else", "by_data", "before_own", "after_own")
# Where the source of an own figure stands in a sentence.
_OWN = "\0"
# A row of what a plan knows of an area.
BalanceRow = dict[str, object]


def balance_cells(context: BookContext, commitment: Commitment) -> dict[str, Cell]:
    """How near a known stock must come to what the quantity implies, and the unit of the quantity that is needed."""
    balances, indicators = context.data.balances, context.data.indicators
    of_animals = [commitment.quantity for one in balances.balance if one.about == commitment.id]
    fodder = balances.fodder
    of_hay = [one.of for one in fodder.stored[:1]] if fodder and fodder.about == commitment.id else []
    units = dict.fromkeys(indicators[one].unit(context.lang) for one in (*of_animals, *of_hay))
    return {"same_time": Cell(SAME_TIME), "balance_unit": Cell(COMMAS[context.lang].join(units) or None)}


def balance_tables(context: BookContext, commitment: Commitment) -> dict[str, Table]:
    """`balances` has a row a balance of the workbook's area, `fodder` one; blank where the data know of none."""
    league = None if context.is_region else context.area.code
    herd = fodder.herd if (fodder := context.data.balances.fodder) else None
    weighed = next((one.id for one in context.data.commitments if herd and one.herd == herd), None)
    # Only a herd that a rate is weighted by has a cell; any other cannot be entered, so what rests on it stands fast.
    eats = fodder is not None and fodder.about == commitment.id and weighed is not None
    texts = {
        "balances": balance_rows(commitment.kind, league),
        "fodder": fill_in(
            {**fodder_rows(weighed, league), **(fodder_basis(league) if eats else {})},
            START=str(context.data.base_year),
            END=str(context.data.target_year),
            HERD=str(herd),
            REGION=context.data.region.code,
        ),
    }
    rows = _rows(context, commitment)
    tables = {}
    for name, columns in {**_COLUMNS, **({"fodder": (*_COLUMNS["fodder"], *_OF_FODDER)} if eats else {})}.items():
        values = {column: [row.get(column) for row in rows[name]] for column in columns if column not in texts[name]}
        tables[name] = replace(make_table(row_numbers(values), values, texts[name], varies=_TOLD[name]), spare=True)
    return tables


def told_of_balances(context: BookContext, commitment: Commitment) -> dict[str | None, dict[str, list[object]]]:
    """What a scenario says of these tables beside their formulas."""
    rows = _rows(context, commitment)
    return {name: {column: [row.get(column) for row in rows[name]] for column in told} for name, told in _TOLD.items()}


def _rows(context: BookContext, commitment: Commitment) -> dict[str, list[BalanceRow]]:
    code = context.area.code
    about = [one for one in context.data.balances.balance if one.about == commitment.id]
    balances = [row for one in about for row in _balance(context, one, code)]
    fodder = list(_fodder(context, commitment, code))
    nothing: BalanceRow = {"about": None if fodder else context.text("balance.none")}
    return {"balances": balances or [nothing], "fodder": fodder or [{}]}


def _balance(context: BookContext, balance: Balance, code: str) -> Iterator[BalanceRow]:
    plan, data, lang = context.plan, context.data, context.lang
    region = known_sides(plan, balance, data.region.code)
    if region.stock is None or region.each is None:
        return
    own = known_sides(plan, balance, code)
    # Without animals of its own a league is measured by what each gives in the region.
    each = own.each or (None if own.stock else region.each)
    found = balance_figures(plan, balance, code)
    rests_on = [one for one in own if one] or [region.stock, region.each]
    yield {
        "about": data.areas[code].name(lang) if found else None,
        "stock_name": _with_unit(context, data.indicators[balance.stock]),
        "each_name": _with_unit(context, measured(data, balance.each)),
        "factor": balance.factor,
        "known_stock": own.stock.value if own.stock else None,
        "known_each": each.value if each else None,
        "known_level": level_of(worse_grade(*(one.grade for one in rests_on))),
        "basis": _basis(context, found.sources, by_region=found.by_region) if found else None,
    }


def _fodder(context: BookContext, commitment: Commitment, code: str) -> Iterator[BalanceRow]:
    fodder, found = context.data.balances.fodder, fodder_of(context.plan, commitment.id, code)
    if fodder is None or fodder.about != commitment.id:
        return
    data, lang = context.data, context.lang
    each = next(one for one in data.balances.coefficient if one.id == fodder.each)
    head = context.text("balance.by_region")
    grades: list[str] = [each.grade]
    if context.is_region:
        head = ""
        if found:
            words = fodder_words(context.plan, DatedFodder(found, data.base_year), lang)
            head = context.text("balance.stored", **words)
        grades += stored_parts(data, fodder)[2]
    known = base_figure(data, fodder.herd, code)
    # What is stored has sources of its own, which the page names: here those of what the herd needs.
    before_own, _, after_own = _rests_on(context, (_OWN, each.source)).partition(_OWN)
    yield {
        "about": data.areas[code].name(lang) if found else None,
        "stock_name": _with_unit(context, data.indicators[fodder.herd]),
        "herd": found.herd if found else None,
        "each_name": _with_unit(context, each),
        "each": each.value,
        "factor": fodder.factor,
        "grade": context.word(f"grade.{found.grade}") if found else None,
        "basis": head + _rests_on(context, found.sources[:2]) if found else None,
        "worst_else": level_of(worse_grade(*grades)),
        "by_data": head + _rests_on(context, (known.sources[0], each.source)) if known else None,
        "before_own": head + before_own,
        "after_own": after_own,
    }


def _with_unit(context: BookContext, thing: Any) -> str:
    """What is counted or measured, and in what."""
    return context.text("balance.with_unit", name=thing.name(context.lang), unit=thing.unit(context.lang))


def _basis(context: BookContext, sources: tuple[str, ...], *, by_region: bool) -> str:
    """What a row rests on: its sources, and that a league is measured by the region's coefficients."""
    return (context.text("balance.by_region") if by_region else "") + _rests_on(context, sources)


def _rests_on(context: BookContext, sources: tuple[str, ...]) -> str:
    """Sources of the data by their numbers, before them whom a planner's own figures come from, by name."""
    numbers, comma = source_numbers(context.data), COMMAS[context.lang]
    named = comma.join(one for one in dict.fromkeys(sources) if one not in numbers)
    numbered = comma.join(str(numbers[one]) for one in dict.fromkeys(sources) if one in numbers)
    code = "balance.rests_on_own" if not numbered else "balance.rests_on_both" if named else "balance.rests_on"
    return context.text(code, own=named, sources=numbered)
