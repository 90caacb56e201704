"""Units in words, where indicators of several kinds meet: growths are per cent a year, those of rates points a year."""

from collections.abc import Sequence

import numpy as np

from agriplan.baselines.commitments import Commitment, short_names
from agriplan.baselines.folder import Baselines
from agriplan.errors import Called
from agriplan.formatting import GROWTH_DECIMALS, MINUS, print_entered, print_number, unit_behind
from agriplan.sentences import LANGS, Lang, inside, listed, say

# Measures that are differences of two figures: of rates they are told in points.
MEASURES_IN_POINTS = frozenset({"amount", "gap", "unallocated"})


def unit_of_differences(commitment: Commitment, lang: Lang) -> str:
    """The unit behind the difference of two figures of an indicator: two rates are points apart, never per cent."""
    return say("note.points", lang) if commitment.is_rate else unit_behind(commitment.unit(lang), lang)


def differences_called(commitment: Commitment) -> Called:
    """The same for a sentence that is said in either language."""
    return Called("", *(unit_of_differences(commitment, lang) for lang in LANGS))


def unit_of_amounts(commitment: Commitment, lang: Lang) -> str:
    """The unit of what leagues take, as it stands in a column of units: of a rate points, never per cent."""
    return say("note.points", lang) if commitment.is_rate else commitment.unit(lang)


def unit_of_measure(measure: str, commitment: Commitment, lang: Lang) -> str:
    """The unit of a measure of an indicator, as it stands in a column of units."""
    return unit_of_amounts(commitment, lang) if measure in MEASURES_IN_POINTS else commitment.unit(lang)


def unit_of_growth(is_rate: bool, lang: Lang) -> str:
    """What a growth is told in: per cent, that of a rate points.

    >>> unit_of_growth(True, "zh"), unit_of_growth(False, "en")
    ('个百分点', '%')
    """
    return say("note.points" if is_rate else "note.per_cent", lang)


def names_of_rates(commitments: Sequence[Commitment], lang: Lang) -> str:
    """The rates among them by their short names, one behind the other; nothing where there are none."""
    short = short_names(commitments, lang)
    return listed((inside(short[one.id]) for one in commitments if one.is_rate), lang)


def units_of_growth(commitments: Sequence[Commitment], lang: Lang) -> str:
    """In what the growths of these are told when they stand side by side; rates are named among others only."""
    names = names_of_rates(commitments, lang)
    if not names:
        return say("growth.units.per_cent", lang)
    if all(one.is_rate for one in commitments):
        return say("growth.units.points", lang)
    return say("growth.units.both", lang, names=names)


def words_of_area(data: Baselines, commitment: Commitment, code: str, lang: Lang) -> dict[str, str]:
    """What nearly every sentence about an indicator in an area names: both, the unit, and the years of the plan."""
    return {
        "name": commitment.name(lang),
        "together": word_of_total(commitment, lang),
        "area": data.areas[code].name(lang),
        "unit": unit_behind(commitment.unit(lang), lang),
        "base_year": str(data.base_year),
        "target_year": str(data.target_year),
    }


def word_of_total(commitment: Commitment, lang: Lang) -> str:
    """What the figures of leagues come to together: amounts have a sum, rates a weighted mean.

    >>> from types import SimpleNamespace
    >>> [word_of_total(SimpleNamespace(is_rate=is_rate), "zh") for is_rate in (False, True)]
    ['合计', '加权平均']
    """
    return say("total.rate" if commitment.is_rate else "total.amount", lang)


def words_of_growth(commitment: Commitment, lang: Lang) -> dict[str, str]:
    """What growth is called in sentences: an amount grows, a rate rises.

    >>> from types import SimpleNamespace
    >>> words_of_growth(SimpleNamespace(is_rate=True), "en"), words_of_growth(SimpleNamespace(is_rate=False), "zh")
    ({'noun': 'rise', 'grew': 'rose'}, {'noun': '增长', 'grew': '增长'})
    """
    kind = "rate" if commitment.is_rate else "amount"
    return {"noun": say(f"growth.noun.{kind}", lang), "grew": say(f"growth.grew.{kind}", lang)}


# What a growth does: in a phrase of its own, and what an area did.
RISES, ROSE = ("rises", "falls"), ("rose", "fell")


def yearly_word(years: int, lang: Lang) -> str:
    """That a growth is one a year, where it is over more years than one; over one it is that year's.

    >>> yearly_word(3, "zh"), yearly_word(3, "en"), yearly_word(1, "zh")
    ('年均', ' a year', '')
    """
    return say("growth.yearly", lang) if years > 1 else ""


def growth_in_words(
    growth: float, commitment: Commitment, lang: Lang, years: int, does: tuple[str, str] = RISES
) -> str:
    """A growth over so many years in words; what falls is not said to grow, and from nothing (NaN) there is none.

    >>> from types import SimpleNamespace
    >>> amount = SimpleNamespace(is_rate=False)
    >>> growth_in_words(-1.25, amount, "zh", 5), growth_in_words(-1.25, amount, "en", 5, ROSE)
    ('年均下降1.25%', 'fell by 1.25 % a year')
    >>> growth_in_words(-1.25, amount, "zh", 1), growth_in_words(-1.25, amount, "en", 1, ROSE)
    ('下降1.25%', 'fell by 1.25 %')
    >>> growth_in_words(-0.001, amount, "zh", 5), growth_in_words(0.0, amount, "en", 5, ROSE)
    ('年均增速为0', 'showed no growth a year')
    """
    if np.isnan(growth):
        return say(f"growth.{does[False]}_from_nothing", lang, yearly=yearly_word(years, lang))
    printed = print_number(growth, GROWTH_DECIMALS)
    if printed == print_number(0.0, GROWTH_DECIMALS):
        return say(f"growth.{does[False]}_not", lang, yearly=yearly_word(years, lang))
    is_rate, falls = commitment.is_rate, printed.startswith(MINUS)
    per_year = unit_of_growth(is_rate, lang)
    code = f"growth.{does[falls]}{'_rate' if is_rate and not falls else ''}"
    return say(code, lang, growth=printed.removeprefix(MINUS), per_year=per_year, yearly=yearly_word(years, lang))


def carried_in_words(growth: float, lang: Lang, years: int) -> str:
    """By what growth, in per cent, a figure was carried on over so many years; what falls is not said to grow.

    >>> carried_in_words(-1.5, "zh", 2), carried_in_words(-1.5, "en", 2), carried_in_words(3.0, "zh", 1)
    ('按年均下降1.5%推算', 'falling by 1.5 % a year', '按增长3%推算')
    """
    code = "growth.carried_down" if growth < 0 else "growth.carried_up"
    return say(code, lang, growth=print_entered(abs(growth)), yearly=yearly_word(years, lang))
