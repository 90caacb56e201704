"""The sheet of an evaluation (评估): what was reached as of a year, what is left, how likely it is, what to warn of.

The figures of an indicator are worked out on its own sheet (`standing`); here each row is one indicator in the region
or in a league, and is judged. Every likelihood is by history alone, from the as-of year.
"""

from collections.abc import Mapping

from agriplan.workbook.formulas.filling import (
    Formulas,
    band_formula,
    changed,
    chosen,
    each_from,
    fill_in,
    first_number,
    flag,
    graded,
    needed_growth_formula,
    reached_in_print,
    unless_met_formula,
    where_known,
    where_way_begins,
)
from agriplan.workbook.formulas.likelihood import ASKED_AS_OF, SAME_OF_LEAGUE, SAME_OF_REGION
from agriplan.workbook.formulas.progress import PROGRESS
from agriplan.workbook.formulas.standing import SHOWN

_NOW, _LEFT = "{evaluation.step}", "{evaluation.left}"
# Monitoring's figures, of the as-of year.
_PROGRESS = fill_in(PROGRESS, ACTUAL="current", base="way_from", LEFT=_LEFT, LEADS="{target}")


def as_of(actuals: Mapping[str, bool]) -> Formulas:
    """What is said of the year, and whether it or anything else is no longer what the workbook was made with.

    `actuals` are the columns of inputs that only an evaluation rests on.
    """
    as_made = "{words.state.as_made}"
    other = f"{{plan.state}}<>{as_made},{{.as_of}}<>{{assumptions.made_as_of}},{changed(actuals)}<>{as_made}"
    return {**AS_OF, "state": f"IF(OR({other}),{{words.state.changed}},{as_made})"}


# What the input says; a year outside the plan counts as the nearest within it.
AS_OF: Formulas = {
    "as_of": "IF(ISNUMBER({assumptions.as_of}),MAX({plan.base_year},MIN({plan.target_year},INT({assumptions.as_of}))),"
    "{plan.base_year})",
    "step": "{.as_of}-{plan.base_year}",
    "left": "{plan.target_year}-{.as_of}",
    "elapsed": "{.step}/{plan.years}*100",
    "needed_head": "IF({.left}=1,{words.short.needed_head_last},{words.short.needed_head})",
    # As of the target year what is carried on is carried on by what the year before supports.
    "used_step": "MIN({.step},{plan.years}-1)",
    "used_year": "{plan.base_year}+{.used_step}",
    **{
        f"count_{verdict}": f"COUNTIF({{region.verdict:}},{{words.verdict.{verdict}}})"
        for verdict in ("reached", "expected", "open", "warned", "done", "missed", "unknown")
    },
}

# Which distance of the edges from the median miss a figure's own error adds to, by the edge's number.
_FAR_OR_NEAR = {1: "far", 2: "near", 4: "near", 5: "far"}


def _edges_passed(table: str) -> str:
    """How many edges between the bands the target has passed, by what is known of the row as of the year.

    What history supports and the figure itself miss independently of each other.
    """
    middle = f"INDEX({{{table}.middle:}},{{support}})"
    passed = []
    for number in range(1, 6):
        edge = middle
        if number in _FAR_OR_NEAR:
            error = f"{{half_square}}*{{evaluation.square_{_FAR_OR_NEAR[number]}}}"
            square = f"INDEX({{{table}.miss_{number}:}},{{support}})+{error}"
            edge = f"{middle}{'-' if number < 3 else '+'}SQRT({square})"
        passed.append(f"(ROUND({edge},{{plan.digits}})<{{asked}})")
    return where_known("+".join(passed), "{asked}")


def _judged(table: str, decimals: str, same: str) -> Formulas:
    """What is judged of a row; `table` holds what is known of it as of each year, `decimals` how it is shown."""
    support = f"MATCH({{number}}*{{evaluation.wide}}+{{evaluation.used_year}},{{{table}.id:}},0)"
    flags = {
        name: f"IF({_LEFT}=0,0,INDEX({{{table}.{name}:}},{{support}}))" for name in ("assumed", "unit_value_assumed")
    }
    # The region publishes its figures, leagues report theirs.
    unknown = "verdict.unknown" if table == "of_region" else "short.unreported"
    texts = fill_in(_JUDGED, DECIMALS=decimals, SAME=same, UNKNOWN=unknown)
    return {**texts, "support": support, **flags, "passed_edges": _edges_passed(table)}


