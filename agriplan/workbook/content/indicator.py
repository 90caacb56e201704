"""The sheet of one indicator: the region's line, its years, the leagues and their shares."""

from collections.abc import Iterable, Mapping

from agriplan.analysis.outlook import EDGES, Outlook, what_is_assumed
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.grades import GRADES
from agriplan.engine.assumptions import published_difference
from agriplan.engine.plan import counted_decimals
from agriplan.engine.scenario import DEFAULT_PATH
from agriplan.rounding import SAME_VALUE, printing_units
from agriplan.workbook.content.assumptions import herd_label
from agriplan.workbook.content.balances import balance_cells, balance_tables, told_of_balances
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.criteria import criteria_scalars, criteria_tables, score_formula
from agriplan.workbook.content.data import history_tables
from agriplan.workbook.content.entries import make_cells, make_table, without_formulas
from agriplan.workbook.content.indicator_years import (
    league_years,
    region_years,
    told_of_leagues,
    told_of_region,
    wide_columns,
)
from agriplan.workbook.content.region_actuals import tables_with_cells
from agriplan.workbook.content.standing import standing_cells, standing_tables, told_of_passed, told_of_standing
from agriplan.workbook.description import Cell, Sheet, Table
from agriplan.workbook.formulas.filling import fill_in
from agriplan.workbook.formulas.leagues import LEAGUE_FORMULAS, LEAGUES_BY_KIND
from agriplan.workbook.formulas.line import LINE, LINE_BY_KIND, LINE_CHECKS, checks_of_entries, grade_share

# What is known of an outlook before anything is entered.
KNOWN = (*EDGES, "plausible_low", "plausible_high")


def describe_indicator(context: BookContext, commitment: Commitment) -> Sheet:
    """The sheet of a commitment, called by its id."""
    scalars = {
        **_line(context, commitment),
        **criteria_scalars(context),
        **standing_cells(context, commitment),
        **balance_cells(context, commitment),
    }
    tables = {
        "leagues": _leagues(context, commitment),
        "league_years": league_years(context, commitment),
        "region_years": region_years(context, commitment),
        **history_tables(context, commitment),
        **criteria_tables(context, commitment),
        **standing_tables(context, commitment),
        **balance_tables(context, commitment),
    }
    return Sheet(commitment.id, "indicator", scalars, tables)


def told_of_indicator(context: BookContext, commitment: Commitment) -> dict[str | None, Mapping[str, object]]:
    """What a scenario tells of the sheet, by table and column; of single cells by name."""
    return {
        None: told_of_passed(context, commitment),
        "league_years": told_of_leagues(context, commitment),
        "region_years": told_of_region(context, commitment),
        "evaluated": told_of_standing(context, commitment),
        **told_of_balances(context, commitment),
    }


def words_of(context: BookContext, commitment: Commitment) -> dict[str, str]:
    """The words in capitals of `formulas`, for this indicator; only rates are counted in another unit."""
    data, rate = context.data, commitment.is_rate
    return {
        "COUNTED": "{counted}" if rate else "{projection}",
        "BASE_WEIGHT": "{size}" if rate else "{baseline}",
        "BASES": "{leagues.baseline_counted:}" if rate else "{leagues.baseline:}",
        "SCORE": "{criteria.score@*}" if data.criteria else "{criteria_weight}",
        "LINE": commitment.id,
        "HERD": commitment.herd or "",
        "END": str(data.target_year),
        "START": str(data.base_year),
        "REGION": data.region.code,
        "USUAL": DEFAULT_PATH[commitment.kind],
    }


