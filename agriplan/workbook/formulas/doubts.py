"""Entries that ask to be looked at again: flags, which the sheet of checks counts, and the sentences beside them.

What is out of line is what `analysis.cautions` says, by the same bounds; a test holds one against the other. A blank,
a text or an error in a cell is no doubt of this kind: the check of entries counts those.
"""

from typing import NamedTuple

from agriplan.engine.scenario import LIMITS
from agriplan.workbook.formulas.filling import Formulas, flag, where_known

# A growth of a rate is in points: small ones are usual, and nothing multiplies.
_NO_RATE = "{kind}<>{words.kind.rate},"
_NO_RATE_OF_LEAGUE = "{is_rate}=0,"


def _times_off(value: str, known: str, most: str = "{plan.far}") -> str:
    """Whether a figure is so many times another one, or so small a part of it, that a unit was probably lost."""
    return flag(f"AND({known}>0,OR({value}>{known}*{most},{value}<{known}/{most}))", value, known)


def _part_of_one(value: str) -> str:
    """Two conditions, for `AND`: values that are probably parts of one."""
    return f"{value}>={{plan.least_part_of_one}},{value}<{{plan.part_of_one}}"


def _as_fraction(growth: str, suggested: str, unless: str) -> str:
    """Whether per cent were probably entered as a part of one; not where the suggested growth is as small."""
    usual = f"IF(ISNUMBER({suggested}),IF(AND({suggested}<>0,ABS({suggested})<1),0,1),1)"
    return where_known(f"IF(AND({unless}{_part_of_one(f'ABS({growth})')}),{usual},0)", growth, other="0")


def _grows_far(growth: str, unless: str) -> str:
    """Whether a growth leads more than threefold up or down by the target year."""
    factor = f"(1+{growth}/100)^{{plan.years}}"
    return flag(f"AND({unless}OR({factor}>{{plan.far}},{factor}*{{plan.far}}<1))", growth)


def _out_of_range(growth: str, low: str, high: str) -> str:
    return flag(f"OR({growth}<{low},{growth}>{high})", growth, low, high)


class _Growth(NamedTuple):
    """Columns of a growth, its suggestion and its plausible range, and where its doubts do not apply."""

    entered: str
    suggested: str
    low: str
    high: str
    unless: str

    def flag(self) -> str:
        """Whether it asks to be looked at, for whatever reason."""
        each = (_as_fraction(self.entered, self.suggested, self.unless), _grows_far(self.entered, self.unless))
        return f"MAX({','.join(each)},{_out_of_range(self.entered, self.low, self.high)})"

    def sentence(self, flag: str) -> str:
        """Why, where the flag is up: the reason that explains most."""
        meant = f"{{words.remark.meant}}&ROUND({self.entered}*100,{{plan.digits}})&{{words.remark.per_cent}}"
        far = _say_far(
            _grows_far(self.entered, self.unless), f"{self.entered}>0", "grows_far", "{words.remark.outside}"
        )
        why = f"IF({_as_fraction(self.entered, self.suggested, self.unless)}>0,{meant},{far})"
        return f'IF({flag}>0,{why},"")'


def _say(flag: str, word: str, otherwise: str = '""') -> str:
    return f"IF({flag}>0,{{words.remark.{word}}},{otherwise})"


def _say_far(flag: str, is_above: str, word: str, otherwise: str = '""') -> str:
    """On which side a figure is far off."""
    return f"IF({flag}>0,IF({is_above},{{words.remark.{word}_above}},{{words.remark.{word}_below}}),{otherwise})"


_OF_LINE = _Growth("{entered_growth}", "{suggested}", "{low}", "{high}", _NO_RATE)
_OF_LEAGUE = _OF_LINE._replace(unless=_NO_RATE_OF_LEAGUE)
_OF_HERD = _OF_LINE._replace(unless="")
_OF_UNIT_VALUE = _Growth(
    "{entered_unit_value_growth}",
    "{suggested_unit_value_growth}",
    "{low_unit_value_growth}",
    "{high_unit_value_growth}",
    "",
)


def _parts_of_one() -> str:
    """How many shares and caps in per cent lie between 0 and 1."""
    each = {"reserve": "", "margin": "", "entered_max_growth": _NO_RATE}
    least = "{plan.least_part_of_one}"
    return "+".join(
        flag(f"AND({unless}{{{name}}}>={least},{{{name}}}<1)", f"{{{name}}}") for name, unless in each.items()
    )


# A cap of a rate that was probably meant in per cent.
_CAP_OF_RATE = flag("AND({kind}={words.kind.rate},{entered_max_growth}>{plan.most_points})", "{entered_max_growth}")

DOUBTS_OF_LINES: Formulas = {
    "outside": _OF_LINE.flag(),
    "unit_value_outside": _OF_UNIT_VALUE.flag(),
    "target_far": _times_off("{entered_target}", "{source_target}"),
    "parts_of_one": _parts_of_one(),
    "cap_far": _CAP_OF_RATE,
    "unit_value_far": _times_off("{own_unit_value}", "{observed_unit_value}", "{plan.far_unit_value}"),
    "remark": f"{_say_far('{target_far}', '{entered_target}>{source_target}', 'target_far')}&"
    f"{_OF_LINE.sentence('{outside}')}&{_say('{parts_of_one}', 'part_of_one')}&{_say('{cap_far}', 'cap_far')}",
    "unit_value_remark": f"{_say_far('{unit_value_far}', '{own_unit_value}>{observed_unit_value}', 'unit_value_far')}&"
    f"{_OF_UNIT_VALUE.sentence('{unit_value_outside}')}",
}

