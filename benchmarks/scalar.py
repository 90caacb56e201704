"""A plan worked out with plain floats, a league at a time: what the vectorised engine is measured and checked against.

Nothing here comes from the engine. It starts from the same assumptions (`take_baseline`) as rows of dicts, follows the
definitions in `docs/method.md` one after the other, and finds an allocation's level by walking up the breakpoints.
"""

from math import floor, isnan, nan

Row = dict[str, object]


def plan_by_hand(lines: list[Row], leagues: list[Row], years: int) -> tuple[list[Row], list[Row]]:
    """Every line's and league's figures up to the allocated target; leagues stand line after line."""
    width = len(leagues) // len(lines)
    done_lines, done_leagues = [], []
    for number, line in enumerate(lines):
        mine = [dict(league) for league in leagues[number * width : (number + 1) * width]]
        done_lines.append(_work_out(dict(line), mine, years))
        done_leagues += mine
    return done_lines, done_leagues


def _work_out(line: Row, leagues: list[Row], years: int) -> Row:
    rate = line["kind"] == "rate"
    for league in leagues:
        _project(line, league, years, rate)
    present = [league for league in leagues if not isnan(league["baseline"])]
    line["regional"] = [_regional(line, present, step, rate) for step in range(years + 1)]
    counted, divisor, difference = line["regional"][years]
    line["baseline"] = line["regional"][0][0] / line["regional"][0][1]
    line["projection"], line["divisor"], line["statistical_difference"] = counted / divisor, divisor, difference
    line["gap"] = line["target"] * divisor - counted
    short = max(line["gap"], 0.0)
    line["held_back"] = short * line["reserve"] / 100
    line["on_top"] = (short - line["held_back"]) * line["margin"] / 100
    line["to_place"] = short - line["held_back"] + line["on_top"]
    named = [league for league in leagues if league["named"]]
    for league in leagues:
        league["floor"] = league["ceiling"] = league["weight"] = league["offset"] = league["amount"] = 0.0
    for league in named:
        _limit(line, league, years, rate)
        league["weight"], league["offset"] = TERMS[line["rule"]](league)
    _share_out(line, named)
    for league in leagues:
        league["target"] = league["projection"] + league["amount"] / league["size"]
        league["needed_growth"] = _needed(league["baseline"], league["target"], years, rate)
    line["reached"] = (counted + line["placed"]) / divisor
    line["reachable"] = (counted + line["ceilings"]) / divisor
    line["needed_growth"] = _needed(line["baseline"], line["target"], years, rate)
    projected = [*(league["projection"] for league in present), difference]
    issued = _issue([league["amount"] for league in leagues], projected, int(line["issue_decimals"]))
    for league, amount in zip(leagues, issued, strict=True):
        league["issued"] = nan if rate else amount
    return line


def _project(line: Row, league: Row, years: int, rate: bool) -> None:
    league["path"], league["herds"] = [], []
    for step in range(years + 1):
        if rate:
            value = league["baseline"] + league["growth"] * step
            value = min(line["ceiling"], max(0.0, value)) if not isnan(value) else nan
            league["herds"].append(league["herd_base"] * (1 + league["herd_growth"] / 100) ** step)
        else:
            grown = (1 + league["growth"] / 100) ** step * (1 + league["unit_value_growth"] / 100) ** step
            value = league["baseline"] * grown
            league["herds"].append(nan)
        league["path"].append(value)
    league["projection"] = league["path"][years]
    league["size"] = league["herds"][years] / 100 if rate else 1.0
    league["counted"] = league["projection"] * league["size"]
    league["base_weight"] = league["size"] if rate else league["baseline"]


def _regional(line: Row, present: list[Row], step: int, rate: bool) -> tuple[float, float, float]:
    if rate:
        animals = sum(league["path"][step] * league["herds"][step] / 100 for league in present)
        return animals, sum(league["herds"][step] for league in present) / 100, 0.0
    difference = 0.0
    if line["difference"]:
        difference = (
            line["difference"] * (1 + line["growth"] / 100) ** step * (1 + line["unit_value_growth"] / 100) ** step
        )
    return sum(league["path"][step] for league in present) + difference, 1.0, difference


