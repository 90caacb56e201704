"""What every page asks of its address, before anything is shown: each word once, and a language that there is."""

from flask import request

from agriplan.errors import Problem
from agriplan.web.language import LANGUAGES, WITHOUT_WORDS
from agriplan.web.pages.asked import not_there, word_asked
from agriplan.web.pages.blueprint import pages

OF_THE_API = "api"
MAY_REPEAT = frozenset({"choose"})  # of scenarios to compare there are several


@pages.before_app_request
def refuse_unclear_address() -> None:
    """Raise `NotThere` for a word that stands twice, and for a language that no page is in.

    The API says the same of its own addresses, as programs need it.
    """
    if request.endpoint in {None, *WITHOUT_WORDS} or request.blueprint == OF_THE_API:
        return
    twice = [name for name, said in request.args.lists() if len(said) > 1 and name not in MAY_REPEAT]
    if twice:
        raise not_there(*(Problem("", "key_twice", {"word": name}) for name in twice))
    if lang := request.args.get("lang", ""):
        word_asked("unknown_word", lang, LANGUAGES)
