"""Where an indicator stands in the as-of year (评估时点), live: what `engine/standing.py` and `engine/rebase.py` work out.

YEARS are those after the base year. A figure of a year is looked up by nested questions (`_of_year`), since the year is
an input; what is carried on is carried in one step, since growth is the same in every year. `evaluated` is the table of
the leagues, what begins with `evaluated_` belongs to the region. Quantities stand without their unit value.
"""

from collections.abc import Iterable, Mapping, Sequence

from agriplan.workbook.formulas.filling import Formulas
from agriplan.workbook.formulas.printed import beside, part_of, quota_of, units_of

DERIVED = "{assumptions.grades.level@derived}"
# The league's figures that are shown.
SHOWN = ("current", "projection")
_STEP, _SCALE = "{{region_years.step@{}}}", "{.own_scale}"


def of_year(which: str, years: Iterable[int], figure: str, none: str = '""') -> str:
    """The figure of one of the years, by its step; `figure` holds YEAR.

    >>> of_year("{x}", [2021], "{said@*.YEAR}")
    'IF({x}={region_years.step@2021},{said@*.2021},"")'
    """
    text = none
    for year in sorted(years, reverse=True):
        text = f"IF({which}={_STEP.format(year)},{figure.replace('YEAR', str(year))},{text})"
    return text


def _last(years: Iterable[int], figure: str, upto: str, beyond: str = "") -> str:
    """The step of the last year up to one (and beyond another) that has a figure; 0 where none has."""
    asked = []
    for year in years:
        step = _STEP.format(year)
        within = f"{step}<={upto}" + (f",{step}>{beyond}" if beyond else "")
        asked.append(f"IF(AND({within},ISNUMBER({figure.replace('YEAR', str(year))})),{step},0)")
    return f"MAX(0,{','.join(asked)})"


_START, _NOW, _LEFT = "{.evaluated_start}", "{evaluation.step}", "{evaluation.left}"
_GROWN = "(1+{}/100)^({})"
_BASE = "{inputs.leagues.quantity@LINE.*}"


def _carried(kind: str, figure: str, years: str) -> str:
    """A league's figure so many years on; a rate moves by points and stays between 0 and its ceiling."""
    if kind == "rate":
        return f"MAX(0,MIN({{.natural_ceiling}},{figure}+{{growth}}*({years})))"
    return f"{figure}*{_GROWN.format('{growth}', years)}"


def _picked(wanted: str) -> str:
    return f'IF(ISNUMBER({wanted}),{wanted},"")'


def supported(years: Sequence[int], figure: str, key: str) -> str:
    """What history supports as of the year, one of `years` (the base year first); `key` is the row's without the year."""
    first, *later = years
    place = f"{{supported.{figure}@{key}.YEAR}}"
    return of_year("{evaluation.used_step}", later, place, place.replace("YEAR", str(first)))


def evaluated_leagues(kind: str, base_year: int, steps: int) -> Formulas:
    """The columns of the table `evaluated`."""
    years = range(base_year + 1, base_year + steps + 1)
    known = range(base_year, base_year + steps)
    said = "{league_years.said@*.YEAR}"
    suggested = supported(known, "suggested", "*")
    start = _carried(kind, f"({of_year('{since}', years, said, _BASE)})", f"{_START}-{{since}}")
    # A figure that was carried on takes its part of what the region's figure leaves.
    moved = "{carried}+{.evaluated_points}" if kind == "rate" else "{carried}*{.evaluated_factor}"
    settled = f"IF(AND({{guessed}}=1,{{.evaluated_applied}}=1),{moved},{{carried}})"
    later = _carried(kind, f"({of_year('{later}', years, said, settled)})", f"{_NOW}-MAX({_START},{{later}})")
    quantity = "quantity" if kind == "value" else "current"
    found = {
        "suggested": _picked(supported(known, "suggested", "*")),
        "growth": "IF(ISNUMBER({inputs.leagues.entered_growth@LINE.*}),{inputs.leagues.entered_growth@LINE.*},"
        "IF(ISNUMBER({assumptions.lines.entered_growth@LINE}),{assumptions.lines.entered_growth@LINE},{suggested}))",
        "since": _last(years, said, _START),
        "carried": f'IF(COUNT({_BASE},{{growth}})>1,{start},"")',
        "guessed": f"IF(AND(ISNUMBER({{carried}}),OR({{since}}<{_START},{{since}}=0)),1,0)",
        "later": _last(years, said, _NOW, _START),
        quantity: f'IF(ISNUMBER({{carried}}),{later},"")',
        "passed": f"IF(AND({{leagues.named@*}}=1,MAX({{since}},{{later}})={_NOW},{_NOW}>0,ISNUMBER({{current}})),"
        "IF(ROUND(ROUND({current},{.own_decimals})-IF(ISNUMBER({told_target}),{told_target},"
        "{leagues.printed_target@*}),{plan.digits})>=0,1,0),0)",
        "projection": f'IF(ISNUMBER({{current}}),{_carried(kind, "{current}", _LEFT)},"")',
        "by_history": f'IF(COUNT({{current}},{{suggested}})>1,{_carried(kind, "{current}", _LEFT)},"")'.replace(
            "{growth}", "{suggested}"
        ),
    }
    if kind == "value":
        found["current"] = 'IF(ISNUMBER({quantity}),{quantity}*{.evaluated_price},"")'
        for name, growth in (("projection", ""), ("by_history", "suggested_")):
            grown = f"*{_GROWN.format('{.evaluated_' + growth + 'unit_value_growth}', _LEFT)}"
            found[name] = found[name].removesuffix(',"")') + f'{grown},"")'
    if kind == "rate":
        return {**found, **_rate_leagues(years, known)}
    return {**found, **{f"{name}_part": _part(name) for name in SHOWN}}


