"""The first sheet (首页): what the target is, how far the area is from it, what its share is and why."""

from collections.abc import Mapping
from dataclasses import replace
from math import isnan
from typing import Any

from agriplan import __version__
from agriplan.analysis.allocation_cautions import MOST_POINTS_A_YEAR
from agriplan.analysis.caution import LEAST_PART_OF_ONE
from agriplan.analysis.cautions import WIDEST_MARGIN
from agriplan.analysis.notes import notes_concerning
from agriplan.analysis.outlook import OUTLOOK_DIGITS
from agriplan.analysis.titles import title_of
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.doubts import MOST_TIMES_NEIGHBOUR, PART_OF_ONE, UNIT_VALUE_TOO_FAR
from agriplan.engine.allocation import TOLERANCE
from agriplan.engine.criteria import ENTROPY_CAP
from agriplan.engine.scenario import canonical_json
from agriplan.rounding import COMPARE_DIGITS, SAME_VALUE
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table, padded, places_for, spare_table
from agriplan.workbook.content.reading import PlanRow
from agriplan.workbook.description import Cell, Sheet, Table, Varies
from agriplan.workbook.formulas.filling import changed, fill_in, latest
from agriplan.workbook.formulas.pages import FIRST_PAGE, FIRST_PAGE_OF_LEAGUE, FIRST_PAGE_OF_REGION, LIGHT_OF_FIRST_PAGE

# Which names a workbook has and what they mean; readback refuses a workbook of another edition.
EDITION = "3"
# What readback needs to know where a workbook comes from.
EMBEDDED_CELLS = (
    *("edition", "engine_version", "data_version", "region_code", "base_year", "target_year", "area_code", "lang"),
    *("fingerprint", "scenario_parts"),
)
# A cell holds 32,767 characters.
LONGEST_PART = 30_000
PART = "scenario_"
# Places for what deserves attention; where a scenario needs more, its workbook has as many again.
PLACES_FOR_NOTES = 18
# Years that a template's headings can show; a shorter plan leaves the rest empty.
MOST_YEARS = 10


def describe_first_page(context: BookContext, inputs: Mapping[str, bool]) -> Sheet:
    """The sheet `plan`; `inputs` names every column of inputs, so that a cell can tell when one was changed."""
    told = told_on_first_page(context)
    tables = {"indicators": _indicators(context), "notes": spare_table(told["notes"])}
    return Sheet("plan", "plan", _scalars(context, inputs, told[None]), tables)


def told_on_first_page(context: BookContext) -> dict[str | None, dict[str, Any]]:
    """What names the scenario: title, note, fingerprint, and itself as JSON in parts that fit into cells; and what
    deserves attention in the plan and concerns the area, as generated.
    """
    text, notes = canonical_json(context.scenario), notes_concerning(context.plan, context.area.code)
    parts = [text[start : start + LONGEST_PART] for start in range(0, len(text), LONGEST_PART)]
    cells = {
        "scenario": title_of(context.scenario, context.lang),
        "note": context.scenario.note,
        "fingerprint": context.plan.fingerprint,
        "notes_heading": context.text("heading.notes") if notes else None,
        **{f"{PART}{number}": part for number, part in enumerate(parts, 1)},
    }
    said = {"text": [note.text(context.lang) for note in notes]}
    return {None: cells, "notes": padded(places_for(notes, PLACES_FOR_NOTES), said)}


def name_with_area(name: str, area: str) -> str:
    """A plan's name behind the area's, which the region's own plan may begin with.

    >>> name_with_area("内蒙古自治区“十四五”目标", "内蒙古自治区"), name_with_area("“十四五”目标", "通辽市")
    ('内蒙古自治区“十四五”目标', '通辽市 · “十四五”目标')
    """
    return name if area in name else f"{area} · {name}"


