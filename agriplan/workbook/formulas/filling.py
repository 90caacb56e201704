"""The short list of functions, and formulas with their words put in."""

import re
from collections.abc import Iterable, Mapping

from agriplan.workbook.description import MADE, USUAL_PREFIX

# Known to Excel 2010, WPS and LibreOffice alike; none of them makes an array of its own or depends on the day.
FUNCTIONS = frozenset({
    "ABS", "AND", "COUNT", "COUNTIF", "COUNTIFS", "FIXED", "HYPERLINK", "IF", "IFERROR", "INDEX", "INT", "ISBLANK",
    "ISERROR", "ISNUMBER", "LEN", "LN", "MATCH", "MAX", "MID", "MIN", "NOT", "OR", "ROUND", "SQRT", "SUM", "SUMIF",
    "SUMPRODUCT",
})  # fmt: skip

Formulas = Mapping[str, str]


def fill_in(formulas: Formulas, **words: str) -> dict[str, str]:
    """Put the words in capitals into every formula.

    >>> fill_in({"target": "{assumptions.lines.target@LINE}"}, LINE="milk")
    {'target': '{assumptions.lines.target@milk}'}
    """
    return {name: with_words(text, **words) for name, text in formulas.items()}


def with_words(text: str, **words: str) -> str:
    """Put the words in capitals into one formula: whole words alone.

    >>> with_words("IF(OF>0,ROOF/OF)", OF="{a}")
    'IF({a}>0,ROOF/{a})'
    """
    return re.sub(rf"\b({'|'.join(words)})\b", lambda found: words[found[1]], text)


def chosen(cases: Formulas, other: str = '""') -> str:
    """The text of the first of some conditions that holds, else another.

    >>> chosen({"{a}>0": "{x}", "{b}>0": "{y}"})
    'IF({a}>0,{x},IF({b}>0,{y},""))'
    """
    text = other
    for condition, each in reversed(list(cases.items())):
        text = f"IF({condition},{each},{text})"
    return text


def first_number(*cells: str, other: str = '""') -> str:
    """The first of some cells that holds a number, else something other.

    >>> first_number("{entered}", "{suggested}")
    'IF(ISNUMBER({entered}),{entered},IF(ISNUMBER({suggested}),{suggested},""))'
    """
    return chosen({f"ISNUMBER({cell})": cell for cell in cells}, other)


def where_known(text: str, *cells: str, other: str = '""') -> str:
    """A text where each of some cells holds a number, else nothing, or something other.

    >>> where_known("{a}", "{a}"), where_known("{a}/{b}", "{a}", "{b}")
    ('IF(ISNUMBER({a}),{a},"")', 'IF(COUNT({a},{b})>1,{a}/{b},"")')
    """
    known = f"ISNUMBER({cells[0]})" if len(cells) == 1 else f"COUNT({','.join(cells)})>{len(cells) - 1}"
    return f"IF({known},{text},{other})"


def flag(condition: str, *cells: str) -> str:
    """1 where a condition holds and each of some cells holds a number, else 0.

    >>> flag("{a}>3", "{a}"), flag("{a}>3")
    ('IF(ISNUMBER({a}),IF({a}>3,1,0),0)', 'IF({a}>3,1,0)')
    """
    holds = f"IF({condition},1,0)"
    return where_known(holds, *cells, other="0") if cells else holds


def reached_in_print(figure: str, target: str) -> str:
    """Whether a printed figure has come to its target, without what binary adds: `rounding.has_reached`."""
    return flag(has_come(figure, target))


def has_come(figure: str, target: str) -> str:
    """The same as a condition."""
    return f"ROUND({figure}-{target},{{plan.digits}})>=0"


def lies_above(target: str, base: str) -> str:
    """Whether a printed target lies above a printed figure, as a condition, without what binary adds."""
    return f"ROUND({target}-{base},{{plan.digits}})>0"


def where_way_begins(printed: str, base: str, end: str) -> str:
    """Where the way to a target begins: at the base, or at its end where the target does not lie above it in print.

    `printed` is the cell of the base as it is printed.
    """
    way = f"IF({lies_above('{printed_target}', printed)},{base},{end})"
    return where_known(way, "{printed_target}", printed, other=end)


def each_from(place: str, *names: str) -> dict[str, str]:
    """Columns that show those of the same name at another place; `{}` stands for the name there.

    >>> each_from("{{milk.leagues.{}@*}}", "growth", "grade")
    {'growth': '{milk.leagues.growth@*}', 'grade': '{milk.leagues.grade@*}'}
    """
    return {name: place.format(name) for name in names}


