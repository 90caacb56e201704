"""What a target takes in animals and yields, live: the rules of `analysis/balances.py`, one row a balance and area."""

from agriplan.workbook.formulas.filling import Formulas, first_number, grade_of, where_known

_IMPLIED = "{quantity}/({each}*{factor})"
_PRICE_THEN = "({.unit_value}*(1+{.unit_value_growth}/100)^{plan.years})"
_OF_HERD = ("level", "own", "own_source")


def _needed(of: str) -> str:
    """How many animals of that yield the target takes, or what yield of so many."""
    return where_known(f'IF({of}>0,{{target_quantity}}/({of}*{{factor}}),"")', "{target_quantity}", of)


def balance_rows(kind: str, league: str | None) -> Formulas:
    """The columns of `balances` of the region, or of a league."""
    figure = "baseline" if kind == "value" else "printed_baseline"
    base = f"{{leagues.{figure}@{league}}}" if league else f"{{.{figure}}}"
    target = f"{{leagues.printed_target@{league}}}" if league else "{.printed_target}"
    level = f"{{leagues.level@{league}}}" if league else "{.level_of_grade}"
    now, then = ("/{.unit_value}", f"/{_PRICE_THEN}") if kind == "value" else ("", "")
    # The region's known stock counts where it leads to the quantity; else it is of another time, and follows from it.
    near = f"ABS({_IMPLIED}/{{known_stock}}-1)<={{.same_time}}"
    known = "{known_stock}" if league else f"IF({near},{{known_stock}},{_IMPLIED})"
    each_of_stock = where_known("{quantity}/({known_stock}*{factor})", "{known_stock}")
    return {
        # A row without a balance (of a rate, say) has no factor, and shows no figure.
        "quantity": where_known(f"{base}{now}", "{factor}", base),
        "each": where_known(first_number("{known_each}", other=each_of_stock), "{quantity}"),
        "stock": where_known(f"IF(ISNUMBER({{known_stock}}),{known},{_IMPLIED})", "{quantity}", "{each}"),
        "target_quantity": where_known(f"{target}{then}", "{quantity}"),
        "stock_needed": _needed("{each}"),
        "each_needed": _needed("{stock}"),
        # A balance is no better known than its quantity, which may be entered.
        "grade": where_known(grade_of(f"MAX({level},{{known_level}})"), "{quantity}"),
    }


def fodder_rows(weighed: str | None, league: str | None) -> Formulas:
    """What the herd of the target year eats; `weighed` is the rate that has that herd, where there is one."""
    eaten = "({})*{{each}}*{{factor}}"
    if weighed is None:
        return {"target_quantity": where_known(eaten.format("{herd}"), "{herd}")}
    years = f"{weighed}.league_years.herd@{league}." if league else f"{weighed}.region_years.herd@"
    first, last = (f"{{{years}{year}}}" for year in ("START", "END"))
    herd = f"{{herd}}*IF(COUNT({first},{last})>1,{last}/{first},1)"
    now = f"{{assumptions.herds.herd@HERD.{league or 'REGION'}}}"
    return {
        "herd": where_known(now, "{factor}", now),
        "target_quantity": f'IF(AND(ISNUMBER({{herd}}),ISNUMBER({{each}})),{eaten.format(herd)},"")',
    }


def fodder_basis(league: str | None) -> Formulas:
    """The grade of what the herd eats, and what it rests on: an area's own herd has another than the data's."""
    level, own, source = (f"{{assumptions.herds.{name}@HERD.{league or 'REGION'}}}" for name in _OF_HERD)
    basis = f"IF(ISNUMBER({own}),{{before_own}}&{source}&{{after_own}},{{by_data}})"
    return {
        "grade": where_known(grade_of(f"MAX({level},{{worst_else}})"), "{herd}"),
        "basis": where_known(basis, "{herd}"),
    }
