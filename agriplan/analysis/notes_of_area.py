"""Which notes on a plan concern an area: a league's reader need not know what concerns other leagues alone."""

from agriplan.analysis.note import Note
from agriplan.analysis.notes import take_notes
from agriplan.engine.plan import Plan

# What holds for the whole region, though it names the leagues that it comes from.
_OF_REGION = frozenset(("ceilings_short", "no_weights_short", "floors_exceed"))


def notes_concerning(plan: Plan, code: str) -> tuple[Note, ...]:
    """What an area's reader must know beside the figures: of a league's indicators, and of no other league alone.

    How likely a target is stands beside it, and that ceilings hold is no news.
    """
    data = plan.baselines
    short = (note for note in take_notes(plan) if note.family == "note" and note.code != "enough")
    if code == data.region.code:
        return tuple(short)
    return tuple(
        note
        for note in short
        if code in note.about
        or (code in data.by_id[note.indicator].leagues and (note.code in _OF_REGION or not note.about))
    )
