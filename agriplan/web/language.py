"""Which language an answer is in: the one in the address, else Chinese.

Nothing else counts, no cookie and no header, so that one address is the same page for everybody. In the other language
every link of a page therefore carries it.
"""

from typing import get_args

from flask import Flask, g, has_request_context, request
from markupsafe import Markup

from agriplan.sentences import Lang

DEFAULT_LANG: Lang = "zh"
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
WITHOUT_WORDS = {"static", "healthz"}  # the same bytes in every language


def current_language() -> Lang:
    """The language of this answer: `?lang=`, else Chinese."""
    if not has_request_context():
        return DEFAULT_LANG
    if "language" not in g:
        g.language = next((lang for lang in LANGUAGES if lang == request.args.get("lang")), DEFAULT_LANG)
    language: Lang = g.language
    return language


def carry_language(app: Flask) -> None:
    """Let every address that is made for a page keep the page's language."""

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, object]) -> None:
        if endpoint not in WITHOUT_WORDS and current_language() != DEFAULT_LANG:
            values.setdefault("lang", current_language())

    @app.context_processor
    def in_forms() -> dict[str, Markup]:
        return {"lang_field": language_field()}


def language_field() -> Markup:
    """The language as a field: a form that is sent by GET loses what stands in its address."""
    lang = current_language()
    return Markup() if lang == DEFAULT_LANG else Markup('<input type="hidden" name="lang" value="{}">').format(lang)
