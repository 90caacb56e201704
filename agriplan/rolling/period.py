"""From which year to which a folder may plan, and how that is said."""

from agriplan.errors import BaselinesError, Problem, bound
from agriplan.parsing import LAST_YEAR
from agriplan.sentences import Lang, say


def say_years(first: int, last: int, lang: Lang) -> str:
    """From which year to which, or the one year that it is.

    >>> say_years(2026, 2030, "en"), say_years(2026, 2026, "en")
    ('2026 to 2030', '2026')
    """
    return str(first) if first == last else say("roll.years", lang, first=first, last=last)


def check_years(base_year: int, target_year: int) -> None:
    """Raise `BaselinesError` where the target year is not after the base year, or later than any plan's."""
    if target_year <= base_year:
        years: dict[str, object] = {"base": base_year, "target": target_year}
        raise BaselinesError([Problem("target_year", "years_out_of_order", years)])
    if target_year > LAST_YEAR:
        most = {"word": target_year, "bound": bound("le", LAST_YEAR)}
        raise BaselinesError([Problem("target_year", "out_of_range", most)])
