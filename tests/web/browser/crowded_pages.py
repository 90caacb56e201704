"""Pages at their fullest: a scenario that has cautions at every indicator, and the addresses that show it."""

from collections.abc import Iterator

from playwright.sync_api import APIRequestContext

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import Scenario, parse_scenario
from agriplan.web.pages.draft import pack

LEAGUE = "150500"
RULES = ("by_criteria", "by_headroom", "equal_slack", "equal_growth", "by_projection")
OTHER = {"name": "加快改良并提高目标的另一个方案", "target": {"milk": 1010, "meat_sheep_value": 700}}


def crowded(data: Baselines) -> Scenario:
    """Every indicator with limits that contradict each other, growth out of all ranges, and actuals of three years."""
    known = data.commitments
    years = range(data.base_year + 1, data.base_year + 4)
    high = {one.id: 67.25 if one.is_rate else 1067.25 for one in known}
    reporting = {one.id: (data.region.code, LEAGUE, *one.leagues[:2]) for one in known}
    return parse_scenario({
        "target": {one.id: 96 if one.is_rate else 1067.25 for one in known},
        "growth": {one.id: dict.fromkeys((*one.leagues[:3], LEAGUE), 14) for one in known},
        "allocation": {one.id: _limits(one, RULES[number % len(RULES)]) for number, one in enumerate(known)},
        "actual": {
            name: {code: {str(year): value + year - data.base_year for year in years} for code in reporting[name]}
            for name, value in high.items()
        },
        "issued": {"number": "内政办发〔2021〕58号", "targets": {name: {LEAGUE: high[name]} for name in high}},
        "status_margin": 90,
    })  # fmt: skip


def _limits(commitment: Commitment, rule: str) -> dict[str, object]:
    """A floor above the gap, a ceiling below a floor, locks beside both."""
    first, second, third, fourth = commitment.leagues[:4]
    return {
        "rule": rule,
        "reserve": 10,
        "margin": 5,
        "floor": {first: 60, second: 3},
        "ceiling": {second: 1, third: 0.5},
        "lock": {third: 2, fourth: 60},
    }


def addresses(data: Baselines, request: APIRequestContext) -> Iterator[str]:
    """Every kind of page with answers: all indicators, a league, a year, actuals, three compared, rules, scenarios."""
    draft = pack(crowded(data))
    saved = request.post("api/v1/scenarios", data={"scenario": OTHER}).json()["scenario_id"]
    yield from (f"league/{LEAGUE}?", "?")  # where nothing was entered, there are other words
    answers = ("?", f"league/{LEAGUE}?", *(f"indicator/{one.id}?" for one in data.commitments))
    yield from (f"{page}draft={draft}&" for page in answers)
    yield "scenarios?"
    others = (
        f"evaluation?as_of={data.base_year + 2}&",
        f"actuals/{LEAGUE}?",
        f"compare?choose=default&choose=draft&choose={saved}&compare=1&",
        f"compare/rules?league={LEAGUE}&",
    )
    yield from (f"{page}draft={draft}&" for page in others)
    yield f"scenarios/history?name={OTHER['name']}&"