def _rate_leagues(years: range, known: range) -> Formulas:
    """What only a rate has: herds, which weigh it."""
    herd = "{league_years.told_herd@*.YEAR}"
    herd_growth = (
        "IF(ISNUMBER({assumptions.herds.entered_growth@HERD.*}),{assumptions.herds.entered_growth@HERD.*},"
        "IF(ISNUMBER({assumptions.herds.entered_growth@HERD.REGION}),{assumptions.herds.entered_growth@HERD.REGION},"
        f"{_picked(supported(known, 'suggested_herd', '*'))}))"
    )
    found = {}
    for name, upto in (("then", _START), ("now", _NOW)):
        found[f"herd_since_{name}"] = _last(years, herd, upto)
        base = of_year(f"{{herd_since_{name}}}", years, herd, "{assumptions.herds.herd@HERD.*}")
        found[f"herd_{name}"] = (
            "IF(COUNT({assumptions.herds.herd@HERD.*},{herd_growth})>1,"
            f"({base})*{_GROWN.format('{herd_growth}', f'{upto}-{{herd_since_{name}}}')},\"\")"
        )
    return {
        **found,
        "herd_growth": herd_growth,
        "herd_suggested": _picked(supported(known, "suggested_herd", "*")),
        "counts": "IF(COUNT({carried},{herd_then})>1,1,0)",
        "guessed": f"IF(AND({{counts}}=1,OR({{since}}<{_START},{{since}}=0)),1,0)",
        "moved": 'IF({guessed}=1,{carried}+{.evaluated_points},"")',
        "weighs": "IF(COUNT({current},{herd_now})>1,1,0)",
        "herd": f'IF({{weighs}}=1,{{herd_now}}*{_GROWN.format("{herd_growth}", _LEFT)},"")',
        "herd_by_history": f'IF(AND({{weighs}}=1,ISNUMBER({{herd_suggested}})),{{herd_now}}*'
        f'{_GROWN.format("{herd_suggested}", _LEFT)},"")',
    }


def _part(name: str) -> str:
    """What a league's figure has beyond whole printing units."""
    return f"IF(ISNUMBER({{{name}}}),{part_of(quota_of(f'{{{name}}}', _SCALE))},0)"


def shown_leagues(kind: str, key: str = "") -> Formulas:
    """Leagues' figures as they are shown, by largest remainder to the region's; `key` is whose, where it is one alone.

    Rates are stated, not added.
    """
    found = {}
    for name in SHOWN:
        at = f"@{key}" if key else ""
        figure, part = (f"{{evaluated.{each}{at}}}" if key else f"{{{each}}}" for each in (name, f"{name}_part"))
        order = f"{{leagues.order{at or '@*'}}}"
        column = f"{{evaluated.{name}_part:}}"
        ahead = [
            f"SUMPRODUCT(({column}>{part})+({column}={part})*({{leagues.order:}}<{order}))",
            f"IF({{.evaluated_{name}_part}}>{part},1,0)",
        ]
        whole = f"ROUND({figure}*{_SCALE}-{part},0)"
        shown = f"({whole}+IF({'+'.join(ahead)}<{{.evaluated_{name}_rest}},1,0))/{_SCALE}"
        if kind == "rate":
            shown = f"ROUND({figure},{{.own_decimals}})"
        found[f"printed_{name}"] = f'IF(ISNUMBER({figure}),{shown},"")'
    return found


