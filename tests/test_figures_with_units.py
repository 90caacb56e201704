"""A figure of an indicator has its unit in every sentence: 上限30.00万吨, never 上限30.00."""

import re
from collections.abc import Iterator
from pathlib import Path

from agriplan.sentences import catalogue

PACKAGE = Path(__file__).parents[1] / "agriplan"
# A value that is printed as a number where a sentence is said, in Python or in the template of a page.
PRINTED = re.compile(
    r"""["']?\b(\w+)["']?\s*[=:]\s*(?:print_(?:number|entered|significant|observed)|number|signed|_known|short_number)\("""
)
VALUE = re.compile(r"(?<!\{)\{(\w+)(?::\w*)?\}(?!\})")
# What stands behind a figure: its unit by name, or what it counts in words.
UNIT = (
    r"\s?(?:\{(?:\w+_)?unit\}|\{(?:per_year|per_cent|level)\}|%|个百分点|倍|percentage points?|points?\b"
    r"|\{\w+:(?:point\|points|time\|times)\}|万吨|× 10,000 t|千克|kg\b)"
)
# The upper end of a range, whose unit stands behind both.
RANGE = r"\s?(?:至|—|to|–)\s?\{\w+\}"
TOLD = re.compile(rf"(?:{RANGE})?{UNIT}")
# Values that are no figures of an indicator, whatever a figure is called elsewhere: words, years, counts, factors.
NO_FIGURES = {
    "ahead", "base", "before", "done", "expected", "factor", "herd", "level", "most", "name", "needed", "none",
    "per_year", "price_carried", "quantity", "reported", "share", "weight", "word",
}  # fmt: skip
# Sentences in which a value of that name is none either, or has its unit with it or beside it.
TOLD_BESIDE = {
    "a count or a year": {
        "evaluation.counts": {"reached", "total"},
        "evaluation.counts_final": {"total"},
        "evaluation.counts_final_of_league": {"total"},
        "page.data.count": {"total"},
        "page.method.lead": {"target"},
        "page.overview.lead": {"target"},
        "problem.caution_years": {"target"},
        "problem.stopped_after": {"total"},
        "problem.years_out_of_order": {"target"},
    },
    "a name or what stands in a cell": {
        "evaluation.thresholds_final": {"unreported"},
        "hindsight.part": {"part"},
        "page.what_if.said.even": {"region"},
        "page.what_if.said.less": {"region"},
        "page.what_if.said.more": {"region"},
        "problem.table_part": {"total"},
        "problem.workbook_figure_differs": {"ours"},
        "problem.workbook_figure_unvalued": {"ours"},
        "problem.workbook_of_other_plan": {"ours", "region"},
    },
    "a weight, which is no figure of an indicator": {
        "page.criteria.product": {"product"},
        "page.why.weight_of": {"total"},
    },
    "comes with its unit": {
        "command.default": {"value"},
        "entry.as_region": {"value"},
        "entry.default_value": {"value"},
        "page.claim.stays.limit": {"target"},
        "page.claim.stays.no_weight": {"target"},
        "page.claim.stays.not_named": {"target"},
        "page.claim.stays.nothing_to_place": {"target"},
        "page.claim.stays.rule": {"target"},
        "page.why.limits_are": {"ceiling"},
    },
    "stands in a table, whose head or column has the unit": {
        "brief.estimated": {"value"},
        "brief.in_all": {"points"},
        "brief.no_way": {"value"},
        "brief.summed": {"value"},
        "page.roll.latest": {"value"},
        "page.surplus_of": {"value"},
        "page.gap.better": {"by"},
        "page.gap.worse": {"by"},
        "page.gap.smaller": {"by"},
        "page.gap.larger": {"by"},
        "page.gap.less_to_spare": {"by"},
        "page.gap.more_to_spare": {"by"},
        "take.standing": {"value"},
        "figures.from_to": {"low", "high"},
    },
    "stands at an input, which has the unit": {
        "input.above": {"low", "high"},
        "input.at_least": {"low"},
        "input.at_most": {"high"},
        "input.between": {"low", "high"},
    },
    "the sentence ends with the unit of all its growths": {
        "page.claim.pair": {"said"},
        "page.claim.pair_decided": {"said"},
    },
}  # fmt: skip


def figures() -> set[str]:
    """The names of values that are figures in some sentence: by how they are printed, or by the unit behind them."""
    sources = (file.read_text("utf-8") for ending in ("*.py", "*.html") for file in sorted(PACKAGE.rglob(ending)))
    printed = {name for source in sources for name in PRINTED.findall(source)}
    texts = [text for each in catalogue().values() for text in each.values()]
    told = {value[1] for text in texts for value in VALUE.finditer(text) if TOLD.match(text[value.end() :])}
    # The unit of one end of a range stands before the other end.
    return printed | {name for name in told if not name.endswith("unit")}


def without_unit(names: set[str]) -> Iterator[tuple[str, str]]:
    """Sentences and the values of those names in them that have no unit behind them."""
    for code, each in catalogue().items():
        for text in each.values():
            found = (value[1] for value in VALUE.finditer(text) if not TOLD.match(text[value.end() :]))
            yield from ((code, name) for name in found if name in names)


def test_every_figure_of_an_indicator_has_its_unit_behind_it():
    beside = {(code, name) for told in TOLD_BESIDE.values() for code, names in told.items() for name in names}
    bare = set(without_unit(figures() - NO_FIGURES))
    assert sorted(bare - beside) == [], "figures without their unit: {value}{unit} in agriplan/wording/"
    assert sorted(beside - bare) == [], "these have a unit by now, or are no longer said"


def test_figures_are_found_by_how_they_are_printed_and_by_their_units():
    assert {"value", "replaced", "ceiling", "floor", "lock", "rest", "gap", "total", "suggested"} <= figures()
