"""Names that fit a head, a tab and a file name: on one line, of letters that are seen, and not endlessly long."""

import re

from pydantic_core import PydanticCustomError

from agriplan.hidden_letters import hides

MOST_NAME_CHARACTERS = 120
"""The longest name that is shipped, of a project, has 86 characters."""


def fit_name(name: str) -> str:
    """The name; raises what pydantic tells as the problem `unfit_name`."""
    if len(name) > MOST_NAME_CHARACTERS or hides(name):
        raise PydanticCustomError("unfit_name", "a name on one line is needed", {"most": MOST_NAME_CHARACTERS})
    return name


def fit_names(names: str) -> str:
    """The same for names with ； between them."""
    for name in names_in(names):
        fit_name(name)
    return names


def names_in(names: str) -> list[str]:
    """Names with ； between them.

    >>> names_in("锡盟；Xilin Gol; ")
    ['锡盟', 'Xilin Gol']
    """
    return [name for part in re.split("[；;]", names) if (name := part.strip())]