def _stated(*names: str) -> Formulas:
    """Rates are stated, not added."""
    return {
        f"printed_{name}": f"IF(ISNUMBER({{.{name}}}),ROUND({{.{name}}},{{.own_decimals}}),\"\")" for name in names
    }


def _at_year(figure: str) -> str:
    """A figure of the region's year."""
    return f"INDEX({{region_years.{figure}:}},MATCH({{evaluation.as_of}},{{region_years.year:}},0))"


def _passed(weight: str) -> str:
    """By how much the targets of the leagues that are past them exceed their projections, added up."""
    target = "SUMPRODUCT({evaluated.passed:},{evaluated.told_target:}W)+SUMPRODUCT({evaluated.passed:},1-"
    target += "ISNUMBER({evaluated.told_target:}),{leagues.printed_target:}W)"
    return f"{target}-SUMPRODUCT({{evaluated.passed:}},{{evaluated.projection:}}W)".replace("W)", f"{weight})")


def evaluated_line(kind: str, base_year: int, steps: int) -> Formulas:
    """The region's figures, without `evaluated_` before their names (`of_region` puts it there)."""
    years = range(base_year + 1, base_year + steps + 1)
    known = range(base_year, base_year + steps)
    said = "{region_years.said@YEAR}"
    rest = "{.total}-{.carried_difference}"
    quantity = "quantity" if kind == "value" else "current"
    found = {
        "suggested": _picked(supported(known, "suggested", "REGION")),
        "growth": "IF(ISNUMBER({assumptions.lines.entered_growth@LINE}),{assumptions.lines.entered_growth@LINE},"
        "{.suggested})",
        "start": _last(years, said, _NOW),
        "total": of_year("{.start}", years, said),
        "carried_difference": "IF({.observed_difference}=0,0,{.observed_difference}*"
        f"{_GROWN.format('{.growth}', '{.start}')})",
        "known_sum": "SUMPRODUCT(1-{evaluated.guessed:},{evaluated.carried:})",
        "guessed_sum": "SUMPRODUCT({evaluated.guessed:},{evaluated.carried:})",
        "guessed_count": "SUM({evaluated.guessed:})",
        "rest": f'IF({{.start}}>0,{rest}-{{.known_sum}},"")',
        "factor": "IF(AND({.start}>0,{.guessed_count}>0),IF({.guessed_sum}>0,{.rest}/{.guessed_sum},\"\"),1)",
        "applied": "IF(AND({.start}>0,{.guessed_count}>0,ISNUMBER({.factor})),IF(AND({.factor}>="
        "{evaluation.least_factor},{.factor}<={evaluation.most_factor}),1,0),0)",
        "left_over": "IF(AND({.start}>0,{.guessed_count}>0,{.applied}=0),{.rest}-{.guessed_sum},0)",
        "all_known": "IF({.start}>0,{.total}-{.known_sum},0)",
        "start_difference": "IF(AND({.start}>0,{.guessed_count}=0),IF(ABS({.all_known})<={plan.check_tolerance}*"
        "ABS({.total}),0,{.all_known}),{.carried_difference}+{.left_over})",
        "difference": f"IF({{.start_difference}}=0,0,{{.start_difference}}*{_GROWN.format('{.growth}', f'{_NOW}-{{.start}}')})",
        "region_reported": f"IF(AND({{.start}}>0,{{.start}}={_NOW}),1,0)",
        "error": f"IF({{.region_reported}}=1,{_at_year('told_error')},{{.quantity_error}})",
        "level": f"IF({{.region_reported}}=1,{_at_year('told_level')},MAX({{assumptions.lines.observed_level@LINE}},"
        f"{DERIVED}))",
        "milestone": _at_year("milestone"),
        "quantity": f"IF({{.region_reported}}=1,{{.total}},SUM({{evaluated.{quantity}:}})+{{.difference}})",
        "current": "{.quantity}PRICE",
        "current_difference": "{.difference}PRICE",
        "unreported": "{.left_over}PRICE",
        "reported": f"IF({_NOW}>0,SUMPRODUCT((({{evaluated.since:}}={_NOW})+({{evaluated.later:}}={_NOW}))*"
        "ISNUMBER({evaluated.current:})),0)",
        "expected": "COUNT({evaluated.current:})",
        "projection_difference": f"IF({{.difference}}=0,0,{{.current_difference}}*{_GROWN.format('{.growth}', _LEFT)}MORE)",
        "projection": f"IF({_LEFT}=0,{{.current}},SUM({{evaluated.projection:}})+{{.projection_difference}})",
        # A league past its target keeps it, unless it lends what is beyond.
        "kept_more": f"IF(OR({_LEFT}=0,{{.evaluated_lends}}=1),0,{_passed('WEIGHT')})",
        "kept": "{.projection}+{.kept_more}",
        "gap": "{.target}-{.kept}",
        "by_history": "IF(OR(COUNT({evaluated.by_history:})<COUNT({evaluated.current:}),AND({.difference}<>0,"
        'NOT(ISNUMBER({.suggested})))),"",SUM({evaluated.by_history:})+IF({.difference}=0,0,{.current_difference}*'
        f"{_GROWN.format('{.suggested}', _LEFT)}SO))",
    }
    words = {"PRICE": "", "MORE": "", "SO": "", "WEIGHT": ""}
    if kind == "value":
        found |= _prices(years, known)
        words["PRICE"] = "*{.price}"
        for word, growth in (("MORE", "unit_value_growth"), ("SO", "suggested_unit_value_growth")):
            words[word] = f"*{_GROWN.format('{.' + growth + '}', _LEFT)}"
    found |= {"price_square": _price_square() if kind == "value" else "0*{.start}"}
    found |= _rate_line() if kind == "rate" else _rounded_line()
    for word, text in words.items():
        found = {name: formula.replace(word, text) for name, formula in found.items()}
    return of_region(found)


