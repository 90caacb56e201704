"""A figure and its unit stay on one line: what a page says is marked where no line may end."""

import re
from collections.abc import Iterable

from flask import Flask, Response

from agriplan.sentences import Lang, say
from agriplan.web.language import current_language
from agriplan.web.service import service

UNITS_IN_SENTENCES = ("note.points", "entry.unit.point", "entry.unit.points_a_year")
IN_SHORT: dict[Lang, tuple[str, ...]] = {"zh": (), "en": ("points",)}  # of percentage points, where that is plain
NO_BREAK, JOINED = "\xa0", "\u2060"  # a line ends behind a stroke, too
FIGURE = r"(?<![A-Za-z0-9.,])[+±-]?\d[\d,.]*(?:–\d[\d,.]*)?"
LONGEST_IN_ONE_LINE = len('data-unit="100 million yuan"')  # on half a phone; of a longer unit two words stay together
# What a cell says of itself as a card: its label, in which figures stand, and its unit.
CARDS = re.compile(r'(?<= )data-(?:label|unit)="[^"]*"')
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
    return (*(one.unit(lang) for one in data), *(say(code, lang) for code in UNITS_IN_SENTENCES), *IN_SHORT[lang])


def keep_together(page: str, units: tuple[str, ...]) -> str:
    """The page with its figures marked together with the units behind them.

    >>> keep_together("<p title='1 t'>20–50 % of 8.1 × 10,000 t</p>", ("10,000 t",)).replace(' class="together"', "")
    "<p title='1 t'><span>20–50 %</span> of <span>8.1 × 10,000 t</span></p>"
    >>> keep_together('<td data-label="Of 5 %" data-unit="10,000 t">', ()).replace(chr(0xA0), "_")
    '<td data-label="Of 5_%" data-unit="10,000_t">'
    >>> keep_together('<td data-unit="percentage points a year">', ()).replace(chr(0xA0), "_")
    '<td data-unit="percentage_points a_year">'
    """
    figures = _figures(units)
    page = CARDS.sub(lambda said: _held(said[0], figures), page)
    return TEXTS.sub(lambda text: figures.sub(r'<span class="together">\g<0></span>', text[0]), page)


def _held(card: str, figures: re.Pattern[str]) -> str:
    """A label with no end of a line between a figure and its unit, or a unit that is no line's last word alone."""
    if not card.startswith("data-unit"):
        return figures.sub(lambda figure: figure[0].replace(" ", NO_BREAK), card)
    words = card.replace("/", f"/{JOINED}").split(" ")
    at_once = len(words) if len(card) <= LONGEST_IN_ONE_LINE else 2
    return " ".join(NO_BREAK.join(words[n : n + at_once]) for n in range(0, len(words), at_once))


def _figures(units: tuple[str, ...]) -> re.Pattern[str]:
    """Figures with the sign or the unit behind them; of a long unit its beginning."""
    heads = "|".join(re.escape(head) for head in sorted(_heads(units), key=len, reverse=True))
    return re.compile(rf"{FIGURE}(?: %|(?: ×)? ?(?:{heads})(?![A-Za-z]))")


def _heads(units: Iterable[str]) -> set[str]:
    """The first word of every unit, and the second behind a number: of "100 million yuan" it is "100 million"."""
    words = [unit.split() for unit in units]
    return {" ".join(one[: 2 if one[0][-1].isdigit() else 1]) for one in words if one and one != ["%"]}