def _line(context: BookContext, commitment: Commitment) -> dict[str, Cell]:
    data, lang = context.data, context.lang
    shares = {f"grade_{grade}": grade_share(grade) for grade in GRADES}
    checks = checks_of_entries(has_herd=bool(commitment.herd), region_tables=tables_with_cells(context))
    texts = {**LINE, **LINE_BY_KIND[commitment.kind], **shares, **checks}
    texts = fill_in(texts, **words_of(context, commitment))
    outlook = context.outlook[commitment.id, data.region.code]
    herd = data.indicators[commitment.herd].unit(lang) if commitment.herd else None
    line = context.read.lines[commitment.id]
    # The smallest cap that would do is said in words; no sheet shows it as a figure.
    values = {name: value for name, value in line.items() if name not in ("indicator", "least_max_growth")} | {
        "id": commitment.id,
        "number": data.commitments.index(commitment) + 1,
        "name": commitment.name(lang),
        "short": context.short_names[commitment.id],
        "unit": commitment.unit(lang),
        "units": context.text("units.of_rate", unit=commitment.unit(lang), counted=herd)
        if commitment.is_rate
        else commitment.unit(lang),
        "counted_unit": herd or commitment.unit(lang),
        "growth_unit": context.text("units.growth.rate" if commitment.is_rate else "units.growth.amount"),
        "of_shares": context.text("units.of_shares.rate" if commitment.is_rate else "units.of_shares.amount"),
        "herd_name": herd_label(context, commitment.herd) if commitment.herd else None,
        "quote": commitment.quotation(lang),
        "definition": commitment.definition(lang),
        "nature": context.nature(commitment),
        "naming": context.word(f"naming.{commitment.named_basis}"),
        "kind": context.word(f"kind.{commitment.kind}"),
        "tier": context.word(f"tier.{line['tier']}"),
        "difference": published_difference(commitment, data),
        "observed_difference": published_difference(commitment, data),
        "natural_ceiling": commitment.ceiling,
        **{f"check_{check}_bound": 0 for check in LINE_CHECKS},  # but for those that say otherwise
        **_printing(context, commitment),
        "observed": context.observed(commitment.quantity, data.region.code).value,
        **{name: outlook[name] for name in KNOWN},
        "assumed_mark": _assumed_mark(context, outlook),
        "band_notes": context.band_notes((commitment,), data.areas),
        # What only amounts and values have: rates are not issued and do not grow by a factor.
        **dict.fromkeys(("issued_total", "factor")),
        "check_issued": 0,
        "check_issued_bound": SAME_VALUE,
    }
    return make_cells(without_formulas(values, texts), texts)


def _assumed_mark(context: BookContext, outlook: Outlook) -> str:
    """What stands behind the band of an area: an assumed growth of the quantity, or only of the unit value."""
    flag = what_is_assumed(outlook)
    return context.text(f"short.mark_{flag}") if flag else ""


def _printing(context: BookContext, commitment: Commitment) -> dict[str, object]:
    """With how many decimals figures are printed, and how many printing units that makes of one."""
    own, counted = context.data.decimals(commitment), counted_decimals(context.data, commitment)
    return {
        "own_decimals": own,
        "own_scale": printing_units(own),
        "counted_decimals": counted,
        "counted_scale": printing_units(counted),
        "check_printed_bound": SAME_VALUE * printing_units(own),
        # A rate has no statistical difference.
        **dict.fromkeys(("printed_difference", "printed_statistical_difference"), 0),
    }


def _leagues(context: BookContext, commitment: Commitment) -> Table:
    frame = context.read.leagues[commitment.id]
    codes = frame["code"].tolist()
    outlook = [context.outlook[commitment.id, code] for code in codes]
    blanks, wide = wide_columns(context)
    texts = {**LEAGUE_FORMULAS, **LEAGUES_BY_KIND[commitment.kind], **score_formula(context), **wide}
    values: dict[str, Iterable[object]] = {
        name: column.tolist() for name, column in frame.items() if name != "indicator" and name not in texts
    }
    values |= {
        "name": [context.data.areas[code].name(context.lang) for code in codes],
        "order": range(1, len(codes) + 1),
        "row_own": [int(code == context.area.code) for code in codes],
        "tier": context.in_words("tier", frame["tier"].tolist()),
        **{name: [row[name] for row in outlook] for name in KNOWN},
        "assumed_mark": [_assumed_mark(context, row) for row in outlook],
        **blanks,
    }
    return make_table(codes, values, fill_in(texts, **words_of(context, commitment)))