def _prices(years: range, known: range) -> Formulas:
    """The unit value of every year: reported, else carried on from the year before."""
    growth = "{assumptions.lines.entered_unit_value_growth@LINE}"
    found = {
        "suggested_unit_value_growth": _picked(supported(known, "suggested_unit_value", "REGION")),
        "unit_value_growth": f"IF(ISNUMBER({growth}),{growth},{{.suggested_unit_value_growth}})",
    }
    before = "{.unit_value}"
    for year in years:
        told = f"{{region_years.stated_unit_value@{year}}}"
        found[f"unit_value_{year}"] = f"IF(ISNUMBER({told}),{told},{before}*(1+{{.unit_value_growth}}/100))"
        before = f"{{.unit_value_{year}}}"
    named = {"price": of_year(_NOW, years, "{.unit_value_YEAR}", "{.unit_value}")}
    return found | named


def _price_square() -> str:
    """The squared miss of the as-of year's unit value: of what was reported, else of the base year's."""
    told = _at_year("told_unit_value_error")
    base = "{assumptions.lines.unit_value_error@LINE}"
    miss = f"LN(1+IF(ISNUMBER({told}),{told},IF(ISNUMBER({base}),{base},0)))"
    return f"{miss}*{miss}"


def _rate_line() -> Formulas:
    herd, weighed = "{evaluated.herd_then:}", "SUMPRODUCT({evaluated.FLAG:},{evaluated.RATE:},{evaluated.HERD:})"

    def mean(rate: str, size: str, flag: str = "weighs") -> str:
        top = weighed.replace("FLAG", flag).replace("RATE", rate).replace("HERD", size)
        return f"{top}/SUMPRODUCT({{evaluated.{flag}:}},{{evaluated.{size}:}})"

    of_rates = {
        "per": f"SUMPRODUCT({{evaluated.counts:}},{herd})",
        "known_sum": f"SUMPRODUCT({{evaluated.counts:}}-{{evaluated.guessed:}},{{evaluated.carried:}},{herd})",
        "guessed_sum": f"SUMPRODUCT({{evaluated.guessed:}},{{evaluated.carried:}},{herd})",
        "rest": 'IF({.start}>0,({.total}-{.carried_difference})*{.per}-{.known_sum},"")',
        "all_known": "IF({.start}>0,{.total}-{.known_sum}/{.per},0)",
        "left_over": "IF(AND({.start}>0,{.guessed_count}>0,{.applied}=0),({.rest}-{.guessed_sum})/{.per},0)",
        "applied": "IF(AND({.start}>0,{.guessed_count}>0,{.fits}=1,ISNUMBER({.factor})),IF(AND({.factor}>="
        "{evaluation.least_factor},{.factor}<={evaluation.most_factor}),1,0),0)",
        "points": "IF(AND({.start}>0,{.guessed_count}>0),({.rest}-{.guessed_sum})/"
        f"SUMPRODUCT({{evaluated.guessed:}},{herd}),0)",
        "fits": "IF(MIN({evaluated.moved:})<0,0,IF(ISNUMBER({.natural_ceiling}),IF(MAX({evaluated.moved:})>"
        "{.natural_ceiling},0,1),1))",
        "difference": "{.start_difference}",
        "error": f"IF({{.region_reported}}=1,{_at_year('told_error')},{{.quantity_error}})",
        "level": f"IF({{.region_reported}}=1,{_at_year('told_level')},MAX({{assumptions.lines.observed_level@LINE}},"
        f"{DERIVED}))",
        "milestone": _at_year("milestone"),
        "quantity": f"IF({{.region_reported}}=1,{{.total}},{mean('current', 'herd_now')}+{{.difference}})",
        "projection": f"IF({_LEFT}=0,{{.current}},{mean('projection', 'herd')}+{{.difference}})",
        "kept_more": f"IF(OR({_LEFT}=0,{{.evaluated_lends}}=1),0,({_passed(',{evaluated.herd:}')})/"
        "SUMPRODUCT({evaluated.weighs:},{evaluated.herd:}))",
        "projection_difference": "{.difference}",
        "by_history": "IF(COUNT({evaluated.by_history:},{evaluated.herd_by_history:})<2*COUNT({evaluated.current:}),"
        f'"",{mean("by_history", "herd_by_history")}+{{.difference}})',
        "printed_difference": "ROUND({.current_difference},{.own_decimals})",
    }
    return of_rates | dict(_stated(*SHOWN, "kept"))