def _limit(line: Row, league: Row, years: int, rate: bool) -> None:
    size, limits = league["size"], []
    if not isnan(line["max_growth"]) and rate:
        limits.append(max(0.0, (league["baseline"] + line["max_growth"] * years - league["projection"]) * size))
    elif not isnan(line["max_growth"]):
        grown = league["baseline"] * (1 + line["max_growth"] / 100) ** years
        limits.append(max(0.0, grown - league["projection"]))
    if not isnan(line["ceiling"]):
        limits.append(max(0.0, (line["ceiling"] - league["projection"]) * size))
    if not isnan(league["entered_ceiling"]):
        limits.append(league["entered_ceiling"] * size)
    floor = 0.0 if isnan(league["entered_floor"]) else league["entered_floor"] * size
    ceiling = min(limits) if limits else line["to_place"]
    if not isnan(league["entered_lock"]):
        floor = ceiling = league["entered_lock"] * size
    league["floor"], league["ceiling"] = floor, max(floor, ceiling)


TERMS = {
    "by_baseline": lambda league: (league["base_weight"], 0.0),
    "by_projection": lambda league: (league["counted"], 0.0),
    "equal_growth": lambda league: (league["base_weight"], league["counted"]),
    "by_headroom": lambda league: (league["ceiling"] - league["floor"], -league["floor"]),
    "equal_amounts": lambda _: (1.0, 0.0),
    "equal_slack": lambda league: (1.0, -league["ceiling"]),
    "by_criteria": lambda league: (league["criteria_weight"], 0.0),
    "by_shares": lambda league: (league["entered_share"], 0.0),
}


def _share_out(line: Row, named: list[Row]) -> None:
    amount = line["to_place"]
    moving = [league for league in named if league["weight"] > 0]
    for league in named:
        league["amount"] = league["floor"]
    line["floors"] = sum(league["floor"] for league in named)
    line["ceilings"] = sum(league["ceiling"] if league["weight"] > 0 else league["floor"] for league in named)
    line["placed"] = min(max(amount, line["floors"]), line["ceilings"])
    line["residual"] = amount - line["placed"]
    if amount >= line["ceilings"]:
        for league in moving:
            league["amount"] = league["ceiling"]
    elif amount > line["floors"]:
        _walk(moving, amount - line["floors"])


def _walk(moving: list[Row], rest: float) -> None:
    """Raise the level from breakpoint to breakpoint until the rest is used up."""
    steps = []
    for league in moving:
        steps.append(((league["floor"] + league["offset"]) / league["weight"], league["weight"]))
        steps.append(((league["ceiling"] + league["offset"]) / league["weight"], -league["weight"]))
    steps.sort(key=lambda step: step[0])
    level, slope = steps[0][0], 0.0
    for point, change in steps:
        if slope * (point - level) >= rest:
            break
        rest -= slope * (point - level)
        level, slope = point, slope + change
    level += rest / slope if slope > 0 else 0.0
    for league in moving:
        wanted = level * league["weight"] - league["offset"]
        league["amount"] = min(league["ceiling"], max(league["floor"], wanted))


def _needed(base: float, target: float, years: int, rate: bool) -> float:
    if rate:
        return (target - base) / years
    return ((target / base) ** (1 / years) - 1) * 100 if base > 0 else nan


def _issue(amounts: list[float], projected: list[float], decimals: int) -> list[float]:
    """Largest remainder to what is placed: the printed total reached less the printed projection; on six decimals."""
    scale = 10**decimals
    quotas = [round(amount * scale, 6) for amount in amounts]
    whole = [int(quota) for quota in quotas]
    before = sum(round(value * scale, 6) for value in projected)
    reached, projection = (floor(total + 0.5 + 1e-9) for total in (before + sum(quotas), before))
    spare = reached - projection - sum(whole)
    order = sorted(range(len(quotas)), key=lambda place: (-round(quotas[place] - whole[place], 6), place))
    for place in order[: max(spare, 0)]:
        whole[place] += 1
    return [count / scale for count in whole]


def milestones_by_hand(line: Row, league: Row, years: int) -> list[float]:
    """The value to pass in each year, from the base year to the target year."""
    base, target = league["baseline"], league["target"]
    way = target - base
    if line["path"] == "constant_growth" and base > 0:
        return [base * (target / base) ** (step / years) for step in range(years + 1)]
    if line["path"] == "late_loaded":
        return [base + way * step * (step + 1) / (years * (years + 1)) for step in range(years + 1)]
    return [base + way * step / years for step in range(years + 1)]
