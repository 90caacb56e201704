"""A league that no commitment names may have a rate and no herd: it weighs nothing in the region's milestones."""

import numpy as np
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.forecast.suggestions import suggest_growth

RATE, LEFT_OUT = "improved_breed_rate", "152900"


def test_the_region_has_milestones_where_an_unnamed_league_has_a_rate_but_no_herd(tmp_path):
    stated = (SHIPPED / "commitments.toml").read_text(encoding="utf-8")
    before, mark, rest = stated.partition(f'id = "{RATE}"')
    leagues = rest[rest.index("leagues") :].partition("]")[0]
    fewer = before + mark + rest.replace(leagues, leagues.replace(f', "{LEFT_OUT}"', ""), 1)
    assert fewer != stated
    figures = (SHIPPED / "observed.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    weighed = "".join(row for row in figures if not row.startswith(f"{LEFT_OUT},livestock_units,"))
    changes = [{"file": "commitments.toml", "whole": fewer}, {"file": "observed.csv", "whole": weighed}]
    data = read_baselines(broken_copy(SHIPPED, tmp_path / "copy", changes))
    years = make_plan(parse_scenario({}), data, suggest_growth(data)).years
    region = years[(years["indicator"] == RATE) & (years["code"] == data.region.code)]
    assert np.isfinite(region["milestone"].to_numpy()).all()