def _rounded_line() -> Formulas:
    """The region's figures as they are shown, and what the largest remainders of its leagues are made from."""
    found = {}
    for name in SHOWN:
        quota, parts = f"{{.{name}_difference_quota}}", f"SUM({{evaluated.{name}_part:}})"
        whole = f"ROUND(SUM({{evaluated.{name}:}})*{_SCALE}-{parts},0)"
        found |= {
            f"{name}_difference_quota": quota_of(f"{{.{name}_difference}}", _SCALE),
            f"{name}_part": part_of(quota),
            f"{name}_units": units_of(f"{whole}+{parts}+{quota}"),
            f"{name}_rest": f"{{.{name}_units}}-{whole}-INT({quota})",
            f"printed_{name}": f"{{.{name}_units}}/{_SCALE}",
        }
    ahead = [f"SUMPRODUCT(({{evaluated.current_part:}}>={{.current_part}})*1)"]
    found["printed_difference"] = beside("{.current_difference_quota}", ahead, "{.current_rest}") + f"/{_SCALE}"
    kept = f"{units_of(quota_of('{.kept}', _SCALE))}/{_SCALE}"
    found["printed_kept"] = f"IF({{.kept_more}}=0,{{.printed_projection}},{kept})"
    return found


def of_region(texts: Formulas) -> dict[str, str]:
    """Put `evaluated_` before every scalar that these texts define, where it is defined and where it is named."""
    found = {}
    for name, text in texts.items():
        for other in texts:
            text = text.replace(f"{{.{other}}}", f"{{.evaluated_{other}}}")
        found[f"evaluated_{name}"] = text
    return found


def said_of_years(kind: str, base_year: int, steps: int, actual: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a year's figures are as quantities: columns of `league_years` and of `region_years`.

    `actual` is a league's figure as it is shown. One that still is what the scenario said may have come from a quantity,
    which `told_quantity` then holds.
    """
    if kind != "value":
        return {"said": _picked(actual)}, {"said": _picked("{stated_actual}")}
    price = "{region_years.price@*2}"
    leagues = (
        f"IF(ISNUMBER({actual}),IF(AND(ISNUMBER({{told_quantity}}),{actual}={{told_actual}}),{{told_quantity}},"
        f'{actual}/{price}),"")'
    )
    years = range(base_year + 1, base_year + steps + 1)
    region = "IF(ISNUMBER({stated_value}),{stated_value}/{price}," + _picked("{stated_quantity}") + ")"
    prices = of_year("{step}", years, "{.evaluated_unit_value_YEAR}", "{.unit_value}")
    return {"said": leagues}, {"price": prices, "said": region}
