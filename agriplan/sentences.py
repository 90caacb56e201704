"""Every sentence that the engine, the command line and the workbook say, in Chinese and English.

The wording lives in `wording/*.toml`, one table per sentence with a `zh` and an `en` template, so that it can be
changed without touching Python. `{name}` in a template is replaced by the value of that name.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
# What stands between the items of a list.
COMMAS: dict[Lang, str] = {"zh": "、", "en": ", "}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All sentences by code, each with its `zh` and `en` template."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(files("agriplan").joinpath("wording").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def say(code: str, lang: Lang = "zh", **values: object) -> str:
    """Put the values into the sentence of that code.

    >>> say("reason.at_ceiling", "en")
    'at its ceiling'
    """
    return catalogue()[code][lang].format(**values)