DOUBTS_OF_HERDS: Formulas = {
    "outside": _OF_HERD.flag(),
    "far": _times_off("{own}", "{observed}"),
    "remark": f"{_say_far('{far}', '{own}>{observed}', 'own_far')}&{_OF_HERD.sentence('{outside}')}",
}

# What the data's quantity comes to at the data's unit value.
_OBSERVED_VALUE = "({observed}*{assumptions.lines.observed_unit_value@*1})"
_IS_ABOVE = f"IF(ISNUMBER({{own}}),{{own}}>{{observed}},{{own_value}}>{_OBSERVED_VALUE})"
_LIMITS = ",".join(f"{{entered_{limit}}},{{{limit}_level}}" for limit in LIMITS)
DOUBTS_OF_INPUTS: Formulas = {
    "outside": _OF_LEAGUE.flag(),
    "far": f"MAX({_times_off('{own}', '{observed}')},{_times_off('{own_value}', _OBSERVED_VALUE)})",
    "own_remark": f"{_say_far('{far}', _IS_ABOVE, 'own_far')}&{_OF_LEAGUE.sentence('{outside}')}",
    "why_alone": f'IF({{limits_why}}="",0,IF(COUNT({_LIMITS})>0,0,1))',
    "remark": f"{{own_remark}}&{{*1.leagues.limits_remark@*2}}&{_say('{why_alone}', 'why_alone')}",
}


def _passed(limit: str) -> str:
    """Whether the trend is already above a limit that is a level; an amount beside it counts first."""
    amount, level = (f"{{inputs.leagues.{name}@LINE.*}}" for name in (f"entered_{limit}", f"{limit}_level"))
    return f"IF(ISNUMBER({amount}),0,{flag(f'{{projection}}>{level}', level, '{projection}')})"


_OVERRULED = "+".join(
    flag(f"{{entered_lock}}{sign}{{entered_{limit}}}", f"{{entered_{limit}}}")
    for limit, sign in (("floor", "<"), ("ceiling", ">"))
)
_CROSSED = flag("{entered_floor}>{entered_ceiling}", "{entered_floor}", "{entered_ceiling}")
_LEAST = "COUNT({entered_lock},{entered_floor})>0"
# A lock or floor beside which the others' no longer fit into what is to be placed; the lock counts before the floor.
_TOO_MUCH = f"IF({_LEAST},{flag('AND({floor}>0,{.floors}-{.to_place}>{.noise})')},0)"


# A lock or floor that counts though growth cap or natural ceiling allow less.
_ABOVE_CAP = f"IF({_LEAST},{flag('{floor}>MAX(0,{cap})+{.noise}', '{cap}')},0)"
_ABOVE_RATE = flag(
    "{floor}>MAX(0,{.natural_ceiling}-{projection})*{size}+{.noise}", "{.natural_ceiling}", "{projection}"
)


def _of_lock(flag: str, locked: str, otherwise: str) -> str:
    """One sentence of a lock, another of the limits that count where there is none."""
    return f'IF({flag}>0,IF(ISNUMBER({{entered_lock}}),{{words.remark.{locked}}},{{words.remark.{otherwise}}}),"")'


# On the indicators' sheets, where a limit is an amount, however it was entered.
DOUBTS_OF_LIMITS: Formulas = {
    "limits_crossed": f"IF(ISNUMBER({{entered_lock}}),{_OVERRULED},{_CROSSED})",
    "level_passed": "+".join(map(_passed, LIMITS)),
    "limit_too_much": _TOO_MUCH,
    "limit_above_cap": _ABOVE_CAP,
    "limits_remark": f"{_of_lock('{limits_crossed}', 'overruled', 'crossed')}&{_say('{level_passed}', 'passed')}&"
    f"{_of_lock('{limit_too_much}', 'too_much', 'floor_too_much')}&"
    f'IF({{limit_above_cap}}>0,{_say(_ABOVE_RATE, "above_rate", "{words.remark.above_cap}")},"")',
}


def _another_than(known: str) -> str:
    """0 where an actual is a figure that is known, else 1."""
    return where_known(f"IF({{entered_actual}}={known},0,1)", "{entered_actual}", known, other="1")


def doubts_of_actual(expected: str, *said: str) -> Formulas:
    """Whether an actual is more than threefold off what was expected, or a value without a word of its prices.

    Of figures equal to one that is `said` nothing is asked.
    """
    another = "*".join(map(_another_than, said))
    return {
        "far": _times_off("{entered_actual}", expected),
        "unsaid": where_known(f"{{is_money}}*(1-{{far}})*{another}", "{entered_actual}", other="0"),
        "remark": f"{_say_far('{far}', f'{{entered_actual}}>{expected}', 'actual_far')}&"
        f"{_say('{unsaid}', 'prices_unsaid')}",
    }


DOUBTS_OF_YEARS = doubts_of_actual("{projection}", "{usual_entered_actual}", "{in_base_prices}")

_MARGIN = "{.status_margin}"
_AS_FRACTION = f"AND({_part_of_one(_MARGIN)})"
# Of the on-course range of monitoring, a single cell.
DOUBTS_OF_MARGIN: Formulas = {
    "margin_odd": flag(f"OR({_AS_FRACTION},{_MARGIN}>{{plan.widest_margin}})", _MARGIN),
    "status_margin_remark": f"IF({{.margin_odd}}>0,IF({_AS_FRACTION},{{words.remark.meant}}&ROUND({_MARGIN}*100,"
    '{plan.digits})&{words.remark.points},{words.remark.margin_far}),"")',
}