_NEEDED = "FIXED(MAX(1/100,{needed_growth}),2)"
_AT_THE_END = chosen({"{estimated}=1": "{words.UNKNOWN}", "{met}=1": "{words.verdict.done}"}, "{words.verdict.missed}")
_VERDICT_BY_EDGES = "IF({passed_edges}<={evaluation.expected_to},{words.verdict.expected},{words.verdict.open})"
_JUDGED: Formulas = {
    "asked": ASKED_AS_OF,
    "band": f'IF({_LEFT}=0,"",{where_known(band_formula("{passed_edges}"), "{passed_edges}")})',
    "likelihood": "{band}&"
    + chosen(
        {
            '{band}=""': '""',
            "{assumed}=1": "{words.short.mark_assumed}",
            "{unit_value_assumed}=1": "{words.short.mark_unit_value_assumed}",
        }
    ),
    "completion": _PROGRESS["completion"],
    "needed_growth": f'IF(OR({_LEFT}=0,COUNT({{current}},{{target}})<2),"",'
    f"{unless_met_formula('{met}=1', needed_growth_formula('{current}', '{target}', _LEFT))})",
    "met": where_known(
        reached_in_print("{printed_current}", "{printed_target}"), "{printed_current}", "{printed_target}", other="0"
    ),
    "unlikely": flag("{passed_edges}>={evaluation.warned_from}", "{passed_edges}"),
    "warning": f'IF(OR({_LEFT}=0,{{passed}}=1,{{is_named}}=0),"",IF({{unlikely}}=1,{{words.warning.unlikely}},""))',
    "verdict": chosen(
        {
            "NOT(ISNUMBER({current}))": "{words.verdict.not_judged}",
            f"{_LEFT}=0": _AT_THE_END,
            "AND({met}=1,{estimated}=0)": "{words.verdict.reached}",
            '{warning}<>""': "{words.verdict.warned}",
            "ISNUMBER({passed_edges})": _VERDICT_BY_EDGES,
        },
        "{words.verdict.open}",
    ),
    "how": chosen({"{estimated}=1": "{words.short.estimated}", "{summed}=1": "{words.short.summed}"}),
    "grade": graded("{level}"),
    "sentence": chosen(
        {
            f"OR({_LEFT}=0,COUNT({{printed_current}},{{printed_target}})<2)": '""',
            "{met}=1": "IF({estimated}=1,{words.short.not_needed_estimated},{words.short.not_needed})",
            "NOT(ISNUMBER({needed_growth}))": "{words.short.from_nothing}&{unit}&{words.short.from_nothing_by}&"
            "FIXED({printed_target}-{printed_current},DECIMALS)",
            f"{_LEFT}=1": f"{{words.short.needed_last}}&{{plan.target_year}}&IF({{is_rate}}=1,"
            f"{{words.short.needed_points_last}}&{_NEEDED}&{{words.short.needed_points_last_end}},"
            f"{{words.short.needed_per_cent_last}}&{_NEEDED}&{{words.short.needed_per_cent_last_end}})",
        },
        "{words.short.needed_in}&({evaluation.as_of}+1)&{words.short.needed_to}&{plan.target_year}&IF({is_rate}=1,"
        f"{{words.short.needed_points}}&{_NEEDED}&{{words.short.needed_points_end}},"
        f"{{words.short.needed_per_cent}}&{_NEEDED}&{{words.short.needed_per_cent_end}})",
    ),
}


def _half(observed: str, of_price: str) -> str:
    """The square of what a figure and its price may miss by, of a rate in points.

    In the base year a rate's is that of the figure that the data hold, which an own one replaces.
    """
    level = f"IF(AND({_NOW}=0,ISNUMBER({observed})),{observed},{{current}})"
    of_figure = f"IF({{is_rate}}=1,{{error}}*{{error}}*{level}*{level},LN(1+{{error}})*LN(1+{{error}}))"
    return where_known(f"{of_figure}+{of_price}", "{current}", other="0")


