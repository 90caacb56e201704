"""Plan folders in which what a quantity is worth has a history, so that each year suggests another growth of it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Figure

# Around the base year, which has a figure: the suggestion as of every later year is another one.
YEARS = (-2, -1, 1, 2, 3, 4)


def with_unit_value_histories(data: Baselines, seed: int) -> Baselines:
    """The data with random figures of every unit value, around that of the base year."""
    rng, region = np.random.default_rng(seed), data.region.code
    rows = [
        {"indicator": name, "year": data.base_year + year, "value": round(value * rng.uniform(0.7, 1.4), 4)}
        for one in data.commitments
        if (name := one.unit_value) and (value := data.base_figures[name, region].value)
        for year in YEARS
    ]
    by_name = data.observed[data.observed["area"] == region].drop_duplicates("indicator").set_index("indicator")
    figures = [
        {**by_name.loc[str(row["indicator"])].to_dict(), **row, "basis": data.basis, "grade": "derived"} for row in rows
    ]
    added = pd.DataFrame(figures, columns=list(Figure.model_fields))
    return replace(data, observed=pd.concat([data.observed, added], ignore_index=True))
