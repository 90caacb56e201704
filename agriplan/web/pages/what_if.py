"""The question of an indicator's page: what if one league completes only so much of its target."""

import math
from dataclasses import dataclass

from flask import request

from agriplan.analysis.shortfall import Shortfall, fall_short
from agriplan.baselines.commitments import Commitment
from agriplan.engine.plan import Plan
from agriplan.typed_numbers import NotANumberError, read_number
from agriplan.web.pages.asked import league_asked
from agriplan.web.pages.rows import Row, records

# In the address, or carried by the form of the assumptions: which league, and how many per cent of its target.
SHORT, DONE = "short", "done"
USUAL = "90"
MOST_COMPLETED = 200.0  # per cent: beyond it the question is a slip of the pen


@dataclass(frozen=True)
class WhatIf:
    """The question as asked (`code`, `done`), whether it can be answered, and the answer, its takers as rows."""

    code: str
    done: str
    is_wrong: bool = False
    answer: Shortfall | None = None
    takers: tuple[Row, ...] = ()

    @property
    def word(self) -> str:
        """What became of the league's target: less, more or just that ("even")."""
        missing = self.answer.missing if self.answer else 0.0
        return "less" if missing > 0 else "more" if missing < 0 else "even"

    @property
    def why_short(self) -> str:
        """What a miss of the region's target is made of; "still" where it is reached all the same, "now" only so."""
        found = self.answer
        if found is None or found.short_of <= 0:
            return "now" if found and found.before > 0 else "still"
        if found.before > 0:
            return {"less": "both", "more": "less_than_before", "even": "as_before"}[self.word]
        return "spare_used" if found.before < 0 else "alone"

    @property
    def query(self) -> dict[str, str]:
        """The part of an address that asks it again."""
        return {SHORT: self.code, DONE: self.done} if self.code else {}


def what_if(plan: Plan, commitment: Commitment) -> WhatIf:
    """Answer the question of this request; without one nothing is answered."""
    data = plan.baselines
    asked, done = request.values.get(SHORT, ""), request.values.get(DONE, USUAL).strip()
    if not asked:
        return WhatIf("", done)
    area = league_asked(data, asked)
    try:
        completion = read_number(done, per_cent=True)
    except NotANumberError:
        completion = -1.0
    is_known = not math.isnan(plan.league_row(commitment.id, area.code)["baseline"])
    if not 0 <= completion <= MOST_COMPLETED or not is_known:
        return WhatIf(area.code, done, is_wrong=True)
    answer = fall_short(plan, commitment.id, area.code, completion)
    takers = tuple(row | {"area": data.areas[row["code"]]} for row in records(answer.takers))
    return WhatIf(area.code, done, answer=answer, takers=takers)
