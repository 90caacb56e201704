"""What limits can hold, as sentences: how much of the gap is placed, who is at a ceiling, and what would do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from agriplan.analysis.caution import LIMIT_DIGITS
from agriplan.analysis.note import Note, NoteSubject
from agriplan.analysis.unit_words import unit_of_differences
from agriplan.baselines.commitments import Commitment
from agriplan.engine.caps import CAP_DECIMALS
from agriplan.engine.columns import STATED
from agriplan.engine.tables import Flags, numbers
from agriplan.formatting import print_number
from agriplan.sentences import LANGS, Lang, listed, say


def feasibility(subject: NoteSubject) -> Iterator[Note]:
    """Feasible or not, and what is to spare; whether there is a gap at all is decided on printed figures."""
    line, shown, leagues = subject.line, subject.shown, subject.leagues
    gap = float(shown[f"gap{STATED}"])
    if line["feasibility"] == "ceilings_short" and gap > 0:
        yield _ceilings_short(subject)
        yield _cap_that_would_do(subject)
    elif line["feasibility"] == "floors_exceed":
        figures = _stated(subject, "floors", "to_place", "residual")
        over = -figures.pop("residual")
        yield subject.note("floors_exceed", leagues["floor"] > 0, None, over=over, **figures)
    elif gap > 0 and line["to_place"] <= 0:
        yield subject.note("all_held_back", gap=gap)
    elif gap > 0:
        yield subject.note("enough", None, _set_apart(subject), **_stated(subject, "gap", "placed"))
    if gap <= 0:
        surplus = float(shown[f"surplus{STATED}"])
        yield subject.note("surplus" if surplus else "exact", surplus=surplus, projection=float(shown["projection"]))


def _stated(subject: NoteSubject, *names: str) -> dict[str, float]:
    return {name: float(subject.shown[f"{name}{STATED}"]) for name in names}


def _set_apart(subject: NoteSubject) -> dict[Lang, dict[str, str]]:
    """What lies between the gap and what is placed: what is held back and what is put on top; mostly nothing."""
    parts = {name: value for name, value in _stated(subject, "held_back", "on_top").items() if value}
    commitment, decimals = subject.commitment, subject.plan.baselines.decimals(subject.commitment)
    found: dict[Lang, dict[str, str]] = {}
    for lang in LANGS:
        unit = unit_of_differences(commitment, lang)
        each = [
            say(f"note.{name}", lang, value=print_number(value, decimals), unit=unit) for name, value in parts.items()
        ]
        found[lang] = {"parts": say("note.in_brackets", lang, text=listed(each, lang)) if each else ""}
    return found


def _ceilings_short(subject: NoteSubject) -> Note:
    """Named are those that take as much as they may; one without weight may have room that the rule never gives."""
    leagues = subject.leagues
    room = np.round(numbers(leagues, "ceiling") - numbers(leagues, "amount"), LIMIT_DIGITS)
    bound = leagues["named"].astype(bool) & (room <= 0)
    figures = _stated(subject, "ceilings", "to_place", "residual")
    code = "ceilings_short" if bound.any() else "no_weights_short"
    commitment, decimals = subject.commitment, subject.plan.baselines.decimals(subject.commitment)
    words = {lang: {"makes": makes_unallocated(subject.shown, commitment, decimals, lang)} for lang in LANGS}
    return subject.note(code, bound, words, reachable=float(subject.shown["reachable"]), **figures)


def makes_unallocated(shown: Mapping[str, Any], commitment: Commitment, decimals: int, lang: Lang) -> str:
    """What comes beside what could not be placed, and that all of it is what is unallocated; mostly nothing."""
    parts = {word: abs(float(shown[f"{name}{STATED}"])) for name, word in BESIDE_RESIDUAL.items()}
    unit = unit_of_differences(commitment, lang)
    told = [
        say(f"note.{word}", lang, value=print_number(value, decimals), unit=unit)
        for word, value in parts.items()
        if value
    ]
    if not told:
        return ""
    unallocated = print_number(shown["unallocated"], decimals)
    return say("note.makes_unallocated", lang, parts=listed(told, lang), unallocated=unallocated, unit=unit)


BESIDE_RESIDUAL = {"held_back": "with_held_back", "on_top": "less_on_top"}


def _cap_that_would_do(subject: NoteSubject) -> Note:
    cap = float(subject.line["least_max_growth"])
    if not np.isnan(cap):
        return subject.note("least_cap", words={lang: {"cap": print_number(cap, CAP_DECIMALS)} for lang in LANGS})
    causes = [name for name, binds in _beside_the_cap(subject).items() if binds]
    words = {
        lang: {"what": _listed("binds", causes, lang), "remedies": _remedies(subject, causes, lang)} for lang in LANGS
    }
    return subject.note("no_cap_is_enough", words=words)


def _listed(family: str, names: Iterable[str], lang: Lang) -> str:
    return listed((say(f"note.{family}.{name}", lang) for name in names), lang)


def _remedies(subject: NoteSubject, causes: Sequence[str], lang: Lang) -> str:
    """What can help, and nothing that cannot: to hold more back always does."""
    can = [name for name in causes if name not in ("natural", "zero")]
    if not np.isnan(float(subject.line["max_growth"])) and bool(_from_zero(subject).any()):
        can.append("zero")
    if not can:
        return say("note.remedy.reserve", lang)
    return say("note.remedy.or_reserve", lang, remedies=_listed("remedy", can, lang))


def _from_zero(subject: NoteSubject) -> Flags:
    """Named leagues that may take something and start from 0, to which any growth cap leaves nothing."""
    leagues = subject.leagues
    may: Flags = leagues["named"].astype(bool) & np.isnan(numbers(leagues, "entered_lock"))
    from_zero: Flags = (leagues["baseline"] == 0) & (subject.commitment.kind != "rate")
    return may & from_zero


def _beside_the_cap(subject: NoteSubject) -> dict[str, bool]:
    """What keeps leagues from taking more, however wide the growth cap, and whether it does here."""
    is_named = subject.leagues["named"].astype(bool)
    named = {name: column[is_named] for name, column in subject.leagues.items()}
    locked = ~np.isnan(numbers(named, "entered_lock"))
    # By headroom a league has no weight because its ceiling leaves no room: that is no cause of its own.
    idle: Flags = (named["reason"] == "no_weight") & (subject.line["rule"] != "by_headroom")
    free = ~locked & ~idle
    ceiling = numbers(named, "entered_ceiling")
    highest = np.inf if subject.commitment.ceiling is None else subject.commitment.ceiling
    natural = np.isfinite(highest) & ~(ceiling <= highest - numbers(named, "projection"))
    grows_from_zero = (named["baseline"] == 0) & (not subject.commitment.is_rate)
    return {
        "locks": bool(locked.any()),
        "ceilings": bool((free & ~np.isnan(ceiling) & ~natural).any()),
        "natural": bool((free & natural).any()),
        "zero": bool((free & grows_from_zero).any()),
        "weights": bool((idle & ~locked).any()),
    }
