"""Scenarios under which every workbook must agree with the engine: defaults, every rule, every kind of limit."""

from typing import Any

LEAGUES = (*(f"150{number}00" for number in range(1, 10)), "152200", "152500", "152900")

SCENARIOS: dict[str, dict[str, Any]] = {
    "default": {},
    "other_rules": {
        "allocation": {
            "milk": {"rule": "by_headroom", "reserve": 10, "margin": 5},
            "meat_sheep_value": {"rule": "by_criteria", "criteria": "entropy"},
            "beef_cattle_value": {"rule": "equal_slack"},
            "forage_value": {"rule": "equal_growth", "max_growth": 9, "ceiling": {"150500": 30}},
            "improved_breed_rate": {"rule": "by_projection", "max_growth": 2},
        },
        "growth": {
            "milk": {"150000": 2, "150500": 8, "150400": -3},
            "beef_cattle_value": {"150000": 0.5},
            "livestock_units": {"150500": 3, "150000": 1},
        },
        "unit_value_growth": {"meat_sheep_value": 1.0},
        "baseline": {
            "milk_output": {"150500": {"value": 36.0, "source": "通辽市统计局"}},
            "mutton_unit_value": {"150000": {"value": 7.2, "source": "测算", "note": "=1+1"}},
            "livestock_units": {"150400": {"value": 900, "source": "赤峰市统计局"}},
            "beef_cattle_value": {"150700": {"value": 70.5, "source": "呼伦贝尔市农牧局"}},
        },
        "path": {"milk": "late_loaded", "forage_value": "linear", "improved_breed_rate": "constant_growth"},
        "actual": {
            "milk": {"150500": {"2021": 40.1, "2022": 41}, "150400": {"2021": 30}},
            "improved_breed_rate": {code: {"2021": 94, "2023": 95} for code in LEAGUES},
            # Of earlier years than what they weigh and value.
            "livestock_units": {"150500": {"2022": 1500}},
            "mutton_unit_value": {"150000": {"2022": 7.4}},
            "mutton_output": {"150000": {"2023": 116}, "150500": {"2023": 9}},
        },
        "status_margin": 3,
    },
    "ceilings_that_bind": {
        "allocation": {
            "milk": {"rule": "equal_amounts", "max_growth": 12, "floor": {"150500": 10}, "lock": {"150400": 20.0}},
            "meat_sheep_value": {"rule": "by_shares", "shares": {"150700": 2, "152500": 3}, "max_growth": 4},
            "forage_value": {"rule": "by_criteria", "criteria": {"scale": 2, "support": 1}},
            "improved_breed_rate": {"rule": "equal_growth", "ceiling": {"150500": 1}},
        },
        "target": {"beef_cattle_value": 700},
    },
    "ceilings_too_low": {
        "allocation": {name: {"max_growth": 3} for name in ("milk", "forage_value", "beef_cattle_value")},
        "target": {"improved_breed_rate": 99.9, "milk": 1500, "beef_cattle_value": 900},
    },
    "surplus_with_locks": {
        "target": {"milk": 600, "improved_breed_rate": 90},
        "allocation": {
            "milk": {"lock": {"150500": 3}},
            "beef_cattle_value": {"lock": {"150500": 5, "152200": 1}, "rule": "by_projection"},
            "improved_breed_rate": {"rule": "equal_amounts"},
        },
    },
    "floors_above_the_gap": {
        "allocation": {
            "milk": {"floor": {"150500": 200, "150400": 150}},
            "meat_sheep_value": {"floor": {"150700": 30}, "rule": "equal_slack"},
            "improved_breed_rate": {"floor": {"150500": 6}, "rule": "by_headroom"},
            "forage_value": {"rule": "equal_slack", "max_growth": "none"},
        }
    },
}
