"""Why a share is what it is, as a sentence for a meeting; the formulas `explanation` say the same."""

from collections.abc import Mapping

import numpy as np

from agriplan.baselines.commitments import Commitment
from agriplan.rounding import round_half_up
from agriplan.workbook.content.making import Making


def explain_league(making: Making, commitment: Commitment, own: Mapping[str, object]) -> str:
    """What part of what is placed the league takes, by which rule; or why it takes none."""
    reason = own["reason"]
    for code, why in (("not_named", "why.not_named"), ("nothing_to_allocate", "why.surplus")):
        if reason == making.word(f"reason.{code}"):
            return making.word(why)
    rule = making.word(f"rule.{making.read.lines[commitment.id]['rule']}")
    part = float(round_half_up(np.array(own["share_of_total"], dtype=float), 1))
    text = f"{making.word('why.by')}{rule}{making.word('why.takes')}{part:.15g}{making.word('why.part')}"
    return text if reason == making.word("reason.proportional") else f"{text}{making.word('why.comma')}{reason}"


def explain_region(making: Making, commitment: Commitment) -> str:
    """What became of the gap."""
    line = making.read.lines[commitment.id]
    if line["feasibility"] != "enough":
        return making.word(f"why.{line['feasibility']}")
    return making.word("why.placed" if line["gap"] > 0 else "why.surplus")