def _scalars(context: BookContext, inputs: Mapping[str, bool], told: Mapping[str, object]) -> dict[str, Cell]:
    data, lang = context.data, context.lang
    years = list(data.years)
    values = {
        "name": data.header.name(lang),
        "area": context.area.name(lang),
        "heading": name_with_area(data.header.name(lang), context.area.name(lang)),
        "region": data.region.name(lang),
        "basis": data.basis_name(data.basis, lang),
        "is_region": context.is_region,
        **told,
        "band_notes": context.band_notes(data.commitments, (context.area.code,)),
        "base_year": data.base_year,
        "target_year": data.target_year,
        "years": context.data.span,
        "heading_area": context.text("heading.region.area") if context.is_region else context.area.name(lang),
        **{
            f"heading_{name}": context.text(f"heading.{context.side}.{name}")
            for name in ("amount", "target", "baseline", "projection")
        },
        "half": 0.5,
        "entropy_cap": ENTROPY_CAP,
        "far": MOST_TIMES_NEIGHBOUR,
        "far_unit_value": UNIT_VALUE_TOO_FAR,
        "part_of_one": PART_OF_ONE,
        "least_part_of_one": LEAST_PART_OF_ONE,
        "most_points": MOST_POINTS_A_YEAR,
        "widest_margin": WIDEST_MARGIN,
        "tolerance": TOLERANCE,
        "check_tolerance": SAME_VALUE,
        "digits": COMPARE_DIGITS,
        "fine_digits": OUTLOOK_DIGITS,
        **{
            f"year_{step}": years[step] if step < len(years) else None
            for step in range(max(MOST_YEARS, context.data.span) + 1)
        },
        "edition": EDITION,
        "engine_version": __version__,
        "data_version": data.version,
        "region_code": data.region.code,
        "area_code": context.area.code,
        "lang": lang,
        "scenario_parts": sum(name.startswith(PART) for name in told),
    }
    texts = {"light": LIGHT_OF_FIRST_PAGE, "state": changed(inputs)}
    varies: dict[str, Varies] = dict.fromkeys(told, "text")
    return make_cells(values, texts, (*EMBEDDED_CELLS, *(name for name in told if name.startswith(PART))), varies)


def _indicators(context: BookContext) -> Table:
    each = context.data.commitments
    figures = [_figures_of(context, commitment) for commitment in each]
    values: dict[str, list[object]] = {
        "number": list(range(1, len(each) + 1)),
        **context.said_of(each, name=Commitment.name, unit=Commitment.unit),
        "short": [context.short_names[one.id] for one in each],
        "nature": [context.nature(one) for one in each],
        "named": [1 if context.is_region else row["named"] for row in figures],
        # A league has no history as a rule, and says so.
        "past_growth": [
            context.text("table.none") if isnan(row["past_growth"]) else row["past_growth"] for row in figures
        ],
    }
    own = FIRST_PAGE_OF_REGION if context.is_region else FIRST_PAGE_OF_LEAGUE
    texts = fill_in({**FIRST_PAGE, **own}, CODE=context.area.code)
    keys = [commitment.id for commitment in each]
    table = make_table(keys, values, {**texts, "status": _status_formula(context)})
    # Each number leads to its indicator's sheet: LibreOffice wraps no text that is a link.
    return Table(table.keys, {**table.columns, "number": replace(table.columns["number"], links=keys)})


def _figures_of(context: BookContext, commitment: Commitment) -> PlanRow:
    read = context.read
    return read.lines[commitment.id] if context.is_region else read.league_rows[commitment.id, context.area.code]


def _status_formula(context: BookContext) -> str:
    table = "years.region" if context.is_region else "years.years"
    key = "*.YEAR" if context.is_region else f"*.{context.area.code}.YEAR"
    years = context.data.later_years
    actual = "actual" if context.is_region else "entered_actual"
    return latest(years, f"{{{table}.{actual}@{key}}}", f"{{{table}.status@{key}}}", "{words.status.no_actual}")