def evaluated_region() -> Formulas:
    """The region's rows, one an indicator."""
    fastest = "INDEX({of_region.fastest:},{support})"
    return {
        **each_from(
            "{{*.evaluated_{}}}",
            "current", "by_history", "printed_current", "reported", "expected", "printed_difference", "unreported",
            "factor", "projection", "printed_projection", "gap", "error", "level", "milestone",
        ),
        **each_from("{{*.{}}}", "target", "printed_target", "printed_baseline"),
        "way_from": where_way_begins("{printed_baseline}", "{*.baseline}", "{target}"),
        **_judged("of_region", "{*.own_decimals}", SAME_OF_REGION),
        # Where all leagues reported, the region's figure is their sum and no estimate.
        "summed": flag(f"AND({_NOW}>0,{{*.evaluated_region_reported}}=0,{{expected}}>0,{{reported}}={{expected}})"),
        "estimated": flag(f"AND({_NOW}>0,{{*.evaluated_region_reported}}=0,{{summed}}=0)"),
        "printed_gap": "{printed_target}-{printed_projection}",
        "printed_to_share": f'IF({_LEFT}=0,"",{{printed_target}}-{{*.evaluated_printed_settled}})',
        "printed_kept": f'IF({_LEFT}=0,"",{{printed_to_share}}-{{printed_gap}})',
        "fastest_growth": f'IF({_LEFT}=0,"",{first_number(fastest)})',
        # Of leagues it is not asked how fast they ever grew.
        "too_fast": "IF(AND({met}=0,COUNT({needed_growth},{fastest_growth})>1),IF(ROUND({needed_growth}-"
        "{fastest_growth},{plan.fine_digits})>0,1,0),0)",
        "warning": chosen(
            {
                f"{_LEFT}=0": '""',
                "{unlikely}=1": "IF({too_fast}=1,{words.warning.both},{words.warning.unlikely})",
                "{too_fast}=1": "{words.warning.too_fast}",
            }
        ),
        "half_square": _half("{assumptions.lines.observed@*}", "{*.evaluated_price_square}"),
        **{name: _PROGRESS[name] for name in ("progress", "schedule", "lead")},
        # What is carried on is no actual, and the base year is where all begins.
        "status": f"IF({_NOW}=0,{{words.status.base_year}},"
        f"IF({{estimated}}=1,{{words.status.no_actual}},{_PROGRESS['status']}))",
    }  # fmt: skip


def evaluated_areas(base_year: int, steps: int, *, of_region: bool) -> Formulas:
    """The leagues' rows, one an indicator and league; a league's workbook shows its own alone."""
    figures = {
        f"{{last_year}}={{plan.year_{step}}}": f"{{years.years.entered_actual@*.{base_year + step}}}"
        for step in range(1, steps + 1)
    }
    shown = "*1.evaluated.printed_{}@*2" if of_region else "*1.evaluated_own_printed_{}"
    told = "INDEX({of_areas.told:},{place})"
    return {
        **each_from("{{*1.evaluated.{}@*2}}", "current", "passed", "by_history", "projection"),
        **{f"printed_{name}": f"{{{shown.format(name)}}}" for name in SHOWN},
        **each_from("{{*1.leagues.{}@*2}}", "printed_baseline"),
        **_judged("of_areas", "{*1.own_decimals}", SAME_OF_LEAGUE),
        # From the base year it is the plan itself, whose growth leads to the exact target.
        "needed_growth": f"IF(AND({_NOW}=0,NOT(ISNUMBER({{*1.evaluated.told_target@*2}}))),"
        f"{{*1.leagues.needed_growth@*2}},{_JUDGED['needed_growth']})",
        "target": first_number("{*1.evaluated.told_target@*2}", other="{*1.leagues.printed_target@*2}"),
        "printed_target": "{target}",
        "last_year": "{plan.base_year}+MAX({*1.evaluated.since@*2},{*1.evaluated.later@*2})",
        "has_reported": flag(f"AND({_NOW}>0,{{last_year}}={{evaluation.as_of}})"),
        "estimated": flag(f"AND({_NOW}>0,{{has_reported}}=0)"),
        "how": chosen({"{estimated}=1": "{words.short.estimated}"}),
        "gap": where_known("{target}-{projection}", "{projection}", "{target}"),
        "printed_gap": where_known(
            "ROUND({target}-{printed_projection},{plan.digits})", "{printed_projection}", "{target}"
        ),
        # What the data say of the last figure holds as long as it stands as they gave it.
        "place": "MATCH({number}*{evaluation.wide}+{last_year},{of_areas.id:},0)",
        "figure": chosen(figures),
        "as_told": f"IF(AND({{last_year}}>{{plan.base_year}},ISNUMBER({told})),IF({{figure}}={told},1,0),0)",
        "error": "IF({as_told}=1,INDEX({of_areas.told_error:},{place}),IF(ISNUMBER({inputs.leagues.observed_error@*}),"
        "{inputs.leagues.observed_error@*},0))",
        "last_level": "IF({as_told}=1,INDEX({of_areas.told_level:},{place}),IF({last_year}>{plan.base_year},"
        "{assumptions.grades.level@reported},{inputs.leagues.level@*}))",
        "half_square": _half("{inputs.leagues.observed@*}", "{*1.evaluated_price_square}"),
        # From the base year it is the plan's; then of a product the worse, where the value was not itself reported.
        "level": chosen(
            {
                "NOT(ISNUMBER({current}))": '""',
                f"{_NOW}=0": "{*1.leagues.level@*2}",
                "{has_reported}=1": "IF(AND({as_told}=1,INDEX({of_areas.told_by_quantity:},{place})=1),"
                "MAX({last_level},{*1.evaluated_price_level}),{last_level})",
                "ISNUMBER({last_level})": "MAX({last_level},{assumptions.grades.level@derived},"
                "{*1.evaluated_price_level})",
            }
        ),
    }
