"""The tidy sheet: exact figure, printed figure and grade of each row, from the sheets that work them out."""

from collections.abc import Mapping

from agriplan.workbook.formulas.filling import Formulas, where_known

Results = Mapping[str, Formulas]
_GRADE, _TARGET, _PROJECTION = (f"{{*1.leagues.{name}@*2}}" for name in ("grade", "target", "projection"))
RESULTS_OF_LEAGUES: Results = {
    **{
        name: {"value": f"{{*1.leagues.{name}@*2}}", "printed": f"{{*1.leagues.printed_{name}@*2}}", "grade": _GRADE}
        for name in ("baseline", "projection", "target")
    },
    "amount": {
        "value": where_known(f"{_TARGET}-{_PROJECTION}", _TARGET, _PROJECTION),
        "printed": "{*1.leagues.printed_amount_stated@*2}",
        "grade": _GRADE,
    },
}
# The region's own, from the line of each indicator.
_OF_LINE = {
    "baseline": ("baseline", "printed_baseline"),
    "projection": ("projection", "printed_projection"),
    "target": ("target", "printed_target"),
    "gap": ("gap_stated", "printed_gap_stated"),
    "amount": ("placed_stated", "printed_placed_stated"),
    "reached": ("reached", "printed_reached"),
}
RESULTS_OF_REGION: Results = {
    name: {"value": f"{{*.{exact}}}", "printed": f"{{*.{printed}}}", "grade": "{*.grade}"}
    for name, (exact, printed) in _OF_LINE.items()
}


def _by_year(years: str) -> Results:
    """Figures of a year on the way have no grade of their own."""
    return {
        name: {"value": f"{{{years.format(name)}}}", "printed": f"{{{years.format(f'printed_{name}')}}}"}
        for name in ("milestone", "actual")
    }


# By year, of the region and of a league.
RESULTS_BY_YEAR: Mapping[bool, Results] = {
    True: _by_year("years.region.{}@*1.*3"),
    False: _by_year("years.years.{}@*"),
}
