"""A figure and its unit stay on one line: what a page says is marked where no line may end."""

import re
from collections.abc import Iterable

from flask import Flask, Response

from agriplan.sentences import Lang, say
from agriplan.web.language import current_language
from agriplan.web.service import service

UNITS_IN_SENTENCES = ("note.points", "entry.unit.point", "entry.unit.points_a_year")
FIGURE = r"(?<![A-Za-z0-9.,])[+±-]?\d[\d,.]*(?:-\d[\d,.]*)?"
# Texts with a digit; some elements hold nothing but text, or what somebody wrote.
TEXTS = re.compile(r">[^<>\d]*+\d[^<>]*+(?=<(?!/(?:title|option|text|textarea|code|pre)>))")


def keep_units(app: Flask) -> None:
    """Let every page keep its figures with their units."""

    @app.after_request
    def keep(response: Response) -> Response:
        if response.mimetype == "text/html" and not response.is_streamed:
            response.set_data(keep_together(response.get_data(as_text=True), units(current_language())))
        return response


def units(lang: Lang) -> tuple[str, ...]:
    """The units of the data and those of sentences."""
    data = service().baselines.indicators.values()
    return (*(one.unit(lang) for one in data), *(say(code, lang) for code in UNITS_IN_SENTENCES))


def keep_together(page: str, units: tuple[str, ...]) -> str:
    """The page with its figures marked together with the units behind them.

    >>> keep_together("<p title='1 t'>20-50 % of 8.1 × 10,000 t</p>", ("10,000 t",)).replace(' class="together"', "")
    "<p title='1 t'><span>20-50 %</span> of <span>8.1 × 10,000 t</span></p>"
    """
    figures = _figures(units)
    return TEXTS.sub(lambda text: figures.sub(r'<span class="together">\g<0></span>', text[0]), page)


def _figures(units: tuple[str, ...]) -> re.Pattern[str]:
    """Figures with the sign or the unit behind them; of a long unit its beginning."""
    heads = "|".join(re.escape(head) for head in sorted(_heads(units), key=len, reverse=True))
    return re.compile(rf"{FIGURE}(?: %|(?: ×)? ?(?:{heads})(?![A-Za-z]))")


def _heads(units: Iterable[str]) -> set[str]:
    """The first word of every unit, and the second behind a number: of "100 million yuan" it is "100 million"."""
    words = [unit.split() for unit in units]
    return {" ".join(one[: 2 if one[0][-1].isdigit() else 1]) for one in words if one and one != ["%"]}
