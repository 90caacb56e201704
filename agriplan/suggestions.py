"""Growth suggestions of a data folder."""

import numpy as np
import pandas as pd

from agriplan.baselines import Baselines


def suggestions_for(baselines: Baselines) -> pd.DataFrame:
    """Suggest the average growth of the comparable years, else the shipped assumption; leagues follow the region."""
    region = baselines.region.code
    shipped = {row["indicator"]: row for row in baselines.assumptions.to_dict("records") if row["area"] == region}
    rows = []
    for commitment in baselines.commitments:
        for indicator in filter(None, (commitment.quantity, commitment.unit_value, commitment.herd)):
            rate = indicator == commitment.quantity and commitment.kind == "rate"
            past = round(baselines.past_growth(indicator, region, is_rate=rate), 2)
            known = {"growth": past, "low": past - 2, "high": past + 2, "tier": "B"}
            if np.isnan(past):
                known = {key: shipped[indicator][key] for key in ("growth", "low", "high")} | {"tier": "D"}
            for code in baselines.areas:
                tier = known["tier"] if code == region else "C"
                rows.append(
                    {"indicator": indicator, "code": code, "years": 1, "how": "fitted"} | known | {"tier": tier}
                )
    return pd.DataFrame(rows)
