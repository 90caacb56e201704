"""What stands around one figure of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stubs:
    """What stands beside and above one figure: labels of its row and of its column, the nearest first."""

    row: tuple[str, ...]
    column: tuple[str, ...]
    section: str
    unit: str
    last_year: int | None = None
    """The last of the years that stand as rows of their own above this row."""
    below_words: str = ""
    """What stands in a row of words above, where it may head a table of its own."""
    beside_words: str = ""
    """What else stands in its row that may matter: a remark, or words that nobody understands."""
    of_another: bool = False
    """Whether some of its names stand beyond those of other figures, as in two tables side by side."""
    ended: Mapping[str, str] = field(default_factory=dict)
    """What rows between the section and this one have ended of it, and their labels (see `sections`)."""
