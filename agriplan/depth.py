"""How deep what people hand in may go: whatever reads it further calls itself once a depth."""

# Scenarios are six deep, bodies with several of them eight, a plan's TOML files three.
MOST_DEPTH = 32


def is_too_deep(data: object) -> bool:
    """Whether lists and tables stand within each other more than `MOST_DEPTH` times.

    >>> is_too_deep({"a": [1, {"b": 2}]}), is_too_deep(eval("[" * 33 + "]" * 33))
    (False, True)
    """
    within = [data]
    for _ in range(MOST_DEPTH + 1):
        holding = [one for one in within if isinstance(one, dict | list)]
        within = [inner for one in holding for inner in (one.values() if isinstance(one, dict) else one)]
        if not holding:
            return False
    return True
