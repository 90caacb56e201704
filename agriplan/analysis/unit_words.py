"""Units in words, where indicators of several kinds meet: growths are per cent a year, those of rates points a year."""

from collections.abc import Sequence

from agriplan.baselines.commitments import Commitment, short_names
from agriplan.formatting import unit_behind
from agriplan.sentences import COMMAS, Lang, say


def unit_of_differences(commitment: Commitment, lang: Lang) -> str:
    """The unit behind the difference of two figures of an indicator: two rates are points apart, never per cent."""
    return say("note.points", lang) if commitment.kind == "rate" else unit_behind(commitment.unit(lang), lang)


def names_of_rates(commitments: Sequence[Commitment], lang: Lang) -> str:
    """The rates among them by their short names, one behind the other; nothing where there are none."""
    short = short_names(commitments, lang)
    return COMMAS[lang].join(short[one.id] for one in commitments if one.kind == "rate")


def units_of_growth(commitments: Sequence[Commitment], lang: Lang) -> str:
    """In what the yearly growths of these are told when they stand side by side; rates are named among others only."""
    names = names_of_rates(commitments, lang)
    if not names:
        return say("growth.units.per_cent", lang)
    if all(one.kind == "rate" for one in commitments):
        return say("growth.units.points", lang)
    return say("growth.units.both", lang, names=names)