def shown_alone(value: str, decimals: str = "{.own_decimals}") -> str:
    """A figure rounded by itself, from its quota as parts are: the noise of a calculation decides no tie."""
    return f"ROUND(ROUND({value},{decimals}+{{plan.digits}}),{decimals})"


def printed_alone(figure: str, decimals: str = "{.own_decimals}") -> str:
    """A figure as it is shown where it adds up with no other."""
    return where_known(shown_alone(figure, decimals), figure)


def within_natural(rate: str) -> str:
    """A rate between 0 and its natural ceiling."""
    return f"MAX(0,MIN({{.natural_ceiling}},{rate}))"


# Looked up by what stands beside a word, not by counting rows: a planner may insert some.
def grade_of(level: str) -> str:
    """The word of a grade, by its number."""
    return f"INDEX({{assumptions.grades.word:}},MATCH({level},{{assumptions.grades.level:}},0))"


def graded(level: str) -> str:
    """The same where there is a grade."""
    return where_known(grade_of(level), level)


def same_in_print(target: str, shown: str) -> str:
    """Whether a printed target is a projection as it is shown: it asks for what that gives (`attainment.as_asked`)."""
    return f"ROUND({target}-{shown},{{plan.digits}})=0"


def band_formula(passed: str) -> str:
    """The band of a probability, by the edges that the target has passed."""
    return f"INDEX({{assumptions.bands.word:}},MATCH({passed},{{assumptions.bands.passed:}},0))"


def needed_growth_formula(now: str, target: str, years: str, kind: str = "") -> str:
    """The growth a year from one number to another: of rates in points, of others in per cent, which lead from nothing
    nowhere; where no kind is given, as the row's flag says.

    >>> needed_growth_formula("{a}", "{b}", "{n}", "amount")
    'IF(AND({a}>0,{b}>=0),(({b}/{a})^(1/{n})-1)*100,"")'
    """
    points = f"({target}-{now})/{years}"
    percent = f'IF(AND({now}>0,{target}>=0),(({target}/{now})^(1/{years})-1)*100,"")'
    return {"rate": points, "": f"IF({{is_rate}}=1,{points},{percent})"}.get(kind, percent)


def unless_met_formula(met: str, growth: str) -> str:
    """A growth that is needed: none where what is to come has come, as it is printed (`gap.unless_met`)."""
    return f"IF({met},0,{growth})"


def latest(years: Iterable[int], actual: str, status: str, none: str) -> str:
    """The status of the last year that has an actual; the names hold `YEAR`."""
    last_first = map(str, sorted(years, reverse=True))
    return chosen(
        {f"ISNUMBER({actual.replace('YEAR', year)})": status.replace("YEAR", year) for year in last_first}, none
    )


def amiss(cells: Mapping[str, bool]) -> str:
    """How many cells for a number hold something else: a text, an error, a tick; the signs of no figure are blanks.

    `cells` are names; those that take the word for no cap as well are True.
    """
    parts = []
    for cell, takes_word in cells.items():
        is_sign = f"SUMPRODUCT(1*({{assumptions.signs.sign:}}={cell}))>0"
        asked = f"OR({is_sign},{cell}={{words.cap.none}})" if takes_word else is_sign
        cases = {f"ISNUMBER({cell})": "0", f"ISBLANK({cell})": "0", f"ISERROR({cell})": "1", asked: "0"}
        parts.append(chosen(cases, "1"))
    return "+".join(parts)


def changed(columns: Mapping[str, bool]) -> str:
    """Whether any input is no longer what it was when the workbook was made; `made_…` stands beside each.

    A blank cell and 0 are told apart. Where a blank stands for a usual value (True), that stands there as `usual_…`.
    """
    parts = []
    for column, has_usual in columns.items():
        head, _, name = column.rpartition(".")
        cell, made, usual = f"{{{column}:}}", f"{{{head}.{MADE}{name}:}}", f"{{{head}.{USUAL_PREFIX}{name}:}}"
        blank = f"({made}<>{usual})" if has_usual else f'({made}<>"")'
        parts.append(f'SUMPRODUCT(({cell}="")*{blank}+({cell}<>"")*((({cell}<>{made})+({made}=""))>0))')
    # Rows inserted beside one of the two columns only leave nothing to compare: the workbook then counts as changed.
    return f"IF(IFERROR({'+'.join(parts)},1)>0,{{words.state.changed}},{{words.state.as_made}})"
