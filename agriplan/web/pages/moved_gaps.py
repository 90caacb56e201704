"""How a gap, or what there is to spare, has moved: in a word, since one sign for both would mislead."""

from agriplan.formatting import print_number
from agriplan.rounding import printed_difference
from agriplan.web.pages.blueprint import text


def gap_moves(before: float, after: float, decimals: int, *, same_target: bool) -> str:
    """By how much a gap, or what there is to spare, is better or worse.

    Who promises less is none the better for it: of another target it is told what became larger or smaller.
    """
    between = float(printed_difference(after, before, decimals))
    if between == 0:
        return text("gap.same")
    if same_target:
        word = "worse" if between > 0 else "better"
    elif before <= 0 and after <= 0:
        word = "less_to_spare" if between > 0 else "more_to_spare"
    else:
        word = "larger" if between > 0 else "smaller"
    return text(f"gap.{word}", by=print_number(abs(between), decimals))
